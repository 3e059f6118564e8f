//! The five seeds, end to end: what is known of them is labelled by hand.

use std::collections::BTreeSet;

use serde_json::Value;

use super::run::{Place, package};

/// File name, title, publisher, date, precision, agencies (id, role, scope), optional agencies,
/// countries (id, role).
type Label = (
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
    &'static [(&'static str, &'static str, &'static str)],
    &'static [(&'static str, &'static str)],
);

const LABELS: [Label; 5] = [
    (
        "000_ce0bd7a860c99cd0.txt",
        Some("Nordkorea bestätigt: Kim Jong Un hat Russland mit Soldaten unterstützt"),
        None,
        "2025-04-28",
        "minute",
        &[
            ("dpa", "credited", "text"),
            ("kcna", "cited", "text"),
            ("kr-nis", "cited", "text"),
        ],
        &[],
        &[
            ("KP", "about"),
            ("RU", "about"),
            ("UA", "about"),
            ("KR", "mentioned"),
        ],
    ),
    (
        "001_83ac761e6623ab7f.txt",
        None,
        Some("Reuters"),
        "2025-04",
        "month",
        &[("reuters", "credited", "text"), ("kcna", "cited", "text")],
        &[],
        &[
            ("KP", "about"),
            ("RU", "about"),
            ("UA", "about"),
            ("US", "mentioned"),
            ("KR", "mentioned"),
        ],
    ),
    (
        "002_7eea13fe94a1d89c.txt",
        Some("Kim soll weitere Soldaten nach Russland geschickt haben"),
        Some("n-tv"),
        "2025-02-27",
        "day",
        &[
            ("afp", "credited", "text"),
            ("kr-nis", "cited", "text"),
            ("ua-hur", "cited", "text"),
        ],
        &[("reuters", "credited", "text")],
        &[
            ("KP", "about"),
            ("RU", "about"),
            ("UA", "about"),
            ("KR", "mentioned"),
        ],
    ),
    (
        "003_f47d6ef868a95d97.txt",
        None,
        None,
        "2025-07",
        "month",
        &[
            ("ua-hur", "cited", "text"),
            ("ua-generic", "cited", "text"),
            ("gb-generic", "cited", "text"),
        ],
        &[],
        &[
            ("KP", "about"),
            ("RU", "about"),
            ("UA", "about"),
            ("GB", "mentioned"),
            ("IR", "mentioned"),
        ],
    ),
    (
        "004_00ac5bc2f57b439e.txt",
        Some("Geheimdienst nennt Zahlen zu toten nordkoreanischen Soldaten"),
        None,
        "2025-09-02",
        "minute",
        &[
            ("afp", "credited", "text"),
            ("tass", "credited", "photo"),
            ("dpa", "credited", "photo"),
            ("kr-nis", "cited", "text"),
        ],
        &[("xx-generic", "cited", "text")],
        &[
            ("KP", "about"),
            ("RU", "about"),
            ("KR", "mentioned"),
            ("UA", "mentioned"),
        ],
    ),
];

#[test]
fn every_field_of_every_seed_is_right() {
    let place = Place::new();
    for (name, title, publisher, date, precision, agencies, optional, countries) in LABELS {
        let file = package().join("seeds").join(name);
        let document = place.json(&["extract", file.to_str().unwrap()]);
        assert_eq!(document["title"].as_str(), title, "{name}");
        assert_eq!(document["publisher"]["name"].as_str(), publisher, "{name}");
        assert_eq!(document["date"], date, "{name}");
        assert_eq!(document["date_precision"], precision, "{name}");
        assert_eq!(document["language"], "de", "{name}");
        let set = |list: &Value, keys: &[&str]| -> BTreeSet<Vec<String>> {
            let values = list.as_array().unwrap().iter();
            values
                .map(|value| {
                    keys.iter()
                        .map(|key| value[key].as_str().unwrap().to_owned())
                        .collect()
                })
                .collect()
        };
        let found = set(&document["agencies"], &["id", "role", "scope"]);
        let vector = |(id, role, scope): &(&str, &str, &str)| {
            vec![(*id).to_owned(), (*role).to_owned(), (*scope).to_owned()]
        };
        let wanted: BTreeSet<Vec<String>> = agencies.iter().map(vector).collect();
        let optional: BTreeSet<Vec<String>> = optional.iter().map(vector).collect();
        let missing: Vec<_> = wanted.difference(&found).collect();
        let surplus: Vec<_> = (found.difference(&wanted))
            .filter(|agency| agency[1] != "mentioned" && !optional.contains(*agency))
            .collect();
        assert!(
            missing.is_empty() && surplus.is_empty(),
            "{name}: {missing:?} {surplus:?}"
        );
        let found = set(&document["countries"], &["id", "role"]);
        let wanted: BTreeSet<Vec<String>> = (countries.iter())
            .map(|(id, role)| vec![(*id).to_owned(), (*role).to_owned()])
            .collect();
        assert_eq!(found, wanted, "{name}");
    }
}

#[test]
fn evidence_is_a_span_of_the_text_it_names() {
    let place = Place::new();
    let mut checked = 0;
    for (name, ..) in LABELS {
        let file = package().join("seeds").join(name);
        let source = std::fs::read_to_string(&file).unwrap();
        let document = place.json(&["extract", file.to_str().unwrap()]);
        let mentions = document["agencies"].as_array().unwrap().iter();
        let mentions = mentions.chain(document["countries"].as_array().unwrap());
        let of_fields = document["evidence"].as_object().unwrap().values();
        let lists = mentions
            .map(|mention| &mention["evidence"])
            .chain(of_fields);
        for piece in lists.flat_map(|list| list.as_array().into_iter().flatten()) {
            let text = match piece["field"].as_str().unwrap() {
                "source" => source.as_str(),
                "publisher" => document["publisher"]["name"].as_str().unwrap(),
                field => document[field].as_str().unwrap(),
            };
            let span =
                piece["start"].as_u64().unwrap() as usize..piece["end"].as_u64().unwrap() as usize;
            assert_eq!(text.get(span), piece["text"].as_str(), "{name}: {piece}");
            assert!(!piece["rule"].as_str().unwrap().is_empty());
            checked += 1;
        }
    }
    assert!(checked > 50, "{checked}");
}

#[test]
fn the_body_has_no_furniture() {
    let place = Place::new();
    for (name, ..) in LABELS {
        let file = package().join("seeds").join(name);
        let document = place.json(&["extract", file.to_str().unwrap()]);
        let body = document["body"].as_str().unwrap();
        for junk in [
            "Anzeige",
            "Lesedauer",
            "Vergrößern",
            "Gelesen",
            "Newsticker",
            "Tags:",
            "Auch spannend",
            "Click For",
            "Transparenzhinweis",
            "KurskNordkorea",
            "date 2025",
            "Verwendete Quellen",
        ] {
            assert!(!body.contains(junk), "{name}: {junk}");
        }
    }
}

#[test]
fn kursk_verluste_finds_all_five_with_the_words_marked() {
    let place = Place::with_seeds();
    let answer = place.json(&["search", "Kursk Verluste", "--format", "json"]);
    assert_eq!(answer["total_hits"], 5);
    assert_eq!(answer["query"]["notices"], serde_json::json!([]));
    for hit in answer["hits"].as_array().unwrap() {
        let mut marked = BTreeSet::new();
        for snippet in hit["snippets"].as_array().unwrap() {
            let text = snippet["text"].as_str().unwrap();
            for span in snippet["highlights"].as_array().unwrap() {
                let (start, end) = (span[0].as_u64().unwrap(), span[1].as_u64().unwrap());
                marked.insert(
                    text.get(start as usize..end as usize)
                        .unwrap()
                        .to_lowercase(),
                );
            }
        }
        assert!(marked.contains("kursk"), "{marked:?}");
        assert!(
            marked.iter().any(|word| word.starts_with("verlust")),
            "{marked:?}"
        );
    }
    let facets = answer["facets"].as_object().unwrap();
    let names: Vec<&String> = facets.keys().collect();
    assert_eq!(names, ["publisher", "date", "agency", "country"]);
    for facet in facets.values() {
        assert!(!facet["values"].as_array().unwrap().is_empty());
    }
}

#[test]
fn drill_down_gives_exactly_the_articles_that_rest_on_the_service() {
    let place = Place::with_seeds();
    for value in ["kr-nis", "NIS", "südkoreanischer Geheimdienst"] {
        let filter = format!("agency={value}");
        let answer = place.json(&["search", "--filter", &filter, "--format", "json"]);
        let files: BTreeSet<&str> = (answer["hits"].as_array().unwrap().iter())
            .map(|hit| {
                hit["source_path"]
                    .as_str()
                    .unwrap()
                    .rsplit('/')
                    .next()
                    .unwrap()
            })
            .collect();
        let expected = [
            "000_ce0bd7a860c99cd0.txt",
            "002_7eea13fe94a1d89c.txt",
            "004_00ac5bc2f57b439e.txt",
        ];
        assert_eq!(files, BTreeSet::from(expected), "{value}");
    }
}

#[test]
fn every_count_is_the_number_of_hits_behind_it_also_for_pairs() {
    let place = Place::with_seeds();
    let all = values(&place.json(&["facets", "--format", "json"]));
    assert!(all.len() > 20);
    for (filter, count) in &all {
        let answer = place.json(&["search", "-f", filter, "-n", "0", "--format", "json"]);
        assert_eq!(answer["total_hits"], *count, "{filter}");
        for (second, count) in values(&answer) {
            if second.split('=').next() == filter.split('=').next() || count > 2 {
                continue;
            }
            let pair = place.json(&[
                "search", "-f", filter, "-f", &second, "-n", "0", "--format", "json",
            ]);
            assert_eq!(pair["total_hits"], count, "{filter} {second}");
        }
    }
}

/// Every value of every facet as a filter, with its count.
fn values(answer: &Value) -> Vec<(String, u64)> {
    fn add(facet: &str, values: &Value, all: &mut Vec<(String, u64)>) {
        for value in values.as_array().into_iter().flatten() {
            let id = value["id"].as_str().unwrap();
            all.push((format!("{facet}={id}"), value["count"].as_u64().unwrap()));
            add(facet, &value["children"], all);
        }
    }
    let mut all = Vec::new();
    for (facet, counts) in answer["facets"].as_object().unwrap() {
        add(facet, &counts["values"], &mut all);
    }
    all
}

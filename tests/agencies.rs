//! The sample archive, read and enriched: every agency and country with its role, as a careful
//! reader labels them.

use std::ops::ControlFlow;
use std::path::PathBuf;

use fundstelle::document::Document;
use fundstelle::enrich::Enrichment;
use fundstelle::ingest::{ReadOptions, read, walk};

/// What a sample says: agencies as `id role scope`, countries that it is about, others it names.
struct Expected {
    file: &'static str,
    agencies: &'static [&'static str],
    /// Defensible, but not required.
    free: &'static [&'static str],
    about: &'static [&'static str],
    mentioned: &'static [&'static str],
}

const SEEDS: &[Expected] = &[
    Expected {
        file: "000_ce0bd7a860c99cd0.txt",
        agencies: &["dpa credited text", "kcna cited text", "kr-nis cited text"],
        free: &[],
        about: &["KP", "RU", "UA"],
        mentioned: &["KR"],
    },
    Expected {
        file: "001_83ac761e6623ab7f.txt",
        agencies: &["reuters credited text", "kcna cited text"],
        free: &[],
        about: &["KP", "RU", "UA"],
        mentioned: &["KR", "US"],
    },
    Expected {
        file: "002_7eea13fe94a1d89c.txt",
        agencies: &[
            "afp credited text",
            "kr-nis cited text",
            "ua-hur cited text",
        ],
        free: &["reuters credited text"],
        about: &["KP", "RU", "UA"],
        mentioned: &["KR"],
    },
    Expected {
        file: "003_f47d6ef868a95d97.txt",
        agencies: &[
            "gb-generic cited text",
            "ua-generic cited text",
            "ua-hur cited text",
        ],
        free: &[],
        about: &["KP", "RU", "UA"],
        mentioned: &["GB", "IR"],
    },
    Expected {
        file: "004_00ac5bc2f57b439e.txt",
        agencies: &[
            "afp credited text",
            "tass credited photo",
            "dpa credited photo",
            "kr-nis cited text",
        ],
        free: &["xx-generic cited text"],
        about: &["KP", "RU"],
        mentioned: &["KR", "UA"],
    },
];

fn enriched(file: &str) -> Document {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("seeds")
        .join(file);
    let mut found = None;
    for source in walk(&[path]) {
        let _ = read(&source.unwrap(), &ReadOptions::default(), &mut |document| {
            found = document.ok();
            ControlFlow::Continue(())
        });
    }
    let mut document = found.unwrap();
    Enrichment::standard().run(&mut document);
    document
}

#[test]
fn the_seeds_have_their_agencies_by_role() {
    for seed in SEEDS {
        let document = enriched(seed.file);
        let mut found: Vec<String> = (document.agencies.iter())
            .map(|agency| format!("{} {} {}", agency.id, agency.role.id(), agency.scope.id()))
            .filter(|found| !seed.free.contains(&found.as_str()))
            .collect();
        found.sort_unstable();
        let mut expected = seed.agencies.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{}", seed.file);
    }
}

#[test]
fn the_seeds_have_their_countries_by_role() {
    for seed in SEEDS {
        let document = enriched(seed.file);
        let with = |role: &str| {
            let mut ids: Vec<&str> = (document.countries.iter())
                .filter(|country| country.role.id() == role)
                .map(|country| country.id.as_str())
                .collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!(with("about"), seed.about, "{}", seed.file);
        assert_eq!(with("mentioned"), seed.mentioned, "{}", seed.file);
    }
}

#[test]
fn every_evidence_is_a_literal_span() {
    for seed in SEEDS {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("seeds")
            .join(seed.file);
        let source = std::fs::read_to_string(path).unwrap();
        let document = enriched(seed.file);
        let agencies = document.agencies.iter().flat_map(|agency| &agency.evidence);
        let countries = document
            .countries
            .iter()
            .flat_map(|country| &country.evidence);
        for evidence in agencies.chain(countries) {
            let text = match evidence.field.as_str() {
                "title" => document.title.as_deref().unwrap_or(""),
                "body" => document.body.as_str(),
                "source" => source.as_str(),
                "publisher" => document
                    .publisher
                    .as_ref()
                    .map_or("", |publisher| &publisher.name),
                other => panic!("evidence in {other}"),
            };
            assert_eq!(
                text.get(evidence.start..evidence.end),
                Some(evidence.text.as_str())
            );
        }
    }
}

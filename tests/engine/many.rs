//! More documents than fit a batch, a window or a block of postings: what is known in advance, and
//! what is walked in stretches.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use fundstelle::analysis::{Term, TermClass};
use fundstelle::document::PartialDate;
use fundstelle::engine::embedded::{Embedded, WriterOptions};
use fundstelle::engine::{Engine, IndexDocument, Writer};
use fundstelle::search::{
    Clause, DateRange, FacetCount, FacetFilter, Pattern, PatternGroup, Phrase, SearchRequest, Sort,
    WeightedTerm, WordGroup,
};
use tempfile::TempDir;

use super::archive::{document, match_all, schema};
use super::naive;

/// Documents of the first commit, and of both.
const FIRST: usize = 3_000;
const ALL: usize = 5_600;

/// Numbers that look random and are always the same (Knuth's multiplicative hash).
fn draw(seed: usize, below: usize) -> usize {
    ((seed as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) as usize % below
}

/// The last word is in every text, the others in fewer and fewer; all ids begin alike.
fn made(number: usize) -> IndexDocument {
    let length = 1 + draw(number, 9);
    let word = |place: usize| match draw(number * 31 + place, 40) {
        0..20 => 5,
        20..32 => 0,
        32..37 => 1,
        37..39 => 2,
        _ => 3,
    };
    let mut body: Vec<usize> = (0..length).map(word).collect();
    body.push(5);
    let tags: Vec<usize> = (0..5)
        .filter(|tag| draw(number * 7 + tag, 3 + tag) == 0)
        .collect();
    let sources: Vec<usize> = (0..5).filter(|it| draw(number * 11 + it, 4) == 0).collect();
    let date = Some(draw(number, 9)).filter(|date| *date < 8);
    let title = if number.is_multiple_of(3) {
        &[0, 4][..]
    } else {
        &[4]
    };
    let mut made = document(number, title, &body, &tags, &sources, date);
    made.document.id = format!("artikel-{:05}", draw(number, 90_000) * 10 + number % 10);
    if number.is_multiple_of(97) {
        made.document.embargo = "2999".parse().ok();
    }
    made
}

fn is_deleted(number: usize) -> bool {
    number.is_multiple_of(41) && number < FIRST
}

/// An archive of two segments, the first with deleted documents.
fn archive() -> &'static (TempDir, Embedded, Vec<IndexDocument>) {
    static ARCHIVE: OnceLock<(TempDir, Embedded, Vec<IndexDocument>)> = OnceLock::new();
    ARCHIVE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let engine = Embedded::open_or_create(folder.path(), &schema()).unwrap();
        let options = WriterOptions {
            threads: 1,
            ..WriterOptions::default()
        };
        let mut writer: Box<dyn Writer> = Box::new(engine.writer(options).unwrap());
        let mut alive = BTreeMap::new();
        for number in 0..ALL {
            let made = made(number);
            alive.insert(made.document.id.clone(), made.clone());
            writer.add(made).unwrap();
            if number + 1 == FIRST {
                writer.commit().unwrap();
            }
        }
        for number in (0..FIRST).filter(|number| is_deleted(*number)) {
            let id = made(number).document.id;
            alive.remove(&id);
            writer.delete(&id).unwrap();
        }
        writer.commit().unwrap();
        writer.close().unwrap();
        engine.reload().unwrap();
        (folder, engine, alive.into_values().collect())
    })
}

fn word(text: &str, fields: &[&str]) -> Clause {
    let term = Term {
        class: TermClass::Surface,
        text: text.into(),
    };
    let fields = fields.iter().map(|field| ((*field).to_owned(), 1.0));
    Clause::Word(WordGroup::of_term(term, fields.collect()))
}

fn phrase(words: &[&str]) -> Clause {
    let words = words.iter().map(|text| {
        let term = Term {
            class: TermClass::Surface,
            text: (*text).into(),
        };
        vec![WeightedTerm { term, weight: 1.0 }]
    });
    Clause::Phrase(Phrase {
        fields: vec![("body".to_owned(), 1.0)],
        words: (0..).zip(words).collect(),
        boost: 1.0,
    })
}

/// Clauses of every kind that has a way of its own through many documents.
fn clauses() -> Vec<Clause> {
    let body = |text| word(text, &["body"]);
    let both = |text| word(text, &["title", "body"]);
    let pattern = Clause::Pattern(PatternGroup {
        fields: vec![("body".to_owned(), 1.0)],
        pattern: Pattern::Wildcard("k*".to_owned()),
        boost: 1.0,
    });
    let tag = Clause::Value {
        facet: "tag".to_owned(),
        value: "b".to_owned(),
    };
    vec![
        Clause::All,
        body("der"),
        body("kursk"),
        body("nis"),
        both("kursk"),
        pattern.clone(),
        Clause::Or(vec![body("kursk"), body("verlust")]),
        Clause::Or(vec![
            both("kursk"),
            Clause::And(vec![body("soldat"), body("verlust")]),
        ]),
        Clause::Or(vec![
            body("soldat"),
            body("nis"),
            body("der"),
            both("kursk"),
            body("verlust"),
        ]),
        phrase(&["der", "kursk"]),
        phrase(&["soldat", "der", "der"]),
        Clause::Or(vec![phrase(&["kursk", "soldat"]), body("verlust")]),
        Clause::And(vec![phrase(&["der", "der"]), body("nis")]),
        Clause::And(vec![body("kursk"), body("der")]),
        Clause::And(vec![body("soldat"), body("der"), both("kursk")]),
        Clause::And(vec![
            both("kursk"),
            tag.clone(),
            Clause::Not(Box::new(body("verlust"))),
        ]),
        Clause::And(vec![pattern, Clause::Or(vec![body("soldat"), tag])]),
    ]
}

/// Requests that may be answered from what is known in advance, and such that may not.
fn requests() -> Vec<SearchRequest> {
    let mut requests = Vec::new();
    for clause in clauses() {
        let plain = SearchRequest {
            clause,
            limit: 25,
            count_copies: false,
            ..match_all()
        };
        let selected = FacetFilter {
            facet: "tag".to_owned(),
            include: vec!["a".to_owned(), "c".to_owned()],
            exclude: vec!["e".to_owned()],
        };
        let dated = FacetFilter {
            facet: "source".to_owned(),
            include: vec!["spy".to_owned()],
            exclude: Vec::new(),
        };
        let range = DateRange {
            from: "2025-04".parse().ok(),
            to: None,
        };
        requests.push(SearchRequest {
            filters: vec![selected, dated],
            ..plain.clone()
        });
        let by_source = FacetFilter {
            facet: "source".to_owned(),
            include: vec!["spy".to_owned()],
            exclude: Vec::new(),
        };
        requests.push(SearchRequest {
            filters: vec![by_source.clone()],
            ..plain.clone()
        });
        requests.push(SearchRequest {
            filters: vec![by_source],
            facets: (plain.facets.iter())
                .filter(|facet| facet.facet != "source")
                .cloned()
                .collect(),
            ..plain.clone()
        });
        requests.push(SearchRequest {
            range,
            ..plain.clone()
        });
        requests.push(SearchRequest {
            range,
            sort: Sort::Newest,
            ..plain.clone()
        });
        requests.push(plain);
    }
    requests
}

/// The counts of values on all levels.
fn list(values: &[FacetCount], into: &mut BTreeMap<String, u64>) {
    for value in values {
        into.insert(value.id.clone(), value.count);
        list(&value.children, into);
    }
}

#[test]
fn totals_and_counts_of_many_documents_equal_a_naive_evaluation() {
    let (_, engine, alive) = archive();
    // The evaluation is slow: what cannot be known in part is asked in turns.
    let asked = requests().into_iter().enumerate();
    let asked = asked.filter(|(number, request)| {
        let is_plain = request.filters.is_empty() && request.range.is_open();
        let is_selected = request.filters.len() == 1
            && request.facets.iter().any(|facet| facet.facet == "source");
        let is_any = matches!(request.clause, Clause::Or(_)) && (is_plain || is_selected);
        is_any || number % 11 == 0
    });
    for (_, request) in asked {
        let answer = engine.search(&request).unwrap();
        let expected = naive::evaluate(alive, &request);
        assert_eq!(answer.total_hits, expected.total, "{request:?}");
        for (name, counts) in &answer.facets {
            let wanted = &expected.facets[name];
            assert_eq!(counts.missing, wanted.missing.0, "{name} {request:?}");
            let mut listed = BTreeMap::new();
            list(&counts.values, &mut listed);
            let wanted = wanted
                .values
                .iter()
                .map(|(id, count)| (id.clone(), count.0));
            assert_eq!(
                listed,
                wanted.collect::<BTreeMap<_, _>>(),
                "{name} {request:?}"
            );
        }
    }
}

#[test]
fn hits_of_many_documents_are_those_with_the_highest_scores() {
    let (_, engine, _) = archive();
    for request in requests() {
        let answer = engine.search(&request).unwrap();
        // A walk keeps all hits, and orders them in its own way.
        let walk = engine.walk(&request).unwrap();
        let first = walk.hits.take(request.limit);
        let hits = |hit: &fundstelle::search::EngineHit| (hit.document.id.clone(), hit.rank);
        let first: Vec<(String, u32)> = first.map(|hit| hits(&hit.unwrap())).collect();
        assert_eq!(
            answer.hits.iter().map(hits).collect::<Vec<_>>(),
            first,
            "{request:?}"
        );
        for hit in answer
            .hits
            .iter()
            .filter(|_| request.sort == Sort::Relevance)
        {
            let explanation = engine.explain(&request, &hit.document.id).unwrap().unwrap();
            assert_eq!(explanation.score, hit.score, "{request:?}");
        }
    }
}

#[test]
fn pages_through_everything_add_up() {
    let (_, engine, alive) = archive();
    let mut request = SearchRequest {
        limit: 900,
        facets: Vec::new(),
        count_copies: false,
        ..match_all()
    };
    let now = PartialDate::now();
    let visible = alive.iter().filter(|it| !it.document.is_embargoed(now));
    let expected: Vec<&str> = visible.map(|it| it.document.id.as_str()).collect();
    let mut found = Vec::new();
    loop {
        let answer = engine.search(&request).unwrap();
        assert_eq!(answer.total_hits, expected.len() as u64);
        found.extend(answer.hits.into_iter().map(|hit| hit.document.id));
        request.after = answer.next;
        if request.after.is_none() {
            break;
        }
    }
    assert_eq!(found, expected);
}

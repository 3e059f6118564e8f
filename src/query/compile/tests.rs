use super::*;
use crate::query::{Mode, parse};
use crate::search::{Pattern, Slot, WeightedTerm};

fn schema() -> Schema {
    Schema::parse(include_str!("../../../schema.json"), "schema.json").unwrap()
}

fn compiled(text: &str, operator: Operator) -> Compiled {
    let schema = schema();
    let resolve = |field: &str, text: &str| match (field, text) {
        ("country", "Nordkorea") => Some("KP".to_owned()),
        ("cites", "NIS") => Some("kr-nis".to_owned()),
        _ => None,
    };
    let compiler = Compiler {
        schema: &schema,
        analyzer: Analyzer::german(),
        operator,
        weights: Weights::default(),
        resolve: &resolve,
    };
    compiler.compile(&parse(text, &schema, Mode::Lenient).unwrap())
}

/// The clause in short: words by their surface term.
fn sketch(clause: &Clause) -> String {
    fn first<'a>(mut terms: impl Iterator<Item = &'a WeightedTerm>) -> String {
        let first = terms.next();
        first.map_or("?".into(), |it| it.term.text.to_lowercase())
    }
    fn slot(slot: &Slot) -> String {
        match slot {
            Slot::Terms(terms) => first(terms.iter()),
            Slot::Pattern(Pattern::Wildcard(text) | Pattern::Regex(text)) => text.clone(),
            Slot::Pattern(Pattern::Fuzzy { word, distance }) => format!("{word}~{distance}"),
        }
    }
    fn list(clauses: &[Clause]) -> String {
        clauses.iter().map(sketch).collect::<Vec<_>>().join(" ")
    }
    match clause {
        Clause::Word(word) => first(word.alternatives.iter().flat_map(|it| it.terms())),
        Clause::Phrase(phrase) => {
            let words: Vec<String> = phrase
                .words
                .iter()
                .map(|(_, terms)| first(terms.iter()))
                .collect();
            format!("\"{}\"", words.join(" "))
        }
        Clause::Value { facet, value } => format!("{facet}={value}"),
        Clause::CopiesOf { id } => format!("copies({id})"),
        Clause::And(clauses) => format!("and({})", list(clauses)),
        Clause::Or(clauses) => format!("or({})", list(clauses)),
        Clause::Not(clause) => format!("not({})", sketch(clause)),
        Clause::Kept(clause) => sketch(clause),
        Clause::Near(near) => {
            let operands: Vec<String> = (near.operands.iter())
                .map(|sequences| {
                    let sequences: Vec<String> = (sequences.iter())
                        .map(|sequence| {
                            let words: Vec<String> =
                                sequence.words.iter().map(|(_, it)| slot(it)).collect();
                            words.join(" ")
                        })
                        .collect();
                    sequences.join("|")
                })
                .collect();
            format!("near({:?}: {})", near.within, operands.join(", "))
        }
        Clause::Pattern(group) => slot(&Slot::Pattern(group.pattern.clone())),
        Clause::Range(range) => format!("{:?}", range.from.map(|date| date.to_string())),
        Clause::Exists { field } => format!("exists({field})"),
        Clause::Document { id } => format!("document:{id}"),
        Clause::All => "all".into(),
        Clause::Nothing => "nothing".into(),
    }
}

#[track_caller]
fn assert_compiles(text: &str, all: &str, any: &str) {
    assert_eq!(sketch(&compiled(text, Operator::All).clause), all, "{text}");
    assert_eq!(sketch(&compiled(text, Operator::Any).clause), any, "{text}");
}

#[test]
fn only_what_stands_between_words_depends_on_the_operator() {
    assert_compiles(
        "Kursk Verluste",
        "and(kursk verluste)",
        "or(kursk verluste)",
    );
    assert_compiles("Kursk AND Sumy", "and(kursk sumy)", "and(kursk sumy)");
    assert_compiles("a b -c", "and(a b not(c))", "and(or(a b) not(c))");
    assert_compiles("-c", "and(all not(c))", "and(all not(c))");
    assert_compiles("a OR -c", "or(a and(all not(c)))", "or(a and(all not(c)))");
    assert_compiles("*", "all", "all");
}

#[test]
fn values_are_resolved_and_unknown_ones_are_told() {
    let found = compiled("country:Nordkorea cites:NIS", Operator::All);
    assert_eq!(sketch(&found.clause), "and(country=KP cites=kr-nis)");
    assert_eq!(found.notices, []);
    let found = compiled("country:Atlantis", Operator::All);
    assert_eq!(sketch(&found.clause), "country=Atlantis");
    assert_eq!(
        found.notices[0].message,
        "„Atlantis“ ist im Feld „Länder“ nicht bekannt; wörtlich gesucht."
    );
    assert_eq!(found.notices[0].span, Some((8, 16)));
}

#[test]
fn fields_narrow_and_boosts_multiply() {
    let Clause::Word(word) = compiled("title:Kursk^3", Operator::All).clause else {
        panic!("no word");
    };
    assert_eq!(word.fields, [("title".to_owned(), 2.0)]);
    assert_eq!(word.boost, 3.0);
    let Clause::Word(word) = compiled("Kursk", Operator::All).clause else {
        panic!("no word");
    };
    assert_eq!(
        word.fields,
        [("title".to_owned(), 2.0), ("body".to_owned(), 1.0)]
    );
    assert_eq!(word.boost, 1.0);
    assert_eq!(word.alternatives[0].weight, 0.95);
}

#[test]
fn quoted_words_are_phrases_in_the_form_that_was_typed() {
    let Clause::Phrase(phrase) = compiled("\"hohe Verluste\"", Operator::All).clause else {
        panic!("no phrase");
    };
    let surface = crate::analysis::TermClass::Surface;
    for (_, terms) in &phrase.words {
        assert!(terms.iter().all(|it| it.term.class == surface));
    }
    assert_compiles("\"Kursk\"", "kursk", "kursk");
}

#[test]
fn words_that_analysis_cuts_are_phrases_unless_a_slash_stands_between_long_ones() {
    assert_compiles("AC/DC", "\"ac dc\"", "\"ac dc\"");
    assert_compiles("Merkel/Macron", "and(merkel macron)", "and(merkel macron)");
}

#[test]
fn patterns_are_folded() {
    assert_compiles("Panzer*", "panzer*", "panzer*");
    assert_compiles("*GEHEIMdienst", "*geheimdienst", "*geheimdienst");
    assert_compiles("Straß*bahn", "strass*bahn", "strass*bahn");
    assert_compiles("Ukraine-*", "ukraine*", "ukraine*");
    assert_compiles("NATO*", "nato*", "nato*");
    assert_compiles("Kim~2 NATO~1", "and(kim~2 nato~1)", "or(kim~2 nato~1)");
    assert_compiles("/[MS]eyer\\W/", "[ms]eyer\\W", "[ms]eyer\\W");
}

#[test]
fn what_stands_near_each_other_is_one_clause() {
    assert_compiles(
        "\"Kursk Verluste\"~5",
        "near(Words(5): kursk, verluste)",
        "near(Words(5): kursk, verluste)",
    );
    assert_compiles(
        "Kursk NEAR/S (\"hohe Verluste\" OR Panzer*)",
        "near(Sentence: kursk, hohe verluste|panzer*)",
        "near(Sentence: kursk, hohe verluste|panzer*)",
    );
}

#[test]
fn copies_are_those_of_a_document() {
    assert_compiles("copy:abc-1", "copies(abc-1)", "copies(abc-1)");
    assert_compiles("copy:*", "all", "all");
}

#[test]
fn a_facet_that_must_exist_must_not_be_missing() {
    assert_compiles(
        "exists:publisher",
        "and(all not(publisher=_missing))",
        "and(all not(publisher=_missing))",
    );
    assert_compiles("exists:title", "exists(title)", "exists(title)");
}

#[test]
fn a_query_without_words_finds_nothing_and_says_so() {
    let found = compiled("???", Operator::All);
    assert_eq!(found.clause, Clause::Nothing);
    assert_eq!(found.notices[0].code, "no_words");
}

#[test]
fn a_word_by_itself_and_within_compounds_is_one_pool() {
    let Clause::Word(word) = compiled("Krieg", Operator::All).clause else {
        panic!("no word");
    };
    let pools: Vec<Vec<(&str, f32)>> = (word.alternatives.iter())
        .map(|it| {
            it.terms()
                .map(|it| (it.term.class.name(), it.weight))
                .collect()
        })
        .collect();
    assert_eq!(pools[0], [("surface", 1.0)]);
    assert!(pools.contains(&vec![("lemma", 1.0), ("part", 0.7)]));
}

#[test]
fn all_parts_of_a_compound_must_stand_together_unless_any_word_will_do() {
    let parts = |operator| {
        let Clause::Word(word) = compiled("Munitionsbedarf", operator).clause else {
            panic!("no word");
        };
        (word.alternatives.into_iter())
            .find(|it| it.pools.len() == 2)
            .unwrap()
    };
    let (all, any) = (parts(Operator::All), parts(Operator::Any));
    assert!(!all.any && all.pools.iter().all(|pool| pool.terms.len() == 1));
    assert!(any.any && any.pools.iter().all(|pool| pool.terms.len() == 2));
}

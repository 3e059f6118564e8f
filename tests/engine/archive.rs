//! Generated archives and requests, small enough that everything meets everything.

use std::path::Path;

use fundstelle::analysis::{Form, Sentence, Term, TermClass, Token};
use fundstelle::document::{
    DateKind, Document, DocumentDate, FieldValue, Moment, Node, PartialDate,
};
use fundstelle::engine::embedded::{Embedded, WriterOptions};
use fundstelle::engine::{Index, IndexDocument};
use fundstelle::schema::Schema;
use fundstelle::search::{
    Alternative, Clause, DateRange, FacetFilter, FacetRequest, HistogramRequest, Interval, Locate,
    MISSING, Near, Pattern, PatternGroup, Phrase, Pool, SearchRequest, Sequence, Slot, Sort,
    WeightedTerm, Within, WordGroup,
};
use proptest::prelude::*;

/// Words of all texts.
const WORDS: [&str; 6] = ["kursk", "verlust", "soldat", "nis", "seoul", "der"];
/// Values of the flat facet.
const TAGS: [&str; 5] = ["a", "b", "c", "d", "e"];
/// Values of the hierarchical facet.
const SOURCES: [(&str, &str); 5] = [
    ("news", "dpa"),
    ("news", "afp"),
    ("news", "kcna"),
    ("spy", "nis"),
    ("spy", "hur"),
];
const DATES: [&str; 8] = [
    "2024",
    "2025",
    "2025-04",
    "2025-04-28",
    "2025-04-28T08:45",
    "2025-07",
    "2025-09-02",
    "2024-12-31",
];
/// Ends of embargoes, and moments of questions.
const MOMENTS: [&str; 4] = ["2025", "2025-04-28", "2025-04-28T08:45", "2025-04-28T08:46"];
const FACETS: [&str; 3] = ["tag", "source", "date"];

/// The schema of all generated archives.
pub fn schema() -> Schema {
    let text = r#"{ "version": 1, "fields": [
        { "name": "title", "type": "text", "analyzer": "plain", "boost": 2 },
        { "name": "body", "type": "text", "analyzer": "plain" },
        { "name": "tag", "type": "keyword", "facet": true },
        { "name": "source", "type": "keyword", "facet": true },
        { "name": "date", "type": "date", "facet": true }
    ] }"#;
    Schema::parse(text, "schema.json").unwrap()
}

/// Documents in the order in which they are added; a later one replaces an earlier of its id.
#[derive(Debug, Clone)]
pub struct Archive {
    steps: Vec<Step>,
}

#[derive(Debug, Clone)]
enum Step {
    Add(Box<IndexDocument>),
    Delete(String),
    Commit,
}

impl Archive {
    /// `documents` documents with one tag each, but one with `tags` tags of its own.
    pub fn with_outlier(documents: usize, tags: usize) -> Archive {
        let mut steps: Vec<Step> = (0..documents)
            .map(|id| Step::Add(Box::new(document(id, &[0], &[1], &[0], &[], None))))
            .collect();
        let mut outlier = document(documents, &[0], &[1], &[], &[], None);
        outlier.values[0].1 = (0..tags)
            .map(|tag| value(&[&format!("tag-{tag:02}")]))
            .collect();
        steps.push(Step::Add(Box::new(outlier)));
        Archive { steps }
    }

    /// What is in the archive at the end.
    pub fn alive(&self) -> Vec<IndexDocument> {
        let mut alive: Vec<IndexDocument> = Vec::new();
        for step in &self.steps {
            match step {
                Step::Add(document) => {
                    alive.retain(|other| other.document.id != document.document.id);
                    alive.push(document.as_ref().clone());
                }
                Step::Delete(id) => alive.retain(|other| other.document.id != *id),
                Step::Commit => {}
            }
        }
        alive.sort_by(|a, b| a.document.id.cmp(&b.document.id));
        alive
    }

    /// Indexes step by step: many segments, replaced and deleted documents.
    pub fn index_in_steps(&self, folder: &Path) -> Embedded {
        index(folder, &self.steps)
    }

    /// The same in any empty index.
    #[allow(dead_code)] // Not every test binary has other engines.
    pub fn write_in_steps(&self, engine: &dyn Index) {
        write(engine, &self.steps);
    }

    /// Indexes what is left at the end, in one commit.
    pub fn index_at_once(&self, folder: &Path) -> Embedded {
        let steps: Vec<Step> = self
            .alive()
            .into_iter()
            .map(|document| Step::Add(Box::new(document)))
            .collect();
        index(folder, &steps)
    }
}

fn index(folder: &Path, steps: &[Step]) -> Embedded {
    let engine = Embedded::open_or_create(folder, &schema()).unwrap();
    write(&engine, steps);
    engine
}

/// Writes to an empty index step by step.
fn write(engine: &dyn Index, steps: &[Step]) {
    let options = WriterOptions {
        threads: 1,
        ..WriterOptions::default()
    };
    let mut writer = engine.begin_to_write(options).unwrap();
    for step in steps {
        match step {
            Step::Add(document) => writer.add(document.as_ref().clone()).unwrap(),
            Step::Delete(id) => writer.delete(id).unwrap(),
            Step::Commit => writer.commit().unwrap(),
        }
    }
    writer.commit().unwrap();
    writer.close().unwrap();
    engine.reload().unwrap();
}

fn moment(index: usize) -> PartialDate {
    MOMENTS[index].parse().unwrap()
}

fn value(path: &[&str]) -> FieldValue {
    FieldValue {
        path: path.iter().map(|id| Node::plain(*id)).collect(),
        role: None,
        scope: None,
    }
}

fn tokens(words: &[usize]) -> Vec<Token> {
    let terms = |word: &str| {
        let term = |class, text: &str| Term {
            class,
            text: text.into(),
        };
        let mut terms = vec![
            term(TermClass::Surface, word),
            term(TermClass::Lemma, &word[..word.len() - 1]),
        ];
        // Written with a hyphen, one piece of it being another word.
        if word == "seoul" {
            terms.push(term(TermClass::Piece, "soldat"));
        }
        terms
    };
    (words.iter().enumerate())
        .map(|(position, word)| {
            let form = Form {
                terms: terms(WORDS[*word]),
                ..Form::default()
            };
            Token::new(position, position, position as u32, form)
        })
        .collect()
}

/// Every `der` begins a sentence; every word is a byte long, as for [`tokens`].
fn sentences(words: &[usize]) -> Vec<Sentence> {
    let mut starts: Vec<usize> = (0..words.len())
        .filter(|at| *at == 0 || WORDS[words[*at]] == "der")
        .collect();
    starts.push(words.len());
    let sentence = |ends: &[usize]| Sentence {
        span: ends[0]..ends[1],
        words: ends[0] as u32..ends[1] as u32,
    };
    starts.windows(2).map(sentence).collect()
}

/// A document of words, tags, sources and a date by their numbers.
pub fn document(
    id: usize,
    title: &[usize],
    body: &[usize],
    tags: &[usize],
    sources: &[usize],
    date: Option<usize>,
) -> IndexDocument {
    let date: Option<PartialDate> = date.map(|date| DATES[date].parse().unwrap());
    let document = Document {
        id: format!("{id:03}"),
        date: date.map(|value| DocumentDate {
            value,
            kind: DateKind::Published,
        }),
        // Some at the same second, some unknown.
        indexed_at: (!id.is_multiple_of(4))
            .then(|| Moment::from_unix_seconds(1 + (id * 7 % 5) as i64)),
        ..Document::default()
    };
    IndexDocument {
        labels: Vec::new(),
        values: vec![
            (
                "tag".to_owned(),
                tags.iter().map(|tag| value(&[TAGS[*tag]])).collect(),
            ),
            (
                "source".to_owned(),
                (sources.iter())
                    .map(|source| value(&[SOURCES[*source].0, SOURCES[*source].1]))
                    .collect(),
            ),
            ("date".to_owned(), document.values("date")),
        ],
        texts: vec![
            ("title".to_owned(), tokens(title)),
            ("body".to_owned(), tokens(body)),
        ],
        sentences: vec![
            ("title".to_owned(), sentences(title)),
            ("body".to_owned(), sentences(body)),
        ],
        fingerprint: id as u64,
        document,
    }
}

/// Up to 24 documents with up to 30 additions, deletions and commits.
pub fn arbitrary_archive() -> impl Strategy<Value = Archive> {
    let words = |most| prop::collection::vec(0..WORDS.len(), 0..most);
    let tags = prop::collection::btree_set(0..TAGS.len(), 0..4);
    let sources = prop::collection::btree_set(0..SOURCES.len(), 0..4);
    let add = (
        0_usize..24,
        words(4),
        words(9),
        tags,
        sources,
        prop::option::of(0..DATES.len()),
        prop::option::weighted(0.2, 0..MOMENTS.len()),
        arbitrary_labels(),
    )
        .prop_map(|(id, title, body, tags, sources, date, embargo, labels)| {
            let (tags, sources) = (Vec::from_iter(tags), Vec::from_iter(sources));
            let mut document = document(id, &title, &body, &tags, &sources, date);
            document.document.embargo = embargo.map(moment);
            Step::Add(Box::new(IndexDocument { labels, ..document }))
        });
    let delete = (0_usize..24).prop_map(|id| Step::Delete(format!("{id:03}")));
    let step = prop_oneof![8 => add, 1 => delete, 1 => Just(Step::Commit)];
    prop::collection::vec(step, 0..30).prop_map(|steps| Archive { steps })
}

/// Labels of a text and of those that it is a copy of: few, so that many are shared.
fn arbitrary_labels() -> impl Strategy<Value = Vec<u64>> {
    let labels = prop::collection::btree_set(0_u64..12, 0..4);
    labels.prop_map(Vec::from_iter).prop_shuffle()
}

fn weighted(word: usize, class: TermClass, weight: f32) -> WeightedTerm {
    let text = match class {
        TermClass::Lemma => &WORDS[word][..WORDS[word].len() - 1],
        _ => WORDS[word],
    };
    let text = text.into();
    let term = Term { class, text };
    WeightedTerm { term, weight }
}

/// All of several pools, one for each word; a pool has the words' base form, and its surface if it
/// is one of several terms.
fn alternative(words: &[usize], classes: &[TermClass], weight: f32) -> Alternative {
    let pool = |word: &usize| Pool {
        terms: (classes.iter())
            .map(|class| weighted(*word, *class, 0.7))
            .collect(),
    };
    Alternative {
        pools: words.iter().map(pool).collect(),
        window: 0,
        any: false,
        weight,
        bound: (classes.len() > 1).then_some(1.0),
    }
}

fn fields() -> Vec<(String, f32)> {
    vec![("title".to_owned(), 2.0), ("body".to_owned(), 1.0)]
}

fn arbitrary_clause() -> impl Strategy<Value = Clause> {
    let word = (0..WORDS.len()).prop_map(|word| {
        let alternatives = vec![
            alternative(&[word], &[TermClass::Surface], 1.0),
            alternative(&[word], &[TermClass::Surface, TermClass::Lemma], 0.9),
        ];
        Clause::Word(WordGroup {
            fields: fields(),
            alternatives,
            itself: Some(Pool {
                terms: vec![weighted(word, TermClass::Lemma, 1.0)],
            }),
            boost: 1.5,
        })
    });
    let together = (0..WORDS.len(), 0..WORDS.len(), 0_u32..4, any::<bool>()).prop_map(
        |(one, two, window, any)| {
            let mut both = alternative(&[one, two], &[TermClass::Lemma], 0.5);
            both.window = window;
            both.any = any;
            Clause::Word(WordGroup {
                fields: fields(),
                alternatives: vec![both],
                itself: None,
                boost: 1.0,
            })
        },
    );
    let phrase = prop::collection::vec((0..WORDS.len(), 0_u32..2), 1..4).prop_map(|words| {
        let mut offset = 0;
        let words = words.into_iter().map(|(word, gap)| {
            let at = offset;
            offset += 1 + gap;
            (
                at,
                vec![
                    weighted(word, TermClass::Surface, 1.0),
                    weighted(word, TermClass::Lemma, 1.0),
                ],
            )
        });
        Clause::Phrase(Phrase {
            words: words.collect(),
            fields: fields(),
            boost: 1.0,
        })
    });
    let within = prop_oneof![(0_u32..4).prop_map(Within::Words), Just(Within::Sentence),];
    let near = (prop::collection::vec(arbitrary_sequence(), 2..5), within).prop_map(
        |(operands, within)| {
            Clause::Near(Near {
                fields: fields(),
                operands: operands
                    .into_iter()
                    .map(|sequence| vec![sequence])
                    .collect(),
                within,
                boost: 1.0,
            })
        },
    );
    let pattern = arbitrary_pattern().prop_map(|pattern| {
        Clause::Pattern(PatternGroup {
            fields: fields(),
            pattern,
            boost: 1.0,
        })
    });
    let exists = prop::sample::select(vec!["title", "body", "tag", "date"]).prop_map(|field| {
        Clause::Exists {
            field: field.to_owned(),
        }
    });
    let copies = (0_usize..24).prop_map(|id| Clause::CopiesOf {
        id: format!("{id:03}"),
    });
    let value = arbitrary_value().prop_map(|(facet, value)| Clause::Value { facet, value });
    let leaf = prop_oneof![
        6 => word, 2 => together, 2 => phrase, 1 => value, 2 => near, 1 => pattern, 1 => exists,
        1 => copies,
        1 => arbitrary_range().prop_map(Clause::Range),
        1 => Just(Clause::All), 1 => Just(Clause::Nothing),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Clause::And),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Clause::Or),
            inner
                .clone()
                .prop_map(|clause| Clause::Kept(Box::new(clause))),
            inner.prop_map(|clause| Clause::Not(Box::new(clause))),
        ]
    })
}

fn arbitrary_pattern() -> impl Strategy<Value = Pattern> {
    prop_oneof![
        prop::sample::select(vec!["k*", "*t", "s*t", "*", "n*s*", "x*"])
            .prop_map(|text| Pattern::Wildcard(text.to_owned())),
        prop::sample::select(vec!["[ks].*", "de.", "nis|seoul"])
            .prop_map(|text| Pattern::Regex(text.to_owned())),
        (
            prop::sample::select(vec!["kursk", "nsi", "dre", "soldt"]),
            1_u8..3
        )
            .prop_map(|(word, distance)| Pattern::Fuzzy {
                word: word.to_owned(),
                distance
            }),
    ]
}

/// One or two words one after the other, each a term or a pattern.
fn arbitrary_sequence() -> impl Strategy<Value = Sequence> {
    let terms = (0..WORDS.len())
        .prop_map(|word| Slot::Terms(vec![weighted(word, TermClass::Surface, 1.0)]));
    let slot = prop_oneof![4 => terms, 1 => arbitrary_pattern().prop_map(Slot::Pattern)];
    prop::collection::vec(slot, 1..3).prop_map(|slots| Sequence {
        words: slots
            .into_iter()
            .enumerate()
            .map(|(at, slot)| (at as u32, slot))
            .collect(),
    })
}

/// A facet and a value of it, known or not.
fn arbitrary_value() -> impl Strategy<Value = (String, String)> {
    let tags = prop::sample::select(vec!["a", "b", "c", "d", "e", "unknown", MISSING]);
    let sources = prop::sample::select(vec![
        "news", "spy", "dpa", "afp", "kcna", "nis", "hur", MISSING,
    ]);
    let dates = prop::sample::select(vec![
        "2024",
        "2025",
        "2025-04",
        "2025-04-28",
        "2023",
        MISSING,
    ]);
    prop_oneof![
        tags.prop_map(|v| ("tag".to_owned(), v.to_owned())),
        sources.prop_map(|v| ("source".to_owned(), v.to_owned())),
        dates.prop_map(|v| ("date".to_owned(), v.to_owned())),
    ]
}

fn arbitrary_range() -> impl Strategy<Value = DateRange> {
    let end =
        || prop::option::of(prop::sample::select(DATES.to_vec()).prop_map(|d| d.parse().unwrap()));
    (end(), end()).prop_map(|(from, to)| DateRange { from, to })
}

fn arbitrary_histogram() -> impl Strategy<Value = HistogramRequest> {
    let interval = prop::option::weighted(0.8, prop::sample::select(Interval::ALL.to_vec()));
    (interval, any::<bool>())
        .prop_map(|(interval, all_time)| HistogramRequest { interval, all_time })
}

/// Any clause with any filters; all facets counted, nothing cut off.
pub fn arbitrary_request() -> impl Strategy<Value = SearchRequest> {
    let filters = prop::collection::vec((arbitrary_value(), any::<bool>()), 0..5);
    let sort = prop::sample::select(vec![
        Sort::Relevance,
        Sort::Newest,
        Sort::Oldest,
        Sort::Added,
    ]);
    (
        arbitrary_clause(),
        filters,
        prop_oneof![3 => Just(DateRange::default()), 1 => arbitrary_range()],
        sort,
        (0..MOMENTS.len()).prop_map(moment),
        any::<bool>(),
        arbitrary_histogram(),
    )
        .prop_map(|(clause, chosen, range, sort, now, collapse, histogram)| {
            let mut filters: Vec<FacetFilter> = Vec::new();
            for ((facet, id), include) in chosen {
                if !filters.iter().any(|filter| filter.facet == facet) {
                    filters.push(FacetFilter {
                        facet: facet.clone(),
                        ..FacetFilter::default()
                    });
                }
                let filter = filters
                    .iter_mut()
                    .find(|filter| filter.facet == facet)
                    .unwrap();
                let ids = if include {
                    &mut filter.include
                } else {
                    &mut filter.exclude
                };
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            SearchRequest {
                clause,
                filters,
                range,
                sort,
                now,
                collapse,
                histogram: Some(histogram),
                ..match_all()
            }
        })
}

/// Something to look for in the sentences of hits.
pub fn arbitrary_locate() -> impl Strategy<Value = Locate> {
    let word = || {
        (
            0..WORDS.len(),
            prop::sample::select(vec![TermClass::Surface, TermClass::Lemma]),
        )
    };
    let terms = || prop::collection::vec(word(), 0..3);
    let patterns = prop::collection::vec(arbitrary_pattern(), 0..2);
    let field = prop::sample::select(vec!["title", "body"]);
    (field, terms(), patterns, terms()).prop_map(|(field, terms, patterns, otherwise)| {
        let term = |(word, class)| weighted(word, class, 1.0).term;
        Locate {
            field: field.to_owned(),
            terms: terms.into_iter().map(term).collect(),
            patterns,
            otherwise: otherwise.into_iter().map(term).collect(),
        }
    })
}

/// Everything, with all facets.
pub fn match_all() -> SearchRequest {
    let facets = FACETS.map(|facet| FacetRequest {
        facet: facet.to_owned(),
        limit: usize::MAX,
        ..FacetRequest::default()
    });
    SearchRequest {
        limit: 1000,
        facets: facets.into(),
        count_copies: true,
        ..SearchRequest::counting(Clause::All, PartialDate::now())
    }
}

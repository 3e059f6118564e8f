//! The words of an archive are those of a naive count over all documents.

use std::collections::BTreeMap;

use fundstelle::analysis::{Analyzer, TermClass};
use fundstelle::document::{Access, Document, PartialDate};
use fundstelle::engine::embedded::{Embedded, WriterOptions};
use fundstelle::engine::{Engine, IndexDocument, Writer};
use fundstelle::search::{ArchiveWord, WordsLike, WordsRequest, word_key};
use proptest::prelude::*;

use super::archive::schema;

/// Words of all texts: several spellings of some.
const WORDS: [&str; 12] = [
    "Kursk", "kursk", "KURSK", "Kurs", "Krusk", "Müller", "Mueller", "Mühle", "NATO", "Ost-See",
    "Ostsee", "7",
];
const ACCESS: [Access; 3] = Access::ALL;
/// Ends of embargoes, and moments of questions.
const MOMENTS: [&str; 3] = ["2025", "2025-04-28", "2025-05"];

#[derive(Debug, Clone)]
enum Step {
    Add(Box<Document>),
    Delete(String),
    Commit,
}

fn text(words: &[usize]) -> String {
    let words: Vec<&str> = words.iter().map(|word| WORDS[*word]).collect();
    words.join(" ")
}

fn arbitrary_steps() -> impl Strategy<Value = Vec<Step>> {
    let words = |most| prop::collection::vec(0..WORDS.len(), 0..most);
    let embargo = prop::option::weighted(0.3, 0..MOMENTS.len());
    let add = (0..10, words(3), words(8), 0..ACCESS.len(), embargo).prop_map(
        |(id, title, body, access, embargo)| {
            Step::Add(Box::new(Document {
                id: format!("{id:03}"),
                title: Some(text(&title)),
                body: text(&body),
                access: ACCESS[access],
                embargo: embargo.map(|at| MOMENTS[at].parse().unwrap()),
                ..Document::default()
            }))
        },
    );
    let delete = (0..10).prop_map(|id| Step::Delete(format!("{id:03}")));
    prop::collection::vec(
        prop_oneof![6 => add, 1 => delete, 2 => Just(Step::Commit)],
        0..24,
    )
}

fn arbitrary_request() -> impl Strategy<Value = WordsRequest> {
    let key = prop::sample::select(vec![
        "", "k", "kur", "kursk", "krsk", "muel", "mul", "ostse", "nat",
    ]);
    (key, 0_u8..3, any::<bool>(), 1_usize..6, 0..MOMENTS.len()).prop_map(
        |(key, slips, whole, limit, now)| WordsRequest {
            like: match whole {
                true => WordsLike::Near {
                    key: key.to_owned(),
                    distance: slips,
                },
                false => WordsLike::Beginning {
                    key: key.to_owned(),
                    typos: slips,
                },
            },
            limit,
            now: MOMENTS[now].parse().unwrap(),
        },
    )
}

fn index(folder: &std::path::Path, steps: &[Step]) -> Embedded {
    let engine = Embedded::open_or_create(folder, &schema()).unwrap();
    let options = WriterOptions {
        threads: 1,
        ..WriterOptions::default()
    };
    let mut writer = engine.writer(options).unwrap();
    for step in steps {
        match step {
            Step::Add(document) => writer.add(indexed(document)).unwrap(),
            Step::Delete(id) => writer.delete(id).unwrap(),
            Step::Commit => writer.commit().unwrap(),
        }
    }
    writer.commit().unwrap();
    Box::new(writer).close().unwrap();
    engine.reload().unwrap();
    engine
}

fn indexed(document: &Document) -> IndexDocument {
    let fields = ["title", "body"];
    IndexDocument {
        texts: fields
            .map(|field| {
                (
                    field.to_owned(),
                    Analyzer::plain().analyze(&document.text(field)),
                )
            })
            .into(),
        sentences: fields.map(|field| (field.to_owned(), Vec::new())).into(),
        values: Vec::new(),
        fingerprint: 0,
        labels: Vec::new(),
        document: document.clone(),
    }
}

/// Key and spelling of the words of a document that may be shown at `now`.
fn words_of(document: &Document, now: PartialDate) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<String, BTreeMap<&str, u32>> = BTreeMap::new();
    if document.is_embargoed(now) {
        return BTreeMap::new();
    }
    let title = document.title.as_deref().unwrap_or_default();
    let body = match document.access {
        Access::Metadata => "",
        Access::Snippet | Access::Full => &document.body,
    };
    for word in title
        .split(' ')
        .chain(body.split(' '))
        .filter(|word| word.len() > 1)
    {
        let tokens = Analyzer::plain().analyze(word);
        let mut terms = tokens[0].terms().iter();
        let surface = terms.find(|term| term.class == TermClass::Surface).unwrap();
        *counts
            .entry(word_key(&surface.text))
            .or_default()
            .entry(word)
            .or_default() += 1;
    }
    let keys = counts.into_iter();
    keys.map(|(key, spellings)| (key, most(spellings)))
        .collect()
}

/// The spelling with the greatest count, the first of several.
fn most<S: ToString + Ord, N: Ord + Copy>(counts: BTreeMap<S, N>) -> String {
    let greatest = counts.values().copied().max();
    let mut spellings = counts
        .into_iter()
        .filter(|(_, count)| Some(*count) == greatest);
    spellings
        .next()
        .map(|(spelling, _)| spelling.to_string())
        .unwrap()
}

/// How many letters differ (optimal string alignment), straight from the definition.
fn distance(one: &[u8], other: &[u8]) -> usize {
    match (one, other) {
        ([], rest) | (rest, []) => rest.len(),
        ([.., a], [.., b]) => {
            let (left, right) = (&one[..one.len() - 1], &other[..other.len() - 1]);
            let mut least = (distance(left, right) + usize::from(a != b))
                .min(distance(left, other) + 1)
                .min(distance(one, right) + 1);
            if let ([.., c, d], [.., e, f]) = (one, other)
                && (c, d) == (f, e)
            {
                least = least.min(distance(&one[..one.len() - 2], &other[..other.len() - 2]) + 1);
            }
            least
        }
    }
}

fn looks_so(key: &str, like: &WordsLike) -> bool {
    match like {
        WordsLike::Near {
            key: wanted,
            distance: most,
        } => distance(key.as_bytes(), wanted.as_bytes()) <= usize::from(*most),
        WordsLike::Beginning { key: wanted, typos } => (0..=key.len())
            .any(|end| distance(&key.as_bytes()[..end], wanted.as_bytes()) <= usize::from(*typos)),
    }
}

fn naive(steps: &[Step], request: &WordsRequest) -> Vec<ArchiveWord> {
    let mut alive: BTreeMap<&str, &Document> = BTreeMap::new();
    for step in steps {
        match step {
            Step::Add(document) => {
                alive.insert(&document.id, document);
            }
            Step::Delete(id) => {
                alive.remove(id.as_str());
            }
            Step::Commit => {}
        }
    }
    let mut counts: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for document in alive.values() {
        for (key, written) in words_of(document, request.now) {
            *counts.entry(key).or_default().entry(written).or_default() += 1;
        }
    }
    let mut words: Vec<ArchiveWord> = (counts.into_iter())
        .filter(|(key, _)| looks_so(key, &request.like))
        .map(|(key, spellings)| ArchiveWord {
            key,
            documents: spellings.values().sum(),
            written: most(spellings),
        })
        .collect();
    words.sort_by(|a, b| (b.documents, &a.key).cmp(&(a.documents, &b.key)));
    words.truncate(request.limit);
    words
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Words, their order, spellings and counts, for random documents, deletions, limits,
    /// embargoes and requests.
    #[test]
    fn words_equal_a_naive_count(
        steps in arbitrary_steps(),
        requests in prop::collection::vec(arbitrary_request(), 6),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let engine = index(folder.path(), &steps);
        for request in requests {
            let words = engine.words(&request).unwrap();
            prop_assert_eq!(words, naive(&steps, &request), "{:?}", request);
        }
    }
}

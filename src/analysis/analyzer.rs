//! The chain: tokenizer, then everything that is said of a word form, remembered per form; then
//! what only neighbours tell (elliptical compounds, separable verbs, `A 380`).

use std::cell::RefCell;
use std::sync::LazyLock;

use super::context::Neighbours;
use super::fold::fold;
use super::lexicon::lexicon;
use super::memo::{Key, Memo, Shared};
use super::sentence::{numbered, sentences};
use super::tokenizer::{self, Hyphen};
use super::trace::{FilterStep, PartTrace, TermTrace, TokenTrace, Trace};
use super::word::{Described, Piece, describe, describe_plain, trace};
use super::{
    AnalyzedText, Form, Part, QueryWord, Relation, Sentence, Term, TermClass, Token, Variant,
    query, splits, verb,
};

/// Makes tokens of texts and query words of queries. Cheap to create and to clone; what it
/// learns of word forms is remembered for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Analyzer {
    language: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    German,
    Plain,
}

/// Words that are looked up in a row.
const BATCH: usize = 256;

/// What all threads learned of word forms, by language.
static SHARED: LazyLock<[Shared; 2]> = LazyLock::new(|| [Shared::new(), Shared::new()]);

thread_local! {
    static MEMO: RefCell<[Memo; 2]> = RefCell::default();
}

impl Language {
    fn describe(self, form: &str) -> Described {
        match self {
            Language::German => describe(form, false),
            Language::Plain => describe_plain(form),
        }
    }

    fn form(self, form: &str) -> Form {
        let word = self.describe(form);
        Form {
            terms: terms(&word),
            parts: word.parts.iter().map(part).collect(),
            joins: word.inner.iter().map(part).collect(),
            pieces: word.pieces.iter().map(part).collect(),
            is_particle: verb::is_particle(form),
        }
    }
}

fn part(piece: &Piece) -> Part {
    let term = piece.terms.first().map_or("", String::as_str);
    Part {
        start: piece.start,
        end: piece.end,
        term: term.into(),
    }
}

/// The terms of a word, no two the same.
fn terms(word: &Described) -> Vec<Term> {
    let surfaces = word.surfaces.iter().map(|text| (TermClass::Surface, text));
    let lemmas = word.lemmas.iter().map(|text| (TermClass::Lemma, text));
    let pieces = word
        .parts
        .iter()
        .chain(&word.inner)
        .flat_map(|piece| &piece.terms);
    let parts = pieces.map(|text| (TermClass::Part, text));
    let pieces = word.pieces.iter().flat_map(|piece| &piece.terms);
    let pieces = pieces.map(|text| (TermClass::Piece, text));
    let mut terms: Vec<Term> = Vec::new();
    for (class, text) in surfaces.chain(lemmas).chain(parts).chain(pieces) {
        let term = Term {
            class,
            text: text.as_str().into(),
        };
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

impl Analyzer {
    /// The chain for German texts.
    pub fn german() -> Analyzer {
        Analyzer {
            language: Language::German,
        }
    }

    /// The chain for texts in other languages: words as they are written, folded.
    pub fn plain() -> Analyzer {
        Analyzer {
            language: Language::Plain,
        }
    }

    /// The tokens of a text; offsets are bytes of `text`, on character boundaries.
    pub fn analyze(&self, text: &str) -> Vec<Token> {
        self.analyze_text(text).tokens
    }

    /// The tokens and the sentences of a text. What is said of a word depends on nothing outside
    /// its sentence.
    pub fn analyze_text(&self, text: &str) -> AnalyzedText {
        let (mut tokens, neighbours) = self.tokens(text);
        let sentences = numbered(&sentences(text), &tokens);
        if self.language == Language::German {
            neighbours.tell(text, &mut tokens, &sentences);
        }
        AnalyzedText { tokens, sentences }
    }

    /// The tokens of one sentence of a text, the same as [`Analyzer::analyze_text`] gives for it.
    pub fn analyze_sentence(&self, text: &str, sentence: &Sentence) -> Vec<Token> {
        let Some(part) = text.get(sentence.span.clone()) else {
            return Vec::new();
        };
        let (mut tokens, neighbours) = self.tokens(part);
        if self.language == Language::German {
            let whole = Sentence {
                span: 0..part.len(),
                words: 0..tokens.len() as u32,
            };
            neighbours.tell(part, &mut tokens, &[whole]);
        }
        for token in &mut tokens {
            token.start += sentence.span.start;
            token.end += sentence.span.start;
            token.position += sentence.words.start;
        }
        tokens
    }

    /// The tokens of a text, each for itself, and the words whose neighbours matter.
    fn tokens(&self, text: &str) -> (Vec<Token>, Neighbours) {
        let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 6 + 1);
        let mut neighbours = Neighbours::default();
        MEMO.with_borrow_mut(|memo| {
            let memo = &mut memo[self.language as usize];
            let shared = &SHARED[self.language as usize];
            let mut words = tokenizer::words(text);
            let mut batch = Vec::with_capacity(BATCH);
            let mut keys = Vec::with_capacity(BATCH);
            let mut numbers = Vec::with_capacity(BATCH);
            loop {
                memo.tidy();
                batch.clear();
                keys.clear();
                numbers.clear();
                for raw in words.by_ref().take(BATCH) {
                    keys.push(Key::new(text, raw.start, raw.end));
                    batch.push(raw);
                }
                if batch.is_empty() {
                    return;
                }
                memo.find_all(&keys, &mut numbers);
                for (raw, number) in batch.iter().zip(&numbers) {
                    let number = number.unwrap_or_else(|| {
                        let describe = |form: &str| self.language.form(form);
                        memo.number(text, raw.start, raw.end, shared, describe)
                    });
                    let known = memo.known(number);
                    if !known.has_terms {
                        continue;
                    }
                    if raw.hyphen != Hyphen::None {
                        neighbours.hanging.push((tokens.len(), raw.hyphen));
                    }
                    if known.is_particle {
                        neighbours.particles.push(tokens.len());
                    }
                    tokens.push(Token {
                        start: raw.start,
                        end: raw.end,
                        position: tokens.len() as u32,
                        form: known.form.clone(),
                    });
                }
            }
        });
        (tokens, neighbours)
    }

    /// The words of a query, each with everything that stands for it.
    pub fn query(&self, text: &str) -> Vec<QueryWord> {
        match self.language {
            Language::German => query_words(text, query::variants),
            Language::Plain => query_words(text, plain_variants),
        }
    }

    /// The words of a query as they were typed, and nothing else that stands for them.
    pub fn query_exact(&self, text: &str) -> Vec<QueryWord> {
        match self.language {
            Language::German => query_words(text, query::exact),
            Language::Plain => query_words(text, plain_variants),
        }
    }

    /// Whether a word is one of the language, as far as the lexicon tells: it stands there, or is
    /// made of words that do. The plain chain knows none.
    pub fn knows(&self, word: &str) -> bool {
        let folded = fold(word);
        self.language == Language::German
            && (lexicon().contains(&folded) || !splits::split(&folded).is_empty())
    }

    /// What analysis makes of a text, for people.
    pub fn trace(&self, text: &str) -> Trace {
        let tokens = self.analyze(text);
        let tokens = tokens.iter().map(|token| self.trace_token(text, token));
        Trace {
            tokens: tokens.collect(),
        }
    }

    fn trace_token(&self, text: &str, token: &Token) -> TokenTrace {
        let form = &text[token.start..token.end];
        let word = match self.language {
            Language::German => trace(form),
            Language::Plain => describe_plain(form),
        };
        let mut filters: Vec<FilterStep> = (word.steps.iter())
            .map(|(filter, output)| FilterStep {
                filter,
                output: output.clone(),
            })
            .collect();
        if self.language == Language::Plain && fold(form) != form {
            filters.push(FilterStep {
                filter: "fold",
                output: word.surfaces.clone(),
            });
        }
        let own = terms(&word);
        let added = token.terms().iter().filter(|term| !own.contains(term));
        let added: Vec<String> = added.map(|term| term.text.to_string()).collect();
        if !added.is_empty() {
            filters.push(FilterStep {
                filter: "context",
                output: added,
            });
        }
        TokenTrace {
            text: form.to_owned(),
            start: token.start,
            end: token.end,
            position: token.position,
            terms: (token.terms().iter())
                .map(|term| TermTrace {
                    text: term.text.to_string(),
                    class: term.class.name(),
                })
                .collect(),
            parts: (token.parts().iter())
                .map(|part| PartTrace {
                    start: token.start + part.start,
                    end: token.start + part.end,
                    term: part.term.to_string(),
                })
                .collect(),
            filters,
        }
    }
}

fn query_words(text: &str, variants: impl Fn(&str) -> Vec<Variant>) -> Vec<QueryWord> {
    let mut words: Vec<QueryWord> = Vec::new();
    for raw in tokenizer::words(text) {
        let variants = variants(&text[raw.start..raw.end]);
        if variants.is_empty() {
            continue;
        }
        let position = words.len() as u32;
        words.push(QueryWord {
            start: raw.start,
            end: raw.end,
            position,
            variants,
        });
    }
    words
}

fn plain_variants(form: &str) -> Vec<Variant> {
    let term = |text: String| Term {
        class: TermClass::Surface,
        text: text.into(),
    };
    let surfaces = describe_plain(form).surfaces.into_iter();
    surfaces
        .map(|text| Variant {
            relation: Relation::Surface,
            written: text.as_str().into(),
            terms: vec![term(text)],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Analyzer;
    use crate::analysis::{Relation, Term, TermClass};

    /// Texts with everything that the tokenizer treats in a way of its own.
    fn texts() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "Panzer",
            "haubitze",
            "Häuser",
            "STRASSE",
            "ß",
            "e\u{308}",
            "\u{ad}",
            "-",
            "- ",
            "-\n",
            ".",
            "14",
            ".000",
            " ",
            "\n",
            ":innen",
            "*in",
            "/-innen",
            "(in)",
            "’s",
            "'",
            "U.S.A.",
            "İ",
            "ﬁ",
            "und ",
            "an.",
            "greift ",
            "%",
            "€",
            "中文",
            "🙂",
            "\0",
            "ǅ",
            "Regional- und Fern",
            "Innen",
        ]);
        let random = any::<String>();
        prop_oneof![
            prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat()),
            random,
        ]
    }

    proptest! {
        #[test]
        fn offsets_lie_on_characters_and_never_go_back(text in texts()) {
            for analyzer in [Analyzer::german(), Analyzer::plain()] {
                let tokens = analyzer.analyze(&text);
                let mut end = 0;
                for (index, token) in tokens.iter().enumerate() {
                    prop_assert_eq!(token.position as usize, index);
                    prop_assert!(end <= token.start && token.start < token.end);
                    prop_assert!(text.get(token.start..token.end).is_some());
                    end = token.end;
                    for part in token.parts().iter().chain(&token.form.joins) {
                        prop_assert!(part.start < part.end && token.start + part.end <= token.end);
                        prop_assert!(text.get(token.start + part.start..token.start + part.end).is_some());
                    }
                    for term in token.terms().iter() {
                        prop_assert!(!term.text.is_empty() && !term.text.contains(char::is_control));
                    }
                }
            }
        }

        #[test]
        fn analysing_twice_gives_the_same(text in texts()) {
            let analyzer = Analyzer::german();
            prop_assert_eq!(analyzer.analyze(&text), analyzer.analyze(&text));
            prop_assert_eq!(analyzer.trace(&text), analyzer.trace(&text));
        }

        #[test]
        fn a_text_is_found_by_any_of_its_own_words(text in texts()) {
            for analyzer in [Analyzer::german(), Analyzer::plain()] {
                let tokens = analyzer.analyze(&text);
                let terms: Vec<&Term> = tokens.iter().flat_map(|token| token.terms().iter()).collect();
                for word in analyzer.query(&text).iter().chain(&analyzer.query_exact(&text)) {
                    let found = word.variants.iter().any(|variant| {
                        variant.terms.iter().all(|term| terms.contains(&term))
                    });
                    prop_assert!(found, "{:?} in {:?}", word, text);
                }
            }
        }
    }

    #[test]
    fn long_lines_take_linear_time() {
        for piece in [
            "a.",
            "1.",
            "14 000 ",
            "x-",
            "haus",
            "a'b",
            "-\n",
            "greift an und ",
            "%",
        ] {
            let text = piece.repeat(2_000_000 / piece.len());
            assert!(Analyzer::german().analyze(&text).len() <= text.len());
        }
    }

    #[test]
    fn parts_are_spans_of_the_text() {
        let text = "Die Trup\u{ad}pen\u{ad}entsendung";
        let token = Analyzer::german().analyze(text).remove(1);
        let spans: Vec<&str> = (token.parts().iter())
            .map(|part| &text[token.start + part.start..token.start + part.end])
            .collect();
        assert_eq!(spans, ["Trup\u{ad}pen\u{ad}", "entsendung"]);
        let term = Term {
            class: TermClass::Part,
            text: "entsendung".into(),
        };
        assert_eq!(&text[token.span(&term).0..], "entsendung");
    }

    #[test]
    fn compounds_are_never_found_by_one_part() {
        let words = Analyzer::german().query("Sicherheitsrat");
        let variants = words[0].variants.iter();
        let parts = variants.filter(|variant| variant.relation == Relation::Parts);
        assert!(
            parts.clone().count() >= 1 && parts.into_iter().all(|variant| variant.terms.len() >= 2)
        );
    }
}

//! Here is a text: give me tokens.
//!
//! Analysis has one owner for documents and for queries. It knows neither documents nor engines:
//! text goes in, [`Token`]s come out, each with its byte span, its word position and its
//! [`Term`]s by class. All classes share one numbering of word positions, so that phrases work
//! across them.
//!
//! The chain, a file each: `tokenizer` finds the words; `word` takes one apart (invisible letters,
//! numbers, gender forms, abbreviations, hyphens) with `fold`, `lemma` (lexicon, rules, stemmer)
//! and `compound`; `context` adds what only neighbours in the same `sentence` tell; `query` and `names` say what else
//! stands for a query word. What is said of a word form is remembered.
//!
//! # Words with hyphens
//!
//! `Ukraine-Krieg` is one token at one position: its surface and base form are those of
//! `Ukrainekrieg`, its pieces are parts. So both spellings are one word, as German spelling has
//! it, and the words around keep their distances. The price: the phrase `"Ukraine Krieg"` does not
//! find `Ukraine-Krieg`; the two words without quotes do. Patterns (wildcards, fuzzy words, regular
//! expressions) fit the whole word or any of its pieces as they are written: `Panzer*` finds
//! `170-mm-Panzerhaubitzen`.
//!
//! # Abbreviations
//!
//! A word of capitals, up to six letters, has its base form in capitals (`NIS`, `TASS`), is never
//! stemmed, and as a query word matches only that; `nis` in a query matches either. A known word
//! in capitals (`KRIEG`) is also that word.

mod analyzer;
mod compound;
mod context;
mod fold;
mod form;
mod gender;
mod lemma;
mod lexicon;
mod memo;
mod names;
mod number;
mod query;
mod sentence;
mod spans;
mod splits;
mod tokenizer;
mod trace;
mod trail;
mod unknown;
mod verb;
mod word;

use std::ops::Range;

pub use analyzer::Analyzer;
pub use fold::fold;
pub use form::{Form, SharedForm};
pub use sentence::{ends_paragraph, is_wrapped, sentences};
pub use trace::{FilterStep, PartTrace, TermTrace, TokenTrace, Trace};

/// Version of everything that decides which terms a text gets: chain, tables, lexicons. An index
/// built with another version has to be built anew.
pub const VERSION: &str = "7";

/// What a term says of the word that it stands for. Classes are kept apart in the index and
/// weighted by the request; they are never blended as synonyms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermClass {
    /// The word as it is written, folded (case, umlauts, ß).
    Surface,
    /// The base form (a stem, where no lexicon knows the word). Abbreviations stay in capitals.
    Lemma,
    /// The base form of a compound's part, or of several parts in a row that are a word.
    Part,
    /// A piece of a word with hyphens as it is written, folded: only patterns look at it.
    Piece,
}

impl TermClass {
    /// All classes, in the order of their codes.
    pub const ALL: [TermClass; 4] = [
        TermClass::Surface,
        TermClass::Lemma,
        TermClass::Part,
        TermClass::Piece,
    ];

    /// The classes of what patterns are held against: words and pieces of them as they are written.
    pub const WRITTEN: [TermClass; 2] = [TermClass::Surface, TermClass::Piece];

    /// Name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            TermClass::Surface => "surface",
            TermClass::Lemma => "lemma",
            TermClass::Part => "part",
            TermClass::Piece => "piece",
        }
    }

    /// The letter that keeps the class apart in an engine's dictionary.
    pub fn code(self) -> char {
        match self {
            TermClass::Surface => 's',
            TermClass::Lemma => 'l',
            TermClass::Part => 'p',
            TermClass::Piece => 'h',
        }
    }
}

/// What an index holds and a query asks for. The text never holds control characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// Which kind of term it is.
    pub class: TermClass,
    /// The term itself.
    pub text: Box<str>,
}

/// A compound part as a span of the text; a linking letter belongs to the part before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// First byte of the part, counted from the first byte of its token.
    pub start: usize,
    /// First byte after the part, counted likewise.
    pub end: usize,
    /// The term of the part.
    pub term: Box<str>,
}

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// First byte of the word in the text.
    pub start: usize,
    /// First byte after the word.
    pub end: usize,
    /// Number of the word in the text, from 0.
    pub position: u32,
    /// What is said of the word form; shared by all tokens of the form.
    form: SharedForm,
}

impl Token {
    /// A token with terms of its own.
    pub fn new(start: usize, end: usize, position: u32, form: Form) -> Token {
        Token::shared(start, end, position, form.into())
    }

    /// A token of a form that it shares with others.
    pub fn shared(start: usize, end: usize, position: u32, form: SharedForm) -> Token {
        Token {
            start,
            end,
            position,
            form,
        }
    }

    /// The terms of the word, no two the same.
    pub fn terms(&self) -> &[Term] {
        &self.form.terms
    }

    /// What is said of the word form: mostly the very same for all words that are written alike.
    pub fn form(&self) -> &SharedForm {
        &self.form
    }

    /// The parts of a compound, in order; empty if the word is none.
    pub fn parts(&self) -> &[Part] {
        &self.form.parts
    }

    /// The bytes of the text that a term stands for: the part, if it is the term of a part, else
    /// the whole word.
    pub fn span(&self, term: &Term) -> (usize, usize) {
        let parts: [&[Part]; 2] = match term.class {
            TermClass::Part => [&self.form.parts, &self.form.joins],
            TermClass::Piece => [&self.form.pieces, &[]],
            TermClass::Surface | TermClass::Lemma => [&[], &[]],
        };
        if !parts[0].is_empty() {
            let mut parts = parts.into_iter().flatten();
            if let Some(part) = parts.find(|part| part.term == term.text) {
                return (self.start + part.start, self.start + part.end);
            }
        }
        (self.start, self.end)
    }
}

/// A text as tokens and sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnalyzedText {
    /// The words, in order.
    pub tokens: Vec<Token>,
    /// The sentences that hold them, in order; those without any word are left out.
    pub sentences: Vec<Sentence>,
}

/// What makes tokens of a text. All our texts go through [`Analyzer`]; passages can be cut with any
/// chain that says of a word nothing that depends on what is outside its sentence.
pub trait Analyze {
    /// The tokens and the sentences of a text.
    fn analyze_text(&self, text: &str) -> AnalyzedText;

    /// The tokens of one sentence of a text, the same as [`Analyze::analyze_text`] gives for it.
    fn analyze_sentence(&self, text: &str, sentence: &Sentence) -> Vec<Token>;
}

impl Analyze for Analyzer {
    fn analyze_text(&self, text: &str) -> AnalyzedText {
        Analyzer::analyze_text(self, text)
    }

    fn analyze_sentence(&self, text: &str, sentence: &Sentence) -> Vec<Token> {
        Analyzer::analyze_sentence(self, text, sentence)
    }
}

/// A sentence of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// The positions of its words.
    pub words: Range<u32>,
}

/// In which way a variant stands for a query word, from the nearest to the farthest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The word as it was typed, in any spelling of its umlauts.
    Surface,
    /// Another form of the same word.
    Lemma,
    /// Another spelling of the same name, as `Kyjiw` for `Kiew`, or the long form of an
    /// abbreviation.
    Name,
    /// The word is a part of the document's compound.
    InCompound,
    /// All parts of the query's compound stand near each other. To ask for any of them, take the
    /// terms of the variant one by one.
    Parts,
    /// Adjective or people of a country, or the country of these.
    Demonym,
    /// A word derived from the same root, as `befreien` for `Befreiung`.
    Derived,
}

impl Relation {
    /// All relations, in order.
    pub const ALL: [Relation; 7] = [
        Relation::Surface,
        Relation::Lemma,
        Relation::Name,
        Relation::InCompound,
        Relation::Parts,
        Relation::Demonym,
        Relation::Derived,
    ];

    /// Name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Surface => "surface",
            Relation::Lemma => "lemma",
            Relation::Name => "name",
            Relation::InCompound => "in_compound",
            Relation::Parts => "parts",
            Relation::Demonym => "demonym",
            Relation::Derived => "derived",
        }
    }
}

/// One way in which a document may have a query word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// How it relates to the word; the request gives each relation its weight.
    pub relation: Relation,
    /// The terms that stand for the word: mostly one; several if only together they do.
    pub terms: Vec<Term>,
    /// The variant as people write it.
    pub written: Box<str>,
}

/// One word of a query and all the ways in which a document may have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryWord {
    /// First byte of the word in the query text.
    pub start: usize,
    /// First byte after the word.
    pub end: usize,
    /// Position of the word, from 0.
    pub position: u32,
    /// The variants; a document has the word if it has any of them.
    pub variants: Vec<Variant>,
}

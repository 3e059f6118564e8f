//! The postings of a segment that is not on disk yet.
//!
//! What is said of a word form is the same each time, and analysis hands on the very same
//! [`Form`]: so its terms are looked up once, and known by where the form is in memory from then
//! on. Of a document, the terms are sorted before they are taken in, so that each costs one look
//! into memory and not one for each of its places.

use std::io;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::{DocId, Segment};
use tantivy_stacker::{ExpUnrolledLinkedList, MemoryArena};

use super::write::{FieldWriter, NewPostings};
use super::{MAX_TERM_BYTES, term_text};
use crate::analysis::{Form, Token};
use crate::engine::embedded::component::Gathered;
use crate::engine::embedded::entry::Entry;
use crate::engine::embedded::interner::Interner;
use crate::engine::embedded::numbers::{Bytes, put};
use crate::engine::embedded::vocabulary::{Spelled, Words};
use crate::engine::spelling::is_shown;

/// What is known of the text fields, and of the vocabulary behind them.
pub(in crate::engine::embedded) struct Gathering {
    texts: Vec<(String, Field)>,
    words: Words,
    /// By the number of the word's term.
    documents_of: Vec<Gatherer>,
    arena: MemoryArena,
}

/// The terms of a text field.
#[derive(Default)]
struct Field {
    numbers: Interner,
    /// By number.
    terms: Vec<Gatherer>,
    forms: Forms,
    /// Number of a term, then a position, of each of a document; buffer.
    places: Vec<u64>,
}

/// What is known of forms.
#[derive(Default)]
struct Forms {
    /// By where the form is in memory.
    known: FxHashMap<usize, Known>,
    /// The numbers of the terms of all forms.
    numbers: Vec<u32>,
    /// Keeps the forms where they are.
    held: Vec<Arc<Form>>,
}

/// What is known of a form.
#[derive(Clone, Copy)]
struct Known {
    /// Where the numbers of its terms stand.
    start: u32,
    end: u32,
    word: Option<Spelled>,
}

/// What is gathered of a term: for each document, twice the distance from the one before, and 1
/// more if it has the term once only, else how often; then the first position and the distances
/// between all. Terms without positions have none.
#[derive(Default, Clone, Copy)]
struct Gatherer {
    last: DocId,
    bytes: ExpUnrolledLinkedList,
}

impl Gathering {
    pub(super) fn new(texts: &[String]) -> Gathering {
        let texts = texts.iter().map(|name| (name.clone(), Field::default()));
        Gathering {
            texts: texts.collect(),
            words: Words::default(),
            documents_of: Vec::new(),
            arena: MemoryArena::default(),
        }
    }
}

impl Gathered for Gathering {
    fn add(&mut self, document: DocId, entry: &Entry) -> tantivy::Result<()> {
        let of_entry = &entry.document;
        for (name, field) in &mut self.texts {
            let Some((_, tokens)) = of_entry.texts.iter().find(|(text, _)| text == name) else {
                continue;
            };
            let text = is_shown(of_entry, name).then(|| of_entry.document.text(name));
            let words = text.as_deref().map(|text| (text, &mut self.words));
            field.add(document, tokens, words, &mut self.arena);
        }
        (self.documents_of).resize(self.words.len(), Gatherer::default());
        self.words
            .end(|number| self.documents_of[number as usize].add(document, &[], &mut self.arena));
        Ok(())
    }

    fn memory(&self) -> usize {
        let fields = self.texts.iter().map(|(_, field)| field.memory());
        let gatherers = self.documents_of.len() * size_of::<Gatherer>();
        self.arena.mem_usage() + fields.sum::<usize>() + self.words.memory() + gatherers
    }

    fn write(self, target: &Segment) -> tantivy::Result<()> {
        let mut files = NewPostings::create(target)?;
        for (_, field) in &self.texts {
            let terms = field.numbers.iter();
            files.field(|writer| write(terms, &field.terms, true, &self.arena, writer))?;
        }
        let words = self.words.terms();
        files.field(|writer| write(words, &self.documents_of, false, &self.arena, writer))?;
        files.finish()
    }
}

impl Field {
    /// Takes in the tokens of a document; the words among them, too, if the text is given.
    fn add(
        &mut self,
        document: DocId,
        tokens: &[Token],
        mut words: Option<(&str, &mut Words)>,
        arena: &mut MemoryArena,
    ) {
        let mut places = std::mem::take(&mut self.places);
        places.clear();
        for token in tokens {
            let position = u64::from(token.position);
            let place = Arc::as_ptr(token.form()) as usize;
            let before = self.forms.known.get(&place).copied();
            let known = before.unwrap_or_else(|| self.look_up(token, &mut words));
            let numbers = known.start as usize..known.end as usize;
            let numbers = self.forms.numbers[numbers].iter();
            places.extend(numbers.map(|number| u64::from(*number) << 32 | position));
            if let (Some((_, words)), Some(word)) = (&mut words, known.word) {
                words.push(word);
            }
            // Analysis makes forms of their own for words that are what they are by their
            // neighbours: these do not come again.
            if before.is_none() && words.is_some() && Arc::strong_count(token.form()) > 1 {
                self.forms.known.insert(place, known);
                self.forms.held.push(Arc::clone(token.form()));
            } else if before.is_none() {
                self.forms.numbers.truncate(known.start as usize);
            }
        }
        (self.terms).resize(self.numbers.len(), Gatherer::default());
        places.sort_unstable();
        // Looks that do not wait for each other bring all terms near, before each is written to.
        let last = places.iter().map(|place| (place >> 32) as usize);
        std::hint::black_box(last.fold(0, |any, term| any | self.terms[term].last));
        let mut positions = Vec::new();
        for of_term in places.chunk_by(|one, other| one >> 32 == other >> 32) {
            positions.clear();
            positions.extend(of_term.iter().map(|place| *place as u32));
            self.terms[(of_term[0] >> 32) as usize].add(document, &positions, arena);
        }
        self.places = places;
    }

    /// What is to be known of the form of a token that is not known yet.
    fn look_up(&mut self, token: &Token, words: &mut Option<(&str, &mut Words)>) -> Known {
        let start = self.forms.numbers.len() as u32;
        let terms = token.terms().iter();
        for term in terms.filter(|term| term.text.len() <= MAX_TERM_BYTES) {
            let number = self.numbers.number(&term_text(term));
            self.forms.numbers.push(number);
        }
        Known {
            start,
            end: self.forms.numbers.len() as u32,
            word: (words.as_mut()).and_then(|(text, words)| words.word(token, text)),
        }
    }

    fn memory(&self) -> usize {
        /// Of a form with what analysis says of it.
        const FORM: usize = 100;
        let gatherers = self.terms.len() * size_of::<Gatherer>();
        self.numbers.memory() + gatherers + self.forms.held.len() * FORM
    }
}

fn write<'a>(
    terms: impl Iterator<Item = (&'a str, u32)>,
    gatherers: &[Gatherer],
    has_places: bool,
    arena: &MemoryArena,
    writer: &mut FieldWriter,
) -> io::Result<()> {
    let mut terms: Vec<(&str, u32)> = terms.collect();
    terms.sort_unstable();
    let (mut bytes, mut distances) = (Vec::new(), Vec::new());
    for (term, number) in terms {
        bytes.clear();
        let gatherer = &gatherers[number as usize];
        gatherer.bytes.read_to_end(arena, &mut bytes);
        let mut rest = Bytes::new(&bytes);
        let mut document = 0;
        while let Some(distance) = rest.number() {
            document += (distance >> 1) as DocId;
            let times = match distance & 1 {
                1 => 1,
                _ => rest.number().unwrap_or(0),
            };
            distances.clear();
            if has_places {
                let numbers = (0..times).map_while(|_| rest.number());
                distances.extend(numbers.map(|number| number as u32));
            }
            writer.push(document, &distances);
        }
        writer.end(term.as_bytes())?;
    }
    Ok(())
}

impl Gatherer {
    /// Adds a document, with the positions that it has the term at.
    fn add(&mut self, document: DocId, positions: &[u32], arena: &mut MemoryArena) {
        let mut bytes: smallvec::SmallVec<[u8; 64]> = smallvec::SmallVec::new();
        let once = usize::from(positions.len() <= 1);
        put(&mut bytes, ((document - self.last) as usize) << 1 | once);
        if once == 0 {
            put(&mut bytes, positions.len());
        }
        let mut last = 0;
        for position in positions {
            put(&mut bytes, (position - last) as usize);
            last = *position;
        }
        self.last = document;
        self.bytes.writer(arena).extend_from_slice(&bytes);
    }
}

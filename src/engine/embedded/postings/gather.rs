//! The postings of a segment that is not on disk yet.
//!
//! What is said of a word form is the same each time, and analysis hands on the very same
//! [`Form`]: so its terms are looked up once, and known by where the form is in memory from then
//! on. Of a document, the terms are sorted before they are taken in, so that each costs one look
//! into memory and not one for each of its places.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::{DocId, Segment};
use tantivy_stacker::{ExpUnrolledLinkedList, MemoryArena};

use super::write::{FieldWriter, Files};
use super::{MAX_TERM_BYTES, term_text};
use crate::analysis::{Form, Token};
use crate::engine::embedded::component::Gathered;
use crate::engine::embedded::entry::Entry;
use crate::engine::embedded::numbers::{Bytes, put};
use crate::engine::embedded::vocabulary;

/// What is known of the text fields, and of the vocabulary behind them.
pub(in crate::engine::embedded) struct Gathering {
    texts: Vec<(String, Field)>,
    words: Field,
    arena: MemoryArena,
}

/// The terms of a field.
#[derive(Default)]
struct Field {
    numbers: FxHashMap<Box<str>, u32>,
    /// By number.
    terms: Vec<Gatherer>,
    forms: Forms,
    /// Number of a term, then a position, of each of a document; buffer.
    places: Vec<u64>,
    /// Bytes of all terms.
    term_bytes: usize,
}

/// The numbers of the terms of forms.
#[derive(Default)]
struct Forms {
    /// Where in `numbers` those of a form stand, by where the form is in memory.
    spans: FxHashMap<usize, (u32, u32)>,
    numbers: Vec<u32>,
    /// Keeps the forms where they are.
    held: Vec<Arc<Form>>,
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
            words: Field::default(),
            arena: MemoryArena::default(),
        }
    }
}

impl Gathered for Gathering {
    fn add(&mut self, document: DocId, entry: &Entry) -> tantivy::Result<()> {
        for (name, field) in &mut self.texts {
            let text = entry.document.texts.iter().find(|(text, _)| text == name);
            if let Some((_, tokens)) = text {
                field.add_tokens(document, tokens, &mut self.arena);
            }
        }
        for word in vocabulary::terms(&entry.document) {
            let number = self.words.number(&word);
            self.words.terms[number as usize].add(document, &[], &mut self.arena);
        }
        Ok(())
    }

    fn memory(&self) -> usize {
        let fields = self.texts.iter().map(|(_, field)| field);
        let fields = fields.chain([&self.words]).map(Field::memory);
        self.arena.mem_usage() + fields.sum::<usize>()
    }

    fn write(self, target: &Segment) -> tantivy::Result<()> {
        let mut files = Files::create(target)?;
        for (_, field) in &self.texts {
            files.field(|writer| field.write(true, &self.arena, writer))?;
        }
        files.field(|writer| self.words.write(false, &self.arena, writer))?;
        files.finish()
    }
}

impl Field {
    fn add_tokens(&mut self, document: DocId, tokens: &[Token], arena: &mut MemoryArena) {
        let mut places = std::mem::take(&mut self.places);
        places.clear();
        for token in tokens {
            let position = u64::from(token.position);
            let mut put = |number: u32| places.push(u64::from(number) << 32 | position);
            match self.known(token.form()) {
                Some(span) => self.forms.numbers[span].iter().for_each(|it| put(*it)),
                None => self.numbers_of(token.form()).for_each(put),
            }
        }
        places.sort_unstable();
        let mut positions = Vec::new();
        for of_term in places.chunk_by(|one, other| one >> 32 == other >> 32) {
            positions.clear();
            positions.extend(of_term.iter().map(|place| *place as u32));
            self.terms[(of_term[0] >> 32) as usize].add(document, &positions, arena);
        }
        self.places = places;
    }

    /// Where the numbers of a form's terms stand; `None` if the form is one that does not come
    /// again: analysis makes those of words that are what they are by their neighbours.
    fn known(&mut self, form: &Arc<Form>) -> Option<std::ops::Range<usize>> {
        let place = Arc::as_ptr(form) as usize;
        if let Some((start, end)) = self.forms.spans.get(&place) {
            return Some(*start as usize..*end as usize);
        }
        if Arc::strong_count(form) == 1 {
            return None;
        }
        let start = self.forms.numbers.len();
        let numbers: Vec<u32> = self.numbers_of(form).collect();
        self.forms.numbers.extend(numbers);
        let end = self.forms.numbers.len();
        self.forms.spans.insert(place, (start as u32, end as u32));
        self.forms.held.push(Arc::clone(form));
        Some(start..end)
    }

    fn numbers_of(&mut self, form: &Form) -> impl Iterator<Item = u32> {
        let terms = form.terms.iter();
        let terms = terms.filter(|term| term.text.len() <= MAX_TERM_BYTES);
        terms.map(|term| self.number(&term_text(term)))
    }

    fn number(&mut self, term: &str) -> u32 {
        if let Some(number) = self.numbers.get(term) {
            return *number;
        }
        let number = self.terms.len() as u32;
        self.numbers.insert(term.into(), number);
        self.terms.push(Gatherer::default());
        self.term_bytes += term.len();
        number
    }

    fn memory(&self) -> usize {
        /// Of a term beside its letters, and of a form with what analysis says of it.
        const TERM: usize = 64;
        const FORM: usize = 100;
        self.term_bytes + self.terms.len() * TERM + self.forms.held.len() * FORM
    }

    fn write(
        &self,
        has_places: bool,
        arena: &MemoryArena,
        writer: &mut FieldWriter,
    ) -> std::io::Result<()> {
        let mut terms: Vec<(&str, u32)> = (self.numbers.iter())
            .map(|(term, number)| (&**term, *number))
            .collect();
        terms.sort_unstable();
        let mut bytes = Vec::new();
        let mut distances = Vec::new();
        for (term, number) in terms {
            bytes.clear();
            self.terms[number as usize]
                .bytes
                .read_to_end(arena, &mut bytes);
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

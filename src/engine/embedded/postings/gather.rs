//! The postings of a segment that is not on disk yet.
//!
//! What is said of a word form is the same each time, so a word is kept as the number of its form,
//! one behind the other: taking in a document touches little memory but the end of a list. Only when
//! the segment is written are words sorted by form, and forms unfolded to the terms that they have.

use std::io;

use tantivy::{DocId, Segment};

use super::forms::{Forms, Grouped};
use super::stream::{Places, Stream};
use super::write::{FieldWriter, NewPostings};
use crate::engine::embedded::component::Gathered;
use crate::engine::embedded::entry::Entry;
use crate::engine::embedded::vocabulary::Words;
use crate::engine::spelling::is_shown;

/// What is known of the text fields.
pub(in crate::engine::embedded) struct Gathering {
    texts: Vec<(String, Stream)>,
    forms: Forms,
}

impl Gathering {
    pub(super) fn new(texts: &[String]) -> Gathering {
        let texts = texts.iter().map(|name| (name.clone(), Stream::default()));
        Gathering {
            texts: texts.collect(),
            forms: Forms::default(),
        }
    }
}

impl Gathered for Gathering {
    fn add(&mut self, _: DocId, entry: &Entry) -> tantivy::Result<()> {
        let of_entry = &entry.document;
        for (name, stream) in &mut self.texts {
            let tokens = of_entry.texts.iter().find(|(text, _)| text == name);
            let tokens = tokens.map_or(&[][..], |(_, tokens)| tokens);
            let text = of_entry.document.text(name);
            let words = tokens.iter().map(|token| {
                let form = self.forms.number(token, &text);
                (token.position, form)
            });
            stream.add(words, is_shown(of_entry, name));
        }
        Ok(())
    }

    fn memory(&self) -> usize {
        let streams = self.texts.iter().map(|(_, stream)| stream.memory());
        streams.sum::<usize>() + self.forms.memory()
    }

    fn write(self, target: &Segment) -> tantivy::Result<()> {
        let mut files = NewPostings::create(target)?;
        let streams = self.texts.into_iter();
        let fields = streams.map(|(_, stream)| stream.sorted(self.forms.len()));
        let fields: Vec<Places> = fields.collect();
        let terms = self.forms.by_term();
        for places in &fields {
            files.field(|writer| unfold(&terms, places, writer))?;
        }
        let words = self.forms.by_word();
        files.field(|writer| spell(&words, self.forms.words(), &fields, writer))?;
        files.finish()
    }
}

/// Writes the terms of a field: the places of a term are those of its forms.
fn unfold(terms: &Grouped, places: &Places, writer: &mut FieldWriter) -> io::Result<()> {
    let mut joined = Vec::new();
    for (term, _, forms) in terms.iter() {
        let of_term = match forms {
            [form] => places.of(*form),
            _ => {
                joined.clear();
                (forms.iter()).for_each(|form| joined.extend_from_slice(places.of(*form)));
                // Merges what ascends already.
                joined.sort();
                &joined
            }
        };
        places.each(of_term, |document, distance| {
            writer.push_place(document, distance)
        });
        writer.end(term.as_bytes())?;
    }
    Ok(())
}

/// Writes the words of the vocabulary: each word of a document once, in the spelling that the
/// document has it in most often.
fn spell(
    spellings: &Grouped,
    words: &Words,
    fields: &[Places],
    writer: &mut FieldWriter,
) -> io::Result<()> {
    let spellings: Vec<_> = spellings.iter().collect();
    let mut found: Vec<(DocId, u32, u32)> = Vec::new();
    let mut usual = Vec::new();
    for of_key in spellings.chunk_by(|one, other| words.key(one.1) == words.key(other.1)) {
        found.clear();
        for (_, spelling, forms) in of_key {
            for (form, places) in forms
                .iter()
                .flat_map(|form| fields.iter().map(move |it| (form, it)))
            {
                let mut is_shown = false;
                places.each(places.of(*form), |document, _| {
                    if let Some(document) = document {
                        is_shown = places.is_shown(document);
                        if is_shown {
                            found.push((document, *spelling, 0));
                        }
                    }
                    if is_shown && let Some(last) = found.last_mut() {
                        last.2 += 1;
                    }
                });
            }
        }
        found.sort();
        let documents = found.chunk_by(|one, other| one.0 == other.0);
        usual.clear();
        usual.extend(documents.filter_map(|here| {
            let times = here.chunk_by(|one, other| one.1 == other.1);
            let times = times.map(|same| (same.iter().map(|it| it.2).sum(), same[0].1));
            Some((words.most_usual(times)?, here[0].0))
        }));
        usual.sort();
        for (term, spelling, _) in of_key {
            let start = usual.partition_point(|it| it.0 < *spelling);
            for (_, document) in usual[start..].iter().take_while(|it| it.0 == *spelling) {
                writer.push(*document);
            }
            writer.end(term.as_bytes())?;
        }
    }
    Ok(())
}

//! The postings of a segment that is not on disk yet.
//!
//! What is said of a word form is the same each time, so a word is kept as the number of its form,
//! one behind the other: taking in a document touches little memory but the end of a list. Only when
//! the segment is written are words sorted by form, and forms unfolded to the terms that they have.

use std::io;

use tantivy::{DocId, Segment};

use super::forms::Forms;
use super::stream::{Places, Stream};
use super::texts::Sorted;
use super::write::{FieldWriter, NewPostings};
use crate::engine::embedded::component::Gathered;
use crate::engine::embedded::entry::Entry;
use crate::engine::embedded::vocabulary::{key, written};
use crate::engine::spelling::{is_shown, more_usual_by};

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
        let forms = self.forms.finish();
        let streams = self.texts.into_iter();
        let fields = streams.map(|(_, stream)| stream.sorted(forms.len));
        let fields: Vec<Places> = fields.collect();
        let terms = forms.terms();
        for places in &fields {
            files.field(|writer| unfold(&terms, places, writer))?;
        }
        drop(terms);
        files.field(|writer| spell(&forms.words(), &fields, writer))?;
        files.finish()
    }
}

/// Writes the terms of a field: the places of a term are those of its forms.
fn unfold(terms: &Sorted, places: &Places, writer: &mut FieldWriter) -> io::Result<()> {
    let mut joined = Vec::new();
    for (term, forms) in terms.iter() {
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
        writer.end(term)?;
    }
    Ok(())
}

/// Writes the words of the vocabulary: each word of a document once, in the spelling that the
/// document has it in most often.
fn spell(spellings: &Sorted, fields: &[Places], writer: &mut FieldWriter) -> io::Result<()> {
    let spellings: Vec<_> = spellings.iter().collect();
    let mut found: Vec<(DocId, u32, u32)> = Vec::new();
    let mut usual = Vec::new();
    for of_key in spellings.chunk_by(|one, other| key(one.0) == key(other.0)) {
        found.clear();
        for (spelling, (_, forms)) in (0..).zip(of_key) {
            let fields = |form| fields.iter().map(move |places| (form, places));
            for (form, places) in forms.iter().flat_map(fields) {
                let mut is_shown = false;
                places.each(places.of(*form), |document, _| {
                    if let Some(document) = document {
                        is_shown = places.is_shown(document);
                        if is_shown {
                            found.push((document, spelling, 0));
                        }
                    }
                    if is_shown && let Some(last) = found.last_mut() {
                        last.2 += 1;
                    }
                });
            }
        }
        found.sort();
        if let [(term, _)] = of_key {
            found.dedup_by_key(|here| here.0);
            found.iter().for_each(|here| writer.push(here.0));
            writer.end(term)?;
            continue;
        }
        let documents = found.chunk_by(|one, other| one.0 == other.0);
        usual.clear();
        usual.extend(documents.filter_map(|here| {
            let times = here.chunk_by(|one, other| one.1 == other.1);
            let times = times.map(|same| (same.iter().map(|it| it.2).sum::<u32>(), same[0].1));
            let written = |spelling: &u32| written(of_key[*spelling as usize].0);
            let (_, spelling) = times.reduce(|one, other| more_usual_by(one, other, written))?;
            Some((spelling, here[0].0))
        }));
        usual.sort();
        for (spelling, (term, _)) in (0..).zip(of_key) {
            let start = usual.partition_point(|it| it.0 < spelling);
            for (_, document) in usual[start..].iter().take_while(|it| it.0 == spelling) {
                writer.push(*document);
            }
            writer.end(term)?;
        }
    }
    Ok(())
}

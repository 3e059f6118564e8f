//! Everything that is known of an article, in groups, each value with its evidence.

mod groups;

use std::ops::Range;

use super::cut::{Mark, Meaning, anchor};
use super::parts::part_of;
use crate::archive::Article;
use crate::document::{Evidence, TextPlace};
use crate::portal::texts::{Message, Texts};
use crate::portal::{Address, Language};
use crate::schema::Schema;

/// Most pieces of evidence that are listed of a value; the text has all of them.
const MAX_LISTED: usize = 20;
/// Most letters of evidence that are quoted.
const MAX_QUOTED: usize = 160;

/// Values of one kind.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) values: Vec<Value>,
    /// Those that matter less, folded away.
    pub(super) minor: Vec<Value>,
    /// How many these are, in words.
    pub(super) minor_in_words: String,
    /// Whether the value that was chosen is one of these.
    pub(super) is_minor_open: bool,
}

/// A value with its evidence.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) number: usize,
    pub(super) name: String,
    /// What it has to do with the article, if that is to be said.
    pub(super) role: Option<String>,
    /// All articles with it.
    pub(super) search: Option<Link>,
    /// Lights up its evidence; `None` if no text has any.
    pub(super) light: Option<String>,
    /// What is said when it lights up.
    pub(super) say: String,
    pub(super) evidence: Vec<Proof>,
    /// How much evidence there is, in words.
    pub(super) evidence_in_words: String,
    /// How much of it is not listed, in words.
    pub(super) more: Option<String>,
    /// Whether it was chosen.
    pub(super) is_lit: bool,
}

/// A link with its text.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) address: String,
    pub(super) text: String,
}

/// A piece of evidence.
#[derive(Debug, Clone)]
pub(super) struct Proof {
    /// Where it stands on the page, if it does.
    pub(super) light: Option<String>,
    /// What it quotes, shortened; empty if that must not be shown.
    pub(super) quote: String,
    /// The text that it was read in.
    pub(super) place: String,
    /// What the rule looks for, in words.
    pub(super) rule: Option<&'static str>,
    pub(super) rule_id: String,
    pub(super) certainty: String,
}

/// Something that was read beside the texts.
#[derive(Debug, Clone)]
pub(super) struct Beside {
    pub(super) place: String,
    pub(super) text: String,
    pub(super) values: Vec<usize>,
    pub(super) anchors: Vec<String>,
    pub(super) is_lit: bool,
    key: (String, usize, usize),
}

/// Makes the groups, and the marks of their evidence.
pub(super) struct Panel<'a> {
    pub(super) t: &'static Texts,
    pub(super) language: Language,
    pub(super) schema: &'a Schema,
    pub(super) article: &'a Article,
    /// The address of the page without a value that was chosen.
    pub(super) state: Address,
    pub(super) path: &'a str,
    pub(super) parts: &'a [Range<usize>],
    /// The value that was chosen.
    pub(super) chosen: Option<usize>,
    pub(super) marks: Vec<(TextPlace, Mark)>,
    pub(super) beside: Vec<Beside>,
    numbers: usize,
}

impl<'a> Panel<'a> {
    pub(super) fn new(
        language: Language,
        schema: &'a Schema,
        article: &'a Article,
        (path, state): (&'a str, Address),
        parts: &'a [Range<usize>],
        chosen: Option<usize>,
    ) -> Panel<'a> {
        Panel {
            t: Texts::of(language),
            language,
            schema,
            article,
            state,
            path,
            parts,
            chosen,
            marks: Vec::new(),
            beside: Vec::new(),
            numbers: 0,
        }
    }

    /// A value, with its evidence marked where it stands; the sentence with it, too, if it
    /// `quotes` somebody.
    fn value(
        &mut self,
        name: String,
        role: Option<String>,
        search: Option<Link>,
        evidence: &[Evidence],
        quotes: bool,
    ) -> Value {
        self.numbers += 1;
        let number = self.numbers;
        let texts = &self.t.article;
        let mut light = None;
        let mut listed = Vec::new();
        for (index, one) in evidence.iter().enumerate() {
            let meaning = Meaning::Evidence(number, index + 1);
            let anchor = anchor(meaning).unwrap_or_default();
            let part = self.mark(one, meaning, &anchor, quotes);
            let address = part.map(|part| self.light(number, part, &anchor));
            if light.is_none() {
                light = address.clone();
            }
            if listed.len() < MAX_LISTED {
                listed.push(Proof {
                    light: address,
                    quote: shortened(&one.text),
                    place: self.place(&one.field),
                    rule: texts.rules.get(&one.rule).map(String::as_str),
                    rule_id: one.rule.clone(),
                    certainty: certainty(&texts.evidence.certainty, one.confidence),
                });
            }
        }
        let in_words = (self.t).counted(&texts.evidence.number, evidence.len() as u64);
        let rest = (evidence.len() - listed.len()) as u64;
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("name", &name), ("evidence", &in_words)];
        Value {
            number,
            role,
            search,
            light,
            say: texts.evidence.lit.with(&values),
            evidence: listed,
            evidence_in_words: in_words,
            more: (rest > 0).then(|| self.t.counted(&texts.evidence.more, rest)),
            is_lit: self.chosen == Some(number),
            name,
        }
    }

    /// Marks evidence where it stands; the part of the text that this is, 0 for what every part
    /// shows. `None` if it stands nowhere, or must not be shown.
    fn mark(
        &mut self,
        evidence: &Evidence,
        meaning: Meaning,
        anchor: &str,
        quotes: bool,
    ) -> Option<usize> {
        let Meaning::Evidence(number, _) = meaning else {
            return None;
        };
        match evidence.place_in(&self.article.document) {
            Some((place @ (TextPlace::Title | TextPlace::Kicker), span)) => {
                self.marks.push((place, Mark { span, meaning }));
                Some(0)
            }
            Some((TextPlace::Body, span)) => {
                let part = part_of(self.parts, span.start);
                let sentence = self.sentence(span.start).filter(|_| quotes);
                self.marks.extend(sentence.map(|span| {
                    let meaning = Meaning::Sentence(number);
                    (TextPlace::Body, Mark { span, meaning })
                }));
                self.marks.push((TextPlace::Body, Mark { span, meaning }));
                Some(part)
            }
            Some((TextPlace::Source, _)) | None if evidence.text.trim().is_empty() => None,
            Some((TextPlace::Source, _)) | None => {
                self.put_beside(evidence, number, anchor);
                Some(0)
            }
        }
    }

    fn sentence(&self, at: usize) -> Option<Range<usize>> {
        let sentences = &self.article.sentences;
        let next = sentences.partition_point(|sentence| sentence.end <= at);
        let sentence = sentences.get(next)?;
        sentence.contains(&at).then(|| sentence.clone())
    }

    fn put_beside(&mut self, evidence: &Evidence, number: usize, anchor: &str) {
        let key = (evidence.field.clone(), evidence.start, evidence.end);
        let place = self.place(&evidence.field);
        let known = (self.beside.iter()).position(|it| it.key == key && it.text == evidence.text);
        let index = known.unwrap_or_else(|| {
            self.beside.push(Beside {
                place,
                text: evidence.text.clone(),
                values: Vec::new(),
                anchors: Vec::new(),
                is_lit: false,
                key,
            });
            self.beside.len() - 1
        });
        let beside = &mut self.beside[index];
        beside.values.push(number);
        beside.anchors.push(anchor.to_owned());
        beside.is_lit |= self.chosen == Some(number);
    }

    /// The address of the page with the evidence of a value lit up.
    fn light(&self, number: usize, part: usize, anchor: &str) -> String {
        let mut address = self.state.with("evidence", &number.to_string());
        if part > 1 {
            address = address.with("part", &part.to_string());
        }
        format!("{}#{anchor}", address.under(self.path))
    }

    fn place(&self, field: &str) -> String {
        let name = self.t.article.places.get(field);
        name.map_or_else(|| field.to_owned(), String::clone)
    }
}

impl Beside {
    /// Numbers of the values that it is evidence for, with blanks between them.
    pub(super) fn numbers(&self) -> String {
        super::cut::Piece::numbers(&self.values)
    }
}

fn certainty(text: &Message, confidence: f32) -> String {
    let percent = (confidence.clamp(0.0, 1.0) * 100.0).round();
    text.with(&[("percent", &percent)])
}

/// A quotation in one line, cut after a word if it is long.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(MAX_QUOTED) else {
        return line;
    };
    let cut = &line[..end];
    let cut = cut.rsplit_once(' ').map_or(cut, |(before, _)| before);
    format!("{cut} …")
}

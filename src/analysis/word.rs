//! What is said of one word form: surface forms, base forms, parts with their spans.

use super::fold::fold;
use super::gender::{gender, masculine_base};
use super::lemma::{Shape, lemmas};
use super::lexicon::lexicon;
use super::number::{number, split_letters_from_digits, years};
use super::spans::{Clean, Offsets};
use super::{names, splits};

/// Longer forms are cut off here, in bytes of the folded form, and have no base form.
const MAX_BYTES: usize = 160;

/// Everything that is said of one word form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Described {
    /// The word as it is written, folded; several for gender forms.
    pub(super) surfaces: Vec<String>,
    /// Base forms; abbreviations in capitals.
    pub(super) lemmas: Vec<String>,
    /// Parts of a compound or of a hyphenated word.
    pub(super) parts: Vec<Piece>,
    /// Parts of parts, and parts in a row that are a word.
    pub(super) inner: Vec<Piece>,
    /// The pieces of a word with hyphens as they are written, folded.
    pub(super) pieces: Vec<Piece>,
    /// Whether it is an abbreviation and nothing else, to be matched with its case.
    pub(super) is_abbreviation: bool,
    /// Whether `steps` are wanted.
    is_traced: bool,
    /// What each filter did, by its name.
    pub(super) steps: Vec<(&'static str, Vec<String>)>,
}

/// A part with its span in the word form and its base forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// First byte in the form.
    pub(super) start: usize,
    /// First byte after it.
    pub(super) end: usize,
    /// Base forms, the likeliest first; at least one.
    pub(super) terms: Vec<String>,
}

/// Describes a form of a word in a language other than German.
pub(super) fn describe_plain(form: &str) -> Described {
    let clean = Clean::new(form);
    let joined = number(&clean.text).unwrap_or_else(|| joined_letters(&clean.text));
    let surface = shortened(joined);
    let mut pieces = pieces(&clean.text);
    for piece in &mut pieces {
        (piece.start, piece.end) = (clean.raw(piece.start), clean.raw(piece.end));
    }
    Described {
        surfaces: surface.into_iter().collect(),
        pieces,
        ..Described::default()
    }
}

/// Describes a form of a German word. `is_query`: the case says little, all readings count.
pub(super) fn describe(form: &str, is_query: bool) -> Described {
    described(form, is_query, Described::default())
}

/// Describes a form of a German word and notes what each filter did.
pub(super) fn trace(form: &str) -> Described {
    described(
        form,
        false,
        Described {
            is_traced: true,
            ..Described::default()
        },
    )
}

fn described(form: &str, is_query: bool, mut word: Described) -> Described {
    let clean = Clean::new(form);
    if clean.text != form {
        word.step("normalize", [&clean.text]);
    }
    if let Some(number) = number(&clean.text) {
        word.step("numbers", [&number]);
        word.lemmas.push(number.clone());
        word.surfaces.push(number);
    } else if let Some((masculine, feminine)) = gender(&clean.text) {
        word.step("gender", [&masculine, &feminine]);
        word.gender(&masculine, &feminine);
    } else if let Some(abbreviation) = dotted(&clean.text) {
        word.step("abbreviations", [&abbreviation]);
        word.simple(&abbreviation, &clean.text, is_query);
        word.parts.clear();
        word.inner.clear();
    } else if clean.text.contains('-') {
        word.hyphenated(&clean.text, is_query);
        word.pieces = pieces(&clean.text);
    } else {
        let text = without_apostrophe(&clean.text);
        word.simple(&text, &clean.text, is_query);
    }
    word.surfaces.retain_mut(shorten);
    word.lemmas.retain(|lemma| !lemma.is_empty());
    if word.surfaces.is_empty() {
        return Described::default();
    }
    if word
        .surfaces
        .iter()
        .any(|surface| surface.len() >= MAX_BYTES - 4)
    {
        word.lemmas.clear();
        word.parts.clear();
        word.inner.clear();
    }
    let all = word.parts.iter_mut().chain(&mut word.inner);
    for piece in all.chain(&mut word.pieces) {
        piece.start = clean.raw(piece.start);
        piece.end = clean.raw(piece.end);
    }
    for pieces in [&mut word.parts, &mut word.inner, &mut word.pieces] {
        for piece in pieces.iter_mut() {
            piece.terms.retain(|term| !term.is_empty());
        }
        pieces.retain(|piece| {
            form.get(piece.start..piece.end)
                .is_some_and(|part| !part.is_empty())
        });
        pieces.retain(|piece| !piece.terms.is_empty());
    }
    word
}

impl Described {
    fn step<const N: usize>(&mut self, filter: &'static str, output: [&str; N]) {
        self.steps.extend(
            self.is_traced
                .then(|| (filter, output.map(str::to_owned).to_vec())),
        );
    }

    fn step_all(&mut self, filter: &'static str, output: &[String]) {
        self.steps
            .extend(self.is_traced.then(|| (filter, output.to_vec())));
    }

    /// A word without hyphens; `written` has its apostrophes and dots still.
    fn simple(&mut self, text: &str, written: &str, is_query: bool) {
        let folded = fold(text);
        if folded != text {
            self.step("fold", [&folded]);
        }
        if folded.len() >= MAX_BYTES {
            self.surfaces.push(folded);
            return;
        }
        let (bases, is_abbreviation) = bases(text, &folded, is_query);
        self.step_all(
            if is_abbreviation {
                "abbreviations"
            } else {
                "lemma"
            },
            &bases,
        );
        self.is_abbreviation = is_abbreviation;
        self.lemmas = bases;
        if !is_abbreviation {
            let offsets = Offsets::new(written, &folded);
            self.split(&folded, 0, &offsets, text);
        }
        self.surfaces.push(folded);
    }

    /// Splits a folded word and notes its parts, and theirs.
    fn split(&mut self, folded: &str, shift: usize, offsets: &Offsets, text: &str) {
        let digits = split_letters_from_digits(folded).or_else(|| years(folded));
        let segments = match digits {
            Some(pieces) => pieces,
            None => (splits::split(folded).iter())
                .map(|it| (it.start, it.end, it.word.clone()))
                .collect(),
        };
        if segments.is_empty() {
            return;
        }
        let last = segments.len() - 1;
        for (index, (start, end, word)) in segments.iter().enumerate() {
            let is_lower = index == last && text.chars().next().is_some_and(char::is_lowercase);
            let shape = if is_lower {
                Shape::Lower
            } else {
                Shape::Capital
            };
            self.parts.push(Piece {
                start: offsets.at(start + shift),
                end: offsets.at(end + shift),
                terms: lemmas(word, shape).into_vec(),
            });
            self.split_part(word, start + shift, *end + shift, offsets, 0);
        }
        for run in runs(segments.len()) {
            let (start, end) = (segments[run.0].0, segments[run.1].1);
            let joined = [&folded[start..segments[run.1].0], &segments[run.1].2].concat();
            if lexicon().get(&joined).is_some_and(|entry| entry.is_noun()) {
                self.inner.push(Piece {
                    start: offsets.at(start + shift),
                    end: offsets.at(end + shift),
                    terms: lemmas(&joined, Shape::Capital).into_vec(),
                });
            }
        }
        if self.is_traced {
            let terms: Vec<String> = self
                .parts
                .iter()
                .map(|part| part.terms[0].clone())
                .collect();
            self.step_all("compounds", &terms);
        }
    }

    /// Notes the parts of a part, which ends with its linking element at `end`.
    fn split_part(&mut self, word: &str, start: usize, end: usize, offsets: &Offsets, depth: u8) {
        let segments = splits::split_part(word);
        let Some(last) = segments.len().checked_sub(1).filter(|_| depth < 2) else {
            return;
        };
        for (index, segment) in segments.iter().enumerate() {
            let to = if index == last {
                end
            } else {
                (start + segment.end).min(end)
            };
            let from = (start + segment.start).min(to);
            self.inner.push(Piece {
                start: offsets.at(from),
                end: offsets.at(to),
                terms: lemmas(&segment.word, Shape::Capital).into_vec(),
            });
            self.split_part(&segment.word, from, to, offsets, depth + 1);
        }
    }

    fn hyphenated(&mut self, text: &str, is_query: bool) {
        let mut pieces = Vec::new();
        let mut at = 0;
        for piece in text.split('-') {
            if !piece.is_empty() {
                pieces.push((at, piece));
            }
            at += piece.len() + 1;
        }
        let mut surface = String::new();
        let mut before_last = String::new();
        let mut last_bases = Vec::new();
        let count = pieces.len();
        for (index, (at, piece)) in pieces.into_iter().enumerate() {
            let plain = without_apostrophe(piece);
            let folded = fold(&plain);
            if folded.is_empty() {
                continue;
            }
            let (mut terms, is_abbreviation) = bases(&plain, &folded, is_query);
            if index + 1 == count {
                before_last.clone_from(&surface);
                last_bases = match terms.first() {
                    Some(base) if !is_abbreviation => vec![base.clone()],
                    _ => vec![fold(terms.first().unwrap_or(&folded))],
                };
            }
            if is_abbreviation && !terms.contains(&folded) {
                terms.push(folded.clone());
            }
            surface.push_str(&folded);
            self.parts.push(Piece {
                start: at,
                end: at + piece.len(),
                terms,
            });
            if !is_abbreviation {
                let offsets = Offsets::new(piece, &folded).shifted(at);
                self.split_part(&folded, 0, folded.len(), &offsets, 0);
            }
        }
        // EU-Außenminister in EU-Außenministertreffen
        if let Some(last) = self.parts.last()
            && !before_last.is_empty()
            && let Some(first) = self.inner.iter().find(|one| one.start == last.start)
        {
            let terms = first.terms.iter();
            let joins = terms.map(|term| [&before_last, term.as_str()].concat());
            let join = Piece {
                start: self.parts[0].start,
                end: first.end,
                terms: joins.collect(),
            };
            self.inner.push(join);
        }
        self.step("hyphens", [&surface]);
        for base in last_bases {
            self.lemmas.push([before_last.as_str(), &base].concat());
        }
        // Ukraine-Krieg and Ukrainekrieg are one word, and so are their inner joins.
        for run in runs(self.parts.len()) {
            let (first, last) = (&self.parts[run.0], &self.parts[run.1]);
            let head = last.terms.last().cloned().unwrap_or_default();
            let joined = [joined_letters(&text[first.start..last.start]), head].concat();
            self.inner.push(Piece {
                start: first.start,
                end: last.end,
                terms: vec![joined],
            });
        }
        self.surfaces.push(surface);
    }

    fn gender(&mut self, masculine: &str, feminine: &str) {
        let (base, woman) = (fold(masculine), fold(feminine));
        let base = masculine_base(&base);
        let folded_masculine = base.clone();
        self.surfaces = vec![woman.clone(), folded_masculine];
        self.lemmas = lemmas(&woman, Shape::Capital).into_vec();
        for base in lemmas(&base, Shape::Capital) {
            if !self.lemmas.contains(&base) {
                self.lemmas.push(base);
            }
        }
        let offsets = Offsets::new(masculine, &base);
        self.split(&base, 0, &offsets, masculine);
    }
}

/// The base forms of a word as it is written, and whether it is an abbreviation.
fn bases(text: &str, folded: &str, is_query: bool) -> (Vec<String>, bool) {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let core = text.strip_suffix('s').unwrap_or(text);
    let is_upper = capitals >= 2 && core.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    if is_upper && letters <= 6 {
        let mut found = vec![core.to_uppercase()];
        // a headline in capitals
        let is_word = letters >= 4
            && lexicon()
                .get(folded)
                .is_some_and(|entry| !entry.nouns(folded).is_empty() || entry.is_verb_form());
        if is_word && !names::is_abbreviation(core) {
            found.extend(lemmas(folded, Shape::Any));
            return (found, false);
        }
        return (found, true);
    }
    if let Some(abbreviation) = names::abbreviation_of(text) {
        return (vec![abbreviation.to_owned(), folded.to_owned()], false);
    }
    let mixed = capitals >= 2 && !is_upper && text.chars().skip(1).any(char::is_uppercase);
    if mixed && letters <= 6 {
        return (vec![folded.to_owned()], false);
    }
    let first = text.chars().find(|c| c.is_alphabetic());
    let shape = match first {
        _ if is_query && capitals == 0 => Shape::Any,
        _ if is_upper => Shape::Any,
        Some(c) if c.is_uppercase() => Shape::Capital,
        _ => Shape::Lower,
    };
    if text.chars().any(|c| c.is_ascii_digit()) {
        return (vec![folded.to_owned()], false);
    }
    (lemmas(folded, shape).into_vec(), false)
}

/// Runs of at least two parts that are not all of them.
fn runs(parts: usize) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    if (3..=6).contains(&parts) {
        for first in 0..parts {
            for last in first + 1..parts {
                if last - first + 1 < parts {
                    runs.push((first, last));
                }
            }
        }
    }
    runs
}

/// The pieces of a word with hyphens as they are written, if there are at least two.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for piece in text.split('-') {
        let mut folded = joined_letters(piece);
        if shorten(&mut folded) {
            pieces.push(Piece {
                start: at,
                end: at + piece.len(),
                terms: vec![folded],
            });
        }
        at += piece.len() + 1;
    }
    if pieces.len() < 2 {
        pieces.clear();
    }
    pieces
}

/// `U.S.A.` is USA, and `z. B.` zB.
fn dotted(text: &str) -> Option<String> {
    text.contains('.')
        .then(|| text.chars().filter(|c| c.is_alphanumeric()).collect())
}

/// `Putin's` is Putin, `D'Alema` is DAlema.
fn without_apostrophe(text: &str) -> String {
    let is_apostrophe = |c: char| matches!(c, '\'' | '\u{2019}' | '\u{2BC}');
    if !text.contains(is_apostrophe) {
        return text.to_owned();
    }
    let base = text
        .strip_suffix(['s', 'S'])
        .filter(|base| base.ends_with(is_apostrophe));
    base.unwrap_or(text)
        .chars()
        .filter(|&c| !is_apostrophe(c))
        .collect()
}

fn joined_letters(text: &str) -> String {
    fold(
        &text
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>(),
    )
}

/// Cuts an overlong term off; whether anything is there at all.
fn shorten(term: &mut String) -> bool {
    if term.len() > MAX_BYTES {
        let mut end = MAX_BYTES;
        while !term.is_char_boundary(end) {
            end -= 1;
        }
        term.truncate(end);
    }
    !term.is_empty()
}

fn shortened(mut term: String) -> Option<String> {
    shorten(&mut term).then_some(term)
}

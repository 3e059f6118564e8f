//! The texts of an article in pieces, part by part, with what the query finds in them.

use std::ops::Range;

use super::cut::{Cutter, Mark, Meaning, Piece};
use super::parts::{paragraphs, part_of};
use crate::archive::{Article, MAX_HIGHLIGHTED};
use crate::document::TextPlace;
use crate::portal::Visit;
use crate::portal::texts::Texts;

/// Most matches that have a link of their own for those without scripts.
const MAX_LINKS: usize = 30;

/// The texts of an article in pieces.
pub(super) struct Texted<'a> {
    pub(super) kicker: Vec<Piece<'a>>,
    pub(super) title: Vec<Piece<'a>>,
    pub(super) paragraphs: Vec<Vec<Piece<'a>>>,
    pub(super) matches: Option<Matches>,
    pub(super) part: Option<Part>,
}

/// What the query finds.
#[derive(Debug, Clone)]
pub(super) struct Matches {
    /// How many there are, in words.
    pub(super) in_words: String,
    /// Number and address of the first ones.
    pub(super) links: Vec<(usize, String)>,
    /// Whether there are more.
    pub(super) has_more: bool,
    /// `Fundstelle {number} von 7`, for scripts.
    pub(super) one: String,
    /// What is to be said of a text that is not looked through to its end.
    pub(super) notice: Option<&'static str>,
}

/// A part of a text that is too long for one page.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) in_words: String,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

impl<'a> Texted<'a> {
    pub(super) fn new(
        visit: &Visit,
        article: &'a Article,
        parts: &[Range<usize>],
        mut marks: Vec<(TextPlace, Mark)>,
        chosen: Option<usize>,
    ) -> Texted<'a> {
        let t = Texts::of(visit.language);
        let document = &article.document;
        let asked = visit.address.get("part").and_then(|it| it.parse().ok());
        let number = asked.unwrap_or(1).clamp(1, parts.len().max(1));
        let at = |part: usize| {
            let part = if part > 1 {
                part.to_string()
            } else {
                String::new()
            };
            visit.address.with("part", &part).under(&visit.path)
        };
        let mut links = Vec::new();
        let mut found = 0;
        for (place, field) in FIELDS {
            for (start, end) in article.highlights.get(field).into_iter().flatten() {
                found += 1;
                let part = match place {
                    TextPlace::Body => part_of(parts, *start),
                    _ => number,
                };
                if links.len() < MAX_LINKS {
                    links.push((found, format!("{}#match-{found}", at(part))));
                }
                let span = *start..*end;
                let meaning = Meaning::Match(found);
                marks.push((place, Mark { span, meaning }));
            }
        }
        let mut cutter = |place: TextPlace, text: &'a str| {
            let here = marks.extract_if(.., |(it, _)| *it == place);
            Cutter::new(text, here.map(|(_, mark)| mark).collect(), chosen)
        };
        let mut whole = |place, text: Option<&'a str>| {
            let text = text.unwrap_or_default();
            cutter(place, text).cut(0..text.len())
        };
        let kicker = whole(TextPlace::Kicker, document.kicker.as_deref());
        let title = whole(TextPlace::Title, document.title.as_deref());
        let mut body = cutter(TextPlace::Body, &document.body);
        let here = parts.get(number - 1).cloned().unwrap_or(0..0);
        let paragraphs = paragraphs(&document.body, here);
        let is_asked = found > 0 || visit.address.get("q").is_some();
        let is_long = document.body.len() > MAX_HIGHLIGHTED;
        Texted {
            kicker,
            title,
            paragraphs: paragraphs.into_iter().map(|it| body.cut(it)).collect(),
            matches: (found > 0).then(|| Matches {
                in_words: t.counted(&t.article.matches.number, found as u64),
                has_more: found > links.len(),
                links,
                one: (t.article.matches.one)
                    .with(&[("number", &"{number}"), ("count", &t.number(found as u64))]),
                notice: (is_asked && is_long).then_some(t.article.matches.only_beginning.as_str()),
            }),
            part: (parts.len() > 1).then(|| Part {
                in_words: (t.article.parts.one)
                    .with(&[("number", &number), ("count", &parts.len())]),
                previous: (number > 1).then(|| at(number - 1)),
                next: (number < parts.len()).then(|| at(number + 1)),
            }),
        }
    }
}

/// The texts of an article, in the order in which they are read.
const FIELDS: [(TextPlace, &str); 3] = [
    (TextPlace::Kicker, "kicker"),
    (TextPlace::Title, "title"),
    (TextPlace::Body, "body"),
];

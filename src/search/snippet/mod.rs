//! Passages of a text that show why it was found.
//!
//! A passage begins and ends at sentence edges and stays in one paragraph; sentences that are too
//! long for one are cut at word edges, marked with `…`. The passages with the most of what was
//! asked for win; what is rare in the text counts more than what is everywhere.

mod passages;
mod pieces;
#[cfg(test)]
mod tests;

use std::ops::Range;

use passages::{best_passages, passage};
use pieces::{Piece, pieces};

use super::wanted::{Found, Wanted, merged};
use super::{Located, Snippet};
use crate::analysis::{Analyze, AnalyzedText};

/// Cuts up to three snippets from the text of a field, in the order of the text. If nothing
/// matches, the beginning of the text is the only snippet; an empty text has none.
///
/// Only the sentences that matter are analysed if `located` knows them, all of them otherwise;
/// the snippets are the same. Takes time linear in the text.
pub fn snippets(
    text: &str,
    wanted: &Wanted,
    analyzer: &impl Analyze,
    located: Option<&Located>,
) -> Vec<Snippet> {
    let field = &wanted.locate().field;
    let (sentences, found) = find(text, wanted, analyzer, located);
    let pieces = pieces(text, &sentences);
    let mut passages = best_passages(&pieces, &found);
    if passages.is_empty() && !pieces.is_empty() {
        passages.push(passage(&pieces, 0, &vec![false; pieces.len()]));
    }
    passages.sort_by_key(|passage| passage.start);
    let cut = |passage: Range<usize>| cut(field, text, &pieces[passage], &found);
    passages.into_iter().map(cut).collect()
}

/// The sentences of a text, and what is found in them.
fn find(
    text: &str,
    wanted: &Wanted,
    analyzer: &impl Analyze,
    located: Option<&Located>,
) -> (Vec<Range<usize>>, Vec<Found>) {
    let find = |analyzed: AnalyzedText| {
        let spans: Vec<Range<usize>> = analyzed.sentences.into_iter().map(|it| it.span).collect();
        let found = wanted.find(text, &analyzed.tokens, &spans);
        (spans, found)
    };
    let Some(located) = located else {
        return find(analyzer.analyze_text(text));
    };
    let (sentences, found) = find(located.analyze(text, analyzer));
    // Words that must stand in some way may not do so where they are; what counts then, function
    // words or what was left out, is elsewhere.
    let is_cut = located.matching.len() == Located::MAX_SENTENCES;
    let is_in_vain = !located.matching.is_empty() && wanted.is_in_vain(&found);
    if is_in_vain && (is_cut || wanted.has_function_words()) {
        return find(analyzer.analyze_text(text));
    }
    (sentences, found)
}

/// `text` as HTML: escaped, with `<mark>` around the highlights, which are ascending and do not
/// overlap.
pub fn html(text: &str, highlights: &[(usize, usize)]) -> String {
    let mut html = String::with_capacity(text.len() + highlights.len() * 13 + 16);
    let mut at = 0;
    for (start, end) in highlights {
        let (Some(before), Some(marked)) = (text.get(at..*start), text.get(*start..*end)) else {
            continue;
        };
        escape(before, &mut html);
        html.push_str("<mark>");
        escape(marked, &mut html);
        html.push_str("</mark>");
        at = *end;
    }
    escape(&text[at..], &mut html);
    html
}

fn escape(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// The snippet of some neighbouring pieces.
fn cut(field: &str, text: &str, pieces: &[Piece], found: &[Found]) -> Snippet {
    let (first, last) = (&pieces[0], &pieces[pieces.len() - 1]);
    let span = first.span.start..last.span.end;
    let mut passage = String::with_capacity(span.len() + 8);
    if first.begins_inside {
        passage.push_str("… ");
    }
    let shift = passage.len();
    passage.push_str(&text[span.clone()]);
    if last.ends_inside {
        passage.push_str(" …");
    }
    let from = found.partition_point(|found| found.start < span.start);
    let to = found.partition_point(|found| found.start < span.end);
    let inside: Vec<Found> = (found[from..to].iter())
        .filter(|found| found.end <= span.end)
        .copied()
        .collect();
    let highlights: Vec<(usize, usize)> = (merged(&inside).into_iter())
        .map(|(start, end)| (start - span.start + shift, end - span.start + shift))
        .collect();
    Snippet {
        field: field.to_owned(),
        html: html(&passage, &highlights),
        text: passage,
        highlights,
        span,
    }
}

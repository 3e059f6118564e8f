//! Passages of a text that show why it was found.
//!
//! A passage begins and ends at sentence edges and stays in one paragraph; sentences that are too
//! long for one are cut at word edges, marked with `…`. The passages with the most of what was
//! asked for win; what is rare in the text counts more than what is everywhere.

use std::ops::Range;

use super::wanted::{Found, Wanted, merged};
use super::{Located, Snippet};
use crate::analysis::{AnalyzedText, Analyzer, ends_paragraph, is_wrapped};

/// The largest number of snippets of a field.
const MAX_SNIPPETS: usize = 3;
/// Passages longer than this are made of one sentence only, in characters.
const LONG: usize = 300;
/// Sentences longer than [`LONG`] are cut into pieces of about this many characters.
const PIECE: usize = 220;
/// Passages shorter than this begin a sentence earlier, if there is one, in characters.
const SHORT: usize = 120;
/// What a passage adds by a word that an earlier one has shown already.
const REPEATED: f32 = 0.3;

/// A sentence, or a part of a long one.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    span: Range<usize>,
    chars: usize,
    /// Whether the sentence began before the piece.
    begins_inside: bool,
    /// Whether the sentence goes on behind the piece.
    ends_inside: bool,
    /// Whether a paragraph begins with the piece.
    begins_paragraph: bool,
}

/// Cuts up to three snippets from the text of a field, in the order of the text. If nothing
/// matches, the beginning of the text is the only snippet; an empty text has none.
///
/// Only the sentences that matter are analysed if `located` knows them, all of them otherwise;
/// the snippets are the same. Takes time linear in the text.
pub fn snippets(
    text: &str,
    wanted: &Wanted,
    analyzer: Analyzer,
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
    analyzer: Analyzer,
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
    // Words that must stand in some way may not do so where they are, and what counts then, or
    // what was left out, is elsewhere.
    let is_cut = located.matching.len() == Located::MAX_SENTENCES;
    if found.is_empty() && !located.matching.is_empty() && (is_cut || wanted.has_function_words()) {
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

fn pieces(text: &str, sentences: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(sentences.len());
    let wrapped = is_wrapped(text);
    let mut end = 0;
    for sentence in sentences {
        let begins_paragraph = ends_paragraph(&text[end..sentence.start], wrapped);
        end = sentence.end;
        let spans = cuts(text, sentence);
        let last = spans.len() - 1;
        for (index, span) in spans.into_iter().enumerate() {
            pieces.push(Piece {
                chars: text[span.clone()].chars().count(),
                span,
                begins_inside: index > 0,
                ends_inside: index < last,
                begins_paragraph: begins_paragraph && index == 0,
            });
        }
    }
    pieces
}

/// A sentence cut into pieces of at most [`LONG`] characters, behind a comma or the like if there
/// is one at the right place, else between words, else anywhere.
fn cuts(text: &str, sentence: &Range<usize>) -> Vec<Range<usize>> {
    if sentence.len() <= LONG {
        return vec![sentence.clone()];
    }
    let mut spans = Vec::new();
    let mut start = sentence.start;
    loop {
        let rest = &text[start..sentence.end];
        if rest.char_indices().nth(LONG).is_none() {
            spans.push(start..sentence.end);
            return spans;
        }
        let mut best = (0, 0);
        let mut hard = rest.len();
        let mut before = ' ';
        for (count, (at, c)) in rest.char_indices().enumerate() {
            if count == LONG {
                hard = at;
                break;
            }
            let rank = match () {
                _ if !c.is_whitespace() || count < PIECE / 2 => 0,
                _ if matches!(before, ',' | ';' | ':' | '–' | '—') => 2,
                _ => 1,
            };
            // Of equally good places the first one behind the wanted length, or the last before.
            if rank > best.0 || rank == best.0 && rank > 0 && count <= PIECE {
                best = (rank, at);
            }
            before = c;
        }
        let end = if best.0 > 0 { best.1 } else { hard };
        spans.push(start..start + end);
        let rest = &text[start + end..sentence.end];
        start = sentence.end - rest.trim_start().len();
    }
}

/// The passages to show, as ranges of pieces, the best first.
fn best_passages(pieces: &[Piece], found: &[Found]) -> Vec<Range<usize>> {
    let things = found.iter().map(|found| found.thing + 1).max().unwrap_or(0);
    let mut counts = vec![0_u32; things];
    for found in found {
        counts[found.thing] += 1;
    }
    // The number of things counts most, then how rare they are.
    let mut worth: Vec<f32> = (counts.iter())
        .map(|count| 1.0 + 1.0 / (1.0 + (*count as f32).max(1.0).ln()))
        .collect();
    let mut taken = vec![false; pieces.len()];
    let mut passages: Vec<Range<usize>> = Vec::new();
    let mut seen = vec![0.0_f32; things];
    while passages.len() < MAX_SNIPPETS {
        let mut best: Option<(f32, Range<usize>)> = None;
        for index in anchors(pieces, found) {
            if taken[index] {
                continue;
            }
            let passage = passage(pieces, index, &taken);
            let score = score(within(found, pieces, &passage), &worth, &mut seen);
            if best.as_ref().is_none_or(|(highest, _)| score > *highest) {
                best = Some((score, passage));
            }
        }
        let Some((_, passage)) = best.filter(|(score, _)| *score > 0.0) else {
            break;
        };
        taken[passage.clone()].fill(true);
        for found in within(found, pieces, &passage) {
            worth[found.thing] = worth[found.thing].min(REPEATED);
        }
        passages.push(passage);
    }
    passages
}

/// The pieces in which something was found.
fn anchors<'a>(pieces: &'a [Piece], found: &'a [Found]) -> impl Iterator<Item = usize> + 'a {
    let mut last = None;
    found.iter().filter_map(move |found| {
        let index = pieces.partition_point(|piece| piece.span.end <= found.start);
        let is_new = last != Some(index) && index < pieces.len();
        last = Some(index);
        is_new.then_some(index)
    })
}

/// What was found in a passage.
fn within<'a>(found: &'a [Found], pieces: &[Piece], passage: &Range<usize>) -> &'a [Found] {
    let start = pieces[passage.start].span.start;
    let end = pieces[passage.end - 1].span.end;
    let from = found.partition_point(|found| found.start < start);
    let to = found.partition_point(|found| found.start < end);
    &found[from..to]
}

/// What a passage is worth: each thing once, by its best place, and a little for repetitions.
/// `seen` is as long as `worth` and all 0, before and after.
fn score(found: &[Found], worth: &[f32], seen: &mut [f32]) -> f32 {
    let mut score = 0.0;
    for found in found {
        let gain = found.weight - seen[found.thing];
        if gain > 0.0 {
            score += gain * worth[found.thing];
            seen[found.thing] = found.weight;
        } else {
            score += 0.01 * found.weight * worth[found.thing];
        }
    }
    for found in found {
        seen[found.thing] = 0.0;
    }
    score
}

/// The passage around a piece: as many of the pieces behind it in its paragraph as fit, and one
/// before it if it is short.
fn passage(pieces: &[Piece], index: usize, taken: &[bool]) -> Range<usize> {
    let mut chars = pieces[index].chars;
    let mut end = index + 1;
    while end < pieces.len() && !pieces[end].begins_paragraph && !taken[end] {
        chars += 1 + pieces[end].chars;
        if chars > LONG {
            chars -= 1 + pieces[end].chars;
            break;
        }
        end += 1;
    }
    let mut start = index;
    if chars < SHORT && start > 0 && !pieces[start].begins_paragraph && !taken[start - 1] {
        let longer = chars + 1 + pieces[start - 1].chars;
        if longer <= LONG {
            start -= 1;
        }
    }
    start..end
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::{Analyzer, Relation};
    use crate::query::{Compiler, Mode, Operator, Weights, parse};
    use crate::schema::Schema;

    fn cut_from(text: &str, query: &str) -> Vec<Snippet> {
        snippets(text, &wanted(query), Analyzer::german(), None)
    }

    fn wanted(query: &str) -> Wanted {
        let schema = Schema::parse(include_str!("../../schema.json"), "schema.json").unwrap();
        let compiler = Compiler {
            schema: &schema,
            analyzer: Analyzer::german(),
            operator: Operator::Any,
            weights: Weights::default().with(Relation::Surface, 1.0),
            resolve: &|_, text| Some(text.to_owned()),
        };
        let query = parse(query, &schema, Mode::Lenient).unwrap();
        Wanted::of(&compiler.compile(&query).clause, "body")
    }

    /// The snippets with `[` and `]` around the highlights.
    fn marked(text: &str, query: &str) -> Vec<String> {
        (cut_from(text, query).into_iter())
            .map(|snippet| {
                let marks = snippet.html.replace("<mark>", "[").replace("</mark>", "]");
                unescape(&marks)
            })
            .collect()
    }

    fn unescape(html: &str) -> String {
        (html.replace("&lt;", "<").replace("&gt;", ">"))
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
    }

    const FILLER: &str = "Der Rat der Stadt hat am Abend lange über den neuen Haushalt und die Gebühren für das Freibad gesprochen, ohne dass es zu einem Beschluss gekommen wäre, den alle mittragen wollten. ";

    #[test]
    fn words_are_highlighted_in_whole_sentences() {
        assert_eq!(
            marked("Am 26. April kam Regen. Die Ernte war gut.", "Ernte Regen"),
            ["Am 26. April kam [Regen]. Die [Ernte] war gut."]
        );
    }

    #[test]
    fn the_best_passages_are_shown_in_the_order_of_the_text() {
        let text = format!(
            "Die Ernte beginnt. {FILLER}{FILLER}\n\nEs gibt Ernte und Regen. {FILLER}{FILLER}\n\nNur Regen. {FILLER}{FILLER}\n\nWieder Regen. {FILLER}"
        );
        let found = marked(&text, "Ernte Regen");
        assert_eq!(found.len(), 3);
        assert!(found[0].starts_with("Die [Ernte] beginnt."), "{found:?}");
        assert!(
            found[1].starts_with("Es gibt [Ernte] und [Regen]."),
            "{found:?}"
        );
        assert!(found[2].starts_with("Nur [Regen]."), "{found:?}");
    }

    #[test]
    fn a_phrase_is_highlighted_only_where_it_stands() {
        assert_eq!(
            marked(
                "Hohe Bäume. Sehr hohe Verluste, hohe Kosten.",
                "\"hohe Verluste\""
            ),
            ["Hohe Bäume. Sehr [hohe] [Verluste], hohe Kosten."]
        );
    }

    #[test]
    fn what_must_stand_near_is_highlighted_where_it_does() {
        let text = "Regen fiel. Die Ernte war trotz allem gut, der Regen kam spät.";
        assert_eq!(
            marked(text, "Ernte NEAR/S Regen"),
            ["Regen fiel. Die [Ernte] war trotz allem gut, der [Regen] kam spät."]
        );
        assert_eq!(
            marked(text, "\"Regen Ernte\"~2"),
            ["[Regen] fiel. Die [Ernte] war trotz allem gut, der Regen kam spät."]
        );
    }

    #[test]
    fn patterns_are_highlighted() {
        assert_eq!(
            marked("Der Panzerzug und die Paanzer.", "Panzer* Panzer~1"),
            ["Der [Panzerzug] und die [Paanzer]."]
        );
    }

    #[test]
    fn excluded_words_and_other_fields_are_not_highlighted() {
        assert_eq!(
            marked("Regen und Ernte.", "Ernte title:Regen -und"),
            ["Regen und [Ernte]."]
        );
    }

    #[test]
    fn long_sentences_are_cut_between_words() {
        let text = format!(
            "{}Ernte {}",
            "eins zwei drei vier ".repeat(40),
            "sieben acht ".repeat(60)
        );
        let found = marked(&text, "Ernte");
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with("… ") && found[0].ends_with(" …"),
            "{found:?}"
        );
        assert!(found[0].contains("[Ernte]"));
        assert!(found[0].chars().count() < LONG + 10);
    }

    #[test]
    fn without_a_match_the_text_is_shown_from_its_beginning() {
        assert_eq!(
            marked("Erster Satz. Zweiter.", "Ernte"),
            ["Erster Satz. Zweiter."]
        );
        assert_eq!(marked("", "Ernte"), Vec::<String>::new());
    }

    #[test]
    fn function_words_are_highlighted_only_if_nothing_else_is_there() {
        let text = "Und der Regen fiel, und die Ernte litt.";
        assert_eq!(
            marked(text, "Regen und Wind"),
            ["Und der [Regen] fiel, und die Ernte litt."]
        );
        assert_eq!(
            marked(text, "und Wind"),
            ["[Und] der Regen fiel, [und] die Ernte litt."]
        );
    }

    #[test]
    fn html_is_escaped() {
        let snippet = &cut_from("Er rief <b>\"Regen\" & 'Ernte'</b>.", "Regen")[0];
        assert_eq!(
            snippet.html,
            "Er rief &lt;b&gt;&quot;<mark>Regen</mark>&quot; &amp; &#39;Ernte&#39;&lt;/b&gt;."
        );
        assert_eq!(snippet.highlights, [(12, 17)]);
    }

    #[test]
    fn a_huge_line_takes_linear_time() {
        let started = std::time::Instant::now();
        for line in [
            "Regen ".repeat(100_000),
            "x".repeat(600_000),
            ". A".repeat(200_000),
        ] {
            let found = cut_from(&line, "Regen \"Regen Regen\" Regen~1");
            assert!(!found.is_empty() && found.len() <= 3);
        }
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }

    proptest! {
        #[test]
        fn sentences_that_were_located_give_the_snippets_of_the_whole_text(
            text in "(Ernte|Regen|der|in|an|greift|ab-ab|Kursk|Mehl-|[.!?]|, | | | |\n\n|[A-Z]{1,9}){0,90}",
            query in "(Ernte|\"der Ernte\"|der|a\\*|Regen~1|angreifen|ab|in|/k.*/| | NEAR/2 | NEAR/S ){0,6}",
        ) {
            let analyzer = Analyzer::german();
            let wanted = wanted(&query);
            let whole = analyzer.analyze_text(&text);
            let positions = wanted.positions(&whole.tokens);
            let located = Located::new(whole.sentences, positions.into_iter());
            prop_assert_eq!(
                snippets(&text, &wanted, analyzer, Some(&located)),
                snippets(&text, &wanted, analyzer, None)
            );
        }

        #[test]
        fn highlights_are_sound_and_html_gives_the_text_back(
            text in "([a-zA-Zäß]{1,9}|[ ]|[.!?]|\n|<b>|&amp;|\"|'|ab ab|ä|„|🙂|, | ){0,120}",
            query in "(ab|a\\*|\"ab ab\"|ä|[a-z]{1,4}| |\"a b\"~3|x~1| NEAR/S ){0,6}",
        ) {
            let mut end = 0;
            for snippet in cut_from(&text, &query) {
                prop_assert!(snippet.span.start >= end);
                end = snippet.span.end;
                prop_assert!(snippet.text.contains(&text[snippet.span.clone()]));
                let mut last = 0;
                for (start, end) in &snippet.highlights {
                    prop_assert!(*start >= last && start < end);
                    prop_assert!(snippet.text.get(*start..*end).is_some());
                    last = *end;
                }
                let plain = snippet.html.replace("<mark>", "").replace("</mark>", "");
                prop_assert_eq!(unescape(&plain), snippet.text);
            }
        }
    }
}

//! Which lines of a text are running text, and what are the others for?
//!
//! A text from the wild has a headline, notes and furniture around the article. Each line is
//! first judged by its form ([`recognise()`]); where it stands decides the rest: the line before
//! the running text that has no form of its own is the headline.

mod embargo;
mod furniture;
mod paragraphs;
mod recognise;
mod split;

use crate::document::{Line, LineKind};

pub(super) use embargo::{embargo_lines, is_embargo};
pub(super) use recognise::{has_day, recognise};
pub(super) use split::parts;

/// An article, apart from what stood around it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Sorted {
    /// Short line above the headline.
    pub(super) kicker: Option<String>,
    /// Headline, if there is one.
    pub(super) title: Option<String>,
    /// Running text, paragraphs separated by an empty line.
    pub(super) body: String,
    /// All other lines, and title and kicker, in the order of the source.
    pub(super) lines: Vec<Line>,
}

/// A line and what is known of it so far.
struct Candidate<'a> {
    text: std::borrow::Cow<'a, str>,
    start: usize,
    end: usize,
    /// Number of the line in the source that this is (a part of).
    number: usize,
    kind: Option<LineKind>,
    heads_a_list: bool,
}

/// Lines that are judged: no article has so many, and a hostile text may have millions.
const MOST_LINES: usize = 20_000;

/// Sorts the lines of `source`; what stands behind the first [`MOST_LINES`] is running text as it is.
pub(super) fn sort(source: &str) -> Sorted {
    let end = source.match_indices('\n').nth(MOST_LINES);
    let (head, rest) = source.split_at(end.map_or(source.len(), |(at, _)| at));
    let mut sorted = sort_all(head);
    let rest = rest.trim();
    if !rest.is_empty() {
        if !sorted.body.is_empty() {
            sorted.body.push_str("\n\n");
        }
        sorted.body.push_str(rest);
    }
    sorted
}

fn sort_all(source: &str) -> Sorted {
    let mut lines = candidates(source);
    drop_lists(&mut lines);
    join_embargo(&mut lines);
    let first_prose = find_headline(&mut lines);
    drop_repeated_title(&mut lines);
    end_of_text(&mut lines, first_prose);
    collect(lines)
}

fn candidates(source: &str) -> Vec<Candidate<'_>> {
    let mut candidates = Vec::new();
    for (number, paragraph) in paragraphs::paragraphs(source).into_iter().enumerate() {
        let whole = paragraph.text.as_ref();
        let parts = split::parts(whole);
        let joined = whole.len() != paragraph.end - paragraph.start;
        for range in parts {
            let text = &whole[range.clone()];
            let recognised = recognise(text);
            // In lines that were joined, offsets are those of the whole.
            let (start, end) = if joined {
                (paragraph.start, paragraph.end)
            } else {
                (paragraph.start + range.start, paragraph.start + range.end)
            };
            candidates.push(Candidate {
                text: match &paragraph.text {
                    std::borrow::Cow::Borrowed(whole) => whole[range].into(),
                    std::borrow::Cow::Owned(_) => text.to_owned().into(),
                },
                start,
                end,
                number: number + paragraph.blank_lines_before,
                kind: recognised.map(|recognised| recognised.kind),
                heads_a_list: recognised.is_some_and(|recognised| recognised.heads_a_list),
            });
        }
    }
    candidates
}

/// Below `Tags:` or `Verwendete Quellen`, the short lines belong to the list.
fn drop_lists(lines: &mut [Candidate<'_>]) {
    const LONGEST_LIST: usize = 12;
    for at in 0..lines.len() {
        if !lines[at].heads_a_list {
            continue;
        }
        let kind = lines[at].kind;
        let mut last = lines[at].number;
        for below in lines[at + 1..].iter_mut().take(LONGEST_LIST) {
            let belongs = below.kind.is_none_or(|kind| kind == LineKind::Byline)
                && below.number <= last + 1
                && !is_prose(&below.text)
                && below.text.len() < 160;
            if !belongs {
                break;
            }
            last = below.number;
            below.kind = kind;
        }
    }
}

/// Below `Sperrfrist:` stands the moment.
fn join_embargo(lines: &mut [Candidate<'_>]) {
    for at in 1..lines.len() {
        if lines[at].kind == Some(LineKind::Date) && embargo::is_bare_cue(&lines[at - 1].text) {
            lines[at - 1].kind = Some(LineKind::Embargo);
            lines[at].kind = Some(LineKind::Embargo);
        }
    }
}

/// Finds kicker and title above the first running text; gives its index.
fn find_headline(lines: &mut [Candidate<'_>]) -> usize {
    let open: Vec<usize> = (0..lines.len())
        .filter(|at| lines[*at].kind.is_none())
        .collect();
    let Some(&first) = open.first() else {
        return lines.len();
    };
    let is_text = |at: usize| {
        let text = &lines[at].text;
        let words = text.split_whitespace().count();
        if at == first {
            // A headline that ends like a sentence is followed by a line of notes.
            let noted = lines
                .get(at + 1)
                .and_then(|next| next.kind)
                .is_some_and(|kind| matches!(kind, LineKind::Date | LineKind::Byline));
            return text.len() > 200 || (is_prose(text) && !(noted && words <= 20));
        }
        is_prose(text) || text.len() > 120
    };
    let prose = open
        .iter()
        .position(|at| is_text(*at))
        .unwrap_or(open.len());
    let first_prose = open.get(prose).copied().unwrap_or(lines.len());
    let above = &open[..prose];
    // Without any running text, the first line is the title and the rest is the text.
    let above = if first_prose == lines.len() {
        &above[..above.len().min(1)]
    } else {
        above
    };
    let Some((kicker, title)) = headline(lines, above) else {
        return first_prose;
    };
    for at in above.iter().copied() {
        if at < title {
            lines[at].kind = Some(LineKind::Junk);
        } else if at > title && looks_like_name(&lines[at].text) && beside_notes(lines, at) {
            lines[at].kind = Some(LineKind::Byline);
        }
    }
    lines[title].kind = Some(LineKind::Title);
    if let Some(kicker) = kicker {
        lines[kicker].kind = Some(LineKind::Kicker);
    }
    first_prose
}

/// Of the lines `above` the running text: kicker and title.
fn headline(lines: &[Candidate<'_>], above: &[usize]) -> Option<(Option<usize>, usize)> {
    const LONGEST_KICKER: usize = 6;
    let words = |at: usize| lines[at].text.split_whitespace().count();
    // Single words before a longer line are a breadcrumb trail.
    let mut place = (above.iter().position(|at| words(*at) >= 4)).unwrap_or(0);
    let mut title = *above.get(place)?;
    let mut kicker = None;
    if let Some(&next) = above.get(place + 1) {
        let adjacent = next == title + 1 && lines[next].text != lines[title].text;
        let short = words(title) <= LONGEST_KICKER && !lines[title].text.ends_with(['?', '!']);
        if adjacent && short && words(next) > words(title) && words(next) >= 4 {
            kicker = Some(title);
            place += 1;
            title = next;
        }
    }
    if kicker.is_none() && place > 0 {
        let before = above[place - 1];
        kicker = (before + 1 == title).then_some(before);
    }
    Some((kicker, title))
}

fn beside_notes(lines: &[Candidate<'_>], at: usize) -> bool {
    let is_note = |at: usize| {
        let kind = lines.get(at).and_then(|line| line.kind);
        matches!(
            kind,
            Some(LineKind::Date | LineKind::Byline | LineKind::Caption)
        )
    };
    is_note(at + 1) || at > 0 && is_note(at - 1)
}

/// Two to four words that all begin with a capital: `Eva Muster`.
fn looks_like_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=4).contains(&words.len())
        && words
            .iter()
            .all(|word| word.starts_with(char::is_uppercase))
        && text
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\''))
}

/// Re-publishers print the title twice.
fn drop_repeated_title(lines: &mut [Candidate<'_>]) {
    let title = lines
        .iter()
        .position(|line| line.kind == Some(LineKind::Title));
    let Some(title) = title else { return };
    let text = lines[title].text.to_string();
    for line in &mut lines[title + 1..] {
        if line.kind.is_none() && line.text == text {
            line.kind = Some(LineKind::Junk);
        }
    }
}

/// Short lines behind the last running text are headings of what is no longer there.
fn end_of_text(lines: &mut [Candidate<'_>], first_prose: usize) {
    let Some(last) = lines
        .iter()
        .rposition(|line| line.kind.is_none() && is_prose(&line.text))
    else {
        return;
    };
    let behind = &mut lines[last.max(first_prose) + 1..];
    for line in behind.iter_mut().filter(|line| line.kind.is_none()) {
        let words = line.text.split_whitespace().count();
        if words <= 8 && !line.text.starts_with(['-', '•', '*', '–']) {
            line.kind = Some(LineKind::Junk);
        }
    }
}

fn collect(candidates: Vec<Candidate<'_>>) -> Sorted {
    let mut sorted = Sorted::default();
    for line in candidates {
        let kind = line.kind.unwrap_or(LineKind::Body);
        match kind {
            LineKind::Body => {
                if !sorted.body.is_empty() {
                    sorted.body.push_str("\n\n");
                }
                sorted.body.push_str(&line.text);
                continue;
            }
            LineKind::Title => sorted.title = Some(line.text.to_string()),
            LineKind::Kicker => sorted.kicker = Some(line.text.to_string()),
            _ => {}
        }
        sorted.lines.push(Line {
            kind,
            text: line.text.into_owned(),
            start: line.start,
            end: line.end,
        });
    }
    sorted
}

/// Whether the line is a sentence: several words and a full stop at its end.
pub(super) fn is_prose(text: &str) -> bool {
    let text = text.trim_end_matches([
        '"', '“', '”', '«', '»', '’', '\'', ')', ']', ' ', '‘', '‹', '›',
    ]);
    let words = text.split_whitespace().take(40).count();
    let stop = text.ends_with(['.', '…']) && !text.ends_with("Uhr.");
    let question = text.ends_with(['!', '?', ':']) && words >= 12;
    words >= 4 && (stop || question) || words >= 30
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str =
        "Die Regierung hat am Montag in Berlin ein neues Gesetz beschlossen, das vieles ändert.";

    fn sorted(lines: &[&str]) -> Sorted {
        sort(&lines.join("\n"))
    }

    fn headline(lines: &[&str]) -> (Option<String>, Option<String>) {
        let sorted = sorted(lines);
        (sorted.kicker, sorted.title)
    }

    #[test]
    fn kicker_and_title_stand_above_the_text() {
        let some = |text: &str| Some(text.to_owned());
        let title = "Bundestag beschließt neues Gesetz nach langem Streit";
        assert_eq!(headline(&[title, "", PROSE]), (None, some(title)));
        assert_eq!(
            headline(&["Nach der Wahl", title, "Von Eva Muster", PROSE]),
            (some("Nach der Wahl"), some(title))
        );
        assert_eq!(
            headline(&[
                "Startseite",
                "Politik",
                "Streit um Geld",
                title,
                "01.02.2025",
                PROSE
            ]),
            (some("Streit um Geld"), some(title))
        );
        assert_eq!(headline(&["date 2025-04", PROSE]), (None, None));
        assert_eq!(headline(&[PROSE, "Zwischenzeile", PROSE]), (None, None));
    }

    #[test]
    fn a_title_with_a_full_stop_is_known_by_the_notes_below_it() {
        let title = "Die Brücke ist wieder offen.";
        assert_eq!(
            headline(&[title, "Stand: 01.02.2025", PROSE]).1.as_deref(),
            Some(title)
        );
        assert_eq!(headline(&[title, PROSE]).1, None);
    }

    #[test]
    fn lists_of_tags_and_other_articles_go() {
        let sorted = sorted(&[
            "Titel der Geschichte von gestern",
            PROSE,
            "Lesen Sie auch",
            "Der Kanzler auf Reisen",
            "Noch ein Artikel ohne Punkt",
            PROSE,
            "Zwischenzeile",
            PROSE,
            "Tags:",
            "Berlin",
            "Gesetz",
            "Newsticker",
        ]);
        assert_eq!(
            sorted.body,
            [PROSE, PROSE, "Zwischenzeile", PROSE].join("\n\n")
        );
    }

    #[test]
    fn wrapped_lines_become_paragraphs() {
        let sorted = sorted(&[
            "Bundestag beschließt neues Gesetz",
            "",
            "Die Regierung hat am Montag in Berlin ein neues Gesetz beschlossen, das",
            "vieles ändert. Die Opposition übt Kritik an den Plänen und kündigt eine",
            "Klage vor dem Verfassungsgericht an. Das Gesetz soll im kommenden Jahr in",
            "Kraft treten.",
            "",
            "Die Länder müssen noch zustimmen. Im Bundesrat gilt eine Mehrheit als nicht",
            "sicher, weil mehrere Länder Änderungen verlangen.",
        ]);
        assert_eq!(
            sorted.title.as_deref(),
            Some("Bundestag beschließt neues Gesetz")
        );
        assert_eq!(sorted.body.matches("\n\n").count(), 1);
        assert!(sorted.body.contains("beschlossen, das vieles ändert. Die"));
    }

    #[test]
    fn hostile_lines_are_sorted_in_no_time() {
        let long = "a ".repeat(500_000);
        let many = "x\n".repeat(50_000);
        let tags = "Tags:\n".repeat(20_000);
        let begun = std::time::Instant::now();
        for source in [long, many, tags, "(".repeat(200_000), "© ".repeat(100_000)] {
            sort(&source);
        }
        assert!(begun.elapsed().as_secs() < 20);
    }
}

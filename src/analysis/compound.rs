//! Splitting compounds.
//!
//! Koehn and Knight (2003): a word is split where its parts are together more usual than the
//! whole; so `Freitag` and `Hochzeit` stay whole. How usual a part is combines the logarithm of
//! its count with that of its family, the number of compounds that have it in that place (the
//! weights come from the lexicon). A part may carry a linking element or lack its last letters.
//! Of several parts two are preferred if both are known words: `Weltraum|fähre`.
//! The numbers below were set on the lexicon's own sources and two published sets; small changes
//! change little.

use smallvec::SmallVec;

use super::lexicon::{Entry, Walk, lexicon};

/// Words longer than this, in bytes, stay whole.
const MAX_BYTES: usize = 80;
/// Words shorter than this, in letters, stay whole.
const MIN_LETTERS: usize = 6;
const MIN_PART_LETTERS: usize = 3;
/// How many parts there may be at most.
const MAX_PARTS: usize = 5;
/// By how much the parts must be more usual than the whole.
const MARGIN: f32 = 1.0;
/// The same, on top, for words that are no nouns.
const MARGIN_NO_NOUN: f32 = 1.0;
/// What each part beyond the second costs.
const MORE_PARTS: f32 = 1.0;
/// What a part of three letters costs.
const SHORT_PART: f32 = 1.5;
/// Linking elements and their costs.
const LINKS: [(&str, f32); 8] = [
    ("s", 0.2),
    ("n", 0.3),
    ("en", 0.5),
    ("es", 0.6),
    ("e", 0.8),
    ("er", 0.6),
    ("ns", 1.0),
    ("ens", 1.2),
];

/// One part of a compound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// First byte in the word.
    pub(super) start: usize,
    /// First byte after the part and its linking element.
    pub(super) end: usize,
    /// The part as a word form of the lexicon, without link, with what was lost.
    pub(super) word: String,
}

/// The parts of a folded word; empty if it is no compound.
pub(super) fn split(word: &str) -> Vec<Segment> {
    if word.len() > MAX_BYTES || !word.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let chart = Chart::new(word);
    if chart.ends.len() <= MIN_LETTERS {
        return Vec::new();
    }
    let whole = lexicon().get(word);
    if whole.is_some_and(|entry| entry.is_whole()) {
        return Vec::new();
    }
    let is_noun = whole.is_some_and(|entry| entry.is_noun());
    if !is_noun && is_verb(word, whole) {
        return Vec::new();
    }
    let Some(found) = chart.best(0, 0) else {
        return Vec::new();
    };
    let margin = if is_noun {
        MARGIN
    } else {
        MARGIN + MARGIN_NO_NOUN
    };
    if found.score < whole.map_or(0.0, |entry| entry.count) + margin {
        return Vec::new();
    }
    chart.segments(&chart.bracket(&found.points))
}

/// Whether a form belongs to a verb, also one with a prefix that the lexicon does not have.
fn is_verb(word: &str, entry: Option<Entry>) -> bool {
    entry.is_some_and(|entry| entry.is_verb_form() || entry.is_infinitive())
        || super::verb::prefixed(word).is_some()
}

/// A reading of a stretch of the word as a part that is not the last.
#[derive(Debug, Clone)]
struct Reading {
    weight: f32,
    noun: bool,
    word: String,
}

/// A way to split the rest of a word: its points and the mean weight of its parts.
#[derive(Debug, Clone)]
struct Found {
    score: f32,
    points: SmallVec<[usize; 4]>,
}

/// Everything that the lexicon says of stretches of one word.
struct Chart<'a> {
    word: &'a str,
    /// Byte offsets of the ends of letters: `ends[i]` is where letter i begins.
    ends: SmallVec<[usize; 32]>,
}

impl<'a> Chart<'a> {
    fn new(word: &'a str) -> Chart<'a> {
        let mut ends: SmallVec<[usize; 32]> = word.char_indices().map(|(at, _)| at).collect();
        ends.push(word.len());
        Chart { word, ends }
    }

    fn letters(&self) -> usize {
        self.ends.len() - 1
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        &self.word[self.ends[from]..self.ends[to]]
    }

    /// The best split of the letters from `from` on; every part but the last has a reading.
    fn best(&self, from: usize, depth: usize) -> Option<Found> {
        let n = self.letters();
        if n - from < MIN_LETTERS {
            return None;
        }
        let mut best: Option<Found> = None;
        // The places where some known form that begins at `from` ends, or would without its link.
        let mut walk = Some(lexicon().walk());
        let mut reach = from;
        let mut known: SmallVec<[bool; 32]> = SmallVec::from_elem(false, n + 1);
        for to in from + 1..=n {
            walk = walk.and_then(|walk| walk.read(self.slice(to - 1, to)));
            let Some(walk) = walk else { break };
            reach = to;
            known[to] = walk.entry().is_some();
        }
        for to in from + MIN_PART_LETTERS..=n.saturating_sub(MIN_PART_LETTERS) {
            if to > reach + 3 {
                break;
            }
            let Some(left) = self.weigh(from, to) else {
                continue;
            };
            let rest = self.slice(to, n);
            let head = lexicon()
                .get(rest)
                .filter(|entry| entry.is_part() && !entry.is_confix());
            let found = match head {
                Some(entry) => Found {
                    score: (left + entry.head) / 2.0,
                    points: SmallVec::from_slice(&[to]),
                },
                None if depth + 2 < MAX_PARTS => {
                    let Some(inner) = self.best(to, depth + 1) else {
                        continue;
                    };
                    let rest_count = lexicon().get(rest).map_or(0.0, |entry| entry.count);
                    if inner.score < rest_count + MARGIN {
                        continue;
                    }
                    let parts = inner.points.len() as f32 + 1.0;
                    let score =
                        (left + inner.score * parts) / (parts + 1.0) - MORE_PARTS * (parts - 1.0);
                    let mut points = inner.points;
                    points.insert(0, to);
                    Found { score, points }
                }
                None => continue,
            };
            if best.as_ref().is_none_or(|best| found.score > best.score) {
                best = Some(found);
            }
        }
        best
    }

    /// The weight of the best reading of a stretch as a part that is not the last.
    fn weigh(&self, from: usize, to: usize) -> Option<f32> {
        let weights = self
            .readings(from, to)
            .into_iter()
            .map(|reading| reading.weight);
        weights.reduce(f32::max)
    }

    /// The readings of a stretch as a part that is not the last.
    fn readings(&self, from: usize, to: usize) -> SmallVec<[Reading; 4]> {
        let stretch = self.slice(from, to);
        let mut readings = SmallVec::new();
        let mut push = |entry: Entry, word: String, cost: f32| {
            let short = word.chars().count() == MIN_PART_LETTERS;
            let weight = entry.modifier - cost - if short { SHORT_PART } else { 0.0 };
            readings.push(Reading {
                weight,
                noun: entry.is_noun(),
                word,
            });
        };
        if let Some(entry) = lexicon().get(stretch).filter(Entry::is_part) {
            push(entry, stretch.to_owned(), 0.0);
        }
        for (link, cost) in LINKS {
            let Some(word) = stretch.strip_suffix(link) else {
                continue;
            };
            if to - from < MIN_PART_LETTERS + link.chars().count() {
                continue;
            }
            let entry = lexicon()
                .get(word)
                .filter(|entry| entry.is_part() && entry.is_noun());
            if let Some(entry) = entry
                && link_fits(word, entry, link)
            {
                push(entry, word.to_owned(), cost);
            }
        }
        if readings.is_empty() && to - from >= 4 {
            readings.extend(shortened(stretch));
        }
        readings
    }

    /// Two known words rather than three parts, if there are such.
    fn bracket(&self, points: &[usize]) -> SmallVec<[usize; 4]> {
        let (Some(&first), Some(&last)) = (points.first(), points.last()) else {
            return SmallVec::new();
        };
        let n = self.letters();
        let mut best: Option<(f32, usize)> = None;
        for &point in points.iter().filter(|_| points.len() > 1) {
            let readings = self.readings(0, point);
            let known_left = point == first || readings.iter().any(|reading| reading.noun);
            let right = lexicon().get(self.slice(point, n));
            let known_right = point == last || right.is_some_and(|entry| entry.is_noun());
            if !known_left || !known_right {
                continue;
            }
            let left = readings
                .iter()
                .map(|reading| reading.weight)
                .fold(0.0, f32::max);
            let score = left + right.map_or(0.0, |entry| entry.head);
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, point));
            }
        }
        match best {
            Some((_, point)) => SmallVec::from_slice(&[point]),
            None => SmallVec::from_slice(points),
        }
    }

    fn segments(&self, points: &[usize]) -> Vec<Segment> {
        let mut segments = Vec::with_capacity(points.len() + 1);
        let mut from = 0;
        for &to in points {
            let best = (self.readings(from, to).into_iter())
                .reduce(|best, one| if one.weight > best.weight { one } else { best });
            segments.push(Segment {
                start: self.ends[from],
                end: self.ends[to],
                word: best.map_or_else(|| self.slice(from, to).to_owned(), |best| best.word),
            });
            from = to;
        }
        segments.push(Segment {
            start: self.ends[from],
            end: self.word.len(),
            word: self.word[self.ends[from]..].to_owned(),
        });
        segments
    }
}

/// Whether a word may take a linking element.
fn link_fits(word: &str, entry: Entry, link: &str) -> bool {
    match link {
        "s" => entry.takes_s(),
        "n" | "ns" => entry.is_noun_lemma() && word.ends_with('e'),
        "ens" => entry.is_noun_lemma(),
        _ => {
            let form = [word, link].concat();
            entry.is_noun_lemma() && lexicon().get(&form).is_some_and(|form| form.is_noun())
        }
    }
}

/// Readings of a stretch that has lost its last letters: `Schul` of Schule, `Schreib` of schreiben.
fn shortened(stretch: &str) -> Option<Reading> {
    if super::verb::is_particle(stretch) {
        return None;
    }
    let node: Walk = lexicon().walk().read(stretch)?;
    let part = |ending: &str| {
        node.read(ending)
            .and_then(Walk::entry)
            .filter(Entry::is_part)
    };
    let reading = |entry: Entry, ending: &str, cost: f32| Reading {
        weight: entry.modifier - cost,
        noun: entry.is_noun(),
        word: [stretch, ending].concat(),
    };
    if let Some(entry) = part("e").filter(Entry::is_noun_lemma) {
        return Some(reading(entry, "e", 1.2));
    }
    let is_base = |entry: &Entry| entry.is_infinitive() || entry.is_noun_lemma();
    if let Some(entry) = part("en").filter(is_base) {
        let cost = if entry.is_infinitive() { 1.0 } else { 1.5 };
        return Some(reading(entry, "en", cost));
    }
    let entry = part("n").filter(Entry::is_infinitive)?;
    Some(reading(entry, "n", 1.0))
}

#[cfg(test)]
mod tests {
    use super::split;

    fn parts(word: &str) -> Vec<String> {
        split(word)
            .iter()
            .map(|part| word[part.start..part.end].to_owned())
            .collect()
    }

    #[test]
    fn compounds_are_split_with_their_links() {
        assert_eq!(parts("truppenentsendung"), ["truppen", "entsendung"]);
        assert_eq!(parts("munitionsbedarfs"), ["munitions", "bedarfs"]);
        assert_eq!(parts("schulpflicht"), ["schul", "pflicht"]);
    }

    #[test]
    fn simple_words_stay_whole() {
        for word in [
            "partei",
            "hochzeit",
            "freitag",
            "zeitung",
            "restaurant",
            "begleiter",
            "",
        ] {
            assert!(parts(word).is_empty(), "{word}");
        }
    }

    #[test]
    fn long_input_stays_whole() {
        assert!(split(&"haus".repeat(10_000)).is_empty());
    }
}

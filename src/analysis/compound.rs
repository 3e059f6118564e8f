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
use super::trail::along;
use super::unknown::ADJECTIVE_ENDINGS;

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
/// Letters of the longest linking element.
const LONGEST_LINK: usize = 3;
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

/// Nouns in -e that take `s` in its place.
const REPLACED_E: [(&str, &str); 4] = [
    ("geschichts", "geschichte"),
    ("hilfs", "hilfe"),
    ("miets", "miete"),
    ("ausnahms", "ausnahme"),
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

/// The parts of a folded word; empty if it is no compound. [`super::splits`] remembers them.
pub(super) fn split(word: &str) -> Vec<Segment> {
    if word.len() > MAX_BYTES || !word.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let Some(base) = adjective(word) else {
        return split_form(word, false);
    };
    let mut segments = split_form(base, true);
    if let Some(last) = segments.last_mut() {
        last.end = word.len();
        last.word = word[last.start..].to_owned();
    }
    segments
}

/// The base form of an adjective that is no noun as well, if the word is a form of one.
fn adjective(word: &str) -> Option<&str> {
    let entry = lexicon().get(word);
    if entry.is_some_and(|entry| entry.is_noun()) {
        return None;
    }
    if entry.is_some_and(|entry| entry.is_adjective()) {
        return Some(word);
    }
    let bases = ADJECTIVE_ENDINGS.into_iter();
    (bases.filter_map(|ending| word.strip_suffix(ending))).find(|base| {
        let entry = lexicon().get(base);
        entry.is_some_and(|entry| entry.is_adjective() && !entry.is_noun())
    })
}

fn split_form(word: &str, is_adjective: bool) -> Vec<Segment> {
    let mut chart = Chart::new(word);
    chart.is_adjective = is_adjective;
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
#[derive(Debug, Clone, Copy)]
struct Reading {
    weight: f32,
    noun: bool,
    /// How many bytes of link to cut off.
    link: usize,
    /// The lost letters.
    lost: &'static str,
}

/// Which known forms begin at a letter of the word.
struct Reach {
    /// From where they begin: how far the lexicon goes along with the word, letter by letter. So
    /// what is known of a stretch need not be looked up from its beginning.
    walks: SmallVec<[Walk; 12]>,
    from: usize,
    /// The last letter that some known form goes on to.
    last: usize,
}

impl Reach {
    /// The place in the lexicon after the letters up to `to`, if it has words that begin so.
    fn walk(&self, to: usize) -> Option<Walk> {
        let letters = to.checked_sub(self.from + 1)?;
        self.walks.get(letters).copied()
    }

    /// What is known of the form that ends before letter `to`.
    fn entry(&self, to: usize) -> Option<Entry> {
        self.walk(to).and_then(Walk::entry)
    }
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
    /// Whether it is an adjective, so that its last part is no noun.
    is_adjective: bool,
    /// Byte offsets of the ends of letters: `ends[i]` is where letter i begins.
    ends: SmallVec<[usize; 32]>,
}

impl<'a> Chart<'a> {
    fn new(word: &'a str) -> Chart<'a> {
        let mut ends: SmallVec<[usize; 32]> = word.char_indices().map(|(at, _)| at).collect();
        ends.push(word.len());
        Chart {
            word,
            is_adjective: false,
            ends,
        }
    }

    fn letters(&self) -> usize {
        self.ends.len() - 1
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        &self.word[self.ends[from]..self.ends[to]]
    }

    /// Which known forms begin at letter `from`.
    fn reach(&self, from: usize) -> Reach {
        let start = self.ends[from];
        along(&self.word[start..], |walks| {
            let ends = self.ends[from + 1..].iter();
            let walks = ends.map_while(|end| walks.get(end - start).copied());
            let walks: SmallVec<_> = walks.collect();
            let last = from + walks.len();
            Reach { walks, from, last }
        })
    }

    /// The best split of the letters from `from` on; every part but the last has a reading.
    fn best(&self, from: usize, depth: usize) -> Option<Found> {
        let n = self.letters();
        if n - from < MIN_LETTERS {
            return None;
        }
        let mut best: Option<Found> = None;
        let reach = self.reach(from);
        let last = n
            .saturating_sub(MIN_PART_LETTERS)
            .min(reach.last + LONGEST_LINK);
        for to in from + MIN_PART_LETTERS..=last {
            let Some(left) = self.reading(from, to, &reach) else {
                continue;
            };
            let left = left.weight;
            let rest = self.slice(to, n);
            // nordkoreanische is no Nische
            let fits = |entry: &Entry| !self.is_adjective || !entry.others(rest).is_empty();
            let known = lexicon().get(rest);
            let head = known.filter(|entry| entry.is_part() && !entry.is_confix() && fits(entry));
            let found = match head {
                Some(entry) => Found {
                    score: (left + entry.head) / 2.0,
                    points: SmallVec::from_slice(&[to]),
                },
                None if depth + 2 < MAX_PARTS => {
                    let Some(inner) = self.best(to, depth + 1) else {
                        continue;
                    };
                    let rest_count = known.map_or(0.0, |entry| entry.count);
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

    /// The best reading of a stretch as a part that is not the last. Nouns go before others.
    fn reading(&self, from: usize, to: usize, reach: &Reach) -> Option<Reading> {
        let stretch = self.slice(from, to);
        let mut best: Option<Reading> = None;
        let any_noun = std::cell::Cell::new(false);
        let mut offer = |entry: Entry, link: &str, cost: f32| {
            let letters = to - from - link.len();
            let weight = entry.modifier
                - cost
                - if letters == MIN_PART_LETTERS {
                    SHORT_PART
                } else {
                    0.0
                };
            any_noun.set(any_noun.get() || entry.is_noun());
            if best.is_none_or(|best| weight > best.weight) {
                best = Some(Reading {
                    weight,
                    noun: entry.is_noun(),
                    link: link.len(),
                    lost: "",
                });
            }
        };
        if let Some(entry) = reach.entry(to).filter(Entry::is_part) {
            offer(entry, "", 0.0);
        }
        for (form, noun) in REPLACED_E {
            if stretch == form
                && let Some(entry) = lexicon().get(noun)
            {
                return Some(Reading {
                    weight: entry.modifier,
                    noun: true,
                    link: 1,
                    lost: "e",
                });
            }
        }
        for (link, cost) in LINKS {
            // links are ASCII: a letter is a byte
            if to - from < MIN_PART_LETTERS + link.len() {
                continue;
            }
            let Some(word) = stretch.strip_suffix(link) else {
                continue;
            };
            let entry = reach.entry(to - link.len());
            if let Some(entry) = entry.filter(|entry| entry.is_part() && entry.is_noun())
                && link_fits(word, entry, link)
            {
                offer(entry, link, cost);
            }
        }
        if !any_noun.get()
            && to - from >= 4
            && let Some(walk) = reach.walk(to)
            && let Some((entry, cost, lost)) = shortened(stretch, walk)
        {
            // Schulpflicht is a duty of school, though `schul` is a form of schulen
            let known = best
                .filter(|_| entry.is_noun())
                .map_or(f32::MIN, |best| best.weight);
            let weight = (entry.modifier - cost).max(known);
            if best.is_none_or(|best| weight >= best.weight) {
                best = Some(Reading {
                    weight,
                    noun: entry.is_noun(),
                    link: 0,
                    lost,
                });
            }
        }
        best
    }

    /// Two known words rather than three parts, if there are such.
    fn bracket(&self, points: &[usize]) -> SmallVec<[usize; 4]> {
        let (Some(&first), Some(&last)) = (points.first(), points.last()) else {
            return SmallVec::new();
        };
        let n = self.letters();
        let mut best: Option<(f32, usize)> = None;
        let reach = self.reach(0);
        for &point in points.iter().filter(|_| points.len() > 1) {
            let reading = self.reading(0, point, &reach);
            let known_left = point == first || reading.is_some_and(|reading| reading.noun);
            let right = lexicon().get(self.slice(point, n));
            let known_right = point == last || right.is_some_and(|entry| entry.is_noun());
            if !known_left || !known_right {
                continue;
            }
            let left = reading.map_or(0.0, |reading| reading.weight);
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
            let stretch = self.slice(from, to);
            let word = match self.reading(from, to, &self.reach(from)) {
                Some(found) => [&stretch[..stretch.len() - found.link], found.lost].concat(),
                None => stretch.to_owned(),
            };
            segments.push(Segment {
                start: self.ends[from],
                end: self.ends[to],
                word,
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

/// What a stretch is that has lost its last letters: `Schul` of Schule, `Schreib` of schreiben.
/// `node` is where the lexicon is after it.
fn shortened(stretch: &str, node: Walk) -> Option<(Entry, f32, &'static str)> {
    if super::verb::is_particle(stretch) {
        return None;
    }
    let part = |ending: &str| {
        node.read(ending)
            .and_then(Walk::entry)
            .filter(Entry::is_part)
    };
    if let Some(entry) = part("e").filter(Entry::is_noun_lemma) {
        return Some((entry, 1.2, "e"));
    }
    // of verbs only: nouns keep their -en, as in Gartenhaus
    if let Some(entry) = part("en").filter(Entry::is_infinitive) {
        return Some((entry, 1.0, "en"));
    }
    part("n")
        .filter(Entry::is_infinitive)
        .map(|entry| (entry, 1.0, "n"))
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
    fn adjectives_have_no_noun_as_their_last_part() {
        assert_eq!(parts("südafrikanische"), ["süd", "afrikanische"]);
        for word in ["kubanische", "chilenischen", "narzisstischer"] {
            assert!(parts(word).is_empty(), "{word}");
        }
        assert_eq!(parts("schreibtische"), ["schreib", "tische"]);
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

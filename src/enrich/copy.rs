//! Is it a copy? The same text stands in many papers, under another headline, cut, or with a
//! sentence changed. This makes the sketch by which copies are recognised.
//!
//! What counts is the running text: its stretches of [`SHINGLE`] words, without case, punctuation,
//! quotes, hyphens and blanks. A text shorter than [`SHORTEST`] words says too little for that: it
//! is one single stretch, its title included, and a copy only if all of it is the same.

use unicode_normalization::UnicodeNormalization;

use super::Enricher;
use crate::document::{Document, Outline, ROWS, Sketch};

/// Sets the sketch.
pub(super) struct Copy;

/// Words of a shingle.
const SHINGLE: usize = 4;
/// Texts with fewer words are compared as a whole.
const SHORTEST: usize = 30;
/// Words of a text that are compared; what comes behind them matters only to whether texts are
/// the same.
const MOST_WORDS: usize = 50_000;
/// Rows that make a band.
const ROWS_OF_BAND: usize = 2;

impl Enricher for Copy {
    fn name(&self) -> &'static str {
        "copy"
    }

    fn enrich(&self, document: &mut Document) {
        document.sketch = sketch(document).map(Box::new);
    }
}

/// The sketch of a document's text; `None` if there are no words.
pub fn sketch(document: &Document) -> Option<Sketch> {
    let house = document.publisher.as_ref().map(|house| house.id.as_str());
    let title = document.title.as_deref().unwrap_or_default();
    of_text(house, title, &document.body)
}

fn of_text(house: Option<&str>, title: &str, body: &str) -> Option<Sketch> {
    let title = Words::read(title);
    let mut text = Words::read(body);
    if text.words.is_empty() {
        return None;
    }
    let shingles = if text.words.len() < SHORTEST {
        // The number keeps words from moving between title and text.
        text.whole = in_order(&[text.whole, text.words.len() as u64, title.whole]);
        vec![text.whole]
    } else {
        let mut shingles: Vec<u64> = text.words.windows(SHINGLE).map(in_order).collect();
        shingles.sort_unstable();
        shingles.dedup();
        shingles
    };
    let smallest = smallest(&shingles);
    Some(Sketch {
        text: text.whole,
        outline: Outline {
            shingles: shingles.len() as u32,
            house: house.map_or(0, |house| Words::read(house).whole as u32),
            title: title.whole as u32,
            figures: text.figures,
            rows: std::array::from_fn(|row| (mix(u64::from(smallest[row])) >> 56) as u8),
        },
        bands: std::array::from_fn(|band| {
            let rows = smallest[band * ROWS_OF_BAND..][..ROWS_OF_BAND].iter();
            let key = rows.fold(band as u64, |key, row| mix(key ^ mix(u64::from(*row))));
            (key >> 32) as u32
        }),
    })
}

/// For each row, the smallest hash of all shingles.
fn smallest(shingles: &[u64]) -> [u32; ROWS] {
    let functions: [(u32, u32); ROWS] = std::array::from_fn(|row| {
        let number = mix(row as u64 + 1);
        (number as u32, (number >> 32) as u32 | 1)
    });
    let mut smallest = [u32::MAX; ROWS];
    for shingle in shingles {
        let shingle = *shingle as u32;
        for (least, (turn, factor)) in smallest.iter_mut().zip(&functions) {
            *least = (*least).min((shingle ^ turn).wrapping_mul(*factor));
        }
    }
    smallest
}

/// One hash of several, which depends on their order.
fn in_order(hashes: &[u64]) -> u64 {
    hashes.iter().fold(0, |sum, hash| append(sum, *hash))
}

fn append(hash: u64, next: u64) -> u64 {
    mix(hash.rotate_left(5) ^ next)
}

/// Spreads the bits of a number over the whole (the last step of MurmurHash3).
fn mix(mut number: u64) -> u64 {
    number ^= number >> 33;
    number = number.wrapping_mul(0xff51_afd7_ed55_8ccd);
    number ^= number >> 33;
    number = number.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    number ^ (number >> 33)
}

/// The words of a text as hashes. A word is the same in capitals, with an umlaut written as two
/// letters, with a hyphen in it or broken at the end of a line.
#[derive(Default)]
struct Words {
    /// The first [`MOST_WORDS`].
    words: Vec<u64>,
    /// One hash of all words in their order.
    whole: u64,
    /// A bit for each word with a digit in it.
    figures: u64,
}

impl Words {
    fn read(text: &str) -> Words {
        let mut words = Words::default();
        if text.contains(|c| ('\u{300}'..='\u{36f}').contains(&c)) {
            words.read_composed(&text.nfc().collect::<String>());
        } else {
            words.read_composed(text);
        }
        words
    }

    fn read_composed(&mut self, text: &str) {
        self.words.reserve((text.len() / 6).min(MOST_WORDS));
        let mut word = Word::default();
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            if c.is_alphanumeric() {
                word.push(c);
                continue;
            }
            if word.letters == 0 {
                continue;
            }
            match word.goes_on(c, rest.as_str()) {
                Some(gap) => rest = rest.as_str()[gap..].chars(),
                None => self.push(std::mem::take(&mut word)),
            }
        }
        if word.letters > 0 {
            self.push(word);
        }
    }

    fn push(&mut self, word: Word) {
        let hash = mix(word.hash);
        self.whole = append(self.whole, hash);
        if self.words.len() < MOST_WORDS {
            self.words.push(hash);
        }
        if word.digits > 0 {
            self.figures |= 1 << (hash >> 58);
        }
    }
}

/// A word while it is read.
#[derive(Default)]
struct Word {
    hash: u64,
    letters: usize,
    digits: usize,
}

impl Word {
    fn push(&mut self, c: char) {
        self.letters += 1;
        self.digits += usize::from(c.is_ascii_digit());
        match c {
            'ä' | 'Ä' => self.add("ae"),
            'ö' | 'Ö' => self.add("oe"),
            'ü' | 'Ü' => self.add("ue"),
            'ß' | 'ẞ' => self.add("ss"),
            c if c.is_ascii() => self.step(c.to_ascii_lowercase()),
            c => c.to_lowercase().for_each(|c| self.step(c)),
        }
    }

    fn add(&mut self, letters: &str) {
        letters.chars().for_each(|c| self.step(c));
    }

    /// One step of FNV-1a.
    fn step(&mut self, c: char) {
        self.hash = (self.hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3);
    }

    /// Whether the word goes on behind the sign `c`, and behind how many bytes of blanks.
    fn goes_on(&self, c: char, rest: &str) -> Option<usize> {
        let next = rest.chars().next()?;
        let is_number = self.digits == self.letters;
        match c {
            '\u{200b}'..='\u{200d}' | '\u{feff}' => Some(0),
            '-' | '\u{ad}' | '\u{2010}' | '\u{2011}' | '\'' | '’' if next.is_alphanumeric() => {
                Some(0)
            }
            '-' | '\u{ad}' | '\u{2010}' => {
                let behind = rest.trim_start();
                let gap = &rest[..rest.len() - behind.len()];
                let broken = gap.contains('\n') && behind.starts_with(char::is_lowercase);
                broken.then_some(gap.len())
            }
            '.' | ',' if is_number && next.is_ascii_digit() => Some(0),
            // Thousands with a blank: 14 000.
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' if is_number && self.digits <= 3 => {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let ends = !rest[digits..].starts_with(char::is_alphanumeric);
                (digits == 3 && ends).then_some(0)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences that have nothing in common, so many that a text of them is long enough.
    fn sentences(number: usize) -> Vec<String> {
        let subjects = [
            "Der Rat",
            "Die Kanzlerin",
            "Ein Sprecher",
            "Das Amt",
            "Die Polizei",
        ];
        let verbs = [
            "lobte",
            "verwarf",
            "prüfte",
            "vertagte",
            "begrüßte",
            "forderte",
            "senkte",
        ];
        let objects = [
            "den Haushalt",
            "die Gebühren",
            "das Gesetz",
            "den Bericht",
            "die Pläne",
            "eine Brücke",
            "den Zoll",
            "das Urteil",
            "die Löhne",
            "den Hafen",
            "die Ernte",
        ];
        let places = [
            "in Köln",
            "vor Gericht",
            "am Rhein",
            "in Wien",
            "auf Rügen",
            "bei Ulm",
            "im Landtag",
            "in Basel",
            "an der Börse",
            "im Hafen",
            "am Abend",
            "im Mai",
            "in Graz",
        ];
        (0..number)
            .map(|n| {
                format!(
                    "{} {} {} {} zum Punkt {} der Liste.",
                    subjects[n % 5],
                    verbs[n % 7],
                    objects[n % 11],
                    places[n % 13],
                    n * n + 17
                )
            })
            .collect()
    }

    fn of(text: &str) -> Sketch {
        of_text(None, "Titel", text).unwrap()
    }

    #[track_caller]
    fn assert_copies(one: &str, two: &str, expected: bool) {
        let (one, two) = (of(one), of(two));
        assert_eq!(
            one.outline.is_copy_of(&two.outline),
            expected,
            "{}",
            one.outline.resemblance(&two.outline)
        );
        if expected {
            assert!(
                one.bands.iter().zip(&two.bands).any(|(a, b)| a == b),
                "no band in common"
            );
        }
    }

    #[test]
    fn the_way_of_writing_does_not_matter() {
        let plain = "Der Militärgeheimdienst habe 11.000 Soldaten gezählt, hieß es in Köln: „Sie sind längst da“.";
        for other in [
            "DER MILITÄRGEHEIMDIENST HABE 11.000 SOLDATEN GEZÄHLT, HIESS ES IN KÖLN: SIE SIND LÄNGST DA",
            "Der Militaer-Geheimdienst habe 11 000 Soldaten gezaehlt, hiess es in Koeln: \"Sie sind laengst da\".",
            "Der Militärgeheim-\ndienst habe 11.000 Sol\u{ad}daten gezählt,\n\n  hieß es in Ko\u{308}ln – »Sie sind längst da«",
        ] {
            assert_eq!(of(plain), of(other), "{other}");
        }
        assert_ne!(of(plain), of(&plain.replace("Köln", "Bonn")));
    }

    #[test]
    fn a_text_stays_a_copy_when_it_is_cut_changed_and_signed() {
        let sentences = sentences(14);
        let whole = sentences.join(" ");
        assert_copies(&whole, &sentences[2..].join(" "), true);
        assert_copies(&whole, &sentences[..11].join(" "), true);
        let mut changed = sentences.clone();
        for (at, new) in [
            (1, "Ganz anders klang das früher einmal."),
            (6, "Niemand weiß es."),
            (12, "So viel dazu."),
        ] {
            changed[at] = new.to_owned();
        }
        assert_copies(&whole, &changed.join("\n\n"), true);
        assert_copies(&whole, &format!("Köln (abc) – {whole} (abc/xyz)"), true);
    }

    #[test]
    fn texts_with_some_sentences_in_common_are_no_copies() {
        let sentences = sentences(30);
        assert_copies(
            &sentences[..15].join(" "),
            &sentences[10..25].join(" "),
            false,
        );
        // One that is made of two others does not join them.
        let both = sentences[..20].join(" ");
        let (one, two) = (sentences[..10].join(" "), sentences[10..20].join(" "));
        let joined = [&one, &two].map(|half| of(half).outline.is_copy_of(&of(&both).outline));
        assert_ne!(joined, [true, true]);
    }

    #[test]
    fn short_texts_are_copies_only_as_a_whole_with_their_title() {
        let text = "Die Brücke ist seit heute wieder frei.";
        let one = of_text(None, "Brücke frei", text).unwrap();
        assert_eq!(
            one,
            of_text(None, "BRÜCKE FREI", &text.replace(' ', "  ")).unwrap()
        );
        for (title, text) in [
            ("Brücke offen", text),
            ("Brücke frei", "Die Brücke ist wieder frei."),
        ] {
            let other = of_text(None, title, text).unwrap();
            assert!(!one.outline.is_copy_of(&other.outline), "{title}: {text}");
        }
        assert_eq!(of_text(None, "Titel", " … "), None);
    }

    #[test]
    fn reports_of_one_form_with_other_figures_are_no_copies() {
        let report = |day: u32| {
            format!(
                "Die Gewinnzahlen der Ziehung lauten heute {}, {}, {} und {}. Die Superzahl ist die {}. \
                 Im Spiel wurde die Zahl {} gezogen. Alle Angaben sind wie immer ohne Gewähr, teilte \
                 die Gesellschaft in Saarbrücken am Abend nach der Ziehung mit. Wer gewonnen hat, \
                 muss seinen Schein bei einer der Annahmestellen im ganzen Land vorlegen und dort \
                 auf die Auszahlung warten, die je nach Höhe einige Tage dauern kann. Über den \
                 Rechtsweg ist damit nichts gesagt, und für Minderjährige gilt das Angebot nicht.",
                day * 3 + 1,
                day * 5 + 2,
                day * 7 + 3,
                day * 11 + 4,
                day + 100,
                day * 1013
            )
        };
        assert_copies(&report(3), &report(3).replace("heute", "diesmal"), true);
        assert_copies(&report(3), &report(8), false);
    }

    #[test]
    fn the_furniture_of_a_house_makes_no_copies() {
        let sentences = sentences(19);
        let furniture = sentences[6..].join(" ");
        let page = |house, title, at: usize| {
            let text = format!("{} {furniture}", sentences[at..at + 3].join(" "));
            of_text(Some(house), title, &text).unwrap().outline
        };
        let first = page("blatt", "Neues aus dem Rat", 0);
        assert!(!first.is_copy_of(&page("blatt", "Neues vom Amt", 3)));
        assert!(first.is_copy_of(&page("blatt", "Neues aus dem Rat", 3)));
        assert!(first.is_copy_of(&page("zeitung", "Neues vom Amt", 3)));
    }

    #[test]
    fn a_sketch_is_the_same_on_every_machine() {
        let sketch = of(&sentences(12).join(" "));
        let rows = &sketch.outline.rows;
        let some = (sketch.text, sketch.bands[0], rows[0], rows[127]);
        assert_eq!(some, (11_566_004_033_353_711_178, 3_783_280_383, 253, 10));
    }
}

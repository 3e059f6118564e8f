//! Base forms of words that neither the lexicon knows nor a rule leads to a known word: names, new
//! words, foreign words. Endings are taken off where the letters before them say what they are; the
//! stemmer comes last, and not to names: `Biden` is no form of Bid, `Björn` none of Bjö.

use rust_stemmers::{Algorithm, Stemmer};
use smallvec::smallvec;

use super::lemma::{Shape, push};
use super::lexicon::{Words, lexicon};

/// Endings of inflected adjectives.
pub(super) const ADJECTIVE_ENDINGS: [&str; 5] = ["en", "er", "es", "em", "e"];
/// Suffixes that make adjectives, and only adjectives.
const ADJECTIVE_SUFFIXES: [&str; 9] = [
    "isch", "lich", "bar", "sam", "haft", "los", "mässig", "fähig", "förmig",
];
/// Suffixes that make adjectives, though a name may end like that.
const LOOSE_ADJECTIVE_SUFFIXES: [&str; 8] = ["ig", "iv", "ell", "al", "är", "iert", "end", "abel"];
/// Suffixes that make nouns, each with the endings of its inflected forms.
const NOUN_SUFFIXES: [(&str, &[&str]); 17] = [
    ("ung", &["en"]),
    ("heit", &["en"]),
    ("keit", &["en"]),
    ("schaft", &["en"]),
    ("ion", &["en"]),
    ("ität", &["en"]),
    ("ist", &["en"]),
    ("ant", &["en"]),
    ("ent", &["en", "e", "es"]),
    ("enz", &["en"]),
    ("anz", &["en"]),
    ("in", &["nen"]),
    ("nis", &["se", "ses", "sen"]),
    ("ment", &["e", "en"]),
    ("chen", &["s"]),
    ("er", &["n", "s"]),
    ("tum", &["s"]),
];
/// What a suffix must leave of a word, in bytes.
const SHORTEST_ROOT: usize = 3;
/// Names up to this length may end in `s` themselves: Lars, Hans.
const SHORT_NAME: usize = 4;

/// The base forms, the likeliest first; at least one.
pub(super) fn lemmas(word: &str, shape: Shape) -> Words {
    match shape {
        Shape::Lower => smallvec![adjective(word, true).unwrap_or_else(|| stem(word))],
        Shape::Capital => capital(word),
        Shape::Any => {
            let mut found = capital(word);
            push(
                &mut found,
                adjective(word, true).unwrap_or_else(|| stem(word)),
            );
            found
        }
    }
}

/// Of a word with a capital: an adjective at the beginning of a sentence, a noun, a name.
fn capital(word: &str) -> Words {
    if let Some(base) = adjective(word, false).or_else(|| noun(word)) {
        return smallvec![base];
    }
    without_genitive(word)
}

/// The base form of an inflected adjective, by its suffix.
fn adjective(word: &str, loose: bool) -> Option<String> {
    let bases = ADJECTIVE_ENDINGS
        .iter()
        .filter_map(|it| word.strip_suffix(it));
    let has = |base: &str, suffixes: &[&str]| {
        (suffixes.iter())
            .any(|suffix| base.ends_with(suffix) && base.len() >= suffix.len() + SHORTEST_ROOT)
    };
    std::iter::once(word)
        .chain(bases)
        .find(|base| {
            has(base, &ADJECTIVE_SUFFIXES) || loose && has(base, &LOOSE_ADJECTIVE_SUFFIXES)
        })
        .map(str::to_owned)
}

/// The base form of an inflected noun, by its suffix.
fn noun(word: &str) -> Option<String> {
    for (suffix, endings) in NOUN_SUFFIXES {
        for ending in endings {
            let base = word.strip_suffix(ending);
            let base =
                base.filter(|it| it.ends_with(suffix) && it.len() >= suffix.len() + SHORTEST_ROOT);
            if let Some(base) = base {
                return Some(base.to_owned());
            }
        }
    }
    None
}

/// A name without the `s` of its genitive: `Kiews`, `Nordkoreas`. Where the `s` may as well be part
/// of the name (`Lukas`, `Netanjahus`), both.
fn without_genitive(word: &str) -> Words {
    let Some(base) = word.strip_suffix('s') else {
        return smallvec![word.to_owned()];
    };
    let letters = base.chars().count();
    if letters < 3 || base.ends_with(['s', 'x', 'z']) {
        return smallvec![word.to_owned()];
    }
    if lexicon().contains(base) {
        return smallvec![base.to_owned()];
    }
    if base.ends_with(['a', 'e', 'i', 'o', 'u', 'y']) {
        return smallvec![word.to_owned(), base.to_owned()];
    }
    if letters <= SHORT_NAME {
        return smallvec![base.to_owned(), word.to_owned()];
    }
    smallvec![base.to_owned()]
}

/// The stem. One that is another word is refused.
fn stem(word: &str) -> String {
    let stemmed = Stemmer::create(Algorithm::German).stem(word);
    let letters = stemmed.chars().count();
    // The stemmer takes the dots off; they tell words apart.
    let end = word
        .char_indices()
        .nth(letters)
        .map_or(word.len(), |(at, _)| at);
    let stem = &word[..end];
    if letters < 3 || (stem != word && lexicon().contains(stem)) {
        return word.to_owned();
    }
    stem.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Shape, lemmas};

    #[track_caller]
    fn assert_same(one: &str, other: &str, shape: Shape) {
        let (ones, others) = (lemmas(one, shape), lemmas(other, shape));
        assert!(
            ones.iter().any(|it| others.contains(it)),
            "{ones:?} {others:?}"
        );
    }

    #[track_caller]
    fn assert_apart(one: &str, other: &str, shape: Shape) {
        let (ones, others) = (lemmas(one, shape), lemmas(other, shape));
        assert!(
            ones.iter().all(|it| !others.contains(it)),
            "{ones:?} {others:?}"
        );
    }

    #[test]
    fn names_lose_nothing_but_their_genitive() {
        for (name, genitive) in [
            ("vukovar", "vukovars"),
            ("netanjahu", "netanjahus"),
            ("wagenknecht", "wagenknechts"),
        ] {
            assert_same(name, genitive, Shape::Capital);
        }
        assert_apart("röttgen", "röttger", Shape::Capital);
        assert_apart("jörgen", "jörg", Shape::Capital);
        assert_eq!(lemmas("grzimek", Shape::Capital)[0], "grzimek");
    }

    #[test]
    fn suffixes_tell_what_an_ending_is() {
        assert_same("entnetzung", "entnetzungen", Shape::Capital);
        assert_same("postwahlich", "postwahlichen", Shape::Lower);
        assert_same("zumbitisch", "zumbitischer", Shape::Capital);
        assert_same("vlogger", "vloggern", Shape::Capital);
    }

    #[test]
    fn the_stemmer_comes_last() {
        assert_same("vlogge", "vloggen", Shape::Lower);
        assert_eq!(lemmas("größöß", Shape::Lower).len(), 1);
    }
}

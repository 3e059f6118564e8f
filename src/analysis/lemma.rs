//! Base forms: the lexicon first, then rules that lead to a known word, the stemmer last.

use smallvec::smallvec;

use super::lexicon::{Words, lexicon};
use super::{splits, unknown, verb};

/// How a word is written, as far as it tells nouns and names from other words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// In lower case: seldom a noun.
    Lower,
    /// With a capital: a noun, a name, or the beginning of a sentence.
    Capital,
    /// It cannot be told, as in queries.
    Any,
}

/// Endings of adjectives, with those of comparative and superlative.
const ADJECTIVE_ENDINGS: [&str; 25] = [
    "estem", "esten", "ester", "estes", "stem", "sten", "ster", "stes", "este", "erem", "eren",
    "erer", "eres", "ste", "ere", "em", "en", "er", "es", "est", "st", "e", "m", "n", "s",
];
/// The adjectives whose comparative has an umlaut, or may have one.
const MUTATING: [&str; 27] = [
    "alt", "arg", "arm", "blass", "dumm", "fromm", "gesund", "glatt", "grob", "gross", "hart",
    "jung", "kalt", "karg", "klug", "krank", "krumm", "kurz", "lang", "nass", "rot", "scharf",
    "schmal", "schwach", "schwarz", "stark", "warm",
];
/// Endings of nouns.
const NOUN_ENDINGS: [&str; 9] = ["innen", "nen", "ern", "es", "en", "er", "s", "n", "e"];

/// The base forms of a folded word, the likeliest first; at least one.
pub(super) fn lemmas(word: &str, shape: Shape) -> Words {
    if let Some(found) = known(word, shape) {
        return found;
    }
    let spelled = with_umlauts(word);
    if let Some(spelled) = &spelled
        && let Some(found) = known(spelled, shape).or_else(|| derived(spelled, shape))
    {
        return found;
    }
    if let Some(found) = derived(word, shape) {
        return found;
    }
    let mut found = unknown::lemmas(word, shape);
    for base in spelled.iter().flat_map(|it| unknown::lemmas(it, shape)) {
        push(&mut found, base);
    }
    found
}

/// Base forms that the lexicon states.
fn known(word: &str, shape: Shape) -> Option<Words> {
    let entry = lexicon().get(word)?;
    let (nouns, mut others) = (entry.nouns(word), entry.others(word));
    // absagen: the lexicon has it for the plural of Absage only
    if others.is_empty()
        && shape != Shape::Capital
        && verb::prefixed(word).is_some_and(|infinitive| infinitive == word)
    {
        others.push(word.to_owned());
    }
    // the lexicon has some superlatives as words of their own
    if others.len() == 1
        && others[0] == word
        && let Some(base) = compared(word)
    {
        others[0] = base;
    }
    let (mut found, second) = match shape {
        Shape::Lower => (others, nouns),
        Shape::Capital | Shape::Any => (nouns, others),
    };
    let is_both = match shape {
        Shape::Lower => false,
        Shape::Capital => entry.begins_sentences(),
        Shape::Any => true,
    };
    if found.is_empty() || is_both {
        for base in second {
            push(&mut found, base);
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Adds a base form that is not there yet.
pub(super) fn push(words: &mut Words, base: String) {
    if !words.contains(&base) {
        words.push(base);
    }
}

/// Base forms by rules that end at a known word.
fn derived(word: &str, shape: Shape) -> Option<Words> {
    if !word.chars().all(char::is_alphabetic) || word.len() > 80 {
        return None;
    }
    if let Some(adjective) = adjective(word) {
        return Some(smallvec![adjective]);
    }
    if shape != Shape::Capital
        && let Some(infinitive) = verb::prefixed(word).or_else(|| verb::weak(word))
    {
        return Some(smallvec![infinitive]);
    }
    if shape != Shape::Lower
        && let Some(person) = verb::person(word)
    {
        return Some(smallvec![person]);
    }
    if let Some(last) = splits::split(word).last() {
        let head = &word[last.start..];
        let shape = if shape == Shape::Lower {
            Shape::Lower
        } else {
            Shape::Capital
        };
        let heads = known(head, shape).unwrap_or_else(|| smallvec![head.to_owned()]);
        return Some(
            heads
                .iter()
                .map(|head| [&word[..last.start], head].concat())
                .collect(),
        );
    }
    if let Some(rest) = word.strip_prefix("un")
        && let Some(found) = adjective(rest)
    {
        return Some(smallvec![["un", &found].concat()]);
    }
    for ending in NOUN_ENDINGS {
        let Some(base) = without(word, ending).filter(|base| base.len() >= 4) else {
            continue;
        };
        let base = if ending == "innen" {
            [base, "in"].concat()
        } else {
            base.to_owned()
        };
        if lexicon()
            .get(&base)
            .is_some_and(|entry| entry.is_noun_lemma())
        {
            return Some(smallvec![base]);
        }
    }
    None
}

/// Takes an ending off. Mostly the last letter says that it is another.
fn without<'a>(word: &'a str, ending: &str) -> Option<&'a str> {
    let ends = word.as_bytes().last() == ending.as_bytes().last();
    if ends {
        word.strip_suffix(ending)
    } else {
        None
    }
}

/// The base form of an inflected adjective or participle.
fn adjective(word: &str) -> Option<String> {
    for ending in ADJECTIVE_ENDINGS {
        let Some(base) = without(word, ending).filter(|base| base.len() >= 3) else {
            continue;
        };
        let is_short = ending.len() == 1 && ending != "e";
        if is_short && !base.ends_with('e') {
            continue;
        }
        if let Some(entry) = lexicon().get(base).filter(|entry| entry.is_adjective()) {
            return entry.others(base).into_iter().next();
        }
    }
    compared(word)
}

/// The base form of a comparative or superlative with umlaut: `ärmsten`.
fn compared(word: &str) -> Option<String> {
    let (at, umlaut) = word
        .char_indices()
        .find(|(_, c)| matches!(c, 'ä' | 'ö' | 'ü'))?;
    let vowel = match umlaut {
        'ä' => "a",
        'ö' => "o",
        _ => "u",
    };
    let plain = [&word[..at], vowel, &word[at + umlaut.len_utf8()..]].concat();
    let base = MUTATING
        .into_iter()
        .find(|base| plain.starts_with(base) && at < base.len())?;
    let ending = &plain[base.len()..];
    let is_compared = ending == "er" || ADJECTIVE_ENDINGS[..15].contains(&ending);
    is_compared.then(|| base.to_owned())
}

/// The word with ä, ö, ü for ae, oe, ue; `None` if it has none of these.
pub(super) fn with_umlauts(word: &str) -> Option<String> {
    let is_written_out = |pair: &[u8]| matches!(pair, [b'a' | b'o' | b'u', b'e']);
    if !word.as_bytes().windows(2).any(is_written_out) {
        return None;
    }
    let mut spelled = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let umlaut = match letter {
            'a' => 'ä',
            'o' => 'ö',
            'u' if !matches!(before, 'a' | 'e' | 'q' | 'ä') => 'ü',
            _ => ' ',
        };
        if umlaut != ' ' && letters.peek() == Some(&'e') {
            letters.next();
            spelled.push(umlaut);
            before = 'e';
        } else {
            spelled.push(letter);
            before = letter;
        }
    }
    (spelled != word).then_some(spelled)
}

#[cfg(test)]
mod tests {
    use super::{Shape, lemmas};

    fn first(word: &str, shape: Shape) -> String {
        lemmas(word, shape)[0].clone()
    }

    #[test]
    fn names_lose_their_genitive() {
        assert_eq!(
            first("selenskyjs", Shape::Capital),
            first("selenskyj", Shape::Capital)
        );
        assert_eq!(first("paris", Shape::Capital), "paris");
    }

    #[test]
    fn umlauts_may_be_written_out() {
        assert_eq!(first("praesident", Shape::Capital), "präsident");
        assert_eq!(first("israel", Shape::Capital), "israel");
        assert!(lemmas("soeder", Shape::Capital).contains(&first("söder", Shape::Capital)));
    }

    #[test]
    fn compounds_have_the_base_form_of_their_head() {
        assert_eq!(first("drohnenfabriken", Shape::Capital), "drohnenfabrik");
    }

    #[test]
    fn verbs_that_look_like_a_plural_stay_verbs() {
        assert!(lemmas("zusagen", Shape::Lower).contains(&"zusagen".to_owned()));
        assert_eq!(first("zusagen", Shape::Capital), "zusage");
    }

    #[test]
    fn comparatives_lose_their_umlaut() {
        assert_eq!(first("kränksten", Shape::Lower), "krank");
        assert_eq!(first("gröbster", Shape::Lower), "grob");
    }

    #[test]
    fn people_named_by_a_participle_are_one_word_in_all_forms() {
        for (one, other) in [
            ("angeklagte", "angeklagter"),
            ("gefolterte", "gefolterter"),
            ("geimpfte", "geimpften"),
        ] {
            assert_eq!(first(one, Shape::Capital), first(other, Shape::Capital));
        }
    }

    #[test]
    fn what_differs_stays_apart() {
        for (one, other) in [
            ("leben", "leber"),
            ("lager", "lage"),
            ("forderung", "förderung"),
            ("kohl", "kohle"),
        ] {
            assert_ne!(first(one, Shape::Capital), first(other, Shape::Capital));
        }
    }
}

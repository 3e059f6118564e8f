//! Finds names of one or several words in a text, in their inflected forms.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::enrich::words::Words;

/// How the words of a name change in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inflection {
    /// Not at all.
    Exact,
    /// Only a genitive s may follow the last word: abbreviations.
    Fixed,
    /// Genitive s or es on the last word: names of countries and capitals.
    Name,
    /// German noun and adjective endings on every word, by rule: names and descriptions.
    German,
}

/// Names with what they stand for.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    by_first_word: FxHashMap<Box<str>, Vec<Phrase<T>>>,
}

#[derive(Debug, Clone)]
struct Phrase<T> {
    /// Words after the first: what stands before each, and the forms that it may have.
    rest: Vec<(Box<str>, FxHashSet<Box<str>>)>,
    value: T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Phrases<T> {
        Phrases {
            by_first_word: FxHashMap::default(),
        }
    }
}

impl<T: Clone> Phrases<T> {
    /// Adds a name; a name without words is ignored.
    pub(crate) fn insert(&mut self, name: &str, inflection: Inflection, value: T) {
        let words = Words::of(name);
        let last = words.len().saturating_sub(1);
        let forms = |index: usize| {
            let word = words.word(index);
            match inflection {
                Inflection::Fixed if index == last => vec![word.to_owned(), format!("{word}s")],
                Inflection::Name if index == last => ["", "s", "es"]
                    .map(|ending| format!("{word}{ending}"))
                    .into(),
                Inflection::Exact | Inflection::Fixed | Inflection::Name => vec![word.to_owned()],
                Inflection::German => german_forms(word, index == last),
            }
        };
        let rest: Vec<_> = (1..words.len())
            .map(|index| {
                let gap = words.gap_before(index);
                (
                    gap.into(),
                    forms(index).into_iter().map(Into::into).collect(),
                )
            })
            .collect();
        if words.len() == 0 {
            return;
        }
        for form in forms(0) {
            let phrase = Phrase {
                rest: rest.clone(),
                value: value.clone(),
            };
            self.by_first_word
                .entry(form.into())
                .or_default()
                .push(phrase);
        }
    }

    /// The longest names that begin at the word at `index`: how many words they have, and what
    /// they stand for (several, if the name is ambiguous).
    pub(crate) fn longest_at(&self, words: &Words<'_>, index: usize) -> Option<(usize, Vec<&T>)> {
        let phrases = self.by_first_word.get(words.word(index))?;
        let mut longest = 0;
        let mut values = Vec::new();
        for phrase in phrases {
            let length = phrase.rest.len() + 1;
            if length < longest || !phrase.continues_after(words, index) {
                continue;
            }
            if length > longest {
                values.clear();
                longest = length;
            }
            values.push(&phrase.value);
        }
        (longest > 0).then_some((longest, values))
    }
}

impl<T> Phrase<T> {
    fn continues_after(&self, words: &Words<'_>, index: usize) -> bool {
        (self.rest.iter().enumerate()).all(|(offset, (gap, forms))| {
            let next = index + offset + 1;
            next < words.len()
                && same_gap(gap, words.gap_after(next - 1))
                && forms.contains(words.word(next))
        })
    }
}

/// Whether what stands in the text is what the name asks for: blanks of any kind are one, a
/// hyphen may be missing, apostrophes are alike.
fn same_gap(name: &str, text: &str) -> bool {
    let plain = |gap: &str| -> String {
        gap.chars()
            .map(|letter| match letter {
                '\u{2010}' | '\u{2011}' => '-',
                '’' | '‘' | '`' | '´' => '\'',
                other if other.is_whitespace() => ' ',
                other => other,
            })
            .collect()
    };
    if name == text {
        return true;
    }
    if text.len() > 8 || text.contains("\n\n") {
        return false;
    }
    let text = plain(text);
    plain(name) == text || name == "-" && text == " "
}

/// The forms that a word may take. An adjective is recognised by its ending; a small first letter
/// may stand at the beginning of a sentence.
fn german_forms(word: &str, last: bool) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    let length = word.chars().count();
    let stem = ["er", "es", "en", "em", "e"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending));
    if let Some(stem) = stem.filter(|_| length > 5 && (!last || is_small(word))) {
        forms.extend(["e", "en", "em", "er", "es"].map(|ending| format!("{stem}{ending}")));
    }
    if length > 3 && word.chars().all(|letter| letter.is_alphanumeric()) && !is_small(word) {
        forms.extend(["s", "es", "e", "en", "n"].map(|ending| format!("{word}{ending}")));
        if let Some(stem) = word.strip_suffix('e') {
            forms.extend(["en", "es", "er"].map(|ending| format!("{stem}{ending}")));
        }
    }
    if is_small(word) {
        let capitals: Vec<String> = forms.iter().map(|form| capitalised(form)).collect();
        forms.extend(capitals);
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}

fn is_small(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
}

/// The word with a capital first letter.
pub(crate) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(name: &str, text: &str) -> bool {
        let mut phrases = Phrases::default();
        phrases.insert(name, Inflection::German, ());
        let words = Words::of(text);
        (0..words.len()).any(|index| phrases.longest_at(&words, index).is_some())
    }

    #[test]
    fn names_are_found_in_their_cases() {
        assert!(finds(
            "Nationaler Geheimdienst",
            "durch den Nationalen Geheimdienst (NIS)"
        ));
        assert!(finds(
            "südkoreanischer Geheimdienst",
            "Angaben des südkoreanischen Geheimdienstes"
        ));
        assert!(finds(
            "Deutsche Presse-Agentur",
            "der Deutschen Presse-Agentur"
        ));
        assert!(finds(
            "schwedische Sicherheitspolizei",
            "Schwedischer Sicherheitspolizei"
        ));
        assert!(!finds("Nationaler Geheimdienst", "National Geheimdienst"));
    }

    #[test]
    fn the_longest_name_wins() {
        let mut phrases = Phrases::default();
        phrases.insert("Interfax", Inflection::Fixed, 1);
        phrases.insert("Interfax-Ukraine", Inflection::Fixed, 2);
        let words = Words::of("Interfax-Ukraine");
        assert_eq!(phrases.longest_at(&words, 0), Some((2, vec![&2])));
    }
}

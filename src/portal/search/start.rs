//! The start: example queries, made of what is in the archive, so that each finds something.

use crate::portal::Address;
use crate::portal::texts::Texts;
use crate::search::{FacetCount, Hit};

/// An example query.
#[derive(Debug, Clone)]
pub(super) struct Example {
    pub(super) query: String,
    /// What it finds.
    pub(super) meaning: String,
    pub(super) href: String,
}

/// The most frequent value of a facet, with what queries call it.
#[derive(Debug, Clone)]
pub struct Frequent {
    /// Name of the facet in queries.
    pub facet: String,
    /// Name of the facet for people.
    pub label: String,
    /// What queries call the value.
    pub value: String,
}

/// Shortest words of examples, in letters.
const MIN_LETTERS: usize = 4;

/// Example queries of the words of headlines, of the values that most articles have, and of the
/// date of the newest.
pub(super) fn examples(
    t: &Texts,
    hits: &[Hit],
    frequent: &[Frequent],
    state: &Address,
) -> Vec<Example> {
    let search = &t.search;
    let mut examples: Vec<(String, String)> = Vec::new();
    if let Some((first, second)) = hits.iter().find_map(two_words) {
        examples.push((format!("{first} {second}"), search.example_words.clone()));
        let near = format!("{first} NEAR/S {second}");
        examples.push((near, search.example_sentence.clone()));
    }
    if let Some(phrase) = hits.iter().find_map(phrase) {
        examples.push((format!("\"{phrase}\""), search.example_phrase.clone()));
    }
    for value in frequent {
        let plain = value.value.chars().all(char::is_alphanumeric);
        let quote = if plain { "" } else { "\"" };
        let query = format!("{}:{quote}{}{quote}", value.facet, value.value);
        let meaning = search.example_value.with(&[("facet", &value.label)]);
        examples.push((query, meaning));
    }
    let month = hits.iter().find_map(|hit| hit.date.as_deref()?.get(..7));
    if let Some(month) = month {
        examples.push((format!("date:{month}"), search.example_date.clone()));
    }
    let examples = examples.into_iter().map(|(query, meaning)| Example {
        href: state.cleared().with("q", &query).search(),
        query,
        meaning,
    });
    examples.collect()
}

/// The value of a level, or of one below it, that most documents have.
pub(super) fn most_frequent(values: &[FacetCount]) -> Option<&FacetCount> {
    let leaves = values.iter().flat_map(|value| {
        if value.children.is_empty() {
            std::slice::from_ref(value)
        } else {
            value.children.as_slice()
        }
    });
    leaves.max_by_key(|value| value.count)
}

/// Whether a piece of a headline is a noun that an example may have.
fn is_telling(word: &str) -> bool {
    word.chars().count() >= MIN_LETTERS
        && word.chars().all(char::is_alphabetic)
        && word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().any(char::is_lowercase)
}

/// The first and the last telling word of a headline. A sentence ends within a headline, if at
/// all, behind punctuation; only what stands before it is looked at.
fn two_words(hit: &Hit) -> Option<(&str, &str)> {
    let title = hit.title.as_deref()?;
    let beginning = title.split(['.', '?', '!', ':', '–', '-']).next()?;
    let telling: Vec<&str> = (beginning.split_whitespace())
        .filter(|word| is_telling(word))
        .collect();
    let (first, last) = (telling.first()?, telling.last()?);
    (first != last).then_some((*first, *last))
}

/// Two words beside each other in a headline, the second of them telling.
fn phrase(hit: &Hit) -> Option<String> {
    let words: Vec<&str> = hit.title.as_deref()?.split(' ').collect();
    let is_word =
        |word: &str| word.chars().count() >= MIN_LETTERS && word.chars().all(char::is_alphabetic);
    (words.windows(2).skip(1))
        .find(|pair| is_word(pair[0]) && is_telling(pair[1]))
        .map(|pair| pair.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telling_words_are_nouns_without_signs() {
        for word in ["Hafen", "Ölpreis"] {
            assert!(is_telling(word), "{word}");
        }
        for word in ["hafen", "UND", "EU", "Hafen,", "2025", ""] {
            assert!(!is_telling(word), "{word}");
        }
    }
}

//! Where in a suggestion stands what was typed?

use super::typed::key;
use crate::analysis::Analyzer;

/// The longest suggestion that is looked through, in bytes.
const LONGEST: usize = 400;

/// The beginnings of words in `text` that have one of `keys`, in bytes, ascending.
pub(super) fn typed_in(text: &str, keys: &[String]) -> Vec<(usize, usize)> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    (Analyzer::plain().analyze(text).iter())
        .filter_map(|token| {
            beginning(text.get(token.start..token.end)?, keys)
                .map(|end| (token.start, token.start + end))
        })
        .collect()
}

/// The end of the beginning of a word that has one of `keys`, the longest.
fn beginning(word: &str, keys: &[String]) -> Option<usize> {
    let whole = key(word)?;
    let longest = (keys.iter())
        .filter(|key| whole.starts_with(key.as_str()))
        .max_by_key(|key| key.len())?;
    let ends = word
        .char_indices()
        .map(|(at, letter)| at + letter.len_utf8());
    ends.into_iter()
        .find(|end| key(&word[..*end]).is_some_and(|key| key.len() >= longest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_found_in_any_spelling() {
        let keys = ["muel".to_owned(), "gross".to_owned()];
        assert_eq!(typed_in("Müller großartig", &keys), [(0, 4), (8, 13)]);
        assert_eq!(typed_in("MUELLERS", &keys), [(0, 4)]);
        assert!(typed_in("Amüller", &keys).is_empty());
    }
}

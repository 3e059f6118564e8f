//! Does a word have the shape that a pattern asks for?

use super::{Pattern, is_within_distance};

/// A [`Pattern`] that can be held against words.
#[derive(Debug)]
pub(super) enum Shape {
    Wildcard(String),
    Regex(regex::Regex),
    Fuzzy { word: Vec<char>, distance: usize },
}

impl Shape {
    pub(super) fn of(pattern: &Pattern) -> Option<Shape> {
        Some(match pattern {
            Pattern::Wildcard(pattern) => Shape::Wildcard(pattern.clone()),
            Pattern::Regex(pattern) => Shape::Regex(
                regex::RegexBuilder::new(&format!("^(?:{pattern})$"))
                    .size_limit(1 << 20)
                    .build()
                    .ok()?,
            ),
            Pattern::Fuzzy { word, distance } => Shape::Fuzzy {
                word: word.chars().collect(),
                distance: usize::from(*distance),
            },
        })
    }

    pub(super) fn fits(&self, word: &str) -> bool {
        match self {
            Shape::Wildcard(pattern) => fits_wildcard(pattern, word),
            Shape::Regex(regex) => regex.is_match(word),
            Shape::Fuzzy {
                word: wanted,
                distance,
            } => is_within_distance(wanted, word, *distance),
        }
    }
}

/// Whether the pieces between the stars stand in the word one after the other.
fn fits_wildcard(pattern: &str, word: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or("");
    let Some(mut rest) = word.strip_prefix(first) else {
        return false;
    };
    let Some(last) = pieces.next_back() else {
        return rest.is_empty();
    };
    for piece in pieces {
        let Some(at) = rest.find(piece) else {
            return false;
        };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_any_letters() {
        assert!(fits_wildcard("panzer*", "panzer"));
        assert!(fits_wildcard("*dienst", "geheimdienst"));
        assert!(fits_wildcard("b*amt", "bundesverwaltungsamt"));
        assert!(fits_wildcard("*e*e*", "ehe"));
        assert!(!fits_wildcard("a*a", "a"));
        assert!(!fits_wildcard("panzer", "panzern"));
    }
}

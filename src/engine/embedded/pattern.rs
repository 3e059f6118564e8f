//! Which terms of a segment have some shape.

use regex::Regex;
use tantivy::postings::TermInfo;

use super::postings::FieldPostings;
use crate::analysis::TermClass;
use crate::engine::{EngineError, EngineErrorKind, Result};
use crate::search::{MAX_PATTERN_TERMS, Pattern, is_within_distance};

/// Compiled regular expressions may take so much memory.
const MAX_REGEX_BYTES: usize = 1 << 20;

/// A pattern that is ready to be held against terms.
pub(super) enum Shape {
    /// What a term begins with, what stands in it after that, in this order, and what it ends with.
    Pieces(String, Vec<String>, String),
    /// A regular expression for the whole term.
    Regex(Regex),
    /// A word and how many letters may differ.
    Fuzzy(Vec<char>, usize),
}

impl Shape {
    pub(super) fn new(pattern: &Pattern) -> Result<Shape> {
        match pattern {
            Pattern::Wildcard(text) => match text.split_once('*') {
                None => Ok(Shape::Regex(compile(&regex::escape(text))?)),
                Some((start, rest)) => {
                    let mut inner: Vec<String> = rest.split('*').map(str::to_owned).collect();
                    let end = inner.pop().unwrap_or_default();
                    Ok(Shape::Pieces(start.to_owned(), inner, end))
                }
            },
            Pattern::Regex(text) => Ok(Shape::Regex(compile(text)?)),
            Pattern::Fuzzy { word, distance } => {
                Ok(Shape::Fuzzy(word.chars().collect(), usize::from(*distance)))
            }
        }
    }

    fn fits(&self, term: &str) -> bool {
        match self {
            Shape::Pieces(start, inner, end) => (term.strip_prefix(start.as_str()))
                .and_then(|rest| rest.strip_suffix(end.as_str()))
                .is_some_and(|between| has_all(between, inner)),
            Shape::Regex(regex) => regex.is_match(term),
            Shape::Fuzzy(word, most) => is_within_distance(word, term, *most),
        }
    }

    /// The terms that fit of words and pieces of them as they are written, in one segment.
    pub(super) fn terms(&self, index: &FieldPostings) -> Result<Vec<TermInfo>> {
        let mut found = Vec::new();
        for class in TermClass::WRITTEN {
            self.terms_of(class, index, &mut found)?;
        }
        Ok(found)
    }

    fn terms_of(
        &self,
        class: TermClass,
        index: &FieldPostings,
        found: &mut Vec<TermInfo>,
    ) -> Result<()> {
        let mut start = class.code().to_string();
        if let Shape::Pieces(letters, ..) = self {
            start.push_str(letters);
        }
        let io = |error: std::io::Error| EngineError::from(tantivy::TantivyError::from(error));
        let mut terms = index.terms().terms_from(start.as_bytes()).map_err(io)?;
        while terms.advance().map_err(io)? {
            if !terms.key().starts_with(start.as_bytes()) {
                break;
            }
            let term = &terms.key()[class.code().len_utf8()..];
            if self.fits(std::str::from_utf8(term).unwrap_or_default()) {
                if found.len() == MAX_PATTERN_TERMS {
                    let message = format!(
                        "a pattern fits more than {MAX_PATTERN_TERMS} words; give more letters"
                    );
                    return Err(EngineError::new(EngineErrorKind::Request, message));
                }
                found.push(terms.info());
            }
        }
        Ok(())
    }
}

/// Whether some pieces stand in a text, one after the other.
fn has_all(text: &str, pieces: &[String]) -> bool {
    let after = |rest: Option<_>, piece: &String| Some(str::split_once(rest?, piece.as_str())?.1);
    pieces.iter().fold(Some(text), after).is_some()
}

fn compile(pattern: &str) -> Result<Regex> {
    regex::RegexBuilder::new(&format!("^(?:{pattern})$"))
        .size_limit(MAX_REGEX_BYTES)
        .build()
        .map_err(|error| {
            let message = format!("this pattern cannot be used: {error}");
            EngineError::new(EngineErrorKind::Request, message)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wildcard_is_the_whole_word() {
        let shape = Shape::new(&Pattern::Wildcard("panzer*haubitze".into())).unwrap();
        assert!(shape.fits("panzerhaubitze") && shape.fits("panzer-haubitze"));
        assert!(!shape.fits("panzerhaubitzen") && !shape.fits("schützenpanzerhaubitze"));
        let dots = Shape::new(&Pattern::Wildcard("a.c*".into())).unwrap();
        assert!(dots.fits("a.cd") && !dots.fits("abcd"));
        let none = Shape::new(&Pattern::Wildcard("a.c".into())).unwrap();
        assert!(none.fits("a.c") && !none.fits("abc") && !none.fits("a.cd"));
    }

    #[test]
    fn pieces_of_a_wildcard_do_not_overlap() {
        let shape = Shape::new(&Pattern::Wildcard("ab*ba*ä*ab".into())).unwrap();
        for fitting in ["abbaäab", "abxbaxäxab", "abbabaäbaab"] {
            assert!(shape.fits(fitting), "{fitting}");
        }
        for other in ["ab", "aba", "abaäab", "abbaäb", "abäbaab", "bbaäab"] {
            assert!(!shape.fits(other), "{other}");
        }
        let all = Shape::new(&Pattern::Wildcard("*".into())).unwrap();
        assert!(all.fits("") && all.fits("ä"));
    }

    #[test]
    fn a_pattern_that_is_too_large_is_refused() {
        let error = Shape::new(&Pattern::Regex("(a{1000}){1000}".into()))
            .err()
            .unwrap();
        assert_eq!(error.kind, EngineErrorKind::Request);
    }
}

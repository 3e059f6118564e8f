//! Patterns and words as the dictionary of surface terms has them.

use crate::analysis::{Analyzer, TermClass, Token};

/// A word as it stands in the dictionary of surface terms.
pub(super) struct SurfaceWord {
    start: usize,
    end: usize,
    pub(super) text: String,
}

pub(super) fn surface_words(text: &str, analyzer: Analyzer) -> Vec<SurfaceWord> {
    let surface = |token: Token| {
        let mut terms = token.terms().iter();
        let term = terms.find(|term| term.class == TermClass::Surface)?;
        Some(SurfaceWord {
            start: token.start,
            end: token.end,
            text: term.text.to_string(),
        })
    };
    analyzer
        .analyze(text)
        .into_iter()
        .filter_map(surface)
        .collect()
}

/// Surface terms are lower case; escapes such as `\W` stay as they are.
pub(super) fn folded_regex(pattern: &str) -> String {
    let mut folded = String::with_capacity(pattern.len());
    let mut escaped = false;
    for c in pattern.chars() {
        if escaped {
            folded.push(c);
        } else {
            folded.extend(c.to_lowercase());
        }
        escaped = c == '\\' && !escaped;
    }
    folded
}

/// The pattern cut into words as a text would be, each folded.
pub(super) fn wildcard_words(pattern: &str, analyzer: Analyzer) -> Vec<String> {
    // A hyphen beside a star is within a word, and surface terms have no hyphens.
    let pattern = pattern.replace("-*", "*").replace("*-", "*");
    let mut words: Vec<String> = Vec::new();
    // Whether the next letter goes on the last word.
    let mut open = false;
    for (index, piece) in pattern.split('*').enumerate() {
        if index > 0 {
            match words.last_mut() {
                Some(word) if open => word.push('*'),
                _ => words.push("*".to_owned()),
            }
            open = true;
        }
        let mut end = 0;
        for word in surface_words(piece, analyzer) {
            match words.last_mut() {
                Some(last) if open && word.start == 0 => last.push_str(&word.text),
                _ => words.push(word.text),
            }
            end = word.end;
        }
        open = end == piece.len() && (open || end > 0);
    }
    words.retain(|word| word.chars().any(|c| c != '*'));
    words
}

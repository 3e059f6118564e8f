//! Words that say little of what a text is about.

use std::collections::HashSet;
use std::sync::LazyLock;

static FUNCTION_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("function_words.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect()
});

/// Whether a word, as its surface term has it, says little of what a text is about.
pub fn is_function_word(surface: &str) -> bool {
    FUNCTION_WORDS.contains(surface)
}

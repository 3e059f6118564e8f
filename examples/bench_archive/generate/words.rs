//! In how many articles is each word?

use std::collections::{HashMap, HashSet};

/// Words and in how many articles they are.
#[derive(Default)]
pub(super) struct Words {
    articles: u64,
    counts: HashMap<String, u64>,
}

/// The words of a text as queries have them: in lower case.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether people search for a word like this.
pub(super) fn is_searched_for(word: &str) -> bool {
    word.chars().nth(3).is_some() && word.chars().all(char::is_alphabetic)
}

impl Words {
    /// Counts the words of an article.
    pub(super) fn count(&mut self, text: &str) {
        self.articles += 1;
        let distinct: HashSet<String> = words(text).collect();
        for word in distinct {
            *self.counts.entry(word).or_default() += 1;
        }
    }

    /// The share of articles that have a word.
    pub(super) fn share(&self, word: &str) -> f64 {
        let count = self.counts.get(word).copied().unwrap_or_default();
        count as f64 / self.articles.max(1) as f64
    }

    /// The words that are in so large a share of articles, and that people search for. Of a small
    /// archive, in one article at least.
    pub(super) fn between(&self, low: f64, high: f64) -> Vec<&str> {
        let number = |share: f64| (share * self.articles as f64).ceil() as u64;
        let from = number(low).max(1);
        let range = from..number(high).max(from + 1);
        let mut words: Vec<&str> = (self.counts.iter())
            .filter(|(word, count)| range.contains(count) && is_searched_for(word))
            .map(|(word, _)| word.as_str())
            .collect();
        words.sort_unstable();
        words
    }
}

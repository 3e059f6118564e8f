//! Pairs of a query and a text, and whether the one has to find the other: reading and judging
//! them, for the test and for `examples/evaluate_pairs.rs`.

use std::collections::BTreeMap;
use std::fmt;

use fundstelle::analysis::{Analyzer, QueryWord, Term, Token};

/// How many words may lie between the first and the last term of a variant.
const WINDOW: u32 = 8;

/// A query, a text, and what is expected of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair<'a> {
    pub(crate) category: &'a str,
    pub(crate) query: &'a str,
    pub(crate) text: &'a str,
    is_match: bool,
    pub(crate) level: &'a str,
    /// Whether it is said to come out wrong.
    pub(crate) is_known_failure: bool,
}

impl fmt::Display for Pair<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expected = if self.is_match { "yes" } else { "no" };
        write!(
            f,
            "{} {}: {} -> {} ({expected})",
            self.level, self.category, self.query, self.text
        )
    }
}

impl Pair<'_> {
    /// Whether the query finds the text exactly if it should, by all of its words.
    pub(crate) fn is_right(&self, analyzer: Analyzer) -> bool {
        let tokens = analyzer.analyze(self.text);
        let words = analyzer.query(self.query);
        let finds = !words.is_empty() && words.iter().all(|word| matches(word, &tokens));
        finds == self.is_match
    }
}

/// The pairs of a table: category, query, text, `yes` or `no`, `must` or `wish`, and, where the
/// program is known to fail, `fails`. The first line is the head.
pub(crate) fn read(table: &str) -> impl Iterator<Item = Pair<'_>> {
    table.lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t');
        Some(Pair {
            category: columns.next()?,
            query: columns.next()?,
            text: columns.next()?,
            is_match: columns.next()? == "yes",
            level: columns.next()?,
            is_known_failure: columns.next() == Some("fails"),
        })
    })
}

/// Right ones and all, by level and category; `all` has those of a level together.
#[derive(Debug, Default)]
pub(crate) struct Score(BTreeMap<(String, String), (u32, u32)>);

impl Score {
    pub(crate) fn add(&mut self, pair: &Pair<'_>, is_right: bool) {
        for category in [pair.category, "all"] {
            let key = (pair.level.to_owned(), category.to_owned());
            let count = self.0.entry(key).or_default();
            count.0 += u32::from(is_right);
            count.1 += 1;
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ((level, category), (right, all)) in &self.0 {
            let share = 100.0 * f64::from(*right) / f64::from(*all);
            writeln!(f, "{level}\t{category}\t{right}/{all}\t{share:.1} %")?;
        }
        Ok(())
    }
}

fn matches(word: &QueryWord, tokens: &[Token]) -> bool {
    word.variants.iter().any(|variant| {
        let positions = |term: &Term| -> Vec<u32> {
            let having = tokens.iter().filter(|token| token.terms().contains(term));
            having.map(|token| token.position).collect()
        };
        let all: Vec<Vec<u32>> = variant.terms.iter().map(positions).collect();
        let Some(first) = all.first() else {
            return false;
        };
        first.iter().any(|&at| {
            all.iter()
                .all(|positions| positions.iter().any(|other| other.abs_diff(at) <= WINDOW))
        })
    })
}

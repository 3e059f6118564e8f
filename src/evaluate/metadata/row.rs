//! A row of the table: what was counted, and what was missed.

use std::collections::BTreeSet;

use serde::Serialize;

/// What is measured, how well it is done, and how well it ought to be.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// What is measured.
    pub what: String,
    /// The figure with its counts.
    #[serde(flatten)]
    pub figure: Figure,
    /// What is to be reached; empty if nothing was agreed.
    pub target: &'static str,
    /// What was missed, a line each.
    pub misses: Vec<String>,
}

/// A figure and the counts that it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Figure {
    /// How many are right.
    Share {
        /// `right / of`.
        share: f64,
        /// How many are right.
        right: usize,
        /// How many there are.
        of: usize,
    },
    /// The mean of a measure.
    Mean {
        /// The mean.
        mean: f64,
        /// Over how many.
        of: usize,
    },
    /// How much of what was found is right, and how much of what is right was found.
    Found {
        /// `tp / (tp + fp)`.
        precision: f64,
        /// `tp / (tp + fn)`.
        recall: f64,
        /// Rightly found.
        tp: usize,
        /// Wrongly found.
        fp: usize,
        /// Not found.
        #[serde(rename = "fn")]
        missed: usize,
    },
    /// What a page takes.
    Cost {
        /// Processor time of reading and enriching, in milliseconds.
        cpu_ms: f64,
        /// The slowest page, in milliseconds.
        slowest_cpu_ms: f64,
        /// Over how many.
        of: usize,
    },
}

impl Row {
    /// Of `of` things, all but those in `misses` are right.
    pub(super) fn share(
        what: impl Into<String>,
        target: &'static str,
        of: usize,
        misses: Vec<String>,
    ) -> Row {
        let right = of - misses.len();
        let figure = Figure::Share {
            share: ratio(right, of),
            right,
            of,
        };
        Row {
            what: what.into(),
            figure,
            target,
            misses,
        }
    }
}

/// Counts what was found against what should be.
#[derive(Default)]
pub(super) struct Tally {
    tp: usize,
    fp: usize,
    missed: usize,
    misses: Vec<String>,
}

impl Tally {
    /// Of a page `file`: `wanted` must be there, `allowed` may be there.
    pub(super) fn page<T: Ord + std::fmt::Display>(
        &mut self,
        file: &str,
        wanted: &BTreeSet<T>,
        allowed: &BTreeSet<T>,
        found: &BTreeSet<T>,
    ) {
        self.tp += wanted.intersection(found).count();
        for missed in wanted.difference(found) {
            self.missed += 1;
            self.misses.push(format!("{file}: no {missed}"));
        }
        for surplus in found.difference(wanted) {
            if !allowed.contains(surplus) {
                self.fp += 1;
                self.misses.push(format!("{file}: wrongly {surplus}"));
            }
        }
    }

    pub(super) fn row(self, what: impl Into<String>, target: &'static str) -> Row {
        let figure = Figure::Found {
            precision: ratio(self.tp, self.tp + self.fp),
            recall: ratio(self.tp, self.tp + self.missed),
            tp: self.tp,
            fp: self.fp,
            missed: self.missed,
        };
        Row {
            what: what.into(),
            figure,
            target,
            misses: self.misses,
        }
    }
}

/// 1 if there is nothing to be done.
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Figure::Share { share, right, of } => write!(f, "{share:.3} ({right} of {of})"),
            Figure::Mean { mean, of } => write!(f, "{mean:.3} (mean of {of})"),
            Figure::Found {
                precision,
                recall,
                tp,
                fp,
                missed,
            } => write!(
                f,
                "{precision:.3} / {recall:.3} ({tp} tp, {fp} fp, {missed} fn)"
            ),
            Figure::Cost {
                cpu_ms,
                slowest_cpu_ms,
                of,
            } => write!(
                f,
                "{cpu_ms:.1} ms (mean of {of}, slowest {slowest_cpu_ms:.1} ms)"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(ids: &[&'static str]) -> BTreeSet<&'static str> {
        ids.iter().copied().collect()
    }

    #[test]
    fn what_is_allowed_is_neither_rewarded_nor_punished() {
        let mut tally = Tally::default();
        tally.page(
            "a",
            &set(&["dpa", "afp"]),
            &set(&["ap"]),
            &set(&["dpa", "ap", "sid"]),
        );
        tally.page("b", &set(&[]), &set(&["ap"]), &set(&[]));
        let row = tally.row("agencies", "");
        assert_eq!(row.figure.to_string(), "0.500 / 0.500 (1 tp, 1 fp, 1 fn)");
        assert_eq!(row.misses, ["a: no afp", "a: wrongly sid"]);
    }

    #[test]
    fn nothing_to_find_and_nothing_found_is_right() {
        assert_eq!(
            Tally::default().row("", "").figure.to_string(),
            "1.000 / 1.000 (0 tp, 0 fp, 0 fn)"
        );
    }
}

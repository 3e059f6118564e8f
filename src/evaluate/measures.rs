//! Measures of an order of hits.

use std::collections::HashMap;
use std::ops::{AddAssign, Div};

use serde::Serialize;

/// Measures of one query, or their means over several; each from 0 (bad) to 1 (perfect).
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Measures {
    /// Normalised discounted cumulative gain of the first ten hits (Järvelin and Kekäläinen 2002),
    /// with the grade as the gain and the logarithm to base 2 of the rank plus one as discount.
    #[serde(rename = "ndcg@10")]
    pub ndcg_10: f64,
    /// One over the rank of the first relevant hit, 0 if it is not among the first ten.
    #[serde(rename = "mrr@10")]
    pub mrr_10: f64,
    /// Share of the relevant documents among the first ten hits.
    #[serde(rename = "recall@10")]
    pub recall_10: f64,
    /// Share of the relevant documents among the first hundred hits.
    #[serde(rename = "recall@100")]
    pub recall_100: f64,
}

impl Measures {
    /// Measures the hits of a query, best first, by the grades of its relevant documents, of which
    /// there must be one at least.
    pub fn of(hits: &[String], relevant: &HashMap<String, f64>) -> Measures {
        let grade = |id: &String| relevant.get(id).copied().unwrap_or(0.0);
        let gain = |grades: &mut dyn Iterator<Item = f64>| -> f64 {
            let discounted = grades.take(10).enumerate();
            discounted
                .map(|(rank, grade)| grade / (rank as f64 + 2.0).log2())
                .sum()
        };
        let mut ideal: Vec<f64> = relevant.values().copied().collect();
        ideal.sort_by(|a, b| b.total_cmp(a));
        let found = |depth: usize| {
            let found = hits
                .iter()
                .take(depth)
                .filter(|id| relevant.contains_key(*id));
            found.count() as f64 / relevant.len() as f64
        };
        let first = hits
            .iter()
            .take(10)
            .position(|id| relevant.contains_key(id));
        Measures {
            ndcg_10: gain(&mut hits.iter().map(grade)) / gain(&mut ideal.into_iter()),
            mrr_10: first.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0)),
            recall_10: found(10),
            recall_100: found(100),
        }
    }
}

impl AddAssign for Measures {
    fn add_assign(&mut self, other: Measures) {
        self.ndcg_10 += other.ndcg_10;
        self.mrr_10 += other.mrr_10;
        self.recall_10 += other.recall_10;
        self.recall_100 += other.recall_100;
    }
}

impl Div<usize> for Measures {
    type Output = Measures;

    fn div(self, count: usize) -> Measures {
        let count = count as f64;
        Measures {
            ndcg_10: self.ndcg_10 / count,
            mrr_10: self.mrr_10 / count,
            recall_10: self.recall_10 / count,
            recall_100: self.recall_100 / count,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(hits: &[&str], relevant: &[(&str, f64)]) -> Measures {
        let hits: Vec<String> = hits.iter().map(|id| (*id).to_owned()).collect();
        let relevant = relevant
            .iter()
            .map(|(id, grade)| ((*id).to_owned(), *grade))
            .collect();
        Measures::of(&hits, &relevant)
    }

    #[test]
    fn the_best_order_measures_one() {
        let best = of(&["a", "b", "x"], &[("a", 2.0), ("b", 1.0)]);
        for measure in [best.ndcg_10, best.mrr_10, best.recall_10, best.recall_100] {
            assert!((measure - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_relevant_hit_on_the_second_place() {
        let second = of(&["x", "a"], &[("a", 1.0), ("b", 1.0)]);
        assert!((second.mrr_10 - 0.5).abs() < 1e-12);
        assert!((second.recall_10 - 0.5).abs() < 1e-12);
        // 1/log2(3) over 1 + 1/log2(3).
        assert!((second.ndcg_10 - 0.386_852_807).abs() < 1e-6);
    }

    #[test]
    fn no_hits_measure_nothing() {
        assert_eq!(of(&[], &[("a", 1.0)]), Measures::default());
    }
}

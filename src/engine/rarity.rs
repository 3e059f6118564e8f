//! How much terms weigh by how rare they are.

/// The weight of a term that `matching` of `documents` documents have.
pub(super) fn idf(matching: u64, documents: u64) -> f32 {
    // Counts of several terms put together may exceed the number of documents.
    let matching = matching.min(documents);
    let odds = ((documents - matching) as f32 + 0.5) / (matching as f32 + 0.5);
    (1.0 + odds).ln()
}

/// About how many of `documents` documents have any of several terms, from how many have each: as
/// if the terms did not know of each other. Exact for one term.
pub(super) fn union(matching: &[u64], documents: u64) -> u64 {
    if let [only] = matching {
        return *only;
    }
    let all = documents.max(1) as f64;
    let without: f64 = (matching.iter())
        .map(|count| 1.0 - (*count as f64 / all).min(1.0))
        .product();
    (all * (1.0 - without)).round() as u64
}

#[cfg(test)]
mod tests {
    use super::{idf, union};

    #[test]
    fn what_is_rare_weighs_more() {
        assert!(idf(1, 100) > idf(10, 100));
        assert!(idf(100, 100) > 0.0);
    }

    #[test]
    fn a_union_lies_between_its_largest_part_and_their_sum() {
        assert_eq!(union(&[7], 100), 7);
        assert_eq!(union(&[50, 50], 100), 75);
        assert_eq!(union(&[100, 3], 100), 100);
        assert_eq!(union(&[1, 1], 1_000_000), 2);
        assert_eq!(union(&[0, 0], 10), 0);
    }
}

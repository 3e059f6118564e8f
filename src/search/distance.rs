//! How far are two words apart?

/// Whether `term` comes of `word` by at most `most` insertions, deletions, replacements and swaps
/// of neighbours (optimal string alignment).
pub(crate) fn is_within_distance(word: &[char], term: &str, most: usize) -> bool {
    // Long texts are not even read to their end.
    let length = term.chars().take(word.len() + most + 1).count();
    if length.abs_diff(word.len()) > most {
        return false;
    }
    let term: Vec<char> = term.chars().collect();
    let width = term.len() + 1;
    let mut before = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    for (row, letter) in word.iter().enumerate() {
        let mut next = vec![row + 1; width];
        for column in 1..width {
            let same = term[column - 1] == *letter;
            let mut least = (last[column - 1] + usize::from(!same))
                .min(last[column] + 1)
                .min(next[column - 1] + 1);
            if row > 0
                && column > 1
                && term[column - 1] == word[row - 1]
                && term[column - 2] == *letter
            {
                least = least.min(before[column - 2] + 1);
            }
            next[column] = least;
        }
        if next.iter().min().is_some_and(|least| *least > most) {
            return false;
        }
        before = std::mem::replace(&mut last, next);
    }
    last[width - 1] <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(word: &str, term: &str, most: usize) -> bool {
        is_within_distance(&word.chars().collect::<Vec<_>>(), term, most)
    }

    #[test]
    fn one_letter_or_one_swap_is_one_step() {
        for term in [
            "selenskyj",
            "selensky",
            "selenskiyj",
            "selenskxj",
            "sleenskyj",
        ] {
            assert!(near("selenskyj", term, 1), "{term}");
        }
        assert!(!near("selenskyj", "zelensky", 1));
        assert!(near("selenskyj", "zelensky", 2));
        assert!(!near("kursk", "kurz", 1));
        assert!(near("kursk", "kurz", 2));
    }

    #[test]
    fn words_that_differ_in_length_by_more_are_too_far_apart() {
        assert!(near("", "ab", 2) && !near("", "abc", 2));
        assert!(near("ab", "abcd", 2) && !near("ab", "abcde", 2));
        assert!(!near("ab", &"ab".repeat(1000), 2));
    }
}

//! Held against the letters of a key, one by one: can a word still become one that is asked for?

use crate::search::WordsLike;

/// Most letters (bytes) of a shape; nothing is like a longer one.
const LONGEST: usize = u64::BITS as usize - 1;
/// Most letters that may differ.
const MOST: usize = 2;

/// What keys look like that are asked for.
pub(super) struct Shape {
    /// For each letter, a bit for each place in the shape where it stands.
    places: Box<[u64; 256]>,
    /// Number of letters.
    len: usize,
    /// How many letters may differ.
    most: usize,
    /// Whether anything may follow.
    is_beginning: bool,
}

/// How far a key has come.
#[derive(Debug, Clone)]
pub(super) enum State {
    /// Whatever follows, it fits.
    Fits,
    /// It may have become some of the first letters of the shape.
    Ways(Ways),
}

/// All ways in which a key may go through the shape at once, a bit for each number of letters: the
/// automaton of S. Wu and U. Manber, *Fast text searching allowing errors* (1992), with swaps of
/// neighbours besides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ways {
    /// By how many letters differ, how many letters of the shape the key may have become.
    covered: [u64; MOST + 1],
    /// The same if the last letter was that behind the next one, which would have to follow now.
    swapping: [u64; MOST + 1],
}

impl Shape {
    pub(super) fn new(like: &WordsLike) -> Shape {
        let (key, most, is_beginning) = match like {
            WordsLike::Beginning { key, typos } => (key, *typos, true),
            WordsLike::Near { key, distance } => (key, *distance, false),
        };
        let mut places = Box::new([0; 256]);
        for (place, letter) in key.bytes().enumerate().take(LONGEST) {
            places[usize::from(letter)] |= 1 << place;
        }
        Shape {
            places,
            len: key.len(),
            most: usize::from(most).min(MOST),
            is_beginning,
        }
    }

    /// The state before the first letter; `None` if no key fits.
    pub(super) fn start(&self) -> Option<State> {
        if self.is_beginning && self.len == 0 {
            return Some(State::Fits);
        }
        // So many letters may be missing.
        let covered = std::array::from_fn(|differing| ((2 << differing) - 1) & self.all());
        let swapping = [0; MOST + 1];
        (self.len <= LONGEST).then_some(State::Ways(Ways { covered, swapping }))
    }

    /// A bit for each number of letters up to that of the shape.
    fn all(&self) -> u64 {
        u64::MAX >> LONGEST.saturating_sub(self.len)
    }

    /// The state after one more letter; `None` if nothing that follows can make it fit.
    pub(super) fn step(&self, state: &State, letter: u8) -> Option<State> {
        let State::Ways(Ways { covered, swapping }) = state else {
            return Some(State::Fits);
        };
        let here = self.places[usize::from(letter)];
        let all = self.all();
        let mut next = Ways {
            covered: [(covered[0] & here) << 1, 0, 0],
            swapping: [0; MOST + 1],
        };
        for differing in 1..=self.most {
            let before = covered[differing - 1];
            let right = (covered[differing] & here) << 1;
            // One letter more, another letter, one letter less.
            let (more, other) = (before, before << 1);
            let less = next.covered[differing - 1] << 1;
            let swapped = (swapping[differing] & here) << 2;
            next.covered[differing] = (right | more | other | less | swapped) & all;
            next.swapping[differing] = before & (here >> 1);
        }
        let reached = next.covered[self.most];
        if self.is_beginning && reached >> self.len & 1 == 1 {
            return Some(State::Fits);
        }
        // What is reached with fewer differences is reached with more, too.
        (reached != 0).then_some(State::Ways(next))
    }

    /// Whether a key that ends here fits.
    pub(super) fn fits(&self, state: &State) -> bool {
        match state {
            State::Fits => true,
            State::Ways(ways) => ways.covered[self.most] >> self.len & 1 == 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(like: &WordsLike, word: &str) -> bool {
        let shape = Shape::new(like);
        let Some(mut state) = shape.start() else {
            return false;
        };
        for letter in word.bytes() {
            match shape.step(&state, letter) {
                Some(next) => state = next,
                None => return false,
            }
        }
        shape.fits(&state)
    }

    #[test]
    fn a_beginning_is_followed_by_anything() {
        let exactly = |key: &str| WordsLike::Beginning {
            key: key.into(),
            typos: 0,
        };
        assert!(fits(&exactly("kur"), "kursk") && fits(&exactly("kur"), "kur"));
        assert!(!fits(&exactly("kur"), "ku") && !fits(&exactly("kur"), "krusk"));
        assert!(fits(&exactly(""), "ab"));
        let nearly = WordsLike::Beginning {
            key: "kurs".into(),
            typos: 1,
        };
        for word in ["krusk", "kuhrsk", "kusk", "hursk", "kur"] {
            assert!(fits(&nearly, word), "{word}");
        }
        assert!(!fits(&nearly, "ku") && !fits(&nearly, "kasten"));
    }

    #[test]
    fn a_whole_word_differs_by_letters_and_swaps() {
        let near = |distance| WordsLike::Near {
            key: "selenskyj".into(),
            distance,
        };
        assert!(fits(&near(0), "selenskyj") && !fits(&near(0), "selensky"));
        for word in ["selensky", "sleenskyj", "selenskxj", "selenskiyj"] {
            assert!(fits(&near(1), word), "{word}");
        }
        assert!(!fits(&near(1), "zelensky") && fits(&near(2), "zelensky"));
        assert!(!fits(&near(2), "selen"));
    }

    #[test]
    fn the_longest_shapes_are_sixty_three_letters() {
        for (len, is_like) in [(62, true), (63, true), (64, false), (500, false)] {
            let key = "kran".repeat(len / 4 + 1)[..len].to_owned();
            let near = WordsLike::Near {
                key: key.clone(),
                distance: 2,
            };
            assert_eq!(fits(&near, &key), is_like, "{len}");
            assert_eq!(fits(&near, &key[..len - 2]), is_like, "{len}");
            assert_eq!(fits(&near, &format!("{key}xy")), is_like, "{len}");
            assert!(!fits(&near, &format!("{key}xyz")), "{len}");
        }
    }

    proptest::proptest! {
        /// The same as counting by a table of all beginnings (optimal string alignment).
        #[test]
        fn differences_are_counted_as_by_a_table(
            key in "[abc]{0,9}", word in "[abc]{0,9}", most in 0_u8..3,
        ) {
            let (left, right) = (key.as_bytes(), word.as_bytes());
            let mut table = vec![vec![0; right.len() + 1]; left.len() + 1];
            for (i, j) in (0..=left.len()).flat_map(|i| (0..=right.len()).map(move |j| (i, j))) {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let other = table[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
                    let least = other.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    let swaps = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                    if swaps { least.min(table[i - 2][j - 2] + 1) } else { least }
                };
            }
            let near = WordsLike::Near { key: key.clone(), distance: most };
            let is_near = table[left.len()][right.len()] <= usize::from(most);
            proptest::prop_assert_eq!(fits(&near, &word), is_near);
            let begins = table[left.len()].iter().any(|differing| *differing <= usize::from(most));
            let beginning = WordsLike::Beginning { key: key.clone(), typos: most };
            proptest::prop_assert_eq!(fits(&beginning, &word), begins);
        }
    }
}

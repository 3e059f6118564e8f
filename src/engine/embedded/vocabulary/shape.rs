//! Held against the letters of a key, one by one: can a word still become one that is asked for?

use smallvec::SmallVec;

use crate::search::WordsLike;

/// What keys look like that are asked for.
pub(super) struct Shape {
    letters: Vec<u8>,
    /// How many letters may differ.
    most: u8,
    /// Whether anything may follow.
    is_beginning: bool,
}

/// How far a key has come.
#[derive(Debug, Clone)]
pub(super) enum State {
    /// Whatever follows, it fits.
    Fits,
    /// The number of differing letters for each number of letters of the shape.
    Row {
        now: Row,
        /// One letter before, and that letter.
        before: Row,
        letter: u8,
    },
}

type Row = SmallVec<[u8; 24]>;

impl Shape {
    pub(super) fn new(like: &WordsLike) -> Shape {
        let (key, most, is_beginning) = match like {
            WordsLike::Beginning { key, typos } => (key, *typos, true),
            WordsLike::Near { key, distance } => (key, *distance, false),
        };
        Shape {
            letters: key.as_bytes().to_vec(),
            most: most.min(2),
            is_beginning,
        }
    }

    /// The state before the first letter.
    pub(super) fn start(&self) -> State {
        if self.is_beginning && self.letters.is_empty() {
            return State::Fits;
        }
        let most = self.most;
        State::Row {
            now: (0..=self.letters.len())
                .map(|count| (count as u8).min(most + 1))
                .collect(),
            before: Row::new(),
            letter: 0,
        }
    }

    /// The state after one more letter; `None` if nothing that follows can make it fit.
    pub(super) fn step(&self, state: &State, letter: u8) -> Option<State> {
        let State::Row {
            now,
            before,
            letter: last,
        } = state
        else {
            return Some(State::Fits);
        };
        let too_many = self.most + 1;
        let mut next = Row::with_capacity(now.len());
        next.push((now[0] + 1).min(too_many));
        for (at, wanted) in self.letters.iter().enumerate() {
            let mut least = (now[at] + u8::from(*wanted != letter))
                .min(now[at + 1] + 1)
                .min(next[at] + 1);
            let is_swap = at > 0 && self.letters[at - 1] == letter && wanted == last;
            if is_swap && let Some(before) = before.get(at - 1) {
                least = least.min(before + 1);
            }
            next.push(least.min(too_many));
        }
        if self.is_beginning && next[self.letters.len()] <= self.most {
            return Some(State::Fits);
        }
        let can_fit = next.iter().any(|differing| *differing <= self.most);
        can_fit.then(|| State::Row {
            now: next,
            before: now.clone(),
            letter,
        })
    }

    /// Whether a key that ends here fits.
    pub(super) fn fits(&self, state: &State) -> bool {
        match state {
            State::Fits => true,
            State::Row { now, .. } => now[self.letters.len()] <= self.most,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(like: &WordsLike, word: &str) -> bool {
        let shape = Shape::new(like);
        let mut state = shape.start();
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
}

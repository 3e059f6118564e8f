//! Looking up forms that begin alike: of a word, the word itself is asked, what is left of it without
//! this or that ending, and its beginning as part of a compound. Each look goes on from where the way
//! of an earlier one leaves it.

use std::cell::RefCell;

use super::lexicon::{Walk, lexicon};

/// Ways that a thread remembers.
const TRAILS: usize = 16;

/// How far the lexicon went along with a form.
#[derive(Default)]
struct Trail {
    letters: Vec<u8>,
    /// Where it was before the first letter, and after each.
    walks: Vec<Walk>,
}

thread_local! {
    static REMEMBERED: RefCell<[Trail; TRAILS]> = RefCell::default();
}

/// The place in the lexicon after a folded form; `None` if no known form begins so.
pub(super) fn follow(form: &str) -> Option<Walk> {
    along(form, |walks| walks.get(form.len()).copied())
}

/// Visits the places in the lexicon before the first byte of a folded form and after each, as far as some
/// known form goes on like that.
pub(super) fn along<T>(form: &str, visit: impl FnOnce(&[Walk]) -> T) -> T {
    let bytes = form.as_bytes();
    let place = (bytes.iter().take(3)).fold(0, |place, byte| place * 7 + usize::from(*byte));
    REMEMBERED.with_borrow_mut(|trails| {
        let trail = &mut trails[place % TRAILS];
        let reached = trail.go(bytes);
        visit(&trail.walks[..=reached])
    })
}

impl Trail {
    /// Goes along a form; how many letters the lexicon goes with it.
    fn go(&mut self, form: &[u8]) -> usize {
        let both = form.iter().zip(&self.letters);
        let mut reached = both.take_while(|(one, other)| one == other).count();
        let mut walk = match self.walks.get(reached) {
            Some(walk) => *walk,
            None => {
                self.walks.push(lexicon().walk());
                self.walks[0]
            }
        };
        while let Some(byte) = form.get(reached)
            && let Some(next) = walk.step(*byte)
        {
            self.letters.truncate(reached);
            self.walks.truncate(reached + 1);
            self.letters.push(*byte);
            self.walks.push(next);
            walk = next;
            reached += 1;
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_the_same_wherever_it_begins() {
        let words = "haus hausboot häuser hausbootes xyzzy hauses bundesverfassungsgericht bund bundes \
                     haus h  bundesverfassung bündnis verfassung haus";
        for form in words.split(' ').chain(words.split(' ').rev()) {
            let walk = form.bytes().try_fold(lexicon().walk(), Walk::step);
            let number = |walk: Walk| walk.number();
            assert_eq!(follow(form).map(number), walk.map(number), "{form}");
            let reached = (0..=form.len()).rev().find(|len| {
                let mut bytes = form.bytes().take(*len);
                bytes.try_fold(lexicon().walk(), Walk::step).is_some()
            });
            assert_eq!(
                along(form, |walks| walks.len() - 1),
                reached.unwrap(),
                "{form}"
            );
        }
    }
}

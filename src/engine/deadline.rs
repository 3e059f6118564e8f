//! Until when a search may go on.
//!
//! A search runs on one thread from its beginning to its end. So whoever answers others says once, around
//! all that is done for them, until when it may last; nothing in between has to hand that on.

use std::cell::Cell;
use std::time::Instant;

use super::{EngineError, EngineErrorKind, Result};

thread_local! {
    static UNTIL: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Puts back what held before, also when work panics.
struct Before(Option<Instant>);

impl Drop for Before {
    fn drop(&mut self) {
        UNTIL.set(self.0);
    }
}

/// Does some work; searches in it that go on after `until` fail with [`EngineErrorKind::Late`]. An
/// embedded index looks at the clock now and then as it walks the documents that match, so it may take
/// a little longer; a cluster has limits of its own.
pub fn within<T>(until: Instant, work: impl FnOnce() -> T) -> T {
    let before = UNTIL.get();
    let _before = Before(before);
    UNTIL.set(Some(before.map_or(until, |before| before.min(until))));
    work()
}

/// An error if the time is over.
pub(super) fn check() -> Result<()> {
    match UNTIL.get() {
        Some(until) if Instant::now() >= until => {
            let message = "the search took too long and was given up; ask for less, or later";
            Err(EngineError::new(EngineErrorKind::Late, message))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_earliest_end_holds_as_long_as_the_work_lasts() {
        let now = Instant::now();
        let hour = Duration::from_secs(3600);
        assert!(check().is_ok());
        within(now + hour, || {
            assert!(check().is_ok());
            within(now, || {
                assert_eq!(check().unwrap_err().kind, EngineErrorKind::Late)
            });
            assert!(check().is_ok());
        });
        within(now, || within(now + hour, || assert!(check().is_err())));
        let panics = || within(now, || panic!("on purpose"));
        assert!(std::panic::catch_unwind(panics).is_err());
        assert!(check().is_ok());
    }
}

//! The commits that searches can see: the newest, and older ones that are held for later pages.
//!
//! A commit that was opened stays as it is while anyone has it open, also when its files are
//! deleted. So holding one is keeping its snapshot; what that costs is the memory of the snapshot,
//! and disk space until it goes.

use std::cmp::Reverse;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long older commits are held for later pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// Time since a page of the commit was last asked for. No commit is held for longer than
    /// [`Holding::MOST_TIMES`] this time: what was deleted since does not count for ever.
    pub time: Duration,
    /// Most commits beside the newest. Those go first of which only the first page was asked for,
    /// and of these the one for which that is the longest ago.
    pub most: usize,
}

impl Holding {
    /// How many times its time a commit is held at most, since a newer one came.
    pub const MOST_TIMES: u32 = 12;
}

impl Default for Holding {
    /// Four commits, for five minutes.
    fn default() -> Holding {
        Holding {
            time: Duration::from_secs(5 * 60),
            most: 4,
        }
    }
}

/// Something that was opened, by its commit.
pub(super) trait Numbered {
    fn commit(&self) -> u64;
}

/// All commits that are open.
pub(super) struct Versions<S> {
    newest: Version<S>,
    older: Vec<Version<S>>,
    holding: Holding,
}

struct Version<S> {
    snapshot: Arc<S>,
    /// When a page of it was last asked for, if it is held for further ones.
    paged: Option<Instant>,
    /// Whether more than the first page of it was asked for.
    continued: bool,
    /// When a newer one came.
    replaced: Option<Instant>,
}

impl<S> Version<S> {
    fn new(snapshot: Arc<S>, paged: Option<Instant>) -> Version<S> {
        Version {
            snapshot,
            paged,
            continued: false,
            replaced: None,
        }
    }
}

impl<S: Numbered> Versions<S> {
    pub(super) fn new(newest: S) -> Versions<S> {
        Versions {
            newest: Version::new(Arc::new(newest), None),
            older: Vec::new(),
            holding: Holding::default(),
        }
    }

    pub(super) fn set_holding(&mut self, holding: Holding, at: Instant) {
        self.holding = holding;
        self.tidy(at);
    }

    pub(super) fn newest(&self) -> Arc<S> {
        Arc::clone(&self.newest.snapshot)
    }

    /// The commit of that number if it is held, else the newest.
    pub(super) fn get(&mut self, commit: Option<u64>, at: Instant) -> Arc<S> {
        self.tidy(at);
        let all = std::iter::once(&mut self.newest).chain(&mut self.older);
        let mut held = all.filter(|version| commit == Some(version.snapshot.commit()));
        match held.next() {
            Some(version) => {
                (version.paged, version.continued) = (Some(at), true);
                Arc::clone(&version.snapshot)
            }
            None => self.newest(),
        }
    }

    /// Holds a commit for further pages, also if it was replaced since it was taken from here.
    pub(super) fn hold(&mut self, snapshot: &Arc<S>, at: Instant) {
        let all = std::iter::once(&mut self.newest).chain(&mut self.older);
        let mut known = all.filter(|version| Arc::ptr_eq(&version.snapshot, snapshot));
        match known.next() {
            Some(version) => version.paged = Some(at),
            None => self.older.push(Version {
                replaced: Some(at),
                ..Version::new(Arc::clone(snapshot), Some(at))
            }),
        }
        self.tidy(at);
    }

    /// Puts a newer commit in place of the newest.
    pub(super) fn replace(&mut self, newest: S, at: Instant) {
        let newest = Version::new(Arc::new(newest), None);
        let mut replaced = std::mem::replace(&mut self.newest, newest);
        replaced.replaced = Some(at);
        self.older.push(replaced);
        self.tidy(at);
    }

    /// Lets go what need not be held any more.
    pub(super) fn tidy(&mut self, at: Instant) {
        let time = self.holding.time;
        let is_held = |version: &Version<S>| {
            let since = |it: Option<Instant>| it.map(|it| at.saturating_duration_since(it));
            since(version.paged).is_some_and(|paged| paged <= time)
                && since(version.replaced).is_none_or(|all| all <= time * Holding::MOST_TIMES)
        };
        self.older.retain(is_held);
        let use_of = |version: &Version<S>| Reverse((version.continued, version.paged));
        self.older.sort_by_key(use_of);
        self.older.truncate(self.holding.most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Numbered for u64 {
        fn commit(&self) -> u64 {
            *self
        }
    }

    fn commits(versions: &Versions<u64>) -> Vec<u64> {
        let all = versions.older.iter().map(|version| *version.snapshot);
        all.collect()
    }

    #[test]
    fn a_commit_is_held_for_some_time_after_its_last_page() {
        let start = Instant::now();
        let minute = |minute: u64| start + Duration::from_secs(60 * minute);
        let mut versions = Versions::new(1_u64);
        let first = versions.newest();
        versions.hold(&first, minute(0));
        versions.replace(2, minute(3));
        assert_eq!(*versions.get(Some(1), minute(4)), 1);
        assert_eq!(*versions.get(Some(1), minute(9)), 1);
        assert_eq!(*versions.get(None, minute(9)), 2);
        assert_eq!(*versions.get(Some(1), minute(15)), 2);
        assert!(commits(&versions).is_empty());
    }

    #[test]
    fn no_commit_is_held_for_ever() {
        let start = Instant::now();
        let minute = |minute: u64| start + Duration::from_secs(60 * minute);
        let mut versions = Versions::new(1_u64);
        let first = versions.newest();
        versions.hold(&first, minute(0));
        versions.replace(2, minute(0));
        for at in (4..=60).step_by(4) {
            assert_eq!(*versions.get(Some(1), minute(at)), 1);
        }
        assert_eq!(*versions.get(Some(1), minute(64)), 2);
    }

    #[test]
    fn a_commit_of_which_nobody_wants_more_goes_at_once() {
        let now = Instant::now();
        let mut versions = Versions::new(1_u64);
        versions.get(None, now);
        versions.replace(2, now);
        assert!(commits(&versions).is_empty());
    }

    #[test]
    fn of_too_many_commits_those_stay_that_are_paged_through() {
        let start = Instant::now();
        let second = |second| start + Duration::from_secs(second);
        let mut versions = Versions::new(1_u64);
        let holding = Holding {
            most: 2,
            ..Holding::default()
        };
        versions.set_holding(holding, start);
        for next in 2..=4 {
            let newest = versions.newest();
            versions.hold(&newest, second(next));
            versions.replace(next, second(next));
            versions.get(Some(1), second(next));
        }
        assert_eq!(commits(&versions), [1, 3]);
    }

    #[test]
    fn a_commit_that_was_replaced_during_a_search_is_held_all_the_same() {
        let now = Instant::now();
        let mut versions = Versions::new(1_u64);
        let searched = versions.newest();
        versions.replace(2, now);
        versions.hold(&searched, now);
        assert_eq!(*versions.get(Some(1), now), 1);
    }
}

//! Cursors: where the next page begins, as a text that addresses can carry.

use super::AskError;
use crate::document::PartialDate;
use crate::search::{After, HalfLife, Recency, SearchRequest, Sort};

/// The orders, each with its letter.
const ORDERS: [(char, Sort); 4] = [
    ('s', Sort::Relevance),
    ('n', Sort::Newest),
    ('o', Sort::Oldest),
    ('i', Sort::Added),
];

/// The place after a hit, and the commit in which it was that place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) commit: u64,
    /// Whether the words were relaxed to any of them.
    pub(super) relaxed: bool,
    pub(super) after: After,
    /// The moment of the first page. Later pages answer for it, but never for a later one than now:
    /// anyone can write a cursor.
    pub(super) now: PartialDate,
    /// The order that it is the place in.
    pub(super) sort: Sort,
    /// How scores fall with age in that order, and from which day, if they do.
    pub(super) recency: Option<Recency>,
}

impl Cursor {
    /// Has a request go on from here; its order must be the cursor's.
    pub(super) fn resume(&self, request: &mut SearchRequest) -> Result<(), AskError> {
        let half_life = |recency: Option<Recency>| recency.map(|recency| recency.half_life);
        if self.sort != request.sort || half_life(self.recency) != half_life(request.recency) {
            return Err(AskError::CursorOrder);
        }
        request.recency = self.recency;
        request.commit = Some(self.commit);
        request.after = Some(self.after.clone());
        if self.now.beginning() < request.now.beginning() {
            request.now = self.now;
        }
        Ok(())
    }

    pub(super) fn encode(&self) -> String {
        let relaxed = if self.relaxed { 'r' } else { 'a' };
        let letter = ORDERS.iter().find(|(_, sort)| *sort == self.sort);
        let order = letter.map_or('s', |(letter, _)| *letter);
        let id: String = (self.after.id.bytes())
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let (commit, rank, now) = (self.commit, self.after.rank, self.now.to_bits());
        let (origin, days) = (self.recency).map_or((0, 0), |recency| {
            (recency.origin.to_bits(), recency.half_life.in_days())
        });
        format!("{commit:x}-{relaxed}{order}{rank:x}-{now:x}-{origin:x}.{days:x}-{id}")
    }

    pub(super) fn decode(text: &str) -> Option<Cursor> {
        let mut parts = text.split('-');
        let (commit, rank) = (parts.next()?, parts.next()?);
        let (now, recency, id) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || !id.len().is_multiple_of(2) || !id.is_ascii() {
            return None;
        }
        let bytes = (0..id.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&id[at..at + 2], 16).ok());
        let relaxed = rank.starts_with('r');
        let rank = rank.strip_prefix(['r', 'a'])?;
        let (_, sort) = *(ORDERS.iter()).find(|(letter, _)| rank.starts_with(*letter))?;
        let number = |text| u32::from_str_radix(text, 16).ok();
        Some(Cursor {
            now: PartialDate::from_bits(number(now)?)?,
            sort,
            recency: match recency.split_once('.')? {
                ("0", "0") => None,
                (origin, days) => Some(Recency {
                    half_life: HalfLife::days(number(days)?)?,
                    origin: PartialDate::from_bits(number(origin)?)?,
                }),
            },
            commit: u64::from_str_radix(commit, 16).ok()?,
            relaxed,
            after: After {
                rank: number(rank.get(1..)?)?,
                id: String::from_utf8(bytes.collect::<Option<_>>()?).ok()?,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_whatever_the_id() {
        for id in ["000_ce0b", "ä-b/c?d", ""] {
            let cursor = Cursor {
                commit: 7,
                relaxed: id.is_empty(),
                now: "2025-04-28T08:45".parse().unwrap(),
                sort: Sort::Oldest,
                recency: id.is_empty().then(|| Recency {
                    half_life: "2w".parse().unwrap(),
                    origin: "2025-04-28".parse().unwrap(),
                }),
                after: After {
                    rank: 1.5_f32.to_bits(),
                    id: id.to_owned(),
                },
            };
            assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }
    }

    #[test]
    fn other_texts_are_no_cursor() {
        for text in [
            "",
            "x",
            "1-2",
            "1-as2-7e900800-0.0-zz",
            "1-as2-7e900800-0.0-616",
            "1-as2-7e900800-0.0-61-7",
            "1-qs2-7e900800-0.0-61",
            "1-aq2-7e900800-0.0-61",
            "1-a2-7e900800-0.0-61",
            "1-as2-0-0.0-61",
            "1-as2-7e900800-0-61",
            "1-as2-7e900800-1.1-61",
            "1-as2-7e900800-7e900800.0-61",
            "1-as2-7e900800-0.0-ä",
        ] {
            assert_eq!(Cursor::decode(text), None, "{text}");
        }
    }
}

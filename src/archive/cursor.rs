//! Cursors: where the next page begins, as a text that addresses can carry.

use crate::document::PartialDate;
use crate::search::After;

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
    /// The day from which ages are counted, if they count.
    pub(super) origin: Option<PartialDate>,
}

impl Cursor {
    pub(super) fn encode(&self) -> String {
        let relaxed = if self.relaxed { "r" } else { "a" };
        let id: String = (self.after.id.bytes())
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let (commit, rank, now) = (self.commit, self.after.rank, self.now.to_bits());
        let origin = self.origin.map_or(0, PartialDate::to_bits);
        format!("{commit:x}-{relaxed}{rank:x}-{now:x}-{origin:x}-{id}")
    }

    pub(super) fn decode(text: &str) -> Option<Cursor> {
        let mut parts = text.split('-');
        let (commit, rank) = (parts.next()?, parts.next()?);
        let (now, origin, id) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || !id.len().is_multiple_of(2) || !id.is_ascii() {
            return None;
        }
        let bytes = (0..id.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&id[at..at + 2], 16).ok());
        let relaxed = rank.starts_with('r');
        let rank = rank.strip_prefix(['r', 'a'])?;
        let number = |text| u32::from_str_radix(text, 16).ok();
        Some(Cursor {
            now: PartialDate::from_bits(number(now)?)?,
            origin: match number(origin)? {
                0 => None,
                bits => Some(PartialDate::from_bits(bits)?),
            },
            commit: u64::from_str_radix(commit, 16).ok()?,
            relaxed,
            after: After {
                rank: number(rank)?,
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
                origin: "2025-04-28".parse().ok().filter(|_| id.is_empty()),
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
            "1-a2-7e900800-0-zz",
            "1-a2-7e900800-0-616",
            "1-a2-7e900800-0-61-7",
            "1-q2-7e900800-0-61",
            "1-a2-0-0-61",
            "1-a2-7e900800-1-61",
            "1-a2-7e900800-0-ä",
        ] {
            assert_eq!(Cursor::decode(text), None, "{text}");
        }
    }
}

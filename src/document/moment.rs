//! Moments in UTC, as citations and feeds state them.

use std::time::{SystemTime, UNIX_EPOCH};

use super::PartialDate;
use super::stamp::{berlin_offset, civil, days_since_1970};

/// A second in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    seconds: i64,
}

impl Moment {
    /// Now.
    pub fn now() -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        Moment::from_unix_seconds(since.map_or(0, |since| since.as_secs() as i64))
    }

    /// So many seconds after the beginning of 1970; years 0 to 9999, the nearest of them.
    pub fn from_unix_seconds(seconds: i64) -> Moment {
        Moment {
            seconds: seconds.clamp(-62_167_219_200, 253_402_300_799),
        }
    }

    /// The first moment of a local date (Europe/Berlin).
    pub fn beginning_of(date: PartialDate) -> Moment {
        let (month, day) = (
            date.month_number().unwrap_or(1),
            date.day_number().unwrap_or(1),
        );
        let (hour, minute) = date.time().unwrap_or((0, 0));
        let days = days_since_1970(i64::from(date.year_number()), month, day);
        let local = days * 86_400 + i64::from(hour) * 3_600 + i64::from(minute) * 60;
        // The offset an hour before is that of the moment itself, but for the hour in which the
        // clocks change.
        Moment::from_unix_seconds(local - berlin_offset(local - 3_600))
    }

    /// Year, month and day.
    pub fn day(self) -> (i64, u8, u8) {
        civil(self.seconds.div_euclid(86_400))
    }

    /// The day as `2026-11-24`.
    pub fn date(self) -> String {
        let (year, month, day) = self.day();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// The moment as `2026-11-24T07:30:00Z`.
    pub fn stamp(self) -> String {
        let second = self.seconds.rem_euclid(86_400);
        let (hour, minute) = (second / 3_600, second / 60 % 60);
        format!("{}T{hour:02}:{minute:02}:{:02}Z", self.date(), second % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beginning(date: &str) -> String {
        Moment::beginning_of(date.parse().unwrap()).stamp()
    }

    #[test]
    fn moments_are_printed_in_utc() {
        assert_eq!(Moment::from_unix_seconds(0).stamp(), "1970-01-01T00:00:00Z");
        assert_eq!(
            Moment::from_unix_seconds(1_795_505_445).stamp(),
            "2026-11-24T07:30:45Z"
        );
    }

    #[test]
    fn local_dates_begin_an_hour_or_two_before_those_of_utc() {
        assert_eq!(beginning("2025-04-28T08:45"), "2025-04-28T06:45:00Z");
        assert_eq!(beginning("2025-04-28"), "2025-04-27T22:00:00Z");
        assert_eq!(beginning("2025-02"), "2025-01-31T23:00:00Z");
        assert_eq!(beginning("2025"), "2024-12-31T23:00:00Z");
        assert_eq!(beginning("2025-03-30"), "2025-03-29T23:00:00Z");
        assert_eq!(beginning("2025-03-30T03:30"), "2025-03-30T01:30:00Z");
        assert_eq!(beginning("2025-10-27T00:10"), "2025-10-26T23:10:00Z");
    }
}

//! Moments in UTC, as citations and feeds state them.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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

    /// Seconds since the beginning of 1970.
    pub fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// The minute that clocks in Germany show (Europe/Berlin); `None` beyond the years that dates
    /// have.
    pub fn local(self) -> Option<PartialDate> {
        PartialDate::from_unix_seconds(self.seconds)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.stamp())
    }
}

/// A text that is no moment as [`Moment::stamp`] writes them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no moment in UTC, such as 2026-11-24T07:30:00Z")]
pub struct MomentParseError(String);

impl FromStr for Moment {
    type Err = MomentParseError;

    fn from_str(text: &str) -> Result<Moment, MomentParseError> {
        let parse = || {
            let number = |range: std::ops::Range<usize>| -> Option<i64> {
                let digits = text.get(range)?;
                let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
                digits.parse().ok().filter(|_| all_digits)
            };
            let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
            let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
            let days = days_since_1970(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
            let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second;
            let moment = Moment::from_unix_seconds(seconds);
            // What is written back as it was has no 31st of February and no 25th hour.
            (moment.stamp() == text).then_some(moment)
        };
        parse().ok_or_else(|| MomentParseError(text.chars().take(40).collect()))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Moment, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
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
    fn moments_are_read_as_they_are_printed_and_nothing_else_is() {
        for stamp in [
            "1970-01-01T00:00:00Z",
            "2026-11-24T07:30:45Z",
            "9999-12-31T23:59:59Z",
        ] {
            assert_eq!(stamp.parse::<Moment>().unwrap().stamp(), stamp);
        }
        for text in [
            "",
            "2026-11-24",
            "2026-02-30T07:30:45Z",
            "2026-11-24T24:00:00Z",
            "2026-11-24T07:30:45+01:00",
            "2026-11-24T07:30:4äZ",
            "+026-11-24T07:30:45Z",
        ] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
    }

    #[test]
    fn clocks_in_germany_are_an_hour_or_two_ahead() {
        let local = |stamp: &str| {
            stamp
                .parse::<Moment>()
                .unwrap()
                .local()
                .unwrap()
                .to_string()
        };
        assert_eq!(local("2026-11-24T23:30:45Z"), "2026-11-25T00:30");
        assert_eq!(local("2026-06-24T07:30:00Z"), "2026-06-24T09:30");
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

//! Dates that are known to the year, the month, the day or the minute.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How precisely a date is known.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    utoipa::ToSchema,
    Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
    /// The day and the time of day.
    Minute,
}

/// What a date is the date of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, utoipa::ToSchema, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateKind {
    /// First publication.
    Published,
    /// The last update; no publication date was given.
    Updated,
    /// A date that an archive put at the head of the text.
    Header,
}

/// A local date (Europe/Berlin) that may lack time, day or month.
///
/// All of it fits in 32 bits: 12 for the year, 4 for the month, 5 for the day and 11 for the
/// minute of the day plus one, 0 meaning "not known". Compared as numbers, dates are in order of
/// time as far as they are equally precise; [`PartialDate::beginning`] makes them comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate(u32);

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no date; write 2025, 2025-04, 2025-04-28 or 2025-04-28T08:45")]
pub struct DateParseError(pub String);

impl PartialDate {
    /// 1 January 1970.
    pub(super) const EPOCH: PartialDate = PartialDate(1970 << 20 | 1 << 16 | 1 << 11);

    /// The form of a date as text, as a regular expression.
    pub const PATTERN: &str = r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2})?)?)?$";

    /// Only a year, 1 to 4095.
    pub fn year(year: u16) -> Option<PartialDate> {
        (1..4096)
            .contains(&year)
            .then_some(PartialDate(u32::from(year) << 20))
    }

    /// A month of a year.
    pub fn month(year: u16, month: u8) -> Option<PartialDate> {
        let date = PartialDate::year(year)?;
        (1..=12)
            .contains(&month)
            .then_some(PartialDate(date.0 | u32::from(month) << 16))
    }

    /// A day; `None` if there is no such day in the calendar.
    pub fn day(year: u16, month: u8, day: u8) -> Option<PartialDate> {
        let date = PartialDate::month(year, month)?;
        (1..=days_in_month(year, month))
            .contains(&day)
            .then_some(PartialDate(date.0 | u32::from(day) << 11))
    }

    /// The same day with a time; `self` must be a day.
    pub fn at(self, hour: u8, minute: u8) -> Option<PartialDate> {
        let known_day = self.precision() >= Precision::Day;
        (known_day && hour < 24 && minute < 60).then(|| {
            PartialDate((self.0 & !0x7ff) | (u32::from(hour) * 60 + u32::from(minute) + 1))
        })
    }

    /// The packed form, as the index keeps it; never 0.
    pub fn to_bits(self) -> u32 {
        self.0
    }

    /// The date of a packed form that [`PartialDate::to_bits`] gave.
    pub fn from_bits(bits: u32) -> Option<PartialDate> {
        let (year, month, day) = (
            (bits >> 20) as u16,
            (bits >> 16 & 15) as u8,
            (bits >> 11 & 31) as u8,
        );
        let minute = bits & 0x7ff;
        let date = match (month, day) {
            (0, 0) => PartialDate::year(year)?,
            (month, 0) => PartialDate::month(year, month)?,
            (month, day) => PartialDate::day(year, month, day)?,
        };
        match minute {
            0 => Some(date),
            minute => date.at(((minute - 1) / 60) as u8, ((minute - 1) % 60) as u8),
        }
    }

    /// How precisely the date is known.
    pub fn precision(self) -> Precision {
        if self.0 & 0x7ff != 0 {
            Precision::Minute
        } else if self.0 >> 11 & 31 != 0 {
            Precision::Day
        } else if self.0 >> 16 & 15 != 0 {
            Precision::Month
        } else {
            Precision::Year
        }
    }

    /// The year.
    pub fn year_number(self) -> u16 {
        (self.0 >> 20) as u16
    }

    /// The month, 1 to 12, if it is known.
    pub fn month_number(self) -> Option<u8> {
        Some((self.0 >> 16 & 15) as u8).filter(|month| *month != 0)
    }

    /// The day of the month, if it is known.
    pub fn day_number(self) -> Option<u8> {
        Some((self.0 >> 11 & 31) as u8).filter(|day| *day != 0)
    }

    /// Hour and minute, if they are known.
    pub fn time(self) -> Option<(u8, u8)> {
        let minute = (self.0 & 0x7ff).checked_sub(1)?;
        Some(((minute / 60) as u8, (minute % 60) as u8))
    }

    /// The same date without its time of day.
    pub fn without_time(self) -> PartialDate {
        PartialDate(self.0 & !0x7ff)
    }

    /// The first minute of the period: what the date sorts by.
    pub fn beginning(self) -> u32 {
        let mut bits = self.0;
        if bits >> 16 & 15 == 0 {
            bits |= 1 << 16;
        }
        if bits >> 11 & 31 == 0 {
            bits |= 1 << 11;
        }
        if bits & 0x7ff == 0 {
            bits |= 1;
        }
        bits
    }

    /// The last minute of the period, comparable with [`PartialDate::beginning`].
    pub fn ending(self) -> u32 {
        let month = self.month_number().unwrap_or(12);
        let day = self
            .day_number()
            .unwrap_or_else(|| days_in_month(self.year_number(), month));
        let minute = match self.0 & 0x7ff {
            0 => 24 * 60,
            minute => minute,
        };
        u32::from(self.year_number()) << 20 | u32::from(month) << 16 | u32::from(day) << 11 | minute
    }

    /// The year, the month and the day that contain the date, as far as they are known.
    pub fn periods(self) -> impl Iterator<Item = PartialDate> {
        let year = PartialDate::year(self.year_number());
        let month =
            (self.month_number()).and_then(|month| PartialDate::month(self.year_number(), month));
        let day = self.day_number().map(|_| self.without_time());
        year.into_iter().chain(month).chain(day)
    }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

/// `2025`, `2025-04`, `2025-04-28` or `2025-04-28T08:45`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year_number())?;
        if let Some(month) = self.month_number() {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day_number() {
            write!(f, "-{day:02}")?;
        }
        if let Some((hour, minute)) = self.time() {
            write!(f, "T{hour:02}:{minute:02}")?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = DateParseError;

    fn from_str(text: &str) -> Result<PartialDate, DateParseError> {
        parse(text).ok_or_else(|| DateParseError(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<PartialDate> {
    fn number(text: &str, len: usize) -> Option<u16> {
        let all_digits = text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit());
        all_digits.then(|| text.parse().ok())?
    }
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map(|part| number(part, 2));
    let day = parts.next().map(|part| number(part, 2));
    if parts.next().is_some() {
        return None;
    }
    let date = match (month, day) {
        (None, _) => PartialDate::year(year)?,
        (Some(month), None) => PartialDate::month(year, month? as u8)?,
        (Some(month), Some(day)) => PartialDate::day(year, month? as u8, day? as u8)?,
    };
    match time {
        None => Some(date),
        Some(time) => {
            let (hour, minute) = time.split_once(':')?;
            date.at(number(hour, 2)? as u8, number(minute, 2)? as u8)
        }
    }
}

/// The date of a document as keys of the document's own object: `date` (to the day at most),
/// `date_precision`, `date_kind` and, if the time of day is known, `datetime`.
pub(super) mod keys {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::super::DocumentDate;
    use super::{DateKind, PartialDate, Precision};

    /// The keys that a date is in JSON.
    #[derive(Serialize, Deserialize, utoipa::ToSchema)]
    #[schema(as = DocumentDate)]
    pub(in super::super) struct Keys {
        /// Date of publication to the day at most, if known.
        date: Option<PartialDate>,
        /// How precisely it is known.
        date_precision: Option<Precision>,
        /// What the date is of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        date_kind: Option<DateKind>,
        /// The date with the time of day (Europe/Berlin), if that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        datetime: Option<PartialDate>,
    }

    pub(in super::super) fn serialize<S: Serializer>(
        date: &Option<DocumentDate>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Keys {
            date: date.map(|date| date.value.without_time()),
            date_precision: date.map(|date| date.value.precision()),
            date_kind: date.map(|date| date.kind),
            datetime: date
                .map(|date| date.value)
                .filter(|date| date.time().is_some()),
        }
        .serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<DocumentDate>, D::Error> {
        let keys = Keys::deserialize(deserializer)?;
        Ok((keys.datetime.or(keys.date)).map(|value| DocumentDate {
            value,
            kind: keys.date_kind.unwrap_or(DateKind::Published),
        }))
    }
}

impl Serialize for super::DocumentDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        keys::serialize(&Some(*self), serializer)
    }
}

impl utoipa::PartialSchema for PartialDate {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some(
                "A year, month, day or minute (Europe/Berlin), as precise as it is known",
            ))
            .pattern(Some(PartialDate::PATTERN))
            .examples(["2025-04-28"])
            .into()
    }
}

impl utoipa::ToSchema for PartialDate {}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PartialDate, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn prints_as_it_was_read() {
        for text in [
            "2025",
            "2025-04",
            "2025-04-28",
            "2025-04-28T08:45",
            "0987-01-01T00:00",
        ] {
            assert_eq!(date(text).to_string(), text);
            assert_eq!(
                PartialDate::from_bits(date(text).to_bits()),
                Some(date(text))
            );
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "25",
            "2025-4",
            "2025-13",
            "2025-02-29",
            "2025-00",
            "2025-04-28T24:00",
            "2025-04T08:45",
            "2025-04-28-01",
            "28.04.2025",
            "+025",
            "0000",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_period_reaches_from_its_first_to_its_last_minute() {
        assert_eq!(
            date("2024-02").beginning(),
            date("2024-02-01T00:00").to_bits()
        );
        assert_eq!(date("2024-02").ending(), date("2024-02-29T23:59").to_bits());
        assert_eq!(date("2025").ending(), date("2025-12-31T23:59").to_bits());
        assert_eq!(
            date("2025-04-28T08:45").beginning(),
            date("2025-04-28T08:45").ending()
        );
    }

    #[test]
    fn periods_are_as_deep_as_the_date_is_known() {
        let periods = |text: &str| {
            let names: Vec<String> = date(text).periods().map(|p| p.to_string()).collect();
            names.join(" ")
        };
        assert_eq!(periods("2025-04-28T08:45"), "2025 2025-04 2025-04-28");
        assert_eq!(periods("2025-04"), "2025 2025-04");
        assert_eq!(periods("2025"), "2025");
    }
}

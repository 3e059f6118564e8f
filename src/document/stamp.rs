//! Stamps that machines write (`2025-04-28T06:45:12Z`, seconds since 1970, the dates of e-mail
//! headers) as local dates of Europe/Berlin.

use std::time::{SystemTime, UNIX_EPOCH};

use super::PartialDate;

impl PartialDate {
    /// The local date (Europe/Berlin) of a stamp, or `None` if `text` is none.
    ///
    /// Understood are ISO 8601 with or without time and zone, `28 Apr 2025 06:45 +0000` with or
    /// without weekday, `28.04.2025`, `28.04.2025, 08:45`, and a year or month alone. A stamp
    /// without a zone is taken as local time.
    pub fn from_stamp(text: &str) -> Option<PartialDate> {
        let text = text.trim();
        if text.len() > 64 || !text.is_char_boundary(text.len().min(10)) {
            return None;
        }
        from_iso(text)
            .or_else(|| from_points(text))
            .or_else(|| from_mail(text))
    }

    /// The local date of a number of seconds since 1970; years 1 to 4095.
    pub fn from_unix_seconds(seconds: i64) -> Option<PartialDate> {
        let local = seconds.checked_add(berlin_offset(seconds))?;
        let (year, month, day) = civil(local.div_euclid(86_400));
        let minute = local.rem_euclid(86_400) / 60;
        PartialDate::day(u16::try_from(year).ok()?, month, day)?
            .at((minute / 60) as u8, (minute % 60) as u8)
    }
}

fn from_iso(text: &str) -> Option<PartialDate> {
    // 20250428 and 20250428T084512: the short form without hyphens.
    let compact = text.len() >= 8 && text.bytes().take(8).all(|byte| byte.is_ascii_digit());
    if compact {
        let rest = &text[8..];
        let time = match rest.strip_prefix('T') {
            Some(time) if time.len() >= 4 && time.is_ascii() => {
                format!("T{}:{}", &time[..2], &time[2..4])
            }
            _ if rest.is_empty() => String::new(),
            _ => return None,
        };
        return format!("{}-{}-{}{time}", &text[..4], &text[4..6], &text[6..8])
            .parse()
            .ok();
    }
    let date_len = text
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b'-' || *byte == b'/')
        .count();
    let date: PartialDate = text[..date_len].replace('/', "-").parse().ok()?;
    let rest = text[date_len..].trim_start_matches(['T', 't', ' ']);
    if rest.is_empty() {
        return Some(date);
    }
    with_time_and_zone(date, rest)
}

/// `28.04.2025` with or without a time behind it.
fn from_points(text: &str) -> Option<PartialDate> {
    let mut parts = text.splitn(3, '.');
    let day = short_number(parts.next()?)?;
    let month = short_number(parts.next()?)?;
    let rest = parts.next()?.trim_start();
    let year_len = rest.bytes().take_while(u8::is_ascii_digit).count();
    if year_len != 4 {
        return None;
    }
    let date = PartialDate::day(rest[..4].parse().ok()?, month, day)?;
    let time = rest[4..].trim_start_matches([',', ' ', '-', '|']);
    if time.is_empty() {
        return Some(date);
    }
    with_time_and_zone(date, time.trim_end_matches("Uhr").trim_end())
}

/// `Mon, 28 Apr 2025 06:45:12 +0000`.
fn from_mail(text: &str) -> Option<PartialDate> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let text = text.split_once(',').map_or(text, |(_, rest)| rest).trim();
    let mut words = text.splitn(4, ' ');
    let day = short_number(words.next()?)?;
    let name = words.next()?.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| *month == name)? as u8 + 1;
    let date = PartialDate::day(words.next()?.parse().ok()?, month, day)?;
    match words.next() {
        None => Some(date),
        Some(time) => with_time_and_zone(date, time),
    }
}

fn short_number(text: &str) -> Option<u8> {
    let text = text.trim();
    (text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

/// `08:45`, `08:45:12.5`, `06:45Z`, `06:45:12 +02:00`, `06:45 GMT` behind a day.
fn with_time_and_zone(date: PartialDate, text: &str) -> Option<PartialDate> {
    let time_len = text
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b','))
        .count();
    let mut parts = text[..time_len].split([':', '.', ',']);
    let hour = short_number(parts.next()?)?;
    let minute = short_number(parts.next()?)?;
    let local = date.at(hour, minute)?;
    match zone_seconds(text[time_len..].trim())? {
        None => Some(local),
        Some(offset) => {
            let days = days_since_1970(
                i64::from(date.year_number()),
                date.month_number()?,
                date.day_number()?,
            );
            let seconds = days * 86_400 + i64::from(hour) * 3_600 + i64::from(minute) * 60;
            PartialDate::from_unix_seconds(seconds - offset)
        }
    }
}

/// Seconds east of Greenwich; the inner `None` is local time, the outer an unknown zone.
fn zone_seconds(zone: &str) -> Option<Option<i64>> {
    match zone {
        "" | "Uhr" => return Some(None),
        "Z" | "z" | "UTC" | "GMT" => return Some(Some(0)),
        "CET" | "MEZ" => return Some(Some(3_600)),
        "CEST" | "MESZ" => return Some(Some(7_200)),
        _ => {}
    }
    let sign = match zone.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = zone[1..].chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 4 && digits.len() != 2 {
        return None;
    }
    let hours: i64 = digits[..2].parse().ok()?;
    let minutes: i64 = digits.get(2..).unwrap_or("").parse().unwrap_or(0);
    Some(Some(sign * (hours * 3_600 + minutes * 60)))
}

/// Seconds that Berlin is ahead of UTC: summer time from the last Sunday of March, 01:00 UTC, to
/// the last Sunday of October (until 1995: September), in Germany since 1980.
pub(super) fn berlin_offset(seconds: i64) -> i64 {
    let (year, ..) = civil(seconds.div_euclid(86_400));
    if year < 1980 {
        return 3_600;
    }
    let last_month = if year < 1996 { 9 } else { 10 };
    let change = |month: u8| {
        let last_day = if month == 9 { 30 } else { 31 };
        let days = days_since_1970(year, month, last_day);
        // 1 January 1970 was a Thursday, 4 days after a Sunday.
        (days - (days + 4).rem_euclid(7)) * 86_400 + 3_600
    };
    if seconds >= change(3) && seconds < change(last_month) {
        7_200
    } else {
        3_600
    }
}

/// Days from 1 January 1970, after Howard Hinnant, "chrono-compatible low-level date algorithms".
pub(super) fn days_since_1970(year: i64, month: u8, day: u8) -> i64 {
    let month = i64::from(month);
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a number of days since 1970; the inverse of [`days_since_1970`].
pub(super) fn civil(days: i64) -> (i64, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u8;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    } as u8;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

impl PartialDate {
    /// Days from 1 January 1970 to this one, if the day is known.
    pub fn days_since_1970(self) -> Option<i64> {
        let (month, day) = (self.month_number()?, self.day_number()?);
        Some(days_since_1970(i64::from(self.year_number()), month, day))
    }

    /// The day that comes so many days after 1 January 1970; years 1 to 4095.
    pub fn from_days_since_1970(days: i64) -> Option<PartialDate> {
        // A day more or less than the calendar has must not overflow on the way.
        let (year, month, day) = civil(days.clamp(-1_000_000, 1_000_000));
        PartialDate::day(u16::try_from(year).ok()?, month, day)
    }

    /// Days from `self` to `other`, if both days are known.
    pub fn days_until(self, other: PartialDate) -> Option<i64> {
        Some(other.days_since_1970()? - self.days_since_1970()?)
    }

    /// This minute.
    pub fn now() -> PartialDate {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let seconds = since.map_or(0, |since| since.as_secs() as i64);
        // A clock that is wrong by millennia is taken to stand at its beginning.
        PartialDate::from_unix_seconds(seconds).unwrap_or(PartialDate::EPOCH)
    }

    /// The beginning of the day that comes so many days after the last day of the period.
    pub fn days_later(self, days: u32) -> Option<PartialDate> {
        let last = PartialDate::from_bits(self.ending())?.days_since_1970()?;
        PartialDate::from_days_since_1970(last + i64::from(days))
    }

    /// Day of the week, 0 for Monday to 6 for Sunday, if the day is known.
    pub fn weekday(self) -> Option<u8> {
        Some((self.days_since_1970()? + 3).rem_euclid(7) as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(text: &str) -> String {
        PartialDate::from_stamp(text).map_or("none".into(), |date| date.to_string())
    }

    #[test]
    fn stamps_with_a_zone_become_local_days() {
        assert_eq!(stamp("2024-08-26T23:27:57Z"), "2024-08-27T01:27");
        assert_eq!(stamp("2024-12-31T23:30:00.123+00:00"), "2025-01-01T00:30");
        assert_eq!(stamp("2025-04-28T08:45:12+02:00"), "2025-04-28T08:45");
        assert_eq!(stamp("2025-04-28T08:45:12+0200"), "2025-04-28T08:45");
        assert_eq!(stamp("Mon, 28 Apr 2025 06:45:12 GMT"), "2025-04-28T08:45");
        assert_eq!(stamp("2025-04-28 08:45:12"), "2025-04-28T08:45");
        assert_eq!(stamp("20250428"), "2025-04-28");
    }

    #[test]
    fn days_are_counted_over_months_and_only_where_they_are_known() {
        let date = |text: &str| text.parse::<PartialDate>().unwrap();
        assert_eq!(
            date("2024-02-28").days_until(date("2024-03-01T09:00")),
            Some(2)
        );
        assert_eq!(date("2024-03-01").days_until(date("2024-02-28")), Some(-2));
        assert_eq!(date("2024-02").days_until(date("2024-03-01")), None);
    }

    #[test]
    fn summer_time_changes_at_one_in_the_night_utc() {
        assert_eq!(stamp("2025-03-30T00:59Z"), "2025-03-30T01:59");
        assert_eq!(stamp("2025-03-30T01:00Z"), "2025-03-30T03:00");
        assert_eq!(stamp("2025-10-26T00:59Z"), "2025-10-26T02:59");
        assert_eq!(stamp("2025-10-26T01:00Z"), "2025-10-26T02:00");
        assert_eq!(stamp("1995-10-01T12:00Z"), "1995-10-01T13:00");
    }

    #[test]
    fn partial_and_german_dates_keep_their_precision() {
        assert_eq!(stamp("2025-04"), "2025-04");
        assert_eq!(stamp("2025"), "2025");
        assert_eq!(stamp("28.4.2025"), "2025-04-28");
        assert_eq!(stamp("28.04.2025, 08:45 Uhr"), "2025-04-28T08:45");
    }

    #[test]
    fn what_is_no_stamp_is_none() {
        for text in [
            "",
            "heute",
            "2025-02-30",
            "28.13.2025",
            "2025-04-28T25:00",
            "ä",
            "ääääääääää",
            "2025-04-28T08:45 XYZ",
            "1.2",
            "2025-04-28T08:45+ä",
            "99999999",
        ] {
            assert_eq!(stamp(text), "none", "{text}");
        }
    }

    #[test]
    fn weekdays_count_from_monday() {
        assert_eq!(PartialDate::day(2025, 4, 28).unwrap().weekday(), Some(0));
        assert_eq!(PartialDate::day(2024, 2, 29).unwrap().weekday(), Some(3));
        assert_eq!(PartialDate::month(2024, 2).unwrap().weekday(), None);
    }

    #[test]
    fn days_are_counted_from_the_last_day_of_a_period() {
        let later = |text: &str, days| {
            let date: PartialDate = text.parse().unwrap();
            date.days_later(days).unwrap().to_string()
        };
        assert_eq!(later("2024-02-28T18:00", 1), "2024-02-29");
        assert_eq!(later("2024-12-31", 1), "2025-01-01");
        assert_eq!(later("2024-02", 7), "2024-03-07");
        assert_eq!(later("2024", 0), "2024-12-31");
    }

    #[test]
    fn days_and_civil_dates_are_inverse() {
        for days in (-700_000..700_000).step_by(379) {
            let (year, month, day) = civil(days);
            assert_eq!(days_since_1970(year, month, day), days);
        }
    }
}

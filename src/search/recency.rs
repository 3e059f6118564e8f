//! Newer documents before older ones that say as much.

use std::fmt;
use std::str::FromStr;

use crate::document::PartialDate;

/// By how much scores fall with age.
///
/// The score of a document is multiplied by `floor + (1 − floor) × ½^(age ∕ half-life)`, where the
/// floor is [`Recency::FLOOR`]. The age is counted in days from the middle of the period that is
/// known to the origin; what lies after the origin has age 0. A document without a date gets the
/// floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recency {
    /// After how many days half of what is above the floor is left.
    pub half_life: HalfLife,
    /// The day from which ages are counted.
    pub origin: PartialDate,
}

/// A number of days in which something halves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HalfLife(u32);

/// Why a text is no half-life.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is no half-life; write a number of days, weeks, months or years up to 100 years, as 30d, 2w, 6m or 1y"
)]
pub struct HalfLifeParseError(pub String);

impl Recency {
    /// What is left of the score of a document however old: a fifth. So age alone never outweighs
    /// a finding that is five times as good.
    pub const FLOOR: f32 = 0.2;

    /// The factor of a document with this date.
    pub fn factor(&self, date: Option<PartialDate>) -> f32 {
        let Some(age) = date.and_then(|date| self.age(date)) else {
            return Recency::FLOOR;
        };
        let left = (-age / self.half_life.0 as f32).exp2();
        Recency::FLOOR + (1.0 - Recency::FLOOR) * left
    }

    /// Days from the middle of a period to the origin, 0 if it lies after that.
    fn age(&self, date: PartialDate) -> Option<f32> {
        let day = |bits: u32| PartialDate::from_bits(bits)?.days_since_1970();
        let (first, last) = (day(date.beginning())?, day(date.ending())?);
        let twice = 2 * self.origin.days_since_1970()? - first - last;
        Some(twice.max(0) as f32 / 2.0)
    }
}

impl HalfLife {
    /// Most days: a hundred years.
    pub const MAX_DAYS: u32 = 36_500;

    /// So many days, from 1 to [`HalfLife::MAX_DAYS`].
    pub fn days(days: u32) -> Option<HalfLife> {
        (1..=HalfLife::MAX_DAYS)
            .contains(&days)
            .then_some(HalfLife(days))
    }

    /// The number of days.
    pub fn in_days(self) -> u32 {
        self.0
    }
}

/// `30d`, `2w`, `6m` (of 30 days) or `1y` (of 365 days).
impl FromStr for HalfLife {
    type Err = HalfLifeParseError;

    fn from_str(text: &str) -> Result<HalfLife, HalfLifeParseError> {
        let parse = || {
            let unit = text.chars().next_back()?;
            let days = match unit {
                'd' => 1,
                'w' => 7,
                'm' => 30,
                'y' => 365,
                _ => return None,
            };
            let number = &text[..text.len() - unit.len_utf8()];
            let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            let number: u32 = is_number.then(|| number.parse().ok())??;
            HalfLife::days(number.checked_mul(days)?)
        };
        parse().ok_or_else(|| HalfLifeParseError(text.to_owned()))
    }
}

impl fmt::Display for HalfLife {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}d", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(date: &str) -> f32 {
        let recency = Recency {
            half_life: "30d".parse().unwrap(),
            origin: "2025-04-30".parse().unwrap(),
        };
        recency.factor(date.parse().ok())
    }

    #[test]
    fn what_is_above_the_floor_halves_in_a_half_life() {
        assert_eq!(factor("2025-04-30T23:10"), 1.0);
        assert!((factor("2025-03-31") - 0.6).abs() < 1e-6);
        assert!((factor("2025-03-01") - 0.4).abs() < 1e-6);
        assert!((factor("1925-03-01") - Recency::FLOOR).abs() < 1e-6);
    }

    #[test]
    fn partial_dates_count_from_their_middle_and_later_ones_as_now() {
        assert_eq!(factor("2025-03"), factor("2025-03-16"));
        assert_eq!(factor("2026"), 1.0);
        assert_eq!(factor("none"), Recency::FLOOR);
    }

    #[test]
    fn half_lives_are_days_weeks_months_or_years() {
        let days = |text: &str| text.parse::<HalfLife>().map(HalfLife::in_days).ok();
        assert_eq!(days("30d"), Some(30));
        assert_eq!(days("2w"), Some(14));
        assert_eq!(days("6m"), Some(180));
        assert_eq!(days("1y"), Some(365));
        for text in [
            "",
            "d",
            "0d",
            "-1d",
            "+1d",
            "1.5y",
            "101y",
            "9999999999d",
            "30",
            "30t",
            "3ä",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
    }
}

//! The hits over time.

use serde::Deserialize;

use super::{Counted, Message};

/// The hits over time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimelineTexts {
    /// Name of the picture.
    pub title: String,
    /// Name of the picture of all time.
    pub whole_name: String,
    /// Link to all time.
    pub all_time: String,
    /// Name of the way from all time to what is shown.
    pub path: String,
    /// Number of articles: `{count}`.
    pub articles: Counted,
    /// A bar: `{period}`, `{articles}`.
    pub bar: Message,
    /// Articles of whose date no more is known: `{period}`, `{articles}`.
    pub only: Message,
    /// The same without their number: `{period}`.
    pub known_to: Message,
    /// Articles without a date.
    pub missing: String,
    /// Articles with imprecise dates that are not listed: `{count}`.
    pub further: Counted,
    /// Name of the choice of intervals.
    pub intervals: String,
    /// A bar for each day.
    pub days: String,
    /// A bar for each week.
    pub weeks: String,
    /// A bar for each month.
    pub months: String,
    /// A bar for each year.
    pub years: String,
    /// Field for the beginning of a range.
    pub from: String,
    /// Field for its end.
    pub to: String,
    /// Button that shows what is in the fields.
    pub apply: String,
    /// What can be typed there.
    pub hint: String,
    /// What was typed is no date: `{text}`.
    pub wrong: Message,
    /// Opens the table.
    pub table: String,
    /// Column of periods.
    pub period: String,
    /// Column of numbers of articles.
    pub number: String,
    /// How to use the keys.
    pub keys: String,
}

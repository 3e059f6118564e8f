//! A histogram as a chart of letters.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use super::report;
use super::terminal::{Output, Style};
use crate::search::{Bar, Histogram, HistogramRequest, Interval};

/// Columns of the longest bar.
const LONGEST: u64 = 40;

/// Whether and how hits are spread over time.
#[derive(Debug, Args)]
pub(super) struct Time {
    /// Spread the hits over time: a bar for each day, week, month or year
    #[arg(long, value_enum, value_name = "INTERVAL")]
    histogram: Option<IntervalArgument>,
    /// Bars also outside of --from, --to and the dates that are filtered for
    #[arg(long, requires = "histogram")]
    all_time: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum IntervalArgument {
    /// The shortest with at most 60 bars
    Auto,
    /// Days
    Day,
    /// Weeks from Monday to Sunday
    Week,
    /// Months
    Month,
    /// Years
    Year,
}

impl Time {
    /// The histogram that these options ask for.
    pub(super) fn request(&self) -> Option<HistogramRequest> {
        let interval = match self.histogram? {
            IntervalArgument::Auto => None,
            IntervalArgument::Day => Some(Interval::Day),
            IntervalArgument::Week => Some(Interval::Week),
            IntervalArgument::Month => Some(Interval::Month),
            IntervalArgument::Year => Some(Interval::Year),
        };
        Some(HistogramRequest {
            interval,
            all_time: self.all_time,
        })
    }
}

/// Writes a line for each bar.
pub(super) fn write(out: &mut Output, histogram: &Histogram) -> io::Result<()> {
    let head = match histogram.interval {
        Interval::Day => "Verlauf nach Tagen",
        Interval::Week => "Verlauf nach Wochen",
        Interval::Month => "Verlauf nach Monaten",
        Interval::Year => "Verlauf nach Jahren",
    };
    writeln!(out, "{}", out.styled(Style::Bold, head))?;
    let highest = histogram.bars.iter().map(|bar| bar.count).max();
    for bar in &histogram.bars {
        let name = name(histogram.interval, bar);
        let length = length(bar.count, highest.unwrap_or(0));
        let name = format!("{name:10}  {}", "▇".repeat(length));
        report::line(out, 1, &name, (bar.count, bar.copies), "")?;
    }
    for (label, count, copies) in [
        (
            "(nicht so genau bekannt)",
            histogram.coarser,
            histogram.coarser_copies,
        ),
        ("(ohne Angabe)", histogram.missing, histogram.missing_copies),
    ] {
        if count > 0 {
            report::line(out, 1, label, (count, copies), "")?;
        }
    }
    Ok(())
}

/// Columns of a bar: none only if there is nothing to show.
fn length(count: u64, highest: u64) -> usize {
    if count == 0 {
        return 0;
    }
    // A count is far below the point where this would overflow.
    (count * LONGEST).div_ceil(highest.max(1)) as usize
}

/// What a bar is called: a week by its Monday.
fn name(interval: Interval, bar: &Bar) -> String {
    let mut name = bar.start.to_string();
    name.truncate(match interval {
        Interval::Day | Interval::Week => 10,
        Interval::Month => 7,
        Interval::Year => 4,
    });
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share_and_never_lost() {
        assert_eq!(length(0, 10), 0);
        assert_eq!(length(1, 1000), 1);
        assert_eq!(length(500, 1000), 20);
        assert_eq!(length(1000, 1000), 40);
    }
}

//! What a hundred million articles would take, reckoned from what was measured.
//!
//! Times are carried on along the straight line through the two largest archives: all work that
//! grows, grows with the number of hits or of articles. Sizes grow with the articles.

use std::fmt::Write;

use anyhow::Result;

use super::table::grouped;
use super::{IndexMeasured, Measured};
use crate::engine::Which;

/// Articles that are planned for.
const PLANNED: f64 = 100e6;

/// The sections of the document; nothing if fewer than two archives were measured.
pub(super) fn plan(measured: &[Measured]) -> Result<String> {
    let mut text = String::new();
    let [.., before, last] = measured else {
        return Ok(text);
    };
    let both = before.indexes.iter().zip(&last.indexes);
    let ours: Vec<_> = both.filter(|(it, _)| it.which != Which::Stock).collect();
    writeln!(
        text,
        "\n**Reckoned for {} articles: processor time of a whole answer in ms**\n",
        grouped(PLANNED)
    )?;
    write!(text, "| class |")?;
    for (index, _) in &ours {
        write!(text, " {} |", index.which.name())?;
    }
    text.push_str(" hits |\n| --- |");
    text.push_str(&" ---: |".repeat(ours.len() + 1));
    text.push('\n');
    for (row, (class, hits)) in last.hits.iter().enumerate() {
        write!(text, "| {class} |")?;
        for (index, larger) in &ours {
            let time = |it: &IndexMeasured| it.times.get(row).map_or(0.0, |(_, time)| *time);
            let sizes = (before.articles as f64, last.articles as f64);
            let time = carried_on(sizes, (time(index), time(larger)));
            write!(text, " {:.1} |", time / 1e3)?;
        }
        let hits = hits / last.articles.max(1) as f64 * PLANNED;
        writeln!(text, " {} |", grouped(hits))?;
    }
    text.push_str("\n| what | reckoned |\n| --- | ---: |\n");
    for (_, index) in &ours {
        let name = index.which.name();
        let times = PLANNED / last.articles.max(1) as f64;
        let gigabytes = |bytes: u64| grouped(bytes as f64 * times / 1e9);
        let hours = index.built.seconds * times / 3600.0;
        writeln!(text, "| {name}, disk | {} GB |", gigabytes(index.size))?;
        let text_size = gigabytes(index.built.text_bytes);
        writeln!(
            text,
            "| {name}, of {text_size} GB of text, indexing as measured | {hours:.0} h |"
        )?;
    }
    Ok(text)
}

/// The value at the planned size on the line through two points.
fn carried_on(sizes: (f64, f64), values: (f64, f64)) -> f64 {
    let slope = (values.1 - values.0) / (sizes.1 - sizes.0).max(1.0);
    values.1 + slope.max(0.0) * (PLANNED - sizes.1)
}

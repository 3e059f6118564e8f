//! Pages of all kinds with the day of their publication.

use std::path::Path;

use fundstelle::enrich::Enrichment;

use super::{Row, document};

/// The share of days that are right.
pub(crate) fn row(dir: &Path, enrichment: &Enrichment) -> Row {
    let gold = std::fs::read_to_string(dir.join("gold.tsv")).expect("gold.tsv can be read");
    let (mut right, mut wrong, mut none) = (0, 0, 0);
    let mut misses = Vec::new();
    for line in gold.lines().skip(1) {
        let mut columns = line.split('\t');
        let (Some(file), Some(_), Some(day)) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let document = document(&dir.join("html").join(file), enrichment);
        let found = document
            .date
            .map(|date| date.value.without_time().to_string());
        match found.as_deref() {
            Some(found) if found == day => right += 1,
            None => {
                none += 1;
                misses.push(format!("{file}: {day}, found none"));
            }
            Some(found) => {
                wrong += 1;
                let rule = document.evidence.get("date").and_then(|all| all.first());
                let rule = rule
                    .map(|e| format!("{} \"{}\"", e.rule, e.text))
                    .unwrap_or_default();
                misses.push(format!("{file}: {day}, found {found} by {rule}"));
            }
        }
    }
    let all = right + wrong + none;
    Row {
        what: "date, pages of all kinds",
        figure: format!(
            "{:.3} ({right} of {all}, {wrong} wrong, {none} none)",
            f64::from(right) / f64::from(all.max(1))
        ),
        misses,
    }
}

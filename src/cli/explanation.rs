//! Why a hit ranks where it does, as a tree.

use std::io::{self, Write};

use super::terminal::{Output, Style, harmless};
use crate::search::{Explanation, Reason, TermFrequency};

/// Spaces before the tree, below the passages of a hit.
const INDENT: usize = 5;

/// Writes the tree, a line for each node.
pub(super) fn write(out: &mut Output, explanation: &Explanation) -> io::Result<()> {
    node(out, explanation, 0)
}

fn node(out: &mut Output, explanation: &Explanation, depth: usize) -> io::Result<()> {
    let indent = INDENT + 2 * depth;
    let line = format!("{:.3}  {}", explanation.score, reason(&explanation.reason));
    let line = out.styled(Style::Dim, &harmless(&line));
    writeln!(out, "{:indent$}{line}", "")?;
    for detail in &explanation.details {
        node(out, detail, depth + 1)?;
    }
    Ok(())
}

fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Sum => "sum of".to_owned(),
        Reason::Best => "best of".to_owned(),
        Reason::Together { words } => format!("together: {}", words.join(" ")),
        Reason::Recency {
            factor,
            half_life_days,
            origin,
            ..
        } => format!("times {factor:.2} for its age  (half-life {half_life_days}d from {origin})"),
        Reason::Clause { kind } => (*kind).to_owned(),
        Reason::Terms {
            weight,
            idf,
            frequency,
            norm,
            terms,
        } => {
            let terms: Vec<String> = terms.iter().map(term).collect();
            format!(
                "{}  (weight {weight:.2}, idf {idf:.2}, frequency {frequency:.2}, norm {norm:.2})",
                terms.join(" + ")
            )
        }
    }
}

fn term(it: &TermFrequency) -> String {
    let TermFrequency {
        term,
        class,
        field,
        count,
        weight,
    } = it;
    format!("{count} × {weight:.1} {class}:{term} in {field}")
}

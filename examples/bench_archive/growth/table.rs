//! The figures as tables of a document.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::{Measured, plan};
use crate::engine::Which;

/// What stands before and behind the figures in the document.
const BEGIN: &str = "<!-- figures of bench_archive --growth: begin -->\n";
const END: &str = "<!-- figures of bench_archive --growth: end -->\n";

/// Puts the figures into a document, in place of what is there.
pub(super) fn write(document: &Path, measured: &[Measured]) -> Result<()> {
    let place = || document.display().to_string();
    let text = std::fs::read_to_string(document).with_context(place)?;
    let (begin, end) = (text.find(BEGIN), text.find(END));
    let span = begin.zip(end).map(|(begin, end)| begin + BEGIN.len()..end);
    let span = span.with_context(|| format!("{} lacks the line {}", place(), BEGIN.trim()))?;
    ensure!(span.start <= span.end, "{} ends before it begins", place());
    let mut text = text;
    text.replace_range(span, &tables(measured)?);
    std::fs::write(document, text).with_context(place)
}

/// The files of an index that grow with it, by the endings of their names: ours, and tantivy's.
const FILES: [(&[&str], &str); 9] = [
    (&["documents", "store"], "articles as stored"),
    (&["lists", "idx"], "postings"),
    (&["places", "pos"], "positions"),
    (&["terms", "term"], "terms"),
    (&["facets"], "facet record"),
    (&["counts"], "known counts"),
    (&["sentences"], "sentence bounds"),
    (&["words"], "vocabulary"),
    (&["fast"], "columns"),
];

fn tables(measured: &[Measured]) -> Result<String> {
    let mut text = String::new();
    let Some(first) = measured.first() else {
        return Ok(text);
    };
    for (place, index) in first.indexes.iter().enumerate() {
        writeln!(text, "\n**{}**\n", caption(index.which))?;
        head(&mut text, "class", measured, &["growth", "hits"])?;
        for (row, (class, _)) in index.times.iter().enumerate() {
            write!(text, "| {class} |")?;
            let times = |it: &Measured| it.indexes[place].times.get(row).map(|(_, time)| *time);
            let times: Vec<f64> = measured.iter().filter_map(times).collect();
            for time in &times {
                write!(text, " {} |", grouped(*time))?;
            }
            let hits = |it: &Measured| it.hits.get(row).map_or(0.0, |(_, hits)| *hits);
            let grown = |values: (f64, f64)| values.1 / values.0;
            let ends = |values: &[f64]| (values[0], values[values.len() - 1]);
            let last = measured.last().map_or(0.0, hits);
            let more = grown((hits(first), last));
            writeln!(text, " {:.1} | {more:.1} |", grown(ends(&times)))?;
        }
    }
    writeln!(text, "\n**The indexes, and serving from them**\n")?;
    head(&mut text, "", measured, &[])?;
    for (place, index) in first.indexes.iter().enumerate() {
        let name = index.which.name();
        let mut row = |what: &str, value: &dyn Fn(&super::IndexMeasured) -> String| {
            write!(text, "| {name}, {what} |")?;
            for it in measured {
                write!(text, " {} |", value(&it.indexes[place]))?;
            }
            writeln!(text)
        };
        let of_text = |bytes: u64, text: u64| bytes as f64 / text.max(1) as f64;
        row("indexing, MB of text a second", &|it| {
            format!("{:.1}", it.built.text_bytes as f64 / 1e6 / it.built.seconds)
        })?;
        row("indexing, peak MB", &|it| megabytes(it.built.peak_memory))?;
        row("size, times the text", &|it| {
            format!("{:.2}", of_text(it.size, it.built.text_bytes))
        })?;
        row("opening, ms", &|it| format!("{:.1}", it.served.open_ms))?;
        row("whole answers a second", &|it| {
            grouped(it.served.per_second)
        })?;
        row("serving, peak MB", &|it| megabytes(it.served.peak))?;
        row("serving, MB that are not mapped", &|it| {
            megabytes(it.served.own)
        })?;
    }
    text.push_str(&files(measured)?);
    text.push_str(&plan::plan(measured)?);
    text.push('\n');
    Ok(text)
}

/// What an article takes on disk in the largest archive.
fn files(measured: &[Measured]) -> Result<String> {
    let mut text = String::new();
    let Some(last) = measured.last() else {
        return Ok(text);
    };
    writeln!(
        text,
        "\n**Bytes of an article on disk, in the largest archive**\n"
    )?;
    writeln!(
        text,
        "| index | text | {} |",
        FILES.map(|(_, what)| what).join(" | ")
    )?;
    writeln!(text, "| --- | ---: |{}", " ---: |".repeat(FILES.len()))?;
    for index in &last.indexes {
        let each = |bytes: u64| grouped(bytes as f64 / last.articles.max(1) as f64);
        let sizes = FILES.map(|(endings, _)| {
            let files = index.files.iter();
            let sizes = files.filter(|(name, _)| endings.contains(&name.as_str()));
            let size = sizes
                .map(|(_, bytes)| *bytes)
                .reduce(|sum, size| sum + size);
            size.map_or_else(|| "–".to_owned(), each)
        });
        let (name, all) = (index.which.name(), each(index.built.text_bytes));
        writeln!(text, "| {name} | {all} | {} |", sizes.join(" | "))?;
    }
    Ok(text)
}

fn caption(which: Which) -> &'static str {
    match which {
        Which::Stock => "tantivy as it comes: mean processor time of a whole answer in µs",
        Which::Same => "Our engine on the terms of tantivy's chain: the same times",
        Which::German => "Fundstelle with its own chain and fields: the same times",
    }
}

fn head(text: &mut String, first: &str, measured: &[Measured], others: &[&str]) -> Result<()> {
    write!(text, "| {first} |")?;
    for it in measured {
        write!(text, " {} |", grouped(it.articles as f64))?;
    }
    for other in others {
        write!(text, " {other} × |")?;
    }
    write!(text, "\n| --- |")?;
    text.push_str(&" ---: |".repeat(measured.len() + others.len()));
    text.push('\n');
    Ok(())
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "–".to_owned(), |bytes| (bytes >> 20).to_string())
}

/// A number with commas between thousands.
pub(super) fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

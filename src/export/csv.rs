//! CSV: one hit a line, below a head.

use std::borrow::Cow;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Format, Head};
use crate::search::Hit;

/// The names of the columns.
const COLUMNS: [&str; 19] = [
    "rank",
    "id",
    "score",
    "title",
    "publisher",
    "date",
    "date_precision",
    "agencies",
    "countries",
    "url",
    "source_path",
    "snippet",
    "copy",
    "copies",
    "also_in",
    "authors",
    "language",
    "content_hash",
    "accessed",
];

/// A table with a head; cells are safe to open in a spreadsheet.
pub struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn media_type(&self) -> &'static str {
        "text/csv; charset=utf-8"
    }

    fn extension(&self) -> &'static str {
        "csv"
    }

    fn shows_passages(&self) -> bool {
        true
    }

    fn begin(&self, out: &mut dyn Write, _: &Head) -> io::Result<()> {
        record(out, &COLUMNS)
    }

    fn hit(&self, out: &mut dyn Write, head: &Head, number: u64, hit: &Hit) -> io::Result<()> {
        let precision = hit.date_precision.map(|precision| json!(precision));
        let precision = precision.as_ref().and_then(Value::as_str);
        let also_in: Vec<&str> = hit.copy.also_in.iter().map(|it| it.id.as_str()).collect();
        let publisher = hit.publisher.as_ref();
        record(
            out,
            &[
                &number.to_string(),
                &cell(&hit.id),
                &hit.score.to_string(),
                &cell(hit.title.as_deref().unwrap_or_default()),
                &cell(publisher.map_or("", |publisher| &publisher.name)),
                hit.date.as_deref().unwrap_or_default(),
                precision.unwrap_or_default(),
                &cell(&ids(&hit.agencies)),
                &cell(&ids(&hit.countries)),
                &cell(hit.url.as_deref().unwrap_or_default()),
                &cell(&hit.source_path),
                &cell(hit.snippets.first().map_or("", |snippet| &snippet.text)),
                &cell(&hit.copy.id),
                &hit.copy.size.to_string(),
                &cell(&also_in.join(" ")),
                &cell(&hit.authors.join("; ")),
                &cell(hit.language.as_deref().unwrap_or_default()),
                &hit.content_hash,
                &head.accessed.stamp(),
            ],
        )
    }
}

/// A text as the cell of a table. Spreadsheets would calculate what begins with `=`, `+`, `-` or
/// `@`, and a text from the web may send data elsewhere in that way; with `'` before it, it is
/// text.
pub fn cell(text: &str) -> Cow<'_, str> {
    let calculates = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];
    if text.starts_with(calculates) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn ids(values: &[Value]) -> String {
    let mut ids: Vec<&str> = values.iter().filter_map(|it| it["id"].as_str()).collect();
    ids.dedup();
    ids.join(" ")
}

fn record(out: &mut dyn Write, cells: &[&str]) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(cells)?;
    table.flush()
}

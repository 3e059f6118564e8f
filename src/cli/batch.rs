//! `fundstelle batch`: a list of queries, a table of counts.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::destination::Destination;
use super::search::open;
use super::{Outcome, Place, terminal};
use crate::archive::{Archive, Ask, Between, Filter, MAX_FACET_VALUES};
use crate::export::cell;
use crate::search::{Facet, FacetCount, MISSING, SearchResponse};

/// Largest list of queries, in bytes.
const MAX_BYTES: u64 = 16 << 20;
/// The columns of the table.
const COLUMNS: [&str; 8] = [
    "line", "query", "facet", "parent", "value", "name", "count", "notices",
];

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// CSV with a head that names the column `query` and, if wanted, `from`, `to` and facets to
    /// filter by; without such a head, a query a line
    #[arg(value_name = "FILE")]
    list: PathBuf,
    /// Facet to count; all of them if none is named
    #[arg(long = "facet", value_name = "NAME")]
    facets: Vec<String>,
    /// All words must be there; never relaxed to any of them
    #[arg(long, conflicts_with = "any")]
    all: bool,
    /// Any of the words will do
    #[arg(long)]
    any: bool,
    /// Refuse a query that does not parse instead of searching for it as text
    #[arg(long)]
    strict: bool,
    /// File to write; without it, the table is printed
    #[arg(long, short = 'o', value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let template = Ask {
        between: match (arguments.all, arguments.any) {
            (true, _) => Between::All,
            (_, true) => Between::Any,
            _ => Between::AllOrAny,
        },
        strict: arguments.strict,
        facets: Some(arguments.facets).filter(|facets| !facets.is_empty()),
        facet_limit: MAX_FACET_VALUES,
        limit: 0,
        ..Ask::default()
    };
    let archive = open(place)?;
    let name = arguments.list.display();
    let list = read(&arguments.list)?;
    let mut records = cells(&list).into_records().peekable();
    let columns = match records.peek() {
        Some(Ok(first)) if is_head(first) => {
            let columns = first.iter().map(column_name).collect();
            records.next();
            columns
        }
        _ => vec!["query".to_owned()],
    };
    check(&archive, &columns, &arguments.list)?;
    let mut table = csv::Writer::from_writer(Destination::open(arguments.output.as_deref())?);
    table.write_record(COLUMNS)?;
    let mut outcome = Outcome::Done;
    for record in records {
        let record = record.with_context(|| format!("{name}: cannot be read as CSV"))?;
        let line = line_of(&record, &list);
        let answer = question(&template, &columns, &record)
            .and_then(|ask| Ok((archive.search(&ask)?, ask.text)));
        match answer {
            Ok((response, text)) => count(&mut table, line, &text, &response)?,
            Err(error) => {
                // The other queries are answered all the same.
                terminal::note(&format!("{name}:{line}: {error}"));
                outcome = Outcome::Partly;
            }
        }
    }
    let out = (table.into_inner()).map_err(csv::IntoInnerError::into_error)?;
    out.finish()?;
    Ok(outcome)
}

/// The whole list.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let name = path.display();
    let file = File::open(path).with_context(|| format!("{name}: cannot be read"))?;
    let mut text = Vec::new();
    (file.take(MAX_BYTES + 1).read_to_end(&mut text))
        .with_context(|| format!("{name}: cannot be read"))?;
    if text.len() as u64 > MAX_BYTES {
        bail!("{name}: is larger than {MAX_BYTES} bytes; split it");
    }
    Ok(text)
}

/// The cells of the list, separated by the sign that its first line has.
fn cells(text: &[u8]) -> csv::Reader<&[u8]> {
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let first = String::from_utf8_lossy(first);
    let delimiter = [b',', b';', b'\t'].into_iter().find(|delimiter| {
        let mut cells = first.split(char::from(*delimiter)).map(column_name);
        cells.any(|cell| cell == "query")
    });
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.unwrap_or(b','))
        .from_reader(text)
}

/// The line on which a record begins: empty lines before it are not its own.
fn line_of(record: &csv::StringRecord, text: &[u8]) -> u64 {
    let Some(position) = record.position() else {
        return 0;
    };
    let from = text.get(position.byte() as usize..).unwrap_or_default();
    let blank = from.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    position.line() + blank.filter(|byte| **byte == b'\n').count() as u64
}

fn is_head(record: &csv::StringRecord) -> bool {
    record.iter().map(column_name).any(|name| name == "query")
}

/// The name of a column without what editors put around it.
fn column_name(cell: &str) -> String {
    let name = cell.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\u{feff}');
    name.to_lowercase()
}

/// Refuses columns that would be taken for nothing.
fn check(archive: &Archive, columns: &[String], path: &Path) -> anyhow::Result<()> {
    let facets: Vec<&str> = archive
        .schema()
        .facets()
        .map(|it| it.name.as_str())
        .collect();
    for column in columns {
        let name = column.as_str();
        if !["query", "from", "to", ""].contains(&name) && !facets.contains(&name) {
            let known = facets.join(", ");
            let path = path.display();
            bail!("{path}: unknown column \"{name}\", known are: query, from, to, {known}");
        }
    }
    Ok(())
}

/// The question of a line.
fn question(template: &Ask, columns: &[String], record: &csv::StringRecord) -> anyhow::Result<Ask> {
    let mut ask = template.clone();
    // Without a head, commas belong to the query.
    if columns.len() == 1 {
        ask.text = record.iter().collect::<Vec<_>>().join(",");
        return Ok(ask);
    }
    if record.len() > columns.len() {
        bail!(
            "has {} cells, but the head has {}; put quotes around cells with separators",
            record.len(),
            columns.len()
        );
    }
    for (column, value) in columns.iter().zip(record.iter().map(str::trim)) {
        match (column.as_str(), value) {
            ("query", text) => ask.text = text.to_owned(),
            ("", _) | (_, "") => {}
            ("from", date) => ask.from = Some(date.parse()?),
            ("to", date) => ask.to = Some(date.parse()?),
            (facet, value) => {
                let (value, exclude) = match value.strip_prefix('-') {
                    Some(value) => (value, true),
                    None => (value, false),
                };
                ask.filters.push(Filter {
                    facet: facet.to_owned(),
                    value: value.to_owned(),
                    exclude,
                });
            }
        }
    }
    Ok(ask)
}

/// A row for all hits of a query, then one for each value that any of them has.
fn count(
    table: &mut Table,
    line: u64,
    text: &str,
    response: &SearchResponse,
) -> anyhow::Result<()> {
    let notices: Vec<&str> = response.query.notices.iter().map(|it| it.code).collect();
    let mut rows = Rows {
        table,
        line: line.to_string(),
        text: cell(text).into_owned(),
        notices: notices.join(" "),
    };
    rows.write("", "", "", "", response.total_hits)?;
    for (facet, Facet { counts, .. }) in response.facets.iter() {
        rows.values(facet, "", &counts.values)?;
        for (count, id) in [(counts.other, "_other"), (counts.missing, MISSING)] {
            match count {
                0 => {}
                count => rows.write(facet, "", id, "", count)?,
            }
        }
    }
    Ok(())
}

type Table = csv::Writer<Destination>;

/// The rows of one query.
struct Rows<'a> {
    table: &'a mut Table,
    line: String,
    text: String,
    notices: String,
}

impl Rows<'_> {
    fn values(&mut self, facet: &str, parent: &str, values: &[FacetCount]) -> anyhow::Result<()> {
        for value in values {
            if value.count > 0 {
                self.write(facet, parent, &value.id, &value.name, value.count)?;
            }
            self.values(facet, &value.id, &value.children)?;
            match value.children_other {
                0 => {}
                count => self.write(facet, &value.id, "_other", "", count)?,
            }
        }
        Ok(())
    }

    fn write(
        &mut self,
        facet: &str,
        parent: &str,
        value: &str,
        name: &str,
        count: u64,
    ) -> anyhow::Result<()> {
        self.table.write_record([
            self.line.as_str(),
            &self.text,
            facet,
            &cell(parent),
            &cell(value),
            &cell(name),
            &count.to_string(),
            &self.notices,
        ])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        for (text, expected) in [
            (
                "query\nKursk\n\n\nSeoul\n\"a\nb\"\nc\n",
                vec![1, 2, 5, 6, 8],
            ),
            (
                "\u{feff}query\r\nKursk\r\n\r\nSeoul\r\n\"a\r\nb\"\r\nc",
                vec![1, 2, 4, 5, 7],
            ),
        ] {
            let records = cells(text.as_bytes()).into_records();
            let lines: Vec<u64> = records
                .map(|record| line_of(&record.unwrap(), text.as_bytes()))
                .collect();
            assert_eq!(lines, expected, "{text:?}");
        }
    }

    #[test]
    fn the_head_tells_what_separates_cells() {
        for text in ["query,from\na,b", "from;Query\na;b", "\"query\"\tto\na\tb"] {
            let mut records = cells(text.as_bytes()).into_records();
            let head = records.next().unwrap().unwrap();
            assert!(is_head(&head) && head.len() == 2, "{text:?}");
        }
        let mut records = cells(b"Kursk; Verluste").into_records();
        let first = records.next().unwrap().unwrap();
        assert!(!is_head(&first) && first.len() == 1);
    }
}

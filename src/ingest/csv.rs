//! CSV: a header line with the names of the fields of a record, one record a row.
//!
//! Columns are named as the keys of JSON Lines are; several values of one field are parted by
//! `;` or `|`.

use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::input::Input;
use super::{Emit, Format, ReadOptions, decode, jsonl};

/// CSV, told by a header line that names `body` or `text`, or `title` and another known field.
pub(super) const FORMAT: Format = Format { recognises, read };

/// Names of columns and the fields that they are.
const COLUMNS: [(&str, &str); 34] = [
    ("id", "id"),
    ("title", "title"),
    ("titel", "title"),
    ("headline", "title"),
    ("überschrift", "title"),
    ("body", "body"),
    ("text", "body"),
    ("inhalt", "body"),
    ("content", "body"),
    ("volltext", "body"),
    ("kicker", "kicker"),
    ("date", "date"),
    ("datum", "date"),
    ("datetime", "datetime"),
    ("date_precision", "date_precision"),
    ("updated", "updated"),
    ("publisher", "publisher"),
    ("herausgeber", "publisher"),
    ("quelle", "publisher"),
    ("source", "publisher"),
    ("url", "url"),
    ("link", "url"),
    ("authors", "authors"),
    ("author", "authors"),
    ("autor", "authors"),
    ("autoren", "authors"),
    ("language", "language"),
    ("sprache", "language"),
    ("agencies", "agencies"),
    ("countries", "countries"),
    ("access", "access"),
    ("zugang", "access"),
    ("embargo", "embargo"),
    ("sperrfrist", "embargo"),
];

/// Fields that have several values.
const LISTS: [&str; 3] = ["authors", "agencies", "countries"];

fn recognises(input: &Input<'_>) -> bool {
    header(input).is_some()
}

/// Separator and names of the columns.
fn header(input: &Input<'_>) -> Option<(u8, Vec<String>)> {
    const LONGEST: usize = 2_000;
    let head = input.head_text();
    let first = head.lines().next()?;
    if first.len() > LONGEST {
        return None;
    }
    [b',', b';', b'\t'].into_iter().find_map(|separator| {
        let mut reader = ::csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .from_reader(first.as_bytes());
        let names = reader.records().next()?.ok()?;
        let names: Vec<String> = names
            .iter()
            .map(|name| name.trim().to_lowercase())
            .collect();
        let fields: Vec<&str> = names.iter().map(|name| field(name)).collect();
        let has = |wanted: &str| fields.contains(&wanted);
        let plain = names
            .iter()
            .all(|name| !name.contains(' ') && name.len() <= 40);
        let known = COLUMNS.iter().filter(|(_, wanted)| has(wanted)).count();
        (plain && names.len() >= 2 && has("body") && known >= 2).then_some((separator, names))
    })
}

fn field(name: &str) -> &str {
    let found = COLUMNS.iter().find(|(column, _)| *column == name);
    found.map_or(name, |(_, field)| field)
}

fn read(input: &mut Input<'_>, options: &ReadOptions, emit: &mut Emit<'_>) -> ControlFlow<()> {
    let Some((separator, names)) = header(input) else {
        return ControlFlow::Continue(());
    };
    let file = input.file;
    let path = file.path.display().to_string();
    let skip = |line: u64, reason: String| super::Skipped {
        path: path.clone(),
        line: Some(line),
        reason,
    };
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .from_reader(input.bounded(options.max_document_bytes));
    let mut record = ::csv::ByteRecord::new();
    let mut place = 0;
    loop {
        let line = reader.position().line();
        match reader.read_byte_record(&mut record) {
            Ok(false) => return ControlFlow::Continue(()),
            Err(error) => {
                let reason =
                    format!("the table cannot be read on ({error}), the rest was left out");
                return emit(Err(skip(line, reason)));
            }
            Ok(true) => {}
        }
        reader.get_mut().next_record();
        place += 1;
        let line = record.position().map_or(line, ::csv::Position::line);
        if record.len() != names.len() {
            let reason = format!(
                "{} values where the header has {}, record passed over, check its quotes",
                record.len(),
                names.len()
            );
            emit(Err(skip(line, reason)))?;
            continue;
        }
        let mut map = Map::new();
        for (name, value) in names.iter().zip(&record) {
            let name = field(name);
            let value = decode::decode(value);
            let value = if LISTS.contains(&name) {
                let parts = value.split([';', '|']).map(str::trim);
                let parts = parts.filter(|part| !part.is_empty());
                Value::Array(parts.map(|part| Value::String(part.to_owned())).collect())
            } else {
                Value::String(value.into_owned())
            };
            map.entry(name).or_insert(value);
        }
        let mut troubles = Vec::new();
        let document = jsonl::document(file, place, map, options, &mut troubles);
        for trouble in troubles {
            emit(Err(skip(line, trouble)))?;
        }
        if let Some(document) = document {
            emit(Ok(document))?;
        }
    }
}

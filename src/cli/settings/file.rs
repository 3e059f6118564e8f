//! Reading `fundstelle.toml`: keys, values and their lines.

use std::io::Read;
use std::path::Path;

use anyhow::{anyhow, bail};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Longest file, in bytes.
const LONGEST: u64 = 1 << 20;

/// One setting.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cli) struct Entry {
    /// The command whose table it stands in; `None` if it stands above all tables.
    pub(in crate::cli) table: Option<String>,
    /// Name of the flag.
    pub(in crate::cli) key: String,
    pub(in crate::cli) value: Value,
    /// From 1.
    pub(in crate::cli) line: usize,
}

/// A value as it would be typed behind its flag.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cli) enum Value {
    /// Whether a flag without a value is given.
    Switch(bool),
    One(String),
    Many(Vec<String>),
}

/// The settings of a file, in order.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<Entry>> {
    let name = path.display();
    let cannot = |error: std::io::Error| anyhow!("{name}: cannot be read: {error}");
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(cannot)?;
    file.take(LONGEST + 1)
        .read_to_string(&mut text)
        .map_err(cannot)?;
    if text.len() as u64 > LONGEST {
        bail!("{name}: longer than 1 MiB, which is no list of settings");
    }
    parse(&text).map_err(|(line, reason)| anyhow!("{name}:{line}: {reason}"))
}

/// A line and what is wrong there.
type Trouble = (usize, String);

fn parse(text: &str) -> Result<Vec<Entry>, Trouble> {
    let line = |at: usize| text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        (line(at), error.message().replace('\n', ", "))
    })?;
    let mut entries = Vec::new();
    for (key, value) in table.get_ref() {
        match value.get_ref() {
            DeValue::Table(below) => {
                for (name, value) in below {
                    let line = line(name.span().start);
                    let table = Some(key.get_ref().to_string());
                    entries.push(entry(table, name, value, line)?);
                }
            }
            _ => entries.push(entry(None, key, value, line(key.span().start))?),
        }
    }
    entries.sort_by_key(|entry| entry.line);
    Ok(entries)
}

fn entry(
    table: Option<String>,
    key: &Spanned<std::borrow::Cow<'_, str>>,
    value: &Spanned<DeValue<'_>>,
    line: usize,
) -> Result<Entry, Trouble> {
    let key = key.get_ref().to_string();
    let value = match value.get_ref() {
        DeValue::Boolean(is_on) => Value::Switch(*is_on),
        DeValue::Array(values) => {
            let texts = values.iter().map(|value| text(value.get_ref()));
            let texts: Option<Vec<String>> = texts.collect();
            Value::Many(texts.ok_or_else(|| {
                (
                    line,
                    format!("{key} is a list of other things than texts and numbers"),
                )
            })?)
        }
        value => Value::One(text(value).ok_or_else(|| {
            (
                line,
                format!("{key} is a table; tables are only for commands, as [search]"),
            )
        })?),
    };
    Ok(Entry {
        table,
        key,
        value,
        line,
    })
}

/// A single value as text.
fn text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .ok()
            .map(|number| number.to_string()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_lines_and_tables() {
        let text = "index = \"archiv\"\n\n[search]\nlimit = 2_0\nfrom = 2025-01-01\n\
                    all = true\nfilter = [\"agency=dpa\", \"country=RU\"]\n";
        let entries = parse(text).unwrap();
        let lines: Vec<usize> = entries.iter().map(|entry| entry.line).collect();
        assert_eq!(lines, [1, 4, 5, 6, 7]);
        assert_eq!(entries[0].table, None);
        assert_eq!(entries[1].table.as_deref(), Some("search"));
        assert_eq!(entries[1].value, Value::One("20".into()));
        assert_eq!(entries[2].value, Value::One("2025-01-01".into()));
        assert_eq!(entries[3].value, Value::Switch(true));
        let filters = vec!["agency=dpa".to_owned(), "country=RU".to_owned()];
        assert_eq!(entries[4].value, Value::Many(filters));
    }

    #[test]
    fn what_is_no_setting_is_told_with_its_line() {
        assert_eq!(parse("a = 1\nb = = 2").unwrap_err().0, 2);
        assert_eq!(parse("\n[search.x]\ny = 1").unwrap_err().0, 2);
        assert_eq!(parse("a = [[1]]").unwrap_err().0, 1);
        assert!(parse("").unwrap().is_empty());
    }
}

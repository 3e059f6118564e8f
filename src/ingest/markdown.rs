//! Markdown: front matter, a heading as title, marks taken off the text.

use std::ops::ControlFlow;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::input::Input;
use super::{Emit, Format, ReadOptions, content_hash, decode, derived_id, jsonl, text};

/// Markdown, told by front matter or by a heading in its first lines and other marks.
pub(super) const FORMAT: Format = Format { recognises, read };

fn recognises(input: &Input<'_>) -> bool {
    let head = input.head_text();
    if front_matter(&head).is_some() {
        return true;
    }
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.next().is_some_and(|line| HEADING.is_match(line))
}

static HEADING: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^#{1,6} +\S").unwrap());

/// Marks of links, images and emphasis, in that order.
static MARKS: LazyLock<[(Regex, &str); 8]> = LazyLock::new(|| {
    [
        (r"!\[([^\]]*)\]\([^)]*\)(?:\{[^}]*\})?", ""),
        (r"\[([^\]]+)\]\([^)]*\)", "$1"),
        (r"\[([^\]]+)\]\[[^\]]*\]", "$1"),
        (r"<(https?://[^>\s]+)>", "$1"),
        (r"(?:\*\*|__)([^*_\n]+)(?:\*\*|__)", "$1"),
        (r"(^|[\s(„\x22])[*_]([^*_\s][^*_\n]*)[*_]", "$1$2"),
        (r"`([^`\n]+)`", "$1"),
        (r"\\([\\`*_{}\[\]()#+.!>-])", "$1"),
    ]
    .map(|(pattern, with)| (Regex::new(pattern).unwrap(), with))
});

/// The lines between two lines `---` at the beginning, and where they end.
fn front_matter(source: &str) -> Option<(&str, usize)> {
    let rest = source
        .strip_prefix("---\n")
        .or_else(|| source.strip_prefix("---\r\n"))?;
    let start = source.len() - rest.len();
    let mut at = start;
    for line in rest.split_inclusive('\n').take(200) {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&source[start..at], at + line.len()));
        }
        at += line.len();
    }
    None
}

fn read(input: &mut Input<'_>, options: &ReadOptions, emit: &mut Emit<'_>) -> ControlFlow<()> {
    let bytes = match input.read_all(options.max_document_bytes) {
        Ok(bytes) => bytes,
        Err(skipped) => return emit(Err(skipped)),
    };
    let source = decode::decode(&bytes);
    let (matter, begin) = front_matter(&source).map_or(("", 0), |(matter, end)| (matter, end));
    let mut document = text::article(&plain(&source[begin..]));
    // What the front matter states is stated like the fields of a record.
    let mut stated = fields(matter);
    stated.insert("body".into(), Value::String(document.body.clone()));
    let mut troubles = Vec::new();
    if let Some(record) = jsonl::document(input.file, 0, stated, options, &mut troubles) {
        let derived = std::mem::replace(&mut document, record);
        document.lines = derived.lines;
        document.kicker = document.kicker.or(derived.kicker);
        if document.title.is_none() {
            document.title = derived.title;
            document.stated.retain(|field| field != "title");
        }
        document.stated.retain(|field| field != "body");
    }
    for trouble in troubles {
        emit(Err(input.skip(None, &trouble)))?;
    }
    if document.body.is_empty() && document.title.is_none() {
        return emit(Err(
            input.skip(None, "no running text was found, nothing to index")
        ));
    }
    if document.id.is_empty() {
        document.id = derived_id(input.file, 0);
    }
    document.source_path = input.file.path.display().to_string();
    document.content_hash = content_hash(&document);
    emit(Ok(document))
}

/// `key: value` lines; lists as `[a, b]` or as `- a` lines below the key.
fn fields(matter: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut last = String::new();
    for line in matter.lines() {
        let unquote = |value: &str| value.trim().trim_matches(['"', '\'']).to_owned();
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            if let Some(Value::Array(items)) = fields.get_mut(&last) {
                items.push(Value::String(unquote(item)));
            }
            continue;
        }
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        last = match key.trim() {
            "author" => "authors".into(),
            key => key.to_owned(),
        };
        let value = value.trim();
        let value = match value
            .strip_prefix('[')
            .and_then(|value| value.strip_suffix(']'))
        {
            Some(items) => Value::Array(
                items
                    .split(',')
                    .map(|item| Value::String(unquote(item)))
                    .collect(),
            ),
            None if value.is_empty() => Value::Array(Vec::new()),
            None => Value::String(unquote(value)),
        };
        fields.insert(last.clone(), value);
    }
    fields
}

/// The text without its marks, line by line.
fn plain(source: &str) -> String {
    const LONGEST: usize = 100_000;
    let mut plain = String::with_capacity(source.len());
    let mut in_code = false;
    for line in source.lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            in_code = !in_code;
            continue;
        }
        let is_rule = trimmed.len() >= 3
            && trimmed
                .chars()
                .all(|c| matches!(c, '-' | '*' | '_' | '=' | ' '));
        if in_code || is_rule {
            plain.push('\n');
            continue;
        }
        let heading = trimmed.starts_with('#') && HEADING.is_match(trimmed);
        let text = if heading {
            trimmed.trim_matches(['#', ' '])
        } else {
            trimmed.trim_start_matches("> ")
        };
        if text.len() > LONGEST || !text.contains(['*', '_', '[', '`', '<', '\\']) {
            plain.push_str(text);
        } else {
            let mut text = std::borrow::Cow::Borrowed(text);
            for (regex, with) in MARKS.iter() {
                if let std::borrow::Cow::Owned(replaced) = regex.replace_all(&text, *with) {
                    text = replaced.into();
                }
            }
            plain.push_str(&text);
        }
        plain.push('\n');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(
            plain("Ein **fetter** und *schräger* [Verweis](http://x)"),
            "Ein fetter und schräger Verweis\n"
        );
        assert_eq!(plain("## Titel ##"), "Titel\n");
        assert_eq!(plain("![Bild](x.png)Text"), "Text\n");
        assert_eq!(
            plain("5 * 3 * 2 und snake_case_name"),
            "5 * 3 * 2 und snake_case_name\n"
        );
    }

    #[test]
    fn front_matter_states_fields() {
        let source = "---\ntitle: \"Ein Titel\"\ntags: [a, b]\nauthor:\n  - Eva Muster\n---\nText";
        let (matter, end) = front_matter(source).unwrap();
        assert_eq!(&source[end..], "Text");
        let fields = fields(matter);
        assert_eq!(fields["title"], "Ein Titel");
        assert_eq!(fields["authors"][0], "Eva Muster");
        assert_eq!(fields["tags"][1], "b");
    }
}

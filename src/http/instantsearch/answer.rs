//! Hits in the shape that clients of Meilisearch read.

use serde_json::{Map, Value, json};

use crate::search::Hit;

/// What of a hit is wanted, and how words found are marked.
pub(super) struct Marks<'a> {
    /// Before a word that was found.
    pub(super) pre: &'a str,
    /// Behind it.
    pub(super) post: &'a str,
    /// Between passages that do not follow each other.
    pub(super) between: &'a str,
    /// Names of the attributes; all if `None`.
    pub(super) retrieved: Option<&'a [String]>,
    /// Names of the attributes in which words are marked; without any, nothing is.
    pub(super) highlighted: Option<&'a [String]>,
    /// Whether to tell where the words are.
    pub(super) positions: bool,
}

/// A text and the spans in it that matched, in bytes.
struct Marked {
    text: String,
    spans: Vec<(usize, usize)>,
}

/// A hit: ours, with `body` instead of its passages; once more with marks in `_formatted`.
pub(super) fn hit(hit: &Hit, marks: &Marks<'_>) -> Value {
    let title = Marked {
        text: hit.title.clone().unwrap_or_default(),
        spans: hit.title_highlights.clone(),
    };
    let body = passages(hit, marks.between);
    let mut plain = match json!(hit) {
        Value::Object(object) => object,
        _ => Map::new(),
    };
    plain.shift_remove("snippets");
    plain.shift_remove("title_highlights");
    plain.insert("body".to_owned(), json!(body.text));
    plain.retain(|name, _| is_among(name, marks.retrieved, true));
    let mut positions = Map::new();
    let mut formatted = plain.clone();
    for (name, marked) in [("title", &title), ("body", &body)] {
        if !marked.spans.is_empty() {
            positions.insert(name.to_owned(), marked.positions());
        }
        let is_marked = is_among(name, marks.highlighted, false);
        if let Some(value) = formatted.get_mut(name).filter(|value| value.is_string()) {
            *value = if is_marked {
                json!(marked.with(marks))
            } else {
                json!(marked.text)
            };
        }
    }
    if marks.are_html() {
        for (name, value) in &mut formatted {
            let is_escaped = ["title", "body"].contains(&name.as_str())
                && is_among(name, marks.highlighted, false);
            if !is_escaped {
                escape_all(value);
            }
        }
    }
    if marks.highlighted.is_some() {
        plain.insert("_formatted".to_owned(), Value::Object(formatted));
    }
    if marks.positions {
        plain.insert("_matchesPosition".to_owned(), Value::Object(positions));
    }
    Value::Object(plain)
}

/// The passages of a hit as one text.
fn passages(hit: &Hit, between: &str) -> Marked {
    let mut body = Marked {
        text: String::new(),
        spans: Vec::new(),
    };
    for snippet in &hit.snippets {
        if !body.text.is_empty() {
            body.text.push(' ');
            body.text.push_str(between);
            body.text.push(' ');
        }
        let at = body.text.len();
        body.text.push_str(&snippet.text);
        let spans = snippet.highlights.iter();
        body.spans
            .extend(spans.map(|(start, end)| (start + at, end + at)));
    }
    body
}

impl Marks<'_> {
    /// Whether the marks are HTML, so that the text around them has to be, too. Widgets use marks
    /// that are not, and escape the text themselves.
    fn are_html(&self) -> bool {
        self.pre.contains('<') || self.post.contains('<')
    }
}

impl Marked {
    /// The text with marks.
    fn with(&self, marks: &Marks<'_>) -> String {
        let write = |out: &mut String, text: &str| match marks.are_html() {
            true => out.push_str(&escaped(text)),
            false => out.push_str(text),
        };
        let mut out = String::with_capacity(self.text.len() + 32);
        let mut at = 0;
        for (start, end) in &self.spans {
            let (Some(before), Some(found)) =
                (self.text.get(at..*start), self.text.get(*start..*end))
            else {
                continue;
            };
            write(&mut out, before);
            out.push_str(marks.pre);
            write(&mut out, found);
            out.push_str(marks.post);
            at = *end;
        }
        write(&mut out, &self.text[at..]);
        out
    }

    fn positions(&self) -> Value {
        let spans = self.spans.iter();
        let spans = spans.map(|(start, end)| json!({ "start": start, "length": end - start }));
        spans.collect()
    }
}

/// Whether an attribute is in a list; `without` says so if there is none.
fn is_among(name: &str, list: Option<&[String]>, without: bool) -> bool {
    let fits = |entry: &String| {
        // A part of an attribute, as publisher.name, is given with all of it.
        entry == "*" || entry.split('.').next() == Some(name)
    };
    list.map_or(without, |list| list.iter().any(fits))
}

fn escape_all(value: &mut Value) {
    match value {
        Value::String(text) => *text = escaped(text),
        Value::Array(values) => values.iter_mut().for_each(escape_all),
        Value::Object(object) => object.values_mut().for_each(escape_all),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn escaped(text: &str) -> String {
    crate::search::html(text, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(pre: &str, post: &str) -> String {
        let marks = Marks {
            pre,
            post,
            between: "…",
            retrieved: None,
            highlighted: None,
            positions: false,
        };
        let text = "Öl & <Gas>".to_owned();
        let spans = vec![(0, 3), (7, 10)];
        Marked { text, spans }.with(&marks)
    }

    #[test]
    fn marks_that_are_html_make_the_text_html() {
        assert_eq!(marked("[", "]"), "[Öl] & <[Gas]>");
        assert_eq!(
            marked("<em>", "</em>"),
            "<em>Öl</em> &amp; &lt;<em>Gas</em>&gt;"
        );
    }

    #[test]
    fn attributes_are_picked_by_name() {
        let list = ["title".to_owned(), "publisher.name".to_owned()];
        assert!(is_among("title", Some(&list), false));
        assert!(is_among("publisher", Some(&list), false));
        assert!(!is_among("body", Some(&list), true));
        assert!(is_among("body", Some(&["*".to_owned()]), false));
        assert!(is_among("body", None, true));
    }
}

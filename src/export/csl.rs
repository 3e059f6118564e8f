//! CSL-JSON, for citation processors (citeproc, pandoc, Zotero).

use std::io::{self, Write};

use serde_json::{Value, json};

use super::facts;
use super::{Format, Head};
use crate::search::Hit;

/// One list with an item for each hit.
pub(super) struct CslJson;

impl Format for CslJson {
    fn name(&self) -> &'static str {
        "csl-json"
    }

    fn media_type(&self) -> &'static str {
        "application/vnd.citationstyles.csl+json"
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn shows_passages(&self) -> bool {
        false
    }

    fn begin(&self, out: &mut dyn Write, _: &Head) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn hit(&self, out: &mut dyn Write, head: &Head, number: u64, hit: &Hit) -> io::Result<()> {
        out.write_all(if number > 1 { b",\n" } else { b"\n" })?;
        Ok(serde_json::to_writer(out, &item(head, hit))?)
    }

    fn end(&self, out: &mut dyn Write, _: &Head) -> io::Result<()> {
        out.write_all(b"\n]\n")
    }
}

fn item(head: &Head, hit: &Hit) -> Value {
    let (year, month, day) = head.accessed.day();
    let mut item = json!({
        "id": hit.id,
        "type": if hit.publisher.is_some() { "article-newspaper" } else { "article" },
        "title": facts::title(hit),
        "accessed": { "date-parts": [[year, month, day]] },
    });
    if !hit.authors.is_empty() {
        // Which part is the family name is not known: the names are literal.
        let names = hit.authors.iter().map(|name| json!({ "literal": name }));
        item["author"] = names.collect();
    }
    if let Some(publisher) = &hit.publisher {
        item["container-title"] = json!(publisher.name);
    }
    if let Some(date) = facts::date(hit) {
        let mut parts = vec![json!(date.year_number())];
        parts.extend(date.month_number().map(|month| json!(month)));
        parts.extend(date.day_number().map(|day| json!(day)));
        item["issued"] = json!({ "date-parts": [parts] });
    }
    if let Some(url) = &hit.url {
        item["URL"] = json!(url);
    }
    if let Some(language) = &hit.language {
        item["language"] = json!(language);
    }
    let keywords = facts::keywords(hit);
    if !keywords.is_empty() {
        item["keyword"] = json!(keywords.join(", "));
    }
    item["note"] = json!(facts::notes(hit).join("; "));
    item["custom"] = json!({ "content_hash": hit.content_hash });
    item
}

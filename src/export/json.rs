//! JSON: one object with the question and all hits.

use std::io::{self, Write};

use serde_json::json;

use super::{Format, Head};
use crate::search::Hit;

/// One object; the hits as `search` prints them.
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn media_type(&self) -> &'static str {
        "application/json"
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn shows_passages(&self) -> bool {
        true
    }

    fn begin(&self, out: &mut dyn Write, head: &Head) -> io::Result<()> {
        let accessed = head.accessed.stamp();
        write!(
            out,
            "{{\"query\":{},\"total_hits\":{},\"accessed\":\"{accessed}\",\"hits\":[",
            json!(head.query),
            head.total_hits
        )
    }

    fn hit(&self, out: &mut dyn Write, _: &Head, number: u64, hit: &Hit) -> io::Result<()> {
        out.write_all(if number > 1 { b",\n" } else { b"\n" })?;
        Ok(serde_json::to_writer(out, hit)?)
    }

    fn end(&self, out: &mut dyn Write, _: &Head) -> io::Result<()> {
        out.write_all(b"\n]}\n")
    }
}

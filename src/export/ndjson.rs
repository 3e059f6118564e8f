//! NDJSON: one hit a line.

use std::io::{self, Write};

use super::{Format, Head};
use crate::search::Hit;

/// One hit a line, as `search` prints it.
pub(super) struct Ndjson;

impl Format for Ndjson {
    fn name(&self) -> &'static str {
        "ndjson"
    }

    fn media_type(&self) -> &'static str {
        "application/x-ndjson"
    }

    fn extension(&self) -> &'static str {
        "ndjson"
    }

    fn shows_passages(&self) -> bool {
        true
    }

    fn hit(&self, out: &mut dyn Write, _: &Head, _: u64, hit: &Hit) -> io::Result<()> {
        serde_json::to_writer(&mut *out, hit)?;
        out.write_all(b"\n")
    }
}

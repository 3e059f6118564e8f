//! RIS, for Zotero, Citavi, EndNote.

use std::io::{self, Write};

use super::facts::{self, in_a_line};
use super::{Format, Head};
use crate::document::PartialDate;
use crate::search::Hit;

/// One record for each hit; lines end as the format wants them.
pub(super) struct Ris;

impl Format for Ris {
    fn name(&self) -> &'static str {
        "ris"
    }

    fn media_type(&self) -> &'static str {
        "application/x-research-info-systems; charset=utf-8"
    }

    fn extension(&self) -> &'static str {
        "ris"
    }

    fn shows_passages(&self) -> bool {
        false
    }

    fn hit(&self, out: &mut dyn Write, head: &Head, _: u64, hit: &Hit) -> io::Result<()> {
        tag(out, "TY", "NEWS")?;
        tag(out, "ID", &hit.id)?;
        tag(out, "TI", facts::title(hit))?;
        for author in &hit.authors {
            tag(out, "AU", author)?;
        }
        if let Some(publisher) = &hit.publisher {
            tag(out, "T2", &publisher.name)?;
        }
        if let Some(date) = facts::date(hit) {
            tag(out, "PY", &format!("{:04}", date.year_number()))?;
            tag(out, "DA", &day(date))?;
        }
        if let Some(url) = &hit.url {
            tag(out, "UR", url)?;
        }
        let (year, month, day) = head.accessed.day();
        tag(out, "Y2", &format!("{year:04}/{month:02}/{day:02}/"))?;
        if let Some(language) = &hit.language {
            tag(out, "LA", language)?;
        }
        for keyword in facts::keywords(hit) {
            tag(out, "KW", keyword)?;
        }
        for note in facts::notes(hit) {
            tag(out, "N1", &note)?;
        }
        tag(out, "DB", "Fundstelle")?;
        out.write_all(b"ER  - \r\n\r\n")
    }
}

/// Year, month and day with slashes; what is not known is left empty.
fn day(date: PartialDate) -> String {
    let two = |part: Option<u8>| part.map_or_else(String::new, |part| format!("{part:02}"));
    let (month, day) = (two(date.month_number()), two(date.day_number()));
    format!("{:04}/{month}/{day}/", date.year_number())
}

/// One line: a text can end neither its line nor its record.
fn tag(out: &mut dyn Write, tag: &str, value: &str) -> io::Result<()> {
    write!(out, "{tag}  - {}\r\n", in_a_line(value))
}

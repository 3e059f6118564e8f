//! BibTeX, for LaTeX: the fields of classic styles and of biblatex.

use std::io::{self, Write};

use super::facts::{self, in_a_line};
use super::{Format, Head};
use crate::search::Hit;

/// One entry for each hit, in UTF-8.
pub(super) struct Bibtex;

impl Format for Bibtex {
    fn name(&self) -> &'static str {
        "bibtex"
    }

    fn media_type(&self) -> &'static str {
        "application/x-bibtex; charset=utf-8"
    }

    fn extension(&self) -> &'static str {
        "bib"
    }

    fn shows_passages(&self) -> bool {
        false
    }

    fn hit(&self, out: &mut dyn Write, head: &Head, _: u64, hit: &Hit) -> io::Result<()> {
        let kind = match hit.publisher {
            Some(_) => "article",
            None => "misc",
        };
        write!(out, "@{kind}{{{}", key(&hit.id))?;
        // The second braces keep the capitals of German nouns.
        field(out, "title", &format!("{{{}}}", escaped(facts::title(hit))))?;
        if !hit.authors.is_empty() {
            let authors: Vec<String> = hit.authors.iter().map(|name| author(name)).collect();
            field(out, "author", &authors.join(" and "))?;
        }
        if let Some(publisher) = &hit.publisher {
            field(out, "journal", &escaped(&publisher.name))?;
        }
        if let Some(date) = facts::date(hit) {
            field(out, "date", &date.without_time().to_string())?;
            field(out, "year", &format!("{:04}", date.year_number()))?;
            if let Some(month) = date.month_number() {
                field(out, "month", &month.to_string())?;
            }
        }
        if let Some(url) = &hit.url {
            field(out, "url", &address(url))?;
        }
        field(out, "urldate", &head.accessed.date())?;
        if let Some(language) = &hit.language {
            let name = match language.as_str() {
                "de" => "german",
                "en" => "english",
                "fr" => "french",
                other => other,
            };
            field(out, "langid", &escaped(name))?;
        }
        let keywords = facts::keywords(hit);
        if !keywords.is_empty() {
            // A comma would begin another keyword.
            let keywords = keywords.iter().map(|name| escaped(&name.replace(',', " ")));
            field(out, "keywords", &keywords.collect::<Vec<_>>().join(", "))?;
        }
        field(out, "note", &escaped(&facts::notes(hit).join("; ")))?;
        out.write_all(b"\n}\n\n")
    }
}

fn field(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    write!(out, ",\n  {name} = {{{value}}}")
}

/// The key of an entry: the id, with `_` and two digits for each byte that keys cannot have. Two
/// ids never have the same key.
fn key(id: &str) -> String {
    let mut key = "fs-".to_owned();
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => key.push(char::from(byte)),
            _ => key.push_str(&format!("_{byte:02x}")),
        }
    }
    key
}

/// A name; braces keep together what BibTeX would take apart.
fn author(name: &str) -> String {
    let name = in_a_line(name);
    let splits = name.contains(',')
        || (name.split(' ')).any(|word| ["and", "others"].contains(&&*word.to_lowercase()));
    match splits {
        true => format!("{{{}}}", escaped(&name)),
        false => escaped(&name),
    }
}

/// Text that LaTeX prints as it is. Braces are named, since BibTeX counts them even after `\`.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in in_a_line(text).chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// An address, which LaTeX takes verbatim; what would end the field is percent-encoded.
fn address(url: &str) -> String {
    let mut address = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '{' => address.push_str("%7B"),
            '}' => address.push_str("%7D"),
            '\\' => address.push_str("%5C"),
            c if c.is_whitespace() || c.is_control() => address.push_str("%20"),
            c => address.push(c),
        }
    }
    address
}

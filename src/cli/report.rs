//! How an answer looks to people.

use std::io::{self, Write};

use serde_json::Value;

use super::chart;
use super::terminal::{self, Output, Style, columns, harmless};
use crate::archive::Archive;
use crate::document::Access;
use crate::search::{
    CopyGroup, Facet, FacetCount, Facets, Hit, QueryEcho, SearchResponse, Snippet,
};

/// Hits with passages, then the facets.
pub(super) fn answer(
    out: &mut Output,
    archive: &Archive,
    response: &SearchResponse,
) -> io::Result<()> {
    notices(&response.query);
    let what = match response.query.text.trim() {
        "" => "in the archive".to_owned(),
        text => format!("for {}", harmless(text)),
    };
    let count = total(response);
    let headline = out.styled(Style::Bold, &format!("{count} {what}"));
    let time = out.styled(Style::Dim, &format!("({} ms)", response.took_ms));
    writeln!(out, "{headline} {time}")?;
    also_searched(out, &response.query)?;
    did_you_mean(out, &response.query)?;
    for (index, found) in response.hits.iter().enumerate() {
        hit(out, index + 1, found)?;
    }
    writeln!(out)?;
    facets(out, archive, &response.facets)?;
    if let Some(histogram) = &response.histogram {
        chart::write(out, histogram)?;
    }
    if let Some(cursor) = &response.next_cursor {
        let more = format!("there are more: --cursor {cursor}");
        writeln!(out, "\n{}", out.styled(Style::Dim, &more))?;
    }
    Ok(())
}

/// What was searched for beside the words.
fn also_searched(out: &mut Output, query: &QueryEcho) -> io::Result<()> {
    for also in &query.also_searched {
        let forms: Vec<&str> = also.forms.iter().map(|form| form.text.as_str()).collect();
        let text = format!("also searched for {}: {}", also.word, forms.join(", "));
        out.wrapped(0, &[(Style::Dim, &text)])?;
    }
    Ok(())
}

/// What may have been meant.
fn did_you_mean(out: &mut Output, query: &QueryEcho) -> io::Result<()> {
    for correction in &query.did_you_mean {
        let hits = counted(correction.total_hits, "hit");
        let text = format!("did you mean: {} ({hits})", harmless(&correction.text));
        out.wrapped(0, &[(Style::Plain, &text)])?;
    }
    Ok(())
}

/// The number of hits, and of distinct copies if they were counted.
pub(super) fn total(response: &SearchResponse) -> String {
    let hits = counted(response.total_hits, "hit");
    match response.total_copies {
        None => hits,
        Some(1) => format!("{hits}, 1 distinct copy"),
        Some(copies) => format!("{hits}, {copies} distinct copies"),
    }
}

/// Where else the text of a hit stands, in a line; `None` if it has no copies.
pub(super) fn also_in(group: &CopyGroup) -> Option<String> {
    if group.size < 2 {
        return None;
    }
    let prints = group.also_in.iter().map(|print| {
        let house = print
            .publisher
            .as_ref()
            .map(|publisher| publisher.name.as_str());
        let mut name = house.unwrap_or(&print.id).to_owned();
        if let Some(date) = &print.date {
            name.push_str(&format!(" ({date})"));
        }
        name
    });
    let names = prints.collect::<Vec<_>>().join(", ");
    let more = match group.size - 1 - group.also_in.len() as u64 {
        0 => String::new(),
        more => format!(" und {more} weiteren"),
    };
    Some(format!(
        "auch erschienen in {names}{more} [copy:{}]",
        group.id
    ))
}

/// Remarks on the query, to stderr.
pub(super) fn notices(query: &QueryEcho) {
    for notice in &query.notices {
        terminal::note(&format!("note: {}", harmless(&notice.message)));
    }
}

/// One hit with its passages.
pub(super) fn hit(out: &mut Output, number: usize, hit: &Hit) -> io::Result<()> {
    let title = hit.title.as_deref().unwrap_or("(ohne Titel)");
    writeln!(out)?;
    let number = format!("{number}. ");
    out.wrapped(0, &[(Style::Dim, &number), (Style::Bold, title)])?;
    out.wrapped(3, &[(Style::Dim, &facts(hit).join(" · "))])?;
    for snippet in &hit.snippets {
        out.wrapped(3, &pieces(snippet))?;
    }
    if let Some(explanation) = &hit.explanation {
        super::explanation::write(out, explanation)?;
    }
    if let Some(also_in) = also_in(&hit.copy) {
        out.wrapped(3, &[(Style::Dim, &also_in)])?;
    }
    out.wrapped(
        3,
        &[(Style::Dim, &format!("{} · {}", hit.id, hit.source_path))],
    )
}

/// What is known of a hit, in a line.
fn facts(hit: &Hit) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(hit.publisher.iter().map(|publisher| publisher.name.clone()));
    facts.extend(hit.date.clone());
    for (role, label) in [("cited", "zitiert"), ("credited", "Material")] {
        let of_text = |agency: &&Value| agency["role"] == role && agency["scope"] == "text";
        let names = names(hit.agencies.iter().filter(of_text));
        if !names.is_empty() {
            facts.push(format!("{label}: {}", names.join(", ")));
        }
    }
    let countries = names(hit.countries.iter());
    if !countries.is_empty() {
        facts.push(countries.join(", "));
    }
    facts.extend(match hit.access {
        Access::Full => None,
        Access::Snippet => Some("nur Auszüge".to_owned()),
        Access::Metadata => Some("ohne Text".to_owned()),
    });
    facts
}

fn names<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<&'a str> {
    values.filter_map(|value| value["name"].as_str()).collect()
}

/// The passage in pieces, its highlights marked.
fn pieces(snippet: &Snippet) -> Vec<(Style, &str)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end) in &snippet.highlights {
        pieces.push((Style::Plain, &snippet.text[at..*start]));
        pieces.push((Style::Mark, &snippet.text[*start..*end]));
        at = *end;
    }
    pieces.push((Style::Plain, &snippet.text[at..]));
    pieces
}

/// A table of facet values with their counts.
pub(super) fn facets(out: &mut Output, archive: &Archive, facets: &Facets) -> io::Result<()> {
    let fields = archive.schema().fields().iter();
    for Facet { label, counts } in fields.filter_map(|field| facets.get(&field.name)) {
        writeln!(out, "{}", out.styled(Style::Bold, label))?;
        values(out, &counts.values, 1)?;
        for (count, copies, label) in [
            (counts.other, counts.other_copies, "(weitere)"),
            (counts.missing, counts.missing_copies, "(ohne Angabe)"),
        ] {
            if count > 0 {
                line(out, 1, label, (count, copies), "")?;
            }
        }
    }
    Ok(())
}

fn values(out: &mut Output, list: &[FacetCount], depth: usize) -> io::Result<()> {
    for value in list {
        let FacetCount { id, name, .. } = value;
        let shown = if id == name {
            name.clone()
        } else {
            format!("{name} [{id}]")
        };
        let state = if value.selected {
            " ✓"
        } else if value.excluded {
            " ✗"
        } else {
            ""
        };
        line(out, depth, &shown, (value.count, value.copies), state)?;
        values(out, &value.children, depth + 1)?;
    }
    Ok(())
}

/// A line of a table; `counts` are articles and, if they were counted, distinct copies.
pub(super) fn line(
    out: &mut Output,
    depth: usize,
    name: &str,
    counts: (u64, Option<u64>),
    state: &str,
) -> io::Result<()> {
    let indent = depth * 2;
    let name = harmless(name);
    let room = 56_usize.saturating_sub(indent + columns(&name));
    let dots = out.styled(Style::Dim, &" ".repeat(room));
    let (count, copies) = counts;
    let copies = copies.map_or_else(String::new, |copies| format!(" {copies:>7}"));
    writeln!(out, "{:indent$}{name}{dots} {count:>7}{copies}{state}", "")
}

/// A number and its noun.
pub(super) fn counted(count: u64, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}

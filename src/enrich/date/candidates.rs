//! What may be the date of a document, and what it would be the date of.

use std::sync::LazyLock;

use regex::Regex;

use super::scan::{Found, LONGEST, scan};
use super::today;
use crate::document::{Document, Evidence, Line, LineKind, PartialDate};

/// What a candidate is the date of, and where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Said to be the publication.
    Published,
    /// Said to be an update.
    Updated,
    /// A header that an archive put before the text.
    Header,
    /// A line of its own that says nothing more.
    Bare,
    /// The beginning or the signature of the text.
    Dateline,
    /// The number of a dpa report.
    DpaNumber,
    /// The address of the page.
    Address,
    /// When it was on the air.
    Broadcast,
    /// Anything less.
    Weak,
}

/// A date and why it may be the document's.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) value: PartialDate,
    pub(super) class: Class,
    pub(super) evidence: Evidence,
}

/// No newspaper text in an archive of this kind is older; other numbers are no years.
const FIRST_YEAR: u16 = 1990;
/// So many lines at the head of a text may be its date.
const HEAD_LINES: usize = 15;

/// All candidates, in the order of the source within each place.
pub(super) fn candidates(document: &Document) -> Vec<Candidate> {
    let mut all = Vec::new();
    metadata(document, &mut all);
    date_lines(document, &mut all);
    other_lines(document, &mut all);
    body(document, &mut all);
    address(document, &mut all);
    let latest = today();
    let possible =
        |date: PartialDate| date.year_number() >= FIRST_YEAR && date.beginning() <= latest.ending();
    all.retain(|candidate| possible(candidate.value));
    all
}

/// Keys of what a page says of itself, in lower case: `name: value` lines.
fn class_of_key(key: &str) -> Option<(Class, f32)> {
    const PUBLISHED: [&str; 24] = [
        "datepublished",
        "article:published_time",
        "article:published",
        "og:published_time",
        "og:article:published_time",
        "published_time",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "article.published",
        "parsely-pub-date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "dc.date.created",
        "dc.created",
        "sailthru.date",
        "vr:published_time",
        "cxenseparse:recs:publishtime",
        "cxenseparse:publishtime",
        "article_date_original",
        "originalpublicationdate",
    ];
    const GENERAL: [&str; 9] = [
        "date",
        "dc.date",
        "dcterms.date",
        "dc:date",
        "datecreated",
        "uploaddate",
        "article:date",
        "time published",
        "rnews:datepublished",
    ];
    const UPDATED: [&str; 12] = [
        "datemodified",
        "article:modified_time",
        "og:updated_time",
        "article:modified",
        "modified_time",
        "last-modified",
        "lastmod",
        "dcterms.modified",
        "dc.date.modified",
        "revised",
        "article:updated_time",
        "time modified",
    ];
    let key = key.to_ascii_lowercase();
    if PUBLISHED.contains(&key.as_str()) {
        Some((Class::Published, 0.95))
    } else if GENERAL.contains(&key.as_str()) {
        Some((Class::Published, 0.85))
    } else if UPDATED.contains(&key.as_str()) {
        Some((Class::Updated, 0.9))
    } else if key == "script published" {
        Some((Class::Published, 0.6))
    } else if key == "time" {
        Some((Class::Bare, 0.7))
    } else {
        None
    }
}

fn metadata(document: &Document, all: &mut Vec<Candidate>) {
    let begin = all.len();
    for line in document
        .lines
        .iter()
        .filter(|line| line.kind == LineKind::Metadata)
    {
        let Some((key, value)) = line.text.split_once(": ") else {
            continue;
        };
        let Some((class, confidence)) = class_of_key(key) else {
            continue;
        };
        let date = PartialDate::from_stamp(value)
            .or_else(|| scan(value).into_iter().find_map(|found| found.date));
        if let Some(value) = date {
            all.push(Candidate {
                value,
                class,
                evidence: evidence(line, 0..line.text.len(), "page-metadata", confidence),
            });
        }
    }
    // Surer keys first, whatever their order in the page.
    all[begin..].sort_by(|a, b| b.evidence.confidence.total_cmp(&a.evidence.confidence));
}

/// Lines of dates that belong together, as one text with the places of its lines.
struct Joined {
    text: String,
    /// (offset in `text`, offset in the source) of each line.
    starts: Vec<(usize, usize)>,
}

impl Joined {
    /// Consecutive date lines of `lines`, at most four short ones.
    fn all(lines: &[Line]) -> Vec<Joined> {
        const MOST: usize = 4;
        let mut groups: Vec<Joined> = Vec::new();
        let mut last: Option<(usize, usize)> = None;
        for (index, line) in lines.iter().enumerate() {
            if line.kind != LineKind::Date || line.text.len() > LONGEST / MOST {
                continue;
            }
            let follows = last.is_some_and(|(before, end)| {
                before + 1 == index && line.start >= end && line.start - end < 200
            });
            match groups.last_mut() {
                Some(group) if follows && group.starts.len() < MOST => {
                    group.text.push('\n');
                    group.starts.push((group.text.len(), line.start));
                    group.text.push_str(&line.text);
                }
                _ => groups.push(Joined {
                    text: line.text.clone(),
                    starts: vec![(0, line.start)],
                }),
            }
            last = Some((index, line.end));
        }
        groups
    }

    fn source_offset(&self, at: usize) -> usize {
        let (offset, source) = self
            .starts
            .iter()
            .rev()
            .find(|(offset, _)| *offset <= at)
            .copied()
            .unwrap_or_default();
        source + (at - offset)
    }
}

static HEADER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)^\W*date:? \d{4}").unwrap());

static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)veröffentlich|veroeffentlich|erschienen|erschien|publiziert|publikation|erstellt|online seit|published|(?-u:\b)publ?(?-u:\b)|ausgabe|erstveröff|(?-u:\b)vom(?-u:\b)|(?-u:\b)datum(?-u:\b)").unwrap()
});
static UPDATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)aktualisier|(?-u:\b)stand(?-u:\b)|(?-u:\b)upd(?:ate|ated)?(?-u:\b)|änderung|geändert|bearbeitet|überarbeitet",
    )
    .unwrap()
});
static BROADCAST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)sendung|gesendet|(?-u:\b)sendedatum").unwrap());

fn date_lines(document: &Document, all: &mut Vec<Candidate>) {
    for group in Joined::all(&document.lines) {
        let mut label_from = 0;
        let mut class = None;
        for found in scan(&group.text.replace('\n', " ")) {
            let label = &group.text[label_from.min(found.range.start)..found.range.start];
            label_from = found.range.end;
            let named = named_class(label);
            // A label holds for its own date only; the next needs one of its own.
            class = named.or(if class.is_some() {
                Some(Class::Weak)
            } else {
                None
            });
            let class_here = if HEADER.is_match(&group.text) {
                Class::Header
            } else {
                class.unwrap_or(Class::Bare)
            };
            let Some(value) = found.date.or_else(|| with_year(document, &found)) else {
                continue;
            };
            let (rule, confidence) = match class_here {
                Class::Published => ("labelled-date", 0.9),
                Class::Updated => ("labelled-update", 0.85),
                Class::Header => ("archive-header", 0.9),
                Class::Broadcast => ("broadcast-date", 0.6),
                Class::Weak => ("further-date", 0.4),
                _ => ("date-line", 0.75),
            };
            let class_here = if class_here == Class::Header
                && value.precision() >= crate::document::Precision::Day
            {
                Class::Published
            } else {
                class_here
            };
            all.push(Candidate {
                value,
                class: class_here,
                evidence: Evidence {
                    field: "source".into(),
                    start: group.source_offset(found.range.start),
                    end: group.source_offset(found.range.end),
                    text: group.text[found.range.clone()].to_owned(),
                    rule: rule.into(),
                    confidence,
                },
            });
            class.get_or_insert(Class::Bare);
        }
    }
}

fn named_class(label: &str) -> Option<Class> {
    // The word nearest to the date counts.
    let last = |regex: &Regex| regex.find_iter(label).last().map(|m| m.end());
    let published = last(&PUBLISHED);
    let updated = last(&UPDATED);
    match (published, updated) {
        (Some(published), Some(updated))
            if published > updated && !label[updated..].to_lowercase().contains("vom") =>
        {
            Some(Class::Published)
        }
        (_, Some(_)) => Some(Class::Updated),
        (Some(_), None) => Some(Class::Published),
        (None, None) => BROADCAST.is_match(label).then_some(Class::Broadcast),
    }
}

/// `Berlin, 3. Mai (Reuters) -`: the year comes from another date, else from the weekday.
fn with_year(document: &Document, found: &Found) -> Option<PartialDate> {
    let yearless = found.yearless?;
    let hint = year_hint(document);
    hint.and_then(|year| yearless.in_year(year))
        .or_else(|| yearless.by_weekday(today()))
}

/// A year that a copyright line or the address names.
fn year_hint(document: &Document) -> Option<u16> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:©|\(c\)|copyright|/)[^\d\n]{0,40}((?:19|20)\d\d)(?-u:\b)").unwrap()
    });
    let url = document.url.as_deref().unwrap_or("");
    let sources = document
        .lines
        .iter()
        .filter(|line| line.kind == LineKind::Source);
    let texts = std::iter::once(url).chain(sources.map(|line| line.text.as_str()));
    let mut texts = texts.filter(|text| text.len() <= LONGEST);
    texts.find_map(|text| YEAR.captures(text)?.get(1)?.as_str().parse().ok())
}

/// By-lines and source lines: `(Eva Muster, 3.5.2024)`, `dpa:250428-930-477465/1`.
fn other_lines(document: &Document, all: &mut Vec<Candidate>) {
    for line in &document.lines {
        if !matches!(line.kind, LineKind::Byline | LineKind::Source) {
            continue;
        }
        for found in scan(&line.text) {
            let Some(value) = found.date else { continue };
            let (class, rule, confidence) = match (found.is_dpa_number, line.kind) {
                (true, _) => (Class::DpaNumber, "dpa-number", 0.85),
                (_, LineKind::Byline) => (Class::Dateline, "by-line", 0.75),
                _ if named_class(&line.text) == Some(Class::Published) => {
                    (Class::Weak, "first-publication", 0.5)
                }
                _ => continue,
            };
            all.push(Candidate {
                value,
                class,
                evidence: evidence(line, found.range, rule, confidence),
            });
        }
    }
}

static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\p{Lu}[\p{L}/ .-]{2,40}, (?:(?:Mo|Di|Mi|Do|Fr|Sa|So)\p{L}*,? )?([0-3]?\d\.[^\n]{1,25}?) ?(?:\([^)\n]{2,30}\) ?)?(?:-|–|—|:)").unwrap()
});

/// The dateline, and lines at the head of a body that a record stated with all its notes.
fn body(document: &Document, all: &mut Vec<Candidate>) {
    let body = document.body.as_str();
    let line = body.lines().next().unwrap_or("");
    if let Some(place) = DATELINE
        .captures(&line[..floor(line, 200)])
        .and_then(|c| c.get(1))
        && let Some(found) = scan(place.as_str()).into_iter().next()
        && let Some(value) = found.date.or_else(|| with_year(document, &found))
    {
        all.push(Candidate {
            value,
            class: Class::Dateline,
            evidence: body_evidence(body, place.range(), "dateline", 0.75),
        });
    }
    let verbatim = document.is_stated("body");
    if !verbatim {
        return;
    }
    let mut offset = 0;
    for line in body.split('\n').take(HEAD_LINES) {
        let start = offset;
        offset += line.len() + 1;
        let is_embargo = (document.lines.iter())
            .any(|note| note.kind == LineKind::Embargo && (start..offset).contains(&note.start));
        if line.len() > 160 || is_embargo {
            continue;
        }
        for found in scan(line) {
            let Some(value) = found.date else { continue };
            let label = named_class(&line[..found.range.start]);
            let beside: usize = line.len() - found.range.len();
            let header = HEADER.is_match(line);
            if !header && beside > 60 || line.trim_end().ends_with('.') && label.is_none() {
                continue;
            }
            let class = match label {
                _ if header => Class::Header,
                None if beside > 25 => continue,
                None => Class::Bare,
                Some(class) => class,
            };
            let range = start + found.range.start..start + found.range.end;
            all.push(Candidate {
                value,
                class,
                evidence: body_evidence(body, range, "line-at-the-head", 0.7),
            });
        }
    }
}

static ADDRESS: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    [
        r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>[01]?\d)[/-](?P<d>[0-3]?\d)(?:[/_.-]|$)",
        r"(?:[/_-]|[a-z])(?P<y>20\d\d)-?(?P<m>[01]\d)-?(?P<d>[0-3]\d)(?:[/_.?-]|\d{4,6}(?-u:\b)|$)",
        r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>[01]\d)(?:/|$)",
    ]
    .map(|pattern| Regex::new(pattern).unwrap())
});

fn address(document: &Document, all: &mut Vec<Candidate>) {
    let Some(url) = document.url.as_deref().filter(|url| url.len() <= LONGEST) else {
        return;
    };
    for regex in ADDRESS.iter() {
        let Some(captures) = regex.captures(url) else {
            continue;
        };
        let number = |name: &str| {
            captures
                .name(name)
                .and_then(|m| m.as_str().parse::<u16>().ok())
        };
        let (Some(year), Some(month)) = (number("y"), number("m")) else {
            continue;
        };
        let value = match number("d") {
            Some(day) => PartialDate::day(year, month as u8, day as u8),
            None => PartialDate::month(year, month as u8),
        };
        let Some(value) = value else { continue };
        all.push(Candidate {
            value,
            class: Class::Address,
            evidence: Evidence {
                field: "url".into(),
                start: captures.get_match().start(),
                end: captures.get_match().end(),
                text: captures.get_match().as_str().to_owned(),
                rule: "address".into(),
                confidence: 0.75,
            },
        });
        break;
    }
}

fn evidence(line: &Line, range: std::ops::Range<usize>, rule: &str, confidence: f32) -> Evidence {
    // Where the text of the line is not a slice of the source, the whole line is the evidence.
    let is_slice = line.end - line.start == line.text.len();
    let (start, end) = if is_slice {
        (line.start + range.start, line.start + range.end)
    } else {
        (line.start, line.end)
    };
    Evidence {
        field: "source".into(),
        start,
        end,
        text: line.text[range].to_owned(),
        rule: rule.into(),
        confidence,
    }
}

fn body_evidence(
    body: &str,
    range: std::ops::Range<usize>,
    rule: &str,
    confidence: f32,
) -> Evidence {
    Evidence {
        field: "body".into(),
        start: range.start,
        end: range.end,
        text: body[range].to_owned(),
        rule: rule.into(),
        confidence,
    }
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

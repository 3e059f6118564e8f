//! What a page says of its date where machines look.

use super::candidates::{Candidate, Class, evidence};
use super::scan::scan;
use crate::document::{Document, LineKind, PartialDate};

/// What the value of a key is the date of, and how far that can be trusted; the key is one of a
/// meta element, of JSON-LD, or of our own for what stands in the page.
///
/// Content systems spell these keys in hundreds of ways, so the words in them decide.
fn class_of_key(key: &str) -> Option<(Class, f32)> {
    let letters = key.chars().filter(|c| c.is_alphanumeric());
    let key: String = letters.flat_map(char::to_lowercase).collect();
    let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
    match key.as_str() {
        "scriptpublished" => return Some((Class::Published, 0.6)),
        "time" => return Some((Class::Bare, 0.7)),
        "timeelsewhere" | "elsewhere" => return Some((Class::Weak, 0.3)),
        "timepublished" => return Some((Class::Published, 0.85)),
        _ => {}
    }
    // Dates of other things.
    if has(&[
        "expir",
        "event",
        "unpublish",
        "birth",
        "valid",
        "start",
        "until",
        "end_",
        "copyright",
    ]) {
        return None;
    }
    if has(&[
        "modif",
        "updated",
        "lastmod",
        "revised",
        "changed",
        "update",
        "geaendert",
    ]) {
        return Some((Class::Updated, 0.9));
    }
    let of_library = key.starts_with("dc") && has(&["issued", "created"]);
    if of_library
        || has(&[
            "publish",
            "publicationdate",
            "pubdate",
            "sailthrudate",
            "original",
            "firstpub",
        ])
    {
        return Some((Class::Published, 0.95));
    }
    let general = has(&["created", "upload", "published", "datum"]) || key.ends_with("date");
    general.then_some((Class::Published, 0.85))
}

/// The candidates among the statements of the page, the surer keys first.
pub(super) fn metadata(document: &Document, all: &mut Vec<Candidate>) {
    let begin = all.len();
    let lines = document.lines.iter();
    for line in lines.filter(|line| line.kind == LineKind::Metadata) {
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
    all[begin..].sort_by(|a, b| b.evidence.confidence.total_cmp(&a.evidence.confidence));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_key_decide_what_its_date_is_of() {
        for key in [
            "datePublished",
            "article:published_time",
            "article:published:time",
            "parsely-pub-date",
            "sailthru.date",
            "DC.date.issued",
            "dcterms.created",
            "cXenseParse:recs:publishtime",
            "date",
            "DC.Date",
            "uploadDate",
            "photo:uploaded",
        ] {
            let class = class_of_key(key).map(|(class, _)| class);
            assert_eq!(class, Some(Class::Published), "{key}");
        }
        for key in [
            "dateModified",
            "og:updated_time",
            "last-modified",
            "article:modified_time",
        ] {
            let class = class_of_key(key).map(|(class, _)| class);
            assert_eq!(class, Some(Class::Updated), "{key}");
        }
        for key in ["expires", "event:start_date", "og:site_name", "publisher"] {
            let class = class_of_key(key).map(|(class, _)| class);
            assert_ne!(class, Some(Class::Updated), "{key}");
        }
        assert_eq!(class_of_key("article:expiration_time"), None);
    }
}

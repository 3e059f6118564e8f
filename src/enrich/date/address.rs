//! The address of the page, if it holds the day.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::candidates::{Candidate, Class};
use super::scan::LONGEST;
use crate::document::{Document, Evidence, PartialDate};

/// Forms in which addresses hold a date, the surest first.
static FORMS: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    [
        // Folders of the day of publication: `/2025/06/15/`.
        r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>[01]?\d)[/-](?P<d>[0-3]?\d)(?:[/_.-]|$)",
        r"(?:[/_-]|[a-z])(?P<y>20\d\d)-?(?P<m>[01]\d)-?(?P<d>[0-3]\d)(?:[/_.?-]|\d{4,6}(?-u:\b)|$)",
        // `/meldungen/29-10-2021`, `/aktuelles/08112021-fachtag`
        r"/(?P<d>[0-3]\d)[-_.]?(?P<m>[01]\d)[-_.]?(?P<y>20[0-3]\d)(?:[/_.?-]|$)",
        r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>[01]\d)(?:/|$)",
    ]
    .map(|pattern| Regex::new(pattern).unwrap())
});

/// The date in the address.
pub(super) fn address(document: &Document) -> Option<Candidate> {
    let url = document.url.as_deref().filter(|url| url.len() <= LONGEST)?;
    FORMS.iter().enumerate().find_map(|(form, regex)| {
        let captures = regex.captures(url)?;
        let whole = captures.get_match();
        let value = date(&captures)?;
        // What content systems put into folders is the day of the first publication.
        let rule = if form == 0 {
            "address-folders"
        } else {
            "address"
        };
        Some(Candidate {
            value,
            class: Class::Address,
            evidence: Evidence {
                field: "url".into(),
                start: whole.start(),
                end: whole.end(),
                text: whole.as_str().to_owned(),
                rule: rule.into(),
                confidence: 0.75,
            },
        })
    })
}

fn date(captures: &Captures<'_>) -> Option<PartialDate> {
    let number = |name: &str| captures.name(name)?.as_str().parse::<u16>().ok();
    let (year, month) = (number("y")?, number("m")? as u8);
    match number("d") {
        Some(day) => PartialDate::day(year, month, day as u8),
        None => PartialDate::month(year, month),
    }
}

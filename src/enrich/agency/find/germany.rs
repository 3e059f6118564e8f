//! `Verfassungsschutz`: Germany's, one of its states', or Austria's?

use std::borrow::Cow;

use super::add::service_of;
use super::context::around;
use super::{Facts, Form, Occurrence};
use crate::document::AgencyKind;
use crate::enrich::agency::nouns::{ServiceType, is_office};
use crate::enrich::gazetteers::agencies::AGENCIES;
use crate::enrich::gazetteers::countries::{COUNTRIES, CountryForm};
use crate::enrich::words::{Gap, Words};

/// `der französische Verfassungsschutz` is none of Germany's.
pub(super) fn abroad(words: &Words<'_>, occurrence: &mut Occurrence) {
    let Some(before) = occurrence.first.checked_sub(1) else {
        return;
    };
    let (hit, _) = COUNTRIES.at(words, before);
    let Some(hit) =
        hit.filter(|hit| hit.form == CountryForm::Adjective && hit.end == occurrence.first)
    else {
        return;
    };
    let iso = COUNTRIES.rows[hit.row].iso.as_str();
    if iso == "AT" {
        occurrence.id = "at-dsn".into();
    } else if iso != "DE" {
        occurrence.id = service_of(iso, ServiceType::Domestic, false);
    }
}

/// The office of which state, or Austria's: `Verfassungsschutz` alone.
pub(super) fn constitution(words: &Words<'_>, facts: &Facts, occurrence: &mut Occurrence) {
    let word = words.word(occurrence.first).to_lowercase();
    let office = is_office(&word)
        || words.hyphen_after(occurrence.end - 1) && is_office(words.word(occurrence.end))
        || occurrence.first > 1
            && is_office(words.word(occurrence.first - 2))
            && matches!(words.word(occurrence.first - 1), "des" | "beim" | "vom");
    if is_austrian(words, facts, occurrence.first) {
        occurrence.id = "at-dsn".into();
    } else if office {
        occurrence.id = "de-bfv".into();
    }
    if word.ends_with("behörden") || word.ends_with("ämter") || word.ends_with("schützer") {
        occurrence.gender = 'p';
    }
}

/// Whether a text speaks of Austria: in this sentence, or more than of Germany.
fn is_austrian(words: &Words<'_>, facts: &Facts, at: usize) -> bool {
    let near = around(words, at, at + 1);
    let (austria, germany) = (near.contains("sterreich"), near.contains("eutsch"));
    if austria != germany {
        return austria;
    }
    facts.weight("AT") * 2 > facts.weight("DE") * 3
}

/// `Hamburger Verfassungsschutz`, `Verfassungsschutz Sachsens`, `Landesamt für Verfassungsschutz
/// in Thüringen`.
pub(super) fn state_office(
    words: &Words<'_>,
    at: usize,
    found: &[Occurrence],
) -> Option<Occurrence> {
    let word = words.word(at);
    if !word.starts_with("Verfassungssch") || word.starts_with("Verfassungsschutzg") {
        return None;
    }
    if at > 1 && words.word(at - 1) == "für" && words.word(at - 2).starts_with("Bundesamt") {
        return None;
    }
    let mut first = at;
    if at > 1 && words.word(at - 1) == "für" && words.word(at - 2).contains("mt") {
        first = at - 2;
    }
    let free = |index: usize| found.last().is_none_or(|last| last.end <= index);
    let mut end = at + 1;
    if words.hyphen_after(at) {
        end += 1;
    }
    let mut code = None;
    for index in (first.saturating_sub(3)..first).rev() {
        if let Some((length, codes)) = AGENCIES.laender.longest_at(words, index)
            && index + length == first
            && free(index)
            && matches!(words.gap(first - 1), Gap::Blank | Gap::Hyphen)
        {
            code = codes.first().copied();
            first = index;
            if index > 0 && words.hyphen_before(index) {
                continue;
            }
        }
    }
    if code.is_none() {
        let next = if matches!(words.word(end), "in" | "von" | "des" | "im") {
            end + 1
        } else {
            end
        };
        let near = end > 0 && words.gap(end - 1) == Gap::Blank;
        if let Some((length, codes)) = AGENCIES.laender.longest_at(words, next).filter(|_| near) {
            code = codes.first().copied();
            end = next + length;
        }
    }
    let agency = AGENCIES.by_id(&format!("de-lfv-{}", code?))?;
    Some(Occurrence {
        first,
        end,
        id: Cow::Borrowed(agency.id.as_str()),
        kind: AgencyKind::Intelligence,
        form: Form::Name,
        gender: if first + 1 < end && words.word(first).ends_with("amt") {
            'n'
        } else {
            'm'
        },
    })
}

//! Adds what was found: a name, or a description with the agency that it means.

use std::borrow::Cow;

use super::{Facts, Form, NO_COUNTRY, Occurrence};
use crate::document::AgencyKind;
use crate::enrich::agency::generic::{Described, Owner};
use crate::enrich::agency::nouns::{ServiceNoun, ServiceType, Tail};
use crate::enrich::gazetteers::agencies::AGENCIES;
use crate::enrich::gazetteers::countries::COUNTRIES;
use crate::enrich::words::Words;

/// Adds a name; a description just before it is the same agency: `der Geheimdienst NIS`.
pub(super) fn push_name(
    words: &Words<'_>,
    found: &mut Vec<Occurrence>,
    mut occurrence: Occurrence,
) {
    let apposed = found.last().is_some_and(|last| {
        let described = matches!(
            last.form,
            Form::Described(Tail::Singular | Tail::Plural | Tail::Office)
        );
        described && last.kind == occurrence.kind && last.end == occurrence.first && {
            let gap = words.gap_before(occurrence.first);
            gap.len() <= 6 && !gap.contains(['.', ',', ';', ':', '\n'])
        }
    });
    if apposed {
        if let Some(last) = found.pop() {
            occurrence.first = last.first;
            if occurrence.form == Form::Name {
                occurrence.gender = last.gender;
            }
        }
    } else if let Some(last) = found.last() {
        let definition = last.id == occurrence.id
            && last.end == occurrence.first
            && words.gap_before(occurrence.first).trim_start() == "(";
        if definition {
            if let Some(last) = found.last_mut() {
                last.end = occurrence.end;
            }
            return;
        }
    }
    let misread = occurrence.kind == AgencyKind::News
        && found.last().is_some_and(|last| {
            matches!(last.form, Form::Described(_)) && last.end == occurrence.first
        });
    if misread {
        found.pop();
    }
    found.push(occurrence);
}

/// Adds a described service: the one obvious holder, the one named in apposition, or the generic
/// one of the country.
pub(super) fn push_described(
    words: &Words<'_>,
    facts: &Facts,
    found: &mut Vec<Occurrence>,
    described: Described,
) {
    let Described {
        first,
        end,
        noun,
        owners,
    } = described;
    let gender = match noun.tail {
        Tail::Plural => 'p',
        _ if noun.feminine => 'f',
        _ => 'm',
    };
    let occurrence = |id: Cow<'static, str>| Occurrence {
        first,
        end,
        id,
        kind: AgencyKind::Intelligence,
        form: Form::Described(noun.tail),
        gender,
    };
    if is_apposed(words, found, &described_country(&owners), first) {
        return;
    }
    let coordinated = owners.len() > 1;
    let mut ids: Vec<Cow<'static, str>> = Vec::new();
    for owner in &owners {
        let id = match owner {
            Owner::Several => Cow::Borrowed(NO_COUNTRY),
            Owner::Country(row) => {
                let iso = COUNTRIES.rows[*row].iso.as_str();
                let plural = noun.tail == Tail::Plural && !coordinated;
                service_of(iso, noun.service, plural)
            }
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.is_empty() {
        ids.push(bare(noun, facts));
    }
    found.extend(ids.into_iter().map(occurrence));
}

/// The one country of a description.
fn described_country(owners: &[Owner]) -> Option<&'static str> {
    match owners {
        [Owner::Country(row)] => Some(COUNTRIES.rows[*row].iso.as_str()),
        _ => None,
    }
}

/// `der Mossad, der Geheimdienst Israels,`: the description of a service that was just named.
fn is_apposed(
    words: &Words<'_>,
    found: &[Occurrence],
    country: &Option<&'static str>,
    first: usize,
) -> bool {
    let (Some(last), Some(country)) = (found.last(), country) else {
        return false;
    };
    let named = last.form == Form::Name
        && AGENCIES.by_id(&last.id).is_some_and(|agency| {
            agency.kind == AgencyKind::Intelligence && agency.country == *country
        });
    named
        && last.end <= first
        && first - last.end <= 1
        && words
            .gap_after(last.end - 1)
            .trim_start()
            .starts_with([',', '('])
}

/// The service that a description with a country means.
pub(super) fn service_of(
    iso: &'static str,
    service: ServiceType,
    plural: bool,
) -> Cow<'static, str> {
    let generic = || Cow::Owned(format!("{}-generic", iso.to_lowercase()));
    if plural && service == ServiceType::Any {
        return generic();
    }
    if let Some(agency) = AGENCIES.holder(iso, service) {
        return Cow::Borrowed(agency.id.as_str());
    }
    generic()
}

/// A description without any country.
fn bare(noun: ServiceNoun, facts: &Facts) -> Cow<'static, str> {
    let german = facts.count("DE") > 0
        && facts
            .countries
            .values()
            .all(|count| *count <= facts.count("DE"));
    if noun.service == ServiceType::Domestic && noun.tail == Tail::Singular && german {
        return Cow::Borrowed("de-bfv");
    }
    Cow::Borrowed(NO_COUNTRY)
}

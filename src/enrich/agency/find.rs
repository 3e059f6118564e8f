//! Finds agencies in a text: names, abbreviations that the context allows, descriptions, heads.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::generic::{Described, Owner, ServiceNoun, ServiceType, Tail, described_at, is_office};
use crate::document::AgencyKind;
use crate::enrich::gazetteers::agencies::{AGENCIES, AgencyEntry, AgencyForm};
use crate::enrich::gazetteers::countries::{COUNTRIES, CountryForm};
use crate::enrich::gazetteers::list;
use crate::enrich::words::{Gap, Words};

/// Id of a service of which no country is said.
pub(crate) const NO_COUNTRY: &str = "xx-generic";

/// An agency named in a text: words `first..end`.
#[derive(Debug, Clone)]
pub(crate) struct Occurrence {
    /// Index of the first word of the name or description.
    pub(crate) first: usize,
    /// Index after its last word.
    pub(crate) end: usize,
    /// Id of the agency.
    pub(crate) id: Cow<'static, str>,
    /// News agency or service.
    pub(crate) kind: AgencyKind,
    /// What the words are.
    pub(crate) form: Form,
    /// `m`, `f`, `n`, or `p` for a plural.
    pub(crate) gender: char,
}

/// What the words of an occurrence are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Name or abbreviation.
    Name,
    /// Description; the tail of its noun.
    Described(Tail),
    /// A person who speaks for the service.
    Head,
}

/// What is known of the whole document while its texts are searched.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Rows of the countries named, with how often.
    pub(crate) countries: rustc_hash::FxHashMap<usize, u32>,
    /// Year of the document, if known.
    pub(crate) year: Option<u16>,
    /// Rows of the agencies named for certain.
    pub(crate) certain: FxHashSet<usize>,
    /// Abbreviations that the text explains as something else: `Defense Production Act (DPA)`.
    pub(crate) explained: FxHashSet<String>,
}

impl Facts {
    /// Adds the countries and certain names of a text.
    pub(crate) fn read(&mut self, words: &Words<'_>) {
        let mut at = 0;
        while at < words.len() {
            let (hit, length) = COUNTRIES.at(words, at);
            if let Some(hit) = hit {
                *self.countries.entry(hit.row).or_default() += 1;
            }
            at += length;
        }
        for at in 0..words.len() {
            if explains_abbreviation(words, at) {
                self.explained.insert(words.word(at).to_owned());
            }
            for (row, entry) in entries_at(words, at) {
                if entry.form == AgencyForm::Certain {
                    self.certain.insert(row);
                }
            }
        }
    }

    /// How often a country is named.
    pub(crate) fn count(&self, iso: &str) -> u32 {
        let row = COUNTRIES.row_of_iso(iso);
        row.and_then(|row| self.countries.get(&row))
            .copied()
            .unwrap_or(0)
    }
}

/// Whether the word at `at` is an abbreviation in brackets of the words before it, and these are
/// no agency.
fn explains_abbreviation(words: &Words<'_>, at: usize) -> bool {
    let word = words.word(at);
    let capitals = (2..=6).contains(&word.len()) && word.chars().all(char::is_uppercase);
    if !capitals
        || words.gap_before(at).trim_start() != "("
        || !words.gap_after(at).starts_with(')')
    {
        return false;
    }
    let sentence = words.sentence_of(at);
    let first = at.saturating_sub(7).max(sentence.first);
    let initials: String = (first..at)
        .filter_map(|index| words.word(index).chars().next())
        .filter(|letter| letter.is_uppercase())
        .collect();
    let agency = (first..at).any(|index| {
        let longest = AGENCIES.phrases.longest_at(words, index);
        longest.is_some_and(|(length, _)| index + length == at)
            || is_kind_noun(words.word(index), AgencyKind::News)
            || is_kind_noun(words.word(index), AgencyKind::Intelligence)
    });
    initials.ends_with(word) && !agency
}

fn entries_at(words: &Words<'_>, at: usize) -> Vec<(usize, AgencyEntry)> {
    let longest = AGENCIES.phrases.longest_at(words, at);
    longest.map_or_else(Vec::new, |(_, entries)| {
        entries
            .into_iter()
            .map(|entry| (entry.row, *entry))
            .collect()
    })
}

/// All agencies in a text, in order, without overlaps.
pub(crate) fn find(words: &Words<'_>, facts: &Facts) -> Vec<Occurrence> {
    let mut found: Vec<Occurrence> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(occurrence) = state_office(words, at, &found) {
            at = occurrence.end;
            found.push(occurrence);
            continue;
        }
        if let Some((length, entries)) = AGENCIES.phrases.longest_at(words, at) {
            if let Some(occurrence) = state_office(words, at + length - 1, &found) {
                at = occurrence.end;
                found.push(occurrence);
                continue;
            }
            if let Some(occurrence) = named(words, facts, at, length, &entries, &found) {
                push_name(words, &mut found, occurrence);
                at += length;
                continue;
            }
        }
        if let Some(described) = described_at(words, at) {
            let end = described.end;
            push_described(words, facts, &mut found, described);
            at = end.max(at + 1);
            continue;
        }
        at += 1;
    }
    surnames(words, &mut found);
    found
}

/// Accepts a name if its context does.
fn named(
    words: &Words<'_>,
    facts: &Facts,
    at: usize,
    length: usize,
    entries: &[&AgencyEntry],
    found: &[Occurrence],
) -> Option<Occurrence> {
    let mut entries: Vec<&AgencyEntry> = entries.to_vec();
    entries.sort_by_key(|entry| {
        let agency = &AGENCIES.rows[entry.row];
        let certain = facts.certain.contains(&entry.row);
        std::cmp::Reverse((facts.count(&agency.country), certain))
    });
    let entry = entries
        .into_iter()
        .find(|entry| accepted(words, facts, at, length, entry, found))?;
    let agency = &AGENCIES.rows[entry.row];
    let head = matches!(entry.form, AgencyForm::Head(..));
    let mut occurrence = Occurrence {
        first: at,
        end: at + length,
        id: Cow::Borrowed(agency.id.as_str()),
        kind: agency.kind,
        form: if head { Form::Head } else { Form::Name },
        gender: agency.gender,
    };
    if matches!(agency.id.as_str(), "de-vs" | "de-bfv") {
        abroad(words, &mut occurrence);
    }
    if occurrence.id == "de-vs" {
        constitution(words, facts, &mut occurrence);
    }
    Some(occurrence)
}

fn accepted(
    words: &Words<'_>,
    facts: &Facts,
    at: usize,
    length: usize,
    entry: &AgencyEntry,
    found: &[Occurrence],
) -> bool {
    let agency = &AGENCIES.rows[entry.row];
    if length == 1 && facts.explained.contains(words.word(at)) {
        return false;
    }
    if !agency.unless.is_empty() {
        let around = around(words, at, at + length);
        if list(&agency.unless).any(|word| around.contains(word)) {
            return false;
        }
    }
    let beside =
        || beside_noun(words, at, agency.kind, found) || facts.certain.contains(&entry.row);
    match entry.form {
        AgencyForm::Certain | AgencyForm::Generic => true,
        AgencyForm::InCountry => {
            facts.count(&agency.country) > 0
                || beside()
                || agency.kind == AgencyKind::News && attributed(words, at, at + length)
        }
        AgencyForm::WithNoun => {
            beside() || agency.kind == AgencyKind::News && attributed(words, at, at + length)
        }
        AgencyForm::Head(first, last) => {
            let office = (at.saturating_sub(4)..at).any(|index| is_office(words.word(index)));
            facts.year.map_or(last == u16::MAX || office, |year| {
                (first..=last).contains(&year)
            })
        }
    }
}

/// The text around words `first..end`, some hundred bytes either way.
fn around<'t>(words: &Words<'t>, first: usize, end: usize) -> &'t str {
    let sentence = words.sentence_of(first);
    let first = first.saturating_sub(25).max(sentence.first);
    let end = (end + 25).min(sentence.end);
    let start = words.words[first].start;
    &words.text[start..words.words[end.max(first + 1) - 1].end]
}

/// Whether a noun for agencies or services, or an agency already found, stands just before.
fn beside_noun(words: &Words<'_>, at: usize, kind: AgencyKind, found: &[Occurrence]) -> bool {
    let sentence = words.sentence_of(at);
    let linked = found.last().is_some_and(|last| {
        last.kind == kind && last.end <= at && at - last.end <= 1 && {
            let gap = &words.text[words.words[last.end - 1].end..words.words[at].start];
            matches!(
                gap,
                "/" | ", " | " und " | " (" | " / " | " sowie " | " oder " | " \"" | " „"
            )
        }
    });
    if linked {
        return true;
    }
    let first = at.saturating_sub(3).max(sentence.first);
    (first..at).rev().any(|index| {
        let word = words.word(index);
        let near = index + 1 == at
            || (index + 1..at).all(|between| {
                words
                    .word(between)
                    .chars()
                    .next()
                    .is_some_and(char::is_uppercase)
            });
        near && is_kind_noun(word, kind)
    })
}

/// Whether a word is a noun for this kind of agency.
pub(crate) fn is_kind_noun(word: &str, kind: AgencyKind) -> bool {
    let lower = word.to_lowercase();
    match kind {
        AgencyKind::News => ["agentur", "agenturen", "pressedienst", "nachrichtendienst"]
            .iter()
            .any(|noun| lower.ends_with(noun)),
        AgencyKind::Intelligence => {
            ServiceNoun::parse(word)
                .is_some_and(|noun| noun.is_service() || noun.tail == Tail::Office)
                || [
                    "sicherheitspolizei",
                    "sicherheitsdienst",
                    "spionagedienst",
                    "abwehrdienst",
                    "staatsschutz",
                    "dienst",
                    "abhördienst",
                ]
                .iter()
                .any(|noun| lower.ends_with(noun))
        }
    }
}

/// Whether words `first..end` stand where only a source can stand: `laut AP`, `AP zufolge`,
/// `(AP)`, `sagte er der AP`.
fn attributed(words: &Words<'_>, first: usize, end: usize) -> bool {
    let word = words.word(first);
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters < 2
        || word.chars().skip(1).any(char::is_lowercase) && word.chars().any(char::is_uppercase)
    {
        return false;
    }
    let sentence = words.sentence_of(first);
    if matches!(
        words.word(sentence.first),
        "Mit" | "mit" | "Quelle" | "Quellen"
    ) && first - sentence.first <= 8
        && sentence.end - sentence.first <= 12
    {
        return true;
    }
    let before = if first > sentence.first {
        words.word(first - 1)
    } else {
        ""
    };
    let gaps = (words.gap_before(first), words.gap_after(end - 1));
    if gaps.0.ends_with('/') || gaps.1.starts_with('/') && gaps.1.len() == 1 {
        return true;
    }
    if gaps.0.ends_with('(') && gaps.1.starts_with(')') && first < sentence.first + 6 {
        return true;
    }
    let after = if end < sentence.end {
        words.word(end)
    } else {
        ""
    };
    let said = |index: usize| super::speech::is_speech_verb(words, index);
    matches!(before, "laut" | "Laut" | "gegenüber")
        || matches!(after, "zufolge")
        || end < sentence.end && words.gap(end - 1) == Gap::Blank && said(end)
        || before == "der" && (first.saturating_sub(12).max(sentence.first)..first).any(said)
}

/// `der französische Verfassungsschutz` is none of Germany's.
fn abroad(words: &Words<'_>, occurrence: &mut Occurrence) {
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
fn constitution(words: &Words<'_>, facts: &Facts, occurrence: &mut Occurrence) {
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
    facts.count("AT") * 2 > facts.count("DE") * 3
}

/// `Hamburger Verfassungsschutz`, `Verfassungsschutz Sachsens`, `Landesamt für Verfassungsschutz
/// in Thüringen`.
fn state_office(words: &Words<'_>, at: usize, found: &[Occurrence]) -> Option<Occurrence> {
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

/// Adds a name; a description just before it is the same agency: `der Geheimdienst NIS`.
fn push_name(words: &Words<'_>, found: &mut Vec<Occurrence>, mut occurrence: Occurrence) {
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
fn push_described(
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
fn service_of(iso: &'static str, service: ServiceType, plural: bool) -> Cow<'static, str> {
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

/// `sagte Budanow`, once the head has been named in full.
fn surnames(words: &Words<'_>, found: &mut Vec<Occurrence>) {
    let mut heads: Vec<(&str, Occurrence)> = Vec::new();
    for head in found
        .iter()
        .filter(|occurrence| occurrence.form == Form::Head)
    {
        let name = words.word(head.end - 1);
        if name.len() > 3 && heads.iter().all(|(known, _)| *known != name) {
            heads.push((name, head.clone()));
        }
    }
    if heads.is_empty() || heads.len() > 20 {
        return;
    }
    let taken: FxHashSet<usize> = found
        .iter()
        .flat_map(|occurrence| occurrence.first..occurrence.end)
        .collect();
    for at in 0..words.len() {
        if taken.contains(&at) {
            continue;
        }
        if let Some((_, head)) = heads
            .iter()
            .find(|(name, head)| *name == words.word(at) && head.end <= at)
        {
            found.push(Occurrence {
                first: at,
                end: at + 1,
                ..head.clone()
            });
        }
    }
    found.sort_by_key(|occurrence| occurrence.first);
}

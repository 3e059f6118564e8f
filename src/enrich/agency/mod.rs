//! Which news agencies and intelligence services does a text rest on, and in which role?
//!
//! `find` finds names, descriptions and heads; `signature` recognises credits; `role` decides
//! for the rest whether a statement is attributed to the agency (cited) or it is only talked
//! about (mentioned). One entry per (agency, role, scope), each with the spans that prove it.

mod find;
mod generic;
mod phrase;
mod role;
mod signature;
mod speech;

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use self::find::{Facts, Form, NO_COUNTRY, Occurrence, find};
use self::generic::{Owner, Tail, described_at};
pub(crate) use self::generic::{ServiceNoun, ServiceType};
use self::role::{Place, Verdict, role_of};
use super::Enricher;
use super::gazetteers::agencies::{AGENCIES, AgencyForm};
use super::gazetteers::countries::COUNTRIES;
use super::words::Words;
use crate::document::{AgencyKind, AgencyMention, Document, Evidence, Line, LineKind, Role, Scope};

/// Evidence kept per entry; a hostile text must not make a huge document.
const MOST_EVIDENCE: usize = 50;

/// Words of evidence at most.
const MOST_WORDS: usize = 12;

/// Derives [`Document::agencies`].
pub(super) struct AgencyEnricher;

impl Enricher for AgencyEnricher {
    fn name(&self) -> &'static str {
        "agencies"
    }

    fn enrich(&self, document: &mut Document) {
        if document.is_stated("agencies") {
            document.agencies.iter_mut().for_each(resolve_stated);
            return;
        }
        let mut entries = Entries::default();
        read_document(document, &mut entries);
        document.agencies = entries.list;
    }
}

/// The agency with this id, name, alias, abbreviation or description: its id, kind and name.
pub(super) fn resolve(text: &str) -> Option<(String, AgencyKind, String)> {
    if let Some(agency) = AGENCIES.by_name(text) {
        return Some((agency.id.clone(), agency.kind, agency.name.clone()));
    }
    let lower = text.trim().to_lowercase();
    if let Some(country) = lower.strip_suffix("-generic") {
        let known = country == "xx" || COUNTRIES.row_of_iso(country).is_some();
        return known.then(|| (lower.clone(), AgencyKind::Intelligence, name_of(&lower)));
    }
    let words = Words::of(text);
    let described = (0..words.len()).find_map(|index| described_at(&words, index))?;
    let whole = described.first == 0 && described.end == words.len();
    let [Owner::Country(row)] = described.owners[..] else {
        return None;
    };
    let id = format!("{}-generic", COUNTRIES.rows[row].iso.to_lowercase());
    (whole && described.noun.is_service()).then(|| {
        let name = name_of(&id);
        (id, AgencyKind::Intelligence, name)
    })
}

/// How a statement is attributed to words `first..end`, a noun of this gender (`m`, `f`, `n`, `p`):
/// rule, confidence and the words that prove it; `None` if none is.
pub(super) fn attribution(
    words: &Words<'_>,
    first: usize,
    end: usize,
    gender: char,
) -> Option<(&'static str, f32, (usize, usize))> {
    let occurrence = Occurrence {
        first,
        end,
        id: Cow::Borrowed(NO_COUNTRY),
        kind: AgencyKind::Intelligence,
        form: Form::Name,
        gender,
    };
    let verdict = role_of(words, &occurrence, Place::Body);
    (verdict.role == Role::Cited).then_some((verdict.rule, verdict.confidence, verdict.proof))
}

/// Replaces a stated name by what the gazetteer knows of it; an unknown one stays as it is.
fn resolve_stated(mention: &mut AgencyMention) {
    if let Some((id, kind, name)) = resolve(&mention.id) {
        mention.id = id;
        mention.kind = kind;
        mention.name = name;
    }
}

/// German name of an id, also of a generic one.
fn name_of(id: &str) -> String {
    if let Some(agency) = AGENCIES.by_id(id) {
        return agency.name.clone();
    }
    let country = id.strip_suffix("-generic").unwrap_or(id);
    match COUNTRIES.row_of_iso(country) {
        Some(row) => format!("Geheimdienst ohne Namen ({})", COUNTRIES.rows[row].name),
        None => "Geheimdienst ohne Namen".to_owned(),
    }
}

/// Entries by (id, role, scope), in the order in which they are met.
#[derive(Default)]
struct Entries {
    list: Vec<AgencyMention>,
    index: FxHashMap<(String, Role, Scope), usize>,
}

impl Entries {
    fn add(&mut self, id: &str, kind: AgencyKind, role: Role, scope: Scope, evidence: Evidence) {
        let next = self.list.len();
        let index = *self
            .index
            .entry((id.to_owned(), role, scope))
            .or_insert(next);
        if index == next {
            self.list.push(AgencyMention {
                id: id.to_owned(),
                kind,
                name: name_of(id),
                role,
                scope,
                evidence: Vec::new(),
            });
        }
        let known = &mut self.list[index].evidence;
        if known.len() < MOST_EVIDENCE {
            known.push(evidence);
        }
    }

    /// An agency that is cited or credited anywhere is not also "mentioned".
    fn drop_weaker(&mut self) {
        let strong: Vec<String> = (self.list.iter())
            .filter(|entry| entry.role == Role::Cited)
            .map(|entry| entry.id.clone())
            .collect();
        self.list
            .retain(|entry| entry.role != Role::Mentioned || !strong.contains(&entry.id));
    }
}

fn read_document(document: &Document, entries: &mut Entries) {
    let title = Words::of_article(document.title.as_deref().unwrap_or(""));
    let body = Words::of_article(&document.body);
    let mut facts = Facts {
        year: document.date.map(|date| date.value.year_number()),
        ..Facts::default()
    };
    facts.read(&title);
    facts.read(&body);
    let mut texts = [
        ("title", &title, Place::Title, find(&title, &facts)),
        ("body", &body, Place::Body, find(&body, &facts)),
    ];
    name_the_bare(&mut texts);
    for (field, words, place, occurrences) in &texts {
        read_text(field, words, *place, occurrences, entries);
    }
    for line in &document.lines {
        read_line(line, &facts, document, entries);
    }
    for author in &document.authors {
        read_field("authors", author, entries);
    }
    if let Some(publisher) = &document.publisher {
        read_field("publisher", &publisher.name, entries);
    }
    entries.drop_weaker();
}

/// A bare `Geheimdienst` is the one that the text names.
fn name_the_bare(texts: &mut [(&'static str, &Words<'_>, Place, Vec<Occurrence>); 2]) {
    let services: Vec<Cow<'static, str>> = texts
        .iter()
        .flat_map(|(_, _, _, occurrences)| occurrences)
        .filter(|occurrence| {
            occurrence.kind == AgencyKind::Intelligence && occurrence.id != NO_COUNTRY
        })
        .map(|occurrence| occurrence.id.clone())
        .collect();
    let Some(first) = services.first().cloned() else {
        return;
    };
    let mut last = first;
    for (_, _, _, occurrences) in texts {
        for occurrence in occurrences {
            if occurrence.kind != AgencyKind::Intelligence {
                continue;
            }
            if occurrence.id != NO_COUNTRY {
                last = occurrence.id.clone();
            } else if matches!(
                occurrence.form,
                Form::Described(Tail::Singular | Tail::Office)
            ) {
                occurrence.id = last.clone();
            }
        }
    }
}

fn read_text(
    field: &str,
    words: &Words<'_>,
    place: Place,
    occurrences: &[Occurrence],
    entries: &mut Entries,
) {
    let verdicts = verdicts(words, place, occurrences);
    for (occurrence, verdict) in occurrences.iter().zip(verdicts) {
        let credit = (occurrence.kind == AgencyKind::News)
            .then(|| signature::credit_in_text(words, occurrence))
            .flatten();
        if let Some(credit) = credit {
            let span = (occurrence.first, occurrence.end);
            let evidence = evidence(field, 0, words, span, credit.rule, 0.9);
            entries.add(
                &occurrence.id,
                occurrence.kind,
                Role::Credited,
                credit.scope,
                evidence,
            );
            continue;
        }
        if occurrence.form == Form::Head && verdict.role == Role::Mentioned {
            continue;
        }
        let (mut first, mut end) = verdict.proof;
        (first, end) = (first.min(occurrence.first), end.max(occurrence.end));
        if end - first > MOST_WORDS {
            (first, end) = (occurrence.first, occurrence.end);
        }
        let evidence = evidence(
            field,
            0,
            words,
            (first, end),
            verdict.rule,
            verdict.confidence,
        );
        entries.add(
            &occurrence.id,
            occurrence.kind,
            verdict.role,
            Scope::Text,
            evidence,
        );
    }
    desk_signature(field, words, entries);
}

/// The role of each occurrence; those joined by *und* share the stronger one.
fn verdicts(words: &Words<'_>, place: Place, occurrences: &[Occurrence]) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = (occurrences.iter())
        .map(|occurrence| role_of(words, occurrence, place))
        .collect();
    for index in 1..occurrences.len() {
        let (before, after) = (&occurrences[index - 1], &occurrences[index]);
        if !joined(words, before, after) {
            continue;
        }
        let (left, right) = (verdicts[index - 1], verdicts[index]);
        match (left.role, right.role) {
            (Role::Cited, Role::Mentioned) => {
                verdicts[index] = Verdict {
                    rule: "joined",
                    ..left
                }
            }
            (Role::Mentioned, Role::Cited) => {
                verdicts[index - 1] = Verdict {
                    rule: "joined",
                    ..right
                }
            }
            _ => {}
        }
    }
    verdicts
}

fn joined(words: &Words<'_>, before: &Occurrence, after: &Occurrence) -> bool {
    if before.end > after.first {
        return before.first == after.first;
    }
    let between = before.end..after.first;
    let link = |word: &str| {
        matches!(
            word,
            "und"
                | "oder"
                | "sowie"
                | "der"
                | "die"
                | "das"
                | "des"
                | "dem"
                | "den"
                | "vom"
                | "von"
        )
    };
    between.len() <= 3
        && words.sentence_of(before.first) == words.sentence_of(after.first)
        && between.clone().all(|at| link(words.word(at)))
        && between
            .clone()
            .any(|at| matches!(words.word(at), "und" | "oder" | "sowie"))
}

/// `/fkr/DP/jha`: signature of the business desk of dpa.
fn desk_signature(field: &str, words: &Words<'_>, entries: &mut Entries) {
    for at in 1..words.len().saturating_sub(1) {
        let short = |index: usize| words.word(index).len() <= 4;
        let signature = words.word(at) == "DP"
            && words.gap_before(at) == "/"
            && words.gap_after(at) == "/"
            && short(at - 1)
            && short(at + 1);
        if signature {
            let evidence = evidence(field, 0, words, (at - 1, at + 2), "signature", 0.9);
            entries.add(
                "dpa-afx",
                AgencyKind::News,
                Role::Credited,
                Scope::Text,
                evidence,
            );
        }
    }
}

fn read_line(line: &Line, facts: &Facts, document: &Document, entries: &mut Entries) {
    if matches!(line.kind, LineKind::Body | LineKind::Title) || line.text.len() > 5_000 {
        return;
    }
    let words = Words::of(&line.text);
    let mut occurrences: Vec<(usize, usize, Cow<'static, str>)> = (find(&words, facts).into_iter())
        .filter(|occurrence| occurrence.kind == AgencyKind::News)
        .map(|occurrence| (occurrence.first, occurrence.end, occurrence.id))
        .collect();
    uncertain_in_line(&words, &mut occurrences, document);
    for (first, end, id) in occurrences {
        let occurrence = Occurrence {
            first,
            end,
            id,
            kind: AgencyKind::News,
            form: Form::Name,
            gender: 'f',
        };
        if let Some(credit) = signature::credit_in_line(line.kind, &words, &occurrence) {
            let evidence = evidence(
                "source",
                line.start,
                &words,
                (first, end),
                credit.rule,
                0.95,
            );
            entries.add(
                &occurrence.id,
                AgencyKind::News,
                Role::Credited,
                credit.scope,
                evidence,
            );
        }
    }
    desk_signature("source", &words, entries);
    if line.kind == LineKind::Caption {
        cited_in_caption(line, &words, facts, entries);
    }
}

/// A caption may quote: `…, sagt Geheimdienstchef Muster`. What it only names is in the picture.
fn cited_in_caption(line: &Line, words: &Words<'_>, facts: &Facts, entries: &mut Entries) {
    let services = find(words, facts).into_iter();
    let services = services.filter(|found| found.kind == AgencyKind::Intelligence);
    for occurrence in services.filter(|found| found.id != NO_COUNTRY) {
        let verdict = role_of(words, &occurrence, Place::Body);
        if verdict.role != Role::Cited {
            continue;
        }
        let first = verdict.proof.0.min(occurrence.first);
        let end = verdict.proof.1.max(occurrence.end);
        let evidence = evidence(
            "source",
            line.start,
            words,
            (first, end),
            verdict.rule,
            verdict.confidence,
        );
        entries.add(
            &occurrence.id,
            occurrence.kind,
            Role::Cited,
            Scope::Text,
            evidence,
        );
    }
}

/// Abbreviations that are agencies in a credit, though they could be something else in a sentence.
fn uncertain_in_line(
    words: &Words<'_>,
    occurrences: &mut Vec<(usize, usize, Cow<'static, str>)>,
    document: &Document,
) {
    let ntv = words.text.contains("ntv")
        || words.text.contains("n-tv")
        || document
            .publisher
            .as_ref()
            .is_some_and(|publisher| publisher.id == "ntv" || publisher.id == "n-tv");
    for at in 0..words.len() {
        if occurrences
            .iter()
            .any(|(first, end, _)| (*first..*end).contains(&at))
        {
            continue;
        }
        if ntv && words.word(at) == "rts" && words.gap_before(at) == "/" {
            occurrences.push((at, at + 1, Cow::Borrowed("reuters")));
            continue;
        }
        let Some((length, entries)) = AGENCIES.phrases.longest_at(words, at) else {
            continue;
        };
        let entry = entries.iter().find(|entry| {
            AGENCIES.rows[entry.row].kind == AgencyKind::News
                && matches!(entry.form, AgencyForm::WithNoun | AgencyForm::InCountry)
        });
        if let Some(entry) = entry
            && signature::is_credit_position(words, at, at + length)
        {
            occurrences.push((
                at,
                at + length,
                Cow::Borrowed(AGENCIES.rows[entry.row].id.as_str()),
            ));
        }
    }
    occurrences.sort_by_key(|(first, _, _)| *first);
}

/// An agency that stands alone in a field, such as the author `AFP` or the publisher `Reuters`.
fn read_field(field: &'static str, text: &str, entries: &mut Entries) {
    for part in text.split(['/', ',', ';', '&']) {
        let part = part.trim();
        let Some(agency) = AGENCIES
            .by_name(part)
            .filter(|agency| agency.kind == AgencyKind::News)
        else {
            continue;
        };
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        let evidence = Evidence {
            field: field.to_owned(),
            start,
            end: start + part.len(),
            text: part.to_owned(),
            rule: format!("{field}-field"),
            confidence: 0.95,
        };
        let known = agency.id.clone();
        entries.add(
            &known,
            AgencyKind::News,
            Role::Credited,
            Scope::Text,
            evidence,
        );
    }
}

/// Evidence for words `first..end`; `offset` is where their text begins in the field.
fn evidence(
    field: &str,
    offset: usize,
    words: &Words<'_>,
    (first, end): (usize, usize),
    rule: &str,
    confidence: f32,
) -> Evidence {
    let start = words.words[first].start;
    let stop = words.words[end - 1].end;
    Evidence {
        field: field.to_owned(),
        start: offset + start,
        end: offset + stop,
        text: words.text[start..stop].to_owned(),
        rule: rule.to_owned(),
        confidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agencies(title: &str, body: &str) -> Vec<String> {
        let mut document = Document {
            title: Some(title.to_owned()),
            body: body.to_owned(),
            ..Document::default()
        };
        AgencyEnricher.enrich(&mut document);
        for entry in &document.agencies {
            for evidence in &entry.evidence {
                let text = if evidence.field == "title" {
                    title
                } else {
                    body
                };
                assert_eq!(text[evidence.start..evidence.end], evidence.text);
            }
        }
        let mut found: Vec<String> = (document.agencies.iter())
            .map(|entry| format!("{} {}", entry.id, entry.role.id()))
            .collect();
        found.sort_unstable();
        found
    }

    fn of(body: &str, expected: &[&str]) {
        assert_eq!(agencies("", body), expected, "{body}");
    }

    #[test]
    fn every_agency_of_the_table_is_found_in_its_example() {
        for agency in &AGENCIES.rows {
            let found = agencies("", &agency.example);
            let expected = format!("{} cited", agency.id);
            assert!(
                found.contains(&expected),
                "{}: {} gives {found:?}",
                agency.id,
                agency.example
            );
        }
    }

    #[test]
    fn statements_are_attributed_by_prepositions() {
        of(
            "Laut dem türkischen Geheimdienst war es so.",
            &["tr-mit cited"],
        );
        of(
            "Den Angaben des Bundesnachrichtendienstes zufolge war es so.",
            &["de-bnd cited"],
        );
        of(
            "Das berichtet die Zeitung unter Berufung auf den britischen Geheimdienst.",
            &["gb-generic cited"],
        );
        of(
            "Aus US-Geheimdienstkreisen hieß es, der Plan sei alt.",
            &["us-generic cited"],
        );
        of(
            "Die Gruppe wird vom Hamburger Verfassungsschutz als extremistisch eingestuft.",
            &["de-lfv-hh cited"],
        );
        of("Der Plan sei alt, so der Mossad.", &["il-mossad cited"]);
    }

    #[test]
    fn subjects_of_speech_verbs_are_cited() {
        of(
            "Der BND teilte am Montag in Berlin mit, dass er nichts wisse.",
            &["de-bnd cited"],
        );
        of(
            "Wie der Inlandsgeheimdienst FSB am Montag mitteilte, war es so.",
            &["ru-fsb cited"],
        );
        of("Davor warnte am Freitag auch die CIA.", &["us-cia cited"]);
        of("Der SBU hat die Berichte bestätigt.", &["ua-sbu cited"]);
        of(
            "Wie Verfassungsschutz und Bundesnachrichtendienst regelmäßig warnen, ist das so.",
            &["de-bnd cited", "de-vs cited"],
        );
        of(
            "Das sagte der Chef des Bundesnachrichtendienstes, Max Muster, der Zeitung.",
            &["de-bnd cited"],
        );
        of(
            "CIA-Direktor Max Muster sagte, das sei falsch.",
            &["us-cia cited"],
        );
    }

    #[test]
    fn services_that_are_talked_about_are_mentioned() {
        of(
            "Er soll ein Agent des Mossad gewesen sein.",
            &["il-mossad mentioned"],
        );
        of(
            "Die Polizei ermittelt gegen den SBU.",
            &["ua-sbu mentioned"],
        );
        of(
            "Der frühere Chef des BND sagte, das sei falsch.",
            &["de-bnd mentioned"],
        );
        of(
            "Der Minister machte die CIA verantwortlich.",
            &["us-cia mentioned"],
        );
    }

    #[test]
    fn news_agencies_in_text_are_cited_and_in_signatures_credited() {
        of("Das sagte er der Deutschen Presse-Agentur.", &["dpa cited"]);
        of(
            "Moskau (AFP) – Der Rat hat getagt. Alle waren da.",
            &["afp credited"],
        );
        of("Der Rat hat getagt. (dpa/lnw)", &["dpa credited"]);
        of("Der Kurs stieg./fkr/DP/jha", &["dpa-afx credited"]);
        of(
            "Wie die Nachrichtenagentur AP meldete, war es so.",
            &["ap cited"],
        );
        of("Ein Fotograf der AFP wurde verletzt.", &["afp mentioned"]);
    }

    #[test]
    fn ambiguous_abbreviations_need_their_context() {
        of("Die NIS-2-Richtlinie gilt auch in Südkorea.", &[]);
        of("Er studierte am MIT in Boston.", &[]);
        of(
            "Der türkische Geheimdienst MIT teilte das mit.",
            &["tr-mit cited"],
        );
        of("Das SWR-Fernsehen berichtete.", &[]);
    }

    #[test]
    fn a_bare_service_is_the_one_that_the_text_names() {
        let found = agencies(
            "Geheimdienst nennt Zahlen",
            "Der südkoreanische Geheimdienst NIS war in Seoul.",
        );
        assert_eq!(found, ["kr-nis cited"]);
    }

    #[test]
    fn stated_agencies_are_resolved_and_kept() {
        let stated = |id: &str| AgencyMention {
            id: id.to_owned(),
            kind: AgencyKind::News,
            name: id.to_owned(),
            role: Role::Cited,
            scope: Scope::Text,
            evidence: Vec::new(),
        };
        let mut document = Document {
            agencies: vec![stated("Deutsche Presse-Agentur"), stated("Dorfblatt")],
            stated: vec!["agencies".to_owned()],
            body: "Das sagte er der AFP.".to_owned(),
            ..Document::default()
        };
        AgencyEnricher.enrich(&mut document);
        let ids: Vec<&str> = document
            .agencies
            .iter()
            .map(|entry| entry.id.as_str())
            .collect();
        assert_eq!(ids, ["dpa", "Dorfblatt"]);
    }
}

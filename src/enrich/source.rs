//! Which other official sources does a text cite: ministries, general staffs, governments?
//!
//! They carry the figures that people search for: `laut Seoul`, `nach ukrainischen Angaben`,
//! `das Verteidigungsministerium in Moskau teilte mit`.

use rustc_hash::FxHashMap;

use super::Enricher;
use super::agency::attribution;
use super::gazetteers::countries::{COUNTRIES, CountryForm, CountryHit};
use super::gazetteers::sources::OFFICES;
use super::words::{Gap, Words};
use crate::document::{Document, Evidence, SourceMention};

/// Evidence kept per source.
const MOST_EVIDENCE: usize = 50;

/// Derives [`Document::sources`].
pub(super) struct SourceEnricher;

impl Enricher for SourceEnricher {
    fn name(&self) -> &'static str {
        "sources"
    }

    fn enrich(&self, document: &mut Document) {
        if document.is_stated("sources") {
            return;
        }
        let mut sources = Sources::default();
        let title = Words::of_article(document.title.as_deref().unwrap_or(""));
        sources.read("title", &title);
        let body = Words::of_article(&document.body);
        sources.read("body", &body);
        document.sources = sources.list;
    }
}

/// A source that may be cited: words `first..end`.
struct Candidate {
    first: usize,
    end: usize,
    id: String,
    name: String,
    gender: char,
}

#[derive(Default)]
struct Sources {
    list: Vec<SourceMention>,
    index: FxHashMap<String, usize>,
}

impl Sources {
    fn read(&mut self, field: &str, words: &Words<'_>) {
        let mut last_country = None;
        let mut at = 0;
        while at < words.len() {
            let (hit, step) = COUNTRIES.at(words, at);
            let candidate = office_at(words, at, last_country).or_else(|| {
                let hit = hit.filter(|_| OFFICES.phrases.longest_at(words, at).is_none())?;
                government_at(words, hit)
            });
            if let Some(hit) = hit {
                last_country = Some((hit.row, words.words[at].sentence, hit.end));
            }
            let Some(candidate) = candidate else {
                at += step;
                continue;
            };
            at = candidate.end.max(at + 1);
            let cited = attribution(words, candidate.first, candidate.end, candidate.gender);
            if let Some((rule, confidence, proof)) = cited {
                self.add(field, words, candidate, rule, confidence, proof);
            }
        }
    }

    fn add(
        &mut self,
        field: &str,
        words: &Words<'_>,
        candidate: Candidate,
        rule: &str,
        confidence: f32,
        proof: (usize, usize),
    ) {
        let (mut first, mut end) = (proof.0.min(candidate.first), proof.1.max(candidate.end));
        if end - first > 12 {
            (first, end) = (candidate.first, candidate.end);
        }
        let start = words.words[first].start;
        let stop = words.words[end - 1].end;
        let next = self.list.len();
        let index = *self.index.entry(candidate.id.clone()).or_insert(next);
        if index == next {
            self.list.push(SourceMention {
                id: candidate.id,
                name: candidate.name,
                evidence: Vec::new(),
            });
        }
        let known = &mut self.list[index].evidence;
        if known.len() < MOST_EVIDENCE {
            known.push(Evidence {
                field: field.to_owned(),
                start,
                end: stop,
                text: words.text[start..stop].to_owned(),
                rule: rule.to_owned(),
                confidence,
            });
        }
    }
}

/// An office, with the country that stands before or after it.
fn office_at(
    words: &Words<'_>,
    at: usize,
    last: Option<(usize, usize, usize)>,
) -> Option<Candidate> {
    let (length, rows) = OFFICES.phrases.longest_at(words, at)?;
    let office = &OFFICES.rows[**rows.first()?];
    let end = at + length;
    if office.is_named() {
        return Some(Candidate {
            first: at,
            end,
            id: office.id.clone(),
            name: office.name.clone(),
            gender: office.gender,
        });
    }
    let sentence = words.words[at].sentence;
    let before = last.filter(|(_, where_, _)| *where_ == sentence);
    let near = before.filter(|(_, _, country_end)| at - country_end <= 1);
    let (row, first, end) = match near {
        Some((row, _, country_end)) => (row, country_end - 1, end),
        None => {
            let (row, end) = country_after(words, end)?;
            (row, at, end)
        }
    };
    let country = &COUNTRIES.rows[row];
    let staff = country.iso == "KR" && matches!(office.id.as_str(), "gs" | "military");
    let id = if staff { "jcs" } else { office.id.as_str() };
    Some(Candidate {
        first,
        end,
        id: format!("{}-{id}", country.iso.to_lowercase()),
        name: format!("{} ({})", office.name, country.name),
        gender: office.gender,
    })
}

/// `in Moskau`, `der Ukraine`, `Südkoreas` after an office.
fn country_after(words: &Words<'_>, end: usize) -> Option<(usize, usize)> {
    if end == 0 || end >= words.len() || words.gap(end - 1) != Gap::Blank {
        return None;
    }
    let led = matches!(words.word(end), "in" | "der" | "des" | "von");
    let (hit, _) = COUNTRIES.at(words, end + usize::from(led));
    let hit = hit.filter(|hit| hit.form != CountryForm::Adjective)?;
    (led || words.word(hit.end - 1).ends_with('s')).then_some((hit.row, hit.end))
}

/// A government by its capital or country: `laut Seoul`; by its adjective: `nach ukrainischen
/// Angaben`.
fn government_at(words: &Words<'_>, hit: CountryHit) -> Option<Candidate> {
    let country = &COUNTRIES.rows[hit.row];
    let statement = matches!(
        words.word(hit.end),
        "Angaben" | "Darstellung" | "Einschätzung" | "Berichten" | "Kreisen" | "Sicht"
    );
    let (end, gender) = match hit.form {
        CountryForm::Adjective if statement => (hit.end + 1, 'p'),
        CountryForm::Name | CountryForm::Capital if !words.hyphen_after(hit.end - 1) => {
            (hit.end, 'n')
        }
        _ => return None,
    };
    let word = words.word(hit.end - 1);
    let genitive = word
        .strip_suffix('s')
        .is_some_and(|stem| COUNTRIES.row_of_name(stem) == Some(hit.row));
    if genitive || hit.form == CountryForm::Capital && word.ends_with("er") {
        return None;
    }
    Some(Candidate {
        first: hit.first,
        end,
        id: format!("{}-gov", country.iso.to_lowercase()),
        name: format!("Regierung ({})", country.name),
        gender,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(body: &str) -> Vec<String> {
        let mut document = Document {
            body: body.to_owned(),
            ..Document::default()
        };
        SourceEnricher.enrich(&mut document);
        document
            .sources
            .into_iter()
            .map(|source| source.id)
            .collect()
    }

    #[test]
    fn governments_are_cited_by_capital_adjective_and_name() {
        assert_eq!(sources("Laut Seoul waren es viele."), ["kr-gov"]);
        assert_eq!(
            sources("Es waren nach ukrainischen Angaben viele."),
            ["ua-gov"]
        );
        assert_eq!(
            sources("Es waren südkoreanischen Angaben zufolge viele."),
            ["kr-gov"]
        );
        assert_eq!(
            sources("Am Montag hatte Moskau erklärt, es seien viele."),
            ["ru-gov"]
        );
    }

    #[test]
    fn offices_are_cited_with_their_country() {
        assert_eq!(
            sources("Nach Angaben des südkoreanischen Generalstabs waren es viele."),
            ["kr-jcs"]
        );
        assert_eq!(
            sources("Das russische Verteidigungsministerium teilte mit, es seien viele."),
            ["ru-mod"]
        );
        assert_eq!(
            sources("Die Regierung in Moskau erklärte, es seien viele."),
            ["ru-gov"]
        );
        assert_eq!(sources("Das Pentagon bestätigte die Zahl."), ["us-mod"]);
    }

    #[test]
    fn what_is_only_talked_about_is_no_source() {
        assert!(sources("Er reiste nach Moskau und traf die russische Regierung.").is_empty());
    }
}

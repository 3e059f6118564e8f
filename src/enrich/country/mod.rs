//! Which countries does a text name, and which of them is it about?

mod role;

use rustc_hash::FxHashMap;

use self::role::{Mention, Where, is_about};
use super::Enricher;
use super::gazetteers::countries::{COUNTRIES, CountryForm, CountryHit};
use super::words::Words;
use crate::document::{CountryMention, CountryRole, Document, Evidence, LineKind};

/// Evidence kept per country.
const MOST_EVIDENCE: usize = 50;

/// Derives [`Document::countries`].
pub(super) struct CountryEnricher;

impl Enricher for CountryEnricher {
    fn name(&self) -> &'static str {
        "countries"
    }

    fn enrich(&self, document: &mut Document) {
        if document.is_stated("countries") {
            for country in &mut document.countries {
                if let Some((id, name)) = resolve(&country.id) {
                    (country.id, country.name) = (id, name);
                }
            }
            return;
        }
        document.countries = read_document(document);
    }
}

/// The country with this code, name, adjective, demonym or capital: its id and name.
pub(super) fn resolve(text: &str) -> Option<(String, String)> {
    let country = &COUNTRIES.rows[COUNTRIES.row_of_name(text)?];
    Some((country.iso.clone(), country.name.clone()))
}

/// Other names of the country with this code, its people and its capital.
pub(super) fn aliases(id: &str) -> Vec<&'static str> {
    COUNTRIES.aliases(id)
}

/// What is known of one country of the document.
#[derive(Default)]
struct Found {
    mentions: Vec<Mention>,
    count: u32,
    /// How often institutions, places or people of the country are named.
    implied: u32,
    strong: bool,
    evidence: Vec<Evidence>,
}

impl Found {
    /// How much the text has of a country: what implies it counts half.
    fn weight(&self) -> u32 {
        self.count + self.implied.min(2 * self.count + 4) / 2
    }
}

/// How many mentions of a country the rules look at.
const MOST_MENTIONS: usize = 2_000;

fn read_document(document: &Document) -> Vec<CountryMention> {
    let mut found: FxHashMap<usize, Found> = FxHashMap::default();
    let mut order = Vec::new();
    let kickers = document
        .lines
        .iter()
        .filter(|line| line.kind == LineKind::Kicker);
    for line in kickers {
        let words = Words::of(&line.text);
        read_text("source", line.start, &words, true, &mut found, &mut order);
    }
    let title = Words::of_article(document.title.as_deref().unwrap_or(""));
    read_text("title", 0, &title, true, &mut found, &mut order);
    let body = Words::of_article(&document.body);
    read_text("body", 0, &body, false, &mut found, &mut order);
    found.retain(|_, country| country.strong);
    let total: u32 = found.values().map(Found::weight).sum();
    let most = found.values().map(Found::weight).max().unwrap_or(0);
    order
        .into_iter()
        .filter_map(|row| {
            let country = found.remove(&row)?;
            let about = is_about(
                &country.mentions,
                country.weight(),
                total,
                most,
                country.implied > 0,
                body.sentences.len(),
            );
            Some(CountryMention {
                id: COUNTRIES.rows[row].iso.clone(),
                name: COUNTRIES.rows[row].name.clone(),
                role: if about {
                    CountryRole::About
                } else {
                    CountryRole::Mentioned
                },
                count: country.count,
                evidence: country.evidence,
            })
        })
        .collect()
}

fn read_text(
    field: &str,
    offset: usize,
    words: &Words<'_>,
    headline: bool,
    found: &mut FxHashMap<usize, Found>,
    order: &mut Vec<usize>,
) {
    let mut at = 0;
    while at < words.len() {
        let (hit, length) = COUNTRIES.at(words, at);
        let Some(hit) = hit else {
            let implied = COUNTRIES.implied_at(words, at);
            at += implied.map_or(length, |(_, length)| length);
            if let Some((row, _)) = implied {
                let country = found.entry(row).or_insert_with(|| {
                    order.push(row);
                    Found::default()
                });
                country.implied += 1;
            }
            continue;
        };
        at += length;
        let country = found.entry(hit.row).or_insert_with(|| {
            order.push(hit.row);
            Found::default()
        });
        country.count += 1;
        country.strong |= !hit.weak;
        if country.mentions.len() < MOST_MENTIONS {
            country.mentions.push(role::mention(words, hit, headline));
        }
        if country.evidence.len() < MOST_EVIDENCE {
            country.evidence.push(evidence(field, offset, words, hit));
        }
    }
}

fn evidence(field: &str, offset: usize, words: &Words<'_>, hit: CountryHit) -> Evidence {
    let start = words.words[hit.first].start;
    let end = words.words[hit.end - 1].end;
    let (rule, confidence) = match hit.form {
        CountryForm::Name => ("name", 0.98),
        CountryForm::Adjective => ("adjective", 0.95),
        CountryForm::Demonym => ("demonym", 0.95),
        CountryForm::Capital => ("capital", 0.9),
        CountryForm::Metonym => ("metonym", 0.9),
    };
    Evidence {
        field: field.to_owned(),
        start: offset + start,
        end: offset + end,
        text: words.text[start..end].to_owned(),
        rule: rule.to_owned(),
        confidence,
    }
}

impl Where {
    /// Where a sentence of the body stands: the first two make the lead.
    fn of_sentence(sentence: usize) -> Where {
        if sentence < 3 {
            Where::Lead
        } else {
            Where::Body
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `id role` of each country, in the order of the text.
    fn countries(title: &str, body: &str) -> Vec<String> {
        let mut document = Document {
            title: Some(title.to_owned()),
            body: body.to_owned(),
            ..Document::default()
        };
        CountryEnricher.enrich(&mut document);
        let countries = document.countries.iter();
        countries
            .map(|country| format!("{} {}", country.id, country.role.id()))
            .collect()
    }

    #[test]
    fn what_implies_a_country_weighs_but_never_names_it() {
        let body = "In Thüringen streiten CDU und SPD.\n\nDer Landtag in Erfurt tagt lange, auch \
            die AfD ist da.\n\nDas gibt es in ganz Deutschland.";
        assert_eq!(countries("Streit im Landtag", body), ["DE about"]);
        let body = "In Thüringen streiten CDU und SPD.";
        assert!(countries("Streit im Landtag", body).is_empty());
    }

    #[test]
    fn what_the_headline_names_again_and_again_is_what_a_text_is_about() {
        let body = "Peru und Chile reden.\n\nPeru will mehr. Chile sagt nein. Peru bleibt dabei, \
            Chile auch.\n\nIn Spanien sieht man das anders.";
        assert_eq!(
            countries("Peru streitet mit Chile", body),
            ["PE about", "CL about", "ES mentioned"]
        );
    }

    #[test]
    fn a_mere_source_is_not_what_a_text_is_about() {
        let body = "Nordkorea schickt Soldaten, laut Seoul sind es viele.\n\nNordkorea schweigt. \
            Nordkorea hat das schon einmal getan.";
        assert_eq!(
            countries("Nordkorea schickt Soldaten", body),
            ["KP about", "KR mentioned"]
        );
    }
}

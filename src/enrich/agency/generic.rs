//! Services that are described, not named: `südkoreanischer Geheimdienst`, `Südkoreas
//! Inlandsgeheimdienst`, `US-Geheimdienste`, `aus westlichen Geheimdienstkreisen`.

use super::nouns::{ServiceNoun, ServiceType, Tail, tail_of};
use crate::enrich::gazetteers::countries::{COUNTRIES, CountryForm};
use crate::enrich::words::{Gap, Words};

/// Whose service it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A row of the table of countries.
    Country(usize),
    /// No country, but said so: `westliche Geheimdienste`.
    Several,
}

/// A described service: words `first..end`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Described {
    /// Index of the first word, an adjective or the noun.
    pub(crate) first: usize,
    /// Index after the last word.
    pub(crate) end: usize,
    /// The noun.
    pub(crate) noun: ServiceNoun,
    /// Whose service; empty if nothing says.
    pub(crate) owners: Vec<Owner>,
}

/// How many words may stand between a country and its service.
const REACH: usize = 7;

/// The described service whose noun is the word at `index`.
pub(crate) fn described_at(words: &Words<'_>, index: usize) -> Option<Described> {
    let word = words.word(index);
    let mut noun = if word.starts_with("Dienst") {
        dienste(word)?
    } else {
        ServiceNoun::parse(word)?
    };
    let mut end = index + 1;
    if noun.is_service() && words.hyphen_after(index) {
        noun.tail = tail_of(words.word(index + 1));
        end += 1;
    }
    // `Geheimdienst- und Sicherheitsausschuss`: the second noun says what it is.
    let gap = words.gap_after(index);
    if noun.is_service() && gap == "- " && matches!(words.word(index + 1), "und" | "oder" | "sowie")
    {
        noun.tail = tail_of(words.word(index + 2));
    }
    let (first, owners) = owners_before(words, index, &mut noun);
    let mut described = Described {
        first,
        end,
        noun,
        owners,
    };
    if described.owners.is_empty()
        && described.noun.is_service()
        && let Some((owner, end)) = owner_after(words, end)
    {
        described.owners.push(owner);
        described.end = end;
    }
    let plain = word.starts_with("Dienst");
    (!plain || !described.owners.is_empty() && described.first < index).then_some(described)
}

/// `Dienste` alone means services only beside a country or `westlich`.
fn dienste(word: &str) -> Option<ServiceNoun> {
    matches!(word, "Dienste" | "Diensten").then_some(ServiceNoun {
        service: ServiceType::Any,
        tail: Tail::Plural,
        feminine: false,
    })
}

fn owners_before(words: &Words<'_>, index: usize, noun: &mut ServiceNoun) -> (usize, Vec<Owner>) {
    let sentence = words.sentence_of(index);
    let mut owners = Vec::new();
    let mut first = index;
    let mut at = index;
    while at > sentence.first && index - at < REACH {
        let hyphen = words.hyphen_before(at);
        at -= 1;
        let word = words.word(at);
        let lower = word.to_lowercase();
        let comma = words.gap_after(at) == ", ";
        if !hyphen && words.gap(at) != Gap::Blank && (owners.is_empty() || !comma) {
            break;
        }
        if hyphen
            && ["militär", "auslands", "inlands", "ausland", "inland"].contains(&lower.as_str())
        {
            noun.service = match lower.as_str() {
                "militär" => ServiceType::Military,
                "auslands" | "ausland" => ServiceType::Foreign,
                _ => ServiceType::Domestic,
            };
            first = at;
            continue;
        }
        if let Some(row) = country_before(words, at) {
            owners.push(Owner::Country(row));
            first = at;
            continue;
        }
        if [
            "westlich",
            "europäisch",
            "ausländisch",
            "verbündet",
            "befreundet",
        ]
        .iter()
        .any(|stem| lower.starts_with(stem))
        {
            owners.push(Owner::Several);
            first = at;
            continue;
        }
        let links = matches!(lower.as_str(), "und" | "oder" | "sowie" | "bzw");
        let before = words.word(at.wrapping_sub(1)).to_lowercase();
        let article_in_chain = matches!(lower.as_str(), "der" | "die" | "den" | "dem" | "des")
            && matches!(before.as_str(), "und" | "oder" | "sowie" | "bzw");
        if links && !owners.is_empty() || article_in_chain && !owners.is_empty() {
            continue;
        }
        if is_adjective(word) && !matches!(lower.as_str(), "der" | "die" | "den" | "dem" | "des") {
            continue;
        }
        break;
    }
    (first, owners)
}

/// A country's adjective, genitive or prefix (`US-`) at the word at `index`.
fn country_before(words: &Words<'_>, index: usize) -> Option<usize> {
    let (hit, _) = COUNTRIES.at(words, index);
    let hit = hit.filter(|hit| hit.end == index + 1)?;
    let word = words.word(index);
    let fits = match hit.form {
        CountryForm::Adjective => true,
        CountryForm::Demonym => word.starts_with("Schweizer"),
        CountryForm::Name => words.hyphen_after(index) || word.ends_with('s'),
        CountryForm::Capital | CountryForm::Metonym => {
            words.hyphen_after(index) || word.ends_with('s') || word.ends_with("er")
        }
    };
    fits.then_some(hit.row)
}

/// `Geheimdienst Südkoreas`, `Geheimdienst der Ukraine`, `Geheimdienste in Seoul`.
fn owner_after(words: &Words<'_>, end: usize) -> Option<(Owner, usize)> {
    if end == 0 || end >= words.len() || words.gap(end - 1) != Gap::Blank {
        return None;
    }
    let mut at = end;
    let genitive = !matches!(words.word(at), "in" | "aus" | "von" | "der" | "des" | "im");
    if !genitive {
        at += 1;
    }
    let (hit, _) = COUNTRIES.at(words, at);
    let hit = hit?;
    let named = matches!(
        hit.form,
        CountryForm::Name | CountryForm::Capital | CountryForm::Metonym
    );
    let word = words.word(hit.end - 1);
    let fits = named && (!genitive || word.ends_with('s') && !words.hyphen_after(hit.end - 1));
    fits.then_some((Owner::Country(hit.row), hit.end))
}

/// Whether a small word could be an inflected adjective.
pub(crate) fn is_adjective(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
        && word.len() > 4
        && ["e", "en", "er", "es", "em"]
            .iter()
            .any(|ending| word.ends_with(ending))
        && !is_function_word(word)
}

/// Words that end like adjectives and are none.
fn is_function_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "haben",
        "hatte",
        "hatten",
        "werden",
        "wurde",
        "wurden",
        "worden",
        "sollen",
        "sollte",
        "wollen",
        "wollte",
        "können",
        "könnte",
        "müssen",
        "dürfen",
        "keine",
        "keinen",
        "keiner",
        "seine",
        "seinen",
        "seiner",
        "ihren",
        "ihrer",
        "einem",
        "einen",
        "einer",
        "eines",
        "diese",
        "diesen",
        "dieser",
        "dieses",
        "diesem",
        "welche",
        "welcher",
        "gegen",
        "neben",
        "zwischen",
        "unter",
        "hinter",
        "außer",
        "ohne",
        "wegen",
        "sowie",
        "oder",
        "aber",
        "über",
        "immer",
        "wieder",
        "weiter",
        "lange",
        "heute",
        "gerne",
        "bisher",
        "jeder",
        "jedes",
        "jeden",
        "seien",
        "hätten",
        "zudem",
        "außerdem",
        "trotzdem",
        "nachdem",
        "seitdem",
        "gestern",
        "später",
        "weder",
        "entweder",
        "leider",
        "hätte",
        "würde",
        "würden",
        "gegenüber",
        "beide",
        "beiden",
    ];
    WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(text: &str) -> Vec<(String, Vec<String>, Tail)> {
        let words = Words::of(text);
        (0..words.len())
            .filter_map(|index| described_at(&words, index))
            .map(|found| {
                let span = words.words[found.first].start..words.words[found.end - 1].end;
                let owners = found.owners.iter().map(|owner| match owner {
                    Owner::Country(row) => COUNTRIES.rows[*row].iso.clone(),
                    Owner::Several => "XX".to_owned(),
                });
                (text[span].to_owned(), owners.collect(), found.noun.tail)
            })
            .collect()
    }

    fn one(text: &str, span: &str, owners: &[&str], tail: Tail) {
        let owners = owners.iter().map(|owner| (*owner).to_owned()).collect();
        assert_eq!(described(text), [(span.to_owned(), owners, tail)], "{text}");
    }

    #[test]
    fn countries_are_found_before_and_after_the_noun() {
        one(
            "des südkoreanischen Geheimdienstes",
            "südkoreanischen Geheimdienstes",
            &["KR"],
            Tail::Singular,
        );
        one(
            "Südkoreas mächtiger Geheimdienst",
            "Südkoreas mächtiger Geheimdienst",
            &["KR"],
            Tail::Singular,
        );
        one(
            "der Geheimdienst der Ukraine",
            "Geheimdienst der Ukraine",
            &["UA"],
            Tail::Singular,
        );
        one(
            "US-Geheimdienste",
            "US-Geheimdienste",
            &["US"],
            Tail::Plural,
        );
        one(
            "aus südkoreanischen Geheimdienstkreisen",
            "südkoreanischen Geheimdienstkreisen",
            &["KR"],
            Tail::Statement,
        );
        one(
            "südkoreanischer und westlicher Geheimdienste",
            "südkoreanischer und westlicher Geheimdienste",
            &["XX", "KR"],
            Tail::Plural,
        );
        one(
            "die amerikanischen Dienste",
            "amerikanischen Dienste",
            &["US"],
            Tail::Plural,
        );
    }

    #[test]
    fn the_type_may_stand_before_a_hyphen() {
        let words = Words::of("ukrainischen Militär-Geheimdienstes");
        let found = described_at(&words, 2).unwrap();
        assert_eq!(found.noun.service, ServiceType::Military);
        assert_eq!(found.first, 0);
    }

    #[test]
    fn other_services_are_none() {
        assert!(described("Seine Dienste waren gefragt, im Dienst der Bahn").is_empty());
    }
}

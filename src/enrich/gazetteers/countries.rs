//! The countries of the world as a German text names them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::list;
use super::phrases::{Inflection, Phrases, capitalised};
use crate::enrich::words::{Gap, Words};

/// The table, one country a line:
///
/// | column | what |
/// | --- | --- |
/// | iso | ISO 3166-1 alpha-2 |
/// | name, names | German name, further names |
/// | adjectives | without ending: `nordkoreanisch` |
/// | demonyms | singular: `Nordkoreaner` |
/// | capitals, metonyms | also for the government: `Pjöngjang`, `Kreml` |
/// | weak | which of these count only if the text also names the country in another way |
/// | note | for people |
const TABLE: &str = include_str!("countries.csv");

/// Names that hold a country's name and do not mean the country.
const OTHERS: &str = include_str!("country_names_of_others.txt");

/// Institutions, places and people from which a reader knows the country: they tell how much a
/// text is about a country that it names, and never name it.
const IMPLIED: &str = include_str!("implied.csv");

/// Second parts of compounds that keep the country's meaning: `Ukrainekrieg`.
const COMPOUND_HEADS: &[&str] = &[
    "krieg",
    "konflikt",
    "politik",
    "geschäft",
    "reise",
    "besuch",
    "krise",
    "kenner",
    "experte",
    "expertin",
    "beauftragte",
    "hilfe",
    "einsatz",
    "abkommen",
    "sanktionen",
    "strategie",
    "invasion",
    "affäre",
    "verhandlungen",
    "gespräche",
    "deal",
    "chef",
    "weit",
    "frage",
    "handel",
    "tag",
];

/// A line of the table.
#[derive(Debug, Deserialize)]
pub(crate) struct Country {
    /// ISO 3166-1 alpha-2.
    pub(crate) iso: String,
    /// German name.
    pub(crate) name: String,
    names: String,
    adjectives: String,
    demonyms: String,
    capitals: String,
    metonyms: String,
    weak: String,
}

/// In which way a text names a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum CountryForm {
    /// `Nordkorea`
    Name,
    /// `nordkoreanisch`
    Adjective,
    /// `Nordkoreaner`
    Demonym,
    /// `Pjöngjang`
    Capital,
    /// `Kreml`
    Metonym,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    row: usize,
    form: CountryForm,
    weak: bool,
}

/// A country named in a text: words `first..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CountryHit {
    /// Index of the first word.
    pub(crate) first: usize,
    /// Index after the last word.
    pub(crate) end: usize,
    /// Row of the table.
    pub(crate) row: usize,
    /// In which way it is named.
    pub(crate) form: CountryForm,
    /// Whether this counts only if the country is also named in another way.
    pub(crate) weak: bool,
}

/// The table, ready for use.
pub(crate) struct Countries {
    /// The lines, in the order of the file.
    pub(crate) rows: Vec<Country>,
    by_iso: FxHashMap<String, usize>,
    by_name: FxHashMap<String, usize>,
    phrases: Phrases<Option<Entry>>,
    implied: Phrases<usize>,
    /// Names by their first three letters, for compounds.
    compounds: FxHashMap<String, Vec<(String, usize)>>,
}

/// The countries, read once.
pub(crate) static COUNTRIES: LazyLock<Countries> = LazyLock::new(Countries::read);

impl Countries {
    fn read() -> Countries {
        let rows: Vec<Country> = csv::Reader::from_reader(TABLE.as_bytes())
            .deserialize()
            .filter_map(Result::ok)
            .collect();
        let mut countries = Countries {
            by_iso: FxHashMap::default(),
            by_name: FxHashMap::default(),
            phrases: Phrases::default(),
            implied: Phrases::default(),
            compounds: FxHashMap::default(),
            rows: Vec::new(),
        };
        for (row, country) in rows.iter().enumerate() {
            countries.add(row, country);
        }
        for other in OTHERS.lines().filter(|line| !line.starts_with('#')) {
            countries.phrases.insert(other, Inflection::German, None);
        }
        countries.rows = rows;
        countries.add_implied();
        countries
    }

    fn add_implied(&mut self) {
        let lines = csv::Reader::from_reader(IMPLIED.as_bytes());
        let lines = lines.into_deserialize::<(String, String)>();
        for (iso, words) in lines.filter_map(Result::ok) {
            if let Some(row) = self.row_of_iso(&iso) {
                for word in list(&words) {
                    self.implied.insert(word, Inflection::Name, row);
                }
            }
        }
    }

    /// The row of the country that the words at `at` imply, with the number of words.
    pub(crate) fn implied_at(&self, words: &Words<'_>, at: usize) -> Option<(usize, usize)> {
        let (length, rows) = self.implied.longest_at(words, at)?;
        Some((**rows.first()?, length))
    }

    fn add(&mut self, row: usize, country: &Country) {
        self.by_iso.insert(country.iso.to_lowercase(), row);
        let weak: Vec<&str> = list(&country.weak).collect();
        let mut insert = |name: &str, inflection, form, of: &str| {
            let weak = weak.contains(&of);
            let entry = Entry { row, form, weak };
            self.phrases.insert(name, inflection, Some(entry));
            self.by_name.entry(of.to_lowercase()).or_insert(row);
        };
        for name in std::iter::once(country.name.as_str()).chain(list(&country.names)) {
            let inflection = if name.contains(' ') {
                Inflection::German
            } else {
                Inflection::Name
            };
            insert(name, inflection, CountryForm::Name, name);
        }
        for stem in list(&country.adjectives) {
            for stem in [stem.to_owned(), capitalised(stem)] {
                for ending in ["e", "em", "en", "er", "es"] {
                    let form = format!("{stem}{ending}");
                    insert(&form, Inflection::Exact, CountryForm::Adjective, &stem);
                }
            }
            insert(stem, Inflection::Exact, CountryForm::Adjective, stem);
            insert(
                &capitalised(stem),
                Inflection::Exact,
                CountryForm::Adjective,
                stem,
            );
        }
        for demonym in list(&country.demonyms) {
            for form in demonym_forms(demonym) {
                insert(&form, Inflection::Exact, CountryForm::Demonym, demonym);
            }
        }
        for capital in list(&country.capitals) {
            insert(capital, Inflection::Name, CountryForm::Capital, capital);
            let adjective = format!("{}er", capital.trim_end_matches(['e', 'u']));
            insert(&adjective, Inflection::Exact, CountryForm::Capital, capital);
            insert(
                &format!("{capital}er"),
                Inflection::Exact,
                CountryForm::Capital,
                capital,
            );
        }
        for metonym in list(&country.metonyms) {
            insert(metonym, Inflection::German, CountryForm::Metonym, metonym);
        }
        for name in std::iter::once(country.name.as_str()).chain(list(&country.names)) {
            if name.len() > 3 && !name.contains([' ', '-']) {
                let key = name.chars().take(3).collect();
                self.compounds
                    .entry(key)
                    .or_default()
                    .push((name.to_owned(), row));
            }
        }
    }

    /// The row of an ISO code in any case.
    pub(crate) fn row_of_iso(&self, iso: &str) -> Option<usize> {
        self.by_iso.get(&iso.to_lowercase()).copied()
    }

    /// Other names of the country with this ISO code, its people, capital and metonyms.
    pub(crate) fn aliases(&self, iso: &str) -> Vec<&str> {
        let row = self.row_of_iso(iso).map(|row| &self.rows[row]);
        let cells = row.into_iter().flat_map(|country| {
            let places = [&country.capitals, &country.metonyms];
            [&country.names, &country.demonyms]
                .into_iter()
                .chain(places)
        });
        cells.flat_map(|cell| list(cell)).collect()
    }

    /// The row of a name, adjective, demonym, capital or ISO code in any case.
    pub(crate) fn row_of_name(&self, name: &str) -> Option<usize> {
        let name = name.trim().to_lowercase();
        (self.by_name.get(&name).or_else(|| self.by_iso.get(&name))).copied()
    }

    /// The country named at the word at `index`, and how many words to go on. A name that only
    /// holds the name of a country is stepped over.
    pub(crate) fn at(&self, words: &Words<'_>, index: usize) -> (Option<CountryHit>, usize) {
        let Some((length, entries)) = self.phrases.longest_at(words, index) else {
            return (self.compound_at(words, index), 1);
        };
        if entries.iter().any(|entry| entry.is_none()) {
            return (None, length);
        }
        let Some(Some(entry)) = entries.first() else {
            return (None, length);
        };
        let hit = CountryHit {
            first: index,
            end: index + length,
            row: entry.row,
            form: entry.form,
            weak: entry.weak,
        };
        // Where there is no demonym, the adjective is one, too.
        let is_demonym = |entry: &Entry| {
            entry.form == CountryForm::Demonym || self.rows[entry.row].demonyms.is_empty()
        };
        let person = entries
            .iter()
            .any(|entry| entry.as_ref().is_some_and(is_demonym));
        if entry.form == CountryForm::Adjective && is_language_or_name(words, index, person) {
            return (None, length);
        }
        (Some(hit), length)
    }

    /// `Ukrainekrieg`, `Chinageschäft`: a country's name and a head that keeps its meaning.
    fn compound_at(&self, words: &Words<'_>, index: usize) -> Option<CountryHit> {
        let word = words.word(index);
        if word.len() < 8 || !word.chars().next().is_some_and(char::is_uppercase) {
            return None;
        }
        let third = word.char_indices().nth(3).map_or(word.len(), |(at, _)| at);
        let names = self.compounds.get(&word[..third])?;
        let (_, row) = names.iter().find(|(name, _)| {
            word.strip_prefix(name.as_str())
                .is_some_and(|rest| COMPOUND_HEADS.iter().any(|head| rest.starts_with(head)))
        })?;
        Some(CountryHit {
            first: index,
            end: index + 1,
            row: *row,
            form: CountryForm::Name,
            weak: false,
        })
    }
}

/// Whether an adjective names a language (`auf Deutsch`) or belongs to a proper name (`die
/// Deutsche Umwelthilfe`); `person`: the word may also be a demonym (`des Deutschen`).
fn is_language_or_name(words: &Words<'_>, index: usize, person: bool) -> bool {
    let word = words.word(index);
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let bare = word.ends_with("sch");
    if words.hyphen_after(index) {
        return false;
    }
    let next = words.word(index + 1);
    let followed = words.gap(index) == Gap::Blank;
    if bare {
        let participle = followed
            && next.chars().next().is_some_and(char::is_lowercase)
            && ["te", "ten", "ter", "tes", "ene", "enen"]
                .iter()
                .any(|ending| next.ends_with(ending));
        return capital && !words.hyphen_before(index) || !capital && !participle;
    }
    let before = index.checked_sub(1).map_or("", |at| words.word(at));
    let noun_follows = followed && next.chars().next().is_some_and(char::is_uppercase);
    // `aus dem Griechischen`, `des Französischen mächtig`, `ins Englische`
    let neuter = matches!(before, "ins" | "Ins" | "im")
        || !person && matches!(before, "dem" | "vom" | "zum" | "des");
    if capital && !noun_follows && neuter && word.ends_with(['e', 'n']) {
        return true;
    }
    let begins =
        index == 0 || words.sentence_of(index).first == index || words.gap(index - 1) != Gap::Blank;
    let proper = next.chars().next().is_some_and(char::is_uppercase);
    capital && !begins && followed && proper
}

/// Plural, genitive and feminine forms of a demonym.
fn demonym_forms(demonym: &str) -> Vec<String> {
    let mut forms = vec![demonym.to_owned()];
    let stem = demonym.strip_suffix('e').unwrap_or(demonym);
    if demonym.ends_with('e') {
        forms.push(format!("{demonym}n"));
    } else {
        forms.extend(["s", "n", "en"].map(|ending| format!("{demonym}{ending}")));
    }
    let feminine = match stem {
        "Franzos" => "Französ",
        other => other,
    };
    if !demonym.ends_with("in") {
        forms.extend(["in", "innen"].map(|ending| format!("{feminine}{ending}")));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn countries(text: &str) -> Vec<&'static str> {
        let words = Words::of(text);
        let mut found = Vec::new();
        let mut index = 0;
        while index < words.len() {
            let (hit, length) = COUNTRIES.at(&words, index);
            found.extend(hit.map(|hit| COUNTRIES.rows[hit.row].iso.as_str()));
            index += length;
        }
        found
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        assert_eq!(COUNTRIES.rows.len(), TABLE.lines().count() - 1);
    }

    #[test]
    fn names_adjectives_demonyms_and_capitals_count() {
        assert_eq!(countries("Südkoreas Präsident"), ["KR"]);
        assert_eq!(
            countries("nordkoreanische Soldaten, Französinnen"),
            ["KP", "FR"]
        );
        assert_eq!(
            countries("Pjöngjang und der Kreml, US-Regierung"),
            ["KP", "RU", "US"]
        );
        assert_eq!(
            countries("im Ukrainekrieg, in den Vereinigten Staaten"),
            ["UA", "US"]
        );
        assert_eq!(countries("im Weißen Haus der Londoner"), ["US", "GB"]);
    }

    #[test]
    fn names_of_firms_clubs_and_languages_do_not_count() {
        assert!(countries("die Deutsche Bank und Real Madrid").is_empty());
        assert!(countries("er spricht auf Englisch, die Washington Post").is_empty());
        assert!(countries("Der Name kommt aus dem Griechischen und heißt Stein.").is_empty());
        assert!(countries("Sie ist des Französischen mächtig.").is_empty());
        assert_eq!(countries("Der Schuss des Deutschen ging vorbei."), ["DE"]);
        assert!(countries("eine salomonische Lösung").is_empty());
        assert_eq!(
            countries("mit dem Französischen Botschafter"),
            [] as [&str; 0]
        );
        assert_eq!(countries("mit dem französischen Botschafter"), ["FR"]);
    }
}

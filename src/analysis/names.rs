//! Tables of names: spelling variants, abbreviations, countries with their adjectives and people.
//!
//! The tables are for people to edit; `lexicon/README.md` says how.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::fold::fold;

static NAMES: &str = include_str!("lexicon/names.tsv");
static COUNTRIES: &str = include_str!("lexicon/countries.tsv");
static TOWNS: &str = include_str!("lexicon/towns.tsv");
static ABBREVIATIONS: &str = include_str!("lexicon/abbreviations.tsv");
static RELATED: &str = include_str!("lexicon/related.tsv");

/// Classes of words that stand for each other, found by any of their members.
struct Classes {
    members: Vec<Vec<&'static str>>,
    by_word: FxHashMap<String, Vec<u32>>,
}

impl Classes {
    fn new(table: &'static str, separators: &'static [char]) -> Classes {
        let mut classes = Classes {
            members: Vec::new(),
            by_word: FxHashMap::default(),
        };
        for line in rows(table) {
            let members = line
                .split(separators)
                .map(str::trim)
                .filter(|member| !member.is_empty());
            let number = classes.members.len() as u32;
            classes.members.push(members.collect());
            for member in &classes.members[number as usize] {
                if !member.contains(' ') {
                    classes.by_word.entry(key(member)).or_default().push(number);
                }
            }
        }
        classes
    }

    fn others(&self, word: &str) -> impl Iterator<Item = &'static str> {
        let numbers = self.by_word.get(&key(word)).map_or(&[][..], Vec::as_slice);
        let members = numbers
            .iter()
            .flat_map(|&number| &self.members[number as usize]);
        let own = key(word);
        members.copied().filter(move |member| key(member) != own)
    }
}

fn key(word: &str) -> String {
    fold(word).replace(['-', '\''], "")
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

static NAME_CLASSES: LazyLock<Classes> = LazyLock::new(|| Classes::new(NAMES, &[',']));
static COUNTRY_CLASSES: LazyLock<Classes> = LazyLock::new(|| Classes::new(COUNTRIES, &[',', '\t']));
static TOWN_CLASSES: LazyLock<Classes> = LazyLock::new(|| Classes::new(TOWNS, &[',', '\t']));
static RELATED_CLASSES: LazyLock<Classes> = LazyLock::new(|| Classes::new(RELATED, &[',']));
static ABBREVIATION_CLASSES: LazyLock<Classes> =
    LazyLock::new(|| Classes::new(ABBREVIATIONS, &[',', '\t']));

/// Abbreviations by the way they are written as words: `Nato` is NATO.
static WRITTEN_AS_WORDS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let rows = rows(ABBREVIATIONS).filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?))
    });
    let pairs = rows.flat_map(|(short, words)| {
        words
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(move |word| (word, short))
    });
    pairs.chain(rows_first()).collect()
});

fn rows_first() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(ABBREVIATIONS)
        .filter_map(|line| line.split('\t').next())
        .map(|short| (short, short))
}

/// Other spellings of a name, and long forms of an abbreviation.
pub(super) fn spellings(word: &str) -> impl Iterator<Item = &'static str> {
    NAME_CLASSES
        .others(word)
        .chain(ABBREVIATION_CLASSES.others(word))
}

/// Adjective and people of a country or town, or the country or town of these.
pub(super) fn demonyms(word: &str) -> impl Iterator<Item = &'static str> {
    COUNTRY_CLASSES
        .others(word)
        .chain(TOWN_CLASSES.others(word))
}

/// Words of nearly the same meaning that no rule derives.
pub(super) fn related(word: &str) -> impl Iterator<Item = &'static str> {
    RELATED_CLASSES.others(word)
}

/// Whether the table has this abbreviation.
pub(super) fn is_abbreviation(word: &str) -> bool {
    WRITTEN_AS_WORDS
        .get(word)
        .is_some_and(|short| *short == word)
}

/// The abbreviation that is written as a word here.
pub(super) fn abbreviation_of(word: &str) -> Option<&'static str> {
    let short = WRITTEN_AS_WORDS
        .get(word)
        .or_else(|| WRITTEN_AS_WORDS.get(word.strip_suffix('s')?))?;
    (*short != word).then_some(*short)
}

#[cfg(test)]
mod tests {
    use super::{COUNTRY_CLASSES, NAME_CLASSES, abbreviation_of, demonyms, spellings};

    #[test]
    fn names_find_their_other_spellings() {
        assert!(spellings("Kiew").any(|name| name == "Kyjiw"));
        assert!(spellings("kyiv").any(|name| name == "Kiew"));
        assert!(demonyms("Nordkorea").any(|word| word == "nordkoreanisch"));
        assert_eq!(abbreviation_of("Nato"), Some("NATO"));
    }

    #[test]
    fn the_tables_are_well_formed() {
        assert!(NAME_CLASSES.members.len() >= 300);
        assert!(COUNTRY_CLASSES.members.len() >= 150);
        for members in &NAME_CLASSES.members {
            assert!(members.len() >= 2, "{members:?}");
        }
    }
}

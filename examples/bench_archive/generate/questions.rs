//! Draws a query set: words of the archive in classes by how many articles have them.

use std::collections::HashSet;

use super::author::{self, AGENCIES, Author, COUNTRIES, MONTHS, PUBLISHERS};
use super::words::{Words, is_searched_for, words};
use crate::random::{Random, Zipf};

/// Words in a larger share of articles are not searched for.
const MOST: f64 = 0.3;
/// Of several words, the first is in a larger share of articles than this, the others than that.
const FIRST_OF_SEVERAL: f64 = 0.02;
const OTHERS: f64 = 0.0005;
/// How often something is drawn for one query before the class is given up as exhausted.
const TRIES: usize = 200;

/// The classes of queries without a filter, with what they are made of and their number.
const CLASSES: [(&str, Made, usize); 10] = [
    ("term_high", Made::Term(Frequency::High), 100),
    ("term_mid", Made::Term(Frequency::Medium), 100),
    ("term_low", Made::Term(Frequency::Low), 100),
    ("or2", Made::Several("or", 2), 100),
    ("or3", Made::Several("or", 3), 75),
    ("and2", Made::Several("and", 2), 100),
    ("and3", Made::Several("and", 3), 75),
    ("phrase2", Made::Phrase(2), 100),
    ("phrase3", Made::Phrase(3), 50),
    ("prefix", Made::Prefix, 50),
];
/// What queries with a filter are made of, one after the other, and their number.
const FILTERED: [Made; 5] = [
    Made::Term(Frequency::High),
    Made::Term(Frequency::Medium),
    Made::Several("or", 2),
    Made::Several("and", 2),
    Made::Phrase(2),
];
const FILTERS: usize = 150;

/// How many articles have a word.
#[derive(Clone, Copy)]
enum Frequency {
    High,
    Medium,
    Low,
}

impl Frequency {
    const ALL: [Frequency; 3] = [Frequency::High, Frequency::Medium, Frequency::Low];

    /// Shares of all articles.
    fn range(self) -> (f64, f64) {
        match self {
            Frequency::High => (0.04, MOST),
            Frequency::Medium => (0.001, 0.01),
            Frequency::Low => (0.00003, 0.0002),
        }
    }
}

/// How a query is made.
#[derive(Clone, Copy)]
enum Made {
    /// Of a word.
    Term(Frequency),
    /// Of so many words of one article, with an operator.
    Several(&'static str, usize),
    /// Of so many words that follow each other in an article.
    Phrase(usize),
    /// Of the first letters of a word of medium frequency.
    Prefix,
}

/// Draws queries.
pub(super) struct Questions<'a> {
    author: &'a Author,
    words: &'a Words,
    /// The words of each [`Frequency`].
    bands: [Vec<&'a str>; 3],
    /// Number of articles that words are taken from.
    articles: u64,
    random: Random,
}

impl<'a> Questions<'a> {
    /// Words are those of the first so many articles of an author.
    pub(super) fn new(author: &'a Author, words: &'a Words, articles: u64, seed: u64) -> Self {
        let band = |frequency: Frequency| {
            let (low, high) = frequency.range();
            words.between(low, high)
        };
        Questions {
            author,
            words,
            bands: Frequency::ALL.map(band),
            articles,
            random: Random::new(seed, u64::MAX),
        }
    }

    /// The lines of the query set.
    pub(super) fn lines(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut seen = HashSet::new();
        let mut add = |class: &str, query: (&str, String), filter: &str| {
            let (kind, text) = query;
            let is_new = seen.insert(format!("{kind}\t{text}\t{filter}"));
            if is_new {
                let id = lines.len();
                lines.push(format!("{id}\t{class}\t{kind}\t{text}\t{filter}"));
            }
            is_new
        };
        for (class, made, number) in CLASSES {
            for _ in 0..number {
                let mut drawn = (0..TRIES).filter_map(|_| self.query(made));
                if !drawn.any(|query| add(class, query, "-")) {
                    break;
                }
            }
        }
        for number in 0..FILTERS {
            let (class, filter) = self.filter(number);
            let made = FILTERED[number / 4 % FILTERED.len()];
            let mut drawn = (0..TRIES).filter_map(|_| self.query(made));
            drawn.any(|query| add(class, query, &filter));
        }
        lines
    }

    fn query(&mut self, made: Made) -> Option<(&'static str, String)> {
        match made {
            Made::Term(range) => Some(("term", self.word(range)?)),
            Made::Several(kind, number) => Some((kind, self.several(number)?)),
            Made::Phrase(number) => Some(("phrase", self.phrase(number)?)),
            Made::Prefix => {
                let letters = 5 + self.random.below(3);
                let word = self.word(Frequency::Medium)?;
                Some(("prefix", word.chars().take(letters).collect()))
            }
        }
    }

    fn word(&mut self, frequency: Frequency) -> Option<String> {
        let words = &self.bands[frequency as usize];
        (!words.is_empty()).then(|| (*self.random.one(words)).to_owned())
    }

    /// The words of some article.
    fn article(&mut self) -> Vec<String> {
        let number = self.random.below(self.articles as usize);
        words(&self.author.article(number as u64).body).collect()
    }

    fn several(&mut self, number: usize) -> Option<String> {
        let article = self.article();
        let mut chosen: Vec<&String> = Vec::new();
        for _ in 0..TRIES {
            let word = self.random.one(&article);
            let least = match chosen.len() {
                0 => FIRST_OF_SEVERAL,
                _ => OTHERS,
            };
            let share = self.words.share(word);
            let fits = share > least && share < MOST && is_searched_for(word);
            if fits && !chosen.contains(&word) {
                chosen.push(word);
            }
            if chosen.len() == number {
                let words: Vec<&str> = chosen.iter().map(|word| word.as_str()).collect();
                return Some(words.join(" "));
            }
        }
        None
    }

    /// At least half of the words are none that every other article has.
    fn phrase(&mut self, number: usize) -> Option<String> {
        let article = self.article();
        let start = self.random.below(article.len().checked_sub(number)?.max(1));
        let words = article.get(start..start + number)?;
        let are_words = (words.iter())
            .all(|word| word.chars().nth(1).is_some() && word.chars().all(char::is_alphabetic));
        let telling = words
            .iter()
            .filter(|word| is_searched_for(word) && self.words.share(word) < MOST);
        (are_words && telling.count() >= number.div_ceil(2)).then(|| words.join(" "))
    }

    /// Class and filter, of four kinds in turn.
    fn filter(&mut self, number: usize) -> (&'static str, String) {
        let mut value = |values, exponent| Zipf::new(values, exponent).draw(&mut self.random);
        match number % 4 {
            0 => {
                let value = author::name("agentur", value(AGENCIES, 1.1));
                ("f_agency", format!("agency={value}"))
            }
            1 => {
                let from = self.random.below(MONTHS - 12);
                let to = (from + 2 + self.random.below(24)).min(MONTHS - 1);
                let (from, to) = (author::month(from), author::month(to));
                ("f_date", format!("date={from}..{to}"))
            }
            2 => {
                let value = author::name("land", value(COUNTRIES, 1.05));
                ("f_country", format!("country={value}"))
            }
            _ => {
                let value = author::name("blatt", value(PUBLISHERS, 1.0));
                ("f_publisher", format!("publisher={value}"))
            }
        }
    }
}

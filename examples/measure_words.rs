//! Measures suggestions, corrections and similar articles on an index: how fast, and how often right.
//!
//! ```text
//! cargo run --release --example measure_words -- INDEX
//! ```
//!
//! Words are taken from the archive itself, by chance but always the same. Suggestions are asked
//! for with their first one to six letters, alone and behind another word. Frequent words are
//! misspelt in several ways, and counted is how often the first correction is the word itself, or
//! another form of it. Words that stand in one or two articles must not be corrected. Similar
//! articles are judged by the section in their addresses. Times are those of the processor, so that
//! other work does not matter.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use cpu_time::ThreadTime;
use fundstelle::analysis::{Analyzer, TermClass};
use fundstelle::archive::{Archive, Ask, Availability, Filter};
use fundstelle::document::PartialDate;
use fundstelle::engine::Engine;
use fundstelle::engine::embedded::Embedded;
use fundstelle::search::{ArchiveWord, MAX_WORDS, WordsLike, WordsRequest};

/// Words of each kind that are asked for.
const ASKED: usize = 300;

fn main() {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: measure_words INDEX");
        std::process::exit(2);
    };
    let engine = Embedded::open(Path::new(&folder)).unwrap_or_else(|error| {
        eprintln!("{error}");
        std::process::exit(2);
    });
    let schema = engine.schema().clone();
    let engine = Arc::new(engine);
    let archive = Archive::new(Arc::clone(&engine) as Arc<dyn Engine>, schema);
    let words = words(&engine);
    let mut chance = Chance(42);
    println!("{} words to choose from", words.len());
    speed(&archive, &words, &mut chance);
    corrections(&archive, &words, &mut chance);
    false_alarms(&archive, &words, &mut chance);
    similar(&archive, &engine, &mut chance);
}

/// Words of the archive by their first three letters, the frequent ones of each.
fn words(engine: &Embedded) -> Vec<ArchiveWord> {
    let letters = "abcdefghijklmnopqrstuvwxyz";
    let mut words = Vec::new();
    for one in letters.chars() {
        for two in letters.chars() {
            for three in letters.chars() {
                let request = WordsRequest {
                    like: WordsLike::Beginning {
                        key: [one, two, three].iter().collect(),
                        typos: 0,
                    },
                    limit: MAX_WORDS,
                    now: PartialDate::now(),
                };
                words.extend(engine.words(&request).unwrap_or_default());
            }
        }
    }
    words
}

fn speed(archive: &Archive, words: &[ArchiveWord], chance: &mut Chance) {
    let frequent: Vec<&ArchiveWord> = words.iter().filter(|it| it.documents >= 20).collect();
    for (name, is_second, typo) in [
        ("one word", false, false),
        ("second word", true, false),
        ("with a typo", false, true),
    ] {
        for length in 1..=6 {
            let mut times = Vec::new();
            let mut found = 0;
            for round in 0..2 * ASKED {
                let word = frequent[chance.below(frequent.len())];
                let mut typed: String = word.written.chars().take(length).collect();
                if typo {
                    typed = misspelt(&typed, 1, chance).unwrap_or(typed);
                }
                if is_second {
                    let first = frequent[chance.below(frequent.len())];
                    typed = format!("{} {typed}", first.written);
                }
                let started = ThreadTime::now();
                let answer = archive.suggest(&Ask {
                    text: typed,
                    ..Ask::default()
                });
                // The first few warm up.
                if round >= 50 {
                    times.push(started.elapsed().as_secs_f64() * 1000.0);
                }
                found += usize::from(answer.is_ok_and(|it| !it.suggestions.is_empty()));
            }
            times.sort_by(f64::total_cmp);
            let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
            println!(
                "suggest, {name}, {length} letters: p50 {:.2} ms, p99 {:.2} ms, max {:.2} ms, {found} of {} with suggestions",
                at(0.5),
                at(0.99),
                at(1.0),
                2 * ASKED
            );
        }
    }
}

const KINDS: [&str; 9] = [
    "letter missing",
    "letters swapped",
    "key beside",
    "letter twice",
    "letter too many",
    "sounds alike",
    "umlaut missing",
    "two slips",
    "split in two",
];

fn corrections(archive: &Archive, words: &[ArchiveWord], chance: &mut Chance) {
    let is_word = |it: &&ArchiveWord| {
        it.documents >= 20
            && it.key.len() >= 5
            && it.written.chars().all(char::is_alphabetic)
            && it.written.chars().next().is_some_and(char::is_uppercase)
    };
    let frequent: Vec<&ArchiveWord> = words.iter().filter(is_word).collect();
    let mut times = Vec::new();
    for (kind, name) in KINDS.iter().enumerate() {
        let (mut first, mut listed, mut none, mut wrong, mut enough) = (0, 0, 0, 0, 0);
        let mut asked = 0;
        let mut tries = 0;
        while asked < ASKED && tries < 20 * ASKED {
            tries += 1;
            let word = frequent[chance.below(frequent.len())];
            let Some(typed) = misspelt(&word.written, kind, chance) else {
                continue;
            };
            asked += 1;
            let ask = Ask {
                text: typed.clone(),
                limit: 0,
                facets: Some(Vec::new()),
                ..Ask::default()
            };
            let started = ThreadTime::now();
            let Ok(answer) = archive.search(&ask) else {
                continue;
            };
            times.push(started.elapsed().as_secs_f64() * 1000.0);
            let is_right = |text: &str| base(text) == base(&word.written);
            let corrections = &answer.query.did_you_mean;
            match corrections.first() {
                Some(it) if is_right(&it.text) => first += 1,
                Some(_) if corrections.iter().any(|it| is_right(&it.text)) => listed += 1,
                Some(it) => {
                    wrong += 1;
                    if wrong <= 3 {
                        println!("  {typed} → {} (meant {})", it.text, word.written);
                    }
                }
                None if answer.total_hits > 5 => enough += 1,
                None => {
                    none += 1;
                    if none <= 3 {
                        println!("  {typed} → nothing (meant {})", word.written);
                    }
                }
            }
        }
        println!(
            "{name}: of {asked} first is right {first}, right is listed {listed}, another {wrong}, none {none}, hits enough {enough}"
        );
    }
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    println!(
        "search with correction: p50 {:.2} ms, p99 {:.2} ms",
        at(0.5),
        at(0.99)
    );
}

fn false_alarms(archive: &Archive, words: &[ArchiveWord], chance: &mut Chance) {
    let german = Analyzer::german();
    for (name, is_known) in [("known", true), ("unknown to the lexicon", false)] {
        let rare: Vec<&ArchiveWord> = (words.iter())
            .filter(|it| it.documents <= 2 && it.key.len() >= 5)
            .filter(|it| german.knows(&it.written) == is_known)
            .collect();
        let mut alarms = 0;
        for _ in 0..ASKED {
            let word = rare[chance.below(rare.len())];
            let ask = Ask {
                text: word.written.clone(),
                limit: 0,
                facets: Some(Vec::new()),
                ..Ask::default()
            };
            let Ok(answer) = archive.search(&ask) else {
                continue;
            };
            if let Some(it) = answer.query.did_you_mean.first() {
                alarms += 1;
                if alarms <= 8 {
                    println!("  {} → {}", word.written, it.text);
                }
            }
        }
        println!("rare words, {name}: {alarms} of {ASKED} corrected");
    }
}

/// How often similar articles of one publisher stand in the same section, by their addresses, and
/// how often any two do.
fn similar(archive: &Archive, engine: &Embedded, chance: &mut Chance) {
    let mut articles: Vec<(String, String, String)> = Vec::new();
    let read = engine.each_document(&mut |document| {
        let section = document.url.as_deref().and_then(section);
        if let (Some(publisher), Some(section)) = (document.publisher, section) {
            articles.push((document.id, publisher.id, section));
        }
    });
    if read.is_err() || articles.is_empty() {
        println!("similar: no article has a section in its address");
        return;
    }
    articles.sort_unstable();
    let section_of: HashMap<&str, &str> = (articles.iter())
        .map(|(id, _, section)| (id.as_str(), section.as_str()))
        .collect();
    let (mut same, mut asked, mut by_chance, mut drawn) = (0, 0, 0, 0);
    let mut times = Vec::new();
    for _ in 0..ASKED {
        let (id, publisher, section) = &articles[chance.below(articles.len())];
        let ask = Ask {
            limit: 5,
            facets: Some(Vec::new()),
            collapse: true,
            ..Ask::default()
        };
        let started = ThreadTime::now();
        let _ = archive.similar(id, &ask, false);
        times.push(started.elapsed().as_secs_f64() * 1000.0);
        let of_publisher = Ask {
            snippets: false,
            filters: vec![Filter {
                facet: "publisher".to_owned(),
                value: publisher.clone(),
                exclude: false,
            }],
            ..ask
        };
        let Ok(Availability::Permitted(found)) = archive.similar(id, &of_publisher, false) else {
            continue;
        };
        for hit in &found.hits {
            if let Some(other) = section_of.get(hit.id.as_str()) {
                asked += 1;
                same += usize::from(other == section);
            }
        }
        for _ in 0..20 {
            let (_, other, of_other) = &articles[chance.below(articles.len())];
            if other == publisher {
                drawn += 1;
                by_chance += usize::from(of_other == section);
            }
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    let share = |part: usize, all: usize| 100.0 * part as f64 / all.max(1) as f64;
    println!("similar: p50 {:.2} ms, p99 {:.2} ms", at(0.5), at(0.99));
    println!(
        "similar: {:.1} % of {asked} in the same section, by chance {:.1} %",
        share(same, asked),
        share(by_chance, drawn)
    );
}

/// The first steps of the path of an address, if it has at least two behind them.
fn section(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let mut steps = rest.split('/').skip(1);
    let section = steps.next()?;
    steps.next().filter(|step| !step.is_empty())?;
    let is_section = !section.is_empty() && section.chars().all(|c| c.is_alphabetic() || c == '-');
    is_section.then(|| section.to_owned())
}

/// What the forms of a word have in common.
fn base(word: &str) -> String {
    let tokens = Analyzer::german().analyze(word);
    let terms = tokens.iter().flat_map(|token| token.terms());
    let mut lemmas = terms.filter(|term| term.class == TermClass::Lemma);
    lemmas
        .next()
        .map_or_else(String::new, |term| term.text.to_string())
}

/// A word with a slip; `None` if this kind of slip cannot happen to it.
fn misspelt(word: &str, kind: usize, chance: &mut Chance) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 && kind != 1 {
        return None;
    }
    let at = 1 + chance.below(letters.len().saturating_sub(2).max(1));
    match kind {
        0 => {
            letters.remove(at);
        }
        1 => {
            if at + 1 >= letters.len() || letters[at] == letters[at + 1] {
                return None;
            }
            letters.swap(at, at + 1);
        }
        2 => letters[at] = beside(letters[at], chance)?,
        3 => letters.insert(at, letters[at]),
        4 => letters.insert(at, beside(letters[at], chance)?),
        5 => {
            let pairs = [
                ("ph", "f"),
                ("f", "v"),
                ("ie", "i"),
                ("ck", "k"),
                ("ss", "s"),
                ("tz", "z"),
                ("y", "i"),
                ("eu", "oi"),
                ("ei", "ai"),
                ("dt", "t"),
                ("th", "t"),
                ("mm", "m"),
                ("nn", "n"),
                ("ll", "l"),
                ("k", "c"),
                ("ä", "e"),
                ("j", "y"),
            ];
            let at = word.char_indices().nth(1)?.0;
            let rest = &word[at..];
            let fitting: Vec<&(&str, &str)> = pairs
                .iter()
                .filter(|(from, _)| rest.contains(from))
                .collect();
            let (from, to) = fitting.get(chance.below(fitting.len().max(1)))?;
            return Some(format!("{}{}", &word[..at], rest.replacen(from, to, 1)));
        }
        6 => {
            let plain = word.replace('ä', "a").replace('ö', "o").replace('ü', "u");
            return (plain != word).then_some(plain);
        }
        7 => {
            if letters.len() < 8 {
                return None;
            }
            let once = misspelt(word, chance.below(5), chance)?;
            return misspelt(&once, chance.below(5), chance).filter(|twice| twice != word);
        }
        _ => {
            if letters.len() < 10 {
                return None;
            }
            letters.insert(letters.len() / 2, ' ');
        }
    }
    Some(letters.into_iter().collect())
}

fn beside(letter: char, chance: &mut Chance) -> Option<char> {
    let rows = ["qwertzuiop", "asdfghjkl", "yxcvbnm"];
    let row: Vec<char> = rows
        .iter()
        .find(|row| row.contains(letter))?
        .chars()
        .collect();
    let at = row.iter().position(|it| *it == letter)?;
    let other = if at == 0 || at + 1 < row.len() && chance.below(2) == 0 {
        at + 1
    } else {
        at - 1
    };
    row.get(other).copied()
}

/// Numbers that look like chance and are always the same (a linear congruential generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = (self.0)
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound.max(1)
    }
}

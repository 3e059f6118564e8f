//! Random queries: what they mean, and how a person may write them.

use std::fmt;

use crate::corpus::WORDS;
use crate::dice::Dice;

/// A query or a part of it.
#[derive(Debug, Clone)]
pub enum Asked {
    All,
    Text(Text),
    /// Near each other: the things, each any of some texts, and at most how many other words
    /// between them; `None` is one sentence.
    Near(Vec<Vec<Text>>, Option<u32>),
    /// Field, the value as it is typed, and its id.
    Value(&'static str, &'static str, &'static str),
    /// Period or range as it is typed, and its ends.
    Dates(&'static str, Option<&'static str>, Option<&'static str>),
    Exists(&'static str),
    InField(&'static str, Box<Asked>),
    Boost(Box<Asked>),
    Not(Box<Asked>),
    And(Vec<Asked>),
    Or(Vec<Asked>),
    /// Beside each other, without an operator.
    Gap(Vec<Asked>),
}

/// Something that stands in a text.
#[derive(Debug, Clone)]
pub enum Text {
    Word(String),
    Exact(String),
    Phrase(Vec<String>),
    Slop(Vec<String>, u32),
    Wildcard(&'static str),
    Fuzzy(&'static str, u8),
    Regex(&'static str),
}

/// Words that stand in no text as they are.
const OTHERS: &[&str] = &[
    "Nachrichtendienst",
    "Verlustraten",
    "Kyiv",
    "Selenski",
    "nordkoreanisches",
    "Grösse",
    "kursk",
    "Häusern",
    "Bundesämter",
    "Militärgeheimdiensten",
    "Süßwasserfisch",
    "kriegerisch",
    "Raten",
    "schicken",
    "gegangen",
    "Zeitungsmeldung",
    "Kampf",
    "Ämter",
];

const VALUES: &[(&str, &str, &str)] = &[
    ("country", "Nordkorea", "KP"),
    ("country", "KR", "KR"),
    ("country", "\"Vereinigte Staaten\"", "US"),
    ("cites", "NIS", "kr-nis"),
    ("cites", "dpa", "dpa"),
    ("credits", "dpa", "dpa"),
    ("credits", "reuters", "reuters"),
    ("mentions", "CIA", "us-cia"),
    ("photo", "dpa", "dpa"),
    ("agency", "HUR", "ua-hur"),
    ("agency", "intelligence", "intelligence"),
    ("publisher", "n-tv", "n-tv"),
    ("publisher", "\"Der Bote\"", "Der Bote"),
    ("language", "de", "de"),
];

const PERIODS: &[(&str, Option<&str>, Option<&str>)] = &[
    ("2025", Some("2025"), Some("2025")),
    ("2025-03", Some("2025-03"), Some("2025-03")),
    (
        "[2025-01 TO 2025-03-15]",
        Some("2025-01"),
        Some("2025-03-15"),
    ),
    ("[* BIS 2024]", None, Some("2024")),
    ("[2025-02-27 TO *]", Some("2025-02-27"), None),
];

/// A query of at most so many levels.
pub fn query(dice: &mut Dice, depth: usize) -> Asked {
    match dice.below(40) {
        0 => Asked::All,
        _ => part(dice, depth),
    }
}

fn part(dice: &mut Dice, depth: usize) -> Asked {
    match dice.below(if depth == 0 { 10 } else { 18 }) {
        0..=4 => Asked::Text(text(dice)),
        5 => near(dice),
        6 => {
            let (field, typed, id) = dice.of(VALUES);
            Asked::Value(field, typed, id)
        }
        7 => {
            let (typed, from, to) = dice.of(PERIODS);
            Asked::Dates(typed, from, to)
        }
        8 => Asked::Exists(dice.of(&["title", "body", "publisher", "date", "agency", "mentions"])),
        9 => Asked::InField(dice.of(&["title", "body"]), Box::new(texts(dice))),
        10 | 11 => Asked::Not(Box::new(part(dice, depth - 1))),
        12 => Asked::Boost(Box::new(part(dice, depth - 1))),
        13 | 14 => Asked::And(several(dice, depth)),
        15 => Asked::Or(several(dice, depth)),
        _ => Asked::Gap(several(dice, depth)),
    }
}

fn several(dice: &mut Dice, depth: usize) -> Vec<Asked> {
    (0..2 + dice.below(2))
        .map(|_| part(dice, depth - 1))
        .collect()
}

/// What may stand behind the name of a text field.
fn texts(dice: &mut Dice) -> Asked {
    match dice.below(4) {
        0 => Asked::Or(vec![Asked::Text(text(dice)), Asked::Text(text(dice))]),
        1 => Asked::Gap(vec![Asked::Text(text(dice)), Asked::Text(text(dice))]),
        2 => near(dice),
        _ => Asked::Text(text(dice)),
    }
}

fn near(dice: &mut Dice) -> Asked {
    let thing = |dice: &mut Dice| -> Vec<Text> {
        let number = 1 + usize::from(dice.below(4) == 0);
        (0..number).map(|_| sequence(dice)).collect()
    };
    let things = (0..2 + dice.below(2)).map(|_| thing(dice)).collect();
    let distance = dice.below(8) as u32;
    Asked::Near(things, dice.coin().then_some(distance))
}

fn text(dice: &mut Dice) -> Text {
    match dice.below(10) {
        0 => Text::Slop(words(dice), dice.below(6) as u32),
        _ => sequence(dice),
    }
}

/// A text that is one word, or words one after the other.
fn sequence(dice: &mut Dice) -> Text {
    match dice.below(16) {
        0..=5 => Text::Word(word(dice)),
        6 | 7 => Text::Word(dice.of(OTHERS).to_owned()),
        8 | 9 => Text::Exact(word(dice)),
        10 | 11 => Text::Phrase(words(dice)),
        12 | 13 => Text::Wildcard(dice.of(&[
            "Verlust*",
            "Panzer*",
            "*dienst",
            "Bundes*amt",
            "*panzer",
            "k*w",
            "*ng*",
            "Haus*",
            "se*u*",
        ])),
        14 => {
            let (word, distance) = dice.of(&[
                ("Kurks", 1),
                ("Selenskij", 1),
                ("Soldatn", 2),
                ("kreig", 1),
                ("Hous", 1),
                ("der", 1),
            ]);
            Text::Fuzzy(word, distance)
        }
        _ => Text::Regex(dice.of(&["verlust.+", "[ks].*", "(haus|krieg)e?", ".{3}", "Panzern?"])),
    }
}

fn words(dice: &mut Dice) -> Vec<String> {
    (0..2 + dice.below(2)).map(|_| word(dice)).collect()
}

/// A word of the texts that is one to a query, too.
fn word(dice: &mut Dice) -> String {
    loop {
        let word = dice.of(WORDS);
        if !matches!(word, "Soldat:innen" | "U.S.A.") {
            return word.to_owned();
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Text::Word(word) => write!(f, "{word}"),
            Text::Exact(word) => write!(f, "={word}"),
            Text::Phrase(words) => match words[0].len() % 3 {
                0 => write!(f, "„{}“", words.join(" ")),
                1 => write!(f, "»{}«", words.join(" ")),
                _ => write!(f, "\"{}\"", words.join(" ")),
            },
            Text::Slop(words, slop) => write!(f, "\"{}\"~{slop}", words.join(" ")),
            Text::Wildcard(pattern) => write!(f, "{pattern}"),
            Text::Fuzzy(word, distance) => write!(f, "{word}~{distance}"),
            Text::Regex(pattern) => write!(f, "/{pattern}/"),
        }
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let joined = |parts: &[Asked], with: &str| -> String {
            let parts: Vec<String> = parts.iter().map(Asked::to_string).collect();
            format!("({})", parts.join(with))
        };
        match self {
            Asked::All => write!(f, "*"),
            Asked::Text(text) => write!(f, "{text}"),
            Asked::Near(things, distance) => {
                let thing = |texts: &Vec<Text>| match &texts[..] {
                    [text] => text.to_string(),
                    [one, two] => format!("({one} ODER {two})"),
                    _ => unreachable!("things are one text or two"),
                };
                let things: Vec<String> = things.iter().map(thing).collect();
                let near = distance.map_or("S".to_owned(), |distance| distance.to_string());
                write!(f, "({})", things.join(&format!(" NEAR/{near} ")))
            }
            Asked::Value(field, typed, _) => write!(f, "{field}:{typed}"),
            Asked::Dates(typed, _, _) => write!(f, "date:{typed}"),
            Asked::Exists(field) if field.len() % 2 == 0 => write!(f, "{field}:*"),
            Asked::Exists(field) => write!(f, "exists:{field}"),
            Asked::InField(field, asked) => match asked.as_ref() {
                Asked::Text(text) => write!(f, "{field}:{text}"),
                asked => write!(f, "{field}:{asked}"),
            },
            Asked::Boost(asked) => write!(f, "({asked})^2"),
            Asked::Not(asked) => match asked.as_ref() {
                // `-2025` may be a number.
                Asked::Text(text) if !text.to_string().starts_with(char::is_numeric) => {
                    write!(f, "-{text}")
                }
                asked => write!(f, "NICHT {asked}"),
            },
            Asked::And(parts) => write!(f, "{}", joined(parts, " UND ")),
            Asked::Or(parts) => write!(f, "{}", joined(parts, " OR ")),
            Asked::Gap(parts) => write!(f, "{}", joined(parts, " ")),
        }
    }
}

//! Nouns for services, for what they say and for who speaks for them.

use std::sync::LazyLock;

use crate::enrich::gazetteers::WordList;

/// What a service does, as far as the noun says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ServiceType {
    /// Not said.
    Any,
    /// Military intelligence.
    Military,
    /// Domestic intelligence.
    Domestic,
    /// Foreign intelligence.
    Foreign,
}

/// What follows the service in a compound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tail {
    /// Nothing, or an ending of the singular.
    Singular,
    /// The ending of the plural.
    Plural,
    /// What it says: `Geheimdienstangaben`, `Geheimdienstkreise`.
    Statement,
    /// Who speaks: `Geheimdienstchef`.
    Office,
    /// Something else of the service: `Geheimdienstarbeit`.
    Other,
}

/// A noun such as `Auslandsgeheimdienstes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ServiceNoun {
    /// What the service does.
    pub(crate) service: ServiceType,
    /// How the noun goes on.
    pub(crate) tail: Tail,
    /// Whether the noun is feminine: `Spionageabwehr`.
    pub(crate) feminine: bool,
}

/// Nouns for what someone says; a compound ends in them.
static STATEMENTS: LazyLock<WordList> =
    LazyLock::new(|| WordList::read(include_str!("statements.txt")));

/// Nouns for people who speak for a service; a compound ends in them.
static OFFICES: LazyLock<WordList> = LazyLock::new(|| WordList::read(include_str!("offices.txt")));

/// Nouns that other nouns end in by chance, so that they count only as whole words: *Aufsicht*,
/// *Soldaten*, *Entführung*.
const WHOLE: &[&str] = &[
    "daten", "zahlen", "sicht", "worte", "worten", "führung", "spitze", "kreise", "kreisen",
    "papier",
];

/// Nouns that end in one of the others and mean something else.
const MISLEADING: &[&str] = &[
    "wertschätzung",
    "begleiter",
    "lautsprecher",
    "geringschätzung",
    "wertpapier",
    "stromquelle",
    "energiequelle",
    "energiequellen",
];

/// Whether a word is, or ends in, a noun for a statement.
pub(crate) fn is_statement(word: &str) -> bool {
    ends_in(word, &STATEMENTS)
}

/// Whether a noun for a statement is also one for a thing: `Dokumente der CIA` prove nothing alone.
pub(crate) fn is_weak_statement(word: &str) -> bool {
    static NOUNS: LazyLock<WordList> =
        LazyLock::new(|| WordList::read(include_str!("weak_statements.txt")));
    ends_in(word, &NOUNS)
}

/// Whether a word is, or ends in, a noun for a person who speaks for an office.
pub(crate) fn is_office(word: &str) -> bool {
    ends_in(word, &OFFICES)
}

fn ends_in(word: &str, nouns: &WordList) -> bool {
    let lower = word.to_lowercase();
    nouns.has_ending_of(&lower, |noun| noun == lower || !WHOLE.contains(&noun))
        && !MISLEADING.iter().any(|other| lower.ends_with(other))
}

impl ServiceNoun {
    /// Reads a noun; `None` if it is none for a service.
    pub(crate) fn parse(word: &str) -> Option<ServiceNoun> {
        if word.len() < 6 || word.len() > 60 {
            return None;
        }
        if !["dienst", "Dienst", "ufklärung", "abwehr"]
            .iter()
            .any(|part| word.contains(part))
        {
            return None;
        }
        let lower = word.to_lowercase();
        const HEADS: &[&str] = &[
            "geheimdienst",
            "nachrichtendienst",
            "spionagedienst",
            "militäraufklärung",
            "spionageabwehr",
        ];
        let (at, head) = HEADS
            .iter()
            .find_map(|head| lower.find(head).map(|at| (at, *head)))?;
        let (prefix, tail) = (&lower[..at], &lower[at + head.len()..]);
        if [
            "kurz",
            "sms",
            "online",
            "finanz",
            "wirtschafts",
            "presse",
            "börsen",
        ]
        .contains(&prefix)
        {
            return None;
        }
        let military = ["militär", "verteidigungs", "armee", "marine", "heeres"];
        let service =
            if military.iter().any(|part| prefix.ends_with(part)) || head == "militäraufklärung" {
                ServiceType::Military
            } else if prefix.ends_with("inlands") || prefix.ends_with("inland") {
                ServiceType::Domestic
            } else if prefix.ends_with("auslands") || prefix.ends_with("ausland") {
                ServiceType::Foreign
            } else {
                ServiceType::Any
            };
        let tail_kind = match tail {
            "" | "s" | "es" => Tail::Singular,
            "e" | "en" => Tail::Plural,
            other if other.starts_with("lich") || other.starts_with("ler") => return None,
            other => tail_of(other),
        };
        Some(ServiceNoun {
            service,
            tail: tail_kind,
            feminine: matches!(head, "militäraufklärung" | "spionageabwehr"),
        })
    }

    /// Whether the noun is the service itself.
    pub(crate) fn is_service(&self) -> bool {
        matches!(self.tail, Tail::Singular | Tail::Plural)
    }
}

/// What the second part of a compound makes of the service.
pub(crate) fn tail_of(part: &str) -> Tail {
    if is_statement(part) {
        Tail::Statement
    } else if is_office(part) {
        Tail::Office
    } else {
        Tail::Other
    }
}

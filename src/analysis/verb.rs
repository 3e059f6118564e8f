//! Verbs with prefixes: `zurückzuweisen`, `einmarschiert`, and their particles.

use super::lexicon::lexicon;

/// Prefixes that can stand apart from their verb (`greift … an`), the long ones first.
const SEPARABLE: [&str; 76] = [
    "auseinander",
    "gegenüber",
    "hinterher",
    "zufrieden",
    "aneinander",
    "aufeinander",
    "entgegen",
    "herunter",
    "hinunter",
    "zusammen",
    "daneben",
    "entlang",
    "hierher",
    "herüber",
    "hinüber",
    "überein",
    "bereit",
    "bekannt",
    "einher",
    "empor",
    "herab",
    "heran",
    "herauf",
    "heraus",
    "herbei",
    "herein",
    "herum",
    "hervor",
    "hinab",
    "hinauf",
    "hinaus",
    "hinein",
    "hinweg",
    "vorbei",
    "voran",
    "voraus",
    "vorher",
    "weiter",
    "wieder",
    "zurecht",
    "zurück",
    "zuwider",
    "nieder",
    "durch",
    "runter",
    "dabei",
    "davon",
    "offen",
    "unter",
    "statt",
    "still",
    "tief",
    "frei",
    "fest",
    "fort",
    "hoch",
    "hinzu",
    "klar",
    "nach",
    "nahe",
    "raus",
    "rein",
    "teil",
    "über",
    "voll",
    "wahr",
    "auf",
    "aus",
    "bei",
    "dar",
    "ein",
    "her",
    "hin",
    "los",
    "mit",
    "vor",
];
const SHORT: [&str; 8] = ["weg", "ab", "an", "da", "um", "zu", "heim", "preis"];
/// Prefixes that never leave their verb.
const INSEPARABLE: [&str; 10] = [
    "hinter", "wider", "miss", "emp", "ent", "ver", "zer", "be", "er", "ge",
];

fn separable() -> impl Iterator<Item = &'static str> {
    SEPARABLE.into_iter().chain(SHORT)
}

/// Whether a word can be the particle that ends a clause, as `an` in `greift die Stadt an`.
pub(super) fn is_particle(word: &str) -> bool {
    separable().any(|prefix| prefix == word)
}

/// The infinitive of a form that the lexicon has only without its prefix.
pub(super) fn prefixed(word: &str) -> Option<String> {
    let prefixes = separable().map(|prefix| (prefix, true));
    let prefixes = prefixes.chain(INSEPARABLE.into_iter().map(|prefix| (prefix, false)));
    for (prefix, separable) in prefixes {
        let Some(rest) = word.strip_prefix(prefix) else {
            continue;
        };
        if rest.len() < 4 {
            continue;
        }
        if separable
            && let Some(infinitive) = rest.strip_prefix("zu")
            && lexicon()
                .get(infinitive)
                .is_some_and(|entry| entry.is_infinitive())
        {
            return Some([prefix, infinitive].concat());
        }
        let entry = lexicon().get(rest).filter(|entry| entry.is_verb_form());
        if let Some(infinitive) = entry.and_then(|entry| entry.others(rest).into_iter().next()) {
            return Some([prefix, &infinitive].concat());
        }
    }
    None
}

/// The verb that a finite form and a particle make together, if there is one.
pub(super) fn joined(form: &str, particle: &str) -> Option<String> {
    let entry = lexicon().get(form).filter(|entry| entry.is_verb_form())?;
    let infinitive = entry.others(form).into_iter().next()?;
    let whole = [particle, &infinitive].concat();
    lexicon()
        .get(&whole)
        .filter(|entry| entry.is_infinitive())
        .map(|_| whole)
}

#[cfg(test)]
mod tests {
    use super::{joined, prefixed};

    #[test]
    fn verbs_with_prefixes_have_an_infinitive() {
        assert_eq!(prefixed("einmarschiert").as_deref(), Some("einmarschieren"));
        assert_eq!(
            prefixed("zurückzugewinnen").as_deref(),
            Some("zurückgewinnen")
        );
        assert_eq!(prefixed("an"), None);
    }

    #[test]
    fn particles_come_back_to_their_verb() {
        assert_eq!(joined("greift", "an").as_deref(), Some("angreifen"));
        assert_eq!(joined("greift", "vorbei"), None);
    }
}

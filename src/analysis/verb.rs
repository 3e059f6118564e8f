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

/// Endings of weak verbs, for words in lower case.
const WEAK_ENDINGS: [&str; 8] = ["etest", "eten", "ete", "et", "ten", "te", "st", "t"];

fn separable() -> impl Iterator<Item = &'static str> {
    SEPARABLE.into_iter().chain(SHORT)
}

/// Takes a prefix off. Nearly always the first letter says that it is another.
fn without<'a>(word: &'a str, prefix: &str) -> Option<&'a str> {
    let begins = word.as_bytes().first() == prefix.as_bytes().first();
    if begins {
        word.strip_prefix(prefix)
    } else {
        None
    }
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
        let Some(rest) = without(word, prefix) else {
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

/// The infinitive of a form of a weak verb that the lexicon has only in its infinitive.
pub(super) fn weak(word: &str) -> Option<String> {
    let bare = word.strip_prefix("ge").filter(|_| word.ends_with('t'));
    for (stem, is_participle) in [(bare, true), (Some(word), false)] {
        for ending in WEAK_ENDINGS {
            let Some(stem) = stem.and_then(|stem| stem.strip_suffix(ending)) else {
                continue;
            };
            if stem.len() < 3 {
                continue;
            }
            let infinitive = [stem, "en"].concat();
            let fits = lexicon().get(&infinitive).is_some_and(|entry| {
                let others = entry.others(&infinitive);
                let is_verb = others.first().is_some_and(|base| *base == infinitive);
                is_verb && (is_participle || entry.nouns(&infinitive).is_empty())
            });
            if fits {
                return Some(infinitive);
            }
        }
    }
    None
}

/// The base form of a person named by a participle: `Angeklagter` as Angeklagte, where that is a
/// noun of its own, `Geimpfter` as the verb, where it is none.
pub(super) fn person(word: &str) -> Option<String> {
    let ending = ["er", "en", "em", "es", "e"]
        .into_iter()
        .find(|ending| word.ends_with(ending))?;
    let stem = &word[..word.len() - ending.len()];
    let is_participle = (stem.ends_with('t') || stem.ends_with("en"))
        && separable()
            .chain(INSEPARABLE)
            .any(|prefix| without(stem, prefix).is_some_and(|rest| rest.len() >= 4));
    if !is_participle {
        return None;
    }
    let noun = [stem, "e"].concat();
    if lexicon()
        .get(&noun)
        .is_some_and(|entry| entry.is_noun_lemma())
    {
        return Some(noun);
    }
    let entry = lexicon().get(stem).filter(|entry| entry.is_verb_form())?;
    let verb = entry.others(stem).into_iter().next()?;
    stem.contains("ge").then_some(verb)
}

/// The verb that a finite form and a particle make together, if there is one.
pub(super) fn joined(form: &str, particle: &str) -> Option<String> {
    let entry = lexicon().get(form).filter(|entry| entry.is_verb_form())?;
    let infinitive = entry.others(form).into_iter().next()?;
    let whole = [particle, &infinitive].concat();
    // of sagte … ab the lexicon may have only the plural of Absage
    lexicon().contains(&whole).then_some(whole)
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
        assert_eq!(joined("sagte", "zu").as_deref(), Some("zusagen"));
        assert_eq!(joined("greift", "vorbei"), None);
    }
}

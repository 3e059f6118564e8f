//! Query words: everything in a document that stands for one word of a query.

use super::lexicon::lexicon;
use super::word::{Described, Piece, describe};
use super::{Relation, Term, TermClass, Variant, names};

/// The most variants that one word gets.
const MAX_VARIANTS: usize = 64;

/// Everything that stands for a German query word.
pub(super) fn variants(form: &str) -> Vec<Variant> {
    let word = describe(form, true);
    let mut variants = Variants::default();
    if !word.is_abbreviation {
        for surface in &word.surfaces {
            variants.one(Relation::Surface, TermClass::Surface, surface);
        }
    }
    let bases = &word.lemmas;
    let relation = if word.is_abbreviation {
        Relation::Surface
    } else {
        Relation::Lemma
    };
    for base in bases {
        variants.one(relation, TermClass::Lemma, base);
    }
    for key in keys(&word) {
        for name in names::spellings(key) {
            variants.words(Relation::Name, name);
        }
    }
    for base in bases {
        variants.one(Relation::InCompound, TermClass::Part, base);
    }
    if bases.is_empty() || word.lemmas.iter().all(|base| !word.surfaces.contains(base)) {
        for surface in word.surfaces.iter().filter(|_| !word.is_abbreviation) {
            variants.one(Relation::InCompound, TermClass::Part, surface);
        }
    }
    parts(&word, &mut variants);
    for key in keys(&word) {
        for name in names::demonyms(key) {
            variants.words(Relation::Demonym, name);
        }
        for other in names::related(key) {
            variants.words(Relation::Derived, other);
        }
    }
    if !word.is_abbreviation {
        for base in bases {
            derived("", base, &mut variants);
            // CDU-Politiker is found in CDU-Politikerin
            let head = word.parts.last().and_then(|part| part.terms.first());
            if let Some((head, before)) =
                head.and_then(|head| Some((head, base.strip_suffix(head.as_str())?)))
            {
                derived(before, head, &mut variants);
            }
        }
    }
    variants.list.truncate(MAX_VARIANTS);
    variants.list
}

/// A query word in its exact form only.
pub(super) fn exact(form: &str) -> Vec<Variant> {
    let word = describe(form, true);
    let mut variants = Variants::default();
    if word.is_abbreviation {
        for base in word.lemmas.iter().take(1) {
            variants.one(Relation::Surface, TermClass::Lemma, base);
        }
    } else {
        for surface in &word.surfaces {
            variants.one(Relation::Surface, TermClass::Surface, surface);
        }
    }
    variants.list
}

/// What a word is looked up by in tables.
fn keys(word: &Described) -> impl Iterator<Item = &str> {
    let surface = word.surfaces.first().map(String::as_str);
    let bases = word.lemmas.iter().map(String::as_str);
    surface
        .into_iter()
        .chain(bases.filter(move |base| Some(*base) != surface))
}

/// All parts together: in two groups, and each by itself.
fn parts(word: &Described, variants: &mut Variants) {
    if word.parts.len() < 2 {
        return;
    }
    let mut pieces: Vec<&Piece> = word.parts.iter().collect();
    variants.all(&pieces);
    for (index, part) in word.parts.iter().enumerate() {
        let mut inner: Vec<&Piece> = (word.inner.iter())
            .filter(|one| part.start <= one.start && one.end <= part.end)
            .collect();
        if inner.len() >= 2 && word.parts.len() == 2 {
            inner.truncate(2);
            pieces = word.parts.iter().collect();
            pieces.splice(index..=index, inner);
            variants.all(&pieces);
        }
    }
    // a join and the parts outside of it
    for join in &word.inner {
        let outside = |part: &&Piece| part.end <= join.start || part.start >= join.end;
        let mut pieces: Vec<&Piece> = word.parts.iter().filter(outside).collect();
        let is_join = word.parts.len() >= pieces.len() + 2;
        if is_join && !pieces.is_empty() {
            pieces.push(join);
            pieces.sort_by_key(|piece| piece.start);
            variants.all(&pieces);
        }
    }
}

/// Words of the same root: verb and noun, noun and adjective, man and woman, town and townsman.
fn derived(before: &str, base: &str, variants: &mut Variants) {
    let entry = lexicon().get(base);
    let is_noun = |word: &str| {
        lexicon()
            .get(word)
            .is_some_and(|entry| entry.is_noun_lemma())
    };
    let is_verb = |word: &str| {
        lexicon()
            .get(word)
            .is_some_and(|entry| entry.is_infinitive())
    };
    let is_adjective = |word: &str| {
        lexicon()
            .get(word)
            .is_some_and(|entry| entry.is_adjective())
    };
    let mut candidates: Vec<String> = Vec::new();
    let mut add = |word: String, fits: &dyn Fn(&str) -> bool| {
        if fits(&word) {
            candidates.push(word);
        }
    };
    if let Some(stem) = base.strip_suffix("ung") {
        add([stem, "en"].concat(), &is_verb);
        add([stem, "n"].concat(), &is_verb);
        if let Some(stem) = stem.strip_suffix('l') {
            add([stem, "eln"].concat(), &is_verb);
        }
    }
    if entry.is_some_and(|entry| entry.is_infinitive()) {
        let stem = base
            .strip_suffix("en")
            .or_else(|| base.strip_suffix('n'))
            .unwrap_or(base);
        add([stem, "ung"].concat(), &is_noun);
        if let Some(stem) = base.strip_suffix("eln") {
            add([stem, "lung"].concat(), &is_noun);
        }
    }
    let is_person = |word: &str| is_noun(word);
    let stem = base.strip_suffix('e').unwrap_or(base);
    if entry.is_some_and(|entry| entry.is_noun_lemma()) && stem.chars().count() >= 3 {
        add([stem, "in"].concat(), &is_person);
        if let Some(mutated) = mutated(stem) {
            add([&mutated, "in"].concat(), &is_person);
        }
        add([stem, "isch"].concat(), &is_adjective);
        if let Some(stem) = base.strip_suffix("ie") {
            add([stem, "isch"].concat(), &is_adjective);
        }
        if let Some(stem) = base.strip_suffix("ik") {
            add([stem, "isch"].concat(), &is_adjective);
        }
    }
    if entry.is_some_and(|entry| entry.is_capitalised() && !entry.is_noun_lemma()) {
        add([base, "er"].concat(), &is_noun);
        if let Some(stem) = base.strip_suffix("en") {
            add([stem, "er"].concat(), &is_noun);
        }
    }
    for word in candidates {
        variants.one(
            Relation::Derived,
            TermClass::Lemma,
            &[before, &word].concat(),
        );
    }
}

/// The stem with its last vowel mutated: `arzt` is ärzt.
fn mutated(stem: &str) -> Option<String> {
    // the weak e of Bauer and Vogel, and the u of au
    let full = match stem
        .strip_suffix(['r', 'l'])
        .and_then(|it| it.strip_suffix('e'))
    {
        Some(full) => full,
        None => stem,
    };
    let mut vowels = full.char_indices().rev();
    let (mut at, mut vowel) = vowels.find(|(_, c)| "aeiouäöü".contains(*c))?;
    if vowel == 'u' && full[..at].ends_with('a') {
        (at, vowel) = (at - 1, 'a');
    }
    let umlaut = match vowel {
        'a' => "ä",
        'o' => "ö",
        'u' => "ü",
        _ => return None,
    };
    Some([&stem[..at], umlaut, &stem[at + 1..]].concat())
}

/// Variants in order, each term of one relation once.
#[derive(Default)]
struct Variants {
    list: Vec<Variant>,
}

impl Variants {
    fn push(&mut self, relation: Relation, terms: Vec<Term>, written: &str) {
        let is_new = !terms.is_empty() && self.list.iter().all(|variant| variant.terms != terms);
        if is_new && self.list.len() < MAX_VARIANTS {
            let written = written.into();
            self.list.push(Variant {
                relation,
                terms,
                written,
            });
        }
    }

    fn one(&mut self, relation: Relation, class: TermClass, text: &str) {
        let term = Term {
            class,
            text: text.into(),
        };
        self.push(relation, vec![term], &written(text));
    }

    /// A word or several that only together stand for the query word.
    fn words(&mut self, relation: Relation, words: &str) {
        let terms = words.split(' ').filter_map(|word| {
            let base = describe(word, false).lemmas.into_iter().next()?;
            Some(Term {
                class: TermClass::Lemma,
                text: base.into(),
            })
        });
        let terms: Vec<Term> = terms.collect();
        if let [term] = terms.as_slice() {
            let part = Term {
                class: TermClass::Part,
                text: term.text.clone(),
            };
            self.push(relation, vec![term.clone()], words);
            self.push(relation, vec![part], words);
        } else {
            self.push(relation, terms, words);
        }
    }

    fn all(&mut self, pieces: &[&Piece]) {
        let term = |piece: &&Piece| Term {
            class: TermClass::Lemma,
            text: piece.terms.first().map_or("", String::as_str).into(),
        };
        let terms: Vec<Term> = pieces.iter().map(term).collect();
        let lemmas_only = terms.clone();
        self.push(Relation::Parts, terms, &spaced(&lemmas_only));
        // militärischer Geheimdienst for Militärgeheimdienst
        let adjective = [&*lemmas_only[0].text, "isch"].concat();
        if lexicon()
            .get(&adjective)
            .is_some_and(|entry| entry.is_adjective())
        {
            let mut terms = lemmas_only;
            terms[0].text = adjective.into();
            let written = spaced(&terms);
            self.push(Relation::Parts, terms, &written);
        }
    }
}

/// A base form with a capital, if it is a noun and nothing else.
fn written(base: &str) -> String {
    let is_noun = lexicon().get(base).is_some_and(|entry| {
        (entry.is_noun_lemma() || entry.is_capitalised())
            && !entry.is_infinitive()
            && !entry.is_adjective()
    });
    let mut letters = base.chars();
    match letters.next() {
        Some(first) if is_noun => first.to_uppercase().chain(letters).collect(),
        _ => base.to_owned(),
    }
}

fn spaced(terms: &[Term]) -> String {
    let words: Vec<String> = terms.iter().map(|term| written(&term.text)).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::variants;
    use crate::analysis::Relation;

    fn texts(form: &str, relation: Relation) -> Vec<String> {
        let variants = variants(form)
            .into_iter()
            .filter(|variant| variant.relation == relation);
        let join = |terms: &[crate::analysis::Term]| {
            terms
                .iter()
                .map(|term| &*term.text)
                .collect::<Vec<_>>()
                .join(" ")
        };
        variants.map(|variant| join(&variant.terms)).collect()
    }

    #[test]
    fn a_compound_is_found_by_all_of_its_parts_together() {
        assert_eq!(
            texts("Truppenentsendung", Relation::Parts),
            ["truppe entsendung"]
        );
        assert!(texts("Partei", Relation::Parts).is_empty());
    }

    #[test]
    fn abbreviations_keep_their_case() {
        assert_eq!(texts("NIS", Relation::Surface), ["NIS"]);
        assert!(!texts("TASS", Relation::Surface).contains(&"tasse".to_owned()));
    }

    #[test]
    fn roots_are_related() {
        assert!(texts("Befreiung", Relation::Derived).contains(&"befreien".to_owned()));
        assert!(texts("Lehrer", Relation::Derived).contains(&"lehrerin".to_owned()));
        assert!(texts("Demokratie", Relation::Derived).contains(&"demokratisch".to_owned()));
    }
}

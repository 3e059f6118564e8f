//! Forms that name women and men at once: `Soldat:innen`, `Lehrer/-in`.

use super::lexicon::lexicon;

/// The masculine and the feminine form that a gender form stands for.
pub(super) fn gender(text: &str) -> Option<(String, String)> {
    let text = text.strip_suffix(')').unwrap_or(text);
    let ending = ["innen", "Innen", "in", "In"]
        .into_iter()
        .find(|ending| text.ends_with(ending))?;
    let base = &text[..text.len() - ending.len()];
    let stem = base.trim_end_matches([':', '*', '_', '/', '(', '-']);
    let is_inner_capital =
        stem.len() == base.len() && ending.starts_with('I') && stem.ends_with(char::is_lowercase);
    if (stem.len() == base.len() && !is_inner_capital) || stem.chars().count() < 3 {
        return None;
    }
    if stem.len() < base.len() && base[stem.len()..] == *"-" {
        return None;
    }
    let woman = without_last_e(stem);
    Some((stem.to_owned(), [woman, &ending.to_lowercase()].concat()))
}

fn without_last_e(stem: &str) -> &str {
    stem.strip_suffix('e').unwrap_or(stem)
}

/// The masculine word of the stem of a gender form: `Kolleg` is Kollege, `Ärzt` is Arzt.
pub(super) fn masculine_base(stem: &str) -> String {
    let is_word = |word: &str| {
        lexicon()
            .get(word)
            .is_some_and(|entry| entry.is_noun_lemma())
    };
    if is_word(stem) {
        return stem.to_owned();
    }
    let plain = stem.replace('ä', "a").replace('ö', "o").replace('ü', "u");
    let candidates = [[stem, "e"].concat(), plain.clone(), [&plain, "e"].concat()];
    candidates
        .into_iter()
        .find(|word| is_word(word))
        .unwrap_or_else(|| stem.to_owned())
}

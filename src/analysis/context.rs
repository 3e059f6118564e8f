//! What only the neighbours of a word tell: elliptical compounds and separable verbs.

use super::fold::fold;
use super::lemma::{Shape, lemmas};
use super::lexicon::lexicon;
use super::tokenizer::{Hyphen, is_joining};
use super::{Sentence, Term, TermClass, Token, splits, verb};

/// How many words the fellow of an elliptical compound may be away.
const FELLOW_WORDS: usize = 6;
/// How many words a verb may be away from its particle.
const VERB_WORDS: usize = 24;
/// First parts that are cut off a fellow that is no compound: `Ein- und Ausfuhr`.
const PARTICLES: [&str; 26] = [
    "zurück", "hinter", "gegen", "unter", "innen", "außen", "nach", "über", "haupt", "neben",
    "voll", "auf", "aus", "bei", "ein", "hin", "her", "mit", "vor", "ab", "an", "be", "ent", "un",
    "zu", "um",
];

/// The words of a text whose neighbours matter, by index.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    /// Words with a hanging hyphen.
    pub(super) hanging: Vec<(usize, Hyphen)>,
    /// Words that may be the particle of a verb.
    pub(super) particles: Vec<usize>,
}

impl Neighbours {
    /// Adds to the tokens of a text what neighbours in the same sentence tell of them.
    pub(super) fn tell(&self, text: &str, tokens: &mut [Token], sentences: &[Sentence]) {
        let around = |index: usize| {
            let at = sentences.partition_point(|it| it.words.end as usize <= index);
            let sentence = sentences.get(at)?;
            let words = sentence.words.start as usize..sentence.words.end as usize;
            Some((words, &text[..sentence.span.end]))
        };
        for (index, hyphen) in &self.hanging {
            if let Some((words, text)) = around(*index) {
                let at = index - words.start;
                let found = completed(text, &tokens[words], at, *hyphen);
                add_lemmas(&mut tokens[*index], found);
            }
        }
        for index in &self.particles {
            let Some((words, text)) = around(*index) else {
                continue;
            };
            let first = words.start;
            if let Some((at, verb)) = separated_verb(text, &tokens[words], index - first) {
                add_lemmas(&mut tokens[first + at], vec![verb]);
            }
        }
    }
}

/// Base forms of the whole words that a word with a hanging hyphen stands for.
fn completed(text: &str, tokens: &[Token], index: usize, hyphen: Hyphen) -> Vec<String> {
    match hyphen {
        Hyphen::None => Vec::new(),
        Hyphen::After => completed_after(text, tokens, index),
        Hyphen::Before => completed_before(text, tokens, index),
    }
}

/// `Regional-` und Fernverkehr: the tail of the fellow that follows.
fn completed_after(text: &str, tokens: &[Token], index: usize) -> Vec<String> {
    let left = form(text, &tokens[index]);
    let mut is_joined = false;
    for token in tokens.iter().skip(index + 1).take(FELLOW_WORDS) {
        let fellow = form(text, token);
        if text[..token.start].len() - tokens[index].end > 200 {
            break;
        }
        if is_joining(fellow) {
            is_joined = true;
            continue;
        }
        let hangs = text[token.end..].starts_with(['-', '\u{2010}', '\u{2011}']);
        if hangs || fellow.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        let starts_upper = fellow.starts_with(char::is_uppercase);
        if !is_joined && !text[tokens[index].end..token.start].contains(['/', ',']) {
            break;
        }
        if !starts_upper && left.starts_with(char::is_uppercase) && !fellow.contains('-') {
            continue; // an adjective between them
        }
        return tail_of(&fold_letters(left), fellow).into_iter().collect();
    }
    Vec::new()
}

/// Infektionsschutzgesetz und `-verordnung`: the beginning of the fellow before.
fn completed_before(text: &str, tokens: &[Token], index: usize) -> Vec<String> {
    let right = fold(form(text, &tokens[index]));
    let before = tokens[..index].iter().rev().take(FELLOW_WORDS);
    for fellow in before {
        let word = form(text, fellow);
        if !word.starts_with(char::is_uppercase) {
            continue;
        }
        let whole = fold_letters(word);
        let base = lemmas(&right, Shape::Capital)
            .into_iter()
            .next()
            .unwrap_or_default();
        let segments = splits::split(&whole);
        if let Some(last) = segments.last() {
            return vec![[&whole[..last.start], &base].concat()];
        }
        if let Some((head, _)) = word.rsplit_once('-') {
            return vec![fold_letters(head) + &base];
        }
        return Vec::new();
    }
    Vec::new()
}

/// The base form of `left` with the tail of `fellow`.
fn tail_of(left: &str, fellow: &str) -> Option<String> {
    let last_piece = fellow.rsplit('-').next().unwrap_or(fellow);
    let has_hyphen = last_piece.len() < fellow.len();
    let folded = fold(last_piece);
    let mut tails: Vec<&str> = Vec::new();
    if has_hyphen {
        tails.push(&folded);
    }
    let segments = splits::split(&folded);
    let inner = segments.last().map(|last| splits::split_part(&last.word));
    for segment in segments.iter().skip(1) {
        tails.push(&folded[segment.start..]);
    }
    if let (Some(last), Some(inner)) = (segments.last(), inner) {
        tails.extend(
            inner
                .iter()
                .skip(1)
                .map(|segment| &folded[last.start + segment.start..]),
        );
    }
    if let Some(first) = segments.first() {
        // the first part may be a compound itself: Sonn- und Feiertagsruhe
        let inner = splits::split_part(&first.word);
        tails.extend(inner.iter().skip(1).map(|segment| &folded[segment.start..]));
    }
    if segments.is_empty() {
        for prefix in PARTICLES {
            let tail = folded.strip_prefix(prefix).filter(|tail| tail.len() >= 3);
            tails.extend(tail.filter(|tail| is_known(left, tail)));
        }
        let splits = folded.char_indices().skip(3).map(|(at, _)| &folded[at..]);
        tails.extend(
            splits
                .filter(|tail| tail.len() >= 3 && lexicon().contains(tail) && is_known(left, tail))
                .take(1),
        );
    }
    let best = tails.iter().find(|tail| is_known(left, tail));
    let tail = best.or(if segments.is_empty() && !has_hyphen {
        None
    } else {
        tails.first()
    })?;
    Some(base_of(left, tail))
}

fn is_known(left: &str, tail: &str) -> bool {
    lexicon().contains(&[left, tail].concat())
}

fn base_of(left: &str, tail: &str) -> String {
    let whole = [left, tail].concat();
    if lexicon().contains(&whole) {
        return lemmas(&whole, Shape::Capital)
            .into_iter()
            .next()
            .unwrap_or_default();
    }
    let base = lemmas(tail, Shape::Capital)
        .into_iter()
        .next()
        .unwrap_or_default();
    [left, &base].concat()
}

/// The verb before a particle that ends its clause: index of its token and the infinitive of both.
fn separated_verb(text: &str, tokens: &[Token], index: usize) -> Option<(usize, String)> {
    let particle = &tokens[index];
    let after = text[particle.end..].trim_start_matches([' ', '\u{A0}', '"', '“', '«', ')']);
    let ends_clause = after.is_empty()
        || after.starts_with(['.', ',', ';', ':', '!', '?', '\n', '\r', '–', '—'])
        || ["und ", "oder ", "sowie "]
            .iter()
            .any(|word| after.starts_with(word));
    if !ends_clause || !text.is_char_boundary(particle.start) {
        return None;
    }
    let word = form(text, particle);
    for at in (index.saturating_sub(VERB_WORDS)..index).rev() {
        let between = &text[tokens[at].end..tokens[at + 1].start];
        if between.contains(['.', '!', '?', ';', ':']) {
            return None;
        }
        let verb = form(text, &tokens[at]);
        if !verb.starts_with(char::is_lowercase) {
            continue;
        }
        if let Some(whole) = verb::joined(&fold(verb), word) {
            return Some((at, whole));
        }
    }
    None
}

/// Gives a token further base forms.
fn add_lemmas(token: &mut Token, lemmas: Vec<String>) {
    for text in lemmas {
        let term = Term {
            class: TermClass::Lemma,
            text: text.into(),
        };
        if !term.text.is_empty() && !token.terms().contains(&term) {
            token.form.to_mut().terms.push(term);
        }
    }
}

fn form<'a>(text: &'a str, token: &Token) -> &'a str {
    &text[token.start..token.end]
}

fn fold_letters(word: &str) -> String {
    fold(word).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use crate::analysis::{Analyzer, TermClass};

    fn lemmas(text: &str) -> Vec<String> {
        let tokens = Analyzer::german().analyze(text);
        let terms = tokens.iter().flat_map(|token| token.terms().iter());
        let lemmas = terms.filter(|term| term.class == TermClass::Lemma);
        lemmas.map(|term| term.text.to_string()).collect()
    }

    #[test]
    fn elliptical_compounds_are_completed() {
        assert!(lemmas("Regional- und Fernverkehr").contains(&"regionalverkehr".to_owned()));
        assert!(lemmas("Ein- und Ausfuhr").contains(&"einfuhr".to_owned()));
        assert!(lemmas("Waldgesetz und -verordnung").contains(&"waldverordnung".to_owned()));
        assert!(!lemmas("Regionalliga und Fernbus").contains(&"regionalbus".to_owned()));
    }

    #[test]
    fn separated_verbs_are_joined() {
        assert!(lemmas("Er greift die Stadt an.").contains(&"angreifen".to_owned()));
        assert!(!lemmas("Er greift an den Zaun").contains(&"angreifen".to_owned()));
    }
}

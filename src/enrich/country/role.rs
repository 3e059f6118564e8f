//! Whether a text is about a country or only names it.
//!
//! A country counts by its mentions: those in the headline most, then those in the lead, then
//! those where it acts; a mention that only names a source ("laut Seoul") counts least.

use crate::enrich::gazetteers::countries::{CountryForm, CountryHit};
use crate::enrich::words::Words;

/// Where a mention stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// Headline or the line above it.
    Headline,
    /// First sentences of the body.
    Lead,
    /// Further down.
    Body,
}

/// One mention of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mention {
    /// Where it stands.
    pub(super) place: Where,
    /// Whether it only names a source.
    pub(super) source: bool,
    /// Whether the country acts.
    pub(super) acts: bool,
}

/// Reads a mention in its sentence.
pub(super) fn mention(words: &Words<'_>, hit: CountryHit, headline: bool) -> Mention {
    let sentence = words.sentence_of(hit.first);
    let place = if headline {
        Where::Headline
    } else {
        Where::of_sentence(words.words[hit.first].sentence)
    };
    let first = hit.first.saturating_sub(3).max(sentence.first);
    let before = (first..hit.first).any(|at| {
        let lower = words.word(at).to_lowercase();
        matches!(
            lower.as_str(),
            "laut" | "gemäß" | "gemäss" | "angaben" | "einschätzung" | "nach"
        ) && (hit.form != CountryForm::Name || lower != "nach")
    });
    let end = (hit.end + 4).min(sentence.end);
    let after = (hit.end..end).any(|at| {
        let word = words.word(at);
        matches!(word, "zufolge" | "Angaben")
            || word.contains("eheimdienst")
            || word.ends_with("agentur")
    });
    Mention {
        place,
        source: after || before && hit.form == CountryForm::Capital,
        acts: matches!(
            hit.form,
            CountryForm::Name | CountryForm::Capital | CountryForm::Metonym
        ) && hit.first == sentence.first,
    }
}

/// Whether the mentions make a country one that the text is about. `total` is the number of
/// mentions of all countries, `most` that of the country named most, `implied` whether
/// institutions, places or people of the country are named, too.
pub(super) fn is_about(
    mentions: &[Mention],
    count: u32,
    total: u32,
    most: u32,
    implied: bool,
    sentences: usize,
) -> bool {
    let score: f32 = mentions.iter().map(weight).sum();
    let headline = mentions
        .iter()
        .any(|mention| mention.place == Where::Headline && !mention.source);
    let lead = mentions
        .iter()
        .any(|mention| mention.place == Where::Lead && !mention.source);
    let share = count as f32 / total.max(1) as f32;
    let relative = count as f32 / most.max(1) as f32;
    let long = sentences as f32 / 40.0;
    let alone = share > 0.99 && count >= 2 && (headline || lead || implied);
    if share > 0.5 && count >= 3 || alone {
        return true;
    }
    if relative > 0.33 && count >= 10 {
        return true;
    }
    if headline {
        return share >= 0.2 || count >= 3 && share >= 0.04 || sentences < 8;
    }
    if lead {
        return relative >= 0.4 && score >= 4.0 + long
            || relative >= 0.6 && count >= 3 && share >= 0.3
            || relative >= 0.3 && count >= 10
            || share >= 0.4 && count >= 2;
    }
    relative >= 0.6 && score >= 5.0 + long && share >= 0.2
}

fn weight(mention: &Mention) -> f32 {
    if mention.source {
        return 0.2;
    }
    let place = match mention.place {
        Where::Headline => 3.0,
        Where::Lead => 2.0,
        Where::Body => 1.0,
    };
    place + if mention.acts { 0.5 } else { 0.0 }
}

//! In which language is the text?

use whatlang::{Lang, detect};

use super::Enricher;
use crate::document::{Document, Evidence};

/// Sets the language of the body, if the text is long and clear enough to tell.
pub(super) struct Language;

/// How much of the text is looked at, in bytes.
const SAMPLE: usize = 4_000;
/// Fewer letters than this say nothing.
const FEWEST_LETTERS: usize = 30;

impl Enricher for Language {
    fn name(&self) -> &'static str {
        "language"
    }

    fn enrich(&self, document: &mut Document) {
        if document.is_stated("language") || document.language.is_some() {
            return;
        }
        let field = if document.body.is_empty() {
            "title"
        } else {
            "body"
        };
        let text = match field {
            "body" => document.body.as_str(),
            _ => document.title.as_deref().unwrap_or(""),
        };
        let end = (0..=SAMPLE.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at));
        let sample = &text[..end.unwrap_or(0)];
        let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
        if letters < FEWEST_LETTERS {
            return;
        }
        let Some(info) = detect(sample) else { return };
        let Some(code) = code(info.lang()) else {
            return;
        };
        // whatlang calls short texts unreliable that are clear all the same.
        if !info.is_reliable() && info.confidence() < 0.5 {
            return;
        }
        let evidence = Evidence {
            field: field.into(),
            start: 0,
            end: sample.len().min(first_sentence(sample)),
            text: sample[..sample.len().min(first_sentence(sample))].to_owned(),
            rule: "letter-trigrams".into(),
            confidence: info.confidence() as f32,
        };
        document.language = Some(code.to_owned());
        document.add_evidence("language", evidence);
    }
}

/// End of the first line, at most 120 bytes: enough to show what was looked at.
fn first_sentence(text: &str) -> usize {
    let end = text.find('\n').unwrap_or(text.len()).min(120);
    (0..=end)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// ISO 639-1 code of the languages of newspapers that German archives hold.
fn code(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Ita => "it",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Bul => "bg",
        Lang::Mkd => "mk",
        Lang::Ell => "el",
        Lang::Tur => "tr",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Cat => "ca",
        Lang::Lat => "la",
        Lang::Epo => "eo",
        Lang::Afr => "af",
        Lang::Ara => "ar",
        Lang::Heb => "he",
        Lang::Pes => "fa",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Hin => "hi",
        Lang::Urd => "ur",
        Lang::Kat => "ka",
        Lang::Hye => "hy",
        Lang::Aze => "az",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(body: &str) -> Option<String> {
        let mut document = Document {
            body: body.into(),
            ..Document::default()
        };
        Language.enrich(&mut document);
        document.language
    }

    #[test]
    fn clear_texts_have_a_language() {
        let german = "Die Regierung hat am Montag in Berlin ein neues Gesetz beschlossen, das vieles ändert.";
        let english =
            "The government has adopted a new law on Monday, which changes many things for people.";
        assert_eq!(language(german).as_deref(), Some("de"));
        assert_eq!(language(english).as_deref(), Some("en"));
    }

    #[test]
    fn what_is_too_short_has_none() {
        for body in ["", "dpa", "4711 4712 4713", "Kim Jong Un"] {
            assert_eq!(language(body), None, "{body}");
        }
    }
}

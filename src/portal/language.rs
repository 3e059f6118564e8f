//! Which language a page speaks.

/// A language of the pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// German, if nothing says otherwise.
    #[default]
    German,
    /// English.
    English,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 2] = [Language::German, Language::English];

    /// ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Language::German => "de",
            Language::English => "en",
        }
    }

    /// The language of that code.
    pub fn of_code(code: &str) -> Option<Language> {
        Language::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// The other one, to switch to.
    pub fn other(self) -> Language {
        match self {
            Language::German => Language::English,
            Language::English => Language::German,
        }
    }

    /// The language that the parameter `lang` names, else the one that the header `Accept-Language`
    /// prefers, else German.
    pub fn choose(parameter: Option<&str>, accepted: &str) -> Language {
        parameter
            .and_then(Language::of_code)
            .or_else(|| preferred(accepted))
            .unwrap_or_default()
    }
}

/// Of the languages in a header `Accept-Language`, the one with the highest weight that is ours.
fn preferred(accepted: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for range in accepted.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default().to_ascii_lowercase();
        let code = tag.split('-').next().unwrap_or_default();
        let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok());
        let weight: f32 = weight.unwrap_or(1.0);
        if let Some(language) = Language::of_code(code)
            && weight > 0.0
            && best.is_none_or(|(known, _)| weight > known)
        {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parameter_beats_the_header_and_german_is_the_rest() {
        let choose = |parameter, header| Language::choose(parameter, header).code();
        assert_eq!(choose(Some("en"), "de"), "en");
        assert_eq!(choose(Some("fr"), "en-GB"), "en");
        assert_eq!(choose(None, ""), "de");
        assert_eq!(choose(None, "fr, *;q=0.1"), "de");
    }

    #[test]
    fn the_heaviest_of_our_languages_is_preferred() {
        let choose = |header| Language::choose(None, header).code();
        assert_eq!(choose("en-US,en;q=0.9,de;q=0.8"), "en");
        assert_eq!(choose("fr;q=1, en;q=0.3, de-AT;q=0.5"), "de");
        assert_eq!(choose("en;q=0, de;q=x"), "de");
        assert_eq!(choose(",,;;q=,"), "de");
    }
}

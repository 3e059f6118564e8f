//! Names as people look for them in lists: in the order of a German dictionary, and however they
//! write umlauts.

use crate::analysis::fold;

/// A name by its place in a list, after DIN 5007-1: letters as if they had no dots or accents, ß
/// as ss, upper case as lower; everything else only separates words. Names that are the same so
/// are ordered by their letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    key: String,
    folded: String,
    text: String,
}

/// A piece of a name that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePattern {
    folded: String,
    plain: String,
}

impl Name {
    /// The place of a name.
    pub fn new(text: &str) -> Name {
        let folded = fold(text);
        let mut key = String::with_capacity(folded.len());
        for c in folded.chars().map(without_dots) {
            match c {
                c if c.is_alphanumeric() => key.push(c),
                _ if key.is_empty() || key.ends_with(' ') => {}
                _ => key.push(' '),
            }
        }
        Name {
            key: key.trim_end().to_owned(),
            folded,
            text: text.to_owned(),
        }
    }
}

impl NamePattern {
    /// A piece to look for, in any case; umlauts may be written as `ü`, `ue` or `u`.
    pub fn new(text: &str) -> NamePattern {
        let folded = fold(text.trim());
        NamePattern {
            plain: plain(&folded),
            folded,
        }
    }

    /// Whether the piece is anywhere in a name.
    pub fn fits(&self, name: &str) -> bool {
        let name = fold(name);
        name.contains(&self.folded) || plain(&name).contains(&self.plain)
    }
}

fn without_dots(c: char) -> char {
    match c {
        'ä' => 'a',
        'ö' => 'o',
        'ü' => 'u',
        c => c,
    }
}

/// `ü`, `ue` and `u` as one. What is shortened so is also compared as it is: `teu` is in `Steuer`
/// only before that, `ur` only after.
fn plain(folded: &str) -> String {
    let mut plain = String::with_capacity(folded.len());
    for c in folded.chars() {
        let is_umlaut = c == 'e' && plain.ends_with(['a', 'o', 'u']);
        if !is_umlaut {
            plain.push(without_dots(c));
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_order_of_a_german_dictionary() {
        let mut names = [
            "Zypern",
            "Österreich",
            "Äthiopien",
            "Oman",
            "Albanien",
            "„Die Zeit“",
            "ARD",
            "Ägypten",
            "Estland",
            "Straßburg",
            "Strasse 1",
            "Müller",
            "Muller",
            "Éire",
        ];
        names.sort_by_key(|name| Name::new(name));
        assert_eq!(
            names,
            [
                "Ägypten",
                "Albanien",
                "ARD",
                "Äthiopien",
                "„Die Zeit“",
                "Éire",
                "Estland",
                "Muller",
                "Müller",
                "Oman",
                "Österreich",
                "Straßburg",
                "Strasse 1",
                "Zypern",
            ]
        );
    }

    #[test]
    fn umlauts_are_found_however_they_are_written() {
        for text in ["Süd", "sued", "SUD", "dkorea", "ü"] {
            assert!(NamePattern::new(text).fits("Südkorea"), "{text}");
        }
        for text in ["steu", "teuer", "uer", "er"] {
            assert!(NamePattern::new(text).fits("Steuerblatt"), "{text}");
        }
        for text in ["Müller", "mueller", "muller"] {
            assert!(NamePattern::new(text).fits("Mueller & Söhne"), "{text}");
        }
        assert!(NamePattern::new("strasse").fits("Berliner Straße"));
        assert!(!NamePattern::new("nord").fits("Südkorea"));
        assert!(NamePattern::new("").fits("Südkorea"));
    }
}

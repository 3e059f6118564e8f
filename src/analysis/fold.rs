//! Folding: lower case, no diacritics but the German ones, ß as ss.

use unicode_normalization::UnicodeNormalization;

/// Folds a word: lower case, `ß` becomes `ss`, diacritics go except the dots of ä, ö, ü.
/// Control characters and invisible marks (soft hyphens, joiners, directions) are dropped.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len() + 2);
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        folded.push_str(word);
        folded.make_ascii_lowercase();
        return folded;
    }
    if word.chars().all(is_plain) {
        word.chars().for_each(|c| match c {
            'Ä' => folded.push('ä'),
            'Ö' => folded.push('ö'),
            'Ü' => folded.push('ü'),
            'ß' => folded.push_str("ss"),
            c => folded.push(c.to_ascii_lowercase()),
        });
        return folded;
    }
    for composed in word.nfkc().flat_map(char::to_lowercase).nfc() {
        fold_char(composed, &mut folded);
    }
    folded
}

/// Whether a letter or digit is one of those that nearly all words are made of.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, 'ä' | 'ö' | 'ü' | 'Ä' | 'Ö' | 'Ü' | 'ß')
}

fn fold_char(c: char, folded: &mut String) {
    match c {
        'ä' | 'ö' | 'ü' => folded.push(c),
        'ß' => folded.push_str("ss"),
        'ł' => folded.push('l'),
        'đ' | 'ð' => folded.push('d'),
        'ø' => folded.push('ö'),
        'ı' => folded.push('i'),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'þ' => folded.push_str("th"),
        'ħ' => folded.push('h'),
        'ŋ' => folded.push('n'),
        '\u{2019}' | '\u{2018}' | '\u{02BC}' => folded.push('\''),
        c if c.is_ascii() => {
            if !c.is_ascii_control() {
                folded.push(c);
            }
        }
        c if is_invisible(c) || c.is_control() => {}
        '\u{300}'..='\u{36F}' => {}
        // marks of other scripts are letters of theirs
        c if is_latin(c) => folded.extend(std::iter::once(c).nfd().filter(|&c| !is_mark(c))),
        c => folded.push(c),
    }
}

fn is_latin(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// Whether a character takes no room: soft hyphen, zero width, direction marks.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// Whether a character is a combining mark that folding drops.
pub(super) fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn umlauts_stay_and_other_diacritics_go() {
        assert_eq!(fold("ÜBERFALL"), "überfall");
        assert_eq!(fold("Erdoğan"), "erdogan");
        assert_eq!(fold("Wałęsa"), "walesa");
        assert_eq!(fold("Straße"), "strasse");
    }

    #[test]
    fn letters_fold_alike_in_any_word() {
        for letter in "azAZ09äöüÄÖÜß".chars() {
            let alone = fold(&letter.to_string());
            assert_eq!(fold(&format!("{letter}é")), format!("{alone}e"), "{letter}");
        }
    }

    #[test]
    fn decomposed_letters_are_composed() {
        assert_eq!(fold("U\u{308}berfall"), "überfall");
        assert_eq!(fold("Trup\u{AD}pen"), "truppen");
    }
}

//! Numbers, and words with digits in them.

/// `a380` is a and 380.
pub(super) fn split_letters_from_digits(folded: &str) -> Option<Vec<(usize, usize, String)>> {
    let digits = folded.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = folded.split_at(digits);
    let fits = !letters.is_empty()
        && letters.chars().all(char::is_alphabetic)
        && number.len() >= 2
        && number.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| {
        vec![
            (0, digits, letters.to_owned()),
            (digits, folded.len(), number.to_owned()),
        ]
    })
}

/// `1990er` has 1990 as a part.
pub(super) fn years(folded: &str) -> Option<Vec<(usize, usize, String)>> {
    let digits = folded.strip_suffix("er")?;
    let fits = digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| vec![(0, digits.len(), digits.to_owned())])
}

/// The number that grouped digits stand for, and words for signs.
pub(super) fn number(text: &str) -> Option<String> {
    let word = match text {
        "%" => "prozent",
        "€" => "euro",
        "$" => "dollar",
        "£" => "pfund",
        "¥" => "yen",
        "‰" => "promille",
        "°" => "grad",
        "§" => "paragraf",
        _ => "",
    };
    if !word.is_empty() {
        return Some(word.to_owned());
    }
    let is_blank = |c: char| {
        matches!(
            c,
            ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '.' | '\'' | '\u{2019}'
        )
    };
    if !text.starts_with(|c: char| c.is_ascii_digit())
        || !text
            .chars()
            .all(|c| c.is_ascii_digit() || c == ',' || is_blank(c))
    {
        return None;
    }
    Some(text.chars().filter(|&c| !is_blank(c)).collect())
}

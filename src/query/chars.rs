//! The characters and words that mean something in a query; the lexer reads by them, the printer
//! escapes by them.

/// The characters that close the quotation which `open` opens; empty if it opens none.
pub(super) fn closers(open: char) -> &'static [char] {
    match open {
        '"' => &['"'],
        '„' | '‟' => &['“', '”', '"', '‟', '″'],
        '“' | '”' => &['”', '“', '"'],
        '»' => &['«', '"'],
        '«' => &['»', '"'],
        '‚' => &['‘', '’'],
        '›' => &['‹'],
        '‹' => &['›'],
        _ => &[],
    }
}

/// Characters that end a word like a space, except a comma between digits.
pub(super) fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, ',' | ';' | '|' | '…' | '–' | '—' | '―' | '•')
}

/// Whether a word ends before `c`, whatever follows.
pub(super) fn ends_word(c: char) -> bool {
    is_separator(c) || matches!(c, '(' | ')') || !closers(c).is_empty()
}

/// Characters without a meaning at the edges of a word.
pub(super) fn is_edge_noise(c: char) -> bool {
    matches!(
        c,
        ':' | '!'
            | '?'
            | '\''
            | '’'
            | '‘'
            | '*'
            | '~'
            | '^'
            | '='
            | '-'
            | '/'
            | '\\'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | '_'
            | '+'
            | '.'
            | '"'
    ) || ends_word(c)
}

/// Whether a name may be that of a field.
pub(super) fn is_field_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && (name.chars()).all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Whether `tail` is what follows the star or colon of a gendered word: `Soldat*innen`,
/// `jede:r`, `Bürger*innenrechte`.
pub(super) fn is_gender_ending(tail: &str) -> bool {
    matches!(tail, "in" | "r" | "n" | "e" | "m" | "s" | "frau") || tail.starts_with("innen")
}

/// Whether the word is an operator where it stands alone.
pub(super) fn is_operator(word: &str) -> bool {
    matches!(word, "AND" | "UND" | "OR" | "ODER" | "NOT" | "NICHT") || word.starts_with("NEAR/")
}

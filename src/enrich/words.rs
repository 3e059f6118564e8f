//! A text as words and sentences, the form in which the gazetteers and the rules read it.
//!
//! Nothing is copied: a word is a span of the text. A hyphen separates words, so `US-Regierung`
//! is two words with a hyphen between them.

/// One word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// First byte.
    pub(crate) start: usize,
    /// First byte after the word.
    pub(crate) end: usize,
    /// Number of the sentence in which the word stands.
    pub(crate) sentence: usize,
}

/// Words `first..end` of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Index of the first word.
    pub(crate) first: usize,
    /// Index after the last word.
    pub(crate) end: usize,
    /// Number of the line of text (paragraph) in which the sentence stands.
    pub(crate) paragraph: usize,
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap<'t> {
    /// Blanks.
    Blank,
    /// A hyphen, without blanks.
    Hyphen,
    /// Anything else: punctuation, quotes, line breaks.
    Other(&'t str),
}

/// A text in words.
#[derive(Debug)]
pub(crate) struct Words<'t> {
    /// The text.
    pub(crate) text: &'t str,
    /// Its words, in order.
    pub(crate) words: Vec<Word>,
    /// Its sentences, in order; none is empty.
    pub(crate) sentences: Vec<Sentence>,
}

impl<'t> Words<'t> {
    /// Splits the beginning of `text`, ten times what the longest articles have; a hostile text must
    /// not cost more than that.
    pub(crate) fn of_article(text: &'t str) -> Words<'t> {
        const LONGEST_BYTES: usize = 1_000_000;
        let mut end = text.len().min(LONGEST_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Words::of(&text[..end])
    }

    /// Splits `text`.
    pub(crate) fn of(text: &'t str) -> Words<'t> {
        let mut words: Vec<Word> = Vec::with_capacity(text.len() / 6);
        let mut sentences = Vec::new();
        let (mut sentence, mut sentence_first, mut paragraph) = (0, 0, 0);
        let mut start = None;
        let mut line_start = 0;
        let ends = text
            .char_indices()
            .chain(std::iter::once((text.len(), ' ')));
        for (at, letter) in ends {
            if is_word_letter(letter) {
                start.get_or_insert(at);
                continue;
            }
            let Some(begin) = start.take() else { continue };
            if let Some(previous) = words.last() {
                let gap = &text[previous.end..begin];
                let broken = breaks_line(gap, begin - line_start, &text[begin..at]);
                if gap.contains('\n') {
                    line_start = begin;
                }
                if broken || ends_sentence(text, previous, gap, &text[begin..at]) {
                    sentences.push(Sentence {
                        first: sentence_first,
                        end: words.len(),
                        paragraph,
                    });
                    sentence += 1;
                    sentence_first = words.len();
                    paragraph += usize::from(broken);
                }
            }
            words.push(Word {
                start: begin,
                end: at,
                sentence,
            });
        }
        if sentence_first < words.len() {
            sentences.push(Sentence {
                first: sentence_first,
                end: words.len(),
                paragraph,
            });
        }
        Words {
            text,
            words,
            sentences,
        }
    }

    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word at `index`; empty beyond the end.
    pub(crate) fn word(&self, index: usize) -> &'t str {
        self.words
            .get(index)
            .map_or("", |word| &self.text[word.start..word.end])
    }

    /// What stands between the word at `index` and the next one; nothing after the last.
    pub(crate) fn gap_after(&self, index: usize) -> &'t str {
        match (self.words.get(index), self.words.get(index + 1)) {
            (Some(word), Some(next)) => &self.text[word.end..next.start],
            (Some(word), None) => &self.text[word.end..],
            _ => "",
        }
    }

    /// What stands before the word at `index`, back to the word before it.
    pub(crate) fn gap_before(&self, index: usize) -> &'t str {
        match (index, self.words.get(index)) {
            (0, Some(word)) => &self.text[..word.start],
            (_, Some(_)) => self.gap_after(index - 1),
            _ => "",
        }
    }

    /// The kind of gap after the word at `index`.
    pub(crate) fn gap(&self, index: usize) -> Gap<'t> {
        let gap = self.gap_after(index);
        if gap.is_empty() {
            return Gap::Other(gap);
        }
        let same = |next: &Word| next.sentence == self.words[index].sentence;
        if gap.contains('\n') && !self.words.get(index + 1).is_some_and(same) {
            return Gap::Other(gap);
        }
        if gap.chars().all(char::is_whitespace) {
            return Gap::Blank;
        }
        match gap {
            "-" | "\u{2010}" | "\u{2011}" | "\u{ad}" => Gap::Hyphen,
            other => Gap::Other(other),
        }
    }

    /// Whether a hyphen joins the word at `index` to the next one.
    pub(crate) fn hyphen_after(&self, index: usize) -> bool {
        index + 1 < self.len() && self.gap(index) == Gap::Hyphen
    }

    /// Whether a hyphen joins the word at `index` to the one before it.
    pub(crate) fn hyphen_before(&self, index: usize) -> bool {
        index > 0 && index < self.len() && self.gap(index - 1) == Gap::Hyphen
    }

    /// The sentence of the word at `index`.
    pub(crate) fn sentence_of(&self, index: usize) -> Sentence {
        self.words
            .get(index)
            .and_then(|word| self.sentences.get(word.sentence))
            .copied()
            .unwrap_or(Sentence {
                first: 0,
                end: 0,
                paragraph: 0,
            })
    }
}

/// Letters, digits and combining marks make words.
fn is_word_letter(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '\u{300}'..='\u{36f}')
}

/// Whether a line break is a break in the text, too: not where a long line is only wrapped.
fn breaks_line(gap: &str, line_length: usize, next: &str) -> bool {
    const WRAPPED: usize = 55;
    if !gap.contains('\n') {
        return false;
    }
    let blank = gap.trim_matches([' ', '\r', '\t']);
    let small = next.chars().next().is_some_and(char::is_lowercase);
    !(blank == "\n" && (small && line_length > 20 || line_length > WRAPPED))
}

/// Whether a sentence ends between `previous` and `next`, where `gap` stands between them.
fn ends_sentence(text: &str, previous: &Word, gap: &str, next: &str) -> bool {
    let Some(stop) = gap.find(['.', '!', '?', '…']) else {
        return false;
    };
    if !gap[stop..].contains(char::is_whitespace) {
        return false;
    }
    if next.chars().next().is_some_and(char::is_lowercase) {
        return false;
    }
    let word = &text[previous.start..previous.end];
    if gap.starts_with('.') && gap.trim_start_matches('.').trim().is_empty() {
        let number = word.chars().all(|letter| letter.is_ascii_digit());
        return !(number && word.len() <= 2 || word.chars().count() == 1 || is_abbreviation(word));
    }
    true
}

/// Words that a full stop abbreviates; it does not end the sentence.
fn is_abbreviation(word: &str) -> bool {
    const ABBREVIATIONS: &[&str] = &[
        "Dr", "Prof", "Nr", "St", "Mio", "Mrd", "Sen", "Gen", "Ing", "Inc", "Co", "Art", "Abs",
        "ca", "bzw", "vgl", "engl", "franz", "evtl", "ggf", "inkl", "usw", "etc", "geb", "gest",
        "Jan", "Feb", "Aug", "Sept", "Okt", "Nov", "Dez", "Mo", "Di", "Mi", "Do", "Fr", "Sa", "So",
        "Hrsg", "Jr", "Mr", "Mrs", "Ms", "Str", "Tel", "Abb", "Bd", "Kap", "sog",
    ];
    ABBREVIATIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<String> {
        let words = Words::of(text);
        (words.sentences.iter())
            .map(|sentence| {
                let first = words.words[sentence.first].start;
                text[first..words.words[sentence.end - 1].end].to_owned()
            })
            .collect()
    }

    #[test]
    fn sentences_end_at_stops_and_line_breaks_but_not_after_ordinals() {
        assert_eq!(
            sentences("Am 3. Mai kam Dr. Muster. Er ging.\nNeu"),
            ["Am 3. Mai kam Dr. Muster", "Er ging", "Neu"]
        );
        assert_eq!(
            sentences("„Ja.“ Dann ging er!"),
            ["„Ja", "Dann ging er"].map(|s| s.trim_start_matches('„'))
        );
    }

    #[test]
    fn hyphens_separate_words_and_are_known() {
        let words = Words::of("US-Regierung und");
        assert_eq!(words.word(1), "Regierung");
        assert!(words.hyphen_after(0) && words.hyphen_before(1));
        assert_eq!(words.gap(1), Gap::Blank);
    }

    #[test]
    fn a_text_without_words_has_no_sentences() {
        assert!(Words::of(" … \n").sentences.is_empty());
        assert_eq!(Words::of("").word(7), "");
    }
}

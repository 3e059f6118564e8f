//! Where the bytes of a normalised word stand in the form as it is written.

use unicode_normalization::char::compose;

use super::fold::{fold, is_invisible, is_mark};

/// A form without what does not belong to the word: invisible characters, line ends; composed.
pub(super) struct Clean {
    pub(super) text: String,
    /// For each byte of `text` the byte of the form; `None` if they are the same.
    offsets: Option<Vec<usize>>,
    form_len: usize,
}

impl Clean {
    pub(super) fn new(form: &str) -> Clean {
        let is_plain = |c: char| {
            c.is_ascii_alphanumeric() || matches!(c, 'ä' | 'ö' | 'ü' | 'Ä' | 'Ö' | 'Ü' | 'ß' | '-')
        };
        if form.chars().all(is_plain) {
            return Clean {
                text: form.to_owned(),
                offsets: None,
                form_len: form.len(),
            };
        }
        let mut text = String::with_capacity(form.len());
        let mut offsets = Vec::with_capacity(form.len());
        let mut at_line_end = false;
        for (at, c) in form.char_indices() {
            let c = if matches!(c, '\u{2010}' | '\u{2011}') {
                '-'
            } else {
                c
            };
            if matches!(c, '\n' | '\r' | '\t') || (at_line_end && c == ' ') {
                at_line_end = true;
                continue;
            }
            if is_invisible(c) {
                continue;
            }
            if std::mem::take(&mut at_line_end) && c.is_lowercase() && text.ends_with('-') {
                text.pop();
                offsets.pop();
            }
            if is_mark(c) {
                if let Some(composed) = text.chars().next_back().and_then(|last| compose(last, c)) {
                    let last = text.pop().map_or(0, char::len_utf8);
                    let start = offsets[offsets.len() - last];
                    offsets.truncate(offsets.len() - last);
                    text.push(composed);
                    offsets.extend(std::iter::repeat_n(start, composed.len_utf8()));
                }
                continue;
            }
            text.push(c);
            offsets.extend(std::iter::repeat_n(at, c.len_utf8()));
        }
        let offsets = (text != form).then_some(offsets);
        Clean {
            text,
            offsets,
            form_len: form.len(),
        }
    }

    /// The byte of the form that a byte of the text stands for.
    pub(super) fn raw(&self, at: usize) -> usize {
        match &self.offsets {
            None => at.min(self.form_len),
            Some(offsets) => offsets.get(at).copied().unwrap_or(self.form_len),
        }
    }
}

/// For each byte of a folded word the byte of the word, on character boundaries.
pub(super) struct Offsets {
    map: Option<Vec<usize>>,
    shift: usize,
}

impl Offsets {
    pub(super) fn new(text: &str, folded: &str) -> Offsets {
        let same = text.len() == folded.len() && !text.contains('ß') && !text.contains('ẞ');
        if same
            && text
                .char_indices()
                .map(|(at, _)| at)
                .eq(folded.char_indices().map(|(at, _)| at))
        {
            return Offsets {
                map: None,
                shift: 0,
            };
        }
        let mut map = Vec::with_capacity(folded.len() + 1);
        let mut buffer = [0; 4];
        for (at, c) in text.char_indices() {
            let letters = match c {
                '\'' | '\u{2019}' | '\u{2BC}' => String::new(),
                c => fold(c.encode_utf8(&mut buffer)),
            };
            map.extend(std::iter::repeat_n(at, letters.len()));
        }
        map.resize(folded.len(), text.len());
        map.push(text.len());
        Offsets {
            map: Some(map),
            shift: 0,
        }
    }

    pub(super) fn shifted(mut self, shift: usize) -> Offsets {
        self.shift = shift;
        self
    }

    pub(super) fn at(&self, folded: usize) -> usize {
        let at = match &self.map {
            None => folded,
            Some(map) => map.get(folded).or(map.last()).copied().unwrap_or(0),
        };
        at + self.shift
    }
}

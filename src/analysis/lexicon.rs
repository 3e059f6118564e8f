//! The compiled lexicon: what is known of a folded word form.
//!
//! The files and the program that makes them are described in `lexicon/README.md`. Nothing is
//! read or unpacked at the start but the list of kinds, on first use.

use std::sync::LazyLock;

use fst::raw::{Fst, Node, Output};
use smallvec::SmallVec;

use super::trail::follow;

/// Up to two base forms; most words have one.
pub(super) type Words = SmallVec<[String; 2]>;

/// What the forms of one kind have in common.
#[derive(Debug, Default)]
struct Kind {
    nouns: SmallVec<[Rule; 2]>,
    others: SmallVec<[Rule; 2]>,
    flags: u16,
}

/// How to make the base form: cut letters from the end, append others.
#[derive(Debug, Clone, Copy)]
struct Rule {
    cut: usize,
    append: &'static str,
}

/// A word form that the lexicon knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    kind: &'static Kind,
    /// Logarithm of the form's count in the source corpus.
    pub(super) count: f32,
    /// How readily the form is the first part of compounds.
    pub(super) modifier: f32,
    /// How readily the form is the last part of compounds.
    pub(super) head: f32,
}

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident = $letter:literal;)*) => {
        impl Entry {
            $($(#[$doc])* pub(super) fn $name(&self) -> bool {
                self.kind.flags & flag($letter) != 0
            })*
        }
    };
}

flags! {
    /// It is a form of a noun.
    is_noun = b'n';
    /// It is the base form of a noun.
    is_noun_lemma = b'l';
    /// It may be a part of a compound as it stands.
    is_part = b'p';
    /// It is a bound first part, as `mikro`.
    is_confix = b'c';
    /// It is the infinitive of a verb.
    is_infinitive = b'v';
    /// Its likeliest reading but as a noun is a form of a verb.
    is_verb_form = b'f';
    /// It is an adjective or participle that takes endings.
    is_adjective = b'a';
    /// As the first part of a compound it may take `s`.
    takes_s = b's';
    /// It looks like a compound and is none.
    is_whole = b'w';
    /// Written with a capital, it often is no noun but begins a sentence.
    begins_sentences = b'b';
    /// It is mostly written with a capital.
    is_capitalised = b'C';
}

const fn flag(letter: u8) -> u16 {
    match letter {
        b'n' => 1,
        b'l' => 2,
        b'p' => 4,
        b'c' => 8,
        b'v' => 16,
        b'f' => 32,
        b'a' => 64,
        b's' => 128,
        b'C' => 256,
        b'w' => 512,
        b'b' => 1024,
        _ => 0,
    }
}

impl Entry {
    /// Base forms of `form` as a noun, the likeliest first.
    pub(super) fn nouns(&self, form: &str) -> Words {
        self.kind
            .nouns
            .iter()
            .map(|rule| rule.apply(form))
            .collect()
    }

    /// Base forms of `form` as any other word, the likeliest first.
    pub(super) fn others(&self, form: &str) -> Words {
        self.kind
            .others
            .iter()
            .map(|rule| rule.apply(form))
            .collect()
    }
}

impl Rule {
    fn apply(self, form: &str) -> String {
        let kept = form.char_indices().rev().nth(self.cut.wrapping_sub(1));
        let end = if self.cut == 0 {
            form.len()
        } else {
            kept.map_or(0, |(at, _)| at)
        };
        let mut base = String::with_capacity(end + self.append.len());
        base.push_str(&form[..end]);
        base.push_str(self.append);
        base
    }
}

static WORDS: &[u8] = include_bytes!("lexicon/words.fst");
static DETAILS: &[u8] = include_bytes!("lexicon/words.bin");
static KINDS: &str = include_str!("lexicon/kinds.tsv");
const DETAIL_BYTES: usize = 5;

/// The lexicon.
pub(super) struct Lexicon {
    words: Fst<&'static [u8]>,
    kinds: Vec<Kind>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    words: Fst::new(WORDS).expect("words.fst is written by pack_lexicon"),
    kinds: KINDS.lines().map(parse_kind).collect(),
});

/// The lexicon that is compiled in.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    /// What is known of a folded form.
    pub(super) fn get(&'static self, form: &str) -> Option<Entry> {
        follow(form).and_then(Walk::entry)
    }

    /// Whether a folded form is known.
    pub(super) fn contains(&self, form: &str) -> bool {
        follow(form).is_some_and(|walk| walk.number().is_some())
    }

    /// A walk that reads a word letter by letter and sees every known form on its way.
    pub(super) fn walk(&'static self) -> Walk {
        Walk {
            node: self.words.root(),
            output: Output::zero(),
        }
    }

    fn entry(&'static self, number: u64) -> Option<Entry> {
        let at = usize::try_from(number).ok()?.checked_mul(DETAIL_BYTES)?;
        let detail = DETAILS.get(at..at + DETAIL_BYTES)?;
        let tenths = |byte: u8| f32::from(byte) / 10.0;
        Some(Entry {
            kind: self
                .kinds
                .get(usize::from(u16::from_le_bytes([detail[0], detail[1]])))?,
            count: tenths(detail[2]),
            modifier: tenths(detail[3]),
            head: tenths(detail[4]),
        })
    }
}

/// A place in the lexicon after some letters.
#[derive(Clone, Copy)]
pub(super) struct Walk {
    node: Node<'static>,
    output: Output,
}

impl Walk {
    /// Reads one byte; `None` if no known form goes on like that.
    pub(super) fn step(self, byte: u8) -> Option<Walk> {
        let transition = self.node.transition(self.node.find_input(byte)?);
        Some(Walk {
            node: lexicon().words.node(transition.addr),
            output: self.output.cat(transition.out),
        })
    }

    /// Reads a string.
    pub(super) fn read(self, text: &str) -> Option<Walk> {
        text.bytes().try_fold(self, Walk::step)
    }

    /// The form read so far, if it is known.
    pub(super) fn entry(self) -> Option<Entry> {
        lexicon().entry(self.number()?)
    }

    /// The number of the form read so far, if it is known.
    pub(super) fn number(self) -> Option<u64> {
        let is_known = self.node.is_final();
        is_known.then(|| self.output.cat(self.node.final_output()).value())
    }
}

fn parse_kind(line: &'static str) -> Kind {
    let mut columns = line.split('\t');
    let mut rules = || {
        let rules = columns.next().unwrap_or_default();
        rules.split(',').filter_map(parse_rule).collect()
    };
    let (nouns, others) = (rules(), rules());
    let flags = columns
        .next()
        .unwrap_or_default()
        .bytes()
        .map(flag)
        .fold(0, |all, one| all | one);
    Kind {
        nouns,
        others,
        flags,
    }
}

fn parse_rule(rule: &'static str) -> Option<Rule> {
    let (cut, append) = rule.split_once('|')?;
    Some(Rule {
        cut: cut.parse().ok()?,
        append,
    })
}

#[cfg(test)]
mod tests {
    use super::lexicon;

    fn nouns(form: &str) -> Vec<String> {
        lexicon()
            .get(form)
            .map_or_else(Vec::new, |entry| entry.nouns(form).into_vec())
    }

    fn others(form: &str) -> Vec<String> {
        lexicon()
            .get(form)
            .map_or_else(Vec::new, |entry| entry.others(form).into_vec())
    }

    #[test]
    fn inflected_nouns_have_their_base_form() {
        assert_eq!(nouns("häuser"), ["haus"]);
        assert_eq!(nouns("wunden"), ["wunde"]);
        assert_eq!(nouns("wunder"), ["wunder"]);
        assert_eq!(nouns("risiken"), ["risiko"]);
    }

    #[test]
    fn verbs_and_adjectives_have_their_base_form() {
        assert_eq!(others("zurückgewiesen"), ["zurückweisen"]);
        assert_eq!(others("lieferte"), ["liefern"]);
        assert_eq!(others("grösser"), ["gross"]);
    }

    #[test]
    fn unknown_words_are_unknown() {
        assert!(lexicon().get("").is_none());
        assert!(lexicon().get("xqzw").is_none());
    }
}

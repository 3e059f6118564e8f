//! What a query means, read word by word in one document.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use fundstelle::analysis::{AnalyzedText, Analyzer, QueryWord, TermClass, Token};
use fundstelle::archive::{Ask, Filter};
use fundstelle::document::{Document, PartialDate, Role, Scope};
use fundstelle::search::MISSING;

use crate::asked::{Asked, Text};

/// The longest stretch of words that the parts of a compound may be spread over.
const PARTS_WINDOW: usize = 8;

/// A document that was read.
pub struct Read<'a> {
    document: &'a Document,
    texts: [(&'static str, AnalyzedText); 2],
}

/// First word of a stretch, and first word after it.
type Stretch = (usize, usize);

impl<'a> Read<'a> {
    pub fn new(document: &'a Document) -> Read<'a> {
        let read =
            |name: &'static str| (name, Analyzer::german().analyze_text(&document.text(name)));
        Read {
            document,
            texts: [read("title"), read("body")],
        }
    }

    pub fn id(&self) -> &str {
        &self.document.id
    }

    pub fn matches(&self, asked: &Asked) -> bool {
        self.matches_in(asked, None)
    }

    fn matches_in(&self, asked: &Asked, field: Option<&str>) -> bool {
        let mut texts = (self.texts.iter())
            .filter(|(name, _)| field.is_none_or(|field| field == *name))
            .map(|(_, text)| text);
        match asked {
            Asked::All => true,
            Asked::Text(text) => texts.any(|it| has_text(it, text)),
            Asked::Near(things, distance) => texts.any(|text| are_near(text, things, *distance)),
            Asked::Value(field, _, id) => self.has(field, id),
            Asked::Dates(_, from, to) => self.lies_in(date(*from), date(*to)),
            Asked::Exists(name) => match self.texts.iter().find(|(text, _)| text == name) {
                Some((_, text)) => !text.tokens.is_empty(),
                None => !self.values(name).is_empty(),
            },
            Asked::InField(field, asked) => self.matches_in(asked, Some(field)),
            Asked::Boost(asked) => self.matches_in(asked, field),
            Asked::Not(asked) => !self.matches_in(asked, field),
            Asked::And(all) | Asked::Gap(all) => all.iter().all(|it| self.matches_in(it, field)),
            Asked::Or(any) => any.iter().any(|it| self.matches_in(it, field)),
        }
    }

    /// The values of a field, with those above them.
    pub fn values(&self, field: &str) -> BTreeSet<String> {
        let document = self.document;
        let agencies = |roles: &[Role], scopes: &[Scope]| -> BTreeSet<String> {
            let those = document.agencies.iter();
            let those = those.filter(|it| roles.contains(&it.role) && scopes.contains(&it.scope));
            those
                .flat_map(|it| [it.kind.id().to_owned(), it.id.clone()])
                .collect()
        };
        let both = [Scope::Text, Scope::Photo];
        match field {
            "publisher" => document.publisher.iter().map(|it| it.id.clone()).collect(),
            "language" => document.language.iter().cloned().collect(),
            "country" => document.countries.iter().map(|it| it.id.clone()).collect(),
            "agency" => agencies(&[Role::Cited, Role::Credited], &[Scope::Text]),
            "cites" => agencies(&[Role::Cited], &both),
            "credits" => agencies(&[Role::Credited], &[Scope::Text]),
            "mentions" => agencies(&[Role::Mentioned], &both),
            "photo" => agencies(&[Role::Credited], &[Scope::Photo]),
            "date" => {
                let text = document
                    .date
                    .map(|date| date.value.without_time().to_string());
                let text = text.unwrap_or_default();
                [4, 7, 10]
                    .iter()
                    .filter_map(|end| Some(text.get(..*end)?.to_owned()))
                    .collect()
            }
            other => panic!("no field {other}"),
        }
    }

    pub fn has(&self, field: &str, id: &str) -> bool {
        let values = self.values(field);
        if id == MISSING {
            values.is_empty()
        } else {
            values.contains(id)
        }
    }

    /// Whether the filters let it pass, but for those of the facet `without`.
    pub fn passes(&self, ask: &Ask, without: Option<&str>) -> bool {
        let of = |exclude: bool| {
            (ask.filters.iter())
                .filter(move |it| it.exclude == exclude && Some(it.facet.as_str()) != without)
        };
        let has = |it: &Filter| self.has(&it.facet, &it.value);
        let any_of_each =
            of(false).all(|it| of(false).filter(|other| other.facet == it.facet).any(has));
        let is_open = ask.from.is_none() && ask.to.is_none();
        any_of_each && !of(true).any(has) && (is_open || self.lies_in(ask.from, ask.to))
    }

    /// Whether it would pass the filters of the facet of `selected` if that were the only value
    /// selected there.
    pub fn would_pass(&self, ask: &Ask, selected: &Filter) -> bool {
        let mut excluded = (ask.filters.iter())
            .filter(|it| it.exclude && it.facet == selected.facet && it.value != selected.value);
        self.has(&selected.facet, &selected.value)
            && !excluded.any(|it| self.has(&it.facet, &it.value))
    }

    /// Whether the whole period of the document lies between the ends.
    fn lies_in(&self, from: Option<PartialDate>, to: Option<PartialDate>) -> bool {
        self.document.date.is_some_and(|date| {
            from.is_none_or(|from| date.value.beginning() >= from.beginning())
                && to.is_none_or(|to| date.value.ending() <= to.ending())
        })
    }
}

fn date(text: Option<&str>) -> Option<PartialDate> {
    text.map(|text| text.parse().unwrap())
}

fn has_text(text: &AnalyzedText, wanted: &Text) -> bool {
    match wanted {
        Text::Word(word) => has_word(&text.tokens, word),
        Text::Slop(words, slop) => {
            let things: Vec<Vec<Text>> = words
                .iter()
                .map(|word| vec![Text::Exact(word.clone())])
                .collect();
            are_near(text, &things, Some(*slop))
        }
        other => !stretches(&text.tokens, other).is_empty(),
    }
}

/// A word in all its forms; of what stands for it only together, all within a few words.
fn has_word(tokens: &[Token], word: &str) -> bool {
    let wanted = wanted(&Text::Word(word.to_owned()));
    let Wanted::Words(words) = wanted.as_ref() else {
        panic!("a word is words")
    };
    let [word] = &words[..] else {
        panic!("{word} is no single word")
    };
    word.variants
        .iter()
        .any(|variant| match &variant.terms[..] {
            [term] => tokens.iter().any(|token| token.terms().contains(term)),
            terms => (0..tokens.len()).any(|start| {
                let window = tokens[start..].iter().take(PARTS_WINDOW);
                terms
                    .iter()
                    .all(|term| window.clone().any(|token| token.terms().contains(term)))
            }),
        })
}

/// Whether a token is one of the variants of a word that are one term.
fn is_word(token: &Token, word: &QueryWord) -> bool {
    let mut single = word
        .variants
        .iter()
        .filter(|variant| variant.terms.len() == 1);
    single.any(|variant| token.terms().contains(&variant.terms[0]))
}

thread_local! {
    /// What is made of the words and patterns of queries, since every document asks for it anew.
    static KNOWN: RefCell<HashMap<String, Rc<Wanted>>> = RefCell::default();
}

/// What stands in one place after the other.
enum Wanted {
    Words(Vec<QueryWord>),
    Fits(Box<dyn Fn(&str) -> bool>),
}

fn wanted(text: &Text) -> Rc<Wanted> {
    let key = format!("{text:?}");
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&key).cloned()) {
        return known;
    }
    let analyzer = Analyzer::german();
    let regex = |text: String| {
        let regex = regex::Regex::new(&format!("^(?:{text})$")).unwrap();
        Wanted::Fits(Box::new(move |word| regex.is_match(word)))
    };
    let wanted = Rc::new(match text {
        Text::Word(word) => Wanted::Words(analyzer.query(word)),
        Text::Exact(word) => Wanted::Words(analyzer.query_exact(word)),
        Text::Phrase(words) => Wanted::Words(analyzer.query_exact(&words.join(" "))),
        Text::Slop(..) => panic!("no stretch"),
        Text::Wildcard(pattern) => {
            let pattern = pattern.to_lowercase();
            let pieces: Vec<String> = pattern.split('*').map(regex::escape).collect();
            regex(pieces.join(".*"))
        }
        Text::Regex(pattern) => regex(pattern.to_lowercase()),
        Text::Fuzzy(word, distance) => {
            let (word, distance) = (word.to_lowercase(), usize::from(*distance));
            Wanted::Fits(Box::new(move |other| edits(&word, other) <= distance))
        }
    });
    KNOWN.with_borrow_mut(|known| known.insert(key, Rc::clone(&wanted)));
    wanted
}

/// Where a text stands, without its looser forms.
fn stretches(tokens: &[Token], text: &Text) -> Vec<Stretch> {
    let wanted = wanted(text);
    let (length, stands): (usize, Box<dyn Fn(usize) -> bool>) = match wanted.as_ref() {
        Wanted::Words(words) => {
            let stands = |at: usize| {
                (words.iter().enumerate()).all(|(offset, word)| {
                    (tokens.get(at + offset)).is_some_and(|token| is_word(token, word))
                })
            };
            (words.len(), Box::new(stands))
        }
        Wanted::Fits(fits) => {
            let stands = |at: usize| {
                let mut terms = tokens[at].terms().iter();
                terms.any(|term| TermClass::WRITTEN.contains(&term.class) && fits(&term.text))
            };
            (1, Box::new(stands))
        }
    };
    let starts = (0..tokens.len()).filter(|at| stands(*at));
    starts.map(|at| (at, at + length)).collect()
}

/// How many letters are inserted, deleted, replaced or swapped with their neighbour.
fn edits(one: &str, two: &str) -> usize {
    let (one, two): (Vec<char>, Vec<char>) = (one.chars().collect(), two.chars().collect());
    let mut table = vec![vec![0; two.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=two.len() {
            table[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => {
                    let replaced = table[i - 1][j - 1] + usize::from(one[i - 1] != two[j - 1]);
                    let mut least = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && one[i - 1] == two[j - 2] && one[i - 2] == two[j - 1] {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                }
            };
        }
    }
    table[one.len()][two.len()]
}

fn are_near(text: &AnalyzedText, things: &[Vec<Text>], distance: Option<u32>) -> bool {
    let places: Vec<Vec<Stretch>> = (things.iter())
        .map(|thing| {
            thing
                .iter()
                .flat_map(|it| stretches(&text.tokens, it))
                .collect()
        })
        .collect();
    let fits = |chosen: &[Stretch]| {
        let first = chosen.iter().map(|it| it.0).min().unwrap_or(0);
        let last = chosen.iter().map(|it| it.1).max().unwrap_or(0);
        match distance {
            Some(distance) => {
                let taken: usize = chosen.iter().map(|(start, end)| end - start).sum();
                last - first <= taken + distance as usize
            }
            None => (text.sentences.iter()).any(|sentence| {
                sentence.words.start as usize <= first && last <= sentence.words.end as usize
            }),
        }
    };
    choose(&places, &mut Vec::new(), &fits)
}

/// Whether some choice of one place for each thing fits, no two sharing a word.
fn choose(
    places: &[Vec<Stretch>],
    chosen: &mut Vec<Stretch>,
    fits: &dyn Fn(&[Stretch]) -> bool,
) -> bool {
    let Some(next) = places.get(chosen.len()) else {
        return fits(chosen);
    };
    next.iter().any(|place| {
        let is_free = chosen
            .iter()
            .all(|other| place.1 <= other.0 || other.1 <= place.0);
        if !is_free {
            return false;
        }
        chosen.push(*place);
        let found = choose(places, chosen, fits);
        chosen.pop();
        found
    })
}

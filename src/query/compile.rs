//! From the tree of a query to what an engine understands: words become terms, names become ids.

use super::{Node, Query, Span, Text, TextNode};
use crate::analysis::{Analyzer, QueryWord, Relation, TermClass, Token, Variant};
use crate::schema::Schema;
use crate::search::{
    Alternative, COPY, Clause, DateRange, MISSING, Near, Notice, Pattern, PatternGroup, Phrase,
    Sequence, Slot, Within, WordGroup,
};

/// What stands between words without an operator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Operator {
    /// All of them must be there.
    #[default]
    All,
    /// Any of them will do.
    Any,
}

/// How much each way of having a word counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    relations: [f32; Relation::ALL.len()],
    /// The longest stretch of words that may hold all parts of a query's compound.
    pub parts_window: u32,
}

impl Default for Weights {
    fn default() -> Weights {
        let weight = |relation| match relation {
            Relation::Surface => 1.0,
            Relation::Lemma => 0.9,
            Relation::Name => 0.8,
            Relation::InCompound => 0.6,
            Relation::Parts => 0.5,
            Relation::Demonym => 0.4,
            Relation::Derived => 0.4,
        };
        Weights {
            relations: Relation::ALL.map(weight),
            parts_window: 8,
        }
    }
}

impl Weights {
    /// The factor of the score for `relation`.
    pub fn of(&self, relation: Relation) -> f32 {
        self.relations[relation as usize]
    }

    /// The same weights with another one for `relation`.
    pub fn with(mut self, relation: Relation, weight: f32) -> Weights {
        self.relations[relation as usize] = weight;
        self
    }
}

/// A query in the form that engines understand.
#[derive(Debug, Clone, PartialEq)]
pub struct Compiled {
    /// What matches. A [`Clause::Not`] stands in a [`Clause::And`] only, beside something that
    /// is no `Not`.
    pub clause: Clause,
    /// What the searcher should know beside the notices of the query.
    pub notices: Vec<Notice>,
}

/// Compiles queries.
#[derive(Clone, Copy)]
pub struct Compiler<'a> {
    /// The fields and their boosts.
    pub schema: &'a Schema,
    /// The analysis of words.
    pub analyzer: Analyzer,
    /// What stands between words without an operator.
    pub operator: Operator,
    /// How much each way of having a word counts.
    pub weights: Weights,
    /// The id of a value from the name of a keyword field of the schema and a name, an alias or
    /// an id; `None` if no such value is known, which is then looked for as it is.
    pub resolve: &'a dyn Fn(&str, &str) -> Option<String>,
}

impl Compiler<'_> {
    /// Makes the clause of a query.
    pub fn compile(&self, query: &Query) -> Compiled {
        let mut work = Work {
            compiler: self,
            notices: Vec::new(),
        };
        let clause = work.clause(&query.tree, 1.0).unwrap_or_else(|| {
            work.notices.push(Notice {
                code: "no_words",
                message: "In der Anfrage steht kein Wort, nach dem gesucht werden kann.".into(),
                span: None,
            });
            Clause::Nothing
        });
        Compiled {
            clause: match clause {
                Clause::Not(_) => and(vec![clause]),
                clause => clause,
            },
            notices: work.notices,
        }
    }
}

struct Work<'a> {
    compiler: &'a Compiler<'a>,
    notices: Vec<Notice>,
}

impl Work<'_> {
    /// The clause of a node, its score times `boost`; `None` if nothing is asked for.
    fn clause(&mut self, node: &Node, boost: f32) -> Option<Clause> {
        Some(match node {
            Node::All => Clause::All,
            Node::Nothing => return None,
            Node::Text(text) => return self.text(text, boost),
            Node::Value { field, text, .. } if field == COPY => {
                Clause::CopiesOf { id: text.clone() }
            }
            Node::Value { field, text, span } => Clause::Value {
                facet: field.clone(),
                value: self.id(field, text, *span),
            },
            Node::Dates { from, to, .. } => Clause::Range(DateRange {
                from: *from,
                to: *to,
            }),
            Node::Exists { field } => self.exists(field),
            Node::Near { operands, within } => return self.near(operands, *within, boost),
            Node::Boost { node, factor } => return self.clause(node, boost * factor),
            Node::Not(node) => match self.clause(node, boost)? {
                Clause::Not(clause) => *clause,
                clause => Clause::Not(Box::new(clause)),
            },
            Node::And(nodes) => and(self.clauses(nodes, boost)?),
            Node::Or(nodes) => or(self.clauses(nodes, boost)?),
            Node::Juxtaposed(nodes) => {
                let clauses = self.clauses(nodes, boost)?;
                match self.compiler.operator {
                    Operator::All => and(clauses),
                    Operator::Any => {
                        let (mut all, any): (Vec<Clause>, Vec<Clause>) = (clauses.into_iter())
                            .partition(|clause| matches!(clause, Clause::Not(_)));
                        if !any.is_empty() {
                            all.insert(0, or(any));
                        }
                        and(all)
                    }
                }
            }
        })
    }

    fn clauses(&mut self, nodes: &[Node], boost: f32) -> Option<Vec<Clause>> {
        let clauses: Vec<Clause> = (nodes.iter())
            .filter_map(|node| self.clause(node, boost))
            .collect();
        (!clauses.is_empty()).then_some(clauses)
    }

    fn id(&mut self, field: &str, text: &str, span: Span) -> String {
        if text == MISSING {
            return text.to_owned();
        }
        if let Some(id) = (self.compiler.resolve)(field, text) {
            return id;
        }
        let label = (self.compiler.schema.field(field)).map_or(field, |field| field.label("de"));
        self.notices.push(Notice {
            code: "unknown_value",
            message: format!("„{text}“ ist im Feld „{label}“ nicht bekannt; wörtlich gesucht."),
            span: Some(span.into()),
        });
        text.to_owned()
    }

    fn exists(&self, field: &str) -> Clause {
        if field == COPY {
            // A document without copies is a group of its own.
            return Clause::All;
        }
        let is_facet = (self.compiler.schema.field(field)).is_some_and(|field| field.is_facet());
        if !is_facet {
            return Clause::Exists {
                field: field.to_owned(),
            };
        }
        and(vec![Clause::Not(Box::new(Clause::Value {
            facet: field.to_owned(),
            value: MISSING.to_owned(),
        }))])
    }

    /// The text fields to look in, with their boosts.
    fn fields(&self, field: Option<&str>, boost: f32) -> Vec<(String, f32)> {
        (self.compiler.schema.text_fields())
            .filter(|(it, _)| field.is_none_or(|name| it.name == name))
            .map(|(it, text)| (it.name.clone(), text.boost * boost))
            .collect()
    }

    fn text(&mut self, node: &TextNode, boost: f32) -> Option<Clause> {
        let fields = self.fields(node.field.as_deref(), boost);
        let analyzer = self.compiler.analyzer;
        match &node.what {
            Text::Word(text) => {
                let words = analyzer.query(text);
                if are_apart(text, &words) {
                    let words = words.into_iter().map(|word| self.word(vec![word], &fields));
                    return Some(and(words.flatten().collect()));
                }
                self.word(words, &fields)
            }
            Text::Exact(text) => self.word(analyzer.query_exact(text), &fields),
            Text::Phrase { text, slop: None } => self.word(analyzer.query_exact(text), &fields),
            Text::Phrase {
                text,
                slop: Some(slop),
            } => {
                let words = analyzer.query_exact(text);
                if words.len() < 2 {
                    return self.word(words, &fields);
                }
                let operands = words.iter().map(|word| {
                    vec![Sequence {
                        words: vec![(0, Slot::Terms(self.single_terms(word)))],
                    }]
                });
                Some(Clause::Near(Near {
                    operands: operands.collect(),
                    fields,
                    within: Within::Words(*slop),
                }))
            }
            Text::Wildcard(_) | Text::Fuzzy { .. } | Text::Regex(_) => {
                let mut sequence = self.sequence(&node.what)?;
                Some(match (sequence.words.len(), sequence.words.pop()) {
                    (1, Some((_, Slot::Pattern(pattern)))) => {
                        Clause::Pattern(PatternGroup { fields, pattern })
                    }
                    (1, Some((_, Slot::Terms(alternatives)))) => Clause::Word(WordGroup {
                        fields,
                        alternatives,
                    }),
                    (_, last) => {
                        sequence.words.extend(last);
                        Clause::Near(Near {
                            fields,
                            operands: vec![vec![sequence]],
                            within: Within::Words(0),
                        })
                    }
                })
            }
        }
    }

    /// One word, or a phrase of several.
    fn word(&self, words: Vec<QueryWord>, fields: &[(String, f32)]) -> Option<Clause> {
        let fields = fields.to_vec();
        let first = words.first()?;
        if words.len() == 1 {
            return Some(Clause::Word(WordGroup {
                fields,
                alternatives: first.variants.iter().map(|v| self.alternative(v)).collect(),
            }));
        }
        let position = first.position;
        Some(Clause::Phrase(Phrase {
            fields,
            words: (words.iter())
                .map(|word| (word.position - position, self.single_terms(word)))
                .collect(),
        }))
    }

    fn alternative(&self, variant: &Variant) -> Alternative {
        let several = variant.terms.len() > 1;
        Alternative {
            terms: variant.terms.clone(),
            // Where any word will do, so will any part of one.
            any: several && self.compiler.operator == Operator::Any,
            window: if several {
                self.compiler.weights.parts_window
            } else {
                0
            },
            weight: self.compiler.weights.of(variant.relation),
        }
    }

    /// The alternatives of one term each: what may stand in one place of a phrase.
    fn single_terms(&self, word: &QueryWord) -> Vec<Alternative> {
        (word.variants.iter())
            .filter(|variant| variant.terms.len() == 1)
            .map(|variant| self.alternative(variant))
            .collect()
    }

    fn near(&mut self, operands: &[Node], within: Within, boost: f32) -> Option<Clause> {
        let field = operands.first().and_then(Node::first_field);
        let fields = self.fields(field, boost);
        let mut kept = Vec::new();
        let mut sequences = Vec::new();
        for operand in operands {
            let nodes = match operand {
                Node::Or(nodes) => nodes.as_slice(),
                node => std::slice::from_ref(node),
            };
            let alternatives: Vec<Sequence> = (nodes.iter())
                .filter_map(|node| match node {
                    Node::Text(text) => self.sequence(&text.what),
                    _ => None,
                })
                .collect();
            if !alternatives.is_empty() {
                kept.push(operand);
                sequences.push(alternatives);
            }
        }
        match kept[..] {
            [] => None,
            [only] => self.clause(only, boost),
            _ => Some(Clause::Near(Near {
                fields,
                operands: sequences,
                within,
            })),
        }
    }

    /// What a text means as a stretch of words; `None` if there is no word in it.
    fn sequence(&self, text: &Text) -> Option<Sequence> {
        let analyzer = self.compiler.analyzer;
        let of_words = |words: Vec<QueryWord>| {
            let first = words.first()?.position;
            let words = (words.iter())
                .map(|word| (word.position - first, Slot::Terms(self.single_terms(word))));
            Some(Sequence {
                words: words.collect(),
            })
        };
        match text {
            Text::Word(text) => of_words(analyzer.query(text)),
            Text::Exact(text) | Text::Phrase { text, .. } => of_words(analyzer.query_exact(text)),
            Text::Fuzzy { word, distance } => {
                let slot = |(at, word): (usize, SurfaceWord)| {
                    let pattern = Pattern::Fuzzy {
                        word: word.text,
                        distance: *distance,
                    };
                    (at as u32, Slot::Pattern(pattern))
                };
                let words = surface_words(word, analyzer).into_iter().enumerate();
                let words: Vec<(u32, Slot)> = words.map(slot).collect();
                (!words.is_empty()).then_some(Sequence { words })
            }
            Text::Regex(pattern) => Some(Sequence {
                words: vec![(0, Slot::Pattern(Pattern::Regex(folded_regex(pattern))))],
            }),
            Text::Wildcard(pattern) => {
                let words = wildcard_words(pattern, analyzer);
                let slot = |(at, pattern): (usize, String)| {
                    (at as u32, Slot::Pattern(Pattern::Wildcard(pattern)))
                };
                let words: Vec<(u32, Slot)> = words.into_iter().enumerate().map(slot).collect();
                (!words.is_empty()).then_some(Sequence { words })
            }
        }
    }
}

/// All of `clauses`; if there are only exclusions, everything but them.
fn and(mut clauses: Vec<Clause>) -> Clause {
    if clauses
        .iter()
        .all(|clause| matches!(clause, Clause::Not(_)))
    {
        clauses.insert(0, Clause::All);
    }
    match clauses.len() {
        1 => clauses.remove(0),
        _ => Clause::And(clauses),
    }
}

/// Any of `clauses`.
fn or(clauses: Vec<Clause>) -> Clause {
    let mut clauses: Vec<Clause> = (clauses.into_iter())
        .map(|clause| match clause {
            Clause::Not(_) => and(vec![clause]),
            clause => clause,
        })
        .collect();
    match clauses.len() {
        1 => clauses.remove(0),
        _ => Clause::Or(clauses),
    }
}

/// Whether a slash stands between words that are words by themselves (`Merkel/Macron`), not
/// parts of one thing (`AC/DC`, `24/7`).
fn are_apart(text: &str, words: &[QueryWord]) -> bool {
    words.len() > 1
        && (words.windows(2)).all(|pair| text.get(pair[0].end..pair[1].start) == Some("/"))
        && (words.iter()).all(|word| {
            (text.get(word.start..word.end)).is_some_and(|word| {
                word.chars().count() > 3 && word.chars().all(char::is_alphabetic)
            })
        })
}

/// A word as it stands in the dictionary of surface terms.
struct SurfaceWord {
    start: usize,
    end: usize,
    text: String,
}

fn surface_words(text: &str, analyzer: Analyzer) -> Vec<SurfaceWord> {
    let surface = |token: Token| {
        let mut terms = token.terms.iter();
        let term = terms.find(|term| term.class == TermClass::Surface)?;
        Some(SurfaceWord {
            start: token.start,
            end: token.end,
            text: term.text.to_string(),
        })
    };
    analyzer
        .analyze(text)
        .into_iter()
        .filter_map(surface)
        .collect()
}

/// Surface terms are lower case; escapes such as `\W` stay as they are.
fn folded_regex(pattern: &str) -> String {
    let mut folded = String::with_capacity(pattern.len());
    let mut escaped = false;
    for c in pattern.chars() {
        if escaped {
            folded.push(c);
        } else {
            folded.extend(c.to_lowercase());
        }
        escaped = c == '\\' && !escaped;
    }
    folded
}

/// The pattern cut into words as a text would be, each folded.
fn wildcard_words(pattern: &str, analyzer: Analyzer) -> Vec<String> {
    // A hyphen beside a star is within a word, and surface terms have no hyphens.
    let pattern = pattern.replace("-*", "*").replace("*-", "*");
    let mut words: Vec<String> = Vec::new();
    // Whether the next letter goes on the last word.
    let mut open = false;
    for (index, piece) in pattern.split('*').enumerate() {
        if index > 0 {
            match words.last_mut() {
                Some(word) if open => word.push('*'),
                _ => words.push("*".to_owned()),
            }
            open = true;
        }
        let mut end = 0;
        for word in surface_words(piece, analyzer) {
            match words.last_mut() {
                Some(last) if open && word.start == 0 => last.push_str(&word.text),
                _ => words.push(word.text),
            }
            end = word.end;
        }
        open = end == piece.len() && (open || end > 0);
    }
    words.retain(|word| word.chars().any(|c| c != '*'));
    words
}

#[cfg(test)]
mod tests {
    use super::super::{Mode, parse};
    use super::*;

    fn schema() -> Schema {
        Schema::parse(include_str!("../../schema.json"), "schema.json").unwrap()
    }

    fn compiled(text: &str, operator: Operator) -> Compiled {
        let schema = schema();
        let resolve = |field: &str, text: &str| match (field, text) {
            ("country", "Nordkorea") => Some("KP".to_owned()),
            ("cites", "NIS") => Some("kr-nis".to_owned()),
            _ => None,
        };
        let compiler = Compiler {
            schema: &schema,
            analyzer: Analyzer::german(),
            operator,
            weights: Weights::default(),
            resolve: &resolve,
        };
        compiler.compile(&parse(text, &schema, Mode::Lenient).unwrap())
    }

    /// The clause in short: words by their surface term.
    fn sketch(clause: &Clause) -> String {
        fn terms(alternatives: &[Alternative]) -> String {
            let first = alternatives.first().and_then(|a| a.terms.first());
            first.map_or("?".into(), |term| term.text.to_lowercase())
        }
        fn slot(slot: &Slot) -> String {
            match slot {
                Slot::Terms(alternatives) => terms(alternatives),
                Slot::Pattern(Pattern::Wildcard(text) | Pattern::Regex(text)) => text.clone(),
                Slot::Pattern(Pattern::Fuzzy { word, distance }) => format!("{word}~{distance}"),
            }
        }
        fn list(clauses: &[Clause]) -> String {
            clauses.iter().map(sketch).collect::<Vec<_>>().join(" ")
        }
        match clause {
            Clause::Word(word) => terms(&word.alternatives),
            Clause::Phrase(phrase) => {
                let words: Vec<String> = phrase.words.iter().map(|(_, a)| terms(a)).collect();
                format!("\"{}\"", words.join(" "))
            }
            Clause::Value { facet, value } => format!("{facet}={value}"),
            Clause::CopiesOf { id } => format!("copies({id})"),
            Clause::And(clauses) => format!("and({})", list(clauses)),
            Clause::Or(clauses) => format!("or({})", list(clauses)),
            Clause::Not(clause) => format!("not({})", sketch(clause)),
            Clause::Near(near) => {
                let operands: Vec<String> = (near.operands.iter())
                    .map(|sequences| {
                        let sequences: Vec<String> = (sequences.iter())
                            .map(|sequence| {
                                let words: Vec<String> =
                                    sequence.words.iter().map(|(_, it)| slot(it)).collect();
                                words.join(" ")
                            })
                            .collect();
                        sequences.join("|")
                    })
                    .collect();
                format!("near({:?}: {})", near.within, operands.join(", "))
            }
            Clause::Pattern(group) => slot(&Slot::Pattern(group.pattern.clone())),
            Clause::Range(range) => format!("{:?}", range.from.map(|date| date.to_string())),
            Clause::Exists { field } => format!("exists({field})"),
            Clause::All => "all".into(),
            Clause::Nothing => "nothing".into(),
        }
    }

    #[track_caller]
    fn assert_compiles(text: &str, all: &str, any: &str) {
        assert_eq!(sketch(&compiled(text, Operator::All).clause), all, "{text}");
        assert_eq!(sketch(&compiled(text, Operator::Any).clause), any, "{text}");
    }

    #[test]
    fn only_what_stands_between_words_depends_on_the_operator() {
        assert_compiles(
            "Kursk Verluste",
            "and(kursk verluste)",
            "or(kursk verluste)",
        );
        assert_compiles("Kursk AND Sumy", "and(kursk sumy)", "and(kursk sumy)");
        assert_compiles("a b -c", "and(a b not(c))", "and(or(a b) not(c))");
        assert_compiles("-c", "and(all not(c))", "and(all not(c))");
        assert_compiles("a OR -c", "or(a and(all not(c)))", "or(a and(all not(c)))");
        assert_compiles("*", "all", "all");
    }

    #[test]
    fn values_are_resolved_and_unknown_ones_are_told() {
        let found = compiled("country:Nordkorea cites:NIS", Operator::All);
        assert_eq!(sketch(&found.clause), "and(country=KP cites=kr-nis)");
        assert_eq!(found.notices, []);
        let found = compiled("country:Atlantis", Operator::All);
        assert_eq!(sketch(&found.clause), "country=Atlantis");
        assert_eq!(
            found.notices[0].message,
            "„Atlantis“ ist im Feld „Länder“ nicht bekannt; wörtlich gesucht."
        );
        assert_eq!(found.notices[0].span, Some((8, 16)));
    }

    #[test]
    fn fields_narrow_and_boosts_multiply() {
        let Clause::Word(word) = compiled("title:Kursk^3", Operator::All).clause else {
            panic!("no word");
        };
        assert_eq!(word.fields, [("title".to_owned(), 6.0)]);
        let Clause::Word(word) = compiled("Kursk", Operator::All).clause else {
            panic!("no word");
        };
        assert_eq!(
            word.fields,
            [("title".to_owned(), 2.0), ("body".to_owned(), 1.0)]
        );
        assert_eq!(word.alternatives[0].weight, 1.0);
    }

    #[test]
    fn quoted_words_are_phrases_in_the_form_that_was_typed() {
        let Clause::Phrase(phrase) = compiled("\"hohe Verluste\"", Operator::All).clause else {
            panic!("no phrase");
        };
        let surface = crate::analysis::TermClass::Surface;
        for (_, alternatives) in &phrase.words {
            assert!(alternatives.iter().all(|a| a.terms[0].class == surface));
        }
        assert_compiles("\"Kursk\"", "kursk", "kursk");
    }

    #[test]
    fn words_that_analysis_cuts_are_phrases_unless_a_slash_stands_between_long_ones() {
        assert_compiles("AC/DC", "\"ac dc\"", "\"ac dc\"");
        assert_compiles("Merkel/Macron", "and(merkel macron)", "and(merkel macron)");
    }

    #[test]
    fn patterns_are_folded() {
        assert_compiles("Panzer*", "panzer*", "panzer*");
        assert_compiles("*GEHEIMdienst", "*geheimdienst", "*geheimdienst");
        assert_compiles("Straß*bahn", "strass*bahn", "strass*bahn");
        assert_compiles("Ukraine-*", "ukraine*", "ukraine*");
        assert_compiles("NATO*", "nato*", "nato*");
        assert_compiles("Kim~2 NATO~1", "and(kim~2 nato~1)", "or(kim~2 nato~1)");
        assert_compiles("/[MS]eyer\\W/", "[ms]eyer\\W", "[ms]eyer\\W");
    }

    #[test]
    fn what_stands_near_each_other_is_one_clause() {
        assert_compiles(
            "\"Kursk Verluste\"~5",
            "near(Words(5): kursk, verluste)",
            "near(Words(5): kursk, verluste)",
        );
        assert_compiles(
            "Kursk NEAR/S (\"hohe Verluste\" OR Panzer*)",
            "near(Sentence: kursk, hohe verluste|panzer*)",
            "near(Sentence: kursk, hohe verluste|panzer*)",
        );
    }

    #[test]
    fn copies_are_those_of_a_document() {
        assert_compiles("copy:abc-1", "copies(abc-1)", "copies(abc-1)");
        assert_compiles("copy:*", "all", "all");
    }

    #[test]
    fn a_facet_that_must_exist_must_not_be_missing() {
        assert_compiles(
            "exists:publisher",
            "and(all not(publisher=_missing))",
            "and(all not(publisher=_missing))",
        );
        assert_compiles("exists:title", "exists(title)", "exists(title)");
    }

    #[test]
    fn a_query_without_words_finds_nothing_and_says_so() {
        let found = compiled("???", Operator::All);
        assert_eq!(found.clause, Clause::Nothing);
        assert_eq!(found.notices[0].code, "no_words");
    }
}

//! What is asked: word groups, filters, order.

use std::collections::BTreeMap;

use super::Locate;
use super::histogram::HistogramRequest;
use super::recency::Recency;
use crate::analysis::Term;
use crate::document::PartialDate;

/// The id that stands for "has no value" in filters.
pub const MISSING: &str = "_missing";

/// The name in queries and filters of what is no field: the group of copies that a document is
/// in, named by the id of any of its documents.
pub const COPY: &str = "copy";

/// A search that an engine can run as it is: analysed, resolved, bounded.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchRequest {
    /// Which documents match, and what scores.
    pub clause: Clause,
    /// Selected and excluded facet values; one entry per facet at most.
    pub filters: Vec<FacetFilter>,
    /// Only documents whose whole period lies in this range.
    pub range: DateRange,
    /// The moment of the question: documents under embargo then are not there.
    pub now: PartialDate,
    /// The commit to search, if the engine still holds it; else, and without it, the newest.
    pub commit: Option<u64>,
    /// Whether the commit is to be held for further pages if there are any.
    pub hold: bool,
    /// Order of the hits.
    pub sort: Sort,
    /// How scores fall with age, if they do.
    pub recency: Option<Recency>,
    /// How many hits to pass over first.
    pub skip: usize,
    /// How many hits to return.
    pub limit: usize,
    /// Only hits after this one in the order; totals and counts do not change.
    pub after: Option<After>,
    /// The facets to count.
    pub facets: Vec<FacetRequest>,
    /// How hits are spread over time, if that is asked for.
    pub histogram: Option<HistogramRequest>,
    /// Whether copies make one hit: the best of their group.
    pub collapse: bool,
    /// Whether facets count distinct copies beside documents.
    pub count_copies: bool,
    /// The parameters of the score.
    pub scoring: Scoring,
    /// What to look for in the text fields of the hits, see [`EngineHit::located`].
    ///
    /// [`EngineHit::located`]: super::EngineHit::located
    pub locate: Vec<Locate>,
}

impl SearchRequest {
    /// How many documents match a clause at the moment `now`, and nothing else: no filters, no
    /// hits, no facets.
    pub fn counting(clause: Clause, now: PartialDate) -> SearchRequest {
        SearchRequest {
            clause,
            filters: Vec::new(),
            range: DateRange::default(),
            now,
            commit: None,
            hold: false,
            sort: Sort::default(),
            recency: None,
            skip: 0,
            limit: 0,
            after: None,
            facets: Vec::new(),
            histogram: None,
            collapse: false,
            count_copies: false,
            scoring: Scoring::default(),
            locate: Vec::new(),
        }
    }
}

/// The parameters of BM25F.
///
/// The defaults were set on known-item search in 35,112 German news articles by headline and on
/// questions to encyclopaedic paragraphs, where every value from 1.0 to 1.2 for `k1` and from 0.6
/// to 0.75 for `b` is within a hundredth of the best; 1.2 and 0.75 are those of Lucene and tantivy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scoring {
    /// How fast more occurrences stop to matter; 0 or more.
    pub k1: f32,
    /// How much the length of a document matters, from 0 to 1.
    pub b: f32,
}

impl Default for Scoring {
    fn default() -> Scoring {
        Scoring { k1: 1.0, b: 0.65 }
    }
}

/// The place of a hit in the order of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// What the hit was ranked by, as the engine said ([`super::EngineHit::rank`]).
    pub rank: u32,
    /// Id of the document.
    pub id: String,
}

/// Which documents match.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// Every document, each with score 0.
    All,
    /// No document.
    Nothing,
    /// Documents that have a word.
    Word(WordGroup),
    /// Documents that have words one after the other.
    Phrase(Phrase),
    /// Documents that have a value in a keyword field; adds nothing to the score.
    Value {
        /// Name of a facet of the schema.
        facet: String,
        /// Id of the value, at any level of its hierarchy, or [`MISSING`].
        value: String,
    },
    /// Documents whose whole period lies in a range; adds nothing to the score.
    Range(DateRange),
    /// The group of copies that a document is in; adds nothing to the score.
    CopiesOf {
        /// Id of any document of the group.
        id: String,
    },
    /// One document; adds nothing to the score.
    Document {
        /// Its id.
        id: String,
    },
    /// Documents that match every clause; the score is the sum.
    And(Vec<Clause>),
    /// Documents that match at least one clause; the score is the sum over those that match.
    Or(Vec<Clause>),
    /// Documents that do not match the clause; adds nothing to the score.
    Not(Box<Clause>),
    /// Documents that match the clause, which adds nothing to the score. It will be asked for
    /// again, so an engine may remember them.
    Kept(Box<Clause>),
    /// Documents in which several things stand near each other.
    Near(Near),
    /// Documents that have a word of some shape.
    Pattern(PatternGroup),
    /// Documents that have anything in a field that is no facet: a text of at least one word, or
    /// a value; adds nothing to the score.
    Exists {
        /// Name of the field in the schema.
        field: String,
    },
}

/// A term and how much it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedTerm {
    /// The term.
    pub term: Term,
    /// Its factor; what it multiplies is said where the term stands.
    pub weight: f32,
}

/// Terms that are one thing to a searcher, as a word and the same word within compounds: their
/// frequencies, each times its weight, add up to that of the thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// The terms; weights are factors of frequencies.
    pub terms: Vec<WeightedTerm>,
}

/// One query word with everything that stands for it; its score is that of the best alternative.
///
/// Scores are BM25F (Robertson, Zaragoza and Taylor 2004): the frequency of a pool is the sum over
/// the fields, each times the weight of the field; the length of a document is the sum of the
/// lengths of the fields in words, weighted likewise.
#[derive(Debug, Clone, PartialEq)]
pub struct WordGroup {
    /// The text fields to look in, with their weights.
    pub fields: Vec<(String, f32)>,
    /// The alternatives; a document has the word if it has any of them.
    pub alternatives: Vec<Alternative>,
    /// The word itself, for [`Alternative::bound`]; without it, nothing is bounded.
    pub itself: Option<Pool>,
    /// Factor of the score.
    pub boost: f32,
}

impl WordGroup {
    /// A word that nothing but one term stands for.
    pub fn of_term(term: Term, fields: Vec<(String, f32)>) -> WordGroup {
        WordGroup::of_pool(vec![WeightedTerm { term, weight: 1.0 }], fields)
    }

    /// A word that nothing but a few terms stand for, which are one thing.
    pub fn of_pool(terms: Vec<WeightedTerm>, fields: Vec<(String, f32)>) -> WordGroup {
        WordGroup {
            fields,
            alternatives: vec![Alternative {
                pools: vec![Pool { terms }],
                any: false,
                window: 0,
                weight: 1.0,
                bound: None,
            }],
            itself: None,
            boost: 1.0,
        }
    }
}

/// One way in which a document may have a word.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// What must be there: mostly one. Of several, all must stand in the same field, with at most
    /// `window` words from the first to the last; their scores are added.
    pub pools: Vec<Pool>,
    /// Any of several pools will do, wherever it stands; the scores of those that are there are
    /// added.
    pub any: bool,
    /// The longest stretch of words that may hold all pools; 0 means the whole field.
    pub window: u32,
    /// Factor of the score.
    pub weight: f32,
    /// How many times as much as the word itself the alternative may weigh, all its pools
    /// together: something that only stands for the word must not win for being rarer.
    pub bound: Option<f32>,
}

impl Alternative {
    /// All terms of all pools.
    pub fn terms(&self) -> impl Iterator<Item = &WeightedTerm> {
        self.pools.iter().flat_map(|pool| &pool.terms)
    }
}

/// Words one after the other in one field. Scored as a term that occurs as often as the phrase,
/// with the weights of all its words together.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// The text fields to look in, with their weights.
    pub fields: Vec<(String, f32)>,
    /// For each word its distance in words from the first, and the terms of which one must stand
    /// there; weights are factors of the score, of which the best counts.
    pub words: Vec<(u32, Vec<WeightedTerm>)>,
    /// Factor of the score.
    pub boost: f32,
}

/// Things that stand near each other in one field, in any order, no two of them sharing a word.
/// The score is that of the operands (of the sequences of one the best), summed up as in a
/// [`Clause::And`] of them, in the fields where they stand near each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The text fields to look in, with their weights.
    pub fields: Vec<(String, f32)>,
    /// What stands near each other; each operand is there if any of its sequences is. With one
    /// operand only, this is a phrase that may hold patterns.
    pub operands: Vec<Vec<Sequence>>,
    /// How near.
    pub within: Within,
    /// Factor of the score.
    pub boost: f32,
}

/// How near things stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// In one stretch that holds at most so many words besides theirs.
    Words(u32),
    /// In one sentence.
    Sentence,
}

/// One word, or words one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Sequence {
    /// For each word its distance in words from the first, and what may stand there.
    pub words: Vec<(u32, Slot)>,
}

/// What may stand in the place of one word.
#[derive(Debug, Clone, PartialEq)]
pub enum Slot {
    /// Any of some terms; weights are factors of the score, of which the best counts.
    Terms(Vec<WeightedTerm>),
    /// Any term of the classes [`crate::analysis::TermClass::WRITTEN`] that fits.
    Pattern(Pattern),
}

/// A word of some shape. In each field that has one, it scores the weight of the field, however
/// often it is there.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternGroup {
    /// The text fields to look in, with their weights.
    pub fields: Vec<(String, f32)>,
    /// The shape.
    pub pattern: Pattern,
    /// Factor of the score.
    pub boost: f32,
}

/// The shape of a word: what a whole term of one of the classes
/// [`crate::analysis::TermClass::WRITTEN`] has to look like, so a word or a piece of a word with
/// hyphens. All texts are folded as these terms
/// are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// `*` stands for any number of characters, everything else for itself.
    Wildcard(String),
    /// A regular expression in the syntax of the crate `regex`.
    Regex(String),
    /// At most `distance` characters are inserted, deleted, replaced or swapped with their
    /// neighbour.
    Fuzzy {
        /// The word.
        word: String,
        /// 1 or 2.
        distance: u8,
    },
}

/// The largest number of terms that a [`Pattern`] may stand for in one field; an engine that
/// finds more refuses the request ([`crate::engine::EngineErrorKind::Request`]) and asks for more
/// letters.
pub const MAX_PATTERN_TERMS: usize = 10_000;

/// A range of time; both ends belong to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateRange {
    /// Nothing before the beginning of this period.
    pub from: Option<PartialDate>,
    /// Nothing after the end of this period.
    pub to: Option<PartialDate>,
}

impl DateRange {
    /// Whether the range excludes nothing, not even documents without a date.
    pub fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether the whole period of `date` lies in the range.
    pub fn contains(&self, date: PartialDate) -> bool {
        (self.from).is_none_or(|from| date.beginning() >= from.beginning())
            && (self.to).is_none_or(|to| date.ending() <= to.ending())
    }
}

/// What is selected and excluded in one facet. An inclusion and an exclusion of the same value
/// exclude it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetFilter {
    /// Name of the facet.
    pub facet: String,
    /// Ids of the selected values, or [`MISSING`]; any of them will do.
    pub include: Vec<String>,
    /// Ids of the excluded values, or [`MISSING`]; none of them may be there.
    pub exclude: Vec<String>,
}

/// A facet to count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetRequest {
    /// Name of the facet.
    pub facet: String,
    /// How many values to list on each level of the hierarchy; selected and excluded values are
    /// always listed beside them. A level below the first is listed if all levels together then list
    /// no more than 16 times as many values, and below what is selected or excluded.
    pub limit: usize,
    /// How many values of the first level to pass over.
    pub offset: usize,
    /// If set, the first level is that of the values just below this one.
    pub under: Option<String>,
    /// Order of the values on each level.
    pub order: FacetOrder,
    /// Only values whose name or id has this text in it, and those above them; how it is compared
    /// is stated at [`super::NamePattern`].
    pub contains: Option<String>,
    /// Names to show instead of those that documents gave, by id of the value.
    pub names: BTreeMap<String, String>,
}

/// Order of the values of a facet. Ties are broken by id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FacetOrder {
    /// By falling count; dates by falling date.
    #[default]
    Usual,
    /// Highest count first.
    Count,
    /// Lowest count first.
    CountAscending,
    /// By the names that are shown, as in a German dictionary ([`super::Name`]).
    Name,
    /// By id; dates: earliest first.
    Id,
    /// By falling id; dates: latest first.
    IdDescending,
}

impl FacetOrder {
    /// Those that can be asked for, by name.
    pub const NAMES: [(&'static str, FacetOrder); 5] = [
        ("count", FacetOrder::Count),
        ("count_ascending", FacetOrder::CountAscending),
        ("name", FacetOrder::Name),
        ("id", FacetOrder::Id),
        ("id_descending", FacetOrder::IdDescending),
    ];
}

/// Order of the hits. Ties are broken by id, ascending.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Highest score first.
    #[default]
    Relevance,
    /// Latest beginning of the date first; documents without a date last.
    Newest,
    /// Earliest beginning of the date first; documents without a date last.
    Oldest,
    /// What the index took in last first ([`crate::document::Document::indexed_at`]).
    Added,
}

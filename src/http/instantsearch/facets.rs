//! Attributes of facets: their names, the texts of their values, distributions of counts.

use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use crate::archive::Archive;
use crate::schema::{FieldKind, Schema};
use crate::search::{Facet, FacetCount, Facets};

/// Stands between the levels of a value of a menu.
pub(super) const SEPARATOR: &str = " > ";
/// Most values of a distribution; the most frequent ones are kept.
pub(super) const MAX_VALUES: usize = 100;
/// Most values on the lower levels of a menu, where they belong to many values above.
const MAX_VALUES_BELOW: usize = 1_000;

/// An attribute that can be filtered and counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    /// As clients call it.
    pub(super) name: String,
    /// The facet of the schema that it is of.
    pub(super) facet: String,
    pub(super) part: Part,
    /// Whether the facet is the date.
    pub(super) is_date: bool,
}

/// What of a facet an attribute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Its values: the lowest of a hierarchy, the years of a date.
    Flat,
    /// The values of one level, each with those above it.
    Level(usize),
    /// The years, as numbers.
    Year,
}

/// A value of a facet and how often it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) text: String,
    pub(super) count: u64,
}

impl Attribute {
    /// The attribute with that name.
    pub(super) fn find(name: &str, schema: &Schema) -> Result<Attribute, Refusal> {
        let facet = |name: &str| schema.field(name).filter(|field| field.is_facet());
        let (base, part) = match name.rsplit_once('.') {
            _ if facet(name).is_some() => (name, Part::Flat),
            Some((base, "year")) => (base, Part::Year),
            Some((base, "lvl0")) => (base, Part::Level(0)),
            Some((base, "lvl1")) => (base, Part::Level(1)),
            Some((base, "lvl2")) => (base, Part::Level(2)),
            _ => (name, Part::Flat),
        };
        let field = facet(base);
        let is_date = field.is_some_and(|field| matches!(field.kind, FieldKind::Date { .. }));
        match field {
            Some(field) if part != Part::Year || is_date => Ok(Attribute {
                name: name.to_owned(),
                facet: field.name.clone(),
                part,
                is_date,
            }),
            _ => {
                let facets: Vec<&str> = schema.facets().map(|field| field.name.as_str()).collect();
                Err(Refusal::new(
                    "invalid_search_facets",
                    format!(
                        "there is no facet \"{name}\", known are: {}, each also with .lvl0, .lvl1 \
                         and .lvl2, the date with .year",
                        facets.join(", ")
                    ),
                ))
            }
        }
    }

    /// The facet value that a text of this attribute names.
    pub(super) fn value<'a>(&self, text: &'a str) -> &'a str {
        match self.part {
            Part::Level(_) => text.rsplit(SEPARATOR).next().unwrap_or(text),
            Part::Flat | Part::Year => text,
        }
    }

    /// The values of this attribute in the counts of its facet, most frequent first.
    pub(super) fn values(&self, archive: &Archive, facet: &Facet) -> Vec<Counted> {
        let values = &facet.counts.values;
        let mut found = Vec::new();
        let reader = Reader {
            archive,
            facet: &self.facet,
        };
        match self.part {
            Part::Year => reader.level(values, 0, "", &mut found),
            Part::Flat if self.is_date => reader.level(values, 0, "", &mut found),
            Part::Flat => reader.leaves(values, &mut found),
            Part::Level(level) => reader.level(values, level, "", &mut found),
        }
        found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        found.truncate(match self.part {
            Part::Level(1..) => MAX_VALUES_BELOW,
            _ => MAX_VALUES,
        });
        found
    }
}

/// Reads counts of a facet as the archive answers them.
struct Reader<'a> {
    archive: &'a Archive,
    facet: &'a str,
}

impl Reader<'_> {
    /// The values on a level; 0 is the highest.
    fn level(&self, values: &[FacetCount], level: usize, above: &str, found: &mut Vec<Counted>) {
        for value in values {
            let text = format!("{above}{}", self.text(value));
            match level {
                0 => found.push(counted(text, value)),
                _ => {
                    let above = text + SEPARATOR;
                    self.level(&value.children, level - 1, &above, found);
                }
            }
        }
    }

    /// The values that have none below them.
    fn leaves(&self, values: &[FacetCount], found: &mut Vec<Counted>) {
        for value in values {
            match value.children.is_empty() {
                false => self.leaves(&value.children, found),
                true => found.push(counted(self.text(value).to_owned(), value)),
            }
        }
    }

    /// The text that filters understand as this value; preferably its name.
    fn text<'v>(&self, value: &'v FacetCount) -> &'v str {
        let FacetCount { id, name, .. } = value;
        if name.contains(SEPARATOR) {
            return id;
        }
        self.archive.text_of_value(self.facet, id, name)
    }
}

fn counted(text: String, value: &FacetCount) -> Counted {
    let count = value.count;
    Counted { text, count }
}

/// Distributions of all `attributes` by their names, and the smallest and largest of the numbers.
pub(super) fn distributions(
    attributes: &[Attribute],
    archive: &Archive,
    facets: &Facets,
) -> (Value, Value) {
    let (mut distributions, mut stats) = (Map::new(), Map::new());
    for attribute in attributes {
        let Some(facet) = facets.get(&attribute.facet) else {
            continue;
        };
        let values = attribute.values(archive, facet);
        if attribute.part == Part::Year {
            let years = || years(facet).filter(|(_, count)| *count > 0);
            if let (Some(min), Some(max)) = (years().min(), years().max()) {
                let name = attribute.name.clone();
                stats.insert(name, json!({ "min": min.0, "max": max.0 }));
            }
        }
        let values = values.into_iter().filter(|value| value.count > 0);
        let values: Map<String, Value> = values
            .map(|value| (value.text, json!(value.count)))
            .collect();
        distributions.insert(attribute.name.clone(), Value::Object(values));
    }
    (Value::Object(distributions), Value::Object(stats))
}

/// All years that are counted.
fn years(facet: &Facet) -> impl Iterator<Item = (i64, u64)> {
    let values = facet.counts.values.iter();
    values.filter_map(|value| Some((value.id.parse().ok()?, value.count)))
}

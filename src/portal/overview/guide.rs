//! How to ask, by example: some that fit every archive, some with what this one has most of.

use crate::archive::{Overview, query_of_value};
use crate::portal::Address;
use crate::portal::texts::Texts;
use crate::schema::Schema;
use crate::search::FacetCount;

/// Examples of queries.
#[derive(Debug, Clone)]
pub(super) struct Guide {
    pub(super) examples: Vec<Example>,
}

/// A query, the search for it, and what it finds.
#[derive(Debug, Clone)]
pub(super) struct Example {
    pub(super) query: String,
    pub(super) address: String,
    pub(super) finds: String,
}

impl Guide {
    pub(super) fn new(t: &Texts, schema: &Schema, clear: &Address, overview: &Overview) -> Guide {
        let example = |query: &str, finds: String| Example {
            query: query.to_owned(),
            address: clear.with("q", query).search(),
            finds,
        };
        let guide = &t.overview.guide;
        let plain = guide.examples.iter();
        let mut examples: Vec<Example> = plain
            .map(|it| example(&it.query, it.finds.clone()))
            .collect();
        for it in &guide.of_fields {
            let counts = overview
                .fields
                .iter()
                .find(|counts| counts.name == it.field);
            let most = counts.and_then(|it| most_frequent(&it.counts.values));
            if let (Some(value), Some(_)) = (most, schema.field(&it.search)) {
                let finds = it.finds.with(&[("value", &value.name)]);
                examples.push(example(&query_of_value(&it.search, &value.id), finds));
            }
        }
        Guide { examples }
    }
}

/// The value that most articles have, of those that are below no others.
fn most_frequent(values: &[FacetCount]) -> Option<&FacetCount> {
    let leaves = values
        .iter()
        .flat_map(|value| match value.children.as_slice() {
            [] => std::slice::from_ref(value),
            children => children,
        });
    // Of several, the first.
    leaves.rev().max_by_key(|value| value.count)
}

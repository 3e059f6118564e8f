//! How many articles have each value of a field, as bars.

use crate::archive::{FieldCounts, Overview};
use crate::portal::texts::Texts;
use crate::portal::{Address, Language, article};
use crate::schema::{Field, FieldKind, Schema};
use crate::search::{FacetCount, MISSING};

/// The bars of one field, or of what is below one of its values.
#[derive(Debug, Clone)]
pub(super) struct BarChart {
    pub(super) title: String,
    /// All articles with any of these, if they are below a value.
    pub(super) address: Option<String>,
    pub(super) bars: Vec<Bar>,
    /// What is not listed, in words.
    pub(super) other: Option<String>,
    /// Articles without a value, in words, with the search for them.
    pub(super) missing: Option<(String, Option<String>)>,
    /// All values.
    pub(super) more: Option<String>,
}

/// The bar of one value.
#[derive(Debug, Clone)]
pub(super) struct Bar {
    pub(super) address: String,
    pub(super) name: String,
    pub(super) number: String,
    /// Name and number for those who listen.
    pub(super) spoken: String,
    /// Its length, in percent of the longest one.
    pub(super) length: String,
}

/// The charts of all fields that have values.
pub(super) fn charts(
    t: &Texts,
    schema: &Schema,
    language: Language,
    clear: &Address,
    overview: &Overview,
) -> Vec<BarChart> {
    let mut charts = Vec::new();
    for FieldCounts { name, counts } in &overview.fields {
        let Some(field) = schema.field(name) else {
            continue;
        };
        let drawing = Drawing { t, field, clear };
        let is_nested = counts.values.iter().any(|it| !it.children.is_empty());
        let missing = drawing.missing(counts.missing);
        let label = field.label(language.code());
        if counts.values.is_empty() {
            continue;
        }
        if !is_nested {
            charts.push(BarChart {
                title: label.to_owned(),
                address: None,
                bars: drawing.bars(&counts.values),
                other: drawing.other(counts.other),
                missing,
                more: drawing.more(counts.total_values > counts.values.len() as u64),
            });
            continue;
        }
        for value in &counts.values {
            let below = if value.children.is_empty() {
                std::slice::from_ref(value)
            } else {
                &value.children
            };
            charts.push(BarChart {
                title: value.name.clone(),
                address: Some(article::search_of_value(field, clear, &value.id)),
                bars: drawing.bars(below),
                other: drawing.other(value.children_other),
                missing: None,
                more: drawing.more(value.total_children > value.children.len() as u64),
            });
        }
        // What has no value has none on any level: it is said once.
        if let Some(last) = charts.last_mut() {
            last.missing = missing;
        }
    }
    charts
}

struct Drawing<'a> {
    t: &'a Texts,
    field: &'a Field,
    clear: &'a Address,
}

impl Drawing<'_> {
    fn bars(&self, values: &[FacetCount]) -> Vec<Bar> {
        let longest = values.iter().map(|it| it.count).max().unwrap_or(0).max(1);
        let bar = |value: &FacetCount| {
            let name = self.name(value);
            let articles = self.t.counted(&self.t.overview.articles, value.count);
            let spoken = [
                ("name", &name as &dyn std::fmt::Display),
                ("articles", &articles),
            ];
            // What is there can be seen, however little it is.
            let length = (value.count as f64 / longest as f64 * 100.0).max(0.7);
            Bar {
                address: article::search_of_value(self.field, self.clear, &value.id),
                number: self.t.number(value.count),
                spoken: self.t.overview.value.with(&spoken),
                length: format!("{length:.1}"),
                name,
            }
        };
        values.iter().map(bar).collect()
    }

    /// Languages have names in the language of the page; other values have those of the archive.
    fn name(&self, value: &FacetCount) -> String {
        let is_language = matches!(&self.field.kind,
            FieldKind::Keyword(keyword) if keyword.source == "language");
        let name = (self.t.article.languages.get(&value.id)).filter(|_| is_language);
        name.unwrap_or(&value.name).clone()
    }

    fn other(&self, other: u64) -> Option<String> {
        (other > 0).then(|| self.t.counted(&self.t.overview.other, other))
    }

    fn missing(&self, missing: u64) -> Option<(String, Option<String>)> {
        let is_facet = self.field.is_facet();
        (missing > 0).then(|| {
            let search = is_facet.then(|| self.clear.selecting(&self.field.name, MISSING).search());
            (self.t.counted(&self.t.overview.missing, missing), search)
        })
    }

    /// The page of all values, for facets that have more than are shown.
    fn more(&self, has_more: bool) -> Option<String> {
        (has_more && self.field.is_facet()).then(|| self.clear.facet(&self.field.name))
    }
}

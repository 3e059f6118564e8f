//! From what an engine answers to what is shown.

use std::borrow::Cow;

use serde_json::json;

use super::{Archive, Ask};
use crate::analysis::Analyzer;
use crate::document::Document;
use crate::rights::Permitted;
use crate::schema::{Field, FieldKind};
use crate::search::{
    Clause, CopyGroup, EngineHit, Facet, FacetCount, FacetCounts, Facets, Hit, HitAgency,
    HitCountry, Locate, Located, Snippet, Wanted,
};

/// Most snippets of a hit.
const SNIPPETS: usize = 3;

/// What a request looks for in the texts of its hits.
#[derive(Default)]
pub(super) struct WantedTexts {
    /// In the headline.
    title: Option<Wanted>,
    /// In each field that passages are cut from.
    passages: Vec<Wanted>,
}

impl WantedTexts {
    /// What an engine is to look for.
    pub(super) fn locate(&self) -> Vec<Locate> {
        self.passages
            .iter()
            .map(|wanted| wanted.locate().clone())
            .collect()
    }
}

impl Archive {
    /// A hit as it is shown, with the passages that have the words found.
    pub(super) fn hit(&self, hit: EngineHit<Permitted>, wanted: &WantedTexts) -> Hit {
        let snippets = self.snippets(&hit.document, &wanted.passages, &hit.located);
        let title_highlights = (wanted.title.iter())
            .flat_map(|wanted| self.highlights(&hit.document, wanted))
            .collect();
        Hit {
            score: hit.score,
            title_highlights,
            snippets,
            ..as_hit(hit.document.into_document(), hit.copy)
        }
    }

    /// What is wanted in the texts of hits; nothing if there are to be no passages.
    pub(super) fn wanted(&self, ask: &Ask, clause: &Clause) -> WantedTexts {
        let fields = || self.schema.text_fields().filter(|_| ask.snippets);
        let wanted = |name: &str| Wanted::of(clause, name);
        WantedTexts {
            title: (fields().find(|(field, _)| field.name == "title"))
                .map(|(field, _)| wanted(&field.name)),
            passages: (fields().filter(|(_, text)| text.snippets))
                .map(|(field, _)| wanted(&field.name))
                .collect(),
        }
    }

    /// The text of a field that passages may be shown of, and its analyzer.
    fn text<'d>(&self, document: &'d Permitted, name: &str) -> Option<(Cow<'d, str>, Analyzer)> {
        let FieldKind::Text(field) = &self.schema.field(name)?.kind else {
            return None;
        };
        let analyzer = self.analyzers.pick(field.analyzer, document.language());
        Some((document.passages_of(name)?, *analyzer))
    }

    /// What of a text field matches, where that may be shown.
    fn highlights(&self, document: &Permitted, wanted: &Wanted) -> Vec<(usize, usize)> {
        match self.text(document, &wanted.locate().field) {
            Some((text, analyzer)) => wanted.highlights(&text, &analyzer.analyze(&text)),
            None => Vec::new(),
        }
    }

    fn snippets(
        &self,
        document: &Permitted,
        wanted: &[Wanted],
        located: &[Located],
    ) -> Vec<Snippet> {
        let mut snippets = Vec::new();
        for (place, wanted) in wanted.iter().enumerate() {
            let Some((text, analyzer)) = self.text(document, &wanted.locate().field) else {
                continue;
            };
            let located = located.get(place);
            snippets.extend(crate::search::snippets(&text, wanted, &analyzer, located));
        }
        snippets.truncate(SNIPPETS);
        snippets
    }

    /// Counts of facets with their labels in a language; values that nothing else names are named
    /// by the gazetteers.
    pub(super) fn facets(&self, counts: Vec<(String, FacetCounts)>, language: &str) -> Facets {
        let labelled = counts.into_iter().map(|(name, mut counts)| {
            let mut label = name.clone();
            if let Some(field) = self.schema.field(&name) {
                complete_names(field, &mut counts);
                label = field.label(language).to_owned();
            }
            (name, Facet { label, counts })
        });
        labelled.collect()
    }
}

/// A document as a hit without a score or passages; mentions come without their evidence.
pub(super) fn as_hit(document: Document, copy: CopyGroup) -> Hit {
    Hit {
        score: 0.0,
        explanation: None,
        agencies: (document.agencies.iter())
            .map(|agency| {
                json!(HitAgency {
                    id: agency.id.clone(),
                    kind: agency.kind,
                    name: agency.name.clone(),
                    role: agency.role,
                    scope: agency.scope,
                })
            })
            .collect(),
        countries: (document.countries.iter())
            .map(|country| {
                json!(HitCountry {
                    id: country.id.clone(),
                    name: country.name.clone(),
                    role: country.role,
                })
            })
            .collect(),
        date: (document.date).map(|date| date.value.without_time().to_string()),
        date_precision: document.date.map(|date| date.value.precision()),
        datetime: (document.date)
            .map(|date| date.value)
            .filter(|date| date.time().is_some()),
        authors: document.authors,
        language: document.language,
        content_hash: document.content_hash,
        indexed_at: document.indexed_at,
        id: document.id,
        title: document.title,
        title_highlights: Vec::new(),
        publisher: document.publisher,
        url: document.url,
        source_path: document.source_path,
        access: document.access,
        snippets: Vec::new(),
        copy,
    }
}

/// Names the values that nothing else names.
pub(super) fn complete_names(field: &Field, counts: &mut FacetCounts) {
    for value in &mut counts.values {
        complete_name(field, value);
    }
}

fn complete_name(field: &Field, value: &mut FacetCount) {
    if value.name == value.id
        && let FieldKind::Keyword(keyword) = &field.kind
        && let Some(node) = crate::enrich::resolve(&keyword.source, &value.id)
        && node.id == value.id
    {
        value.name = node.name;
    }
    for child in &mut value.children {
        complete_name(field, child);
    }
}

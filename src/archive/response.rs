//! From what an engine answers to what is shown.

use serde_json::{Value, json};

use super::{Archive, Ask};
use crate::rights::Permitted;
use crate::schema::{Field, FieldKind};
use crate::search::{
    Clause, EngineHit, Facet, FacetCount, FacetCounts, Hit, HitAgency, HitCountry, Snippet, Wanted,
};

/// Most snippets of a hit.
const SNIPPETS: usize = 3;

impl Archive {
    /// A hit as it is shown: passages with the words found, mentions without their evidence.
    pub(super) fn hit(&self, hit: EngineHit<Permitted>, clause: &Clause, ask: &Ask) -> Hit {
        let (snippets, title_highlights) = if ask.snippets {
            let title = self.highlights(&hit.document, "title", clause);
            (self.snippets(&hit.document, clause), title)
        } else {
            (Vec::new(), Vec::new())
        };
        let document = hit.document.into_document();
        Hit {
            score: hit.score,
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
            id: document.id,
            title: document.title,
            title_highlights,
            publisher: document.publisher,
            url: document.url,
            source_path: document.source_path,
            access: document.access,
            snippets,
            copy: hit.copy,
        }
    }

    /// What of a text field matches, where that may be shown.
    fn highlights(&self, document: &Permitted, name: &str, clause: &Clause) -> Vec<(usize, usize)> {
        let field = self
            .schema
            .text_fields()
            .find(|(field, _)| field.name == name);
        let (Some((_, field)), Some(text)) = (field, document.passages_of(name)) else {
            return Vec::new();
        };
        let analyzer = self.analyzers.pick(field.analyzer, document.language());
        Wanted::of(clause, name).highlights(&text, &analyzer.analyze(&text))
    }

    fn snippets(&self, document: &Permitted, clause: &Clause) -> Vec<Snippet> {
        let mut snippets = Vec::new();
        for (field, text_field) in self.schema.text_fields().filter(|(_, text)| text.snippets) {
            let Some(text) = document.passages_of(&field.name) else {
                continue;
            };
            let tokens = self
                .analyzers
                .pick(text_field.analyzer, document.language())
                .analyze(&text);
            let wanted = Wanted::of(clause, &field.name);
            snippets.extend(crate::search::snippets(
                &field.name,
                &text,
                &tokens,
                &wanted,
            ));
        }
        snippets.truncate(SNIPPETS);
        snippets
    }

    /// Counts of a facet as JSON, with its label; values that nothing else names are named by the
    /// gazetteers.
    pub(super) fn facet(&self, name: &str, mut counts: FacetCounts, language: &str) -> Value {
        let Some(field) = self.schema.field(name) else {
            return json!(counts);
        };
        for value in &mut counts.values {
            complete_name(field, value);
        }
        json!(Facet {
            label: field.label(language).to_owned(),
            counts,
        })
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

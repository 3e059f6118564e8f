//! From what an engine answers to what is shown.

use serde_json::{Value, json};

use super::{Archive, Ask};
use crate::rights::Permitted;
use crate::schema::{Field, FieldKind};
use crate::search::{Clause, EngineHit, FacetCount, FacetCounts, Hit, Located, Snippet, Wanted};

/// Most snippets of a hit.
const SNIPPETS: usize = 3;

impl Archive {
    /// A hit as it is shown: passages with the words found, mentions without their evidence.
    pub(super) fn hit(&self, hit: EngineHit<Permitted>, wanted: &[Wanted]) -> Hit {
        let snippets = self.snippets(&hit.document, wanted, &hit.located);
        let document = hit.document.into_document();
        Hit {
            score: hit.score,
            explanation: None,
            agencies: (document.agencies.iter())
                .map(|agency| {
                    json!({
                        "id": agency.id,
                        "kind": agency.kind,
                        "name": agency.name,
                        "role": agency.role,
                        "scope": agency.scope,
                    })
                })
                .collect(),
            countries: (document.countries.iter())
                .map(|country| json!({ "id": country.id, "name": country.name, "role": country.role }))
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
            publisher: document.publisher,
            url: document.url,
            source_path: document.source_path,
            access: document.access,
            snippets,
            copy: hit.copy,
        }
    }

    /// What is wanted in each field that snippets are cut from; nothing if there are to be none.
    pub(super) fn wanted(&self, ask: &Ask, clause: &Clause) -> Vec<Wanted> {
        let fields = self
            .schema
            .text_fields()
            .filter(|(_, text)| ask.snippets && text.snippets);
        fields
            .map(|(field, _)| Wanted::of(clause, &field.name))
            .collect()
    }

    fn snippets(
        &self,
        document: &Permitted,
        wanted: &[Wanted],
        located: &[Located],
    ) -> Vec<Snippet> {
        let mut snippets = Vec::new();
        for (place, wanted) in wanted.iter().enumerate() {
            let field = &wanted.locate().field;
            let kind = self.schema.field(field).map(|field| &field.kind);
            let (Some(FieldKind::Text(kind)), Some(text)) = (kind, document.passages_of(field))
            else {
                continue;
            };
            let analyzer = self.analyzers.pick(kind.analyzer, document.language());
            let located = located.get(place);
            snippets.extend(crate::search::snippets(&text, wanted, *analyzer, located));
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
        let mut object = json!({ "label": field.label(language) });
        if let (Value::Object(object), Value::Object(counts)) = (&mut object, json!(counts)) {
            object.extend(counts);
        }
        object
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

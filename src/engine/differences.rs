//! In what two schemas differ, as far as an index is concerned.

use crate::schema::{Field, FieldKind, Schema};

/// What differs in what is on disk. Labels, boosts and the choice of fields for snippets are no
/// matter: they belong to the answer, not to the index.
pub(super) fn differences(built: &Schema, now: &Schema) -> Vec<String> {
    let mut differences = Vec::new();
    for field in built.fields() {
        match now.field(&field.name) {
            None => differences.push(format!("field \"{}\" is gone", field.name)),
            Some(other) if stored(field) != stored(other) => {
                differences.push(format!("field \"{}\" is another one", field.name));
            }
            Some(_) => {}
        }
    }
    for field in now.fields() {
        if built.field(&field.name).is_none() {
            differences.push(format!("field \"{}\" is new", field.name));
        }
    }
    if differences.is_empty() {
        let names = |schema: &Schema| -> Vec<String> {
            schema
                .fields()
                .iter()
                .map(|field| field.name.clone())
                .collect()
        };
        if names(built) != names(now) {
            differences.push("the fields are in another order".to_owned());
        }
    }
    differences
}

/// What of a field is on disk.
fn stored(field: &Field) -> String {
    match &field.kind {
        FieldKind::Text(text) => format!("text {:?}", text.analyzer),
        FieldKind::Keyword(keyword) => {
            let mut keyword = keyword.clone();
            keyword.values.clear();
            keyword.facet = false;
            format!("{keyword:?}")
        }
        FieldKind::Date { .. } => "date".to_owned(),
    }
}

//! The formula of scores, as scripts of the cluster.
//!
//! The script does in the same order and with the same precision what the embedded engine does, so
//! that scores are the same but for the last bits where many things are added up.

use serde_json::{Map, Value, json};

use super::Queries;
use crate::engine::distributed::template::length_of;

impl Queries<'_> {
    /// Scores documents by the frequency that `frequency` gives as its score:
    /// `weight × idf × (k1 + 1) × frequency ∕ (frequency + norm)`.
    pub(super) fn saturated(
        &self,
        frequency: Value,
        fields: &[(String, f32)],
        idf: f32,
        weight: f32,
    ) -> Value {
        let mut source = String::from(
            "float f = (float)_score; float k = (float)params.k; float b = (float)params.b; \
             float a = (float)params.a; float n = 0f;",
        );
        let mut params = Map::new();
        let mut put = |name: &str, value: f32| params.insert(name.to_owned(), json!(value));
        let (k1, b) = (self.scoring.k1, self.scoring.b);
        put("k", k1);
        put("b", b);
        put("a", self.average_length(fields));
        put("i", idf);
        put("w", weight);
        for (at, (name, weight)) in fields.iter().enumerate() {
            // What does not depend on the length comes in with the first field.
            put(&format!("c{at}"), if at == 0 { 1.0 - b } else { 0.0 });
            put(&format!("s{at}"), *weight);
            let length = length_of(name);
            source.push_str(&format!(
                " n += k * ((float)params.c{at} + b * ((float)params.s{at} * (float)doc['{length}'].value) / a);"
            ));
        }
        source.push_str(" return (float)params.w * ((float)params.i * (1f + k) * (f / (f + n)));");
        json!({"script_score": {"query": frequency, "script": {"source": source, "params": params}}})
    }

    /// What the script weighs the frequencies in a document against that has these lengths.
    pub(in crate::engine::distributed) fn norm(
        &self,
        fields: &[(String, f32)],
        length: impl Fn(&str) -> f32,
    ) -> f32 {
        let (k1, b) = (self.scoring.k1, self.scoring.b);
        let average = self.average_length(fields);
        let each = fields.iter().map(|(name, weight)| weight * length(name));
        k1 * (1.0 - b + b * each.sum::<f32>() / average)
    }

    /// The length of all documents in words, each field times its weight, by document.
    fn average_length(&self, fields: &[(String, f32)]) -> f32 {
        let words = |name: &str| {
            let mut texts = self.schema.text_fields().map(|(field, _)| &field.name);
            let place = texts.position(|text| text == name);
            place
                .and_then(|place| self.snapshot.words.get(place))
                .copied()
        };
        let sum: f32 = (fields.iter())
            .map(|(name, weight)| weight * words(name).unwrap_or(0) as f32)
            .sum();
        sum / self.snapshot.documents as f32
    }
}

/// How often intervals are there, times `weight`: what the cluster scores them with, `n ∕ (n + 1)`,
/// undone.
pub(super) fn counted(intervals: Value, weight: f32) -> Value {
    let source = "double s = _score; return (float)params.w * (float)Math.round(s / (1.0 - s));";
    json!({"script_score": {
        "query": intervals,
        "script": {"source": source, "params": {"w": weight}},
    }})
}

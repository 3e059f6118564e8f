//! What became of the query: remarks, corrections, what else was searched for.

use crate::portal::Address;
use crate::portal::texts::Texts;
use crate::schema::Schema;
use crate::search::QueryEcho;

/// What became of the query.
#[derive(Debug, Clone)]
pub(super) struct Remarks<'a> {
    /// Remarks, with the stable code of each.
    pub(super) remarks: Vec<(&'static str, String)>,
    /// What may have been meant.
    pub(super) corrections: Vec<CorrectionView<'a>>,
    /// What was searched for beside the words.
    pub(super) also_searched: Vec<String>,
}

/// What may have been meant.
#[derive(Debug, Clone)]
pub(super) struct CorrectionView<'a> {
    pub(super) query: &'a str,
    pub(super) href: String,
    /// Number of hits, in words.
    pub(super) hits: String,
}

impl<'a> Remarks<'a> {
    /// Whether nothing is to be remarked.
    pub(super) fn is_empty(&self) -> bool {
        self.remarks.is_empty() && self.corrections.is_empty()
    }

    pub(super) fn new(
        t: &'static Texts,
        query: &'a QueryEcho,
        total_hits: u64,
        schema: &Schema,
        state: &Address,
    ) -> Remarks<'a> {
        let fields: Vec<&str> = schema
            .fields()
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        let fields = fields.join(", ");
        // Where nothing is found, nothing is shown instead.
        let told =
            (query.notices.iter()).filter(|notice| total_hits > 0 || notice.code != "relaxed");
        let remarks = told.map(|notice| {
            let part = notice
                .span
                .and_then(|(start, end)| query.text.get(start..end));
            let text = match t.search.remarks.get(notice.code) {
                Some(text) => {
                    text.with(&[("part", &part.unwrap_or(&query.text)), ("fields", &fields)])
                }
                None => notice.message.clone(),
            };
            (notice.code, text)
        });
        let corrections = query.did_you_mean.iter().map(|correction| CorrectionView {
            query: &correction.text,
            href: state.with("q", &correction.text).search(),
            hits: t.counted(&t.search.hits, correction.total_hits),
        });
        let also_searched = query.also_searched.iter().map(|also| {
            let forms: Vec<&str> = also.forms.iter().map(|form| form.text.as_str()).collect();
            let forms = forms.join(", ");
            (t.search.also_searched).with(&[("word", &also.word), ("forms", &forms)])
        });
        Remarks {
            remarks: remarks.collect(),
            corrections: corrections.collect(),
            also_searched: also_searched.collect(),
        }
    }
}

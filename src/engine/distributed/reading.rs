//! Documents as the cluster keeps them.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::snapshot::{Snapshot, hits, unreadable};
use super::template::{DOCUMENT, FINGERPRINT, ID};
use crate::document::Document;
use crate::engine::Result;

/// Documents that are read at once.
const PAGE: usize = 500;

/// The stored document of a hit.
pub(super) fn document_of(hit: &Value) -> Result<Document> {
    let text = hit["_source"][DOCUMENT].as_str().unwrap_or_default();
    serde_json::from_str(text).map_err(|error| unreadable(&error.to_string()))
}

/// The document with that id.
pub(super) fn document(snapshot: &Snapshot, id: &str) -> Result<Option<Document>> {
    if snapshot.documents == 0 {
        return Ok(None);
    }
    let answer = snapshot.search(json!({
        "size": 1, "track_total_hits": false, "_source": [DOCUMENT],
        "query": {"bool": {"filter": [{"term": {ID: id}}]}},
    }))?;
    hits(&answer).first().map(document_of).transpose()
}

/// Calls `visit` with every document.
pub(super) fn each_document(snapshot: &Snapshot, visit: &mut dyn FnMut(Document)) -> Result<()> {
    let mut after: Option<Value> = None;
    loop {
        let mut body = json!({
            "size": PAGE, "sort": [{ID: "asc"}], "track_total_hits": false,
            "_source": [DOCUMENT],
        });
        if let Some(after) = after.take() {
            body["search_after"] = after;
        }
        let answer = snapshot.search(body)?;
        for hit in hits(&answer) {
            visit(document_of(hit)?);
            after = Some(hit["sort"].clone());
        }
        if hits(&answer).len() < PAGE {
            return Ok(());
        }
    }
}

/// The fingerprints of the documents with these ids.
pub(super) fn fingerprints(snapshot: &Snapshot, ids: &[&str]) -> Result<Vec<Option<u64>>> {
    let mut known: HashMap<String, u64> = HashMap::new();
    let pages = ids.chunks(PAGE).filter(|_| snapshot.documents > 0);
    for page in pages {
        let answer = snapshot.search(json!({
            "size": page.len(), "track_total_hits": false, "_source": false,
            "query": {"bool": {"filter": [{"terms": {ID: page}}]}},
            "docvalue_fields": [ID, FINGERPRINT],
        }))?;
        for hit in hits(&answer) {
            let text = |field: &str| hit["fields"][field][0].as_str();
            let (Some(id), Some(fingerprint)) = (text(ID), text(FINGERPRINT)) else {
                continue;
            };
            if let Ok(fingerprint) = u64::from_str_radix(fingerprint, 16) {
                known.insert(id.to_owned(), fingerprint);
            }
        }
    }
    Ok(ids.iter().map(|id| known.get(*id).copied()).collect())
}

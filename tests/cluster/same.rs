//! What makes two answers the same.

use std::collections::BTreeMap;

use fundstelle::search::{EngineResponse, Explanation};
use serde_json::Value;

/// Scores may differ by so much of their size: sums of many addends in another order.
const ROUNDING: f32 = 1e-5;

fn is_close(a: f32, b: f32) -> bool {
    (a - b).abs() <= ROUNDING * a.abs().max(b.abs())
}

/// Checks that hits with scores are the same, and in the same order but for rounding.
pub fn check_order(one: &[(String, f32)], other: &[(String, f32)], what: &str) {
    assert_eq!(one.len(), other.len(), "{what}");
    let scores: BTreeMap<&str, f32> = one.iter().map(|(id, score)| (&**id, *score)).collect();
    for (at, ((id, score), (other_id, other_score))) in one.iter().zip(other).enumerate() {
        assert!(
            is_close(*score, *other_score),
            "hit {at} has the score {score} or {other_score} ({id}, {other_id}): {what}"
        );
        if id == other_id {
            continue;
        }
        // Another hit is here: then it has nearly this score in both, or is cut off at the end.
        let there = scores.get(&**other_id).copied();
        let last = one.last().map_or(0.0, |(_, score)| *score);
        assert!(
            is_close(there.unwrap_or(last), *score),
            "hit {at} is {id} ({score}) or {other_id} ({there:?}): {what}"
        );
    }
}

/// Checks that two answers of engines are the same; how often the order alone differed by rounding
/// is for the reader of the report.
pub fn check(embedded: &EngineResponse, cluster: &EngineResponse, what: &str) {
    assert_eq!(embedded.total_hits, cluster.total_hits, "{what}");
    let hits = |answer: &EngineResponse| -> Vec<(String, f32)> {
        let hits = answer.hits.iter();
        hits.map(|hit| (hit.document.id.clone(), hit.score))
            .collect()
    };
    check_order(&hits(embedded), &hits(cluster), what);
    let copies = |answer: &EngineResponse| {
        let hits = answer.hits.iter();
        hits.map(|hit| (hit.document.id.clone(), hit.copy.clone()))
            .collect::<BTreeMap<_, _>>()
    };
    if embedded.next.is_none() {
        assert_eq!(copies(embedded), copies(cluster), "{what}");
    }
    assert_eq!(embedded.total_copies, cluster.total_copies, "{what}");
    assert_eq!(embedded.facets, cluster.facets, "{what}");
    assert_eq!(embedded.histogram, cluster.histogram, "{what}");
}

/// Checks that two explanations of a score are the same but for rounding.
pub fn check_explanations(embedded: &Explanation, cluster: &Explanation, what: &str) {
    let [embedded, cluster] = [embedded, cluster].map(|it| serde_json::to_value(it).unwrap());
    assert!(
        is_nearly(&embedded, &cluster),
        "{embedded:#} or {cluster:#}: {what}"
    );
}

fn is_nearly(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let [one, other] = [one, other].map(|it| it.as_f64().unwrap() as f32);
            is_close(one, other)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| is_nearly(a, b))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && (one.iter().zip(other)).all(|((a, x), (b, y))| a == b && is_nearly(x, y))
        }
        _ => one == other,
    }
}

//! Filters as widgets and people write them.

use serde_json::json;

use super::*;

fn schema() -> Schema {
    Schema::parse(include_str!("../../../../schema.json"), "schema.json").unwrap()
}

fn condition(filter: Value) -> Condition {
    read(&filter, &schema()).unwrap().unwrap()
}

fn one(filter: &str) -> Condition {
    match condition(json!(filter)) {
        Condition::All(mut all) if all.len() == 1 => all.remove(0),
        other => panic!("{other:?}"),
    }
}

fn refusal(filter: Value) -> String {
    read(&filter, &schema()).unwrap_err().message().to_owned()
}

fn named(facet: &str, value: &str) -> Condition {
    Condition::Is {
        facet: facet.to_owned(),
        value: value.to_owned(),
    }
}

#[test]
fn what_widgets_write_is_understood() {
    assert_eq!(
        condition(json!([
            "\"agency\"=\"dpa\"",
            ["\"country\"=\"RU\"", "\"country\"=\"-US\""]
        ])),
        Condition::All(vec![
            named("agency", "dpa"),
            Condition::Any(vec![named("country", "RU"), not(named("country", "US"))]),
        ])
    );
    assert_eq!(
        one(r#""publisher"="\\-X \"Y\"""#),
        named("publisher", "-X \"Y\"")
    );
    assert_eq!(
        one("\"agency.lvl1\"=\"Nachrichtenagenturen > dpa\""),
        named("agency", "dpa")
    );
    let range = |from, to| {
        Condition::Within(DateRange {
            from: PartialDate::year(from),
            to: PartialDate::year(to),
        })
    };
    assert_eq!(one("\"date.year\">=2024"), range(2024, 0));
    assert_eq!(
        one("\"date.year\" 2024 TO 2025"),
        Condition::All(vec![range(2024, 0), range(0, 2025)])
    );
    assert_eq!(read(&Value::Null, &schema()).unwrap(), None);
    assert_eq!(read(&json!(["", []]), &schema()).unwrap(), None);
}

#[test]
fn operators_bind_as_in_meilisearch() {
    let (a, b, c) = (
        named("agency", "a"),
        named("agency", "b"),
        named("agency", "c"),
    );
    assert_eq!(
        one("agency = a OR agency = b AND NOT agency = c"),
        Condition::Any(vec![
            a.clone(),
            Condition::All(vec![b.clone(), not(c.clone())])
        ])
    );
    assert_eq!(
        one("(agency = a OR agency='b') AND agency != c"),
        Condition::All(vec![
            Condition::Any(vec![a.clone(), b.clone()]),
            not(c.clone())
        ])
    );
    assert_eq!(one("agency IN [a, \"b\",]"), Condition::Any(vec![a, b]));
    assert_eq!(one("agency NOT IN [c]"), not(Condition::Any(vec![c])));
    let missing = named("agency", MISSING);
    assert_eq!(one("agency NOT EXISTS"), missing);
    assert_eq!(one("agency IS NOT NULL"), not(missing));
}

#[test]
fn numbers_out_of_all_years_are_no_trouble() {
    let nothing = Condition::Any(Vec::new());
    assert_eq!(one("date.year > 99999999999"), nothing);
    assert_eq!(one("date.year < -3"), nothing);
    assert_ne!(one("date.year >= -3"), nothing);
    assert_ne!(one("date.year <= 1e300"), nothing);
}

#[test]
fn what_is_no_filter_is_refused_with_its_place() {
    for (filter, part) in [
        (json!("agency"), "near \"agency\" (byte 6)"),
        (json!("agency ="), "a value is expected"),
        (
            json!("agency = dpa country = RU"),
            "AND, OR or the end is expected",
        ),
        (json!("colour = red"), "there is no facet \"colour\""),
        (json!("agency = \"dpa"), "the end of the quotes"),
        (json!("agency > 3"), "only dates are compared"),
        (json!("date.year > x"), "\"x\" is no number"),
        (json!("date > 2024"), "compared with >= and <="),
        (json!("(agency = dpa"), ") is expected"),
        (json!("agency IN dpa"), "[ is expected"),
        (json!("agency ! dpa"), "is expected"),
        (json!("_geoRadius(1, 2, 3)"), "no place on a map"),
        (json!([[["agency = dpa"]]]), "a filter is a text"),
        (json!({"a": 1}), "a filter is a text"),
        (json!("(".repeat(50_000)), "nested more than 32 deep"),
        (json!(vec!["agency = dpa"; 1_001]), "more than 1000 tests"),
        (
            json!(format!("agency IN [{}]", "a,".repeat(2_000))),
            "at most 1000 values",
        ),
    ] {
        let refusal = refusal(filter.clone());
        assert!(refusal.contains(part), "{filter:.60}: {refusal}");
    }
    let nots = "NOT ".repeat(10_000);
    assert_eq!(one(&format!("{nots}agency = a")), named("agency", "a"));
}

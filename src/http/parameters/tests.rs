use serde_json::{Value, json};

use super::*;
use crate::archive::Filter;
use crate::search::Sort;

fn schema() -> Schema {
    Schema::parse(include_str!("../../../schema.json"), "schema.json").unwrap()
}

fn address(query: &str) -> Result<SearchParameters, Problem> {
    Reader::new(&schema(), Use::Search).address(query)
}

fn body(body: Value) -> Result<SearchParameters, Problem> {
    Reader::new(&schema(), Use::Search).body(&body)
}

fn refusal(read: Result<SearchParameters, Problem>) -> String {
    read.err().expect("refused").detail().to_owned()
}

#[test]
fn addresses_and_bodies_ask_the_same() {
    let by_address = address(
        "q=Kursk&agency=kr-nis&agency=-kcna&country=-US&copy=7&from=2025-01&sort=newest&limit=3\
         &all&facets=agency,country&facet_limit=5&contains=korea&collapse=true&snippets=0&lang=en",
    );
    let by_body = body(json!({
        "q": "Kursk", "filters": {"agency": ["kr-nis", "-kcna"],
        "country": {"exclude": ["US"]}, "copy": ["7"]}, "from": "2025-01", "sort": "newest",
        "limit": 3, "all": true, "facets": ["agency", "country"], "facet_limit": 5.0,
        "contains": "korea", "collapse": true, "snippets": false, "lang": "en", "to": null,
    }));
    let (by_address, by_body) = (by_address.unwrap(), by_body.unwrap());
    assert_eq!(by_address.ask, by_body.ask);
    assert_eq!(by_body.ask.sort, Sort::Newest);
    assert_eq!(by_body.ask.between, Between::All);
    assert_eq!(by_body.ask.filters.len(), 4);
}

#[test]
fn the_long_form_names_values_that_begin_with_a_minus() {
    let read = body(json!({"filters": {"agency": {"include": ["-x"], "exclude": ["-y"]}}}));
    let filter = |value: &str, exclude| Filter {
        facet: "agency".into(),
        value: value.into(),
        exclude,
    };
    let filters = read.unwrap().ask.filters;
    assert_eq!(filters, [filter("-x", false), filter("-y", true)]);
}

#[test]
fn what_a_form_leaves_empty_is_not_asked() {
    let read = address("q=&from=&to=&sort=&cursor=&agency=&contains=&lang=").unwrap();
    assert_eq!(read.ask, Ask::default());
    assert_eq!(
        body(json!({"q": "", "filters": {"agency": []}}))
            .unwrap()
            .ask,
        Ask::default()
    );
}

#[test]
fn names_that_mean_nothing_are_refused_with_the_nearest_that_does() {
    for (read, near) in [
        (address("agncy=dpa"), "did you mean \"agency\"?"),
        (address("sorting=newest"), "known are: q, all"),
        (body(json!({"lmit": 3})), "did you mean \"limit\"?"),
        (
            body(json!({"agency": ["dpa"]})),
            "facets stand under filters",
        ),
        (
            body(json!({"filters": {"country ": ["US"]}})),
            "did you mean \"country\"?",
        ),
        (
            body(json!({"filters": {"agency": {"only": []}}})),
            "known are: include, exclude",
        ),
    ] {
        let detail = refusal(read);
        assert!(detail.contains(near), "{detail}");
    }
}

#[test]
fn values_that_cannot_be_are_refused_with_what_can() {
    for (read, part) in [
        (
            address("limit=-1"),
            "limit is \"-1\", write a number from 0",
        ),
        (address("all=ja"), "all is \"ja\", write true or false"),
        (
            address("sort=best"),
            "write relevance, newest, oldest or added",
        ),
        (address("from=gestern"), "from: \"gestern\" is no date"),
        (
            body(json!({"limit": "3"})),
            "limit is \"3\", write a number from 0",
        ),
        (body(json!({"limit": 2.5})), "limit is 2.5"),
        (body(json!({"limit": 1e300})), "write a number from 0"),
        (body(json!({"q": ["Kursk"]})), "write a text"),
        (
            body(json!({"facets": ["agency", 1]})),
            "write a list of texts",
        ),
        (
            body(json!({"filters": {"agency": "dpa"}})),
            "filters.agency is \"dpa\", write a list",
        ),
        (
            body(json!({"filters": {"agency": ["dpa", 3]}})),
            "filters.agency[1] is 3",
        ),
        (body(json!(["Kursk"])), "write an object"),
        (
            body(json!({"all": true, "any": true})),
            "exclude each other",
        ),
    ] {
        let detail = refusal(read);
        assert!(detail.contains(part), "{detail}");
    }
    let long = refusal(body(json!({ "limit": "x".repeat(5000) })));
    assert!(long.len() < 200, "{long}");
}

#[test]
fn a_request_has_a_bounded_number_of_values() {
    let query = vec!["agency=dpa"; MAX_VALUES + 1].join("&");
    assert!(refusal(address(&query)).contains("at most 500"));
    let values = vec!["dpa"; MAX_VALUES + 1];
    let detail = refusal(body(json!({"filters": {"agency": values}})));
    assert!(detail.contains("at most 500"));
}

#[test]
fn the_defaults_of_the_table_are_what_a_request_without_parameters_asks() {
    for wanted in [Use::Search, Use::Export, Use::Feed] {
        for parameter in parameters_of(wanted).filter(|parameter| !parameter.default.is_empty()) {
            let mut read = SearchParameters::default();
            let default = serde_json::from_str(parameter.default).unwrap();
            let taken = parameter
                .kind
                .take_json(&mut read, parameter.name, &default);
            assert!(taken.is_ok(), "{}", parameter.name);
            let read = read.complete().ok().unwrap();
            assert_eq!(read.ask, Ask::default(), "{}", parameter.name);
        }
    }
}

#[test]
fn the_examples_of_the_table_are_values() {
    for parameter in TABLE {
        let mut read = SearchParameters::default();
        let taken = (parameter.kind).take_text(&mut read, parameter.name, parameter.example);
        assert!(taken.is_ok(), "{}", parameter.name);
        assert!(!parameter.meaning.is_empty(), "{}", parameter.name);
    }
}

#[test]
fn a_use_has_each_parameter_once() {
    for wanted in [Use::Search, Use::Export, Use::Feed] {
        let mut names: Vec<&str> = parameters_of(wanted)
            .map(|parameter| parameter.name)
            .collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}

use super::*;

#[test]
fn every_reference_of_the_description_leads_somewhere() {
    let schema = Schema::parse(include_str!("../../../schema.json"), "schema.json").unwrap();
    let description = description(&schema);
    let text = description.to_string();
    let mut references: Vec<&str> = (text.split("\"#/components/schemas/").skip(1))
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    references.sort_unstable();
    references.dedup();
    assert!(references.len() > 20, "{references:?}");
    for name in references {
        assert!(
            description["components"]["schemas"][name].is_object(),
            "{name}"
        );
    }
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    let mut names: Vec<&str> = (crate::http::endpoints::endpoints().iter())
        .flat_map(|endpoint| endpoint.operations.iter().map(|operation| operation.id))
        .collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}

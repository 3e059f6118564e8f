//! Links from a value of an article to all articles that have it.

use crate::archive::query_of_value;
use crate::document::PartialDate;
use crate::portal::Address;
use crate::schema::{Field, FieldKind, KeywordField, Schema};

/// The search for a value of a field of articles, in this role and scope if it has such; `None` if
/// the schema has no field to search in. `clear` is the address of a search for everything.
pub(super) fn search(
    schema: &Schema,
    clear: &Address,
    source: &str,
    (role, scope): (Option<&str>, Option<&str>),
    value: &str,
) -> Option<String> {
    let admits = |list: &[String], one: Option<&str>| {
        list.is_empty() || one.is_some_and(|one| list.iter().any(|it| it == one))
    };
    let fits = |keyword: &KeywordField| {
        keyword.source == source && admits(&keyword.roles, role) && admits(&keyword.scopes, scope)
    };
    // A field that asks for fewer roles says more exactly what is meant.
    let exactness = |keyword: &KeywordField| match keyword.roles.len() {
        0 => usize::MAX,
        roles => roles,
    };
    let keywords = schema
        .fields()
        .iter()
        .filter_map(|field| match &field.kind {
            FieldKind::Keyword(keyword) if fits(keyword) => Some((field, exactness(keyword))),
            _ => None,
        });
    let (field, _) = keywords.min_by_key(|(_, exactness)| *exactness)?;
    Some(of_value(field, clear, value))
}

/// The search for a value of a field of the schema.
pub(in crate::portal) fn of_value(field: &Field, clear: &Address, value: &str) -> String {
    match field.is_facet() {
        true => clear.selecting(&field.name, value).search(),
        false => (clear.with("q", &query_of_value(&field.name, value))).search(),
    }
}

/// The search for everything of a period.
pub(super) fn period(clear: &Address, date: PartialDate) -> String {
    let period = date.without_time().to_string();
    clear.within(&period, &period).search()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_that_says_it_most_exactly_is_searched() {
        let schema = include_str!("../../../schema.json");
        let schema = Schema::parse(schema, "schema.json").unwrap();
        let link = |source, role, scope, value| {
            search(&schema, &Address::default(), source, (role, scope), value)
        };
        let agency = |role, scope| link("agencies", Some(role), Some(scope), "kr-nis").unwrap();
        assert_eq!(agency("cited", "text"), "/?q=cites%3Akr-nis");
        assert_eq!(agency("credited", "photo"), "/?q=photo%3Akr-nis");
        assert_eq!(agency("credited", "text"), "/?q=credits%3Akr-nis");
        assert_eq!(
            link("countries", Some("about"), None, "KP").unwrap(),
            "/?country=KP"
        );
        assert_eq!(
            link("publisher", None, None, "Blatt \"A\"").unwrap(),
            "/?publisher=Blatt+%22A%22"
        );
        assert_eq!(
            link("language", None, None, "de").unwrap(),
            "/?q=language%3Ade"
        );
        assert_eq!(link("colour", None, None, "blau"), None);
    }

    #[test]
    fn a_period_is_as_long_as_it_is_known() {
        let link = |date: &str| period(&Address::default(), date.parse().unwrap());
        assert_eq!(link("2025-04"), "/?from=2025-04&to=2025-04");
        assert_eq!(link("2025-04-28T08:45"), "/?from=2025-04-28&to=2025-04-28");
    }
}

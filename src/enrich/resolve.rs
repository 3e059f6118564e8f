//! What does a person mean who writes "Reuters" or "südkoreanischer Geheimdienst"?
//!
//! Filters, queries and stated values name things freely; the gazetteers know their ids.

use super::{agency, country, publishers};
use crate::document::Node;

/// The value of `field` that `text` names: an id, name, alias or abbreviation in any case. `None`
/// if the field has no gazetteer or the gazetteer does not know the text.
pub fn resolve(field: &str, text: &str) -> Option<Node> {
    let (id, name) = match field {
        "agencies" => agency::resolve(text).map(|(id, _, name)| (id, name))?,
        "countries" => country::resolve(text)?,
        "publisher" => publishers::resolve(text)?,
        _ => return None,
    };
    Some(Node { id, name })
}

/// The names by which people may look for the value `id` of `field`, beside the one that is shown:
/// aliases, abbreviations, descriptions, capitals. Empty if the field has no gazetteer or the
/// gazetteer does not know the id.
pub fn aliases(field: &str, id: &str) -> Vec<&'static str> {
    match field {
        "agencies" => agency::aliases(id),
        "countries" => country::aliases(id),
        "publisher" => publishers::aliases(id),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(field: &str, text: &str) -> Option<String> {
        resolve(field, text).map(|node| node.id)
    }

    #[test]
    fn names_abbreviations_and_ids_are_known_in_any_case() {
        assert_eq!(id("agencies", "REUTERS").as_deref(), Some("reuters"));
        assert_eq!(
            id("agencies", "südkoreanischer Geheimdienst").as_deref(),
            Some("kr-nis")
        );
        assert_eq!(id("agencies", "kr-NIS").as_deref(), Some("kr-nis"));
        assert_eq!(
            id("agencies", "britischer Geheimdienst").as_deref(),
            Some("gb-generic")
        );
        assert_eq!(id("agencies", "GB-generic").as_deref(), Some("gb-generic"));
        assert_eq!(id("countries", "kp").as_deref(), Some("KP"));
        assert_eq!(id("countries", "nordkorea").as_deref(), Some("KP"));
        assert_eq!(id("publisher", "ntv.de").as_deref(), Some("n-tv"));
    }

    #[test]
    fn values_have_the_names_that_people_look_for() {
        for (field, id, alias) in [
            ("agencies", "kr-nis", "südkoreanischer Geheimdienst"),
            ("countries", "KP", "Pjöngjang"),
            ("publisher", "n-tv", "ntv"),
        ] {
            assert!(aliases(field, id).contains(&alias), "{field} {id}");
        }
        assert!(aliases("countries", "Atlantis").is_empty());
        assert!(aliases("section", "Politik").is_empty());
    }

    #[test]
    fn unknown_texts_and_fields_are_nothing() {
        assert_eq!(resolve("agencies", "Kegelverein"), None);
        assert_eq!(resolve("section", "Politik"), None);
    }
}

//! Counts of several facets, by name.

use serde::ser::{Serialize, Serializer};

use super::Facet;

/// Counts of facets in the order in which they are shown; as JSON, an object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets(Vec<(String, Facet)>);

impl Facets {
    /// The counts of the facet with that name.
    pub fn get(&self, name: &str) -> Option<&Facet> {
        let known = self.0.iter().find(|(known, _)| known == name);
        known.map(|(_, facet)| facet)
    }

    /// All facets with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Facet)> {
        self.0.iter().map(|(name, facet)| (name.as_str(), facet))
    }

    /// Takes out the counts of the facet with that name.
    pub fn remove(&mut self, name: &str) -> Option<Facet> {
        let place = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(place).1)
    }
}

impl FromIterator<(String, Facet)> for Facets {
    fn from_iter<I: IntoIterator<Item = (String, Facet)>>(facets: I) -> Facets {
        Facets(facets.into_iter().collect())
    }
}

impl Serialize for Facets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_are_an_object_in_their_order() {
        let named = |name: &str| (name.to_owned(), Facet::default());
        let mut facets: Facets = ["publisher", "date", "agency"]
            .map(named)
            .into_iter()
            .collect();
        let json = serde_json::to_value(&facets).unwrap();
        let names: Vec<&String> = json.as_object().unwrap().keys().collect();
        assert_eq!(names, ["publisher", "date", "agency"]);
        assert!(facets.remove("date").is_some() && facets.get("date").is_none());
        assert_eq!(facets.iter().count(), 2);
    }
}

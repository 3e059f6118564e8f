//! The publishers that are known, with their other names and their domains.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::document::Publisher;

/// A row of `gazetteers/publishers.csv`.
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    id: String,
    name: String,
    aliases: String,
    domains: String,
    kind: String,
}

/// The table, to be looked up by name or domain.
pub(super) struct Table {
    rows: Vec<Row>,
    by_name: FxHashMap<String, usize>,
    by_domain: FxHashMap<String, usize>,
}

/// The table of this program.
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!("gazetteers/publishers.csv");
    Table::read(text).unwrap_or_else(|error| unreachable!("publishers.csv: {error}"))
});

/// Id and name of the publisher that `text` names: by id, name, alias or domain.
pub(super) fn resolve(text: &str) -> Option<(String, String)> {
    let publisher = TABLE.find(text)?.publisher();
    Some((publisher.id, publisher.name))
}

/// Other names of the publisher with that id.
pub(super) fn aliases(id: &str) -> Vec<&'static str> {
    let row = TABLE.rows.iter().find(|row| row.id == id);
    let aliases = row.into_iter().flat_map(|row| row.aliases.split(';'));
    aliases.filter(|alias| !alias.is_empty()).collect()
}

impl Row {
    /// The publisher as documents name it.
    pub(super) fn publisher(&self) -> Publisher {
        Publisher {
            id: self.id.clone(),
            name: self.name.clone(),
        }
    }

    /// Whether it is a news agency, whose name in a credit does not make it the publisher.
    pub(super) fn is_agency(&self) -> bool {
        self.kind == "agency"
    }
}

impl Table {
    fn read(text: &str) -> Result<Table, csv::Error> {
        let rows: Result<Vec<Row>, _> = csv::Reader::from_reader(text.as_bytes())
            .deserialize()
            .collect();
        let mut table = Table {
            rows: rows?,
            by_name: FxHashMap::default(),
            by_domain: FxHashMap::default(),
        };
        for (index, row) in table.rows.iter().enumerate() {
            let names = [row.name.as_str(), row.id.as_str()]
                .into_iter()
                .chain(row.aliases.split(';'));
            for name in names.map(normal).filter(|name| !name.is_empty()) {
                table.by_name.entry(name).or_insert(index);
            }
            // `Blatt (BL)` is also known as `Blatt`.
            if let Some((name, _)) = row.name.split_once(" (") {
                table.by_name.entry(normal(name)).or_insert(index);
            }
            for domain in row.domains.split(';').filter(|domain| !domain.is_empty()) {
                (table.by_domain.entry(domain.to_lowercase())).or_insert(index);
            }
        }
        Ok(table)
    }

    /// By name, alias, id or domain, without regard to case and punctuation.
    pub(super) fn find(&self, name: &str) -> Option<&Row> {
        if name.len() > 200 {
            return None;
        }
        let name = name.trim();
        let by_name = |name: &str| self.by_name.get(&normal(name));
        // `Blatt (BL)`, `Blatt - Musterverlag GmbH & Co. KG`, `Blatt | Nachrichten aus Musterstadt`
        let beginning = || {
            let (beginning, _) = [" (", " - ", " – ", " | ", ": "]
                .iter()
                .filter_map(|sign| name.split_once(sign))
                .min_by_key(|(beginning, _)| beginning.len())?;
            by_name(beginning)
        };
        let index = by_name(name)
            .or_else(|| self.domain_index(name))
            .or_else(beginning);
        index.map(|index| &self.rows[*index])
    }

    /// By domain or address: `www.taz.de`, `https://taz.de/Artikel`.
    pub(super) fn by_domain(&self, address: &str) -> Option<&Row> {
        self.domain_index(address).map(|index| &self.rows[*index])
    }

    fn domain_index(&self, address: &str) -> Option<&usize> {
        let address = address.split_once("://").map_or(address, |(_, rest)| rest);
        let host = address
            .split(['/', '?', '#', ':', ' '])
            .next()?
            .to_lowercase();
        let path = address
            .get(host.len()..)
            .unwrap_or("")
            .trim_start_matches('/');
        let section = path.split('/').next().unwrap_or("");
        let mut host = host.trim_start_matches("www.");
        if !host.contains('.') || host.len() > 200 {
            return None;
        }
        if let Some(index) = self.by_domain.get(&format!("{host}/{section}")) {
            return Some(index);
        }
        // www1.wdr.de, m.faz.net: the domain above is known.
        loop {
            if let Some(index) = self.by_domain.get(host) {
                return Some(index);
            }
            host = host.split_once('.')?.1;
            if !host.contains('.') {
                return None;
            }
        }
    }
}

/// Letters and digits alone, in lower case.
fn normal(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> Option<&str> {
        TABLE.find(name).map(|row| row.id.as_str())
    }

    #[test]
    fn publishers_are_found_by_name_alias_and_domain() {
        for name in [
            "n-tv",
            "ntv",
            "N-TV",
            "ntv.de",
            "www.n-tv.de",
            "https://www.n-tv.de/a?b",
        ] {
            assert_eq!(id(name), Some("n-tv"), "{name}");
        }
        assert_eq!(id("FAZ.NET"), id("faz.net"));
        assert_eq!(id("https://example.org/taz.de"), None);
        assert_eq!(id("SRF - Schweizer Radio und Fernsehen"), Some("srf"));
        assert_eq!(id("Westdeutsche Allgemeine Zeitung"), Some("waz"));
        assert_eq!(id("Unbekanntes Blatt"), None);
        assert_eq!(id(""), None);
    }

    #[test]
    fn ids_are_unique_and_of_plain_letters() {
        let mut ids: Vec<&str> = TABLE.rows.iter().map(|row| row.id.as_str()).collect();
        assert!(
            ids.iter()
                .all(|id| id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
        );
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}

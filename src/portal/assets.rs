//! Style sheet, scripts and pictures of the pages, put into the binary.
//!
//! Their addresses have a hash of all of them, so browsers may keep them for ever. Scripts are
//! modules that import each other by their names.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// The parts of the style sheet, in order. A new one is a line here.
const STYLES: &[&str] = &[
    include_str!("assets/base.css"),
    include_str!("assets/frame.css"),
    include_str!("assets/search.css"),
    include_str!("assets/facet.css"),
    include_str!("assets/timeline.css"),
    include_str!("assets/suggest.css"),
    include_str!("assets/article.css"),
    include_str!("assets/overview.css"),
    include_str!("assets/api.css"),
];

/// The scripts, by name. A new one is a line here.
const SCRIPTS: &[(&str, &str)] = &[
    ("navigate.js", include_str!("assets/navigate.js")),
    ("article.js", include_str!("assets/article.js")),
    ("suggest.js", include_str!("assets/suggest.js")),
    ("values.js", include_str!("assets/values.js")),
    ("timeline.js", include_str!("assets/timeline.js")),
    ("facet.js", include_str!("assets/facet.js")),
    ("menu.js", include_str!("assets/menu.js")),
];

/// Everything else, by name and media type.
const OTHERS: &[(&str, &str, &str)] =
    &[("icon.svg", "image/svg+xml", include_str!("assets/icon.svg"))];

/// Name of the style sheet.
pub const STYLESHEET: &str = "fundstelle.css";

/// A file that pages load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    /// Its media type.
    pub media_type: &'static str,
    /// Its content.
    pub content: &'static str,
}

/// A hash of all files, for their addresses.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let mut hash = Sha256::new();
        let scripts = SCRIPTS.iter().flat_map(|(name, content)| [name, content]);
        let others = OTHERS.iter().flat_map(|(name, _, content)| [name, content]);
        for text in STYLES.iter().chain(scripts).chain(others) {
            hash.update(text.len().to_le_bytes());
            hash.update(text);
        }
        let hash = hash.finalize();
        hash.iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    });
    &VERSION
}

/// Where a file is loaded from.
pub fn address(name: &str) -> String {
    format!("/assets/{}/{name}", version())
}

/// Names of the scripts, in the order of the list.
pub fn scripts() -> impl Iterator<Item = &'static str> {
    SCRIPTS.iter().map(|(name, _)| *name)
}

/// The file of that name.
pub fn find(name: &str) -> Option<Asset> {
    static STYLE: LazyLock<String> = LazyLock::new(|| STYLES.concat());
    if name == STYLESHEET {
        return Some(Asset {
            media_type: "text/css; charset=utf-8",
            content: &STYLE,
        });
    }
    let script = SCRIPTS.iter().find(|(known, _)| *known == name);
    if let Some((_, content)) = script {
        return Some(Asset {
            media_type: "text/javascript; charset=utf-8",
            content,
        });
    }
    let other = OTHERS.iter().find(|(known, _, _)| *known == name);
    other.map(|(_, media_type, content)| Asset {
        media_type,
        content,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_are_whole() {
        for (place, style) in STYLES.iter().enumerate() {
            let count = |sign| style.matches(sign).count();
            assert_eq!(count('{'), count('}'), "style sheet {place}");
            let leftovers = ["<<<<<<<", "=======", ">>>>>>>"];
            assert!(
                !leftovers.iter().any(|mark| style.contains(mark)),
                "{place}"
            );
        }
    }

    #[test]
    fn every_file_is_found_by_its_name() {
        let others = OTHERS.iter().map(|(name, _, _)| *name);
        for name in scripts().chain(others).chain([STYLESHEET]) {
            assert!(
                find(name).is_some_and(|asset| !asset.content.is_empty()),
                "{name}"
            );
            assert!(address(name).ends_with(&format!("/{name}")));
        }
        assert_eq!(find("../Cargo.toml"), None);
    }
}

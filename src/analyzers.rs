//! Which analyzer does a field of a document get?

use crate::analysis::Analyzer;
use crate::schema::AnalyzerName;

/// The analyzers that a schema may name.
pub struct Analyzers {
    german: Analyzer,
    plain: Analyzer,
}

impl Default for Analyzers {
    fn default() -> Analyzers {
        Analyzers {
            german: Analyzer::german(),
            plain: Analyzer::plain(),
        }
    }
}

impl Analyzers {
    /// The analyzer of a field for a document in `language` (ISO 639-1). What is not known to be
    /// in another language is taken for German: short texts give no sure answer.
    pub fn pick(&self, name: AnalyzerName, language: Option<&str>) -> &Analyzer {
        match (name, language) {
            (AnalyzerName::German, None | Some("de")) => &self.german,
            _ => &self.plain,
        }
    }
}

//! Lines of a source that are not running text but say something about it.

/// What a line of a source is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// Short line above the headline.
    Kicker,
    /// The headline.
    Title,
    /// Running text: lead, paragraph, subheading.
    Body,
    /// Who wrote it, or whose material it is: `Von afp`, `- dpa`, `SDA/sep`.
    Byline,
    /// When: `Stand: 28.04.2025, 10:12 Uhr`.
    Date,
    /// Whose text it is: `Quelle: ntv.de, gut/AFP/rts`, `Verwendete Quellen`.
    Source,
    /// Caption or credit of a picture: `(Quelle: Tass/dpa)`, `Foto: …`.
    Caption,
    /// Furniture that no one searches for: `Anzeige`, `Lesen Sie auch`, tag lists.
    Junk,
    /// What a page says about itself where no reader sees it, as `name: value`:
    /// `og:site_name: taz.de`, `datePublished: 2025-04-28T06:45:00Z`.
    Metadata,
    /// Until when the text may not be published: `Sperrfrist: 12. Mai 2025, 18 Uhr`.
    Embargo,
}

/// One line of a source (or a part of one) and where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What the line is for.
    pub kind: LineKind,
    /// The text, without surrounding blanks.
    pub text: String,
    /// First byte of `text` in the decoded source.
    pub start: usize,
    /// First byte after `text` in the decoded source.
    pub end: usize,
}

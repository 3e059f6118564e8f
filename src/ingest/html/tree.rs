//! A page as a flat tree: nodes in the order of the source, each with its parent and the end of
//! what it holds.
//!
//! Far simpler than a browser's tree: no element is ever moved, and nesting is bounded. In
//! return a page is read in one pass whose time grows with its length alone, and every text
//! knows where it stands in the source.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::builder::Builder;
use super::pausing::{PausingReader, Quotes};

/// Index of a node.
pub(super) type Id = usize;

/// A page.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

/// An element or a text.
pub(super) struct Node {
    /// The element that holds it; the root holds itself.
    pub(super) parent: Id,
    /// First node after all that it holds.
    pub(super) end: Id,
    pub(super) kind: Kind,
    /// Bytes of the source: of a text the text, of an element its start tag.
    pub(super) span: Range<usize>,
}

/// What a node is.
pub(super) enum Kind {
    /// An element with its name in lower case and the attributes of use.
    Element {
        name: Box<str>,
        attributes: Vec<(&'static str, String)>,
    },
    /// Text, entities decoded, blanks as they are.
    Text(String),
}

/// Elements whose start ends an open paragraph.
const BLOCKS: [&str; 32] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

impl Tree {
    /// Reads a page. Scripts and styles are left out, except JSON-LD.
    pub(super) fn parse(source: &str) -> Tree {
        let mut builder = Builder::new();
        let quotes = Quotes::default();
        let reader = PausingReader::new(source, quotes.clone());
        let mut emitter = CallbackEmitter::new(
            |event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
                if !is_within_tag(&event) {
                    quotes.reset();
                }
                builder.event(&event, span.start..span.end);
                None
            },
        );
        emitter.naively_switch_states(true);
        // The callback sees all; the tokenizer itself yields nothing but pauses.
        let tokenizer = Tokenizer::new_with_emitter(reader, emitter);
        tokenizer.for_each(|paused| debug_assert!(paused.is_err()));
        builder.finish()
    }

    /// Name of an element; empty for a text.
    pub(super) fn name(&self, id: Id) -> &str {
        match &self.nodes[id].kind {
            Kind::Element { name, .. } => name,
            Kind::Text(_) => "",
        }
    }

    /// Value of an attribute.
    pub(super) fn attribute(&self, id: Id, wanted: &str) -> Option<&str> {
        match &self.nodes[id].kind {
            Kind::Element { attributes, .. } => {
                let found = attributes.iter().find(|(name, _)| *name == wanted);
                found.map(|(_, value)| value.as_str())
            }
            Kind::Text(_) => None,
        }
    }

    /// All nodes that `id` holds, itself first.
    pub(super) fn subtree(&self, id: Id) -> Range<Id> {
        id..self.nodes[id].end
    }

    /// The nodes above `id`, nearest first.
    pub(super) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let mut at = id;
        std::iter::from_fn(move || {
            let parent = self.nodes[at].parent;
            (parent != at).then(|| {
                at = parent;
                parent
            })
        })
    }

    /// All elements of that name.
    #[cfg(test)]
    pub(super) fn elements<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Id> + 'a {
        (0..self.nodes.len()).filter(move |id| self.name(*id) == name)
    }

    /// The text that `id` holds, blanks evened out.
    pub(super) fn text(&self, id: Id) -> String {
        let mut text = String::new();
        for node in &self.nodes[self.subtree(id)] {
            match &node.kind {
                Kind::Text(piece) => text.push_str(piece),
                Kind::Element { name, .. } if is_break(name) => text.push(' '),
                Kind::Element { .. } => {}
            }
        }
        even(&text)
    }

    /// The span in the source of the text that `id` holds.
    pub(super) fn text_span(&self, id: Id) -> Range<usize> {
        let mut texts = self.nodes[self.subtree(id)]
            .iter()
            .filter(|node| matches!(&node.kind, Kind::Text(text) if !text.trim().is_empty()));
        let Some(first) = texts.next() else {
            return self.nodes[id].span.clone();
        };
        let last = texts.next_back().unwrap_or(first);
        first.span.start..last.span.end.max(first.span.start)
    }
}

/// Whether an event leaves the tokenizer in the tag that it reads.
fn is_within_tag(event: &CallbackEvent<'_>) -> bool {
    matches!(
        event,
        CallbackEvent::AttributeName { .. }
            | CallbackEvent::AttributeValue { .. }
            | CallbackEvent::Error(_)
    )
}

/// Whether the element parts words.
pub(super) fn is_break(name: &str) -> bool {
    matches!(name, "br" | "td" | "th" | "tr" | "li" | "option" | "wbr") || is_block(name)
}

/// Whether the element begins a block of its own.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// The text with every run of blanks as one, none at the ends, soft hyphens gone.
pub(super) fn even(text: &str) -> String {
    let mut even = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        match c {
            '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}' => {}
            c if c.is_whitespace() || c == '\u{a0}' => blank = true,
            c => {
                if blank && !even.is_empty() {
                    even.push(' ');
                }
                blank = false;
                even.push(c);
            }
        }
    }
    even
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(source: &str) -> String {
        let tree = Tree::parse(source);
        fn print(tree: &Tree, id: Id, out: &mut String) {
            let mut at = id + 1;
            while at < tree.nodes[id].end {
                match &tree.nodes[at].kind {
                    Kind::Text(text) => out.push_str(text),
                    Kind::Element { name, .. } => {
                        out.push_str(&format!("({name} "));
                        print(tree, at, out);
                        out.push(')');
                    }
                }
                at = tree.nodes[at].end;
            }
        }
        let mut out = String::new();
        print(&tree, 0, &mut out);
        out
    }

    #[test]
    fn open_paragraphs_and_items_are_closed() {
        assert_eq!(shape("<p>a<p>b<div>c</div>"), "(p a)(p b)(div c)");
        assert_eq!(shape("<ul><li>a<li>b</ul>c"), "(ul (li a)(li b))c");
        assert_eq!(shape("<b>a<i>b</b>c</i>"), "(b a(i b))c");
        assert_eq!(shape("a<br>b<img src=x>c</p>"), "a(br )b(img )c");
    }

    #[test]
    fn scripts_are_left_out_and_json_ld_is_kept() {
        let source = "<script>if (a<b) {}</script><style>p{}</style><script type=\"application/ld+json\">{\"a\":\"<b>\"}</script>x";
        assert_eq!(shape(source), "(script )(style )(script {\"a\":\"<b>\"})x");
    }

    #[test]
    fn texts_know_their_place_in_the_source() {
        let source = "<p>für <b>alle</b> &amp; mehr</p>";
        let tree = Tree::parse(source);
        let p = tree.elements("p").next().unwrap();
        assert_eq!(tree.text(p), "für alle & mehr");
        assert_eq!(&source[tree.text_span(p)], "für <b>alle</b> &amp; mehr");
    }

    #[test]
    fn hostile_pages_are_read_in_no_time() {
        let begun = std::time::Instant::now();
        for source in [
            "<div>".repeat(20_000),
            "<p><b><i>".repeat(6_000),
            "<a href=x>y</a>".repeat(10_000),
            "</x></y>".repeat(10_000),
            format!("<p {}>", "a=b ".repeat(20_000)),
            "<".repeat(100_000),
            "&".repeat(30_000),
            "<!--".repeat(10_000),
            "<li><td><p><tr>".repeat(3_000),
        ] {
            Tree::parse(&source);
        }
        assert!(begun.elapsed().as_secs() < 30);
    }
}

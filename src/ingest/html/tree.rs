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
use rustc_hash::FxHashMap;

/// Elements nested deeper are laid flat into the deepest.
const DEEPEST: usize = 400;
/// Nodes beyond this number are left out.
const MOST_NODES: usize = 200_000;
/// Longest value of an attribute that is kept, in bytes.
const LONGEST_VALUE: usize = 4_000;

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

/// The attributes that are kept.
const ATTRIBUTES: [&str; 20] = [
    "class",
    "id",
    "itemprop",
    "property",
    "name",
    "content",
    "datetime",
    "href",
    "rel",
    "type",
    "lang",
    "role",
    "style",
    "hidden",
    "http-equiv",
    "aria-hidden",
    "itemtype",
    "data-nosnippet",
    "data-testid",
    "title",
];

const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

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
        let mut emitter = CallbackEmitter::new(
            |event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
                builder.event(&event, span.start..span.end);
                None
            },
        );
        emitter.naively_switch_states(true);
        // The callback sees all; the tokenizer itself yields nothing.
        let yielded = Tokenizer::new_with_emitter(source, emitter).count();
        debug_assert_eq!(yielded, 0);
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

struct Builder {
    nodes: Vec<Node>,
    /// The open elements, the root first.
    open: Vec<Id>,
    /// How many of each name are open.
    counts: FxHashMap<Box<str>, usize>,
    /// The start tag that is being read.
    name: String,
    attributes: Vec<(&'static str, String)>,
    attribute: Option<&'static str>,
    tag_start: usize,
    /// Set while the content of a script or style is left out.
    left_out: bool,
}

impl Builder {
    fn new() -> Builder {
        Builder {
            nodes: vec![Node {
                parent: 0,
                end: 0,
                kind: Kind::Element {
                    name: "".into(),
                    attributes: Vec::new(),
                },
                span: 0..0,
            }],
            open: vec![0],
            counts: FxHashMap::default(),
            name: String::new(),
            attributes: Vec::new(),
            attribute: None,
            tag_start: 0,
            left_out: false,
        }
    }

    fn event(&mut self, event: &CallbackEvent<'_>, span: Range<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.name = String::from_utf8_lossy(name).to_ascii_lowercase();
                self.attributes.clear();
                self.attribute = None;
                self.tag_start = span.start;
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = ATTRIBUTES
                    .into_iter()
                    .find(|wanted| wanted.as_bytes().eq_ignore_ascii_case(name))
                    .filter(|wanted| !self.attributes.iter().any(|(have, _)| have == wanted));
                if let Some(name) = self.attribute {
                    self.attributes.push((name, String::new()));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if self.attribute.is_some()
                    && let Some((_, kept)) = self.attributes.last_mut()
                    && value.len() <= LONGEST_VALUE
                {
                    kept.push_str(&String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let name = std::mem::take(&mut self.name);
                self.start(name, *self_closing, self.tag_start..span.end);
            }
            CallbackEvent::EndTag { name } => {
                let name = String::from_utf8_lossy(name).to_ascii_lowercase();
                self.end(&name);
            }
            CallbackEvent::String { value } => self.text(value, span),
            _ => {}
        }
    }

    fn start(&mut self, name: String, self_closing: bool, span: Range<usize>) {
        self.left_out = false;
        match name.as_str() {
            "p" => self.close_within("p", &["td", "th", "li", "button", "object"]),
            "li" => self.close_within("li", &["ul", "ol", "menu"]),
            "dt" | "dd" => {
                self.close_within("dt", &["dl"]);
                self.close_within("dd", &["dl"]);
            }
            "option" => self.close_within("option", &["select"]),
            "tr" => self.close_within("tr", &["table"]),
            "td" | "th" => {
                self.close_within("td", &["tr", "table"]);
                self.close_within("th", &["tr", "table"]);
            }
            _ => {}
        }
        if name != "p" && is_block(&name) {
            self.close_within(
                "p",
                &[
                    "td",
                    "th",
                    "li",
                    "button",
                    "object",
                    "blockquote",
                    "div",
                    "section",
                    "article",
                ],
            );
        }
        let attributes = std::mem::take(&mut self.attributes);
        let is_json = attributes
            .iter()
            .any(|(name, value)| *name == "type" && value.contains("ld+json"));
        self.left_out = match name.as_str() {
            "script" => !is_json,
            "style" | "svg" | "math" => name == "style",
            _ => false,
        };
        let empty = VOID.contains(&name.as_str())
            || self_closing && matches!(name.as_str(), "path" | "svg" | "use");
        let Some(id) = self.push(
            Kind::Element {
                name: name.as_str().into(),
                attributes,
            },
            span,
        ) else {
            return;
        };
        if !empty && self.open.len() < DEEPEST {
            self.open.push(id);
            *self.counts.entry(name.into()).or_insert(0) += 1;
        }
    }

    fn push(&mut self, kind: Kind, span: Range<usize>) -> Option<Id> {
        if self.nodes.len() >= MOST_NODES {
            return None;
        }
        let id = self.nodes.len();
        let parent = self.open.last().copied().unwrap_or(0);
        self.nodes.push(Node {
            parent,
            end: id + 1,
            kind,
            span,
        });
        Some(id)
    }

    /// Closes an open `name`, unless one of `walls` was opened within it.
    fn close_within(&mut self, name: &str, walls: &[&str]) {
        if self.counts.get(name).is_none_or(|count| *count == 0) {
            return;
        }
        // What lies between a paragraph and its end are a few inline elements.
        for (depth, id) in self.open.iter().enumerate().rev().take(30) {
            let open = self.element_name(*id);
            if open == name {
                self.close_to(depth);
                return;
            }
            if walls.contains(&open) {
                return;
            }
        }
    }

    fn end(&mut self, name: &str) {
        self.left_out = false;
        if self.counts.get(name).is_none_or(|count| *count == 0) {
            return;
        }
        let depth = self
            .open
            .iter()
            .rposition(|id| self.element_name(*id) == name);
        if let Some(depth) = depth.filter(|depth| *depth > 0) {
            self.close_to(depth);
        }
    }

    /// Closes the open elements from `depth` on.
    fn close_to(&mut self, depth: usize) {
        let end = self.nodes.len();
        for id in self.open.drain(depth.max(1)..) {
            self.nodes[id].end = end;
            let Kind::Element { name, .. } = &self.nodes[id].kind else {
                continue;
            };
            if let Some(count) = self.counts.get_mut(name) {
                *count -= 1;
            }
        }
    }

    fn element_name(&self, id: Id) -> &str {
        match &self.nodes[id].kind {
            Kind::Element { name, .. } => name,
            Kind::Text(_) => "",
        }
    }

    fn text(&mut self, value: &[u8], span: Range<usize>) {
        if self.left_out {
            return;
        }
        let text = String::from_utf8_lossy(value).into_owned();
        self.push(Kind::Text(text), span);
    }

    fn finish(mut self) -> Tree {
        self.close_to(1);
        let end = self.nodes.len();
        self.nodes[0].end = end;
        Tree { nodes: self.nodes }
    }
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

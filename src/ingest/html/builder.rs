//! Builds the tree of a page from the events of the tokenizer.

use std::ops::Range;

use html5gum::emitters::callback::CallbackEvent;
use rustc_hash::FxHashMap;

use super::tree::{Id, Kind, Node, Tree, is_block};

/// Elements nested deeper are laid flat into the deepest.
const DEEPEST: usize = 400;
/// Nodes beyond this number are left out.
const MOST_NODES: usize = 200_000;
/// Longest value of an attribute that is kept, in bytes.
const LONGEST_VALUE: usize = 4_000;

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

/// Makes a tree of what the tokenizer reads.
pub(super) struct Builder {
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
    pub(super) fn new() -> Builder {
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

    /// Takes in the next event.
    pub(super) fn event(&mut self, event: &CallbackEvent<'_>, span: Range<usize>) {
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

    /// The tree, when all is read.
    pub(super) fn finish(mut self) -> Tree {
        self.close_to(1);
        let end = self.nodes.len();
        self.nodes[0].end = end;
        Tree { nodes: self.nodes }
    }
}

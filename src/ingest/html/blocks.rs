//! The visible text of a page, block by block.

use std::ops::Range;

use super::tree::{Id, Kind, Tree, even, is_block, is_break};

/// A run of text that stands by itself: a paragraph, a heading, an item of a list.
#[derive(Debug)]
pub(super) struct Block {
    /// Blanks evened out, never empty.
    pub(super) text: String,
    /// The element that holds it.
    pub(super) owner: Id,
    /// How many bytes of `text` are links.
    pub(super) link_bytes: usize,
    /// Where it stands in the source.
    pub(super) span: Range<usize>,
    /// Its first text node.
    pub(super) first: Id,
}

/// Elements whose text no one reads.
pub(super) fn is_unread(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "svg"
            | "template"
            | "iframe"
            | "object"
            | "select"
            | "textarea"
            | "head"
            | "title"
            | "math"
            | "video"
            | "audio"
            | "canvas"
    )
}

/// The blocks below `root` in the order of the page; what `leave_out` says is passed over.
pub(super) fn blocks(tree: &Tree, root: Id, leave_out: &dyn Fn(Id) -> bool) -> Vec<Block> {
    let mut collector = Collector {
        blocks: Vec::new(),
        text: String::new(),
        link_bytes: 0,
        span: 0..0,
        first: 0,
    };
    // Open blocks and links: (id, end, whether it is a link).
    let mut open: Vec<(Id, Id, bool)> = vec![(root, tree.nodes[root].end, false)];
    let mut breaks = 0;
    let mut id = root;
    while id < tree.nodes[root].end {
        while open.len() > 1 && open.last().is_some_and(|(_, end, _)| id >= *end) {
            let (owner, _, is_link) = open.pop().unwrap_or((root, 0, false));
            if !is_link {
                collector.flush(owner);
            }
        }
        let node = &tree.nodes[id];
        match &node.kind {
            Kind::Text(text) => {
                if !text.trim().is_empty() {
                    breaks = 0;
                }
                let in_link = open.iter().rev().take(4).any(|(_, _, is_link)| *is_link);
                collector.add(text, in_link, node.span.clone(), id);
            }
            Kind::Element { name, .. } => {
                let owner = open
                    .iter()
                    .rev()
                    .find(|(_, _, is_link)| !is_link)
                    .map_or(root, |(id, ..)| *id);
                if id != root && (is_unread(name) || leave_out(id)) {
                    if is_break(name) {
                        collector.flush(owner);
                    }
                    id = node.end;
                    continue;
                }
                if &**name == "br" {
                    breaks += 1;
                    if breaks >= 2 {
                        collector.flush(owner);
                    }
                    collector.text.push(' ');
                } else if is_block(name)
                    || matches!(
                        &**name,
                        "li" | "td" | "th" | "dt" | "dd" | "summary" | "button" | "label"
                    )
                {
                    collector.flush(owner);
                    open.push((id, node.end, false));
                } else if &**name == "a" {
                    open.push((id, node.end, true));
                }
            }
        }
        id += 1;
    }
    collector.flush(root);
    collector.blocks
}

struct Collector {
    blocks: Vec<Block>,
    text: String,
    link_bytes: usize,
    span: Range<usize>,
    first: Id,
}

impl Collector {
    fn add(&mut self, text: &str, in_link: bool, span: Range<usize>, id: Id) {
        if self.text.trim().is_empty() && !text.trim().is_empty() {
            self.span = span.clone();
            self.first = id;
            self.text.clear();
        }
        self.text.push_str(text);
        if !text.trim().is_empty() {
            self.span.end = span.end;
        }
        if in_link {
            self.link_bytes += text.trim().len();
        }
    }

    fn flush(&mut self, owner: Id) {
        let text = even(&self.text);
        self.text.clear();
        let link_bytes = std::mem::take(&mut self.link_bytes);
        if !text.is_empty() {
            self.blocks.push(Block {
                text,
                owner,
                link_bytes,
                span: self.span.clone(),
                first: self.first,
            });
        }
    }
}

//! Pages saved from the web.

mod article;
mod blocks;
mod builder;
mod dates;
mod headline;
mod metadata;
mod notes;
mod pausing;
mod stamps;
mod tree;

use std::ops::ControlFlow;
use std::sync::LazyLock;

use regex::bytes::Regex;

use super::input::Input;
use super::{Emit, Format, ReadOptions, content_hash, decode, derived_id};
use crate::document::{Document, Evidence, Line, LineKind};
use tree::Tree;

/// HTML, told by its first elements.
pub(super) const FORMAT: Format = Format { recognises, read };

static BEGINNING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:\s|\xef\xbb\xbf|<\?xml[^>]{0,200}>|<!--(?s:.){0,2000}?-->)*<(?:!doctype\s+html|html|head|body|meta|title|article|main|div|section|header|h1|p|script|link|span|table)[\s>/]").unwrap()
});

static CHARSET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)<meta[^>]{0,200}charset\s*=\s*["']?([a-z0-9_-]{3,30})"#).unwrap()
});

fn recognises(input: &Input<'_>) -> bool {
    let head = input.head_text();
    BEGINNING.is_match(head.as_bytes())
}

fn read(input: &mut Input<'_>, options: &ReadOptions, emit: &mut Emit<'_>) -> ControlFlow<()> {
    let bytes = match input.read_all(options.max_document_bytes) {
        Ok(bytes) => bytes,
        Err(skipped) => return emit(Err(skipped)),
    };
    let head = &bytes[..bytes.len().min(8_192)];
    let declared = CHARSET
        .captures(head)
        .and_then(|captures| std::str::from_utf8(captures.get(1)?.as_bytes()).ok());
    let mut document = page(&decode::decode_with(&bytes, declared));
    if document.body.is_empty() && document.title.is_none() {
        return emit(Err(
            input.skip(None, "a page without any running text, nothing to index")
        ));
    }
    document.id = derived_id(input.file, 0);
    document.source_path = input.file.path.display().to_string();
    emit(Ok(document))
}

/// The article of a page, without id and path.
fn page(source: &str) -> Document {
    let tree = Tree::parse(source);
    let metadata = metadata::metadata(&tree);
    let first_level = article::headlines(&tree);
    let headline = headline::headline(&tree, &metadata, &first_level);
    let article = article::article(
        source,
        &tree,
        &metadata,
        headline.title.as_deref(),
        headline.element,
    );
    let mut document = Document {
        title: headline.title,
        kicker: headline.kicker,
        body: article.body,
        url: metadata.url,
        authors: if metadata.authors.is_empty() {
            metadata.meta_authors
        } else {
            metadata.authors
        },
        ..Document::default()
    };
    document.lines = metadata.lines;
    document.lines.extend(article.lines);
    if let Some(element) = headline.element
        && let Some(title) = &document.title
    {
        let span = tree.text_span(element);
        document.lines.push(Line {
            kind: LineKind::Title,
            text: title.clone(),
            start: span.start,
            end: span.end,
        });
        let evidence = Evidence {
            field: "source".into(),
            start: span.start,
            end: span.end,
            text: tree.text(element),
            rule: "headline-of-the-page".into(),
            confidence: 0.9,
        };
        document.add_evidence("title", evidence);
    }
    document.content_hash = content_hash(&document);
    document
}

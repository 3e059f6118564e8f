//! What a page says of itself: JSON-LD, then OpenGraph and other meta elements.

use serde_json::Value;

use super::tree::{Id, Kind, Tree, even};
use crate::document::{Line, LineKind};

/// The statements of a page, in the order of trust.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// Headlines that JSON-LD gives.
    pub(super) headlines: Vec<String>,
    /// Titles of meta elements (`og:title`, `twitter:title`) and the title element.
    pub(super) og_title: Option<String>,
    pub(super) twitter_title: Option<String>,
    pub(super) title_element: Option<String>,
    pub(super) description: Vec<String>,
    pub(super) site_names: Vec<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    /// Authors by JSON-LD, else by meta elements.
    pub(super) authors: Vec<String>,
    pub(super) meta_authors: Vec<String>,
    /// Whether the next `twitter:data…` names the author.
    written_by: bool,
    /// The text of the article, if JSON-LD gives it.
    pub(super) article_body: Option<String>,
    /// All of it that enrichers may want, as lines.
    pub(super) lines: Vec<Line>,
}

/// Nesting and number of JSON-LD objects that are looked at.
const DEEPEST: usize = 12;
const MOST_OBJECTS: usize = 2_000;
/// Longest JSON-LD text, in bytes, that is looked at; that of articles has some kilobytes.
const LONGEST_JSON_LD: usize = 2 << 20;

/// Collects the statements of the page.
pub(super) fn metadata(tree: &Tree) -> Metadata {
    let mut metadata = Metadata::default();
    for (id, node) in tree.nodes.iter().enumerate() {
        let Kind::Element { name, .. } = &node.kind else {
            continue;
        };
        match &**name {
            "script" => metadata.json_ld(tree, id),
            "meta" => metadata.meta(tree, id),
            "link" => metadata.link(tree, id),
            "title" if metadata.title_element.is_none() && !in_svg(tree, id) => {
                metadata.title_element = Some(tree.text(id)).filter(|text| !text.is_empty());
                if let Some(title) = metadata.title_element.clone() {
                    metadata.line("title-element", &title, tree, id);
                }
            }
            "html" => metadata.language = tree.attribute(id, "lang").map(str::to_owned),
            _ => {}
        }
    }
    metadata
}

fn in_svg(tree: &Tree, id: Id) -> bool {
    tree.ancestors(id).any(|above| tree.name(above) == "svg")
}

impl Metadata {
    fn line(&mut self, key: &str, value: &str, tree: &Tree, id: Id) {
        let value = even(value);
        if !value.is_empty() && value.len() <= 1_000 {
            let span = tree.nodes[id].span.clone();
            self.lines.push(Line {
                kind: LineKind::Metadata,
                text: format!("{key}: {value}"),
                start: span.start,
                end: span.end,
            });
        }
    }

    fn credit(&mut self, kind: LineKind, text: &str, tree: &Tree, id: Id) {
        let text = even(text);
        if !text.is_empty()
            && text.len() <= 400
            && !self
                .lines
                .iter()
                .any(|line| line.kind == kind && line.text == text)
        {
            let span = tree.nodes[id].span.clone();
            self.lines.push(Line {
                kind,
                text,
                start: span.start,
                end: span.end,
            });
        }
    }

    fn meta(&mut self, tree: &Tree, id: Id) {
        let Some(content) = tree
            .attribute(id, "content")
            .map(even)
            .filter(|c| !c.is_empty())
        else {
            return;
        };
        let key = ["property", "name", "itemprop", "http-equiv"]
            .iter()
            .find_map(|attribute| tree.attribute(id, attribute));
        let Some(key) = key else { return };
        let lower = key.trim().to_ascii_lowercase();
        match lower.as_str() {
            "twitter:misc:written by" => self.meta_authors.push(content.clone()),
            "twitter:label1" | "twitter:label2" => {
                let label = content.to_lowercase();
                self.written_by = ["written by", "verfasst von", "geschrieben von", "von"]
                    .contains(&label.as_str());
            }
            "twitter:data1" | "twitter:data2" if std::mem::take(&mut self.written_by) => {
                self.meta_authors.push(content.clone());
            }
            "og:title" => set(&mut self.og_title, &content),
            "twitter:title" => set(&mut self.twitter_title, &content),
            "description" | "og:description" | "twitter:description" => {
                self.description.push(content.clone())
            }
            "og:site_name" | "application-name" => self.site_names.push(content.clone()),
            "og:url" => set(&mut self.url, original_address(&content)),
            "author" | "article:author" | "dc.creator" | "parsely-author" | "sailthru.author"
            | "cxenseparse:author" | "twitter:creator" | "authors"
                if !content.contains("://") && !content.contains('@') =>
            {
                self.credit(LineKind::Byline, &content, tree, id);
                if self.meta_authors.is_empty() {
                    self.meta_authors.push(content.clone());
                }
            }
            "copyright"
            | "dcterms.rightsholder"
            | "dc.rights"
            | "article:source"
            | "news_source"
            | "source-organization" => {
                self.line(&lower, &content, tree, id);
                return;
            }
            _ => {}
        }
        let wanted = lower.contains("date")
            || lower.contains("publi")
            || lower.contains("time")
            || lower.contains("modif")
            || lower.contains("issued")
            || lower.contains("created")
            || lower.contains("upload")
            || lower.contains("datum")
            || matches!(
                lower.as_str(),
                "og:site_name" | "application-name" | "og:url" | "lastmod" | "revised"
            );
        if wanted {
            self.line(key.trim(), &content, tree, id);
        }
    }

    fn link(&mut self, tree: &Tree, id: Id) {
        let rel = tree.attribute(id, "rel").unwrap_or("");
        if rel.eq_ignore_ascii_case("canonical")
            && let Some(href) = tree.attribute(id, "href")
            && href.starts_with("http")
        {
            let address = original_address(href.trim());
            self.url = Some(address.to_owned());
            self.line("canonical", address, tree, id);
        }
    }

    fn json_ld(&mut self, tree: &Tree, id: Id) {
        if !tree
            .attribute(id, "type")
            .is_some_and(|kind| kind.contains("ld+json"))
        {
            return;
        }
        let mut text = String::new();
        for node in &tree.nodes[tree.subtree(id)] {
            if let Kind::Text(piece) = &node.kind {
                text.push_str(piece);
            }
        }
        if text.len() > LONGEST_JSON_LD {
            return;
        }
        let text = text
            .trim()
            .trim_start_matches("<!--")
            .trim_end_matches("-->");
        let text = text.trim().trim_end_matches(';');
        let value: Value = match serde_json::from_str(text) {
            Ok(value) => value,
            // Line breaks within strings are the commonest error.
            Err(_) => {
                let repaired: String = text
                    .chars()
                    .map(|c| if c.is_control() { ' ' } else { c })
                    .collect();
                match serde_json::from_str(&repaired) {
                    Ok(value) => value,
                    Err(_) => return,
                }
            }
        };
        let mut objects = Vec::new();
        collect(&value, 0, &mut objects);
        let article = objects.iter().find(|object| is_article(object));
        for object in &objects {
            if is_article(object) {
                continue;
            }
            let kinds = kinds(object);
            if kinds.contains(&"WebPage") && article.is_none() {
                self.dates(object, tree, id);
            }
            if kinds.contains(&"WebSite")
                && let Some(name) = string(object.get("name"))
            {
                self.site_names.push(name);
            }
        }
        if let Some(article) = article {
            self.article(article, &objects, tree, id);
        }
    }

    fn article(&mut self, article: &Value, objects: &[&Value], tree: &Tree, id: Id) {
        for key in ["headline", "name"] {
            if let Some(headline) = string(article.get(key)) {
                self.headlines.push(even(&headline));
            }
        }
        self.dates(article, tree, id);
        if let Some(body) = string(article.get("articleBody")) {
            self.article_body.get_or_insert(body);
        }
        if let Some(description) = string(article.get("description")) {
            self.description.push(even(&description));
        }
        for key in [
            "publisher",
            "sourceOrganization",
            "copyrightHolder",
            "provider",
        ] {
            for one in many(article.get(key)) {
                let one = resolve(one, objects);
                if let Some(name) = string(one.get("name")).or_else(|| string(Some(one))) {
                    self.line(
                        if key == "publisher" { "publisher" } else { key },
                        &name,
                        tree,
                        id,
                    );
                    if key == "publisher" {
                        self.site_names.push(name);
                    }
                }
                if key == "publisher"
                    && let Some(url) = string(one.get("url"))
                {
                    self.line("publisher.url", &url, tree, id);
                }
            }
        }
        let mut authors = Vec::new();
        for key in ["author", "creator"] {
            if !authors.is_empty() {
                break;
            }
            for one in many(article.get(key)) {
                let one = resolve(one, objects);
                let names = match one.get("name") {
                    Some(name) => many(Some(name))
                        .into_iter()
                        .filter_map(|name| string(Some(name)))
                        .collect(),
                    None => string(Some(one)).into_iter().collect::<Vec<_>>(),
                };
                for name in names {
                    let name = even(&name);
                    if !name.is_empty() && !name.contains("://") {
                        self.credit(LineKind::Byline, &name, tree, id);
                        authors.push(name);
                    }
                }
            }
        }
        if self.authors.is_empty() {
            self.authors = authors;
        }
        for key in ["creditText", "copyrightNotice"] {
            if let Some(text) = string(article.get(key)) {
                self.credit(LineKind::Source, &text, tree, id);
            }
        }
        for image in many(article.get("image")) {
            let image = resolve(image, objects);
            for key in [
                "creditText",
                "copyrightNotice",
                "caption",
                "author",
                "creator",
                "copyrightHolder",
            ] {
                let value = image.get(key);
                let text = string(value).or_else(|| string(value?.get("name")));
                if let Some(text) = text.filter(|text| !text.contains("://")) {
                    self.credit(LineKind::Caption, &text, tree, id);
                }
            }
        }
    }

    fn dates(&mut self, object: &Value, tree: &Tree, id: Id) {
        for key in ["datePublished", "dateCreated", "dateModified"] {
            if let Some(date) = string(object.get(key)) {
                self.line(key, &date, tree, id);
            }
        }
    }
}

/// The address of a page that a web archive keeps, without the archive's own.
fn original_address(address: &str) -> &str {
    let kept = address.find("web.archive.org/web/");
    let rest = kept.map(|at| &address[at + "web.archive.org/web/".len()..]);
    rest.and_then(|rest| rest.split_once('/'))
        .map(|(_, original)| original)
        .filter(|original| original.starts_with("http"))
        .unwrap_or(address)
}

fn set(slot: &mut Option<String>, value: &str) {
    slot.get_or_insert_with(|| value.to_owned());
}

/// All objects of a JSON-LD text, outer before inner.
fn collect<'a>(value: &'a Value, depth: usize, objects: &mut Vec<&'a Value>) {
    if depth > DEEPEST || objects.len() >= MOST_OBJECTS {
        return;
    }
    match value {
        Value::Array(values) => values
            .iter()
            .for_each(|value| collect(value, depth + 1, objects)),
        Value::Object(map) => {
            objects.push(value);
            for (key, value) in map {
                // What an article is about or links to is another text.
                let elsewhere = matches!(
                    key.as_str(),
                    "isRelatedTo"
                        | "citation"
                        | "mentions"
                        | "hasPart"
                        | "itemListElement"
                        | "itemReviewed"
                        | "comment"
                        | "review"
                        | "relatedLink"
                );
                if (value.is_array() || value.is_object()) && !elsewhere {
                    collect(value, depth + 1, objects);
                }
            }
        }
        _ => {}
    }
}

fn kinds(object: &Value) -> Vec<&str> {
    many(object.get("@type"))
        .into_iter()
        .filter_map(Value::as_str)
        .collect()
}

fn is_article(object: &Value) -> bool {
    let kinds = kinds(object);
    kinds.iter().any(|kind| {
        kind.ends_with("Article")
            || kind.ends_with("BlogPosting")
            || matches!(
                *kind,
                "LiveBlogPosting"
                    | "Report"
                    | "Reportage"
                    | "Recipe"
                    | "Review"
                    | "ClaimReview"
                    | "BlogPost"
                    | "SocialMediaPosting"
            )
    }) && (object.get("headline").is_some()
        || object.get("datePublished").is_some()
        || object.get("articleBody").is_some())
}

/// The object that `{"@id": …}` stands for.
fn resolve<'a>(value: &'a Value, objects: &[&'a Value]) -> &'a Value {
    let Some(id) = value.get("@id").and_then(Value::as_str) else {
        return value;
    };
    if value.get("name").is_some() {
        return value;
    }
    let found = objects.iter().take(200).find(|object| {
        object.get("@id").and_then(Value::as_str) == Some(id) && object.get("name").is_some()
    });
    found.copied().unwrap_or(value)
}

fn many(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Array(values)) => values.iter().collect(),
        Some(value) => vec![value],
        None => Vec::new(),
    }
}

fn string(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text,
        Value::Array(values) => values.first()?.as_str()?,
        _ => return None,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| decode_entities(text))
}

/// Entities that were put into JSON by mistake.
fn decode_entities(text: &str) -> String {
    if !text.contains('&') || text.len() > 1_000_000 {
        return text.to_owned();
    }
    let wrapped = Tree::parse(&text.replace('<', "&lt;"));
    let mut decoded = String::new();
    for node in &wrapped.nodes {
        if let Kind::Text(piece) = &node.kind {
            decoded.push_str(piece);
        }
    }
    decoded
}

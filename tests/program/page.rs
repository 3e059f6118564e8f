//! A page as a browser without scripts sees it: links, forms, and where they lead.

use axum::body::Body;
use axum::http::{Request, header};
use html5gum::{Token, Tokenizer};

use super::http::{Answer, request, send};
use super::run::Place;

/// A start tag: its name, and its attributes in order.
pub struct Tag {
    pub name: String,
    attributes: Vec<(String, String)>,
    /// The text that follows, without spaces around it.
    pub text: String,
}

impl Tag {
    /// The value of an attribute, if it is there.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        (self.attributes.iter()).map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A page that was answered.
pub struct Page {
    pub answer: Answer,
    pub tags: Vec<Tag>,
}

/// What a browser is answered that speaks some languages.
pub fn browse(place: &Place, path: &str, languages: &str) -> Page {
    let request: Request<Body> = request("GET", path)
        .header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
        .header(header::ACCEPT_LANGUAGE, languages)
        .body(Body::empty())
        .unwrap();
    let answer = send(place, request);
    let tags = tags(&answer.text);
    Page { answer, tags }
}

/// The values of an attribute in a piece of a page, as they are written.
pub fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let mark = format!(" {attribute}=\"");
    (html.split(mark.as_str()).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

fn tags(html: &str) -> Vec<Tag> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let mut tags: Vec<Tag> = Vec::new();
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => tags.push(Tag {
                name: text(&tag.name),
                attributes: (tag.attributes.iter())
                    .map(|(name, value)| (text(name), text(value)))
                    .collect(),
                text: String::new(),
            }),
            Token::String(string) => {
                if let Some(tag) = tags.last_mut().filter(|tag| tag.text.trim().is_empty()) {
                    text(&string).trim().clone_into(&mut tag.text);
                }
            }
            _ => {}
        }
    }
    tags
}

impl Page {
    /// The tags of that name.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Tag> {
        self.tags.iter().filter(move |tag| tag.name == name)
    }

    /// The first tag that has an attribute with a value.
    pub fn with(&self, name: &str, value: &str) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.get(name) == Some(value))
    }

    /// The address of this state, as the page gives it.
    pub fn here(&self) -> &str {
        (self
            .named("body")
            .next()
            .and_then(|body| body.get("data-here")))
        .unwrap()
    }

    /// The number of hits that is said.
    pub fn hits(&self) -> u64 {
        let said = self.tags.iter().find_map(|tag| tag.get("data-say"));
        let number: String = (said.unwrap().chars())
            .filter(char::is_ascii_digit)
            .collect();
        number.parse().unwrap()
    }

    /// What the page loads.
    pub fn files(&self) -> Vec<String> {
        (self.tags.iter())
            .filter_map(|tag| tag.get("src").or(tag.get("href")))
            .filter(|address| address.starts_with("/assets/"))
            .map(str::to_owned)
            .collect()
    }

    /// Where links to other states of the search lead, each once.
    pub fn states(&self) -> Vec<String> {
        let mut states: Vec<String> = (self.tags.iter())
            .flat_map(|tag| [tag.get("href"), tag.get("data-href")])
            .flatten()
            .filter(|address| *address == "/" || address.starts_with("/?"))
            .map(str::to_owned)
            .collect();
        states.sort();
        states.dedup();
        states
    }

    /// The address that the search form leads to as it stands, as browsers put it together.
    pub fn sent(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let mut select = None;
        let mut inside = false;
        for tag in &self.tags {
            match tag.name.as_str() {
                "form" => inside = tag.get("id") == Some("search"),
                "nav" | "main" => inside = false,
                "select" => select = tag.get("name"),
                _ => {}
            }
            let belongs = inside || tag.get("form") == Some("search");
            let is_off = tag.get("type") == Some("checkbox") && tag.get("checked").is_none();
            match (tag.name.as_str(), tag.get("name")) {
                ("input", Some(name)) if belongs && !is_off => {
                    query.append_pair(name, tag.get("value").unwrap_or_default());
                }
                ("option", _) if tag.get("selected").is_some() => {
                    query.append_pair(select.unwrap(), tag.get("value").unwrap());
                }
                _ => {}
            }
        }
        format!("/?{}", query.finish())
    }
}

//! The groups of values, and which value is in which.

use super::super::links;
use super::{Group, Link, Panel, Value};
use crate::document::{
    Access, AgencyMention, CountryMention, CountryRole, DateKind, Document, Evidence, Role, Scope,
};
use crate::portal::texts::Message;
use crate::schema::FieldKind;

impl Panel<'_> {
    /// All groups that have values.
    pub(in crate::portal::article) fn groups(&mut self) -> Vec<Group> {
        let document = &self.article.document;
        let names = &self.t.article.groups;
        let mut groups = vec![
            self.agencies(document),
            self.sources(document),
            self.countries(document),
            self.dates(document),
            self.publisher(document),
            self.authors(document),
            self.language(document),
        ];
        groups.extend(self.further(document));
        let headline: Vec<Value> = (["kicker", "title"].into_iter())
            .filter_map(|field| {
                let evidence = document.evidence.get(field)?;
                Some(self.value(self.place(field), None, None, evidence, false))
            })
            .collect();
        groups.push(group(&names.headline, headline));
        groups.push(self.rights(document));
        groups.retain(|group| !(group.values.is_empty() && group.minor.is_empty()));
        groups
    }

    fn agencies(&mut self, document: &Document) -> Group {
        let order = |agency: &&AgencyMention| match (agency.role, agency.scope) {
            (Role::Cited, _) => 0,
            (Role::Credited, Scope::Text) => 1,
            (Role::Credited, Scope::Photo) => 2,
            (Role::Mentioned, _) => 3,
        };
        let mut agencies: Vec<&AgencyMention> = document.agencies.iter().collect();
        agencies.sort_by_key(order);
        let (roles, all) = (&self.t.article.roles, &self.t.article.all);
        let mut values = Vec::new();
        let mut minor = Vec::new();
        for agency in agencies {
            let (role, all) = match (agency.role, agency.scope) {
                (Role::Cited, _) => (&roles.cited, &all.cited),
                (Role::Credited, Scope::Text) => (&roles.credited, &all.credited),
                (Role::Credited, Scope::Photo) => (&roles.photo, &all.photo),
                (Role::Mentioned, _) => (&roles.mentioned, &all.mentioned),
            };
            let place = (Some(agency.role.id()), Some(agency.scope.id()));
            let search = self.search("agencies", place, &agency.id, &agency.name, all);
            let is_minor = agency.role == Role::Mentioned;
            let quotes = agency.role == Role::Cited;
            let name = agency.name.clone();
            let value = self.value(name, Some(role.clone()), search, &agency.evidence, quotes);
            (if is_minor { &mut minor } else { &mut values }).push(value);
        }
        self.with_minor(group(&self.t.article.groups.agencies, values), minor)
    }

    fn sources(&mut self, document: &Document) -> Group {
        let all = &self.t.article.all.cited;
        let values: Vec<Value> = (document.sources.iter())
            .map(|source| {
                let place = (Some(Role::Cited.id()), None);
                let search = self.search("sources", place, &source.id, &source.name, all);
                self.value(source.name.clone(), None, search, &source.evidence, true)
            })
            .collect();
        group(&self.t.article.groups.sources, values)
    }

    fn countries(&mut self, document: &Document) -> Group {
        let mut values = Vec::new();
        let mut minor = Vec::new();
        for country in &document.countries {
            let CountryMention { id, name, role, .. } = country;
            let all = &self.t.article.all.country;
            let search = self.search("countries", (Some(role.id()), None), id, name, all);
            let is_minor = *role == CountryRole::Mentioned;
            let times = u64::from(country.count);
            let times = (times > 0).then(|| self.t.counted(&self.t.article.times, times));
            let value = self.value(name.clone(), times, search, &country.evidence, false);
            (if is_minor { &mut minor } else { &mut values }).push(value);
        }
        self.with_minor(group(&self.t.article.groups.countries, values), minor)
    }

    fn dates(&mut self, document: &Document) -> Group {
        let roles = &self.t.article.roles;
        let clear = self.state.cleared();
        let date = document.date.map(|date| {
            let role = match date.kind {
                DateKind::Published => &roles.published,
                DateKind::Updated => &roles.updated,
                DateKind::Header => &roles.header,
            };
            (date.value, role)
        });
        let updated = document.updated.map(|updated| (updated, &roles.updated));
        let evidence = |field: &str| document.evidence.get(field).map_or(&[][..], Vec::as_slice);
        let mut values = Vec::new();
        for (field, date) in [("date", date), ("updated", updated)] {
            let Some((date, role)) = date else { continue };
            let search = (field == "date").then(|| Link {
                address: links::period(&clear, date),
                text: self.t.article.all.date.with(&[]),
            });
            let name = self.t.format.date(date);
            values.push(self.value(name, Some(role.clone()), search, evidence(field), false));
        }
        group(&self.t.article.groups.date, values)
    }

    fn publisher(&mut self, document: &Document) -> Group {
        let all = &self.t.article.all.publisher;
        let evidence = evidence_of(document, "publisher");
        let value = document.publisher.as_ref().map(|publisher| {
            let (id, name) = (&publisher.id, &publisher.name);
            let search = self.search("publisher", (None, None), id, name, all);
            self.value(name.clone(), None, search, evidence, false)
        });
        group(&self.t.article.groups.publisher, value)
    }

    /// Of several authors, evidence does not say which one it is for: it is given with the first.
    fn authors(&mut self, document: &Document) -> Group {
        let all = &self.t.article.all.author;
        let mut evidence = evidence_of(document, "authors");
        let values: Vec<Value> = (document.authors.iter())
            .map(|author| {
                let search = self.search("authors", (None, None), author, author, all);
                let evidence = std::mem::take(&mut evidence);
                self.value(author.clone(), None, search, evidence, false)
            })
            .collect();
        group(&self.t.article.groups.authors, values)
    }

    fn language(&mut self, document: &Document) -> Group {
        let texts = &self.t.article;
        let value = document.language.as_ref().map(|code| {
            let name = texts.languages.get(code).unwrap_or(code);
            let search = self.search("language", (None, None), code, name, &texts.all.value);
            let evidence = evidence_of(document, "language");
            self.value(name.clone(), None, search, evidence, false)
        });
        group(&texts.groups.language, value)
    }

    /// What the input stated beside all that: the values of further fields of the schema.
    fn further(&mut self, document: &Document) -> Vec<Group> {
        let all = &self.t.article.all;
        let fields = self.schema.fields().iter();
        let fields = fields.filter_map(|field| match &field.kind {
            FieldKind::Keyword(keyword) => Some((field, document.extra.get(&keyword.source)?)),
            _ => None,
        });
        let mut groups = Vec::new();
        for (field, values) in fields {
            let evidence = evidence_of(document, &field.name);
            let values: Vec<Value> = (values.iter())
                .map(|value| {
                    let link = Link {
                        address: links::of_value(field, &self.state.cleared(), value),
                        text: all.value.with(&[("name", value)]),
                    };
                    self.value(value.clone(), None, Some(link), evidence, false)
                })
                .collect();
            groups.push(group(field.label(self.language.code()), values));
        }
        groups
    }

    fn rights(&mut self, document: &Document) -> Group {
        let texts = &self.t.article.rights;
        let mut values = Vec::new();
        if !document.access.is_full() || document.evidence.contains_key("access") {
            let name = match document.access {
                Access::Full => &texts.full,
                Access::Snippet => &texts.snippet,
                Access::Metadata => &texts.metadata,
            };
            let evidence = evidence_of(document, "access");
            values.push(self.value(name.clone(), None, None, evidence, false));
        }
        if let Some(embargo) = document.embargo {
            let date = self.t.format.date(embargo);
            let name = texts.embargo.with(&[("date", &date)]);
            let evidence = evidence_of(document, "embargo");
            values.push(self.value(name, None, None, evidence, false));
        }
        group(&self.t.article.groups.rights, values)
    }

    fn search(
        &self,
        source: &str,
        place: (Option<&str>, Option<&str>),
        id: &str,
        name: &str,
        text: &Message,
    ) -> Option<Link> {
        let address = links::search(self.schema, &self.state.cleared(), source, place, id)?;
        let text = text.with(&[("name", &name)]);
        Some(Link { address, text })
    }

    fn with_minor(&self, group: Group, minor: Vec<Value>) -> Group {
        if group.values.is_empty() {
            return Group {
                values: minor,
                ..group
            };
        }
        Group {
            minor_in_words: (self.t).counted(&self.t.article.also_mentioned, minor.len() as u64),
            is_minor_open: minor.iter().any(|value| value.is_lit),
            minor,
            ..group
        }
    }
}

fn group(name: &str, values: impl IntoIterator<Item = Value>) -> Group {
    Group {
        name: name.to_owned(),
        values: values.into_iter().collect(),
        minor: Vec::new(),
        minor_in_words: String::new(),
        is_minor_open: false,
    }
}

fn evidence_of<'a>(document: &'a Document, field: &str) -> &'a [Evidence] {
    document.evidence.get(field).map_or(&[], Vec::as_slice)
}

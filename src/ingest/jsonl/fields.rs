//! The fields of a record: what an input may state, and in which forms.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::document::{
    Access, AgencyKind, AgencyMention, CountryMention, CountryRole, DateKind, DocumentDate,
    PartialDate, Precision, Publisher, Role, Scope,
};

/// The fields of a record while they are taken out of it.
pub(in crate::ingest) struct Fields<'a> {
    record: &'a mut Map<String, Value>,
    pub(in crate::ingest) stated: Vec<String>,
    pub(in crate::ingest) troubles: &'a mut Vec<String>,
}

impl<'a> Fields<'a> {
    pub(in crate::ingest) fn new(
        record: &'a mut Map<String, Value>,
        troubles: &'a mut Vec<String>,
    ) -> Fields<'a> {
        Fields {
            record,
            stated: Vec::new(),
            troubles,
        }
    }

    /// The value of `name`, unless it is absent, `null` or empty.
    fn take(&mut self, name: &str) -> Option<Value> {
        let value = self.record.remove(name)?;
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(values) => values.is_empty(),
            Value::Object(values) => values.is_empty(),
            _ => false,
        };
        (!empty).then_some(value)
    }

    /// Whether there is a value of `name` that is not empty.
    pub(in crate::ingest) fn has(&mut self, name: &str) -> bool {
        match self.take(name) {
            Some(value) => self.record.insert(name.to_owned(), value).is_none(),
            None => false,
        }
    }

    fn is_stated(&mut self, name: &str) {
        self.stated.push(name.to_owned());
    }

    fn refuse(&mut self, name: &str, wanted: &str) {
        self.troubles.push(format!(
            "\"{name}\" is not {wanted}, the record was read without it"
        ));
    }

    pub(in crate::ingest) fn text(&mut self, name: &str) -> Option<String> {
        let value = self.take(name)?;
        match plain(&value) {
            Some(text) => {
                self.is_stated(name);
                Some(text)
            }
            None => {
                self.refuse(name, "a string");
                None
            }
        }
    }

    /// A string or a list of strings; of objects, their `name`.
    pub(in crate::ingest) fn texts(&mut self, name: &str) -> Vec<String> {
        let Some(value) = self.take(name) else {
            return Vec::new();
        };
        let texts: Option<Vec<String>> = list(value)
            .iter()
            .filter(|value| !value.is_null())
            .map(|value| plain(value.get("name").unwrap_or(value)))
            .collect();
        match texts {
            Some(texts) => {
                let texts: Vec<String> =
                    texts.into_iter().filter(|t| !t.trim().is_empty()).collect();
                if !texts.is_empty() {
                    self.is_stated(name);
                }
                texts
            }
            None => {
                self.refuse(name, "a string or a list of strings");
                Vec::new()
            }
        }
    }

    pub(in crate::ingest) fn publisher(&mut self) -> Option<Publisher> {
        let value = self.take("publisher")?;
        let name = plain(&value)
            .or_else(|| plain(value.get("name")?))
            .or_else(|| plain(value.get("id")?));
        let Some(name) = name else {
            self.refuse("publisher", "a name");
            return None;
        };
        self.is_stated("publisher");
        let id = value
            .get("id")
            .and_then(plain)
            .unwrap_or_else(|| name.clone());
        Some(Publisher { id, name })
    }

    /// `date`, or the more precise `datetime`; never more precise than `date_precision`.
    pub(in crate::ingest) fn date(&mut self) -> Option<DocumentDate> {
        let kind = match self.take("date_kind").as_ref().and_then(Value::as_str) {
            Some("updated") => DateKind::Updated,
            Some("header") => DateKind::Header,
            _ => DateKind::Published,
        };
        let precision = self.take("date_precision");
        let datetime = self.moment("datetime");
        let date = self.moment("date");
        let mut value = match (datetime, date) {
            (Some(time), Some(day)) if time.without_time() != day.without_time() => day,
            (time, day) => time.or(day)?,
        };
        let precision = precision
            .and_then(|value| serde_json::from_value::<Precision>(value).ok())
            .unwrap_or(Precision::Minute);
        value = match precision {
            Precision::Year => PartialDate::year(value.year_number())?,
            Precision::Month => value.periods().take(2).last()?,
            Precision::Day => value.without_time(),
            Precision::Minute => value,
        };
        self.is_stated("date");
        Some(DocumentDate { value, kind })
    }

    pub(in crate::ingest) fn moment(&mut self, name: &str) -> Option<PartialDate> {
        let value = self.take(name)?;
        let date = match &value {
            Value::Number(number) => match number.as_i64()? {
                year @ 1..=4095 => PartialDate::year(year as u16),
                // Milliseconds since 1970 are larger than any plausible number of seconds.
                stamp if stamp.abs() > 100_000_000_000 => {
                    PartialDate::from_unix_seconds(stamp / 1_000)
                }
                stamp => PartialDate::from_unix_seconds(stamp),
            },
            Value::String(text) => PartialDate::from_stamp(text),
            _ => None,
        };
        match date {
            Some(_) => self.is_stated(name),
            None => self.refuse(
                name,
                "a date such as 2025, 2025-04, 2025-04-28 or 2025-04-28T08:45:00+02:00",
            ),
        }
        date
    }

    /// The strictest, if it cannot be read.
    pub(in crate::ingest) fn access(&mut self) -> Access {
        let Some(value) = self.take("access") else {
            return Access::Full;
        };
        self.is_stated("access");
        let access = value.as_str().and_then(|id| Access::of_id(id.trim()));
        access.unwrap_or_else(|| {
            self.troubles.push(
                "\"access\" is not full, snippet or metadata, the record was read as metadata"
                    .to_owned(),
            );
            Access::Metadata
        })
    }

    pub(in crate::ingest) fn agencies(&mut self) -> Vec<AgencyMention> {
        let mut agencies = Vec::new();
        for value in self.objects(["agencies", "agency"]) {
            let Some((id, name)) = id_and_name(&value) else {
                self.refuse("agencies", "a list of names, ids or objects with \"id\"");
                continue;
            };
            agencies.push(AgencyMention {
                id,
                name,
                kind: parsed(&value, "kind").unwrap_or(AgencyKind::News),
                role: parsed(&value, "role").unwrap_or(Role::Cited),
                scope: parsed(&value, "scope").unwrap_or(Scope::Text),
                evidence: Vec::new(),
            });
        }
        if !agencies.is_empty() {
            self.is_stated("agencies");
        }
        agencies
    }

    pub(in crate::ingest) fn countries(&mut self) -> Vec<CountryMention> {
        let mut countries = Vec::new();
        for value in self.objects(["countries", "country"]) {
            let Some((id, name)) = id_and_name(&value) else {
                self.refuse("countries", "a list of names, ids or objects with \"id\"");
                continue;
            };
            countries.push(CountryMention {
                id,
                name,
                role: parsed(&value, "role").unwrap_or(CountryRole::About),
                count: parsed(&value, "count").unwrap_or(0),
                evidence: Vec::new(),
            });
        }
        if !countries.is_empty() {
            self.is_stated("countries");
        }
        countries
    }

    /// The values under the document's own name of a field, else under its name in queries.
    fn objects(&mut self, names: [&str; 2]) -> Vec<Value> {
        let values = names.iter().find_map(|name| self.take(name));
        let values = values.map(list).unwrap_or_default();
        values
            .into_iter()
            .filter(|value| !value.is_null())
            .collect()
    }

    pub(in crate::ingest) fn extra(&mut self, names: &[String]) -> BTreeMap<String, Vec<String>> {
        let mut extra = BTreeMap::new();
        for name in names {
            let values = self.texts(name);
            if !values.is_empty() {
                extra.insert(name.clone(), values);
            }
        }
        extra
    }
}

/// A string, number or truth value as text.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

fn list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(values) => values,
        value => vec![value],
    }
}

fn id_and_name(value: &Value) -> Option<(String, String)> {
    if let Some(name) = value.as_str() {
        return Some((name.to_owned(), name.to_owned()));
    }
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let id = text("id")
        .or_else(|| text("iso"))
        .or_else(|| text("name"))?;
    let name = text("name").unwrap_or_else(|| id.clone());
    Some((id, name))
}

fn parsed<T: serde::de::DeserializeOwned>(value: &Value, key: &str) -> Option<T> {
    T::deserialize(value.get(key)?).ok()
}

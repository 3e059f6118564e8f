//! From a question to a request that an engine can run.

use std::collections::BTreeMap;

use super::ask::{Ask, Between, MAX_FACET_VALUES, MAX_LIMIT, MAX_SKIP};
use super::response::WantedTexts;
use super::{Archive, AskError, Filter};
use crate::analysis::Analyzer;
use crate::document::{PartialDate, Precision};
use crate::query::{self, Compiler, Mode, Node, Operator, Weights};
use crate::schema::{Field, FieldKind};
use crate::search::{
    AlsoSearched, COPY, Clause, DateRange, FacetFilter, FacetOrder, FacetRequest, HalfLife,
    MISSING, Notice, Recency, SearchRequest,
};

/// A query text that was understood.
pub(super) struct Understood {
    pub(super) clause: Clause,
    pub(super) notices: Vec<Notice>,
    /// What is searched for beside the words; it need not be in the archive.
    pub(super) also_searched: Vec<AlsoSearched>,
    /// Whether words stand beside each other without an operator.
    pub(super) has_gaps: bool,
    /// Whether any of the words will do although all were wanted.
    pub(super) relaxed: bool,
}

impl Archive {
    /// Reads and compiles the query text; `relaxed` makes any of the words do.
    pub(super) fn understand(&self, ask: &Ask, relaxed: bool) -> Result<Understood, AskError> {
        let mode = match (ask.plain, ask.strict) {
            (true, _) => Mode::Plain,
            (false, true) => Mode::Strict,
            (false, false) => Mode::Lenient,
        };
        let query = query::parse(&ask.text, &self.schema, mode)?;
        let any = relaxed || ask.between == Between::Any;
        let compiler = Compiler {
            schema: &self.schema,
            analyzer: Analyzer::german(),
            operator: if any { Operator::Any } else { Operator::All },
            weights: Weights::default(),
            resolve: &|field, text| self.resolve_in(field, text),
        };
        let compiled = compiler.compile(&query);
        let mut notices = query.notices;
        notices.extend(compiled.notices);
        if relaxed {
            notices.push(Notice {
                code: "relaxed",
                message: "Kein Artikel enthält alle Wörter; gezeigt werden Artikel mit \
                          mindestens einem davon."
                    .to_owned(),
                span: None,
            });
        }
        Ok(Understood {
            clause: compiled.clause,
            notices,
            also_searched: compiled.also_searched,
            has_gaps: has_gaps(&query.tree),
            relaxed,
        })
    }

    /// The request for a query that was understood, checked and within bounds; and what is wanted
    /// in the texts of its hits.
    pub(super) fn request(
        &self,
        ask: &Ask,
        understood: &Understood,
    ) -> Result<(SearchRequest, WantedTexts), AskError> {
        bound("limit", ask.limit, MAX_LIMIT)?;
        bound("the number of hits to pass over", ask.skip, MAX_SKIP)?;
        bound("facet_limit", ask.facet_limit, MAX_FACET_VALUES)?;
        if let (Some(from), Some(to)) = (ask.from, ask.to)
            && from.beginning() > to.ending()
        {
            let message = format!("the range from {from} to {to} is empty; exchange its ends");
            return Err(AskError::Filter(message));
        }
        let now = PartialDate::now();
        let clause = with_copies(self.with_condition(understood.clause.clone(), ask)?, ask);
        let clause = known_to(clause, ask)?;
        let wanted = self.wanted(ask, &understood.clause);
        let request = SearchRequest {
            filters: self.filters(ask)?,
            range: DateRange {
                from: ask.from,
                to: ask.to,
            },
            hold: true,
            sort: ask.sort,
            recency: self.recency(ask, now)?,
            skip: ask.skip,
            limit: ask.limit,
            facets: self.facet_requests(ask)?,
            histogram: ask.histogram,
            collapse: ask.collapse,
            count_copies: ask.copies,
            locate: wanted.locate(),
            ..SearchRequest::counting(clause, now)
        };
        Ok((request, wanted))
    }

    /// Ages count from the latest day of the archive: in one that ends with the year 1995, what is
    /// of that year is new.
    fn recency(&self, ask: &Ask, now: PartialDate) -> Result<Option<Recency>, AskError> {
        let Some(text) = &ask.recency else {
            return Ok(None);
        };
        let half_life = text.parse::<HalfLife>();
        Ok(Some(Recency {
            half_life: half_life.map_err(|error| AskError::Filter(error.to_string()))?,
            origin: self.gate.latest_day(now)?.unwrap_or(now.without_time()),
        }))
    }

    /// The clause narrowed to what has to hold besides.
    fn with_condition(&self, clause: Clause, ask: &Ask) -> Result<Clause, AskError> {
        Ok(match &ask.condition {
            Some(condition) => Clause::And(vec![clause, self.condition(condition)?]),
            None => clause,
        })
    }

    fn filters(&self, ask: &Ask) -> Result<Vec<FacetFilter>, AskError> {
        let mut filters: Vec<FacetFilter> = Vec::new();
        for filter in ask.filters.iter().filter(|filter| filter.facet != COPY) {
            let field = self.facet_field(&filter.facet)?;
            let value = self.filter_value(field, &filter.value)?;
            let position = filters.iter().position(|known| known.facet == field.name);
            let position = position.unwrap_or_else(|| {
                filters.push(FacetFilter {
                    facet: field.name.clone(),
                    ..FacetFilter::default()
                });
                filters.len() - 1
            });
            let list = if filter.exclude {
                &mut filters[position].exclude
            } else {
                &mut filters[position].include
            };
            if !list.contains(&value) {
                list.push(value);
            }
        }
        Ok(filters)
    }

    fn facet_requests(&self, ask: &Ask) -> Result<Vec<FacetRequest>, AskError> {
        let all = || {
            self.schema
                .facets()
                .map(|field| field.name.clone())
                .collect()
        };
        let names: Vec<String> = ask.facets.clone().unwrap_or_else(all);
        if let (Some(under), true) = (&ask.facet_under, names.len() != 1) {
            let message = format!("\"{under}\" is a value of one facet; name that facet alone");
            return Err(AskError::Filter(message));
        }
        let mut requests: Vec<FacetRequest> = Vec::new();
        for name in names {
            let field = self.facet_field(&name)?;
            if requests.iter().all(|request| request.facet != field.name) {
                requests.push(self.facet_request(field, ask)?);
            }
        }
        Ok(requests)
    }

    pub(super) fn facet_request(&self, field: &Field, ask: &Ask) -> Result<FacetRequest, AskError> {
        let under = ask.facet_under.as_deref();
        Ok(FacetRequest {
            facet: field.name.clone(),
            limit: ask.facet_limit,
            offset: ask.facet_offset,
            under: under.map(|id| self.filter_value(field, id)).transpose()?,
            order: facet_order(&field.name, &ask.facet_sort)?,
            contains: ask.facet_contains.clone(),
            names: self.value_names(field, ask)?,
        })
    }

    /// Names of values that documents do not give: those of the schema, and those of values that
    /// are chosen although no document may have them.
    fn value_names(&self, field: &Field, ask: &Ask) -> Result<BTreeMap<String, String>, AskError> {
        let FieldKind::Keyword(keyword) = &field.kind else {
            return Ok(BTreeMap::new());
        };
        let mut names = BTreeMap::new();
        for filter in (ask.filters.iter()).filter(|filter| filter.facet == field.name) {
            let id = self.filter_value(field, &filter.value)?;
            if let Some(node) = crate::enrich::resolve(&keyword.source, &id)
                && node.id == id
            {
                names.insert(id, node.name);
            }
        }
        let labelled = keyword.values.keys().filter_map(|id| {
            let label = field.value_label(id, &ask.language)?;
            Some((id.clone(), label.to_owned()))
        });
        names.extend(labelled);
        Ok(names)
    }

    pub(super) fn facet_field(&self, name: &str) -> Result<&Field, AskError> {
        let field = self.schema.field(name).filter(|field| field.is_facet());
        field.ok_or_else(|| {
            let facets: Vec<&str> = self
                .schema
                .facets()
                .map(|field| field.name.as_str())
                .collect();
            let known = facets.join(", ");
            AskError::Filter(format!("unknown facet \"{name}\", known are: {known}"))
        })
    }

    /// The id of a value that a filter names.
    pub(super) fn filter_value(&self, field: &Field, text: &str) -> Result<String, AskError> {
        if text == MISSING {
            return Ok(text.to_owned());
        }
        match &field.kind {
            FieldKind::Date { .. } => match text.parse::<PartialDate>() {
                Ok(date) => Ok(date.without_time().to_string()),
                Err(error) => Err(AskError::Filter(format!("{}: {error}", field.name))),
            },
            _ => Ok(self
                .resolve_in(&field.name, text)
                .unwrap_or_else(|| text.to_owned())),
        }
    }

    /// The id of a value of a keyword field, from its id, name or alias.
    fn resolve_in(&self, field: &str, text: &str) -> Option<String> {
        let FieldKind::Keyword(keyword) = &self.schema.field(field)?.kind else {
            return None;
        };
        if keyword.values.contains_key(text) {
            return Some(text.to_owned());
        }
        let of_label = keyword.values.iter().find(|(_, labels)| {
            labels
                .values()
                .any(|label| label.to_lowercase() == text.to_lowercase())
        });
        match of_label {
            Some((id, _)) => Some(id.clone()),
            None => crate::enrich::resolve(&keyword.source, text).map(|node| node.id),
        }
    }
}

/// The clause narrowed to the groups of copies that filters name.
fn with_copies(clause: Clause, ask: &Ask) -> Clause {
    let groups = ask.filters.iter().filter(|filter| filter.facet == COPY);
    let (excluded, included): (Vec<_>, Vec<_>) = groups.partition(|filter| filter.exclude);
    let of = |filter: &Filter| Clause::CopiesOf {
        id: filter.value.clone(),
    };
    let mut all = vec![clause];
    if !included.is_empty() {
        all.push(Clause::Or(included.into_iter().map(of).collect()));
    }
    all.extend((excluded.into_iter()).map(|filter| Clause::Not(Box::new(of(filter)))));
    match all.len() {
        1 => all.remove(0),
        _ => Clause::And(all),
    }
}

/// The clause narrowed to documents of whose date no more is known than a year or a month.
///
/// What is known better lies in the period without its first day (or month) or in the period
/// without its last; only what is known of the whole period lies in neither.
fn known_to(clause: Clause, ask: &Ask) -> Result<Clause, AskError> {
    let Some(period) = ask.known_to else {
        return Ok(clause);
    };
    let is_coarse = matches!(period.precision(), Precision::Year | Precision::Month);
    let day = |bits| PartialDate::from_bits(bits)?.days_since_1970();
    let days = day(period.beginning()).zip(day(period.ending()));
    let Some((first, last)) = days.filter(|_| is_coarse) else {
        let message = format!("known_to is {period}, write a year or a month, as 2025-04");
        return Err(AskError::Filter(message));
    };
    let within = |first, last| {
        Clause::Range(DateRange {
            from: PartialDate::from_days_since_1970(first),
            to: PartialDate::from_days_since_1970(last),
        })
    };
    Ok(Clause::And(vec![
        clause,
        within(first, last),
        Clause::Not(Box::new(Clause::Or(vec![
            within(first + 1, last),
            within(first, last - 1),
        ]))),
    ]))
}

/// The order of a facet's values: the last that is given for it, else the last for all.
fn facet_order(facet: &str, orders: &[String]) -> Result<FacetOrder, AskError> {
    let (mut own, mut of_all) = (None, None);
    for text in orders {
        let (of, name) = match text.split_once(':') {
            Some((of, name)) => (Some(of), name),
            None => (None, text.as_str()),
        };
        let known = FacetOrder::NAMES.iter().find(|(known, _)| *known == name);
        let Some((_, order)) = known else {
            let known = FacetOrder::NAMES.map(|(name, _)| name).join(", ");
            let message = format!("unknown order of values \"{name}\", known are: {known}");
            return Err(AskError::Filter(message));
        };
        match of {
            None => of_all = Some(*order),
            Some(of) if of == facet => own = Some(*order),
            Some(_) => {}
        }
    }
    Ok(own.or(of_all).unwrap_or_default())
}

fn bound(name: &'static str, value: usize, most: usize) -> Result<(), AskError> {
    if value > most {
        return Err(AskError::TooLarge { name, value, most });
    }
    Ok(())
}

fn has_gaps(node: &Node) -> bool {
    match node {
        Node::Juxtaposed(_) => true,
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(has_gaps),
        Node::Not(node) => has_gaps(node),
        Node::Boost { node, .. } => has_gaps(node),
        _ => false,
    }
}

//! Which values of a facet are listed, and in what order.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};

use crate::document::PartialDate;
use crate::search::{FacetCount, FacetCounts, FacetOrder, FacetRequest, Name, NamePattern};

/// A level below the first is listed only if all that is listed of the facet is then no more than so
/// many times the values wanted of a level: days of all months would be most of an answer.
const LEVELS: usize = 16;

/// The id of a value. Those of periods are only written out where they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Id<'a> {
    /// A packed date. Those of one level are in the order of their texts.
    Period(u32),
    Text(&'a str),
}

impl Id<'_> {
    fn text(&self) -> Cow<'_, str> {
        match self {
            Id::Text(text) => Cow::Borrowed(text),
            Id::Period(bits) => {
                let date = PartialDate::from_bits(*bits);
                date.map_or(Cow::Borrowed(""), |date| Cow::Owned(date.to_string()))
            }
        }
    }
}

/// A value with its count, and the place of the value above it.
pub(super) struct Value<'a> {
    pub(super) id: Id<'a>,
    /// The name that documents gave it; empty if it is the id.
    name: &'a str,
    above: Option<usize>,
    pub(super) count: u64,
    pub(super) copies: Option<u64>,
    pub(super) selected: bool,
    pub(super) excluded: bool,
}

impl<'a> Value<'a> {
    pub(super) fn new(
        id: Id<'a>,
        name: &'a str,
        above: Option<usize>,
        count: u64,
        copies: Option<u64>,
    ) -> Value<'a> {
        Value {
            id,
            name,
            above,
            count,
            copies,
            selected: false,
            excluded: false,
        }
    }
}

/// The values that a request wants; what is missing is none of them.
pub(super) fn list(values: Vec<Value<'_>>, request: &FacetRequest, is_date: bool) -> FacetCounts {
    let mut lister = Lister {
        order: match request.order {
            FacetOrder::Usual if is_date => FacetOrder::IdDescending,
            FacetOrder::Usual => FacetOrder::Count,
            order => order,
        },
        must_list: Vec::new(),
        is_open: Vec::new(),
        below: vec![Vec::new(); values.len()],
        first: Vec::new(),
        values,
        request,
    };
    lister.must_list = lister.with_all_above(|value| value.selected || value.excluded);
    let wanted = (request.contains.as_deref()).map(|text| {
        let pattern = NamePattern::new(text);
        lister.with_all_above(|value| {
            pattern.fits(&lister.name(value)) || pattern.fits(&value.id.text())
        })
    });
    for place in 0..lister.values.len() {
        let counts = lister.values[place].count > 0 || lister.must_list[place];
        if counts && wanted.as_ref().is_none_or(|wanted| wanted[place]) {
            match lister.values[place].above {
                Some(above) => lister.below[above].push(place),
                None => lister.first.push(place),
            }
        }
    }
    let first = match &request.under {
        None => lister.first.as_slice(),
        Some(id) => {
            let place = lister
                .values
                .iter()
                .position(|value| value.id.text() == *id);
            place.map_or(&[][..], |place| lister.below[place].as_slice())
        }
    };
    lister.is_open = lister.open(first);
    let level = lister.level(first, request.offset, request.limit);
    FacetCounts {
        values: level.values,
        total_values: first.len() as u64,
        other: level.other,
        other_copies: Some(level.other_copies),
        ..FacetCounts::default()
    }
}

struct Lister<'a> {
    values: Vec<Value<'a>>,
    /// For each value, whether it is selected or excluded or stands above such a one: these are
    /// listed however few documents they have.
    must_list: Vec<bool>,
    /// For each value, whether those below it are listed. They are below what is selected or excluded.
    is_open: Vec<bool>,
    /// For each value, the places of those below it that may be listed.
    below: Vec<Vec<usize>>,
    /// The places of those that stand below none.
    first: Vec<usize>,
    order: FacetOrder,
    request: &'a FacetRequest,
}

/// What is listed of one level, and the sums of the counts of the others.
struct Level {
    values: Vec<FacetCount>,
    other: u64,
    other_copies: u64,
}

impl Lister<'_> {
    fn name<'b>(&'b self, value: &'b Value<'_>) -> Cow<'b, str> {
        let id = value.id.text();
        match self.request.names.get(id.as_ref()) {
            Some(name) => Cow::Borrowed(name),
            None if value.name.is_empty() => id,
            None => Cow::Borrowed(value.name),
        }
    }

    /// The values that `is_meant` picks, and all those above them.
    fn with_all_above(&self, is_meant: impl Fn(&Value<'_>) -> bool) -> Vec<bool> {
        let mut all = vec![false; self.values.len()];
        for (place, value) in self.values.iter().enumerate() {
            let mut next = is_meant(value).then_some(place);
            while let Some(place) = next.filter(|place| !all[*place]) {
                all[place] = true;
                next = self.values[place].above;
            }
        }
        all
    }

    /// Which values show those below them: all of a level do if there is room for that, see [`LEVELS`],
    /// and those with a choice. `first` are the places of the first level.
    fn open(&self, first: &[usize]) -> Vec<bool> {
        let (limit, offset) = (self.request.limit, self.request.offset);
        let mut is_open = self.must_list.clone();
        if first.iter().all(|place| self.below[*place].is_empty()) {
            return is_open;
        }
        let page = |places: &[usize], offset: usize| {
            let sorted = self.sorted(places, offset.saturating_add(limit));
            sorted.into_iter().skip(offset).take(limit)
        };
        let mut level: Vec<usize> = page(first, offset).collect();
        let mut room = limit.saturating_mul(LEVELS).saturating_sub(level.len());
        loop {
            let below = level.iter().map(|place| &self.below[*place]);
            let number: usize = below.clone().map(|below| below.len().min(limit)).sum();
            if number == 0 || number > room {
                return is_open;
            }
            room -= number;
            let next = below.flat_map(|below| page(below, 0)).collect();
            for place in std::mem::replace(&mut level, next) {
                is_open[place] = true;
            }
        }
    }

    /// The values at some places, of which `limit` are listed from `offset` on, with those below each.
    fn level(&self, places: &[usize], offset: usize, limit: usize) -> Level {
        let sorted = self.sorted(places, offset.saturating_add(limit));
        let mut level = Level {
            values: Vec::new(),
            other: 0,
            other_copies: 0,
        };
        for (number, place) in sorted.into_iter().enumerate() {
            let on_page = number >= offset && number - offset < limit;
            let value = &self.values[place];
            if !on_page && !self.must_list[place] {
                level.other += value.count;
                level.other_copies += value.copies.unwrap_or(0);
                continue;
            }
            let limit = if self.is_open[place] {
                self.request.limit
            } else {
                0
            };
            let below = self.level(&self.below[place], 0, limit);
            level.values.push(FacetCount {
                id: value.id.text().into_owned(),
                name: self.name(value).into_owned(),
                count: value.count,
                copies: value.copies,
                selected: value.selected,
                excluded: value.excluded,
                total_children: self.below[place].len() as u64,
                children: below.values,
                children_other: below.other,
                children_other_copies: value.copies.map(|_| below.other_copies),
            });
        }
        level
    }

    /// The places in order, so far as the first `wanted` are concerned and those that must be
    /// listed: the rest is only summed up.
    fn sorted(&self, places: &[usize], wanted: usize) -> Vec<usize> {
        let mut keyed: Vec<(usize, Option<Name>)> = (places.iter())
            .map(|place| {
                let by_name = self.order == FacetOrder::Name;
                let name = by_name.then(|| Name::new(&self.name(&self.values[*place])));
                (*place, name)
            })
            .collect();
        let compare = |a: &(usize, Option<Name>), b: &(usize, Option<Name>)| {
            self.compare(&self.values[a.0], &self.values[b.0])
                .then_with(|| a.1.cmp(&b.1))
                .then_with(|| self.values[a.0].id.cmp(&self.values[b.0].id))
        };
        if 0 < wanted && wanted < keyed.len() {
            keyed.select_nth_unstable_by(wanted - 1, compare);
        }
        let (first, rest) = keyed.split_at_mut(wanted.min(places.len()));
        first.sort_unstable_by(compare);
        rest.sort_by_key(|(place, _)| !self.must_list[*place]);
        let listed = rest.partition_point(|(place, _)| self.must_list[*place]);
        rest[..listed].sort_unstable_by(compare);
        keyed.into_iter().map(|(place, _)| place).collect()
    }

    /// The order of two values, but for their names and, at last, ids.
    fn compare(&self, a: &Value<'_>, b: &Value<'_>) -> Ordering {
        match self.order {
            FacetOrder::Usual | FacetOrder::Count => Reverse(a.count).cmp(&Reverse(b.count)),
            FacetOrder::CountAscending => a.count.cmp(&b.count),
            FacetOrder::IdDescending => b.id.cmp(&a.id),
            FacetOrder::Id | FacetOrder::Name => Ordering::Equal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twelve years with all their months, and 28 days in each, of one document; one day may be chosen.
    fn days(chosen: Option<&str>) -> Vec<Value<'static>> {
        let mut values: Vec<Value> = Vec::new();
        let mut add = |text: &str, above: Option<usize>, count: u64| {
            let bits = text.parse::<PartialDate>().unwrap().to_bits();
            let mut value = Value::new(Id::Period(bits), "", above, count, None);
            value.selected = chosen == Some(text);
            values.push(value);
            values.len() - 1
        };
        for year in 2001..=2012 {
            let of_year = add(&year.to_string(), None, 12 * 28);
            for month in 1..=12 {
                let of_month = add(&format!("{year}-{month:02}"), Some(of_year), 28);
                for day in 1..=28 {
                    add(&format!("{year}-{month:02}-{day:02}"), Some(of_month), 1);
                }
            }
        }
        values
    }

    fn listed(chosen: Option<&str>, limit: usize, under: Option<&str>) -> FacetCounts {
        let request = FacetRequest {
            limit,
            under: under.map(str::to_owned),
            ..FacetRequest::default()
        };
        list(days(chosen), &request, true)
    }

    #[test]
    fn a_level_that_has_no_room_is_summed_up() {
        let all = listed(None, 12, None);
        assert_eq!(all.values.len(), 12);
        for month in all.values.iter().flat_map(|year| &year.children) {
            let summed = (
                month.children.len(),
                month.total_children,
                month.children_other,
            );
            assert_eq!(summed, (0, 28, 28));
        }
        let months = all.values.iter().map(|year| year.children.len());
        assert_eq!(months.sum::<usize>(), 144);
        // Two years have few months, and those few days.
        let few = listed(None, 2, None);
        let days = few.values.iter().flat_map(|year| &year.children);
        assert!(days.clone().count() == 4 && days.into_iter().all(|it| it.children.len() == 2));
    }

    #[test]
    fn what_is_chosen_or_asked_for_is_listed() {
        let all = listed(Some("2005-03-04"), 12, None);
        let months = all.values.iter().flat_map(|year| &year.children);
        for month in months {
            let expected = if month.id == "2005-03" { 13 } else { 0 };
            assert_eq!(month.children.len(), expected, "{}", month.id);
        }
        let month = listed(None, 12, Some("2005-03"));
        assert_eq!((month.values.len(), month.other), (12, 16));
    }
}

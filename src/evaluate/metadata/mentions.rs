//! Agencies by role and countries by role.

use std::collections::BTreeSet;

use super::Page;
use super::labels::AgencyLabel;
use super::row::{Row, Tally};
use crate::document::{AgencyKind, CountryRole, Document, Role, Scope};

/// What a row of agencies counts.
struct AgencyRow {
    what: &'static str,
    target: &'static str,
    kind: AgencyKind,
    /// `None`: any.
    role: Option<Role>,
    scope: Option<Scope>,
}

const AGENCY_ROWS: &[AgencyRow] = &[
    AgencyRow {
        what: "news agency cited",
        target: ">= .96 / .98",
        kind: AgencyKind::News,
        role: Some(Role::Cited),
        scope: None,
    },
    AgencyRow {
        what: "news agency credited, text",
        target: ">= .97 / .95",
        kind: AgencyKind::News,
        role: Some(Role::Credited),
        scope: Some(Scope::Text),
    },
    AgencyRow {
        what: "news agency credited, photo",
        target: "",
        kind: AgencyKind::News,
        role: Some(Role::Credited),
        scope: Some(Scope::Photo),
    },
    AgencyRow {
        what: "service, any role",
        target: ">= .95 / .95",
        kind: AgencyKind::Intelligence,
        role: None,
        scope: None,
    },
    AgencyRow {
        what: "service cited",
        target: ">= .90 / .90",
        kind: AgencyKind::Intelligence,
        role: Some(Role::Cited),
        scope: None,
    },
];

/// The rows of agencies and countries.
pub(super) fn rows(pages: &[Page]) -> Vec<Row> {
    let mut rows: Vec<Row> = AGENCY_ROWS.iter().map(|row| row.of(pages)).collect();
    rows.push(countries(
        pages,
        "country, any role",
        ">= .985 / .985",
        None,
    ));
    let about = Some(CountryRole::About);
    rows.push(countries(pages, "country about", ">= .88 / .88", about));
    rows
}

impl AgencyRow {
    fn of(&self, pages: &[Page]) -> Row {
        let mut tally = Tally::default();
        for page in pages {
            let found = self.found(&page.document);
            let (wanted, allowed) = self.labelled(&page.label.agencies, &found);
            tally.page(&page.label.file, &wanted, &allowed, &found);
        }
        tally.row(self.what, self.target)
    }

    fn counts(&self, kind: AgencyKind, role: Role, scope: Scope) -> bool {
        kind == self.kind
            && self.role.is_none_or(|wanted| wanted == role)
            && self.scope.is_none_or(|wanted| wanted == scope)
    }

    fn found<'p>(&self, document: &'p Document) -> BTreeSet<&'p str> {
        let agencies = document.agencies.iter();
        agencies
            .filter(|found| self.counts(found.kind, found.role, found.scope))
            .map(|found| found.id.as_str())
            .collect()
    }

    /// What must be there and what may be there.
    fn labelled<'p>(
        &self,
        labels: &'p [AgencyLabel],
        found: &BTreeSet<&'p str>,
    ) -> (BTreeSet<&'p str>, BTreeSet<&'p str>) {
        let (mut wanted, mut allowed) = (BTreeSet::new(), BTreeSet::new());
        for label in labels {
            if !self.counts(label.kind, label.role, label.scope) {
                continue;
            }
            let ids = std::iter::once(&label.id).chain(&label.accept);
            let mut ids = ids.map(String::as_str);
            if label.optional {
                allowed.extend(ids);
                continue;
            }
            let id = ids.find(|id| found.contains(id)).unwrap_or(&label.id);
            wanted.insert(id);
        }
        (wanted, allowed)
    }
}

/// Countries that are clear only from institutions or regions need not be found.
fn countries(pages: &[Page], what: &str, target: &'static str, role: Option<CountryRole>) -> Row {
    let mut tally = Tally::default();
    for page in pages {
        let counts = |found: CountryRole| role.is_none_or(|role| role == found);
        let labels = page.label.countries.iter();
        let (allowed, wanted): (Vec<_>, Vec<_>) = labels
            .filter(|label| counts(label.role))
            .partition(|label| label.optional || label.implicit);
        let wanted: BTreeSet<&str> = wanted.iter().map(|label| label.iso.as_str()).collect();
        let allowed: BTreeSet<&str> = allowed.iter().map(|label| label.iso.as_str()).collect();
        let found = page.document.countries.iter();
        let found = found.filter(|found| counts(found.role));
        let found: BTreeSet<&str> = found.map(|found| found.id.as_str()).collect();
        tally.page(&page.label.file, &wanted, &allowed, &found);
    }
    tally.row(what, target)
}

//! Ways out of a question that finds nothing: what would be found without one of its limits?

use super::{Archive, Ask, AskError, Between, Filter};

/// Most limits that are tried out one by one.
const MAX_TRIED: usize = 12;

/// A change that makes a question find something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayOut {
    /// What is to be changed.
    pub change: Change,
    /// Number of hits after the change, exact.
    pub total_hits: u64,
}

/// What is to be changed of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A selected or excluded value is left out.
    Without(Filter),
    /// Any date will do.
    AnyTime,
    /// All values and dates are left out.
    WithoutAny,
    /// Any of the words will do.
    AnyWord,
}

impl Change {
    /// The question after the change.
    pub fn of(&self, ask: &Ask) -> Ask {
        let mut ask = ask.clone();
        match self {
            Change::Without(filter) => ask.filters.retain(|known| known != filter),
            Change::AnyTime => any_time(&mut ask),
            Change::WithoutAny => {
                ask.filters.clear();
                any_time(&mut ask);
            }
            Change::AnyWord => ask.between = Between::Any,
        }
        ask
    }
}

/// Has the question ask for any date.
fn any_time(ask: &mut Ask) {
    (ask.from, ask.to, ask.known_to) = (None, None, None);
}

impl Archive {
    /// Changes of one limit after which the question finds something, each with the number of hits;
    /// if none is enough, all limits together. For questions that find nothing.
    pub fn ways_out(&self, ask: &Ask) -> Result<Vec<WayOut>, AskError> {
        let ask = Ask {
            limit: 0,
            cursor: None,
            snippets: false,
            facets: Some(Vec::new()),
            histogram: None,
            copies: false,
            collapse: false,
            ..ask.clone()
        };
        let mut ways = Vec::new();
        let mut limits: Vec<Change> = Vec::new();
        for filter in ask.filters.iter().take(MAX_TRIED) {
            let change = Change::Without(filter.clone());
            if !limits.contains(&change) {
                limits.push(change);
            }
        }
        if [ask.from, ask.to, ask.known_to].iter().any(Option::is_some) {
            limits.push(Change::AnyTime);
        }
        for change in &limits {
            self.try_out(change, &ask, &mut ways)?;
        }
        if ways.is_empty() && limits.len() > 1 {
            self.try_out(&Change::WithoutAny, &ask, &mut ways)?;
        }
        if ask.between != Between::Any {
            self.try_out(&Change::AnyWord, &ask, &mut ways)?;
        }
        Ok(ways)
    }

    fn try_out(&self, change: &Change, ask: &Ask, ways: &mut Vec<WayOut>) -> Result<(), AskError> {
        let answer = self.answer(&change.of(ask))?.response;
        if answer.total_hits > 0 {
            ways.push(WayOut {
                change: change.clone(),
                total_hits: answer.total_hits,
            });
        }
        Ok(())
    }
}

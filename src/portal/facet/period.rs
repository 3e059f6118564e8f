//! The range of dates, as two fields of the search form.

use crate::portal::Address;

/// The range of dates of a search.
#[derive(Debug, Clone)]
pub struct Period {
    /// Its beginning, empty if it is open.
    pub from: String,
    /// Its end, empty if it is open.
    pub to: String,
}

impl Period {
    /// The range that an address has.
    pub fn of(state: &Address) -> Period {
        let text = |name| state.get(name).unwrap_or_default().to_owned();
        Period {
            from: text("from"),
            to: text("to"),
        }
    }
}

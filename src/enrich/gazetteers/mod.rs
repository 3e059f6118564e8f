//! Tables of names that people can edit, each with its reader.

pub(crate) mod agencies;
pub(crate) mod countries;
pub(crate) mod phrases;
pub(crate) mod sources;

/// The values of a cell that holds several, separated by `;`.
pub(crate) fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';')
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

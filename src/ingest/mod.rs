//! Here is a file: give me documents.
//!
//! One file per format; [`FORMATS`] is the list. Agencies, engines and queries are not known
//! here: a reader separates running text from the lines around it and keeps what the input
//! states.

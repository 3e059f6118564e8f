//! The page that says what went wrong.

use askama::Template;

use super::texts::{ProblemText, Texts};
use super::{Frame, Place, Visit};

/// The page that says what went wrong.
#[derive(Debug, Clone, Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    frame: Frame,
    t: &'static Texts,
    text: &'static ProblemText,
    /// What the server says of it, in English.
    detail: String,
}

impl ProblemPage {
    /// The page for a problem with a stable code; `detail` is a sentence for those who know more.
    pub fn new(visit: &Visit, code: &str, detail: String) -> ProblemPage {
        let t = Texts::of(visit.language);
        let is_of_query = t.search.remarks.contains_key(code);
        let text = if is_of_query {
            &t.problem.query
        } else {
            t.problem.of(code)
        };
        ProblemPage {
            frame: Frame::new(visit, Place::Problem, &text.title),
            t,
            text,
            detail,
        }
    }
}

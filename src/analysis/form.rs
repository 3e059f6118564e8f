//! What is said of a word form, and how tokens share it.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Part, Term};

/// What is said of a word form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// The terms, no two the same.
    pub terms: Vec<Term>,
    /// The parts of a compound, in order; empty if the word is none.
    pub parts: Vec<Part>,
    /// Several parts in a row that are a word themselves, as `Geheimdienst` in
    /// `Geheimdienstkreise`; empty if there are none.
    pub joins: Vec<Part>,
    /// The pieces of a word with hyphens as they are written, in order; empty if it has none.
    pub pieces: Vec<Part>,
    /// Whether the word may be the particle of a verb from which it stands apart: `an`, `ab`.
    pub is_particle: bool,
}

/// A form that many tokens can have. Two are equal if what they say is.
///
/// Texts have millions of tokens, and most have the form of many others. So a token can be made, told
/// from others by its form, and dropped without a look at the form itself, which may be anywhere in
/// memory.
#[derive(Debug, Clone)]
pub struct SharedForm {
    identity: u64,
    kept: Kept,
}

/// Where a form is kept.
#[derive(Debug, Clone)]
enum Kept {
    /// As long as the program runs: nobody counts who has it.
    ForGood(&'static Form),
    /// As long as somebody has it.
    Counted(Arc<Form>),
}

impl SharedForm {
    /// A form whose memory is never freed.
    pub(super) fn for_good(form: Form) -> SharedForm {
        SharedForm {
            identity: new_identity(),
            kept: Kept::ForGood(Box::leak(Box::new(form))),
        }
    }

    /// A number that nothing else has, nor ever gets: who remembers it need not keep the form.
    pub fn identity(&self) -> u64 {
        self.identity
    }

    /// Whether others may have it, too.
    pub fn is_shared(&self) -> bool {
        match &self.kept {
            Kept::ForGood(_) => true,
            Kept::Counted(form) => Arc::strong_count(form) > 1,
        }
    }

    /// The form to be changed: a copy, unless nobody else has it. It is no longer what it was.
    pub(super) fn to_mut(&mut self) -> &mut Form {
        self.identity = new_identity();
        if let Kept::ForGood(form) = self.kept {
            self.kept = Kept::Counted(Arc::new(form.clone()));
        }
        match &mut self.kept {
            Kept::Counted(form) => Arc::make_mut(form),
            Kept::ForGood(_) => unreachable!("it was copied"),
        }
    }
}

fn new_identity() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl From<Form> for SharedForm {
    fn from(form: Form) -> SharedForm {
        SharedForm {
            identity: new_identity(),
            kept: Kept::Counted(Arc::new(form)),
        }
    }
}

impl Deref for SharedForm {
    type Target = Form;

    fn deref(&self) -> &Form {
        match &self.kept {
            Kept::ForGood(form) => form,
            Kept::Counted(form) => form,
        }
    }
}

impl PartialEq for SharedForm {
    fn eq(&self, other: &SharedForm) -> bool {
        **self == **other
    }
}

impl Eq for SharedForm {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_changes_a_form_changes_it_for_nobody_else() {
        let own = SharedForm::from(Form::default());
        assert!(!own.is_shared());
        for mut changed in [SharedForm::for_good(Form::default()), own.clone()] {
            assert!(changed.is_shared());
            let before = changed.clone();
            assert_eq!(before.identity(), changed.identity());
            changed.to_mut().is_particle = true;
            assert!(changed.is_particle && !before.is_particle && !own.is_particle);
            assert_ne!(before.identity(), changed.identity());
            assert!(!changed.is_shared());
        }
    }
}

//! Do the counts of an index agree with its documents?
//!
//! An engine counts by what it wrote beside the documents. Here the same is counted again, as
//! plainly as possible, from the documents themselves: each is read, analysed, and held against
//! every question, value by value. The questions are everything, and a sample of words and
//! drill-downs of the archive's own, made by a seed. A question is asked for all facets, with
//! missing ones and distinct copies, and for a histogram.

mod naive;
mod question;
mod sample;
mod tally;

use crate::document::PartialDate;
use crate::engine::{Engine, Result};
use crate::schema::Schema;

use self::naive::Reader;
use self::question::Question;
use self::sample::Sample;
use self::tally::{Numbers, Tally};

/// What is asked, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recount {
    /// What words and drill-downs are made by; in the same index, the same
    /// makes the same.
    pub seed: u64,
    /// Number of questions beside the one for everything.
    pub questions: usize,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Number of documents that were read.
    pub documents: u64,
    /// The questions, as people may read them.
    pub questions: Vec<String>,
    /// How many counts were compared.
    pub compared: u64,
    /// The counts that differ.
    pub disagreements: Vec<Disagreement>,
}

/// A count of the index that its documents do not bear out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The question.
    pub question: String,
    /// What is counted: a facet and a value, a bar, a total.
    pub what: String,
    /// What the index says: documents and distinct copies.
    pub index: (u64, u64),
    /// What there is, counted one by one.
    pub documents: (u64, u64),
}

impl Recount {
    /// Counts again in the index that `engine` has open, which has this schema.
    pub fn run(&self, engine: &dyn Engine, schema: &Schema) -> Result<Report> {
        let now = PartialDate::now();
        let reader = Reader::new(schema);
        let mut sample = Sample::new(self.seed);
        engine.each_document(&mut |document| sample.see(document))?;
        let questions = Question::make(&mut sample, &reader, self.questions);
        let mut asked: Vec<(Question, Numbers, Tally)> = Vec::new();
        for question in questions {
            let answer = engine.search(&question.request(&reader, now))?;
            let told = Numbers::of(&answer);
            let tally = Tally::new(&answer);
            asked.push((question, told, tally));
        }
        let mut report = Report::default();
        let mut failed = None;
        engine.each_document(&mut |document| {
            report.documents += 1;
            if failed.is_some() || document.is_embargoed(now) {
                return;
            }
            let group = match engine.copies(&document.id, now) {
                Ok(group) => group.filter(|group| group.size > 1).map(|group| group.id),
                Err(error) => {
                    failed = Some(error);
                    return;
                }
            };
            let seen = reader.read(&document);
            for (question, _, tally) in &mut asked {
                tally.take(question, &reader, &seen, group.as_deref());
            }
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        for (question, told, tally) in asked {
            let counted = tally.numbers();
            report.compared += told.compare(&counted, |what, index, documents| {
                report.disagreements.push(Disagreement {
                    question: question.to_string(),
                    what: what.to_owned(),
                    index,
                    documents,
                });
            });
            report.questions.push(question.to_string());
        }
        Ok(report)
    }
}

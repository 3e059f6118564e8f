//! The page that shows what is in the archive: how many articles, of when, by whom, on whose word,
//! what came last, and how to ask.

mod bars;
mod guide;

use askama::Template;

use self::bars::BarChart;
use self::guide::Guide;
use super::texts::Texts;
use super::{Chart, Frame, Place, Visit};
use crate::archive::Overview;
use crate::document::PartialDate;
use crate::schema::Schema;
use crate::search::{Histogram, Interval, MISSING};

/// The page that shows what is in the archive.
#[derive(Debug, Clone, Template)]
#[template(path = "overview.html")]
pub struct OverviewPage<'a> {
    frame: Frame,
    t: &'static Texts,
    /// Whether there is nothing.
    is_empty: bool,
    /// Number of articles, in words.
    articles: String,
    /// From when to when they are, as far as they have dates.
    span: Option<String>,
    /// Articles without a date, and the search for them.
    undated: Option<(String, Option<String>)>,
    /// How they are spread over time.
    time: Option<Chart>,
    charts: Vec<BarChart>,
    additions: Vec<Addition<'a>>,
    /// The search for everything, the last additions first.
    all_additions: String,
    guide: Guide,
    state: Vec<(&'a str, String)>,
}

/// What was added last.
#[derive(Debug, Clone)]
struct Addition<'a> {
    address: String,
    title: &'a str,
    publisher: Option<&'a str>,
    date: Option<String>,
    /// When it was added, in words.
    added: Option<String>,
}

impl<'a> OverviewPage<'a> {
    /// Values of each field that the page shows.
    pub const VALUES: usize = 8;
    /// Additions that it shows.
    pub const ADDITIONS: usize = 8;

    /// The page for a visit.
    pub fn new(visit: &Visit, schema: &Schema, overview: &'a Overview) -> OverviewPage<'a> {
        let t = Texts::of(visit.language);
        let texts = &t.overview;
        let clear = visit.address.cleared();
        let histogram = overview.histogram.as_ref();
        let undated = histogram.map_or(0, |it| it.missing);
        let date_facet = (schema.facets())
            .find(|field| matches!(field.kind, crate::schema::FieldKind::Date { .. }));
        let charts = bars::charts(t, schema, visit.language, &clear, overview);
        OverviewPage {
            frame: Frame::new(visit, Place::Overview, texts.title.clone())
                .counting(overview.documents),
            t,
            is_empty: overview.documents == 0,
            articles: t.counted(&texts.articles, overview.documents),
            span: histogram.and_then(|it| span(t, it)),
            undated: (undated > 0).then(|| {
                let search = date_facet.map(|it| clear.selecting(&it.name, MISSING).search());
                (t.counted(&texts.undated, undated), search)
            }),
            time: (histogram.filter(|it| !it.bars.is_empty()))
                .map(|it| Chart::overview(t, it, &clear)),
            charts,
            additions: (overview.additions.iter())
                .map(|hit| Addition {
                    address: clear.article(&hit.id),
                    title: hit.title.as_deref().unwrap_or(&t.search.untitled),
                    publisher: hit.publisher.as_ref().map(|it| it.name.as_str()),
                    date: hit.date.as_deref().map(|date| t.format.date_text(date)),
                    added: hit.indexed_at.and_then(|it| it.local()).map(|moment| {
                        let date = t.format.date(moment);
                        texts.added.with(&[("date", &date)])
                    }),
                })
                .collect(),
            all_additions: clear.with("sort", "added").search(),
            guide: Guide::new(t, schema, &clear, overview),
            state: state(t, overview),
        }
    }
}

/// From the first to the last column that has an article, as precisely as columns are.
fn span(t: &Texts, histogram: &Histogram) -> Option<String> {
    let (first, last) = (histogram.bars.first()?, histogram.bars.last()?);
    let length = match histogram.interval {
        Interval::Year => "2025".len(),
        Interval::Month => "2025-04".len(),
        Interval::Day | Interval::Week => "2025-04-28".len(),
    };
    let cut = |day: PartialDate| day.to_string().chars().take(length).collect::<String>();
    let (from, to) = (cut(first.start), cut(last.end));
    t.format.range(Some(&from), Some(&to))
}

fn state<'a>(t: &'a Texts, overview: &Overview) -> Vec<(&'a str, String)> {
    let names = &t.overview.state;
    let stats = &overview.stats;
    let committed = stats.committed_at.and_then(|it| it.local());
    let mut state = vec![
        (names.documents.as_str(), t.number(overview.documents)),
        (&names.size, size(t, stats.size_bytes)),
    ];
    state.extend(committed.map(|it| (names.committed.as_str(), t.format.date(it))));
    let versions = overview.versions;
    state.extend([
        (names.commit.as_str(), stats.commit.to_string()),
        (&names.segments, t.number(stats.segments as u64)),
        (&names.program, versions.program.to_owned()),
        (&names.analysis, versions.analysis.to_owned()),
        (&names.enrichment, versions.enrichment.to_owned()),
    ]);
    state
}

/// Bytes as people read them.
fn size(t: &Texts, bytes: u64) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let mut amount = bytes as f64;
    let mut unit = 0;
    while amount >= 1024.0 && unit + 1 < units.len() {
        amount /= 1024.0;
        unit += 1;
    }
    let amount = match unit {
        0 => bytes.to_string(),
        _ => format!("{amount:.1}").replace('.', &t.format.decimal),
    };
    format!("{amount} {}", units[unit])
}

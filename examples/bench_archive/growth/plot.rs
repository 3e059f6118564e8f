//! The figures as a plot: both axes logarithmic, one line for each class of queries.

use std::fmt::Write;

use super::Measured;
use super::table::grouped;
use crate::engine::Which;

/// Places of the plot within the picture, in pixels.
const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 520.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 700.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 460.0;
/// Distance of names beside the lines, at least.
const APART: f64 = 15.0;
/// Colours that can be told apart by most people, on light and on dark ground (after Okabe and Ito).
const COLOURS: [&str; 8] = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a6fbf", "#7f7f7f",
];
/// How lines are dashed when the colours come again.
const DASHES: [&str; 3] = ["none", "7 4", "2 3"];

/// A logarithmic axis: from powers of ten below to ones above all values.
struct Axis {
    first: i32,
    last: i32,
    from: f64,
    to: f64,
}

impl Axis {
    fn new(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Axis {
        let logs: Vec<f64> = values.filter(|it| *it > 0.0).map(f64::log10).collect();
        let lowest = logs.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if logs.is_empty() {
            return Axis {
                first: 0,
                last: 1,
                from,
                to,
            };
        }
        let first = lowest.floor() as i32;
        Axis {
            first,
            last: (highest.ceil() as i32).max(first + 1),
            from,
            to,
        }
    }

    fn place(&self, value: f64) -> f64 {
        let share = (value.max(f64::MIN_POSITIVE).log10() - f64::from(self.first))
            / f64::from(self.last - self.first);
        self.from + share * (self.to - self.from)
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        (self.first..=self.last).map(|power| 10_f64.powi(power))
    }
}

/// The plot of what whole answers of Fundstelle take; of another engine, if only that was measured.
pub(super) fn svg(measured: &[Measured]) -> String {
    let indexes = measured.first().map(|it| it.indexes.as_slice());
    let indexes = indexes.unwrap_or_default();
    let place = indexes.iter().position(|it| it.which == Which::German);
    let place = place.unwrap_or(0);
    let lines = indexes.get(place).map(|it| it.times.as_slice());
    let line = |row: usize| -> Vec<(f64, f64)> {
        let point = |it: &Measured| {
            let (_, time) = it.indexes.get(place)?.times.get(row)?;
            Some((it.articles as f64, *time))
        };
        measured.iter().filter_map(point).collect()
    };
    let lines: Vec<(&str, Vec<(f64, f64)>)> = (lines.unwrap_or_default().iter().enumerate())
        .map(|(row, (class, _))| (class.as_str(), line(row)))
        .collect();
    let points = || lines.iter().flat_map(|(_, points)| points);
    let across = Axis::new(points().map(|it| it.0), LEFT, RIGHT);
    let up = Axis::new(points().map(|it| it.1), BOTTOM, TOP);
    draw(&lines, &across, &up)
}

fn draw(lines: &[(&str, Vec<(f64, f64)>)], across: &Axis, up: &Axis) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\">\n\
         <title>Processor time of a whole answer by number of articles</title>\n\
         <style>\n\
         svg {{ background: #fff; }} text {{ fill: #222; }} .grid {{ stroke: #ddd; }}\n\
         @media (prefers-color-scheme: dark) {{ svg {{ background: #161616; }} \
         text {{ fill: #e6e6e6; }} .grid {{ stroke: #3a3a3a; }} }}\n\
         path {{ fill: none; stroke-width: 2; }} .all {{ stroke-width: 4; }}\n\
         </style>\n"
    );
    axes(&mut svg, across, up);
    let mut names: Vec<Name<'_>> = Vec::new();
    for (number, (class, points)) in lines.iter().enumerate() {
        let colour = COLOURS[number % COLOURS.len()];
        let dashes = DASHES[number / COLOURS.len() % DASHES.len()];
        let mut path = String::new();
        for (place, (x, y)) in points.iter().enumerate() {
            let command = if place == 0 { 'M' } else { 'L' };
            add(
                &mut path,
                format_args!("{command}{:.1} {:.1} ", across.place(*x), up.place(*y)),
            );
        }
        let class_name = if *class == "all" {
            " class=\"all\""
        } else {
            ""
        };
        let path = path.trim_end();
        add(
            &mut svg,
            format_args!(
                "<path{class_name} stroke=\"{colour}\" stroke-dasharray=\"{dashes}\" d=\"{path}\"/>\n"
            ),
        );
        if let Some((x, y)) = points.last() {
            names.push(Name {
                end: (across.place(*x), up.place(*y)),
                class,
                colour,
            });
        }
    }
    name(&mut svg, names);
    svg.push_str("</svg>\n");
    svg
}

fn axes(svg: &mut String, across: &Axis, up: &Axis) {
    for tick in up.ticks() {
        let y = up.place(tick);
        let text = grouped(tick);
        add(
            svg,
            format_args!(
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\n\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{text}</text>\n",
                LEFT - 8.0,
                y + 4.0
            ),
        );
    }
    for tick in across.ticks() {
        let x = across.place(tick);
        let text = grouped(tick);
        add(
            svg,
            format_args!(
                "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{TOP}\" y2=\"{BOTTOM}\"/>\n\
             <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{text}</text>\n",
                BOTTOM + 20.0
            ),
        );
    }
    add(
        svg,
        format_args!(
            "<text x=\"{LEFT}\" y=\"20\">µs of processor time for a whole answer</text>\n\
         <text x=\"{RIGHT}\" y=\"{:.1}\" text-anchor=\"end\">articles</text>\n",
            BOTTOM + 42.0
        ),
    );
}

/// The name of a line, which stands beside its end.
struct Name<'a> {
    end: (f64, f64),
    class: &'a str,
    colour: &'a str,
}

/// Writes the names of lines, none over another.
fn name(svg: &mut String, mut names: Vec<Name<'_>>) {
    names.sort_by(|a, b| a.end.1.total_cmp(&b.end.1));
    let mut lowest = f64::NEG_INFINITY;
    let heights = names.iter().map(|name| {
        lowest = name.end.1.max(lowest + APART);
        lowest
    });
    let heights: Vec<f64> = heights.collect();
    // What was pushed out below moves all up.
    let over = (lowest - BOTTOM).max(0.0);
    for (name, height) in names.iter().zip(heights) {
        let Name { end, class, colour } = name;
        let (y, x) = (height - over, RIGHT + 20.0);
        add(
            svg,
            format_args!(
                "<path stroke=\"{colour}\" style=\"stroke-width: 1\" \
                 d=\"M{:.1} {:.1} L{:.1} {y:.1}\"/>\n\
                 <text x=\"{x:.1}\" y=\"{:.1}\">{class}</text>\n",
                end.0,
                end.1,
                x - 4.0,
                y + 4.0
            ),
        );
    }
}

/// Writing into a string cannot fail.
fn add(text: &mut String, piece: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(piece);
}

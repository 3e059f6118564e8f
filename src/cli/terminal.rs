//! Writing to people and to pipes: colour, width, errors.

use std::io::{self, IsTerminal, Write};

/// Width of a text that is not shown on a terminal.
const DEFAULT_WIDTH: usize = 100;

/// Where results go, and how they may look.
pub(super) struct Output {
    out: io::BufWriter<io::Stdout>,
    /// Whether colours are wanted.
    pub(super) colour: bool,
    /// Number of columns.
    pub(super) width: usize,
}

/// How a piece of text looks on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Bold,
    Dim,
    /// A word that was searched for.
    Mark,
    /// Evidence for an agency.
    Agency,
    /// Evidence for another source that is cited.
    Source,
    /// Evidence for a country.
    Country,
    /// Evidence for any other value.
    Value,
}

impl Style {
    fn code(self) -> &'static str {
        match self {
            Style::Plain => "",
            Style::Bold => "\x1b[1m",
            Style::Dim => "\x1b[2m",
            Style::Mark => "\x1b[1;33m",
            Style::Agency => "\x1b[33m",
            Style::Source => "\x1b[35m",
            Style::Country => "\x1b[36m",
            Style::Value => "\x1b[32m",
        }
    }
}

impl Output {
    /// Standard output: colour on a terminal only, unless `NO_COLOR` is set.
    pub(super) fn stdout() -> Output {
        let terminal = io::stdout().is_terminal();
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let size = terminal_size::terminal_size().filter(|_| terminal);
        Output {
            out: io::BufWriter::new(io::stdout()),
            colour: terminal && !no_colour,
            width: size.map_or(DEFAULT_WIDTH, |(width, _)| {
                usize::from(width.0).clamp(40, 160)
            }),
        }
    }

    /// `text` in a style, if colours are wanted.
    pub(super) fn styled(&self, style: Style, text: &str) -> String {
        if self.colour && style != Style::Plain && !text.is_empty() {
            format!("{}{text}\x1b[0m", style.code())
        } else {
            text.to_owned()
        }
    }

    /// Writes one JSON value and a line end.
    pub(super) fn json(&mut self, value: &impl serde::Serialize, pretty: bool) -> io::Result<()> {
        if pretty {
            serde_json::to_writer_pretty(&mut self.out, value)?;
        } else {
            serde_json::to_writer(&mut self.out, value)?;
        }
        self.out.write_all(b"\n")
    }

    /// Writes pieces of text, broken at blanks to fit the width, each line after `indent` blanks.
    pub(super) fn wrapped(&mut self, indent: usize, pieces: &[(Style, &str)]) -> io::Result<()> {
        self.hanging(&" ".repeat(indent), indent, pieces)
    }

    /// The same with `first` before the first line, which takes `indent` columns.
    pub(super) fn hanging(
        &mut self,
        first: &str,
        indent: usize,
        pieces: &[(Style, &str)],
    ) -> io::Result<()> {
        let width = self.width.saturating_sub(indent).max(20);
        for (number, line) in wrap(pieces, width).into_iter().enumerate() {
            match number {
                0 => self.out.write_all(first.as_bytes())?,
                _ => write!(self.out, "{:indent$}", "")?,
            }
            for (style, text) in line {
                let text = self.styled(style, &text);
                self.out.write_all(text.as_bytes())?;
            }
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Lines of at most `width` columns; words are kept whole, blanks and line ends become one blank.
/// Control characters are left out: text of articles must not steer the terminal.
fn wrap(pieces: &[(Style, &str)], width: usize) -> Vec<Vec<(Style, String)>> {
    let mut lines = Vec::new();
    let mut line: Vec<(Style, String)> = Vec::new();
    let mut used = 0;
    // The word that is being put together, which may change its style midway.
    let mut word: Vec<(Style, String)> = Vec::new();
    let mut flush = |word: &mut Vec<(Style, String)>, last: bool| {
        let columns: usize = word.iter().map(|(_, text)| columns(text)).sum();
        if columns > 0 {
            if used > 0 && used + 1 + columns > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            if used > 0 {
                line.push((Style::Plain, " ".to_owned()));
                used += 1;
            }
            used += columns;
            line.append(word);
        }
        if last && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
    };
    for (style, text) in pieces {
        for (index, part) in text.split(char::is_whitespace).enumerate() {
            if index > 0 {
                flush(&mut word, false);
            }
            let part: String = part.chars().filter(|c| !c.is_control()).collect();
            if !part.is_empty() {
                word.push((*style, part));
            }
        }
    }
    flush(&mut word, true);
    lines
}

/// Number of columns that a text takes.
pub(super) fn columns(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// A text without control characters, so that it cannot steer the terminal.
pub(super) fn harmless(text: &str) -> String {
    (text.chars())
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Writes a remark to stderr.
pub(super) fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Writes an error to stderr: what, where, what now.
pub(super) fn error(error: &anyhow::Error) {
    // The messages of the library say all that matters of their causes.
    let _ = writeln!(io::stderr(), "fundstelle: {error}");
}

/// Whether an error says that nobody reads the output any more.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io_error = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json_error =
            (cause.downcast_ref::<serde_json::Error>()).and_then(|e| e.io_error_kind());
        [io_error, json_error].contains(&Some(io::ErrorKind::BrokenPipe))
    })
}

/// Logs go to stderr, our warnings and all errors only, unless `FUNDSTELLE_LOG` says otherwise.
pub(super) fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("FUNDSTELLE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error,fundstelle=warn"));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        // Nobody may be reading any more; that must not end what is being done.
        .log_internal_errors(false)
        .try_init();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(pieces: &[(Style, &str)], width: usize) -> Vec<String> {
        let lines = wrap(pieces, width);
        let text = |line: Vec<(Style, String)>| line.into_iter().map(|(_, text)| text).collect();
        lines.into_iter().map(text).collect()
    }

    #[test]
    fn lines_break_at_blanks_and_marks_stay_in_their_word() {
        let pieces = [
            (Style::Plain, "hohe "),
            (Style::Mark, "Verlust"),
            (Style::Plain, "rate in  Kursk\n"),
        ];
        assert_eq!(lines(&pieces, 16), ["hohe Verlustrate", "in Kursk"]);
        assert_eq!(lines(&pieces, 5), ["hohe", "Verlustrate", "in", "Kursk"]);
        assert!(lines(&[(Style::Plain, " \n ")], 10).is_empty());
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(lines(&[(Style::Plain, "a\x1b[31mb")], 20), ["a[31mb"]);
        assert_eq!(harmless("a\x1b]0;x\x07"), "a ]0;x ");
    }
}

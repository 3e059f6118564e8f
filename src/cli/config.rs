//! `fundstelle config`.

use std::io::Write;

use anyhow::bail;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command, CommandFactory};
use serde::Serialize;

use super::Outcome;
use super::settings::{self, Settings};
use super::terminal::{Output, Style, columns, harmless};

const ABOUT: &str = "\
A flag on the command line counts before the environment, that before fundstelle.toml, and that
before what is built in. The file is the one that --config or FUNDSTELLE_CONFIG names, else the one
in the working directory. Its keys are the long names of flags: above all tables for every command
that has the flag, below [search], [serve] … for one.

Example of a file:
  index = \"/srv/archive\"
  [search]
  limit = 20
  filter = [\"agency=kr-nis\", \"country=KP\"]
  [serve]
  listen = \"127.0.0.1:9000\"
  token-file = \"/etc/fundstelle/token\"";

#[derive(Debug, clap::Args)]
#[command(after_help = ABOUT)]
pub(super) struct Arguments {
    /// Only what is in force for this command
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

/// What is in force for one flag of one command.
#[derive(Debug, Serialize)]
struct InForce {
    command: String,
    /// Long name of the flag.
    key: String,
    /// What is in force; empty if nothing is.
    values: Vec<String>,
    /// Where it comes from: `file`, `environment` or `built-in`.
    source: &'static str,
    /// File and line, or the name of the variable.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
}

pub(super) fn run(settings: &Settings, arguments: Arguments) -> anyhow::Result<Outcome> {
    let root = settings::with_environment(super::Arguments::command());
    let mut lines = Vec::new();
    let mut names: Vec<&str> = root.get_subcommands().map(Command::get_name).collect();
    if let Some(wanted) = &arguments.command {
        if !names.contains(&wanted.as_str()) {
            bail!(
                "there is no command \"{wanted}\", known are: {}",
                names.join(", ")
            );
        }
        names.retain(|name| name == wanted);
    }
    for name in names {
        in_force(settings, &root, name, &mut lines)?;
    }
    let mut out = Output::stdout();
    match arguments.format {
        Format::Json => {
            let path = settings
                .path
                .as_ref()
                .map(|path| path.display().to_string());
            out.json(
                &serde_json::json!({ "file": path, "settings": lines }),
                true,
            )?;
        }
        Format::Text => print(&mut out, settings, &lines)?,
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// What is in force for a command if nothing is typed behind it.
fn in_force(
    settings: &Settings,
    root: &Command,
    name: &str,
    lines: &mut Vec<InForce>,
) -> anyhow::Result<()> {
    let Some(own) = root.find_subcommand(name) else {
        return Ok(());
    };
    let bare = |command: Command| {
        let command = command.arg_required_else_help(false);
        command.mut_args(|arg| arg.required(false))
    };
    // Settings that give way to the environment are left out, as when the command runs.
    let typed = root.clone().mut_subcommand(name, bare);
    let typed = typed.try_get_matches_from(["fundstelle", name])?;
    let typed = typed.subcommand_matches(name);
    let set = settings.apply(root.clone(), name, typed)?;
    let matches = set
        .mut_subcommand(name, bare)
        .try_get_matches_from(["fundstelle", name])?;
    let Some(matches) = matches.subcommand_matches(name) else {
        return Ok(());
    };
    let flags = root.get_arguments().chain(own.get_arguments());
    for arg in flags.filter(|arg| settings::is_setting(arg)) {
        lines.push(of_flag(settings, own, arg, matches));
    }
    if name == "serve" {
        lines.extend(token());
    }
    Ok(())
}

fn of_flag(settings: &Settings, own: &Command, arg: &Arg, matches: &ArgMatches) -> InForce {
    let id = arg.get_id().as_str();
    let key = arg.get_long().unwrap_or_default();
    let values = matches.get_raw(id).into_iter().flatten();
    let (source, place) = match matches.value_source(id) {
        Some(ValueSource::EnvVariable) => {
            let name = arg
                .get_env()
                .map(|name| name.to_string_lossy().into_owned());
            ("environment", name)
        }
        _ => match settings.place(own, key) {
            Some(place) => ("file", Some(place)),
            None => ("built-in", None),
        },
    };
    InForce {
        command: own.get_name().to_owned(),
        key: key.to_owned(),
        values: values
            .map(|value| value.to_string_lossy().into_owned())
            .collect(),
        source,
        place,
    }
}

/// That there is a token in the environment, but not which.
fn token() -> Option<InForce> {
    let name = super::serve::TOKEN;
    let is_set = std::env::var_os(name).is_some_and(|value| !value.is_empty());
    is_set.then(|| InForce {
        command: "serve".to_owned(),
        key: "token".to_owned(),
        values: vec!["(hidden)".to_owned()],
        source: "environment",
        place: Some(name.to_owned()),
    })
}

fn print(out: &mut Output, settings: &Settings, lines: &[InForce]) -> std::io::Result<()> {
    match &settings.path {
        Some(path) => writeln!(out, "file: {}", harmless(&path.display().to_string()))?,
        None => writeln!(out, "file: none (there is no fundstelle.toml here)")?,
    }
    let mut command = "";
    for line in lines {
        if line.command != command {
            command = &line.command;
            let heading = out.styled(Style::Bold, command);
            writeln!(out, "\n{heading}")?;
        }
        let value = match line.values.is_empty() {
            true => "-".to_owned(),
            false => harmless(&line.values.join(", ")),
        };
        let place = match &line.place {
            Some(place) => format!("{} {}", line.source, harmless(place)),
            None => "built in".to_owned(),
        };
        let place = out.styled(Style::Dim, &place);
        let gap = 28_usize.saturating_sub(columns(&value));
        writeln!(out, "  {:20}{value}{:gap$}  {place}", line.key, "")?;
    }
    Ok(())
}

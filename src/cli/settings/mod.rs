//! Where the values of flags come from: the command line, the environment, `fundstelle.toml`, or
//! what is built in, in that order.
//!
//! Nothing here knows a flag by name. A key of the file is the long name of a flag, and its value
//! becomes the default of that flag, so that a new flag can be set in the file at once; its type
//! is checked by the flag's own parser. So it is with the variables of the environment.

mod check;
mod file;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::Resettable;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

pub(super) use self::check::is_setting;
pub(super) use self::file::{Entry, Value};

/// The file that is read if none is named and it is there.
const DEFAULT: &str = "fundstelle.toml";
/// Name of the flag that names a file.
const CONFIG: &str = "config";

/// The settings of a file.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// The file; `None` if there is none.
    pub(super) path: Option<PathBuf>,
    entries: Vec<Entry>,
}

/// All flags with the variables of the environment that stand for them: a flag of a command is
/// `FUNDSTELLE_COMMAND_FLAG`, unless it says otherwise.
pub(super) fn with_environment(command: Command) -> Command {
    command.mut_subcommands(|command| {
        let prefix = format!("FUNDSTELLE_{}_", capitals(command.get_name()));
        command.mut_args(move |arg| match (arg.get_long(), arg.get_env()) {
            (Some(long), None) if is_setting(&arg) => {
                let name = format!("{prefix}{}", capitals(long));
                arg.env(OsString::from(name)).hide_env(true)
            }
            _ => arg,
        })
    })
}

fn capitals(name: &str) -> String {
    name.to_uppercase().replace('-', "_")
}

/// What the command line says, with everything else that stands for flags.
pub(super) fn matches(command: Command) -> anyhow::Result<(ArgMatches, Settings)> {
    let command = with_environment(command);
    // What is typed decides which file is read, and which of its settings count.
    let typed = command.clone().ignore_errors(true).try_get_matches();
    let Ok(typed) = typed else {
        // Help, or what cannot be understood at all: told without any settings.
        return Ok((command.get_matches(), Settings::default()));
    };
    let settings = Settings::find(typed.get_one::<PathBuf>(CONFIG).map(PathBuf::as_path))?;
    check::check(&settings.entries, &command)
        .map_err(|(line, reason)| settings.trouble(line, &reason))?;
    let command = match typed.subcommand() {
        Some((name, typed)) => settings.apply(command, name, Some(typed))?,
        None => command,
    };
    Ok((command.get_matches(), settings))
}

impl Settings {
    /// The settings of the file that is named, else of the one in the working directory.
    fn find(named: Option<&Path>) -> anyhow::Result<Settings> {
        let path = match named {
            Some(path) => path.to_owned(),
            None if Path::new(DEFAULT).is_file() => PathBuf::from(DEFAULT),
            None => return Ok(Settings::default()),
        };
        Ok(Settings {
            entries: file::read(&path)?,
            path: Some(path),
        })
    }

    /// The commands with the settings that count for the one called `name`. What is typed takes the
    /// place of settings that exclude it.
    pub(super) fn apply(
        &self,
        mut command: Command,
        name: &str,
        typed: Option<&ArgMatches>,
    ) -> anyhow::Result<Command> {
        let Some(own) = command.find_subcommand(name).cloned() else {
            return Ok(command);
        };
        let entries = self.of_command(&own);
        for (index, entry) in entries.iter().enumerate() {
            let excluded = entries[..index]
                .iter()
                .find(|other| check::exclude(&own, &entry.key, &other.key));
            if let Some(other) = excluded.filter(|other| entry.is_on() && other.is_on()) {
                let reason = format!("{} and {} exclude each other", other.key, entry.key);
                return Err(self.trouble(entry.line, &reason));
            }
            let gives_way = own.get_arguments().any(|arg| {
                let id = arg.get_id().as_str();
                let is_typed = typed.is_some_and(|typed| is_typed(typed, id));
                is_typed
                    && arg
                        .get_long()
                        .is_some_and(|long| check::exclude(&own, &entry.key, long))
            });
            if gives_way {
                continue;
            }
            let set = |arg: Arg| entry.value.as_default_of(arg);
            match check::flag(&own, &entry.key) {
                Some(arg) => {
                    let id = arg.get_id().as_str().to_owned();
                    command = command.mut_subcommand(name, |own| own.mut_arg(id, set));
                }
                None => {
                    if let Some(arg) = check::flag(&command, &entry.key) {
                        let id = arg.get_id().as_str().to_owned();
                        command = command.mut_arg(id, set);
                    }
                }
            }
        }
        Ok(command)
    }

    /// The settings that count for a command: those of its table before those above all tables.
    fn of_command(&self, command: &Command) -> Vec<&Entry> {
        let mut found: Vec<&Entry> = Vec::new();
        let is_own = |entry: &&Entry| entry.table.as_deref() == Some(command.get_name());
        let is_common = |entry: &&Entry| {
            let flag = check::flag(command, &entry.key);
            let fits = flag.is_none_or(|arg| check::fits(command, arg, &entry.value).is_ok());
            entry.table.is_none() && fits
        };
        let own = self.entries.iter().filter(is_own);
        for entry in own.chain(self.entries.iter().filter(is_common)) {
            if found.iter().all(|known| known.key != entry.key) {
                found.push(entry);
            }
        }
        found
    }

    /// Where the setting of a flag stands, as file and line.
    pub(super) fn place(&self, command: &Command, flag: &str) -> Option<String> {
        let path = self.path.as_ref()?;
        let entries = self.of_command(command);
        let entry = entries.into_iter().find(|entry| entry.key == flag)?;
        Some(format!("{}:{}", path.display(), entry.line))
    }

    fn trouble(&self, line: usize, reason: &str) -> anyhow::Error {
        let path = self.path.as_deref().unwrap_or(Path::new(DEFAULT));
        anyhow::anyhow!("{}:{line}: {reason}", path.display())
    }
}

impl Entry {
    /// Whether it says anything that could exclude something.
    fn is_on(&self) -> bool {
        self.value != Value::Switch(false)
    }
}

impl Value {
    fn as_default_of(&self, arg: Arg) -> Arg {
        let arg = arg.required(false);
        match self {
            Value::Switch(is_on) => arg.default_value(if *is_on { "true" } else { "false" }),
            Value::One(text) => arg.default_value(text.clone()),
            Value::Many(texts) if texts.is_empty() => arg.default_value(Resettable::Reset),
            Value::Many(texts) => arg.default_values(texts.clone()),
        }
    }
}

/// Whether a flag is given on the command line or in the environment.
fn is_typed(matches: &ArgMatches, id: &str) -> bool {
    let source = matches.try_contains_id(id).ok();
    let source = source.and_then(|_| matches.value_source(id));
    matches!(
        source,
        Some(ValueSource::CommandLine | ValueSource::EnvVariable)
    )
}

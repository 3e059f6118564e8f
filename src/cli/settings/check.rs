//! Is there such a flag, and does it take such a value?

use clap::builder::Resettable;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Command};

use super::file::{Entry, Value};

/// Flags that are no settings.
const NOT_SET: [&str; 3] = ["help", "version", super::CONFIG];

/// A line and what is wrong there.
type Trouble = (usize, String);

/// Whether a flag may be set elsewhere than on the command line.
pub(in crate::cli) fn is_setting(arg: &Arg) -> bool {
    arg.get_long().is_some_and(|long| !NOT_SET.contains(&long))
}

/// The flag of a command with that long name.
pub(super) fn flag<'a>(command: &'a Command, key: &str) -> Option<&'a Arg> {
    let mut flags = command.get_arguments().filter(|arg| is_setting(arg));
    flags.find(|arg| arg.get_long() == Some(key))
}

/// Whether two flags of a command exclude each other.
pub(super) fn exclude(command: &Command, a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (flag(command, a), flag(command, b)) else {
        return false;
    };
    let excludes = |one: &Arg, other: &Arg| {
        let mut excluded = command.get_arg_conflicts_with(one).into_iter();
        excluded.any(|arg| arg.get_id() == other.get_id())
    };
    excludes(a, b) || excludes(b, a)
}

/// Checks every setting against the flags of all commands.
pub(super) fn check(entries: &[Entry], root: &Command) -> Result<(), Trouble> {
    for entry in entries {
        check_one(entry, root).map_err(|reason| (entry.line, reason))?;
    }
    Ok(())
}

fn check_one(entry: &Entry, root: &Command) -> Result<(), String> {
    let key = &entry.key;
    let Some(table) = &entry.table else {
        let commands = std::iter::once(root).chain(root.get_subcommands());
        let with_flag: Vec<(&Command, &Arg)> = commands
            .filter_map(|command| Some((command, flag(command, key)?)))
            .collect();
        if with_flag.is_empty() {
            let everywhere = std::iter::once(root).chain(root.get_subcommands());
            let known = everywhere.flat_map(long_names);
            return Err(unknown("key", key, known.collect()));
        }
        // One command may know a value that another does not, such as a format.
        let mut trouble = None;
        for (command, arg) in with_flag {
            match fits(command, arg, &entry.value) {
                Ok(()) => return Ok(()),
                Err(reason) => trouble = trouble.or(Some(reason)),
            }
        }
        return trouble.map_or(Ok(()), Err);
    };
    let Some(command) = (root.get_subcommands()).find(|command| command.get_name() == table) else {
        let known = root.get_subcommands().map(Command::get_name);
        return Err(unknown("command", table, known.collect()));
    };
    match (flag(command, key), flag(root, key)) {
        (Some(arg), _) => fits(command, arg, &entry.value),
        (None, Some(arg)) => fits(root, arg, &entry.value),
        (None, None) => {
            let known = long_names(command).chain(long_names(root));
            Err(unknown("key", key, known.collect()))
        }
    }
}

fn long_names(command: &Command) -> impl Iterator<Item = &str> {
    let flags = command.get_arguments().filter(|arg| is_setting(arg));
    flags.filter_map(Arg::get_long)
}

fn unknown(what: &str, name: &str, mut known: Vec<&str>) -> String {
    known.sort_unstable();
    known.dedup();
    let near = known
        .iter()
        .map(|known| (strsim::damerau_levenshtein(known, name), known))
        .min()
        .filter(|(distance, _)| *distance <= 2);
    match near {
        Some((_, near)) => format!("unknown {what} \"{name}\", did you mean \"{near}\"?"),
        None => format!("unknown {what} \"{name}\", known are: {}", known.join(", ")),
    }
}

/// Whether a flag takes a value, by trying; else why not.
pub(super) fn fits(command: &Command, arg: &Arg, value: &Value) -> Result<(), String> {
    let key = arg.get_long().unwrap_or_default();
    let is_switch = !arg.get_action().takes_values();
    let is_list = matches!(arg.get_action(), ArgAction::Append);
    let texts: Vec<&String> = match value {
        Value::Switch(_) if is_switch => return Ok(()),
        _ if is_switch => return Err(format!("{key} is true or false")),
        Value::Switch(_) => return Err(format!("{key} is a text or a number, not true or false")),
        Value::Many(_) if !is_list => return Err(format!("{key} is one value, not a list")),
        Value::One(text) => vec![text],
        Value::Many(texts) => texts.iter().collect(),
    };
    let without_environment = command
        .clone()
        .no_binary_name(true)
        .subcommand_required(false)
        .arg_required_else_help(false)
        .mut_args(|arg| arg.required(false).env(Resettable::Reset));
    for text in texts {
        let typed = [format!("--{key}={text}")];
        let tried = without_environment.clone().try_get_matches_from(typed);
        if let Err(error) = tried
            && matches!(
                error.kind(),
                ErrorKind::InvalidValue | ErrorKind::ValueValidation
            )
        {
            let told = error.render().to_string();
            let told = told.split("\n\n").next().unwrap_or_default();
            let told = told.strip_prefix("error: ").unwrap_or(told);
            let lines: Vec<&str> = told.lines().map(str::trim).collect();
            return Err(lines.join(" "));
        }
    }
    Ok(())
}

//! `fundstelle serve`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{anyhow, bail};

use super::beside::Beside;
use super::terminal::note;
use super::{Outcome, Place};
use crate::archive::Archive;
use crate::curation::Remembered;
use crate::engine::{Holding, Index, Writer, WriterOptions};
use crate::http::{self, Config, Origin, Token, Writing};
use crate::pipeline::Intake;
use crate::schema::Schema;

/// Environment variable that holds the token.
pub(super) const TOKEN: &str = "FUNDSTELLE_TOKEN";
/// Memory for documents that are sent and not yet on disk, in bytes.
const WRITER_MEMORY: usize = 64 << 20;

const EXAMPLES: &str = "\
Examples:
  fundstelle serve
  fundstelle serve --listen 127.0.0.1:9000 --index archive
  fundstelle serve --create --token-file token.txt
  curl -H \"Authorization: Bearer $(cat token.txt)\" --data-binary @new.jsonl \\
    http://127.0.0.1:8080/api/documents

Without a token, the server only reads. The token is 16 to 1024 characters long; instead of in a
file it may stand in the environment variable FUNDSTELLE_TOKEN. The server speaks HTTP without
encryption: to be reached by other machines it belongs behind a proxy that encrypts.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Address and port to listen on; other machines can only reach it if it is not a loopback one
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "FUNDSTELLE_LISTEN",
        default_value = "127.0.0.1:8080"
    )]
    listen: SocketAddr,
    /// Allow writing to those who show the token that this file holds
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Make an empty index if there is none
    #[arg(long)]
    create: bool,
    /// Longest body of a request that writes, in MiB (1 to 1024)
    #[arg(
        long,
        value_name = "MIB",
        default_value_t = 16,
        value_parser = clap::value_parser!(u16).range(1..=1024)
    )]
    max_body: u16,
    /// Minutes for which an older state of the index is kept after the last page of a result that
    /// began with it
    #[arg(long, value_name = "N", default_value_t = 5,
        value_parser = clap::value_parser!(u16).range(0..=1440))]
    page_minutes: u16,
    /// Most older states of the index that are kept for further pages
    #[arg(long, value_name = "N", default_value_t = 4,
        value_parser = clap::value_parser!(u16).range(0..=64))]
    page_states: u16,
    /// Let pages of this origin ask: scheme and host, or * for all; may be repeated
    #[arg(
        long = "cors-origin",
        value_name = "ORIGIN",
        env = "FUNDSTELLE_CORS_ORIGIN",
        value_delimiter = ','
    )]
    cors_origins: Vec<Origin>,
    #[command(flatten)]
    beside: Beside,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let token = token(arguments.token_file.as_deref())?;
    let engine = if arguments.create {
        place.open_or_create()?
    } else {
        place.open()?
    };
    engine.hold_for(Holding {
        time: Duration::from_secs(60 * u64::from(arguments.page_minutes)),
        most: arguments.page_states.into(),
    });
    let schema = engine.schema().clone();
    let mut config = Config::new(arguments.listen);
    config.origins = arguments.cors_origins;
    config.writing = match token {
        Some(token) => {
            let intake = intake(&place.memory(), arguments.beside, &engine, &schema)?;
            let max_body_bytes = usize::from(arguments.max_body) << 20;
            Some(Writing::new(intake, token, max_body_bytes))
        }
        None => None,
    };
    let may_write = config.writing.is_some();
    let archive = Archive::new(engine, schema);
    http::serve(Arc::new(archive), config, |address| {
        let writing = if may_write {
            ", writing with a token"
        } else {
            ""
        };
        note(&format!(
            "listening on http://{address}{writing} (stop with Ctrl-C)"
        ));
    })?;
    Ok(Outcome::Done)
}

/// The token from the file that is named, else from the environment.
fn token(file: Option<&Path>) -> anyhow::Result<Option<Token>> {
    if let Some(path) = file {
        return Ok(Some(Token::read(path)?));
    }
    match std::env::var(TOKEN) {
        Ok(text) if text.is_empty() => Ok(None),
        Ok(text) => Ok(Some(
            Token::new(&text).map_err(|error| anyhow!("{TOKEN}: {error}"))?,
        )),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(error) => bail!("{TOKEN}: {error}"),
    }
}

/// An intake that keeps to what was decided beside the archives of the index, as it stands at the
/// moment of each request.
fn intake(
    folder: &Path,
    beside: Beside,
    engine: &Arc<dyn Index>,
    schema: &Schema,
) -> anyhow::Result<Intake> {
    let decisions = {
        let (folder, schema) = (folder.to_owned(), schema.clone());
        move || beside.read(&[], &Remembered::read(&folder)?, &schema)
    };
    let remembered = decisions()?.remember(folder);
    remembered.map_err(|error| anyhow!("{}: cannot be written: {error}", folder.display()))?;
    let writer = {
        let engine = Arc::clone(engine);
        move || -> crate::engine::Result<Box<dyn Writer>> {
            let options = WriterOptions {
                memory_bytes: WRITER_MEMORY,
                threads: 1,
            };
            engine.begin_to_write(options)
        }
    };
    let engine: Arc<dyn Index> = Arc::clone(engine);
    Ok(Intake::new(
        engine,
        schema.clone(),
        Box::new(writer),
        Box::new(decisions),
    ))
}

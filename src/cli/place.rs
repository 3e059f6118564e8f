//! Which index and which schema a command works on.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;

use crate::engine::embedded::{Embedded, EmbeddedWriter, WriterOptions};
use crate::engine::{Engine, EngineError, EngineErrorKind};
use crate::schema::{Schema, SchemaError};

/// The schema of this program, for those who have no file of their own.
const BUILT_IN: &str = include_str!("../../schema.json");
/// The schema file that is used if none is named and it is there.
const DEFAULT: &str = "schema.json";

#[derive(Debug, Args)]
pub(super) struct Place {
    /// Folder of the index
    #[arg(
        long,
        value_name = "DIR",
        env = "FUNDSTELLE_INDEX",
        default_value = "index",
        global = true
    )]
    pub(super) index: PathBuf,
    /// Schema file [default: schema.json if it is there, else the one built in]
    #[arg(long, value_name = "FILE", env = "FUNDSTELLE_SCHEMA", global = true)]
    schema: Option<PathBuf>,
}

impl Place {
    /// The schema to build an index with.
    pub(super) fn schema(&self) -> Result<Schema, SchemaError> {
        match self.named_schema()? {
            Some(schema) => Ok(schema),
            None => Schema::parse(BUILT_IN, "built-in schema"),
        }
    }

    /// Opens the index to search in it.
    pub(super) fn open(&self) -> anyhow::Result<Embedded> {
        let engine = match self.named_schema()? {
            Some(schema) => Embedded::open_with(&self.index, &schema)?,
            None => Embedded::open(&self.index)?,
        };
        Ok(engine)
    }

    fn named_schema(&self) -> Result<Option<Schema>, SchemaError> {
        match &self.schema {
            Some(path) => Schema::read(path).map(Some),
            None if Path::new(DEFAULT).exists() => Schema::read(Path::new(DEFAULT)).map(Some),
            None => Ok(None),
        }
    }
}

/// How long somebody who writes is waited for: a server may have answered already, and be about
/// to end.
const PATIENCE: Duration = Duration::from_secs(3);

/// Begins to write, in the newest state of the index.
pub(super) fn begin_to_write(
    engine: &Embedded,
    options: WriterOptions,
) -> Result<EmbeddedWriter, EngineError> {
    let began = Instant::now();
    loop {
        match engine.writer(options) {
            Err(error) if error.kind == EngineErrorKind::Busy && began.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(50));
            }
            writer => {
                engine.reload()?;
                return writer;
            }
        }
    }
}

//! Which index and which schema a command works on.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;

use super::cluster::Cluster;
use crate::engine::distributed::Distributed;
use crate::engine::embedded::Embedded;
use crate::engine::{EngineError, EngineErrorKind, Index, Writer, WriterOptions};
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
    #[command(flatten)]
    pub(super) cluster: Cluster,
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
    pub(super) fn open(&self) -> anyhow::Result<Arc<dyn Index>> {
        let schema = self.named_schema()?;
        Ok(if self.cluster.is_chosen() {
            let options = self.cluster.options()?;
            Arc::new(match schema {
                Some(schema) => Distributed::open_with(options, &schema)?,
                None => Distributed::open(options)?,
            })
        } else {
            Arc::new(match schema {
                Some(schema) => Embedded::open_with(&self.index, &schema)?,
                None => Embedded::open(&self.index)?,
            })
        })
    }

    /// Opens the index to write to it, or makes an empty one.
    pub(super) fn open_or_create(&self) -> anyhow::Result<Arc<dyn Index>> {
        let schema = self.schema()?;
        Ok(if self.cluster.is_chosen() {
            let options = self.cluster.options()?;
            Arc::new(Distributed::open_or_create(options, &schema)?)
        } else {
            Arc::new(Embedded::open_or_create(&self.index, &schema)?)
        })
    }

    /// The index as messages name it.
    pub(super) fn name(&self) -> String {
        match self.cluster.is_chosen() {
            true => format!("{} (cluster)", self.cluster.name()),
            false => self.index.display().to_string(),
        }
    }

    /// The folder with what this machine remembers of the index: that of the index itself, or one
    /// that stands for an index in a cluster, hidden beside.
    pub(super) fn memory(&self) -> PathBuf {
        match self.cluster.is_chosen() {
            true => self.index.join(format!(".{}", self.cluster.name())),
            false => self.index.clone(),
        }
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
    engine: &dyn Index,
    options: WriterOptions,
) -> Result<Box<dyn Writer>, EngineError> {
    let began = Instant::now();
    loop {
        match engine.begin_to_write(options) {
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

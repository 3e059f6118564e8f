//! Which engine keeps the index, and how a cluster is reached.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{anyhow, bail};
use clap::{Args, ValueEnum};

use crate::engine::distributed::{ClusterOptions, Credentials};

/// Variables of the environment with secrets: a command line is seen by others.
const PASSWORD: &str = "FUNDSTELLE_PASSWORD";
const API_KEY: &str = "FUNDSTELLE_API_KEY";

/// The engines that may keep an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum EngineName {
    /// In a folder, in this process
    Embedded,
    /// In a cluster of OpenSearch
    Opensearch,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Cluster")]
pub(super) struct Cluster {
    /// What keeps the index
    #[arg(
        long,
        value_enum,
        env = "FUNDSTELLE_ENGINE",
        default_value = "embedded",
        global = true
    )]
    pub(super) engine: EngineName,
    /// Address of a node of the cluster; several are separated by commas
    #[arg(
        long,
        value_name = "URL",
        env = "FUNDSTELLE_URL",
        value_delimiter = ',',
        global = true
    )]
    url: Vec<String>,
    /// Name of the index in the cluster
    #[arg(
        long,
        value_name = "NAME",
        env = "FUNDSTELLE_CLUSTER_INDEX",
        default_value = "fundstelle",
        global = true
    )]
    cluster_index: String,
    /// Who asks; the password stands in the variable FUNDSTELLE_PASSWORD or in a file
    #[arg(long, value_name = "NAME", env = "FUNDSTELLE_USER", global = true)]
    user: Option<String>,
    /// File that holds the password
    #[arg(
        long,
        value_name = "FILE",
        env = "FUNDSTELLE_PASSWORD_FILE",
        global = true
    )]
    password_file: Option<PathBuf>,
    /// File that holds an API key, instead of name and password; or the variable
    /// FUNDSTELLE_API_KEY has it
    #[arg(
        long,
        value_name = "FILE",
        env = "FUNDSTELLE_API_KEY_FILE",
        global = true
    )]
    api_key_file: Option<PathBuf>,
    /// Certificates (PEM) to trust instead of those of the public authorities
    #[arg(long, value_name = "FILE", env = "FUNDSTELLE_CA_FILE", global = true)]
    ca_file: Option<PathBuf>,
    /// Seconds for which the cluster is asked again if it cannot be reached or is too busy
    #[arg(
        long,
        value_name = "N",
        env = "FUNDSTELLE_CLUSTER_PATIENCE",
        default_value_t = 60,
        value_parser = clap::value_parser!(u16).range(0..=3600),
        global = true
    )]
    cluster_patience: u16,
}

impl Cluster {
    /// Whether a cluster keeps the index.
    pub(super) fn is_chosen(&self) -> bool {
        self.engine == EngineName::Opensearch
    }

    /// The index as messages name it.
    pub(super) fn name(&self) -> &str {
        &self.cluster_index
    }

    /// How the cluster is reached.
    pub(super) fn options(&self) -> anyhow::Result<ClusterOptions> {
        let key = secret(self.api_key_file.as_deref(), API_KEY)?;
        let credentials = match (&self.user, key) {
            (Some(_), Some(_)) => bail!("give a user or an API key, not both"),
            (None, Some(key)) => Credentials::ApiKey(key),
            (Some(user), None) => Credentials::Basic {
                user: user.clone(),
                password: secret(self.password_file.as_deref(), PASSWORD)?.ok_or_else(|| {
                    anyhow!("the password of {user} is missing; put it into the variable {PASSWORD} or into a file: --password-file FILE")
                })?,
            },
            (None, None) => Credentials::None,
        };
        Ok(ClusterOptions {
            credentials,
            authorities: self.ca_file.clone(),
            patience: Duration::from_secs(self.cluster_patience.into()),
            ..ClusterOptions::new(self.url.clone(), &self.cluster_index)
        })
    }
}

/// A secret from the file that is named, else from the environment.
fn secret(file: Option<&Path>, variable: &str) -> anyhow::Result<Option<String>> {
    let text = match file {
        Some(path) => {
            std::fs::read_to_string(path).map_err(|error| anyhow!("{}: {error}", path.display()))?
        }
        None => std::env::var(variable).unwrap_or_default(),
    };
    let text = text.trim();
    if text.contains(|c: char| c.is_control()) {
        bail!("the secret in {variable} or its file is not one line of text");
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

//! `fundstelle serve`.

use std::net::SocketAddr;
use std::sync::Arc;

use super::{Outcome, Place};
use crate::http::{self, Config};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Address and port to listen on; other machines can only reach it if it is not a loopback one
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "FUNDSTELLE_LISTEN",
        default_value = "127.0.0.1:8080"
    )]
    listen: SocketAddr,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let archive = super::search::open(place)?;
    http::serve(
        Arc::new(archive),
        Config::new(arguments.listen),
        |address| {
            super::terminal::note(&format!("listening on http://{address} (stop with Ctrl-C)"));
        },
    )?;
    Ok(Outcome::Done)
}

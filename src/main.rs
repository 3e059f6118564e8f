//! The `fundstelle` binary: everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    fundstelle::cli::run()
}

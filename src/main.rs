//! The `fundstelle` binary: everything it does is in the library.

use std::process::ExitCode;

/// Documents and answers are made of many small pieces, which one thread makes and another drops.
/// What was freed is used again before it is given back: fresh memory has to be cleared.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    fundstelle::cli::run()
}

//! The `dateline` program: a terminal article browser that shows who said what, who and where, and what happened when.
//!
//! A layer may use only those before it:
//! `core` < `ingest`, `analysis` < `export` < `library` < `fetch` < `tui` < `cli` < the binary.
//! The first six are crates of their own; `config`, `reflow` and `renamed` need only `core`, `remedy` only the
//! errors of `library` and `fetch`. `headless` is above them all.
//! `tests/architecture.rs` checks this.

mod cli;
mod config;
pub mod headless;
mod reflow;
mod remedy;
mod renamed;
mod tui;

#[cfg(test)]
#[path = "../tests/screen/mod.rs"]
mod screen;

use std::process::ExitCode;

/// Runs the program with its command-line arguments and prints the error that ends it, if any.
#[must_use]
pub fn run() -> ExitCode {
    cli::run()
}

//! The `dateline` program: a news reader for the terminal that shows who said what, who and where, and what happened
//! when.
//!
//! A layer may use only the layers before it:
//! `core` < `ingest`, `analysis` < `export` < `library` < `fetch` < `sync` < `tui` < `cli` < the binary.
//! The first seven are separate crates. `config`, `reflow` and `renamed` depend only on `core`, `own_names` also on `analysis` and `config`, `hook`, `new_stories` and
//! `rules` also on `library`, `remedy` only on the errors of `library`, `fetch` and `sync`, and `credentials` only on `sync`. `headless` may use everything.
//! `tests/architecture.rs` checks these rules.

mod cli;
mod config;
mod credentials;
pub mod headless;
mod hook;
mod new_stories;
mod own_names;
mod pairing;
mod reflow;
mod remedy;
mod renamed;
mod rules;
mod tui;

#[cfg(test)]
#[path = "../tests/screen/mod.rs"]
mod screen;

use std::process::ExitCode;

/// Runs the program with its command-line arguments. An error is printed on standard error and makes the exit code
/// non-zero.
#[must_use]
pub fn run() -> ExitCode {
    cli::run()
}

//! The `dateline` program: a terminal article browser that shows who said what, who and where, and what happened when.
//!
//! A layer may use only those before it:
//! `core` < `ingest`, `analysis` < `export` < `library` < `fetch` < `tui` < `cli` < the binary.
//! The first six are crates of their own; `config` and `reflow` need only `core`, `remedy` only the errors of `library`
//! and `fetch`.
//! `tests/architecture.rs` checks this.

pub mod cli;
pub mod config;
pub mod reflow;
pub mod remedy;
pub mod tui;

//! Dateline reads news closely: who said what, who and where, what happened when.
//!
//! The layers, each of which may use only those before it:
//! `text` < `article` < `ingest`, `analysis` < `json` < `export` < `library` < `fetch` < `tui` < `cli` < the binary.
//! `reflow` and `config` need only `text`; `ingest` and `analysis` do not know each other.
//! `tests/architecture.rs` holds this.

pub mod analysis;
pub mod article;
pub mod export;
pub mod ingest;
pub mod json;
pub mod library;
pub mod text;

#[cfg(feature = "tui")]
pub mod cli;
#[cfg(feature = "tui")]
pub mod config;
#[cfg(feature = "tui")]
pub mod fetch;
#[cfg(feature = "tui")]
pub mod reflow;
#[cfg(feature = "tui")]
pub mod tui;

//! The `dateline` program.

use clap::Parser;
use std::process::ExitCode;

fn main() -> anyhow::Result<ExitCode> {
    dateline::cli::Cli::parse().run()
}

//! The `dateline` program.

use std::process::ExitCode;

fn main() -> anyhow::Result<ExitCode> {
    dateline::cli::Cli::of_program().run()
}

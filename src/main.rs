//! The `dateline` program.

use dateline_core::text::clean;
use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::cli::Cli::of_program().run().unwrap_or_else(|error| {
        // What an error quotes may come from an article, a file's name or a server.
        eprintln!("dateline: {}", clean(&format!("{error:#}")));
        ExitCode::FAILURE
    })
}

//! The `dateline` program.

use dateline::remedy;
use dateline_core::text::clean;
use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::cli::Cli::of_program().run().unwrap_or_else(|error| {
        // What an error quotes may come from an article, a file's name or a server.
        let remedy = error.downcast_ref().map_or("", remedy::remedy);
        eprintln!("dateline: {}", clean(&format!("{error:#}{remedy}")));
        ExitCode::FAILURE
    })
}

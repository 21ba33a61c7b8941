//! The `dateline` program.

use dateline::remedy;
use dateline_core::text::clean;
use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::cli::Cli::of_program().run().unwrap_or_else(|error| {
        // An error may quote an article, a file name or a server, so control characters are removed.
        let remedy = error.downcast_ref().map_or("", remedy::remedy);
        eprintln!("dateline: {}", clean(&format!("{error:#}{remedy}")));
        ExitCode::FAILURE
    })
}

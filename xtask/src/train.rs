//! Trains the bundled weights: `train clusters|lines|names|pos|quotes|rows|word_weights …`. Each command reads the data named on its command
//! line and writes to the folder `assets/models/` of a crate. `docs/models.md` lists the commands.

mod boost;
mod clusters;
mod lines;
mod names;
mod pos;
mod quotes;
mod rows;
mod word_weights;

use std::process::ExitCode;

/// Trains the model named by the first argument with the remaining arguments.
pub(crate) fn main(arguments: &[String]) -> ExitCode {
    let outcome = match arguments.first().map(String::as_str) {
        Some("clusters") => clusters::train(&arguments[1..]),
        Some("lines") => lines::train(&arguments[1..]),
        Some("names") => names::train(&arguments[1..]),
        Some("pos") => pos::train(&arguments[1..]),
        Some("quotes") => quotes::train(&arguments[1..]),
        Some("rows") => rows::train(&arguments[1..]),
        Some("word_weights") => word_weights::train(&arguments[1..]),
        _ => Err("say what to train: clusters, lines, names, pos, quotes, rows or word_weights".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("train: {reason}");
            ExitCode::FAILURE
        }
    }
}

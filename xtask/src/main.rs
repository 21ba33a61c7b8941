//! Developer tasks: scoring the analysis, converting training data, training the models, drawing the README's
//! pictures, and building the Python package. This crate uses every other crate of the workspace, and none depends on it.
//!
//! Run `cargo xtask eval`, `cargo xtask data`, `cargo xtask train`, `cargo xtask pictures` or `cargo xtask wheel`. Each has its own help.

mod data;
mod eval;
mod pictures;
mod train;
mod treebank;
mod wheel;

use std::process::ExitCode;

fn main() -> anyhow::Result<ExitCode> {
    let mut arguments: Vec<String> = std::env::args().collect();
    let task = if arguments.len() > 1 { arguments.remove(1) } else { String::new() };
    match task.as_str() {
        "eval" => eval::main(&arguments),
        "data" => Ok(data::main(&arguments[1..])),
        "train" => Ok(train::main(&arguments[1..])),
        "pictures" => pictures::main().map(|()| ExitCode::SUCCESS),
        "wheel" => wheel::main(&arguments).map(|()| ExitCode::SUCCESS),
        _ => {
            eprintln!("xtask: expected eval, data, train, pictures or wheel");
            Ok(ExitCode::from(2))
        }
    }
}

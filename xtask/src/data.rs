//! Converts public data into the files that training reads:
//!
//! ```text
//! data wikigold FILE OUT
//! data wnut17 FILE OUT
//! data lines FOLDER OUT
//! ```
//!
//! Nothing is fetched: `docs/models.md` names each download with its version, licence and files, and the checksum that
//! each converted file must have. The checksum of every file written is printed, so that the two can be compared.

mod lines;
mod names;
mod page;
mod text_browser;

use sha2::{Digest, Sha256};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Converts the data that the first argument names.
pub(crate) fn main(arguments: &[String]) -> ExitCode {
    let outcome = match arguments {
        [name, input, out] if name == "lines" => lines::convert(Path::new(input), Path::new(out)),
        [name, input, out] => match names::Corpus::named(name) {
            Some(corpus) => corpus.convert(Path::new(input), Path::new(out)),
            None => Err(format!("{name}: expected wikigold, wnut17 or lines").into()),
        },
        _ => Err("expected wikigold, wnut17 or lines, what was downloaded, and where to write".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("data: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Reads a file of UTF-8 text. Errors name the file.
fn read(path: &Path) -> Result<String, Box<dyn Error>> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Writes a converted file and prints its checksum in the format of `sha256sum`.
fn write(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{}  {}", checksum(text), path.display());
    Ok(())
}

/// Returns the SHA-256 of a text in hexadecimal.
fn checksum(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

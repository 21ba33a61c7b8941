//! Converts public data into the files that training reads:
//!
//! ```text
//! data wikigold FILE OUT
//! data wnut17 FILE OUT
//! data gmb FOLDER|FILE OUT
//! data gum FOLDER OUT
//! data meantime FOLDER OUT
//! data lines FOLDER OUT
//! ```
//!
//! Nothing is fetched: `docs/models.md` names each download with its version, licence and files, and the checksum that
//! each converted file must have. The checksum of every file written is printed, so that the two can be compared.

mod bio;
mod gmb;
mod gum;
mod lines;
mod meantime;
mod names;
mod page;
mod text_browser;

use sha2::{Digest, Sha256};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Data that can be converted, as errors list it.
const NAMES: &str = "wikigold, wnut17, gmb, gum, meantime or lines";

/// Converts the data set named by the first argument.
pub(crate) fn main(arguments: &[String]) -> ExitCode {
    let outcome = match arguments {
        [name, input, out] => convert(name, Path::new(input), Path::new(out)),
        _ => Err(format!("expected {NAMES}, what was downloaded, and where to write").into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("data: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Converts the data called `name`.
fn convert(name: &str, input: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    match (name, names::Corpus::named(name)) {
        ("lines", _) => lines::convert(input, out),
        ("gmb", _) => gmb::convert(input, out),
        ("gum", _) => gum::convert(input, out),
        ("meantime", _) => meantime::convert(input, out),
        (_, Some(corpus)) => corpus.convert(input, out),
        _ => Err(format!("{name}: expected {NAMES}").into()),
    }
}

/// Reads a UTF-8 file. Errors name the file.
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

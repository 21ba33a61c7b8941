//! Converts public data sets to the files that the training commands read:
//!
//! ```text
//! data wikigold FILE OUT
//! data wnut17 FILE OUT
//! data gmb FOLDER|FILE OUT
//! data gum FOLDER OUT
//! data meantime FOLDER OUT
//! data lines FOLDER OUT
//! data words FOLDER OUT
//! data type_hints FILE OUT
//! data corrected FILE OUT
//! ```
//!
//! Nothing is downloaded: `docs/models.md` lists each download with its version, licence and files, and the checksum
//! that each converted file must have. The checksum of every file written is printed, so that it can be compared with
//! that list.

mod bio;
mod corrected;
mod gmb;
mod gum;
mod lines;
mod meantime;
mod names;
mod page;
mod text_browser;
mod type_hints;
mod words;

use sha2::{Digest, Sha256};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Names of the data sets that can be converted, for error messages.
const NAMES: &str = "wikigold, wnut17, gmb, gum, meantime, lines, words, type_hints or corrected";

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

/// Converts the data set with the given name.
fn convert(name: &str, input: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    match (name, names::Corpus::named(name)) {
        ("lines", _) => lines::convert(input, out),
        ("gmb", _) => gmb::convert(input, out),
        ("gum", _) => gum::convert(input, out),
        ("words", _) => words::convert(input, out),
        ("type_hints", _) => type_hints::convert(input, out),
        ("corrected", _) => corrected::convert(input, out),
        ("meantime", _) => meantime::convert(input, out),
        (_, Some(corpus)) => corpus.convert(input, out),
        _ => Err(format!("{name}: expected {NAMES}").into()),
    }
}

/// Reads a UTF-8 file. Error messages name the file.
fn read(path: &Path) -> Result<String, Box<dyn Error>> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Writes a converted file and prints its checksum in the format of `sha256sum`.
fn write(path: &Path, text: impl AsRef<[u8]>) -> Result<(), Box<dyn Error>> {
    let text = text.as_ref();
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{}  {}", checksum(text), path.display());
    Ok(())
}

/// Returns the SHA-256 of a file in hexadecimal.
fn checksum(text: &[u8]) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

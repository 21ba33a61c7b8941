//! Trains the weights for lines.

use std::error::Error;

/// Trains from the files in `arguments`.
pub fn train(_arguments: &[String]) -> Result<(), Box<dyn Error>> {
    Err("not there yet".into())
}

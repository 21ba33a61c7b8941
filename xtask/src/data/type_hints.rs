//! Builds the table of the types of capitalised words from the output of `xtask/assets/training/type_hints/learn.py`:
//! one word, a tab and the name of its type per line.

use dateline_analysis::training::type_hints;
use std::error::Error;
use std::path::Path;

/// Builds the table from the file `input` and writes it to `out`.
pub(super) fn convert(input: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let text = super::read(input)?;
    let words: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once('\t')).collect();
    let bytes = type_hints(words).map_err(|name| format!("{}: unknown type “{name}”", input.display()))?;
    super::write(out, &bytes)
}

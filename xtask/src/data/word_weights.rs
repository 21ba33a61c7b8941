//! Builds the weights of common words from a folder: tagged texts (`*.tsv`, one token a line, `-DOC-` before each text)
//! and `frequencies.txt` (a word and its count a line).

use dateline_library::training::word_weights;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Builds the weights from the files in `folder` and writes them to `out`.
pub(super) fn convert(folder: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let mut texts = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "tsv")) {
        let file = super::read(path)?;
        for text in file.split("-DOC-").filter(|text| !text.trim().is_empty()) {
            let tokens = text.lines().filter_map(|line| line.split('\t').next());
            texts.push(tokens.collect::<Vec<_>>().join(" "));
        }
    }
    let list = super::read(&folder.join("frequencies.txt"))?;
    let row =
        |line: &str| Some((line.split_whitespace().next()?.to_owned(), line.split_whitespace().nth(1)?.parse().ok()?));
    let frequencies: Vec<(String, u64)> = list.trim_start_matches('\u{feff}').lines().filter_map(row).collect();
    super::write(out, word_weights(&texts, &frequencies))
}

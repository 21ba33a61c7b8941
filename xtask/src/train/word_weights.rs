//! Computes the weights of words by which stories are compared: `train word_weights FREQUENCIES FILE…`, with a word and
//! its count a line in the first file, and tagged texts in the others: a token and its label a line, separated by a
//! tab, and `-DOC-` before each text.

use dateline_library::training::word_weights;
use std::error::Error;
use std::fs;

/// File to which the weights are written.
const FILE: &str = "crates/library/assets/models/word_weights.bin";

/// Counts the words of the files in `arguments`.
pub(super) fn train(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [frequencies, files @ ..] = arguments else {
        return Err("name a file of frequencies and files of tagged texts".into());
    };
    let mut texts = Vec::new();
    for file in files {
        texts.extend(texts_of(&read(file)?));
    }
    fs::write(FILE, word_weights(&texts, &counts(&read(frequencies)?)))?;
    println!("wrote {FILE} from {} texts", texts.len());
    Ok(())
}

fn read(file: &str) -> Result<String, Box<dyn Error>> {
    fs::read_to_string(file).map_err(|error| format!("cannot read {file}: {error}").into())
}

/// Returns the texts of a tagged file, with a blank between tokens.
fn texts_of(tagged: &str) -> Vec<String> {
    let tokens = |text: &str| text.lines().filter_map(|line| line.split('\t').next().map(str::to_owned)).collect();
    let texts = tagged.split("-DOC-").filter(|text| !text.trim().is_empty()).map(tokens);
    texts.map(|tokens: Vec<String>| tokens.join(" ")).collect()
}

/// Returns the words of a list with their counts.
fn counts(list: &str) -> Vec<(String, u64)> {
    let row = |line: &str| {
        let (word, count) = line.split_once(' ')?;
        Some((word.to_owned(), count.trim().parse().ok()?))
    };
    list.trim_start_matches('\u{feff}').lines().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_counts_are_read() {
        assert_eq!(texts_of("-DOC-\tO\n\nThe\tO\nOder\tB-LOC\n\n-DOC-\tO\nrose\tO\n"), ["  The Oder ", " rose"]);
        assert_eq!(counts("\u{feff}the 23\nof 13\n\n"), [("the".to_owned(), 23), ("of".to_owned(), 13)]);
    }
}

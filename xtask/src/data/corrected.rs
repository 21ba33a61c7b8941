//! Corrects the annotation of a converted corpus. Corrections are our own annotation: they replace the names of whole
//! sentences and refer to these by number, so that they contain no text of the corpus.
//!
//! A file of corrections begins with the checksum of the corpus that it belongs to. Each line after it lists all names
//! of one sentence, or none, by the numbers of their tokens: `12 PER 3-4, ORG 7`. Sentences and tokens count from 1.

use super::bio::{self, Name};
use std::error::Error;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

/// Corrections of each corpus.
const FILES: [&str; 3] = [
    include_str!("../../assets/training/corrections/gmb.txt"),
    include_str!("../../assets/training/corrections/wnut17.txt"),
    include_str!("../../assets/training/corrections/gum.txt"),
];
/// Types of names in a correction.
const KINDS: [&str; 4] = ["PER", "ORG", "LOC", "MISC"];

/// All names of a sentence, in the order of the text.
struct Correction {
    /// Number of the sentence in the corpus, from 0.
    sentence: usize,
    names: Vec<Name>,
}

/// Corrects a converted corpus. Returns an error if there are no corrections for exactly this file.
pub(super) fn convert(input: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let text = super::read(input)?;
    let checksum = super::checksum(text.as_bytes());
    let corrections = FILES.iter().find(|file| belongs(file, &checksum));
    let corrections = corrections.ok_or_else(|| format!("{}: no corrections for {checksum}", input.display()))?;
    super::write(out, corrected(&text, &parse(corrections)?)?)
}

/// Returns whether a file of corrections belongs to the corpus with the given checksum.
fn belongs(corrections: &str, checksum: &str) -> bool {
    let first = corrections.lines().find(|line| !line.starts_with('#'));
    first.and_then(|line| line.strip_prefix("sha256 ")).is_some_and(|known| known.trim() == checksum)
}

/// Parses corrections, which must be in the order of their sentences.
fn parse(text: &str) -> Result<Vec<Correction>, String> {
    let mut corrections: Vec<Correction> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.starts_with("sha256 ")) {
        let correction = correction(line).ok_or_else(|| format!("invalid correction: {line}"))?;
        if corrections.last().is_some_and(|before| before.sentence >= correction.sentence) {
            return Err(format!("correction out of order: {line}"));
        }
        corrections.push(correction);
    }
    Ok(corrections)
}

/// Parses `12 PER 3-4, ORG 7`, or `12` for a sentence without names.
fn correction(line: &str) -> Option<Correction> {
    let (sentence, names) = line.split_once(' ').unwrap_or((line, ""));
    let sentence = sentence.parse::<usize>().ok()?.checked_sub(1)?;
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(name).collect::<Option<_>>()?;
    Some(Correction { sentence, names })
}

/// Parses `PER 3-4` or `ORG 7`.
fn name(text: &str) -> Option<Name> {
    let (kind, tokens) = text.split_once(' ')?;
    let kind = KINDS.into_iter().find(|known| *known == kind)?;
    let (first, last) = tokens.split_once('-').unwrap_or((tokens, tokens));
    let tokens = Range { start: first.parse::<usize>().ok()?.checked_sub(1)?, end: last.parse().ok()? };
    (!tokens.is_empty()).then_some(Name { tokens, kind })
}

/// Returns the corpus with the names of the corrected sentences replaced. Returns an error if a correction refers to a
/// token or sentence that the corpus does not have.
fn corrected(text: &str, corrections: &[Correction]) -> Result<String, Box<dyn Error>> {
    let mut corrections = corrections.iter().peekable();
    let mut out = String::with_capacity(text.len());
    let mut sentence: Vec<(&str, &str)> = Vec::new();
    let mut number = 0;
    for line in text.lines().chain([""]) {
        let (token, label) = line.split_once('\t').unwrap_or((line, "O"));
        if token.is_empty() || token == "-DOC-" {
            if !sentence.is_empty() {
                let correction = corrections.next_if(|correction| correction.sentence == number);
                push(&sentence, correction, &mut out)?;
                number += 1;
                sentence.clear();
            }
            if token == "-DOC-" {
                out.push_str("-DOC-\tO\n");
            }
        } else {
            sentence.push((token, label));
        }
    }
    match corrections.next() {
        Some(correction) => Err(format!("no sentence {} in the corpus", correction.sentence + 1).into()),
        None => Ok(out),
    }
}

/// Appends a sentence with the names of its correction, or with its own labels if it has none.
fn push(sentence: &[(&str, &str)], correction: Option<&Correction>, out: &mut String) -> Result<(), Box<dyn Error>> {
    let Some(correction) = correction else {
        for (token, label) in sentence {
            writeln!(out, "{token}\t{label}")?;
        }
        out.push('\n');
        return Ok(());
    };
    if correction.names.iter().any(|name| name.tokens.end > sentence.len()) {
        return Err(format!("sentence {} has {} tokens only", correction.sentence + 1, sentence.len()).into());
    }
    bio::push_sentence(sentence.iter().map(|(token, _)| *token), &correction.names, out);
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail with its input")]

    use super::*;

    const CORPUS: &str = "-DOC-\tO\nAna\tO\nRuiz\tB-PER\nwaits\tO\n\n-DOC-\tO\nOslo\tB-ORG\nwaits\tO\n\nVik\tB-LOC\n\n";

    #[test]
    fn a_correction_replaces_all_names_of_its_sentence() {
        let corrections = parse("# ours\nsha256 00\n1 PER 1-2\n2 LOC 1\n").unwrap();
        let expected =
            "-DOC-\tO\nAna\tB-PER\nRuiz\tI-PER\nwaits\tO\n\n-DOC-\tO\nOslo\tB-LOC\nwaits\tO\n\nVik\tB-LOC\n\n";
        assert_eq!(corrected(CORPUS, &corrections).unwrap(), expected);
        assert!(corrected(CORPUS, &parse("3\n").unwrap()).unwrap().ends_with("Vik\tO\n\n"));
    }

    #[test]
    fn a_correction_outside_the_corpus_is_an_error() {
        let reason = |corrections: &str| corrected(CORPUS, &parse(corrections).unwrap()).unwrap_err().to_string();
        assert_eq!(reason("4 PER 1\n"), "no sentence 4 in the corpus");
        assert_eq!(reason("3 PER 1-2\n"), "sentence 3 has 1 tokens only");
    }

    #[test]
    fn an_invalid_correction_is_an_error() {
        for line in ["x PER 1", "1 SHIP 1", "1 PER 2-1", "0 PER 1", "1 PER"] {
            assert_eq!(parse(line).err().unwrap(), format!("invalid correction: {line}"));
        }
        assert_eq!(parse("2\n1\n").err().unwrap(), "correction out of order: 1");
    }

    #[test]
    fn corrections_belong_to_the_corpus_with_their_checksum() {
        assert!(belongs("# ours\nsha256 ab12\n1\n", "ab12"));
        assert!(!belongs("# ours\nsha256 ab12\n1\n", "ab13"));
    }

    #[test]
    fn the_bundled_corrections_are_valid() {
        for file in FILES {
            assert!(!parse(file).unwrap().is_empty());
        }
    }
}

//! Converts corpora of names to the format that `train names` reads: one token per line, with its BIO label.

use std::error::Error;
use std::path::Path;

/// Format of a corpus with one token and its label per line, and an empty line after each sentence.
pub(super) struct Corpus {
    name: &'static str,
    /// Separator before the label. Tokens may contain it too, since only the last separator on a line counts.
    separator: char,
    documents: Documents,
    /// Our name type for each type of the corpus.
    types: &'static [(&'static str, &'static str)],
}

/// Method of dividing a corpus into documents.
enum Documents {
    /// A document begins at each line with this token.
    Marked(&'static str),
    /// The corpus has no document boundaries, so this many consecutive sentences form a document. A single sentence
    /// would not be enough for document features.
    Every(usize),
}

const CORPORA: [Corpus; 2] = [
    Corpus {
        name: "wikigold",
        separator: ' ',
        documents: Documents::Marked("-DOCSTART-"),
        types: &[("PER", "PER"), ("ORG", "ORG"), ("LOC", "LOC"), ("MISC", "MISC")],
    },
    Corpus {
        name: "wnut17",
        separator: '\t',
        documents: Documents::Every(25),
        types: &[
            ("person", "PER"),
            ("corporation", "ORG"),
            ("group", "ORG"),
            ("location", "LOC"),
            ("creative-work", "MISC"),
            ("product", "MISC"),
        ],
    },
];

/// A token and its label, both as in the corpus.
type Token<'a> = (&'a str, &'a str);

impl Corpus {
    /// Returns the format of the corpus with the given name.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        CORPORA.iter().find(|corpus| corpus.name == name)
    }

    /// Converts a corpus file and writes the result.
    pub(super) fn convert(&self, input: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
        let converted =
            self.converted(&super::read(input)?).map_err(|reason| format!("{}: {reason}", input.display()))?;
        super::write(out, &converted)
    }

    /// Converts the text of a corpus file. Error messages give the line number.
    fn converted(&self, text: &str) -> Result<String, String> {
        let mut out = String::new();
        for document in self.documents(text)? {
            out.push_str("-DOC-\tO\n\n");
            for sentence in document {
                self.push_sentence(&sentence, &mut out)?;
            }
        }
        if out.is_empty() { Err("no sentences".to_owned()) } else { Ok(out) }
    }

    /// Splits the text of a corpus into documents, and these into sentences. Empty documents are left out.
    fn documents<'a>(&self, text: &'a str) -> Result<Vec<Vec<Vec<Token<'a>>>>, String> {
        let mut documents = vec![Vec::new()];
        let mut sentence = Vec::new();
        for (number, line) in text.lines().chain([""]).enumerate() {
            let marked =
                matches!(self.documents, Documents::Marked(mark) if line.split(self.separator).next() == Some(mark));
            if !marked && !line.trim().is_empty() {
                let token =
                    line.rsplit_once(self.separator).filter(|(token, label)| !token.is_empty() && !label.is_empty());
                sentence.push(token.ok_or_else(|| format!("line {}: expected a token and a label", number + 1))?);
                continue;
            }
            if let (false, Some(document)) = (sentence.is_empty(), documents.last_mut()) {
                document.push(std::mem::take(&mut sentence));
            }
            let full = matches!(self.documents, Documents::Every(count) if documents.last().is_some_and(|document| document.len() == count));
            if marked || full {
                documents.push(Vec::new());
            }
        }
        documents.retain(|document| !document.is_empty());
        Ok(documents)
    }

    /// Appends a sentence with our labels. A name begins at a `B-` label, or at an `I-` label that does not continue a
    /// name: `WikiGold` uses `B-` only between adjacent names.
    fn push_sentence(&self, sentence: &[Token<'_>], out: &mut String) -> Result<(), String> {
        let mut before = None;
        for (token, label) in sentence {
            let kind = match label.split_once('-') {
                None if *label == "O" => None,
                Some(("B" | "I", kind)) => Some(kind),
                _ => return Err(format!("{token}: unknown label {label}")),
            };
            let label = match kind {
                None => "O".to_owned(),
                Some(kind) => {
                    let ours = self.types.iter().find(|(theirs, _)| *theirs == kind);
                    let (_, ours) = ours.ok_or_else(|| format!("{token}: unknown type {kind}"))?;
                    let place = if label.starts_with('B') || before != Some(kind) { "B" } else { "I" };
                    format!("{place}-{ours}")
                }
            };
            out.push_str(&format!("{token}\t{label}\n"));
            before = kind;
        }
        out.push('\n');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail with its input")]

    use super::*;

    fn converted(corpus: &str, text: &str) -> Result<String, String> {
        Corpus::named(corpus).unwrap().converted(text)
    }

    #[test]
    fn wikigold_names_begin_at_i_and_at_b_between_two() {
        let text = "Ana I-PER\nRuiz I-PER\nleft O\nOslo I-LOC\nNordbank I-ORG\nBergen B-ORG\n. O\n\n\
                    It O\nrained O\n\n-DOCSTART- O\n\nHer O\nVilla I-MISC\n2 I-MISC\n";
        let expected = "-DOC-\tO\n\nAna\tB-PER\nRuiz\tI-PER\nleft\tO\nOslo\tB-LOC\nNordbank\tB-ORG\nBergen\tB-ORG\n.\tO\n\n\
                        It\tO\nrained\tO\n\n-DOC-\tO\n\nHer\tO\nVilla\tB-MISC\n2\tI-MISC\n\n";
        assert_eq!(converted("wikigold", text).unwrap(), expected);
    }

    #[test]
    fn wnut_types_are_mapped_and_a_line_with_only_a_tab_ends_a_sentence() {
        let text = "Ana\tB-person\nat\tO\nNord\tB-corporation\nbank\tI-corporation\n\t\n#Choir\tB-group\nin\tO\nOslo\tB-location\n\t\n\
                    Villa\tB-creative-work\n2\tI-creative-work\nCola\tB-product\n";
        let expected = "-DOC-\tO\n\nAna\tB-PER\nat\tO\nNord\tB-ORG\nbank\tI-ORG\n\n#Choir\tB-ORG\nin\tO\nOslo\tB-LOC\n\n\
                        Villa\tB-MISC\n2\tI-MISC\nCola\tB-MISC\n\n";
        assert_eq!(converted("wnut17", text).unwrap(), expected);
    }

    #[test]
    fn two_types_of_the_corpus_that_are_one_of_ours_stay_two_names() {
        let out = converted("wnut17", "Nord\tB-group\nbank\tI-corporation\n").unwrap();
        assert!(out.contains("Nord\tB-ORG\nbank\tB-ORG\n"), "{out}");
    }

    #[test]
    fn twenty_five_sentences_make_a_document() {
        let out = converted("wnut17", &"word\tO\n\t\n".repeat(51)).unwrap();
        let documents: Vec<usize> =
            out.split("-DOC-\tO\n").skip(1).map(|document| document.matches("word").count()).collect();
        assert_eq!(documents, [25, 25, 1]);
    }

    #[test]
    fn a_file_of_another_format_is_an_error_that_names_the_place() {
        assert_eq!(converted("wikigold", "Ana I-PER\nRuiz\n").unwrap_err(), "line 2: expected a token and a label");
        assert_eq!(converted("wikigold", "Ana I-person\n").unwrap_err(), "Ana: unknown type person");
        assert_eq!(converted("wnut17", "Ana\tperson\n").unwrap_err(), "Ana: unknown label person");
        assert_eq!(converted("wnut17", "\n\n").unwrap_err(), "no sentences");
    }
}

//! Writes sentences in the format that `train names` reads: one token per line, with its BIO label.

use dateline_analysis::training::{Resources, WordList};
use std::ops::Range;

/// Line that marks the beginning of a document.
pub(super) const DOCUMENT: &str = "-DOC-\tO\n\n";

/// A name in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// Token indices of the name.
    pub tokens: Range<usize>,
    /// Type of the name: PER, ORG, LOC or MISC.
    pub kind: &'static str,
}

/// Appends a sentence. Where names overlap, a later one in `names` covers the earlier ones. If part of an earlier name
/// remains to the right of the overlap, it becomes a separate name.
pub(super) fn push_sentence<'a>(tokens: impl Iterator<Item = &'a str>, names: &[Name], out: &mut String) {
    let name_at = |at: usize| names.iter().rposition(|name| name.tokens.contains(&at));
    for (at, token) in tokens.enumerate() {
        let current = name_at(at);
        let label = match current {
            None => "O".to_owned(),
            Some(name) if at > 0 && name_at(at - 1) == current => format!("I-{}", names[name].kind),
            Some(name) => format!("B-{}", names[name].kind),
        };
        out.push_str(&format!("{token}\t{label}\n"));
    }
    out.push('\n');
}

/// Returns whether a word is a title that may precede a person's name: "Mr", "Mr.", "President".
pub(super) fn is_title(word: &str, resources: &Resources) -> bool {
    [word, word.trim_end_matches('.')].iter().any(|word| WordList::Titles.contains(word, resources))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_within_a_name_leaves_two() {
        let names = [Name { tokens: 0..4, kind: "ORG" }, Name { tokens: 0..2, kind: "PER" }];
        let mut out = String::new();
        push_sentence(["Ines", "Moreau", "Foundation", "Oslo", "."].into_iter(), &names, &mut out);
        assert_eq!(out, "Ines\tB-PER\nMoreau\tI-PER\nFoundation\tB-ORG\nOslo\tI-ORG\n.\tO\n\n");
    }
}

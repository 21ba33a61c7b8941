//! Letters that every match of a regular expression contains. They are looked up in the full-text index before whole
//! texts are read.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind};

/// Minimum number of letters. Fewer occur in so many words that looking them up takes longer than it saves.
const LEAST: usize = 4;

/// Selects the stories that have a word with the letters `?1` in it. All stories are selected if so many words have them
/// that reading the texts is faster.
pub(super) const SQL: &str = "WITH found AS MATERIALIZED
        (SELECT term, doc FROM temp.vocabulary WHERE instr(term, ?1) > 0)
    SELECT i.doc FROM found CROSS JOIN temp.occurrences i ON i.term = found.term
        WHERE (SELECT total(doc) FROM found) < 100000
    UNION ALL SELECT id FROM articles WHERE (SELECT total(doc) FROM found) >= 100000";

/// Returns the longest run of ASCII letters and digits that every match of a regular expression contains, in lower case.
/// Returns `None` if there is no such run of at least [`LEAST`] letters.
pub(super) fn required(source: &str) -> Option<String> {
    let hir = ParserBuilder::new().multi_line(true).build().parse(source).ok()?;
    let mut runs = Vec::new();
    collect(&hir, &mut runs);
    runs.into_iter().max_by_key(String::len).filter(|run| run.len() >= LEAST)
}

/// Collects runs of letters that every match of an expression contains.
fn collect(hir: &Hir, runs: &mut Vec<String>) {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let words = literal.0.split(|byte| !byte.is_ascii_alphanumeric());
            runs.extend(words.map(|word| String::from_utf8_lossy(word).to_ascii_lowercase()));
        }
        HirKind::Capture(capture) => collect(&capture.sub, runs),
        HirKind::Repetition(repetition) if repetition.min > 0 => collect(&repetition.sub, runs),
        HirKind::Concat(members) => members.iter().for_each(|member| collect(member, runs)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_that_every_match_contains_are_required() {
        for (source, letters) in [
            ("quinq[a-z]+me", Some("quinq")),
            ("Ferr(y|ies)", Some("ferr")),
            (r"\bharbour\s+master", Some("harbour")),
            ("(council )+met", Some("council")),
            ("colou?rs", Some("colo")),
            ("(ferry|boat)", None),
            ("(ferry)?", None),
            ("[abcd]{9}", None),
            ("café closed", Some("closed")),
            ("a.b.c", None),
            ("(", None),
        ] {
            assert_eq!(required(source).as_deref(), letters, "{source}");
        }
    }
}

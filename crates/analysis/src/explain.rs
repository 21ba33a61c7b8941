//! Explains how a sentence was read, because a wrong row should be traced to the word that caused it.

use crate::Analysis;
use crate::document::Document;
use crate::resources::Resources;
use crate::syntax::{Clause, Parsed};
use dateline_core::article::Article;
use std::fmt::Write;
use std::ops::Range;

/// Explains how sentence `number` of an analysed article is read, counted from 1: its words with their tags, its clauses,
/// and the rows of the timeline that rest on it. Returns `None` when the article has fewer sentences.
#[must_use]
pub fn explain(article: &Article, analysis: &Analysis, number: usize) -> Option<String> {
    let resources = Resources::bundled();
    let document = Document::new(article, &resources);
    let sentence = document.sentences.get(number.checked_sub(1)?)?;
    let parsed = Parsed::new(&document, sentence.tokens.clone());
    let tagged: Vec<String> = sentence
        .tokens
        .clone()
        .map(|index| format!("{}/{}", document.word(index), document.penn(index).as_str()))
        .collect();
    let mut out = format!("{}\n", tagged.join(" "));
    for (index, clause) in parsed.syntax().clauses.iter().enumerate() {
        let _ = writeln!(out, "  {index} {}", describe(&document, &parsed, clause));
    }
    for event in analysis.events.iter().filter(|event| event.sentence == sentence.span) {
        let time = analysis.times.get(event.time).map_or("", |time| time.span.of(document.text));
        let _ = writeln!(out, "  row: {} [{time}, {}]", event.summary, event.status.name());
    }
    Some(out)
}

/// Describes a clause in one line.
fn describe(document: &Document<'_>, parsed: &Parsed, clause: &Clause) -> String {
    let text = |range: &Range<usize>| document.span(parsed.here(range)).of(document.text);
    let mut line = format!("{:?} {:?} “{}”", clause.kind, clause.form, text(&clause.verbs)).to_lowercase();
    let _ = write!(line, ", {:?} {:?}", clause.tense, clause.mood);
    if clause.passive {
        line.push_str(", passive");
    }
    if clause.negated {
        line.push_str(", negated");
    }
    if let Some(subject) = &clause.subject {
        let shared = if subject.shared { " (shared)" } else { "" };
        let _ = write!(line, ", subject “{}”{shared}", text(&subject.core));
    }
    if let Some(parent) = clause.parent {
        let _ = write!(line, ", in {parent}");
    }
    if let Some(joined) = clause.joined {
        let _ = write!(line, ", joined to {joined}");
    }
    let _ = write!(line, ", margin {}: {}", clause.margin, text(&clause.extent));
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, Options};
    use jiff::civil::date;

    #[test]
    fn a_sentence_is_explained_with_its_tags_clauses_and_rows() {
        let article = Article::verbatim("a", "It rained. The board met on Monday and closed the pier.");
        let options = Options { reference: Some(date(2023, 9, 27)), ..Options::default() };
        let analysis = Analyzer::bundled().analyze(&article, &options);
        let lines = explain(&article, &analysis, 2).unwrap();
        assert!(lines.starts_with("The/DT board/NN met/VBD on/IN Monday/NNP"), "{lines}");
        assert!(
            lines.contains("  1 main finite “closed”, Past Indicative, subject “The board” (shared), joined to 0"),
            "{lines}"
        );
        assert!(lines.contains("  row: The board met [Monday, past]"), "{lines}");
        assert_eq!(explain(&article, &analysis, 3), None);
        assert_eq!(explain(&article, &analysis, 0), None);
    }
}

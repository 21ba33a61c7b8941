//! Explains an analysis: the tags and clauses of each sentence with the rows that rest on them.

use crate::Analysis;
use crate::document::Document;
use crate::syntax::{Clause, Parsed};
use std::fmt::Write;
use std::ops::Range;

/// Returns the explanation of all sentences, in order.
pub(crate) fn explain(document: &Document<'_>, analysis: &Analysis) -> String {
    let mut out = String::new();
    for sentence in &document.sentences {
        let parsed = Parsed::new(document, sentence.tokens.clone());
        let tagged: Vec<String> = sentence
            .tokens
            .clone()
            .map(|index| format!("{}/{}", document.word(index), Parsed::tag(document, index).as_str()))
            .collect();
        let _ = writeln!(out, "{}", tagged.join(" "));
        for (index, clause) in parsed.syntax().clauses.iter().enumerate() {
            let _ = writeln!(out, "  {index} {}", describe(document, &parsed, clause));
        }
        for event in analysis.events.iter().filter(|event| event.sentence == sentence.span) {
            let time = analysis.times.get(event.time).map_or("", |time| time.span.of(document.text));
            let _ = writeln!(out, "  row: {} [{time}, {}]", event.summary, event.status.name());
        }
        out.push('\n');
    }
    out
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

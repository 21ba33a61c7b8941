//! Explains timeline rows by showing the verbs that the two analyses found, the verb chosen, and the feature weights
//! that make up the confidence.

use super::finder::{EventFinder, choose, near};
use super::{Event, governing_clause};
use dateline_core::Named;
use std::fmt::Write;

impl EventFinder<'_> {
    /// Explains a timeline row in two lines. Returns `None` if its time expression is not in a sentence.
    #[must_use]
    pub(crate) fn explain(&self, event: &Event) -> Option<String> {
        let document = self.document;
        let time = self.times.get(event.time)?;
        let tokens = self.tokens(time.span);
        let sentence = document.sentences.get(document.sentence_of(tokens.start)?)?;
        let about = near(&sentence.tokens, &tokens);
        let parsed = self.parsed_around(&tokens)?;
        let read = parsed.predication(document, &tokens);
        let known = governing_clause::find(document, &about, &tokens);
        let verb = |verb: Option<usize>| match verb {
            Some(verb) => format!("“{}”", document.word(verb)),
            None => "no verb".to_owned(),
        };
        let [by_classes, by_clauses] = [known.as_ref(), read.as_ref().map(|(clause, _)| clause)]
            .map(|found| found.map_or_else(|| "nothing".to_owned(), |found| verb(found.verb)));
        let governing = choose(known, read.as_ref().map(|(clause, _)| clause), &about)?;
        let mut line = format!("verb {}", verb(governing.verb));
        if let Some(at) = governing.verb {
            let _ = write!(line, " ({}, margin {})", document.penn(at).name(), document.pos_margin(at));
        }
        let _ = write!(line, "; clauses give {by_clauses}");
        if let Some(clause) = parsed.governing(document, &tokens) {
            let _ = write!(line, " (margin {} of 3)", clause.margin);
        }
        let _ = write!(line, ", word classes give {by_classes}");
        let read = read.as_ref().map(|(_, read)| read);
        let grounds = self.grounds(time, &governing, read, &parsed);
        let mut parts: Vec<_> = self.weights.parts(grounds.signs(event)).collect();
        parts.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
        let parts: String = parts.iter().map(|(name, weight)| format!(", {name} {weight:+.2}")).collect();
        let bias = self.weights.bias();
        let _ = write!(line, "\n    confidence {:.2}: bias {bias:+.2}{parts}", event.confidence);
        Some(line)
    }
}

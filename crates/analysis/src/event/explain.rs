//! Explains timeline rows: the verbs found by both analyses, the verb chosen, and the feature weights that make up the
//! confidence.

use super::confidence::Grounds;
use super::finder::{EventFinder, choose, near};
use super::scrap;
use super::{Event, governing_clause};
use crate::document::Document;
use crate::entity::Entity;
use crate::quote::Quote;
use crate::reference::Reference;
use crate::time::Timex;
use dateline_core::Named;
use std::fmt::Write;

/// Explains the timeline rows of one document.
pub(crate) struct RowExplainer<'a>(EventFinder<'a>);

impl<'a> RowExplainer<'a> {
    /// Creates an explainer from the annotations from which the rows were built.
    pub(crate) fn new(
        document: &'a Document<'a>,
        entities: &'a [Entity],
        quotes: &'a [Quote],
        times: &'a [Timex],
        reference: Option<&Reference>,
    ) -> Self {
        Self(EventFinder::new(document, entities, quotes, times, reference))
    }

    /// Explains a timeline row in two lines. Returns `None` if its time expression is not in a sentence.
    #[must_use]
    pub(crate) fn explain(&self, event: &Event) -> Option<String> {
        let finder = &self.0;
        let document = finder.document;
        let time = finder.times.get(event.time)?;
        let tokens = finder.tokens(time.span);
        let sentence = document.sentences.get(document.sentence_of(tokens.start)?)?;
        let about = near(&sentence.tokens, &tokens);
        let parsed = finder.parsed_around(&tokens)?;
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
        let relative = time.relative;
        let read = read.as_ref().map(|(_, read)| read);
        let grounds = Grounds { document, governing: &governing, parsed: read, time: &tokens, relative };
        let mut parts: Vec<_> = finder.weights.parts(grounds.signs(event)).collect();
        parts.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
        let parts: String = parts.iter().map(|(name, weight)| format!(", {name} {weight:+.2}")).collect();
        let bias = finder.weights.bias();
        // The sum of the features does not explain the confidence in such a row.
        let loose = if scrap::is_loose(&event.summary) { ", lowered because nothing is named first" } else { "" };
        let _ = write!(line, "\n    confidence {:.2}: bias {bias:+.2}{parts}{loose}", event.confidence);
        Some(line)
    }
}

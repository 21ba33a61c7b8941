//! Explains the analysis of a sentence, so that a wrong row can be traced to the word that caused it.

use crate::document::Document;
use crate::event::EventFinder;
use crate::resources::Resources;
use crate::syntax::{Clause, Parsed};
use crate::{Analysis, QuoteKind, quote};
use dateline_core::Named;
use dateline_core::article::Article;
use dateline_core::text::Span;
use std::fmt::Write;
use std::ops::Range;

/// Explains the analysis of sentence `number` (counted from 1) in an annotated article. The text lists the words with
/// their tags, the clauses, the quotations and the timeline rows from the sentence. Each entry shows the rule or
/// weights that decided it, and its margin over the runner-up. Returns `None` if the article has fewer sentences.
#[must_use]
pub fn explain(article: &Article, analysis: &Analysis, number: usize) -> Option<String> {
    let resources = Resources::bundled();
    let document = Document::new(article, &resources);
    let sentence = document.sentences.get(number.checked_sub(1)?)?;
    let parsed = document.parse(sentence.tokens.clone());
    let tagged: Vec<String> = sentence
        .tokens
        .clone()
        .map(|index| format!("{}/{}", document.word(index), document.penn(index).name()))
        .collect();
    let mut out = format!("{}\n", tagged.join(" "));
    for (index, clause) in parsed.syntax().clauses.iter().enumerate() {
        let _ = writeln!(out, "  {index} {}", describe(&document, &parsed, clause));
    }
    let doubtful = doubtful_tags(&document, &sentence.tokens);
    if !doubtful.is_empty() {
        let _ = writeln!(out, "  close tags: {doubtful}");
    }
    write_quotes(&mut out, &document, analysis, sentence.span);
    write_rows(&mut out, &document, analysis, sentence.span);
    Some(out)
}

/// Lists the words whose tag won by a small margin, with that margin.
fn doubtful_tags(document: &Document<'_>, tokens: &Range<usize>) -> String {
    /// Margin below which a tag is listed, in the unit of the tagger's weights.
    const CLOSE: i32 = 2000;
    let close = tokens.clone().filter(|index| document.pos_margin(*index) < CLOSE);
    let line = |index: usize| {
        format!("{}/{} {}", document.word(index), document.penn(index).name(), document.pos_margin(index))
    };
    close.map(line).collect::<Vec<_>>().join(", ")
}

/// Writes the quotations of a sentence. Quoted words are listed with the speaker candidates, and reports with their
/// pattern.
fn write_quotes(out: &mut String, document: &Document<'_>, analysis: &Analysis, sentence: Span) {
    let model = quote::Model::bundled();
    let choices = quote::explain::explain(document, &model.weights, sentence);
    for quote in analysis.quotes.iter().filter(|quote| sentence.overlaps(quote.span)) {
        let speaker = quote.speaker.as_ref().map_or("nobody", |speaker| &speaker.name);
        let (kind, words) = (quote.kind.name(), quote.span.of(document.text));
        let _ = writeln!(out, "  quote: {speaker}: {words} [{kind}, {:.2}, {}]", quote.confidence, quote.why);
        let choice = choices.iter().find(|(content, _)| quote.kind != QuoteKind::Indirect && *content == quote.span);
        if let Some((_, why)) = choice {
            let _ = writeln!(out, "    {why}");
        }
    }
}

/// Writes the timeline rows from a sentence.
fn write_rows(out: &mut String, document: &Document<'_>, analysis: &Analysis, sentence: Span) {
    let Analysis { entities, quotes, times, events, reference, .. } = analysis;
    let finder = EventFinder::new(document, entities, quotes, times, reference.as_ref());
    for event in events.iter().filter(|event| event.sentence == sentence) {
        let time = times.get(event.time).map_or("", |time| time.span.of(document.text));
        let _ = writeln!(out, "  row: {} [{time}, {}]", event.summary, event.status.name());
        if let Some(why) = finder.explain(event) {
            let _ = writeln!(out, "    {why}");
        }
    }
}

/// Describes a clause in one line of text.
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
        assert!(lines.contains("\n    verb “met” (VBD, margin "), "{lines}");
        assert!(lines.contains("; clauses give “met” (margin 3 of 3), word classes give “met”\n"), "{lines}");
        assert!(lines.contains("\n    confidence 0.") && lines.contains(": bias +"), "{lines}");
        assert_eq!(explain(&article, &analysis, 3), None);
        assert_eq!(explain(&article, &analysis, 0), None);
    }

    #[test]
    fn a_quote_is_explained_with_its_rule_weights_and_runner_up() {
        let text = "“The pier is safe and will stay open,” Mara Odell told Ivo Lind, who said that he disagreed.";
        let article = Article::verbatim("a", text);
        let analysis = Analyzer::bundled().analyze(&article, &Options::default());
        let lines = explain(&article, &analysis, 1).unwrap();
        assert!(lines.contains("  quote: Mara Odell: The pier is safe and will stay open, [direct, 0."), "{lines}");
        assert!(lines.contains("    rule after, “Mara Odell” with score "), "{lines}");
        assert!(lines.contains("    weights: ") && lines.contains("after-beside +"), "{lines}");
        assert!(lines.contains(" over “who”"), "{lines}");
        assert!(lines.contains(", reported after the verb]"), "{lines}");
    }
}

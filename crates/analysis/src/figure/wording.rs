//! Formats the words that are shown with a figure.

use super::Figure;
use crate::entity::{EntityKind, MentionKind};
use crate::{Analysis, Speaker};
use dateline_core::text::{Span, folded};

/// Words around a number, with runs of white space folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureWords {
    /// Words before the number, with a space or mark at the end unless they are empty.
    pub before: String,
    /// Number in the words of the text.
    pub number: String,
    /// Words after the number, with a space or mark at the start unless they are empty.
    pub after: String,
}

impl Figure {
    /// Returns who claims the figure: its own source, or else the speaker of its quote. `None` means the publisher.
    #[must_use]
    pub fn speaker<'a>(&'a self, analysis: &'a Analysis) -> Option<&'a Speaker> {
        let quoted = || analysis.quotes.get(self.quote?)?.speaker.as_ref();
        self.source.as_ref().or_else(quoted)
    }

    /// Returns the words of `text` that are shown with the figure. The names of persons follow pronouns in brackets, the
    /// context precedes the words in brackets, and "…" marks where the sentence was cut.
    #[must_use]
    pub fn words(&self, text: &str, analysis: &Analysis) -> FigureWords {
        let sentence = sentence(analysis, self.span).unwrap_or(self.span);
        let clause = if self.clause.covers(self.span) { self.clause } else { sentence };
        let names = names(text, analysis, clause);
        let part = |from, to| with_names(text, &names, Span::new(from, to));
        let mut before = part(clause.start, self.span.start);
        let mut after = part(self.span.end, clause.end);
        let lead = Span::new(sentence.start.min(clause.start), clause.start).of(text);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if is_word(lead.trim_end().chars().next_back()) && !self.is_report(analysis, clause.start, lead) {
            before.insert(0, '…');
        }
        if is_word(Span::new(clause.end, sentence.end.max(clause.end)).of(text).trim_start().chars().next()) {
            after.push('…');
        }
        if let Some(context) = self.context {
            let whole = self::sentence(analysis, context).unwrap_or(context);
            let is_cut = |from, to| Span::new(from, to).of(text).chars().any(char::is_alphanumeric);
            let cut = |is_cut: bool| if is_cut { "…" } else { "" };
            let head = cut(
                is_cut(whole.start, context.start) && !is_date_line(Span::new(whole.start, context.start).of(text))
            );
            let tail = cut(is_cut(context.end, whole.end));
            let words = with_names(text, &self::names(text, analysis, context), context);
            before.insert_str(0, &format!("[{head}{words}{tail}] "));
        }
        FigureWords { before, number: folded(self.span.of(text)), after }
    }

    /// Returns whether the words at byte offset `start` begin a report, after an attribution such as "Odell said that".
    fn is_report(&self, analysis: &Analysis, start: usize, lead: &str) -> bool {
        let quote = self.quote.and_then(|quote| analysis.quotes.get(quote));
        let last = lead.split_whitespace().next_back().unwrap_or_default();
        // The verb right after the source: "a poll shows".
        let verb = self.source.as_ref().is_some_and(|source| {
            let sentence = start - lead.len();
            let after = lead.get(source.mention.end.saturating_sub(sentence)..).unwrap_or_default();
            source.mention.end <= start && after.split_whitespace().count() <= 2
        });
        quote.is_some_and(|quote| quote.span.start == start) || verb || last == "that"
    }
}

/// Returns whether words at the start of a sentence are a date line: "ORRA (Tarn Press) - ".
fn is_date_line(words: &str) -> bool {
    words.trim_end().ends_with(['-', '–', '—', '_'])
}

/// Returns the sentence that contains `span`.
fn sentence(analysis: &Analysis, span: Span) -> Option<Span> {
    let after = analysis.sentences.partition_point(|sentence| sentence.start <= span.start);
    analysis.sentences.get(after.checked_sub(1)?).copied().filter(|sentence| sentence.covers(span))
}

/// Returns the ends of the first pronouns in `span` that refer to each person whom it does not name before, each with the
/// name, in text order.
fn names<'a>(text: &str, analysis: &'a Analysis, span: Span) -> Vec<(usize, &'a str)> {
    let mut named: Vec<(usize, &str)> = Vec::new();
    let persons = analysis.entities.iter().filter(|entity| entity.kind == EntityKind::Person);
    let persons = persons.flat_map(|entity| &entity.mentions).filter(|mention| mention.kind == MentionKind::Name);
    let persons = persons.map(|mention| mention.span);
    for entity in &analysis.entities {
        let mut inside = entity.mentions.iter().filter(|mention| span.covers(mention.span));
        let Some(first) = inside.next().filter(|first| first.kind == MentionKind::Pronoun) else { continue };
        // "Like the effigy behind him, Reyl …": the pronoun refers to the name after it.
        let next = Span::new(first.span.end, span.end).of(text).strip_prefix(", ").map(|_| first.span.end + 2);
        if !persons.clone().any(|mention| Some(mention.start) == next) {
            named.push((first.span.end, &entity.name));
        }
    }
    named.sort_unstable();
    named
}

/// Returns the words at `span` with `names` in brackets after the pronouns that end at their offsets.
fn with_names(text: &str, names: &[(usize, &str)], span: Span) -> String {
    let mut out = String::new();
    let mut at = span.start;
    for (end, name) in names.iter().filter(|(end, _)| span.start < *end && *end <= span.end) {
        out.push_str(Span::new(at, *end).of(text));
        out.push_str(" [");
        out.push_str(name);
        out.push(']');
        at = *end;
    }
    out.push_str(Span::new(at, span.end).of(text));
    spaced(&out)
}

/// Folds each run of white space, also at the ends, into one space.
fn spaced(words: &str) -> String {
    let space = |at_end: bool| if at_end { " " } else { "" };
    let (start, end) = (words.starts_with(char::is_whitespace), words.ends_with(char::is_whitespace));
    let inner = folded(words);
    if inner.is_empty() { space(start || end).to_owned() } else { format!("{}{inner}{}", space(start), space(end)) }
}

//! Common form to which quotes are converted for comparison.

use dateline_analysis::{Analysis, QuoteKind};
use dateline_core::text::Span;

/// A piece of a quote after splitting and trimming, with the quote's speaker. Spans are in bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unit<'a> {
    /// Span of the content.
    pub span: Span,
    /// Kind of quote: direct, mixed or indirect.
    pub kind: QuoteKind,
    /// Whether the quote need not be found.
    pub optional: bool,
    /// Whether the quote is a fragment in quotation marks that represents all of the reported speech around it.
    pub fragment: bool,
    /// Words in the attribution that mention the speaker.
    pub mention: Option<Mention<'a>>,
    /// Full name of the speaker.
    pub name: Option<&'a str>,
    /// Confidence that the system assigned to the quote.
    pub confidence: Option<f32>,
}

/// Words that mention a speaker, with their position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention<'a> {
    /// Span of the words.
    pub span: Span,
    /// The words themselves.
    pub words: &'a str,
}

impl Unit<'_> {
    /// Creates a direct quote that has no speaker.
    #[must_use]
    pub(crate) const fn new(span: Span) -> Self {
        Self {
            span,
            kind: QuoteKind::Direct,
            optional: false,
            fragment: false,
            mention: None,
            name: None,
            confidence: None,
        }
    }
}

/// Returns the quotes found by the analysis.
pub(crate) fn found<'a>(text: &'a str, analysis: &'a Analysis) -> Vec<Unit<'a>> {
    let quotes = analysis.quotes.iter().map(|quote| {
        let speaker = quote.speaker.as_ref();
        Unit {
            kind: quote.kind,
            mention: speaker.map(|speaker| Mention { span: speaker.mention, words: speaker.mention.of(text) }),
            name: speaker.map(|speaker| speaker.name.as_str()),
            confidence: Some(quote.confidence),
            ..Unit::new(quote.span)
        }
    });
    units(text, quotes)
}

/// Splits quotes at line ends and trims the pieces. Drops pieces without words, sorts the rest, and keeps one piece per
/// span.
#[must_use]
pub(crate) fn units<'a>(text: &str, quotes: impl Iterator<Item = Unit<'a>>) -> Vec<Unit<'a>> {
    let mut out: Vec<Unit<'a>> = Vec::new();
    for quote in quotes {
        let mut start = quote.span.start;
        for line in quote.span.of(text).split('\n') {
            let span = trimmed(text, Span::new(start, start + line.len()));
            start += line.len() + 1;
            if span.of(text).contains(char::is_alphanumeric) {
                out.push(Unit { span, ..quote.clone() });
            }
        }
    }
    out.sort_by_key(|unit| unit.span);
    out.dedup_by_key(|unit| unit.span);
    out
}

/// Trims white space, quotation marks, brackets and punctuation from both ends of a span.
fn trimmed(text: &str, span: Span) -> Span {
    let loose =
        |character: char| character.is_whitespace() || "\"“”„«»‟'‘’`\u{200b},.;:!?-–—―…()[]".contains(character);
    let inside = span.of(text);
    let start = span.start + (inside.len() - inside.trim_start_matches(loose).len());
    Span::new(start, start + inside.trim_matches(loose).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_over_two_paragraphs_is_two_units_without_marks() {
        let text = "“We lost it.\n\n“All of it,” she said.";
        let end = text.find(" she").unwrap();
        let units = units(text, [Unit::new(Span::new(0, end)), Unit::new(Span::new(0, end))].into_iter());
        let words: Vec<&str> = units.iter().map(|unit| unit.span.of(text)).collect();
        assert_eq!(words, ["We lost it", "All of it"]);
    }
}

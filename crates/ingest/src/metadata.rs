//! Metadata that pages state about their stories: authors, dates, place, picture credits, language.

pub(crate) mod byline;
pub(crate) mod calendar_names;
pub(crate) mod credit;
pub(crate) mod dateline;
pub(crate) mod datetime;
pub(crate) mod language;
pub(crate) mod source_metadata;
pub(crate) mod timestamp_line;

use dateline_core::text::Span;

/// Returns the spans of the dates, the dateline and the credit in a line of text. Runs every parser of such lines, so
/// that fuzzing can find inputs on which one fails.
#[must_use]
pub fn spans_in_line(line: &str) -> Vec<Span> {
    let dates = timestamp_line::dates(line).into_iter().chain(timestamp_line::wire_stamp(line));
    let stamp = timestamp_line::read(line).map(|stamp| stamp.published);
    let mut spans: Vec<Span> = dates.chain(stamp).map(|found| found.span).collect();
    spans.extend(dateline::read(line).map(|dateline| dateline.span));
    if let Some(credit::CaptionMark::Credit(span) | credit::CaptionMark::CreditOnly(span)) = credit::find(line) {
        spans.push(span);
    }
    let _ = byline::signed(line);
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_spans_of_its_dateline_and_its_date() {
        let line = "OSLO, May 3, 2024 (AP) - The ferry stopped.";
        let words: Vec<&str> = spans_in_line(line).iter().map(|span| span.of(line)).collect();
        assert!(words.contains(&"May 3, 2024"), "{words:?}");
        assert!(words.iter().any(|words| words.starts_with("OSLO")), "{words:?}");
        assert!(spans_in_line("The ferry stopped.").is_empty());
    }
}

//! Text and positions in it: byte spans, code-point offsets, and the removal of hostile characters. Independent of
//! articles, analysis and screens.

mod clean;
mod fold;
mod invisible;
mod nearest;
mod position;

pub use clean::{SafeText, clean, shown};
pub use fold::fold;
pub use invisible::{is_invisible, without_invisible};
pub use nearest::{distance, nearest};
pub use position::CodePoints;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a text. Both ends must be at character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(usize, usize)", into = "(usize, usize)")]
pub struct Span {
    /// Byte offset at which the span begins.
    pub start: usize,
    /// Byte offset at which the span ends, one past its last byte.
    pub end: usize,
}

impl Span {
    /// Creates a span from `start` to `end`. If `end` is before `start`, the span is empty and located at `start`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// Returns the length of the span, in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Returns whether the span is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns the part of `text` in the span, or an empty string if the span is not valid in `text`.
    #[must_use]
    #[inline]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Returns whether byte `offset` lies inside the span. The end of the span is not inside.
    #[must_use]
    #[inline]
    pub const fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Returns whether all of `other` lies inside the span.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns whether the two spans share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the smallest span that covers both spans.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Returns the span without leading and trailing white space.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let inside = self.of(text);
        let start = self.start + (inside.len() - inside.trim_start().len());
        Self::new(start, start + inside.trim().len())
    }
}

impl From<(usize, usize)> for Span {
    fn from((start, end): (usize, usize)) -> Self {
        Self::new(start, end)
    }
}

impl From<Span> for (usize, usize) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

/// Returns `text` without invisible characters and without white space at either end. Every other run of white space
/// becomes a single space.
#[must_use]
pub fn folded(text: &str) -> String {
    let text = without_invisible(text);
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trimmed_span_keeps_the_words_and_loses_the_blanks() {
        let text = "  ab c\n ";
        let span = Span::new(0, text.len()).trimmed(text);
        assert_eq!(span.of(text), "ab c");
    }

    #[test]
    fn a_span_that_does_not_fit_is_empty_text() {
        assert_eq!(Span::new(0, 99).of("ab"), "");
        assert_eq!(Span::new(1, 2).of("é"), "");
    }

    #[test]
    fn folding_joins_lines() {
        assert_eq!(folded(" a\n  b\u{a0}c "), "a b c");
        assert_eq!(folded("har\u{ad}bour\u{200b} mas\u{ad}ter"), "harbour master");
    }
}

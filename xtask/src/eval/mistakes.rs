//! Mistakes of the analysis, listed individually so that a developer can fix them.

use dateline_core::text::{Span, folded};
use std::fmt;

/// A mistake: a gold item that the system missed, a system item that is not in the gold set, or a system item that
/// differs from the gold one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    /// Kind of mistake, as one word.
    pub what: &'static str,
    /// Description of the gold item; empty if there is none.
    pub wanted: String,
    /// Description of the system item; empty if there is none.
    pub found: String,
}

impl Mistake {
    /// Creates a mistake for a gold item that the system missed.
    #[must_use]
    pub(super) fn missed(wanted: String) -> Self {
        Self { what: "missed", wanted, found: String::new() }
    }

    /// Creates a mistake for a system item that is not in the gold set.
    #[must_use]
    pub(super) fn extra(found: String) -> Self {
        Self { what: "extra", wanted: String::new(), found }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:8}", self.what)?;
        match (self.wanted.is_empty(), self.found.is_empty()) {
            (false, false) => write!(out, "{}\n          found {}", self.wanted, self.found),
            (true, _) => write!(out, "{}", self.found),
            (_, true) => write!(out, "{}", self.wanted),
        }
    }
}

/// Formats the text of a span on one line, in quotation marks.
#[must_use]
pub(super) fn words(text: &str, span: Span) -> String {
    format!("{:?}", folded(span.of(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mistake_shows_what_it_has() {
        assert_eq!(Mistake::missed("a".into()).to_string(), "missed  a");
        assert_eq!(Mistake::extra("b".into()).to_string(), "extra   b");
        let value = Mistake { what: "value", wanted: "a".into(), found: "b".into() };
        assert_eq!(value.to_string(), "value   a\n          found b");
    }
}

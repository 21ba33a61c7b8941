//! Single mistakes, for whoever wants to mend them.

use dateline_core::text::{Span, folded};
use std::fmt;

/// Something that was wanted and not found, found and not wanted, or found otherwise than wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    /// What is wrong: one word.
    pub what: &'static str,
    /// What was wanted; empty for what is too much.
    pub wanted: String,
    /// What was found; empty for what is missed.
    pub found: String,
}

impl Mistake {
    /// Wanted and not found.
    #[must_use]
    pub(super) fn missed(wanted: String) -> Self {
        Self { what: "missed", wanted, found: String::new() }
    }

    /// Found and not wanted.
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

/// The words of a span on one line.
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

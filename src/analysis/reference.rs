//! The day that an article's relative times count from, and how it is known. Knows the times of
//! the text, nothing of names or quotes.

mod inference;

use super::Options;
use super::document::Document;
use crate::article::DateSource;
use crate::text::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The reference date with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The day.
    #[serde(with = "crate::article::calendar::day")]
    pub date: Date,
    /// How it is known.
    pub source: DateSource,
    /// The words of the text that say so, or that it was worked out from.
    pub evidence: Vec<Span>,
}

/// The reference date: the reader's, else the article's own, else inferred from its dates and
/// weekdays, else the fallback.
#[must_use]
pub fn find(document: &Document<'_>, options: &Options) -> Option<Reference> {
    let known = |date, source| Some(Reference { date, source, evidence: Vec::new() });
    if let Some(date) = options.reference {
        return known(date, DateSource::Option);
    }
    if let Some(published) = &document.article.published {
        return Some(Reference {
            date: published.date,
            source: published.source,
            evidence: published.evidence.into_iter().collect(),
        });
    }
    inference::infer(document).or_else(|| options.fallback.and_then(|date| known(date, DateSource::Option)))
}

//! Determines the reference date of an article, from which relative times are counted, and the source of that date.
//! Depends on the time expressions in the text, but not on names or quotations.

mod inference;

use super::Options;
use super::document::Document;
use super::time::UnresolvedTimes;
pub use super::time::reference::Reference;
use dateline_core::article::DateSource;

/// Finds the reference date. The sources are, in order of preference, the user, the article's publication date, the
/// dates and weekdays in the text, and the fallback date.
#[must_use]
pub(crate) fn find(document: &Document<'_>, options: &Options, times: &UnresolvedTimes<'_>) -> Option<Reference> {
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
    inference::infer(document, times).or_else(|| options.fallback.and_then(|date| known(date, DateSource::Option)))
}

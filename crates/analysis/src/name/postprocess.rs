//! Passes over the names that the weights found, in a fixed order. Each corrects one kind of mistake of the weights
//! that the word lists, the neighbouring words or the rest of the document reveal.
//!
//! Loss of F1 on names (span and type, in points) without each pass, by `eval --ablation` on the gold set and by
//! `eval --ablation names FILE` on development halves of four corpora:
//!
//! | pass                 | gold  | `CoNLL++` 2020 | `CoNLL-2003` testb | PUD   | EWT   |
//! |----------------------|-------|--------------|------------------|-------|-------|
//! | titles               | -0.10 | -0.22        | +0.02            | -0.49 | -0.10 |
//! | splitting            | -0.65 | -1.47        | -0.53            | -0.57 | 0     |
//! | boundary             | -0.08 | -0.07        | -0.06            | -0.25 | 0     |
//! | completion           | -1.03 | -0.03        | -0.09            | 0     | 0     |
//! | works                | -0.93 | -0.09        | -0.05            | -0.08 | 0     |
//! | gazetteer            | -0.42 | -0.27        | -0.08            | -0.16 | -1.36 |
//! | document consistency | -1.59 | -0.61        | -0.53            | -0.49 | +0.10 |
//! | acronyms             | -0.09 | -0.08        | -0.06            | 0     | -0.49 |
//! | dateline             | 0     | 0            | 0                | 0     | 0     |
//!
//! Offices, common words and nicknames are younger than the table: they correct rare kinds of mistakes that the tests of
//! this folder list.
//!
//! Dateline needs an article whose reader found a dateline, and these texts are bodies without one. A rule that found
//! the place at the head of any paragraph ("GENEVA, May 3 —") gained nothing on the 36 such heads of `CoNLL++` and the
//! nine of the gold set, because the weights find them, and was removed.

mod acronyms;
mod boundary;
mod common_words;
mod completion;
mod dateline;
mod document_consistency;
mod gazetteer;
mod insert;
mod nicknames;
mod offices;
mod splitting;
mod titles;
mod works;

use super::Name;
use super::feature::FeatureExtractor;

/// One pass. The variants are in the order in which they run, because later passes rely on the extents and types that
/// earlier ones settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pass {
    /// Separates a company, its office and the person who has it.
    Offices,
    /// Cuts titles off persons' names and types the name after a title as a person.
    Titles,
    /// Drops common words at the beginning of a sentence and measurements.
    CommonWords,
    /// Splits two names that were found as one.
    Splitting,
    /// Cuts off lead-ins and trailing titles.
    Boundary,
    /// Completes organisations across "of the" and finds their short forms.
    Completion,
    /// Finds works, laws, ships and events by the words around them.
    Works,
    /// Joins a person's name around a nickname in quotation marks.
    Nicknames,
    /// Adds nationalities and places from the word lists.
    Gazetteer,
    /// Gives all mentions of one name the same type, and finds surnames again.
    DocumentConsistency,
    /// Marks acronyms wherever the document uses them.
    Acronyms,
    /// Marks the place that the article was filed from.
    Dateline,
}

impl Pass {
    /// All passes in order.
    pub(crate) const ALL: [Self; 12] = [
        Self::Offices,
        Self::Titles,
        Self::CommonWords,
        Self::Splitting,
        Self::Boundary,
        Self::Completion,
        Self::Works,
        Self::Nicknames,
        Self::Gazetteer,
        Self::DocumentConsistency,
        Self::Acronyms,
        Self::Dateline,
    ];

    /// Returns the name by which an ablation skips the pass.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Offices => "offices",
            Self::Titles => "titles",
            Self::CommonWords => "common-words",
            Self::Splitting => "splitting",
            Self::Boundary => "boundary",
            Self::Completion => "completion",
            Self::Works => "works",
            Self::Nicknames => "nicknames",
            Self::Gazetteer => "gazetteer",
            Self::DocumentConsistency => "document-consistency",
            Self::Acronyms => "acronyms",
            Self::Dateline => "dateline",
        }
    }

    /// Runs the pass on the names of a document, which are in order and do not overlap; the pass preserves both.
    pub(crate) fn apply(self, extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
        match self {
            Self::Offices => offices::apply(extractor, names),
            Self::Titles => titles::apply(extractor, names),
            Self::CommonWords => common_words::apply(extractor, names),
            Self::Splitting => splitting::apply(extractor, names),
            Self::Boundary => boundary::apply(extractor, names),
            Self::Completion => completion::apply(extractor, names),
            Self::Works => works::apply(extractor, names),
            Self::Nicknames => nicknames::apply(extractor, names),
            Self::Gazetteer => gazetteer::apply(extractor, names),
            Self::DocumentConsistency => document_consistency::apply(extractor, names),
            Self::Acronyms => acronyms::apply(extractor, names),
            Self::Dateline => dateline::apply(extractor, names),
        }
    }
}

#[cfg(test)]
mod tests;

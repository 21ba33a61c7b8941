//! Compares the versions of one happening: what a version repeats, what is new in it, and where the versions differ.
//!
//! The comparison is pure, like the analysis. A version is an article with its annotations, so a caller who has read
//! them from a library or from files can compare them.

mod day;
mod figure;
mod novelty;
mod published;
mod repetition;
mod shared;
mod speaker;
#[cfg(test)]
mod tests;
mod utterance;
mod wording;
mod words;

use super::Analysis;
use dateline_core::Named;
use dateline_core::article::Article;
use dateline_core::text::Span;
pub use novelty::novelty;

/// Version of a happening: the story of one outlet.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// Text and metadata of the story.
    pub article: &'a Article,
    /// Annotations of the story.
    pub analysis: &'a Analysis,
}

/// Words of one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Index of the version in the list of versions.
    pub version: usize,
    /// Byte span of the words in the version's text.
    pub span: Span,
}

/// What a version adds for a reader who has read other versions, and what it shares with them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Novelty {
    /// Sentences that repeat a sentence of a read version nearly word for word, each with the sentence that it repeats.
    pub repeated: Vec<(Span, Passage)>,
    /// Sentences with few words of any read version and, in other sentences, figures and clauses of dated events that no
    /// read version has, in text order. The list is empty if no version has been read.
    pub new: Vec<Span>,
    /// Quotes that a read version has in whole or in part, each with the words of that version.
    pub heard: Vec<(Span, Passage)>,
    /// Quotes whose speaker is doubtful or unknown here and certain in another version, each with the index of that
    /// version and of its quote.
    pub lent: Vec<(Span, usize, usize)>,
    /// Quotes of all versions, each utterance once: the passages that have it, the longest first.
    pub quotes: Vec<Vec<Passage>>,
    /// Dated events of all versions, each once: the clauses that report it, in the order of the versions.
    pub events: Vec<Vec<Passage>>,
}

/// One utterance that at least two versions quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Utterance {
    /// Quotes of the utterance, each as the index of its version and its index in that version, in this order.
    pub quotes: Vec<(usize, usize)>,
    /// Index in `quotes` of the longest form of the utterance.
    pub longest: usize,
    /// Index in `quotes` of the quote whose speaker is most certain; `None` if no speaker is certain.
    pub surest: Option<usize>,
}

/// Point on which versions differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Kind of the differing statements.
    pub aspect: Aspect,
    /// Subject of the statements: the thing counted, the event, the disputed words, or the name of the speaker.
    pub about: String,
    /// At least two statements that differ, ordered by their first version. The longest form of a quote comes first.
    pub claims: Vec<Claim>,
}

/// Kind of a statement that can differ between versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Number of a thing that is counted.
    Figure,
    /// Day of an event.
    Day,
    /// Person who said certain words.
    Speaker,
    /// Words of an utterance, or the part of it that is quoted.
    Words,
}

impl Named for Aspect {
    fn name(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Day => "day",
            Self::Speaker => "speaker",
            Self::Words => "words",
        }
    }
}

/// Statement of one or more versions that differs from those of the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Statement as shown to the reader: "at least 5", "2024-05-03", a name, or the words of a quote. Brackets enclose
    /// the words that all other versions leave out.
    pub text: String,
    /// Passages that make the statement, at most one per mention, ordered by version.
    pub passages: Vec<Passage>,
    /// Whether all versions with this statement were published after those with the first one.
    pub later: bool,
}

/// Returns the points on which the versions differ: figures, days, speakers and words, in this order. The versions are
/// ordered by their time of publication.
#[must_use]
pub fn differences(versions: &[Version<'_>]) -> Vec<Difference> {
    let utterances = utterance::find(versions);
    let mut out = figure::differences(versions);
    out.extend(day::differences(versions));
    out.extend(wording::speakers(versions, &utterances));
    out.extend(wording::wordings(versions, &utterances));
    for difference in &mut out {
        let whole = difference.claims.first().filter(|_| difference.aspect == Aspect::Words);
        let whole = whole.map(|claim| claim.text.clone());
        difference.claims.sort_by_key(|claim| claim.passages.first().map(|passage| passage.version));
        published::mark_later(versions, &mut difference.claims);
        if let Some(whole) = whole {
            // The whole quote shows best what the others leave out.
            difference.claims.sort_by_key(|claim| claim.text != whole);
        }
    }
    out
}

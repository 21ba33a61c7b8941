//! Attribution of a quotation, and the rule that it comes from.

use super::subject::SpeakerMention;
use std::ops::Range;

/// Speaker of a quotation, with the evidence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attribution {
    /// Index of the quotation.
    pub quotation: usize,
    /// Reporting words.
    pub cue: Option<Range<usize>>,
    /// Speaker that they name.
    pub(crate) speaker: Option<SpeakerMention>,
    /// Rule that found the speaker.
    pub source: Source,
    /// Weighted sum of its features, or a fixed score of the rule.
    pub score: f32,
}

/// Rule that finds a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    /// Named right after the words.
    After,
    /// Named right before the words.
    Before,
    /// Named earlier in the sentence.
    Governing,
    /// Named later in the sentence.
    Later,
    /// Introduced by a colon.
    Colon,
    /// Subject of the sentence, without a reporting verb.
    Subject,
    /// Signed by a name after the words.
    Signed,
    /// Continues the previous quotation.
    Continued,
    /// Belongs to the next quotation.
    Ahead,
    /// The speaker of the previous paragraph continues.
    NextParagraph,
    /// The previous sentence reports them.
    SentenceBefore,
    /// Subject of the previous sentence.
    SubjectBefore,
}

impl Source {
    /// All rules.
    pub(crate) const ALL: [Self; 12] = [
        Self::After,
        Self::Before,
        Self::Governing,
        Self::Later,
        Self::Colon,
        Self::Subject,
        Self::Signed,
        Self::Continued,
        Self::Ahead,
        Self::NextParagraph,
        Self::SentenceBefore,
        Self::SubjectBefore,
    ];

    /// Returns the name used in the file of confidences.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::After => "after",
            Self::Before => "before",
            Self::Governing => "governing",
            Self::Later => "later",
            Self::Colon => "colon",
            Self::Subject => "subject",
            Self::Signed => "signed",
            Self::Continued => "continued",
            Self::Ahead => "ahead",
            Self::NextParagraph => "next-paragraph",
            Self::SentenceBefore => "sentence-before",
            Self::SubjectBefore => "subject-before",
        }
    }

    /// Returns a short explanation for the reader.
    #[must_use]
    pub(crate) const fn why(self) -> &'static str {
        match self {
            Self::After => "named right after the words",
            Self::Before => "named right before the words",
            Self::Governing => "named earlier in the sentence",
            Self::Later => "named later in the sentence",
            Self::Colon => "introduced by a colon",
            Self::Subject => "subject of the sentence",
            Self::Signed => "signed under the words",
            Self::Continued => "continues the quote before",
            Self::Ahead => "belongs to the quote after it",
            Self::NextParagraph => "the same speaker goes on",
            Self::SentenceBefore => "reported in the sentence before",
            Self::SubjectBefore => "subject of the sentence before",
        }
    }
}

//! Attribution of a quotation, and the rule that it comes from.

use super::subject::SpeakerMention;
use std::ops::Range;

/// Who said a quotation, and how that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Index of the quotation.
    pub quotation: usize,
    /// The reporting words.
    pub cue: Option<Range<usize>>,
    /// Whom they name.
    pub speaker: Option<SpeakerMention>,
    /// The rule.
    pub source: Source,
    /// The weights' sum for it.
    pub score: f32,
}

/// The rule that finds a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
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
    /// The subject of the sentence, without a reporting verb.
    Subject,
    /// Signed by a name under the words.
    Signed,
    /// Continues the quotation before it.
    Continued,
    /// Belongs to the quotation after it.
    Ahead,
    /// The speaker of the paragraph before goes on.
    NextParagraph,
    /// The sentence before reports them.
    SentenceBefore,
    /// The subject of the sentence before.
    SubjectBefore,
}

impl Source {
    /// All rules.
    pub const ALL: [Self; 12] = [
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

    /// The name in the file of weights.
    #[must_use]
    pub const fn name(self) -> &'static str {
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

    /// A few words for the reader.
    #[must_use]
    pub const fn why(self) -> &'static str {
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

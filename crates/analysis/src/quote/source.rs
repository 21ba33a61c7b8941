//! Attribution of a quotation, and the rule that found it.

use super::subject::SpeakerMention;
use std::ops::Range;

/// Speaker of a quotation, and the evidence for the choice.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attribution {
    /// Index of the quotation in its document.
    pub quotation: usize,
    /// Tokens of the reporting words; `None` if the attribution has no cue.
    pub cue: Option<Range<usize>>,
    /// Words that name the speaker.
    pub(crate) speaker: Option<SpeakerMention>,
    /// Rule that found the speaker.
    pub source: Source,
    /// Weighted sum of the candidate's features, or a fixed score for a rule without features.
    pub score: f32,
}

/// Rule that finds a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    /// The speaker is named right after the quotation.
    After,
    /// The speaker is named right before the quotation.
    Before,
    /// The speaker is named earlier in the sentence.
    Governing,
    /// The speaker is named later in the sentence.
    Later,
    /// A colon after the speaker introduces the quotation.
    Colon,
    /// The subject of a sentence without a reporting verb is the speaker.
    Subject,
    /// A name after the quotation serves as its signature.
    Signed,
    /// The quotation continues the previous one.
    Continued,
    /// The speaker of the next quotation also said this one.
    Ahead,
    /// The speaker of the previous paragraph continues in this one.
    NextParagraph,
    /// A cue in the previous sentence reports the quotation.
    SentenceBefore,
    /// The subject of the previous sentence is the speaker.
    SubjectBefore,
}

impl Source {
    /// Returns the rule's name in the confidence file.
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

    /// Returns a short explanation of the rule, for display.
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

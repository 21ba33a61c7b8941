//! Binary features of a quotation that say how reliable it is. The model card, `crates/analysis/assets/models/quotes.md`,
//! explains their weights.

use super::named_variants::named_variants;

named_variants! {
    /// Feature that either holds for a quotation or does not.
    #[allow(missing_docs, reason = "the names say it; the functions that set the indicators explain them")]
    Indicator {
        // Words in quotation marks: the rule that found the speaker.
        After "after",
        Before "before",
        Governing "governing",
        Later "later",
        Colon "colon",
        Subject "subject",
        Signed "signed",
        Continued "continued",
        Ahead "ahead",
        NextParagraph "next-paragraph",
        SentenceBefore "sentence-before",
        SubjectBefore "subject-before",
        NoSpeaker "no-speaker",
        // Form of the quoted words.
        Mixed "mixed",
        MixedNextParagraph "mixed-next-paragraph",
        Fragment "fragment",
        Short "short",
        ShortUtterance "short-utterance",
        Modifier "modifier",
        Capitals "capitals",
        // Mention of the speaker.
        Described "described",
        Unresolved "unresolved",
        Thing "thing",
        Rival "rival",
        Severed "severed",
        // Reports: the construction.
        That "that",
        Bare "bare",
        Question "question",
        Verbal "verbal",
        Object "object",
        ReportBefore "report-before",
        According "according",
        Plain "plain",
        PlainBefore "plain-before",
        Asserting "asserting",
        // Content of a report.
        Scrap "scrap",
        Long "long",
        VeryLong "very-long",
        Comma "comma",
        Dash "dash",
        Adverbial "adverbial",
        OtherSubject "other-subject",
        Open "open",
        Clause "clause",
        LongerClause "longer-clause",
        ShorterClause "shorter-clause",
        // Cue of a report and its speaker.
        Far "far",
        Unreal "unreal",
        Gerund "gerund",
        Unnamed "unnamed",
        Nominal "nominal",
        DeniedObject "denied-object",
    }
}

/// Number of indicators.
pub(crate) const COUNT: usize = Indicator::ALL.len();

/// Indicators that hold for one quotation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Evidence(Vec<Indicator>);

impl Evidence {
    /// Adds `indicator` if it `holds`.
    pub(crate) fn add(&mut self, indicator: Indicator, holds: bool) {
        if holds {
            self.0.push(indicator);
        }
    }

    /// Returns the indicators that hold.
    #[must_use]
    pub(crate) fn indicators(&self) -> &[Indicator] {
        &self.0
    }
}

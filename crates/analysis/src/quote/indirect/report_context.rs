//! Cue in the context of its sentence, with tests that are used to find both the start and the end of its content.

use crate::lexicon::ReportingKind;
use crate::quote::complement::ComplementSet;
use crate::quote::cue::Cue;
use crate::quote::masked_sentence::MaskedSentences;
use crate::quote::phrase::Phrase;
use crate::quote::sentence_analysis::SentenceAnalysis;
use crate::quote::source::Attribution;
use crate::word_class::WordClass;
use std::ops::Range;

/// Cue with the sentence that contains it.
pub(super) struct ReportContext<'a> {
    pub masked: &'a MaskedSentences<'a>,
    pub analysis: &'a SentenceAnalysis<'a>,
    /// Attribution of every quotation in the document.
    pub attributed: &'a [Option<Attribution>],
    pub cue: &'a Cue,
    /// Index of the cue in its sentence.
    pub index: usize,
    pub takes: ComplementSet,
    /// Index after the last word of the sentence.
    pub limit: usize,
}

impl<'a> ReportContext<'a> {
    pub(super) fn new(
        masked: &'a MaskedSentences<'a>,
        analysis: &'a SentenceAnalysis<'a>,
        attributed: &'a [Option<Attribution>],
        index: usize,
    ) -> Self {
        let cue = &analysis.cues[index];
        let resources = masked.document.resources;
        let lemma = resources.lexicon().reporting(masked.word(cue.tokens.start)).map_or("", |verb| verb.lemma.as_str());
        let mut limit = analysis.sentence.tokens.end;
        while limit > cue.tokens.end && is_closing_mark(masked, limit - 1) {
            limit -= 1;
        }
        Self { masked, analysis, attributed, cue, index, takes: resources.complements().of(lemma), limit }
    }

    #[inline]
    pub(super) fn word(&self, index: usize) -> &'a str {
        if index < self.limit { self.masked.word(index) } else { "" }
    }

    #[inline]
    pub(super) fn class(&self, index: usize) -> WordClass {
        if index < self.limit { self.masked.class(index) } else { WordClass::Mark }
    }

    /// Returns whether a finite verb follows `phrase`.
    pub(super) fn is_subject_of_verb(&self, phrase: &Phrase) -> bool {
        self.class(phrase.tokens.end).is_finite()
    }

    /// Returns whether the word at `at` is a form of a reporting verb.
    pub(super) fn is_reporting(&self, at: usize) -> bool {
        self.masked
            .document
            .resources
            .lexicon()
            .reporting(self.word(at))
            .is_some_and(|verb| verb.reporting_kind != ReportingKind::Gesture)
    }

    /// Returns whether the word at `at` can be a bare infinitive, such as "cut" in "will raise wages, cut taxes".
    pub(super) fn is_bare(&self, at: usize) -> bool {
        self.masked.document.senses.get(at).is_some_and(|sense| sense.may_be(WordClass::VerbBase))
    }

    /// Returns whether `tokens` contain a finite verb outside relative clauses.
    pub(super) fn has_finite(&self, tokens: Range<usize>) -> bool {
        let mut relative = false;
        let mut comma = false;
        for index in tokens.clone() {
            if self.masked.quotation_at(index).is_some() {
                continue;
            }
            let class = self.masked.class(index);
            if class == WordClass::Wh && index > tokens.start {
                relative = true;
            } else if class.is_finite() {
                if !relative {
                    return true;
                }
                // In "the man who left, …", the next verb is outside the relative clause.
                relative = comma;
            }
            comma = self.masked.word(index) == "," && relative;
            if comma {
                relative = false;
            }
        }
        false
    }
}

fn is_closing_mark(masked: &MaskedSentences<'_>, index: usize) -> bool {
    masked.class(index) == WordClass::Mark && masked.quotation_at(index).is_none()
}

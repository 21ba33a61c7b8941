//! Candidates for a quotation's speaker within its sentence, each described by features.

use super::cue::{Cue, CueForm};
use super::masked_sentence::MaskedSentences;
use super::rank::{Feature, Features};
use super::sentence_analysis::SentenceAnalysis;
use super::source::{Attribution, Source};
use super::subject::{MentionForm, SpeakerMention};
use crate::lexicon::ReportingKind;
use crate::token::TokenKind;
use crate::word_class::WordClass;
use std::ops::Range;

/// Possible speaker of a quotation.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Tokens of the cue; `None` if the candidate has no reporting verb.
    pub cue: Option<Range<usize>>,
    /// Words that name the speaker.
    pub speaker: Option<SpeakerMention>,
    /// Rule that proposed the candidate.
    pub source: Source,
    /// Evidence for and against the candidate.
    pub features: Features,
}

/// Returns the candidates in the sentence that contains `quotation`, plus the speaker of the previous quotation.
#[must_use]
pub(crate) fn candidates(
    masked: &MaskedSentences<'_>,
    analysis: &SentenceAnalysis<'_>,
    quotation: usize,
    previous: Option<&Attribution>,
) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::with_capacity(analysis.cues.len() + 2);
    for (index, cue) in analysis.cues.iter().enumerate() {
        out.push(of_cue(masked, analysis, quotation, index, cue));
    }
    out.extend(of_subject(masked, analysis, quotation));
    out.extend(previous.map(|previous| of_previous(masked, analysis, quotation, previous)));
    out
}

/// Describes `cue` as a candidate for the attribution of a quotation.
fn of_cue(
    masked: &MaskedSentences<'_>,
    analysis: &SentenceAnalysis<'_>,
    quotation: usize,
    index: usize,
    cue: &Cue,
) -> Candidate {
    let held = &masked.quotations[quotation];
    let mut features = Features::default();
    features.add(Feature::Bias, 1.0);
    describe_cue(cue, &mut features);
    let after = cue.tokens.start >= held.tokens.end;
    let (between, source) = if after {
        // If the speaker precedes the quotation, distance is measured to the verb, as in "called it “a mess” and left,
        // saying".
        let start = if cue.extent.start >= held.tokens.end { cue.extent.start } else { cue.tokens.start };
        let between = Between::new(masked, held.tokens.end..start);
        let cues = analysis.cues[..index].iter().filter(|other| other.tokens.start >= held.tokens.end).count();
        features.add(Feature::CuesBetween, capped(cues));
        // In "Ode, citing “the odds,” said she would leave", the quotation is an aside between the subject and its
        // verb.
        let inserted = cue.form == CueForm::SubjectFirst && cue.extent.start < held.tokens.start;
        let beside = between.is_nothing() && !inserted;
        describe_after(masked, analysis, cue, &between, beside, &mut features);
        let source = if beside { Source::After } else { Source::Later };
        (between, source)
    } else {
        let between = Between::new(masked, cue.extent.end.min(held.tokens.start)..held.tokens.start);
        let cues = analysis.cues[index + 1..].iter().filter(|other| other.tokens.start < held.tokens.start).count();
        features.add(Feature::CuesBetween, capped(cues));
        describe_before(&between, &mut features);
        let source = if between.is_nothing() { Source::Before } else { Source::Governing };
        (between, source)
    };
    if cue.reporting_kind == ReportingKind::Gesture && !between.is_nothing() {
        features.add(Feature::GestureApart, 1.0);
    }
    if cue.reporting_kind == ReportingKind::Gesture && !after {
        features.add(Feature::GestureBefore, 1.0);
    }
    describe_nesting(masked, analysis, index, cue, &mut features);
    Candidate { cue: Some(cue.tokens.clone()), speaker: cue.speaker.clone(), source, features }
}

/// Adds the features of the text between a quotation and the cue after it.
fn describe_after(
    masked: &MaskedSentences<'_>,
    analysis: &SentenceAnalysis<'_>,
    cue: &Cue,
    between: &Between,
    beside: bool,
    features: &mut Features,
) {
    features.add(Feature::AfterWords, capped(between.words));
    features.add(Feature::AfterQuotations, capped(between.quotations));
    features.add(Feature::AfterStops, capped(between.stops));
    if cue.form == CueForm::Participle {
        features.add(Feature::ParticipleAfter, 1.0);
    }
    if beside {
        features.add(Feature::AfterBeside, 1.0);
        return;
    }
    features.add(Feature::AfterApart, 1.0);
    let opened = cue.extent.start.checked_sub(1).is_some_and(|before| masked.word(before) == ",");
    let closed = cue.extent.end >= analysis.sentence.tokens.end
        || matches!(masked.word(cue.extent.end), "," | "." | ";" | "–" | "—" | "(");
    if opened && (closed || cue.form == CueForm::Inverted) {
        features.add(Feature::Parenthesis, 1.0);
    }
}

/// Adds the features of the text between a cue and the quotation after it.
fn describe_before(between: &Between, features: &mut Features) {
    features.add(Feature::BeforeWords, capped(between.words));
    features.add(Feature::BeforeQuotations, capped(between.quotations));
    features.add(Feature::BeforeStops, capped(between.stops));
    if between.colon {
        features.add(Feature::BeforeColon, 1.0);
    }
    features.add(if between.is_nothing() { Feature::BeforeBeside } else { Feature::BeforeApart }, 1.0);
}

/// Adds the features of a cue inside the content of an earlier cue, as in "Ode said she called it “a mess”".
fn describe_nesting(
    masked: &MaskedSentences<'_>,
    analysis: &SentenceAnalysis<'_>,
    index: usize,
    cue: &Cue,
    features: &mut Features,
) {
    if cue.infinitive {
        features.add(Feature::Infinitive, 1.0);
    }
    let Some(outer) = analysis.cues[..index].iter().rev().find(|other| other.speaker.is_some()) else { return };
    let Some(speaker) = &cue.speaker else { return };
    let own = speaker.tokens.start >= outer.tokens.end && cue.form == CueForm::SubjectFirst;
    let coordinated = speaker.tokens.start > 0
        && matches!(masked.class(speaker.tokens.start - 1), WordClass::Conjunction)
        || matches!(masked.word(speaker.tokens.start.saturating_sub(1)), ";" | "," | ".");
    if own && !coordinated && matches!(outer.reporting_kind, ReportingKind::Clause) {
        let nested = if speaker.form == MentionForm::Pronoun { Feature::NestedPronoun } else { Feature::NestedOther };
        features.add(nested, 1.0);
    }
    let what = speaker.tokens.start.checked_sub(1).is_some_and(|before| masked.word(before) == "what");
    if what && cue.reporting_kind == ReportingKind::Judgement && speaker.form == MentionForm::Pronoun {
        features.add(Feature::WhatCalled, 1.0);
    }
}

/// Describes the speaker of the previous quotation in the same paragraph as a candidate.
fn of_previous(
    masked: &MaskedSentences<'_>,
    analysis: &SentenceAnalysis<'_>,
    quotation: usize,
    previous: &Attribution,
) -> Candidate {
    let held = &masked.quotations[quotation];
    let mut features = Features::default();
    features.add(Feature::Continue, 1.0);
    if held.tokens.start == analysis.sentence.tokens.start {
        features.add(Feature::ContinueStarts, 1.0);
    }
    if held.tokens.len() > 10 {
        features.add(Feature::ContinueLong, 1.0);
    }
    Candidate { cue: previous.cue.clone(), speaker: previous.speaker.clone(), source: Source::Continued, features }
}

/// Adds the features of the cue itself, regardless of its position.
fn describe_cue(cue: &Cue, features: &mut Features) {
    features.add(
        match cue.reporting_kind {
            ReportingKind::Clause => Feature::Clause,
            ReportingKind::Utterance => Feature::Utterance,
            ReportingKind::Judgement => Feature::Judgement,
            ReportingKind::Gesture => Feature::Gesture,
        },
        1.0,
    );
    match cue.form {
        CueForm::Participle => features.add(Feature::Participle, 1.0),
        CueForm::Phrase => features.add(Feature::Phrase, 1.0),
        CueForm::Noun => features.add(Feature::Noun, 1.0),
        CueForm::Passive => features.add(Feature::Passive, 1.0),
        CueForm::Inverted => features.add(Feature::Inverted, 1.0),
        CueForm::SubjectFirst => {}
    }
    features.add(
        match cue.speaker.as_ref().map(|speaker| speaker.form) {
            Some(MentionForm::Pronoun) => Feature::Pronoun,
            Some(MentionForm::Name) => Feature::Name,
            Some(MentionForm::Nominal) => Feature::Nominal,
            Some(MentionForm::Relative) => Feature::Relative,
            None => Feature::Nobody,
        },
        1.0,
    );
}

/// Describes the subject of the sentence as the speaker of a quotation without a cue.
fn of_subject(masked: &MaskedSentences<'_>, analysis: &SentenceAnalysis<'_>, quotation: usize) -> Option<Candidate> {
    let held = &masked.quotations[quotation];
    if analysis.sentence.tokens.start == held.tokens.start {
        return None;
    }
    let mut features = Features::default();
    features.add(Feature::Subject, 1.0);
    let introduced = analysis.clauses.before_colon(held.tokens.start);
    if introduced.is_some() {
        features.add(Feature::SubjectName, 1.0);
    }
    let speaker = introduced.or_else(|| analysis.clauses.of_sentence(held.tokens.start))?;
    let speaker = analysis.clauses.owner(&speaker).unwrap_or(speaker);
    let between = Between::new(masked, speaker.tokens.end..held.tokens.start);
    if between.colon {
        features.add(Feature::SubjectColon, 1.0);
    }
    features.add(Feature::BeforeQuotations, capped(between.quotations));
    features.add(Feature::BeforeWords, capped(between.words));
    if held.tokens.len() > 10 {
        features.add(Feature::SubjectLong, 1.0);
    }
    if between.words == 0 && !between.colon {
        features.add(Feature::SubjectBeside, 1.0);
    }
    let source = if between.colon { Source::Colon } else { Source::Subject };
    Some(Candidate { cue: None, speaker: Some(speaker), source, features })
}

/// Caps a count at ten and scales it to the range 0 to 1.
fn capped(count: usize) -> f32 {
    count.min(10) as f32 / 10.0
}

/// Counts of the words and punctuation between a cue and a quotation.
#[derive(Debug, Default)]
struct Between {
    words: usize,
    quotations: usize,
    /// Number of semicolons, sentence ends and occurrences of "but".
    stops: usize,
    /// Whether the last punctuation mark before the quotation is a colon.
    colon: bool,
}

impl Between {
    /// Returns whether the gap contains neither a word nor another quotation.
    const fn is_nothing(&self) -> bool {
        self.words == 0 && self.quotations == 0
    }

    fn new(masked: &MaskedSentences<'_>, range: Range<usize>) -> Self {
        let mut out = Self::default();
        let document = masked.document;
        let mut index = range.start;
        while index < range.end {
            if masked.quotation_at(index).is_some() {
                out.quotations += 1;
                out.colon = false;
                index = masked.after(index);
                continue;
            }
            let word = document.word(index);
            let kind = document.tokens.get(index).map(|token| token.kind);
            if matches!(kind, Some(TokenKind::Word | TokenKind::Number)) {
                if !matches!(word, "that" | "how" | "why") {
                    out.words += 1;
                    out.colon = false;
                }
                out.stops += usize::from(word == "but");
            } else if word == ":" {
                out.colon = true;
            } else {
                out.stops += usize::from(matches!(word, ";" | "." | "?" | "!"));
            }
            index += 1;
        }
        out
    }
}

//! Finds indirect speech: statements in the reporter's words. A cue outside quotations is a report if its clause
//! contains no quotation, as in "Ode said (that) …", "…, Ode said", "…, according to Ode" or "Ode denied …".

mod content;
mod evidence;
mod extent;
mod report_context;

use super::cue::{Cue, CueForm};
use super::indicator::Evidence;
use super::masked_sentence::MaskedSentences;
use super::polarity::{self, Polarity};
use super::sentence_analysis::SentenceAnalysis;
use super::source::Attribution;
use super::subject::SpeakerMention;
use crate::lexicon::lists;
use report_context::ReportContext;
use std::ops::Range;

/// Statement reported without quotation marks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Report {
    /// Tokens of the statement, in the reporter's wording.
    pub content: Range<usize>,
    /// Tokens of the reporting words.
    pub cue: Range<usize>,
    /// Speaker to whom the cue attributes the statement.
    pub speaker: SpeakerMention,
    /// Construction that introduces the statement.
    pub pattern: Pattern,
    /// Whether the speaker said the words, denied them, or neither.
    pub polarity: Polarity,
    /// Evidence for and against the report.
    pub evidence: Evidence,
}

/// Construction of an indirect report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pattern {
    /// Clause with "that": "Ode said that it rained".
    That,
    /// Clause without "that": "Ode said it rained".
    Bare,
    /// Indirect question: "Ode asked whether it rained".
    Question,
    /// Infinitive or gerund: "Ode vowed to resign", "Ode denied taking money".
    Verbal,
    /// Noun phrase: "Ode denied the charge".
    Thing,
    /// Statement before its cue: "It rained, Ode said".
    Before,
    /// Statement with "according to": "It rained, according to Ode".
    According,
}

impl Pattern {
    /// Returns a short explanation of the pattern, for display.
    #[must_use]
    pub(crate) const fn why(self) -> &'static str {
        match self {
            Self::That | Self::Bare => "reported after the verb",
            Self::Question => "reported question",
            Self::Verbal => "reported intention or deed",
            Self::Thing => "reported in a few words",
            Self::Before => "reported before the verb",
            Self::According => "according to the speaker",
        }
    }
}

/// Minimum length, in tokens, of a statement before its cue. A shorter one is an adverbial or an object at the head of
/// its clause, such as "By November" or "That report". None of the eight found in the development text was correct.
const MIN_LENGTH: usize = 3;

/// Returns all reports of a document, ordered by their cues. `attributed` contains the attributions of the quotations.
/// A cue that already introduces a quotation can also introduce indirect speech, but only with "that" or a question
/// word.
#[must_use]
pub(crate) fn find<'a>(
    masked: &'a MaskedSentences<'a>,
    analyses: &[SentenceAnalysis<'a>],
    attributed: &[Option<Attribution>],
) -> Vec<Report> {
    let mut out: Vec<Report> = Vec::new();
    for analysis in analyses {
        let mut inside = analysis.sentence.tokens.start;
        for (index, cue) in analysis.cues.iter().enumerate() {
            let Some(speaker) = speaker(analysis, index).filter(|_| cue.tokens.start >= inside) else { continue };
            let quoted = attributed[analysis.sentence.quotations.clone()]
                .iter()
                .flatten()
                .any(|other| other.cue.as_ref() == Some(&cue.tokens) && !is_inserted(masked, other, &speaker));
            let polarity = polarity::of_statement(masked, analysis.sentence, &analysis.clauses, cue);
            for (content, pattern) in contents(masked, analysis, attributed, index) {
                let denial = lists::DENIALS.contains(masked.word(cue.tokens.start));
                if denial && pattern == Pattern::Verbal && reports_itself(analysis, index, &content) {
                    continue;
                }
                let spoken = quoted && !matches!(pattern, Pattern::That | Pattern::Question);
                let scrap = content.end <= cue.tokens.start && content.len() < MIN_LENGTH;
                if !scrap
                    && !spoken
                    && !withholds(masked, &content, cue, pattern, polarity)
                    && !holds_quotation(masked, &content)
                {
                    if content.start > cue.tokens.start {
                        inside = inside.max(content.end);
                    }
                    let (cue, speaker) = (cue.tokens.clone(), speaker.clone());
                    let evidence = Evidence::default();
                    let report = Report { content, cue, speaker, pattern, polarity, evidence };
                    out.push(Report { evidence: evidence::of(masked, &report), ..report });
                }
            }
        }
    }
    drop_overlapping(out)
}

/// Returns whether the quotation of `attribution` is between the subject of its cue and the cue, as in "Ode, who called
/// it “a farce,” said". The cue can then report other words.
fn is_inserted(masked: &MaskedSentences<'_>, attribution: &Attribution, speaker: &SpeakerMention) -> bool {
    let inside = &masked.quotations[attribution.quotation].tokens;
    let cue = attribution.cue.as_ref().map_or(0, |cue| cue.start);
    speaker.tokens.end <= inside.start && inside.end <= cue
}

/// Returns whether the cue only reports that no statement was made, as in "refused to say who paid", "did not say
/// much", "why, she did not say" or "said nothing".
fn withholds(
    masked: &MaskedSentences<'_>,
    content: &Range<usize>,
    cue: &Cue,
    pattern: Pattern,
    polarity: Polarity,
) -> bool {
    let denial = lists::DENIALS.contains(masked.word(cue.tokens.start));
    let first = masked.word(content.start);
    let question = pattern == Pattern::Question || lists::QUESTION_WORDS.contains_any_case(first);
    let thing = pattern == Pattern::Thing;
    let plain = lists::PLAIN_SPEECH.contains(masked.word(cue.tokens.start));
    thing && plain && first == "nothing" || polarity == Polarity::Denied && !denial && (question || thing)
}

/// Returns whether the content of cue `index` begins with another cue. The statement is then the content of that second
/// cue, as in "denied saying that it rained".
fn reports_itself(analysis: &SentenceAnalysis<'_>, index: usize, content: &Range<usize>) -> bool {
    analysis.cues.get(index + 1).is_some_and(|next| {
        next.reporting_kind.is_speech()
            && (next.form == CueForm::Participle && (content.start..content.start + 2).contains(&next.tokens.start)
                || next.form == CueForm::SubjectFirst && next.tokens.start == content.start + 1)
    })
}

/// Returns the speaker named with cue `index`. A participle that opens its sentence takes the speaker of the next cue,
/// as in "Noting that …, Ode said".
fn speaker(analysis: &SentenceAnalysis<'_>, index: usize) -> Option<SpeakerMention> {
    let cue = &analysis.cues[index];
    let opens = cue.form == CueForm::Participle && cue.tokens.start <= analysis.sentence.tokens.start + 1;
    let next = analysis.cues.get(index + 1).filter(|next| opens && next.form == CueForm::SubjectFirst);
    cue.speaker.clone().or_else(|| next.and_then(|next| next.speaker.clone()))
}

/// Keeps one of two overlapping reports: the one whose content contains the other's cue, or else the one with the earlier
/// cue. "Ode wrote that she was ill, a paper reported" is the paper's report, but "Ode said she was ill, according to a
/// paper" is Ode's.
fn drop_overlapping(mut reports: Vec<Report>) -> Vec<Report> {
    reports.sort_by_key(|report| report.cue.start);
    let mut out: Vec<Report> = Vec::with_capacity(reports.len());
    for report in reports {
        let overlaps = |other: &Report| {
            other.cue != report.cue
                && other.content.start < report.content.end
                && report.content.start < other.content.end
        };
        let inside = |other: &Report| {
            let main = report.pattern != Pattern::Before && other.speaker.tokens.start == report.content.start;
            !main && report.content.start <= other.cue.start && other.cue.end <= report.content.end
        };
        while out.last().is_some_and(|other| overlaps(other) && inside(other)) {
            out.pop();
        }
        if !out.iter().rev().take(4).any(overlaps) {
            out.push(report);
        }
    }
    out
}

/// Returns the content of a cue: a single range, or two if the cue interrupts its content.
fn contents(
    masked: &MaskedSentences<'_>,
    analysis: &SentenceAnalysis<'_>,
    attributed: &[Option<Attribution>],
    index: usize,
) -> Vec<(Range<usize>, Pattern)> {
    let context = ReportContext::new(masked, analysis, attributed, index);
    match context.cue.form {
        CueForm::Phrase => context.according(),
        CueForm::Inverted => context.around(),
        CueForm::Passive => context.asked().into_iter().collect(),
        CueForm::Noun => Vec::new(),
        CueForm::Participle => context.after().into_iter().collect(),
        CueForm::SubjectFirst => match context.after() {
            Some(after) => vec![after],
            None => context.as_reported().unwrap_or_else(|| context.around()),
        },
    }
}

fn holds_quotation(masked: &MaskedSentences<'_>, content: &Range<usize>) -> bool {
    content.clone().any(|index| masked.quotation_at(index).is_some())
}

#[cfg(test)]
mod tests;

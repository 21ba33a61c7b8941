//! Attributes quotations: collects the candidates that their sentence, paragraph and previous paragraph offer, and
//! chooses among them.

use super::candidate::{Candidate, candidates};
use super::cue::{Cue, CueForm};
use super::frame::MaskedSentences;
use super::phrase::PhraseKind;
use super::rank::Weights;
use super::reading::Reading;
use super::source::{Attribution, Source};
use super::subject::{Form, SpeakerMention};
use dateline_core::article::BlockKind;

/// Returns the attribution of every quotation, in order; `None` where no speaker is found.
#[must_use]
pub(crate) fn attribute<'a>(
    frames: &'a MaskedSentences<'a>,
    readings: &[Reading<'a>],
    weights: &Weights,
) -> Vec<Option<Attribution>> {
    let mut found: Vec<Option<Attribution>> = vec![None; frames.quotations.len()];
    for reading in readings {
        for quotation in reading.frame.quotations.clone() {
            let block = reading.frame.block;
            let previous = quotation
                .checked_sub(1)
                .filter(|previous| frames.quotations[*previous].block == block)
                .and_then(|previous| found[previous].as_ref());
            found[quotation] =
                signed(frames, readings, quotation).or_else(|| within(frames, reading, quotation, previous, weights));
            if found[quotation].as_ref().is_none_or(|found| found.source == Source::Continued)
                && let Some(own) = following_sentence(frames, readings, quotation)
            {
                found[quotation] = Some(own);
            }
        }
    }
    for quotation in 0..found.len() {
        if found[quotation].is_none() {
            found[quotation] = continued(frames, &found, quotation);
        }
    }
    for quotation in (0..found.len()).rev() {
        if found[quotation].is_none() {
            found[quotation] = ahead(frames, &found, quotation);
        }
    }
    let mut latest = None;
    for quotation in 0..found.len() {
        if found[quotation].is_none() {
            found[quotation] = from_before(frames, readings, &found, quotation, latest);
        }
        latest = if found[quotation].is_some() { Some(quotation) } else { latest };
    }
    found
}

/// Returns the best candidate of the quotation's own sentence, if its score is positive.
fn within(
    frames: &MaskedSentences<'_>,
    reading: &Reading<'_>,
    quotation: usize,
    previous: Option<&Attribution>,
    weights: &Weights,
) -> Option<Attribution> {
    let best = candidates(frames, reading, quotation, previous)
        .into_iter()
        .map(|candidate| (weights.score(&candidate.features), candidate))
        .max_by(|one, other| one.0.total_cmp(&other.0))?;
    let (score, Candidate { cue, speaker, source, .. }) = best;
    (score > 0.0).then_some(Attribution { quotation, cue, speaker, source, score })
}

/// Attributes a quotation to the speaker of the unclosed one in the previous paragraph.
fn continued(frames: &MaskedSentences<'_>, found: &[Option<Attribution>], quotation: usize) -> Option<Attribution> {
    let this = &frames.quotations[quotation];
    let before = found[quotation.checked_sub(1)?].as_ref().filter(|_| this.continues)?;
    Some(Attribution {
        quotation,
        cue: before.cue.clone(),
        speaker: before.speaker.clone(),
        source: Source::NextParagraph,
        score: 1.0,
    })
}

/// Returns the attribution by the sentence right after the quotation's when that sentence only attributes: `“We won!”
/// Ode said to cheers.`
fn following_sentence(frames: &MaskedSentences<'_>, readings: &[Reading<'_>], quotation: usize) -> Option<Attribution> {
    let this = &frames.quotations[quotation];
    let next = frames.frame_of(this.tokens.end)?;
    let reading = readings.get(next)?;
    let starts = reading.frame.tokens.start == this.tokens.end && reading.frame.block == this.block;
    let cue = reading.cues.first().filter(|_| starts)?;
    let attributes = cue.extent.start <= reading.frame.tokens.start + 1
        && reading.frame.tokens.end.saturating_sub(cue.extent.end) <= 7
        && matches!(cue.form, CueForm::SubjectFirst | CueForm::Inverted)
        && reading.frame.quotations.is_empty();
    attributes.then(|| Attribution {
        quotation,
        cue: Some(cue.tokens.clone()),
        speaker: cue.speaker.clone(),
        source: Source::After,
        score: 1.0,
    })
}

/// Returns the attribution by the name under or after a pull quote: `“We won!” – Ana Ode, Ostrel`.
fn signed(frames: &MaskedSentences<'_>, readings: &[Reading<'_>], quotation: usize) -> Option<Attribution> {
    let this = &frames.quotations[quotation];
    let dash = this.tokens.end;
    if !matches!(frames.word(dash), "-" | "–" | "—" | "--" | "―") {
        return None;
    }
    let reading = readings.get(frames.frame_of(dash)?)?;
    let index = reading.clauses.phrases.starting_at(dash + 1)?;
    let phrase = &reading.clauses.phrases.all()[index];
    let ends =
        phrase.tokens.end >= reading.frame.tokens.end || matches!(frames.word(phrase.tokens.end), "," | "." | "(");
    let alone = reading.cues.iter().all(|cue| cue.tokens.start < dash || cue.form == CueForm::Participle)
        && reading.frame.tokens.end - dash < 25;
    (phrase.kind == PhraseKind::Name && ends && alone).then(|| Attribution {
        quotation,
        cue: None,
        speaker: reading.clauses.mention(index),
        source: Source::Signed,
        score: 1.0,
    })
}

/// Returns the speaker of the next quotation when it directly follows or continues this one.
fn ahead(frames: &MaskedSentences<'_>, found: &[Option<Attribution>], quotation: usize) -> Option<Attribution> {
    let next = frames.quotations.get(quotation + 1)?;
    let this = &frames.quotations[quotation];
    let touching = next.block == this.block && next.tokens.start == this.tokens.end;
    let runs_on = next.continues && !this.closed;
    let after = found[quotation + 1].as_ref().filter(|_| touching || runs_on)?;
    Some(Attribution {
        quotation,
        cue: after.cue.clone(),
        speaker: after.speaker.clone(),
        source: Source::Ahead,
        score: 1.0,
    })
}

/// Returns the speaker that the previous sentence suggests: the one its cue names or its subject before a colon, else
/// that of the last quotation in its paragraph, else its subject, else that of the `latest` attributed quotation,
/// else the last person.
fn from_before(
    frames: &MaskedSentences<'_>,
    readings: &[Reading<'_>],
    found: &[Option<Attribution>],
    quotation: usize,
    latest: Option<usize>,
) -> Option<Attribution> {
    let this = &frames.quotations[quotation];
    let frame = frames.frame_of(this.tokens.start)?;
    let own = &frames.sentences[frame];
    let first_of_block = frame == 0 || frames.sentences[frame - 1].block != own.block;
    let last =
        readings[..frame].iter().rposition(|reading| {
            frames.document.article.blocks.get(reading.frame.block).is_none_or(|block| {
                !matches!(block.kind, BlockKind::Caption | BlockKind::Heading) || block.span.start == 0
            })
        })?;
    let reading = &readings[last];
    let last_quotation = reading.frame.quotations.clone().next_back();
    let cue = reading.cues.iter().rev().find(|cue| {
        let named = cue.speaker.as_ref().is_some_and(|speaker| speaker.form != Form::Relative);
        named && cue.manner.is_speech() && cue.form != CueForm::Passive
    });
    let announced = frames.word(reading.frame.tokens.end - 1) == ":";
    let reports =
        |cue: &&Cue| last_quotation.is_none_or(|last| frames.quotations[last].tokens.start < cue.tokens.start);
    // A cue after the last quotation of the previous sentence reports this one too.
    if let Some(cue) = cue.filter(reports) {
        let source = if first_of_block { Source::SentenceBefore } else { Source::Continued };
        return Some(Attribution {
            quotation,
            cue: Some(cue.tokens.clone()),
            speaker: cue.speaker.clone(),
            source,
            score: 0.5,
        });
    }
    let block = reading.frame.block;
    let subject = reading.clauses.of_sentence(reading.frame.tokens.end);
    // The previous sentence ends in a colon.
    if let Some(speaker) = subject.clone().filter(|_| announced) {
        return Some(Attribution { quotation, cue: None, speaker: Some(speaker), source: Source::Colon, score: 0.6 });
    }
    let earlier = last_quotation
        .or_else(|| {
            let not_before = |earlier: &usize| frames.quotations[*earlier].block >= block;
            (0..quotation).rev().take_while(not_before).find(|earlier| frames.quotations[*earlier].block == block)
        })
        .and_then(|before| found[before].as_ref());
    if let Some(before) = earlier {
        return Some(goes_on(quotation, before, 0.5));
    }
    if let Some(speaker) = subject.filter(|subject| matches!(subject.form, Form::Name | Form::Pronoun)) {
        return Some(Attribution {
            quotation,
            cue: None,
            speaker: Some(speaker),
            source: Source::SubjectBefore,
            score: 0.2,
        });
    }
    if let Some(before) = latest.and_then(|latest| found[latest].as_ref()) {
        return Some(goes_on(quotation, before, 0.1));
    }
    let speaker = last_person(&readings[..frame])?;
    Some(Attribution { quotation, cue: None, speaker: Some(speaker), source: Source::SubjectBefore, score: 0.1 })
}

/// Returns the last subject that is a name or a pronoun, within the last twelve sentences.
fn last_person(readings: &[Reading<'_>]) -> Option<SpeakerMention> {
    const FAR: usize = 12;
    readings
        .iter()
        .rev()
        .take(FAR)
        .filter_map(|reading| reading.clauses.of_sentence(reading.frame.tokens.end))
        .find(|subject| matches!(subject.form, Form::Name | Form::Pronoun))
}

/// Attributes a quotation to the speaker of an earlier one.
fn goes_on(quotation: usize, before: &Attribution, score: f32) -> Attribution {
    Attribution {
        quotation,
        cue: before.cue.clone(),
        speaker: before.speaker.clone(),
        source: Source::NextParagraph,
        score,
    }
}

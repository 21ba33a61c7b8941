//! Attributes quotations. Candidates come from the quotation's sentence, its paragraph and the previous paragraph; the
//! best one is chosen.

use super::candidate::{Candidate, candidates};
use super::cue::{Cue, CueForm};
use super::masked_sentence::MaskedSentences;
use super::phrase::PhraseKind;
use super::rank::Weights;
use super::sentence_analysis::SentenceAnalysis;
use super::source::{Attribution, Source};
use super::subject::{MentionForm, SpeakerMention};
use crate::word_class::WordClass;
use dateline_core::article::BlockKind;

/// Returns the attribution of every quotation, in order; `None` marks a quotation without a known speaker.
#[must_use]
pub(crate) fn attribute<'a>(
    masked: &'a MaskedSentences<'a>,
    analyses: &[SentenceAnalysis<'a>],
    weights: &Weights,
) -> Vec<Option<Attribution>> {
    let mut found: Vec<Option<Attribution>> = vec![None; masked.quotations.len()];
    for analysis in analyses {
        for quotation in analysis.sentence.quotations.clone() {
            let block = analysis.sentence.block;
            let previous = quotation
                .checked_sub(1)
                .filter(|previous| masked.quotations[*previous].block == block)
                .and_then(|previous| found[previous].as_ref());
            let signature = signed(masked, analyses, quotation).or_else(|| signed_below(masked, analyses, quotation));
            found[quotation] = signature.or_else(|| within(masked, analysis, quotation, previous, weights));
            if found[quotation].as_ref().is_none_or(|found| found.source == Source::Continued)
                && let Some(own) = following_sentence(masked, analyses, quotation)
            {
                found[quotation] = Some(own);
            }
        }
    }
    for quotation in 0..found.len() {
        if found[quotation].is_none() {
            found[quotation] = continued(masked, &found, quotation);
        }
    }
    for quotation in (0..found.len()).rev() {
        if let Some(joined) = joined_ahead(masked, &found, quotation) {
            found[quotation] = Some(joined);
        }
        if found[quotation].is_none() {
            found[quotation] = ahead(masked, &found, quotation);
        }
    }
    let mut latest = None;
    for quotation in 0..found.len() {
        if found[quotation].is_none() {
            found[quotation] = from_before(masked, analyses, &found, quotation, latest);
        }
        latest = if found[quotation].is_some() { Some(quotation) } else { latest };
    }
    found
}

/// Returns the best candidate in the quotation's own sentence, if its score is positive.
fn within(
    masked: &MaskedSentences<'_>,
    analysis: &SentenceAnalysis<'_>,
    quotation: usize,
    previous: Option<&Attribution>,
    weights: &Weights,
) -> Option<Attribution> {
    let best = candidates(masked, analysis, quotation, previous)
        .into_iter()
        .map(|candidate| (weights.score(&candidate.features), candidate))
        .max_by(|one, other| one.0.total_cmp(&other.0))?;
    let (score, Candidate { cue, speaker, source, .. }) = best;
    (score > 0.0).then_some(Attribution { quotation, cue, speaker, source, score })
}

/// Attributes a quotation that continues an unclosed quotation from the previous paragraph to the same speaker.
fn continued(masked: &MaskedSentences<'_>, found: &[Option<Attribution>], quotation: usize) -> Option<Attribution> {
    let this = &masked.quotations[quotation];
    let before = found[quotation.checked_sub(1)?].as_ref().filter(|_| this.continues)?;
    Some(Attribution {
        quotation,
        cue: before.cue.clone(),
        speaker: before.speaker.clone(),
        source: Source::NextParagraph,
        score: 1.0,
    })
}

/// Returns the attribution in the sentence right after the quotation, if that sentence only names the speaker, as in
/// `“We won!” Ode said to cheers.`
fn following_sentence(
    masked: &MaskedSentences<'_>,
    analyses: &[SentenceAnalysis<'_>],
    quotation: usize,
) -> Option<Attribution> {
    let this = &masked.quotations[quotation];
    let next = masked.sentence_at(this.tokens.end)?;
    let analysis = analyses.get(next)?;
    let starts = analysis.sentence.tokens.start == this.tokens.end && analysis.sentence.block == this.block;
    let cue = analysis.cues.first().filter(|_| starts)?;
    let attributes = cue.extent.start <= analysis.sentence.tokens.start + 1
        && analysis.sentence.tokens.end.saturating_sub(cue.extent.end) <= 7
        && matches!(cue.form, CueForm::SubjectFirst | CueForm::Inverted)
        && analysis.sentence.quotations.is_empty();
    attributes.then(|| Attribution {
        quotation,
        cue: Some(cue.tokens.clone()),
        speaker: cue.speaker.clone(),
        source: Source::After,
        score: 1.0,
    })
}

/// Returns the attribution of a pull quote to the name after or below it, as in `“We won!” – Ana Ode, Ostrel`.
fn signed(masked: &MaskedSentences<'_>, analyses: &[SentenceAnalysis<'_>], quotation: usize) -> Option<Attribution> {
    let this = &masked.quotations[quotation];
    let dash = this.tokens.end;
    if !is_dash(masked.word(dash)) {
        return None;
    }
    let analysis = analyses.get(masked.sentence_at(dash)?)?;
    let index = analysis.clauses.phrases.starting_at(dash + 1)?;
    let phrase = &analysis.clauses.phrases.all()[index];
    let ends =
        phrase.tokens.end >= analysis.sentence.tokens.end || matches!(masked.word(phrase.tokens.end), "," | "." | "(");
    let alone = analysis.cues.iter().all(|cue| cue.tokens.start < dash || cue.form == CueForm::Participle)
        && analysis.sentence.tokens.end - dash < 25;
    (phrase.kind == PhraseKind::Name && ends && alone).then(|| Attribution {
        quotation,
        cue: None,
        speaker: analysis.clauses.mention(index),
        source: Source::Signed,
        score: 1.0,
    })
}

/// Returns the attribution of a pull quote to the name in the line below it. The quotation is a line of its own, and the
/// line below has only the name and perhaps a description of the person: "Ana Ode, mayor".
fn signed_below(
    masked: &MaskedSentences<'_>,
    analyses: &[SentenceAnalysis<'_>],
    quotation: usize,
) -> Option<Attribution> {
    /// Maximum length of a signature, in tokens.
    const MAX_LENGTH: usize = 14;
    let this = &masked.quotations[quotation];
    let own = masked.sentence_at(this.tokens.start)?;
    let (sentence, below) = (masked.sentences.get(own)?, analyses.get(own + 1)?);
    let headline = masked.document.article.blocks.get(this.block).is_none_or(|block| block.kind.is_front());
    let first_line = own.checked_sub(1).and_then(|before| masked.sentences.get(before));
    if sentence.tokens != this.tokens || headline || first_line.is_none_or(|before| before.block == this.block) {
        return None;
    }
    let line = below.sentence;
    let from = line.tokens.start + usize::from(is_dash(masked.word(line.tokens.start)));
    let next = masked.sentences.get(own + 2);
    let own_line = is_line_break(masked, this.tokens.end) && next.is_none_or(|next| next.block != line.block);
    let index = below.clauses.phrases.starting_at(from)?;
    let phrase = &below.clauses.phrases.all()[index];
    let ends = phrase.tokens.end >= line.tokens.end || matches!(masked.word(phrase.tokens.end), "," | "(");
    let short = line.tokens.len() <= MAX_LENGTH && line.quotations.is_empty();
    let verbless = line.tokens.clone().all(|at| !masked.class(at).is_finite());
    let byline = masked.document.article.byline.iter().any(|name| {
        let words = masked.document.span(phrase.tokens.clone());
        name.value == words.of(masked.document.text)
    });
    let signs = own_line && ends && short && verbless && !byline && masked.word(line.tokens.end - 1) != ".";
    let speaker = below.clauses.mention(index).filter(|_| phrase.kind == PhraseKind::Name && signs)?;
    Some(Attribution { quotation, cue: None, speaker: Some(speaker), source: Source::Signed, score: 1.0 })
}

/// Returns whether a new line or paragraph begins with token `index`.
fn is_line_break(masked: &MaskedSentences<'_>, index: usize) -> bool {
    let tokens = &masked.document.tokens;
    let gap =
        index.checked_sub(1).and_then(|before| Some((tokens.get(before)?.span.end, tokens.get(index)?.span.start)));
    gap.and_then(|(end, start)| masked.document.text.get(end..start)).is_some_and(|gap| gap.contains('\n'))
}

fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "--" | "―")
}

/// Returns the cue after the next quotation if only a conjunction joins the two quotations, as in `It is “a trap” and
/// “a shame,” Ode said`. The speaker of the first quotation is then not the subject of the sentence.
fn joined_ahead(masked: &MaskedSentences<'_>, found: &[Option<Attribution>], quotation: usize) -> Option<Attribution> {
    let (this, next) = (&masked.quotations[quotation], masked.quotations.get(quotation + 1)?);
    if found[quotation].as_ref().is_some_and(|found| found.source != Source::Subject) {
        return None;
    }
    let joint = |index: usize| matches!(masked.class(index), WordClass::Conjunction | WordClass::Mark);
    let gap = this.tokens.end..next.tokens.start;
    let joined = this.block == next.block && !gap.is_empty() && gap.len() <= 2 && gap.clone().all(joint);
    let after = found[quotation + 1].as_ref().filter(|next| joined && next.cue.is_some())?;
    let source = matches!(after.source, Source::After | Source::Later).then_some(Source::Later)?;
    Some(Attribution { quotation, cue: after.cue.clone(), speaker: after.speaker.clone(), source, score: after.score })
}

/// Returns the speaker of the next quotation if that quotation directly follows or continues `quotation`.
fn ahead(masked: &MaskedSentences<'_>, found: &[Option<Attribution>], quotation: usize) -> Option<Attribution> {
    let next = masked.quotations.get(quotation + 1)?;
    let this = &masked.quotations[quotation];
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

/// Returns the speaker suggested by the previous sentence or the text before that sentence. The candidates are, in
/// order of preference, the speaker of a cue in the previous sentence, the subject of that sentence if it ends in a
/// colon, the speaker of the last quotation in its paragraph, its subject, the speaker of quotation `latest`, and the
/// last person mentioned.
fn from_before(
    masked: &MaskedSentences<'_>,
    analyses: &[SentenceAnalysis<'_>],
    found: &[Option<Attribution>],
    quotation: usize,
    latest: Option<usize>,
) -> Option<Attribution> {
    let this = &masked.quotations[quotation];
    let sentence = masked.sentence_at(this.tokens.start)?;
    let own = &masked.sentences[sentence];
    let first_of_block = sentence == 0 || masked.sentences[sentence - 1].block != own.block;
    let last =
        analyses[..sentence].iter().rposition(|analysis| {
            masked.document.article.blocks.get(analysis.sentence.block).is_none_or(|block| {
                !matches!(block.kind, BlockKind::Caption | BlockKind::Heading) || block.span.start == 0
            })
        })?;
    let analysis = &analyses[last];
    let last_quotation = analysis.sentence.quotations.clone().next_back();
    let cue = analysis.cues.iter().rev().find(|cue| {
        let named = cue.speaker.as_ref().is_some_and(|speaker| speaker.form != MentionForm::Relative);
        named && cue.reporting_kind.is_speech() && cue.form != CueForm::Passive
    });
    let announced = masked.word(analysis.sentence.tokens.end - 1) == ":";
    let reports =
        |cue: &&Cue| last_quotation.is_none_or(|last| masked.quotations[last].tokens.start < cue.tokens.start);
    let introduced = analysis.clauses.introduced_at(analysis.sentence.tokens.end - 1).filter(|_| announced);
    let subject = introduced.clone().or_else(|| analysis.clauses.of_sentence(analysis.sentence.tokens.end));
    // A cue after the last quotation of the previous sentence also reports the current one.
    if let Some(cue) = cue.filter(reports).filter(|_| introduced.is_none()) {
        let source = if first_of_block { Source::SentenceBefore } else { Source::Continued };
        return Some(Attribution {
            quotation,
            cue: Some(cue.tokens.clone()),
            speaker: cue.speaker.clone(),
            source,
            score: 0.5,
        });
    }
    let block = analysis.sentence.block;
    // The previous sentence ends in a colon, so its subject is about to speak.
    if let Some(speaker) = subject.clone().filter(|_| announced) {
        return Some(Attribution { quotation, cue: None, speaker: Some(speaker), source: Source::Colon, score: 0.6 });
    }
    let earlier = last_quotation
        .or_else(|| {
            let not_before = |earlier: &usize| masked.quotations[*earlier].block >= block;
            (0..quotation).rev().take_while(not_before).find(|earlier| masked.quotations[*earlier].block == block)
        })
        .and_then(|before| found[before].as_ref());
    if let Some(before) = earlier {
        return Some(goes_on(quotation, before, 0.5));
    }
    if let Some(speaker) = subject.filter(|subject| matches!(subject.form, MentionForm::Name | MentionForm::Pronoun)) {
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
    let speaker = last_person(&analyses[..sentence])?;
    Some(Attribution { quotation, cue: None, speaker: Some(speaker), source: Source::SubjectBefore, score: 0.1 })
}

/// Returns the last subject that is a name or a pronoun within the previous twelve sentences.
fn last_person(analyses: &[SentenceAnalysis<'_>]) -> Option<SpeakerMention> {
    const MAX_SENTENCES: usize = 12;
    analyses
        .iter()
        .rev()
        .take(MAX_SENTENCES)
        .filter_map(|analysis| analysis.clauses.of_sentence(analysis.sentence.tokens.end))
        .find(|subject| matches!(subject.form, MentionForm::Name | MentionForm::Pronoun))
}

/// Attributes `quotation` to the speaker of the earlier attribution `before`.
fn goes_on(quotation: usize, before: &Attribution, score: f32) -> Attribution {
    Attribution {
        quotation,
        cue: before.cue.clone(),
        speaker: before.speaker.clone(),
        source: Source::NextParagraph,
        score,
    }
}

//! Resolves speakers given only as pronouns. "They" refers to the last plural speakers, as in "Analysts said … 'We
//! expect a cut,' they wrote". "He" can refer to the office holder at the beginning of the sentence, as in "A senator was
//! told to go after he said", or of the sentence before. Considers only quotations and the phrases in their sentences.

use super::phrase::{Link, PhraseKind};
use super::sentence_analysis::SentenceAnalysis;
use super::{Quote, Speaker};
use crate::document::Document;
use crate::entity::{Entity, EntityKind};
use crate::lexicon::names::Kinds;
use crate::word_class::WordClass;
use dateline_core::text::{Span, folded};

/// Maximum distance, in blocks, between plural speakers and "they".
const MAX_DISTANCE: usize = 1;

/// Adds the antecedent of each pronoun that refers to no entity, if it can be found.
pub(super) fn resolve(
    document: &Document<'_>,
    entities: &[Entity],
    analyses: &[SentenceAnalysis<'_>],
    quotes: &mut [Quote],
) {
    let mut several: Option<(usize, Speaker)> = None;
    for quote in quotes {
        let block = document.article.block_at(quote.span.start);
        let Some((speaker, block)) = quote.speaker.as_mut().zip(block) else { continue };
        let unnamed = |pronoun: &str| speaker.entity.is_none() && speaker.name.eq_ignore_ascii_case(pronoun);
        let they = unnamed("they");
        if unnamed("he") || unnamed("she") {
            if let Some(described) = subject(document, analyses, speaker.mention) {
                speaker.name = folded(described.of(document.text));
                speaker.introduction = described;
            }
            continue;
        }
        match several.as_ref().filter(|(before, _)| they && block <= before + MAX_DISTANCE) {
            Some((_, before)) => {
                let mention = speaker.mention;
                *speaker = Speaker { mention, ..before.clone() };
            }
            None if they => {}
            None => several = is_several(document, entities, speaker).then(|| (block, speaker.clone())),
        }
        if they && let Some((before, _)) = &mut several {
            *before = block;
        }
    }
}

/// Returns the office holder who is the subject of the pronoun's sentence or of the previous one.
fn subject(document: &Document<'_>, analyses: &[SentenceAnalysis<'_>], pronoun: Span) -> Option<Span> {
    let token = document.tokens_in(pronoun).start;
    let at = analyses.partition_point(|analysis| analysis.sentence.tokens.end <= token);
    let analysis = analyses.get(at).filter(|analysis| analysis.sentence.tokens.contains(&token))?;
    let before = at.checked_sub(1).and_then(|before| analyses.get(before));
    [Some(analysis), before].into_iter().flatten().find_map(|analysis| office_holder(document, analysis, token))
}

/// Returns the subject of a sentence if it is an office holder without a name, before token `limit`.
fn office_holder(document: &Document<'_>, analysis: &SentenceAnalysis<'_>, limit: usize) -> Option<Span> {
    let first = analysis.clauses.phrases.all().iter().find(|phrase| phrase.link == Link::Free && !phrase.governed)?;
    let office = document.resources.names().of(document.word(first.head)).any(Kinds::ROLE);
    let before = first.tokens.end <= limit && first.kind == PhraseKind::Nominal;
    (office && before).then(|| document.span(first.tokens.clone()))
}

/// Returns whether a speaker is plural, such as "Analysts", "Ode and her lawyer" or "the police".
fn is_several(document: &Document<'_>, entities: &[Entity], speaker: &Speaker) -> bool {
    let tokens = document.tokens_in(speaker.mention);
    let class = |index: usize| document.classes.get(index).copied();
    let plural = tokens.end.checked_sub(1).is_some_and(|last| class(last) == Some(WordClass::NounPlural));
    let joined = tokens.clone().any(|index| document.word(index) == "and" && speaker.entity.is_none());
    let entity = speaker.entity.and_then(|index| entities.get(index));
    plural || joined || entity.is_some_and(|entity| entity.kind == EntityKind::Group)
}

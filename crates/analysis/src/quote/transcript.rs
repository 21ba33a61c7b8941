//! Parses transcripts and interviews laid out like a play, as in `ODE: We knew.` Each labelled paragraph is speech
//! without quotation marks, spoken by the person named before the colon. If the labels are `Q:` and `A:`, the answers
//! belong to the person introduced before the first question.

use super::masked_sentence::MaskedSentences;
use super::subject::{MentionForm, SpeakerMention};
use crate::entity::{Entity, EntityKind, MentionKind};
use crate::lexicon::lists;
use crate::token::TokenKind;
use crate::word_class::WordClass;
use dateline_core::text::Span;
use foldhash::{HashMap, HashMapExt};
use std::ops::Range;

/// Labelled paragraph of a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Spoken words, without the label.
    pub content: Span,
    /// Label before the colon. The antecedent of `A:` is the interviewee, and the antecedent of initials is their owner.
    pub speaker: SpeakerMention,
    /// Whether the label says only that the turn is an answer: `A:`.
    answers: bool,
}

impl Turn {
    /// Returns whether the label says only that the turn is an answer: `A:`.
    #[must_use]
    pub(crate) const fn answers(&self) -> bool {
        self.answers
    }

    /// Returns a short explanation of the speaker's label, for display.
    #[must_use]
    pub(crate) const fn why(&self) -> &'static str {
        if self.answers { "answers the question before" } else { "named before a colon" }
    }
}

/// Proportion of correct turns in transcripts, 0 to 1.
pub(crate) const CONFIDENCE: f32 = 0.93;

/// Maximum length of a label, in tokens.
const MAX_LABEL_LENGTH: usize = 5;

/// Returns the turns of a document, in order. Returns no turns unless a label recurs, as in a dialogue.
#[must_use]
pub(crate) fn turns(masked: &MaskedSentences<'_>, entities: &[Entity]) -> Vec<Turn> {
    let document = masked.document;
    let mut asked = None;
    let mut found: Vec<(Range<usize>, Span)> = Vec::new();
    let mut block = None;
    for sentence in &masked.sentences {
        if block == Some(sentence.block) {
            continue;
        }
        block = Some(sentence.block);
        if let Some(colon) = label(masked, sentence.tokens.clone()) {
            let end = document.article.blocks.get(sentence.block).map_or(0, |block| block.span.end);
            let start = document.tokens.get(colon).map_or(end, |token| token.span.end);
            let content = without_direction(document.text, Span::new(start, end).trimmed(document.text));
            if lists::QUESTION_LABELS.contains(masked.word(sentence.tokens.start)) {
                asked = asked.or(Some(sentence.tokens.start));
            } else if !content.is_empty() {
                found.push((sentence.tokens.start..colon, content));
            }
        }
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (label, _) in &found {
        *counts.entry(document.span(label.clone()).of(document.text)).or_default() += 1;
    }
    if !counts.values().any(|count| *count > 1) {
        return Vec::new();
    }
    let answering = asked.and_then(|asked| interviewee(masked, entities, asked));
    let turn = |(tokens, content): (Range<usize>, Span)| {
        let answer = lists::ANSWER_LABELS.contains(masked.word(tokens.start));
        // An answer without a known interviewee is worse than no quotation at all.
        let antecedent = if answer { Some(answering.clone()?) } else { of_initials(masked, entities, &tokens) };
        Some(Turn { content, speaker: SpeakerMention { tokens, form: MentionForm::Name, antecedent }, answers: answer })
    };
    found.into_iter().filter_map(turn).collect()
}

/// Returns `content` without a stage direction at its beginning: "(laughs) No."
fn without_direction(text: &str, content: Span) -> Span {
    /// Maximum length of a stage direction, in bytes.
    const MAX_LENGTH: usize = 30;
    let words = content.of(text);
    let closed = |open: char, close: char| words.starts_with(open).then(|| words.find(close)).flatten();
    let end = closed('(', ')').or_else(|| closed('[', ']')).filter(|end| *end < MAX_LENGTH);
    end.map_or(content, |end| Span::new(content.start + end + 1, content.end).trimmed(text))
}

/// Returns the tokens that introduce the person whose initials are the label at `tokens`, if exactly one person of the
/// story has these initials.
fn of_initials(masked: &MaskedSentences<'_>, entities: &[Entity], tokens: &Range<usize>) -> Option<Range<usize>> {
    let label = masked.word(tokens.start);
    let initials = (2..=3).contains(&label.len()) && label.chars().all(char::is_uppercase) && tokens.len() == 1;
    let fits = |entity: &&Entity| {
        let letters = entity.name.split_whitespace().filter_map(|word| word.chars().next());
        entity.kind == EntityKind::Person && letters.eq(label.chars())
    };
    let mut named = entities.iter().filter(|entity| initials && fits(entity));
    let (first, second) = (named.next()?, named.next());
    let introduction = masked.document.tokens_in(first.introduction());
    (second.is_none() && !introduction.is_empty()).then_some(introduction)
}

/// Returns the block of each turn and of each question, in order. The names in them are said rather than written.
#[must_use]
pub(crate) fn spoken_blocks(masked: &MaskedSentences<'_>, turns: &[Turn]) -> Vec<usize> {
    let block_of = |turn: &Turn| masked.sentence_at(turn.speaker.tokens.start);
    let mut blocks: Vec<usize> =
        turns.iter().filter_map(block_of).filter_map(|at| masked.sentences.get(at)).map(|held| held.block).collect();
    let asks = |start: usize| lists::QUESTION_LABELS.contains(masked.word(start)) && masked.word(start + 1) == ":";
    if !turns.is_empty() {
        let questions = masked.sentences.iter().filter(|sentence| asks(sentence.tokens.start));
        blocks.extend(questions.map(|sentence| sentence.block));
    }
    blocks.sort_unstable();
    blocks
}

/// Returns the tokens of the interviewee's fullest name. The interviewee is the person named most often before the
/// first question, excluding the author.
fn interviewee(masked: &MaskedSentences<'_>, entities: &[Entity], question: usize) -> Option<Range<usize>> {
    let document = masked.document;
    let before = document.tokens.get(question)?.span.start;
    let wrote = |entity: &Entity| document.article.byline.iter().any(|name| name.value == entity.name);
    let named = |entity: &Entity| {
        entity.mentions.iter().filter(|mention| mention.span.end <= before && mention.kind == MentionKind::Name).count()
    };
    let persons = entities.iter().filter(|entity| entity.kind == EntityKind::Person && !wrote(entity));
    // In a tie, the first person mentioned wins.
    let person = persons.rev().max_by_key(|entity| named(entity)).filter(|entity| named(entity) > 0)?;
    Some(document.tokens_in(person.introduction())).filter(|tokens| !tokens.is_empty())
}

/// Returns the index of the colon after the name that opens an unquoted paragraph.
fn label(masked: &MaskedSentences<'_>, tokens: Range<usize>) -> Option<usize> {
    let colon = tokens.clone().take(MAX_LABEL_LENGTH + 1).find(|index| masked.word(*index) == ":")?;
    let label = tokens.start..colon;
    let is_name = |index: usize| {
        masked.document.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Word)
            && (masked.class(index) == WordClass::Proper
                || masked.word(index).starts_with(char::is_uppercase) && masked.word(index).len() > 1)
    };
    let quoted = masked.quotation_at(colon + 1).is_some();
    let letter = label.len() == 1
        && [&lists::QUESTION_LABELS, &lists::ANSWER_LABELS]
            .iter()
            .any(|labels| labels.contains(masked.word(label.start)));
    (!label.is_empty() && !quoted && (letter || label.clone().all(is_name))).then_some(colon)
}

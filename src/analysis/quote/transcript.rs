//! Transcripts and interviews set as a play is: `ODE: We knew.` Each labelled paragraph is what
//! the name before the colon said, with no quotation marks.

use super::frame::Frames;
use super::subject::{Form, Naming};
use crate::analysis::token::TokenKind;
use crate::analysis::word_class::WordClass;
use crate::text::Span;
use std::collections::HashMap;
use std::ops::Range;

/// One labelled paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The words said.
    pub content: Span,
    /// The name before the colon.
    pub speaker: Naming,
}

/// How often a turn is right.
pub const CONFIDENCE: f32 = 0.93;

/// Longest label, in tokens.
const LONGEST_LABEL: usize = 5;

/// The turns of a document in order; none unless a label comes back, as it does in a dialogue.
#[must_use]
pub fn turns(frames: &Frames<'_>) -> Vec<Turn> {
    let document = frames.document;
    let mut found: Vec<(Range<usize>, Span)> = Vec::new();
    let mut block = None;
    for frame in &frames.frames {
        if block == Some(frame.block) {
            continue;
        }
        block = Some(frame.block);
        if let Some(colon) = label(frames, frame.tokens.clone()) {
            let end = document.article.blocks.get(frame.block).map_or(0, |block| block.span.end);
            let start = document.tokens.get(colon).map_or(end, |token| token.span.end);
            let content = Span::new(start, end).trimmed(document.text);
            if !content.is_empty() {
                found.push((frame.tokens.start..colon, content));
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
    found
        .into_iter()
        .map(|(tokens, content)| Turn { content, speaker: Naming { tokens, form: Form::Name, antecedent: None } })
        .collect()
}

/// The colon after the name that opens a paragraph without quotation marks.
fn label(frames: &Frames<'_>, tokens: Range<usize>) -> Option<usize> {
    let colon = tokens.clone().take(LONGEST_LABEL + 1).find(|index| frames.word(*index) == ":")?;
    let label = tokens.start..colon;
    let is_name = |index: usize| {
        frames.document.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Word)
            && (frames.class(index) == WordClass::Proper
                || frames.word(index).starts_with(char::is_uppercase) && frames.word(index).len() > 1)
    };
    let quoted = frames.holder(colon + 1).is_some();
    let question = matches!(frames.word(label.start), "Q" | "A" | "Q." | "A." | "Question" | "Answer");
    (!label.is_empty() && !quoted && !question && label.clone().all(is_name)).then_some(colon)
}

//! Which way a sentence looks from the reference date, by the tense of the verb that governs a
//! time expression and by words that look ahead ("due", "until").

use super::story::Direction;
use crate::analysis::document::Document;
use std::ops::Range;

/// The direction at the atoms that cover tokens `expression` of the sentence `sentence`.
pub fn look(document: &Document<'_>, sentence: Range<usize>, expression: Range<usize>) -> Direction {
    if let Some(direction) = by_preposition(document, sentence.start, expression.start) {
        return direction;
    }
    backward(document, sentence.start, expression.start)
        .or_else(|| forward(document, expression.end, sentence.end))
        .unwrap_or(Direction::Unknown)
}

/// Words right before the expression that look ahead.
fn by_preposition(document: &Document<'_>, first: usize, at: usize) -> Option<Direction> {
    let from = at.saturating_sub(3).max(first);
    (from..at).rev().find_map(|index| match lower(document.word(index)).as_str() {
        "due" | "payable" | "maturing" | "matures" | "expires" | "scheduled" | "effective" | "upcoming" => {
            Some(Direction::Future)
        }
        "since" => Some(Direction::Past),
        _ => None,
    })
}

/// The nearest verb before the expression.
fn backward(document: &Document<'_>, first: usize, at: usize) -> Option<Direction> {
    (first..at).rev().take(25).find_map(|index| verb(document, first, index))
}

/// The nearest verb after the expression.
fn forward(document: &Document<'_>, at: usize, end: usize) -> Option<Direction> {
    (at..end).take(12).find_map(|index| verb(document, at, index))
}

/// What a word says of the direction if it is a verb.
fn verb(document: &Document<'_>, first: usize, index: usize) -> Option<Direction> {
    let word = lower(document.word(index));
    let before = index.checked_sub(1).filter(|before| *before >= first).map(|before| lower(document.word(before)));
    let before = before.as_deref().unwrap_or_default();
    match word.as_str() {
        "will" | "'ll" | "’ll" | "shall" | "would" | "plans" | "expects" | "intends" | "hopes" | "scheduled"
        | "planned" | "expected" | "slated" | "set" | "due" => Some(Direction::Future),
        "was" | "were" | "had" | "did" | "has" | "have" | "said" | "told" | "came" | "went" | "took" | "made" | "gave"
        | "began" | "won" | "lost" | "left" | "met" | "held" | "found" | "fell" | "rose" | "sent" | "got" | "saw" | "became" | "grew"
        | "knew" | "led" | "kept" | "broke" | "brought" | "thought" | "stood" | "shot" | "died" => Some(Direction::Past),
        "is" | "are" => None,
        _ if before == "to" => Some(Direction::Future),
        _ if word.ends_with("ed") && word.len() > 4 => Some(Direction::Past),
        _ => None,
    }
}

/// A word in lower case.
fn lower(word: &str) -> String {
    word.to_lowercase()
}

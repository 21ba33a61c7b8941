//! Recognizes blocks of a page that are its furniture wherever they are: phrases of share bars and menus, signatures,
//! lines that are only links.

use super::text_block::{Shape as PieceShape, TextBlock};
use crate::boilerplate::line_classifier::Shape;
use crate::lexicon::ASKED;

/// Returns whether a block inside the region is boilerplate all the same: a phrase of share bars and boxes, a byline, a
/// timestamp line, or little but links.
pub(super) fn is_boilerplate(block: &TextBlock) -> bool {
    let shape = Shape::of(&block.text);
    let links = block.linked * 10 > block.text.len() * 8;
    // A quoted post ends in its author and date.
    let signed = (shape.signed || shape.dated) && block.shape != PieceShape::Quote;
    let asked = shape.ends_sentence && ASKED.iter().any(|phrase| block.text.contains(phrase));
    (shape.boilerplate.is_some() && shape.words < 30 && !asked) || signed || (links && !shape.ends_sentence)
}

/// Returns whether a block of a post is a control of the page: a short phrase of a share bar or menu.
pub(super) fn is_control(block: &TextBlock) -> bool {
    let shape = Shape::of(&block.text);
    shape.boilerplate.is_some() && shape.words <= 6 && !shape.ends_sentence
}

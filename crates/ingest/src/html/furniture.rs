//! Recognizes blocks that are page furniture wherever they appear: phrases of share bars and menus, bylines, and lines
//! that consist of links.

use super::text_block::{TextBlock, TextBlockKind};
use crate::boilerplate::boilerplate_phrases::Fit;
use crate::lexicon::{ASKED, READER_WORDS, REPORT_WORDS, WordList};
use dateline_core::article::Boilerplate;

/// Minimum number of words in a sentence with a boilerplate phrase for it to count as part of the story.
const SENTENCE: usize = 8;
/// Minimum number of words in a block that is too long for a phrase to make it boilerplate.
const LONG: usize = 30;

/// Returns whether a block in the story region is boilerplate nevertheless. It may contain a typical phrase, be a
/// byline or timestamp line, or consist mainly of links.
pub(super) fn is_boilerplate(block: &TextBlock) -> bool {
    let links = block.linked * 10 > block.text.len() * 8;
    // A quoted post ends with its author and date.
    let signed = || block.kind != TextBlockKind::Quote && block.is_signed_or_dated();
    links && !block.ends_sentence() || has_phrase(block) || signed()
}

/// Returns whether a block is short and contains a typical phrase of boilerplate. Counts the words first, because most
/// of the text of a page is in paragraphs too long for it.
fn has_phrase(block: &TextBlock) -> bool {
    let asked = || block.ends_sentence() && ASKED.iter().any(|phrase| block.text.contains(phrase));
    block.words() < LONG && block.phrase().is_some() && !asked() && !is_sentence(block)
}

/// Returns whether a block of a post is a short phrase from a share bar or menu.
pub(super) fn is_control(block: &TextBlock) -> bool {
    block.words() <= 6 && !block.ends_sentence() && block.phrase().is_some()
}

/// Returns whether a block is a sentence of the story despite its boilerplate phrase. It may begin like a heading of
/// other stories ("Latest figures show that …") or use the words of a notice ("… must accept the terms of service, the
/// court said"). Such a sentence is long, has no links and does not address the reader.
fn is_sentence(block: &TextBlock) -> bool {
    let Some((fit, kind)) = block.phrase() else { return false };
    let lower = block.text.to_lowercase();
    let has = |list: &WordList| lower.split(|c: char| !c.is_alphanumeric()).any(|word| list.contains(word));
    let heading =
        fit == Fit::Starts && matches!(kind, Boilerplate::Related | Boilerplate::Navigation | Boilerplate::Furniture);
    let notice = fit == Fit::Has && has(&REPORT_WORDS) && !has(&READER_WORDS);
    let long = block.kind == TextBlockKind::Text && block.ends_sentence() && block.words() >= SENTENCE;
    (heading || notice) && long && block.links.is_empty()
}

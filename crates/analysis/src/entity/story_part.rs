//! Decides which names belong to the story itself. Agencies, authors and the newspaper's own name do not.

use crate::document::Document;
use crate::lexicon::lists;
use crate::token::TokenKind;
use dateline_core::article::{Article, BlockKind};
use dateline_core::text::{Span, folded};

/// Returns whether a name belongs to the story, rather than to a dateline's agency, a byline, the newspaper's title, a
/// picture credit or another story's caption.
#[must_use]
pub(super) fn is_of_story(document: &Document<'_>, span: Span, unrelated_captions: &[usize]) -> bool {
    let article = document.article;
    if is_agency(article, span) {
        return false;
    }
    let Some(index) = article.block_at(span.start) else { return true };
    let Some(block) = article.blocks.get(index) else { return true };
    let credited = block.credit.as_ref().and_then(|credit| credit.span).is_some_and(|credit| credit.overlaps(span));
    unrelated_captions.binary_search(&index).is_err() && !credited && !is_imprint(document, index)
}

/// Returns whether a name says who published the story. A kicker is often the newspaper's title or the name of a section,
/// and a standfirst often names the author ("she talks to Mara Odell"), so names that occur nowhere else are not names of
/// the story.
#[must_use]
pub(super) fn is_of_publication(document: &Document<'_>, span: Span) -> bool {
    let article = document.article;
    let block = article.block_at(span.start).and_then(|index| article.blocks.get(index));
    block.is_some_and(|block| match block.kind {
        BlockKind::Kicker => true,
        BlockKind::Standfirst => {
            article.byline.iter().any(|author| folded(&author.value) == folded(span.of(&article.text)))
        }
        _ => false,
    })
}

/// Returns whether a span is in the dateline after its place: the agency in "KARSK (Harbour Press) —".
fn is_agency(article: &Article, span: Span) -> bool {
    let Some(dateline) = article.dateline.as_ref().filter(|dateline| dateline.span.overlaps(span)) else {
        return false;
    };
    let line = dateline.span.of(&article.text);
    let place = dateline.place.as_ref().and_then(|place| Some(line.find(place.as_str())? + place.len()));
    span.start >= dateline.span.start + place.unwrap_or_default()
}

/// Maximum length of an imprint, in bytes.
const LONGEST_IMPRINT: usize = 160;

/// Number of blocks at the beginning of the body, and at its end, that can be an imprint.
const OUTER_BLOCKS: usize = 3;

/// Returns whether a block at the edge of the body is an imprint: the newspaper's title, or a byline that has remained
/// in the text ("By Mara Odell in Karsk", "— Mara Odell, Harbour Times").
fn is_imprint(document: &Document<'_>, index: usize) -> bool {
    let article = document.article;
    let Some(block) = article.blocks.get(index).filter(|block| block.kind == BlockKind::Paragraph) else {
        return false;
    };
    let first = article.blocks.iter().position(|block| !block.kind.is_front()).unwrap_or_default();
    if block.span.len() > LONGEST_IMPRINT
        || index >= first + OUTER_BLOCKS && index + OUTER_BLOCKS < article.blocks.len()
    {
        return false;
    }
    is_title_of_paper(article, block.span) || is_byline(document, block.span)
}

/// Returns whether a block is the name of the publisher or of the sender.
fn is_title_of_paper(article: &Article, block: Span) -> bool {
    let text = folded(block.of(&article.text));
    let names = article.publisher.iter().chain(&article.byline);
    let bare = |name: &str| name.strip_prefix("The ").unwrap_or(name).to_lowercase();
    names.map(|name| bare(&name.value)).any(|name| name == bare(&text))
}

/// Returns whether a block consists of "By" or a dash and of names.
fn is_byline(document: &Document<'_>, block: Span) -> bool {
    const MAX_WORDS: usize = 14;
    let tokens = document.tokens_in(block);
    let words: Vec<&str> = tokens.clone().map(|index| document.word(index)).collect();
    let [first, names @ ..] = words.as_slice() else { return false };
    let opens = matches!(*first, "By" | "BY" | "—" | "–");
    let joins = |word: &str| lists::BYLINE_JOINERS.contains(word);
    let is_name = |index: usize| {
        let word = document.word(index);
        let plain = document.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Word);
        if plain {
            word.starts_with(char::is_uppercase) || joins(word)
        } else {
            matches!(word, "," | "&" | "and" | "/")
        }
    };
    opens && !names.is_empty() && words.len() <= MAX_WORDS && tokens.skip(1).all(is_name)
}

#[cfg(test)]
mod tests;

//! Captions that belong to another story: a scraped page often carries the picture of its neighbour.

use super::document::Document;
use super::entity::EntityKind;
use super::hash::{Set, folded};
use super::name::Name;
use super::reference::Reference;
use super::time::Timex;
use crate::article::{Block, BlockKind};
use jiff::civil::Date;

/// From how many days on a date is far from the story's.
const FAR_DAYS: i32 = 60;

/// Indices of the caption blocks that share no person, organisation or place with the story and
/// whose own date is far from it.
#[must_use]
pub fn find(document: &Document<'_>, names: &[Name], times: &[Timex], reference: Option<&Reference>) -> Vec<usize> {
    let Some(reference) = reference else { return Vec::new() };
    let blocks = document.article.blocks.iter().enumerate();
    let captions: Vec<(usize, &Block)> = blocks.filter(|(_, block)| block.kind == BlockKind::Caption).collect();
    if captions.is_empty() {
        return Vec::new();
    }
    let told = story_words(document, names);
    let is_stray = |block: &Block| {
        dated_far(block, times, reference.date) && !words_of(document, names, block).any(|word| told.contains(&word))
    };
    captions.into_iter().filter(|(_, block)| is_stray(block)).map(|(index, _)| index).collect()
}

/// Whether the caption names days, and each of them is far from the story's.
fn dated_far(caption: &Block, times: &[Timex], day: Date) -> bool {
    let mut days = times
        .iter()
        .filter(|time| caption.span.covers(time.span))
        .filter_map(|time| time.interval.map(|(begin, _)| begin))
        .peekable();
    days.peek().is_some() && days.all(|other| (other - day).get_days().abs() > FAR_DAYS)
}

/// The words of the names that the story itself tells of.
fn story_words(document: &Document<'_>, names: &[Name]) -> Set {
    let blocks = document.article.blocks.iter().filter(|block| block.kind != BlockKind::Caption);
    blocks.flat_map(|block| words_of(document, names, block)).collect()
}

/// The words of the names in a block: who, where and which organisation. Single letters and small
/// words tell nothing.
fn words_of<'a>(document: &'a Document<'_>, names: &'a [Name], block: &'a Block) -> impl Iterator<Item = u64> + 'a {
    let first = names.partition_point(|name| name.span.start < block.span.start);
    names
        .iter()
        .skip(first)
        .take_while(|name| name.span.end <= block.span.end)
        .filter(|name| matches!(name.kind, EntityKind::Person | EntityKind::Organization | EntityKind::Place))
        .filter(|name| {
            !block.credit.as_ref().and_then(|credit| credit.span).is_some_and(|span| span.overlaps(name.span))
        })
        .flat_map(|name| name.tokens.clone())
        .map(|index| document.word(index))
        .filter(|word| word.chars().count() > 2 && word.starts_with(char::is_uppercase))
        .map(folded)
}

//! Finds an author whose name has no markup, by the alternative text of the author's portrait.

use super::super::text_block::{TextBlock, TextBlockKind};
use super::letters;
use crate::lexicon::PORTRAIT_WORDS;
use crate::metadata::byline;
use dom_query::Document;

/// Maximum length of a name, in bytes.
const NAME: usize = 40;
/// Maximum distance in blocks between the name and a line with a number, such as the date or the reading time.
const REACH: usize = 2;
/// Maximum number of pictures to look at.
const PICTURES: usize = 400;

/// Returns the first line near the headline that has the form of a name, is close to a date or reading time, and equals
/// the alternative text of a picture on the page, apart from words such as "portrait".
pub(super) fn names(document: &Document, near: &[&TextBlock]) -> Vec<String> {
    let mut candidates = near.iter().enumerate().filter_map(|(at, block)| {
        let plain = matches!(block.kind, TextBlockKind::Text | TextBlockKind::ListItem(_));
        let fits = plain && block.text.len() <= NAME && is_near_number(near, at);
        let names =
            byline::unsigned(&block.text).filter(|names| fits && letters(&names.concat()) == letters(&block.text));
        names.filter(|names| names.iter().all(|name| name.contains(' ')))
    });
    let Some(first) = candidates.next() else { return Vec::new() };
    let pictures = document.select("img[alt]");
    let alternatives: Vec<String> =
        pictures.nodes().iter().take(PICTURES).filter_map(|picture| Some(described(&picture.attr("alt")?))).collect();
    let shown = |names: &Vec<String>| alternatives.contains(&described(&names.join(" ")));
    std::iter::once(first).chain(candidates).find(shown).unwrap_or_default()
}

/// Returns whether a short line with a digit is close to the block at `at`.
fn is_near_number(near: &[&TextBlock], at: usize) -> bool {
    let beside = near.iter().skip(at.saturating_sub(REACH)).take(2 * REACH + 1);
    beside.into_iter().any(|block| block.text.len() <= NAME && block.text.contains(|c: char| c.is_ascii_digit()))
}

/// Returns the words of an alternative text that may belong to a name, in lower case.
fn described(alternative: &str) -> String {
    let lower = alternative.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !PORTRAIT_WORDS.contains(word)).collect::<Vec<_>>().join(" ")
}

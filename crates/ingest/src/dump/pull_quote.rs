//! Finds pull quotes: paragraphs in quotation marks whose words also occur in another paragraph of the story.

use crate::boilerplate::boilerplate_phrases::plain;
use foldhash::{HashMap, HashMapExt};

/// Minimum number of bytes by which the other paragraph must be longer.
const LONGER: usize = 20;

/// Paragraph with its number of words.
pub(super) type Paragraph<'a> = (&'a str, usize);

/// Length of a window, in bytes. The shortest words that are looked up, "a b c d", are as long.
const WINDOW: usize = 7;

/// Number of bits of a window's hash that select its count.
const COUNT_BITS: u32 = 20;

/// Returns the indices of the paragraphs that are pull quotes, in order.
///
/// The words of each quote are looked up by the rarest of their windows, because comparing each quote with each paragraph
/// would take time that grows with the square of the text.
pub(super) fn find(paragraphs: &[Paragraph<'_>]) -> Vec<usize> {
    let quoted: Vec<usize> = (0..paragraphs.len()).filter(|at| is_whole_quotation(paragraphs[*at])).collect();
    if quoted.is_empty() {
        return quoted;
    }
    let texts: Vec<String> = paragraphs.iter().map(|(text, _)| plain(text)).collect();
    let is_source =
        |at: usize, other: usize| other != at && paragraphs[other].0.len() > paragraphs[at].0.trim().len() + LONGER;
    let rarest = rarest_windows(&texts, &quoted);
    let mut found = vec![false; quoted.len()];
    for (number, at) in quoted.iter().enumerate().filter(|(number, _)| rarest[*number].is_none()) {
        let words = &texts[*at];
        found[number] = (0..texts.len()).any(|other| is_source(*at, other) && texts[other].contains(words));
    }
    let mut by_window: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
    for (number, (offset, window)) in rarest.iter().enumerate().filter_map(|(at, found)| Some((at, (*found)?))) {
        by_window.entry(window).or_default().push((number, offset));
    }
    for (other, text) in texts.iter().enumerate() {
        for (position, window) in windows(text) {
            for (number, offset) in by_window.get(&window).into_iter().flatten() {
                let at = quoted[*number];
                let here = || text.as_bytes().get(position.checked_sub(*offset)?..);
                if !found[*number] && is_source(at, other) {
                    found[*number] = here().is_some_and(|here| here.starts_with(texts[at].as_bytes()));
                }
            }
        }
    }
    quoted.into_iter().zip(found).filter_map(|(at, found)| found.then_some(at)).collect()
}

/// Returns whether a part is a short quotation as a whole.
fn is_whole_quotation((text, words): Paragraph<'_>) -> bool {
    let text = text.trim();
    text.starts_with(['“', '"', '«', '„']) && text.ends_with(['”', '"', '»']) && (4..=40).contains(&words)
}

/// Returns the offset and the bytes of the window of each quote that is rarest in `texts`, or `None` for a quote shorter
/// than a window.
fn rarest_windows(texts: &[String], quoted: &[usize]) -> Vec<Option<(usize, u64)>> {
    let slot = |window: u64| (window.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - COUNT_BITS)) as usize;
    let mut counts = vec![0_u32; 1 << COUNT_BITS];
    for (_, window) in texts.iter().flat_map(|text| windows(text)) {
        counts[slot(window)] = counts[slot(window)].saturating_add(1);
    }
    quoted.iter().map(|at| windows(&texts[*at]).min_by_key(|(_, window)| counts[slot(*window)])).collect()
}

/// Returns each window of a text: its offset, and its bytes as a number.
fn windows(text: &str) -> impl Iterator<Item = (usize, u64)> + '_ {
    let number = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    text.as_bytes().windows(WINDOW).map(number).enumerate()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pull_quotes(text: &str) -> Vec<usize> {
        let paragraphs: Vec<Paragraph<'_>> = text.split("\n\n").map(|text| (text, text.split(' ').count())).collect();
        find(&paragraphs)
    }

    #[test]
    fn the_words_may_be_anywhere_in_a_longer_paragraph() {
        let text = "“The lamp was out for a week,” said Bo Lee, “and no boat came in.”\n\n\
            “And no boat came in”\n\n“The lamp was out for a week”\n\n“The lamp was out for a year”\n\n\
            “A b c d”\n\nIn the mirror they read it as “a b c d e f g h i j k l m”.\n\n“Or they read it”";
        assert_eq!(pull_quotes(text), [1, 2, 4, 6]);
    }

    #[test]
    fn two_equal_paragraphs_repeat_no_longer_one() {
        assert!(
            pull_quotes("“The lamp was out for a week”\n\nBo Lee left.\n\n“The lamp was out for a week”").is_empty()
        );
    }
}

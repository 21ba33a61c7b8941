//! Justifies lines by distributing the remaining width among their spaces.

use crate::reflow::{Extra, width};
use dateline_core::text::Span;

/// Maximum number of columns to add per space, averaged over the line. A line that needs more is left ragged, because
/// such gaps would look like holes in the page.
const MAX_EXTRA_BLANKS: usize = 2;

/// Splits a line into pieces, each a word with the space after it. The pieces are moved apart so that the last one ends
/// at column `room`.
#[must_use]
pub(super) fn justified(text: &str, line: Span, room: usize, extras: &[Extra]) -> Vec<(u16, Span)> {
    let words = words(text, line);
    let added = |word: Span| {
        let first = extras.partition_point(|extra| extra.at <= word.start);
        let inside = extras.get(first..).unwrap_or_default().iter().take_while(|extra| extra.at <= word.end);
        inside.map(|extra| extra.width).sum::<usize>()
    };
    let widths: Vec<usize> = words.iter().map(|&word| width(word.of(text)) + added(word)).collect();
    let used: usize = widths.iter().sum();
    let blanks = words.len().saturating_sub(1);
    let slack = room.saturating_sub(used);
    if slack == 0 || blanks == 0 || slack > blanks * MAX_EXTRA_BLANKS {
        return vec![(0, line)];
    }
    let mut x = 0;
    let mut out = Vec::with_capacity(words.len());
    for (index, (&word, &width)) in words.iter().zip(&widths).enumerate() {
        out.push(((x + slack * index / blanks) as u16, word));
        x += width;
    }
    out
}

/// Splits a line into words, each with the white space after it.
fn words(text: &str, line: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = line.start;
    let mut blank = false;
    for (at, character) in line.of(text).char_indices() {
        let space = character.is_whitespace() && character != '\u{a0}';
        if blank && !space {
            out.push(Span::new(start, line.start + at));
            start = line.start + at;
        }
        blank = space;
    }
    out.push(Span::new(start, line.end));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ends(text: &str, room: usize) -> Vec<(u16, &str)> {
        let pieces = justified(text, Span::new(0, text.len()), room, &[]);
        pieces.into_iter().map(|(x, span)| (x, span.of(text))).collect()
    }

    #[test]
    fn the_last_word_ends_at_the_edge() {
        assert_eq!(ends("The mill is shut", 18), [(0, "The "), (4, "mill "), (10, "is "), (14, "shut")]);
    }

    #[test]
    fn a_short_line_stays_as_it_is() {
        assert_eq!(ends("The end", 40), [(0, "The end")]);
        assert_eq!(ends("Alone", 9), [(0, "Alone")]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_sticks_out(text in "[a-zé東 “”,.]{1,60}", room in 1_usize..80) {
            let text = text.trim();
            prop_assume!(!text.is_empty() && width(text) <= room);
            let pieces = justified(text, Span::new(0, text.len()), room, &[]);
            let whole: String = pieces.iter().map(|(_, span)| span.of(text)).collect();
            prop_assert_eq!(whole, text);
            for pair in pieces.windows(2) {
                prop_assert!(usize::from(pair[0].0) + width(pair[0].1.of(text)) <= usize::from(pair[1].0));
            }
            let (x, last) = pieces[pieces.len() - 1];
            prop_assert!(usize::from(x) + width(last.of(text)) <= room);
        }
    }
}

//! Breaks text into lines of a given width. Independent of articles and of the screen.
//!
//! A line is a [`Span`] of the text, so nothing is copied. The lines of a prose paragraph are made as even as possible
//! (optimal fit). A word wider than a line is broken between grapheme clusters. A run of white space in prose counts as
//! one cell, since [`cells`] draws it as one.

mod cells;
mod word;

pub(crate) use cells::{Cell, UNJOINED, cells, is_disputed, verbatim_cells, width};

use dateline_core::text::Span;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};
use word::Word;

/// Addition within a line that takes up space but is not part of the text: a note, a resolved date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extra {
    /// Byte offset of the addition in the text: the end of the preceding character.
    pub(crate) at: usize,
    /// Width of the addition, in cells.
    pub(crate) width: usize,
}

/// Widths of the lines of a paragraph, and how words are broken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// Maximum width of a line, in columns.
    pub(crate) width: usize,
    /// Number of columns by which the first line is narrower.
    pub(crate) first: usize,
    /// Whether words may be hyphenated at the end of a line.
    pub(crate) hyphenated: bool,
}

/// Line of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Byte span of the line in the text.
    pub(crate) span: Span,
    /// Whether the line ends inside a word, so that a hyphen must be shown. The line has room for it.
    pub(crate) hyphen: bool,
}

/// Breaks a paragraph of prose into lines of at most `width` cells, without white space at their ends. Only a line of a
/// single grapheme cluster may be wider. `extras` must be in text order.
#[must_use]
pub(crate) fn prose(text: &str, span: Span, width: usize, extras: &[Extra]) -> Vec<Span> {
    let shape = Shape { width, first: 0, hyphenated: false };
    lines(text, span, shape, extras).into_iter().map(|line| line.span).collect()
}

/// Breaks a paragraph of prose into lines of the given shape. Similar to [`prose`], but can hyphenate words.
#[must_use]
pub(crate) fn lines(text: &str, span: Span, shape: Shape, extras: &[Extra]) -> Vec<Line> {
    let width = shape.width.max(1);
    let first = width.saturating_sub(shape.first).max(1);
    let mut words = word::words(text, span, first, extras);
    if shape.hyphenated {
        words = word::divided(text, words);
    }
    let widths = [first as f64, width as f64];
    // Optimal fit fails only if the squares of widths overflow. Any line breaks will do in that case.
    let rows = wrap_optimal_fit(&words, &widths, &Penalties::new())
        .ok()
        .filter(|rows| rows.iter().enumerate().all(|(at, row)| fits(row, if at == 0 { first } else { width })))
        .unwrap_or_else(|| wrap_first_fit(&words, &widths));
    rows.into_iter().filter_map(line).collect()
}

/// Fills each line with as many words as fit. Used if only the first lines of a text are shown: even lines would waste
/// room.
#[must_use]
pub(crate) fn filled(text: &str, width: usize) -> Vec<Span> {
    let width = width.max(1);
    let words = word::words(text, Span::new(0, text.len()), width, &[]);
    wrap_first_fit(&words, &[width as f64]).into_iter().filter_map(line).map(|line| line.span).collect()
}

/// Returns whether the words fit on a line of `width` cells, together with a hyphen if one is needed.
fn fits(row: &[Word], width: usize) -> bool {
    let inner: usize = row.iter().map(|word| word.width + word.space).sum();
    let last = row.last().map_or(0, |word| word.space);
    let hyphen = row.last().is_some_and(|word| word.divided);
    row.len() <= 1 || inner - last + usize::from(hyphen) <= width
}

/// Creates the line that extends from the first byte of the first word to the last byte of the last word.
fn line(row: &[Word]) -> Option<Line> {
    let last = row.last()?;
    Some(Line { span: Span::new(row.first()?.span.start, last.span.end), hyphen: last.divided })
}

/// Splits preformatted text at its line breaks, and breaks lines wider than `width` cells between grapheme clusters.
#[must_use]
pub(crate) fn preformatted(text: &str, span: Span, width: usize) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = span.start;
    for line in span.of(text).split_inclusive('\n') {
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        let mut from = start;
        let mut used = 0;
        for cell in verbatim_cells(text, Span::new(start, end)) {
            if used + cell.width > width.max(1) && cell.span.start > from {
                out.push(Span::new(from, cell.span.start));
                from = cell.span.start;
                used = 0;
            }
            used += cell.width;
        }
        out.push(Span::new(from, end));
        start += line.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wrapped(text: &str, width: usize) -> Vec<&str> {
        prose(text, Span::new(0, text.len()), width, &[]).into_iter().map(|line| line.of(text)).collect()
    }

    #[test]
    fn lines_are_even_rather_than_greedy() {
        let text = "To be, or not to be: that is the question";
        assert_eq!(wrapped(text, 10), ["To be,", "or not to", "be: that", "is the", "question"]);
    }

    #[test]
    fn rows_can_be_filled_instead() {
        let text = "To be, or not to be: that is the question";
        let rows: Vec<&str> = filled(text, 10).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(rows, ["To be, or", "not to be:", "that is", "the", "question"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_by_cluster() {
        assert_eq!(wrapped("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn wide_characters_take_two_cells() {
        assert_eq!(wrapped("東京都は雨です", 6), ["東京都", "は雨で", "す"]);
    }

    #[test]
    fn hard_wrapped_text_is_rewrapped() {
        assert_eq!(wrapped("one\n   two\nthree", 20), ["one\n   two\nthree"]);
        assert_eq!(width("one\n   two"), 7);
    }

    #[test]
    fn a_word_is_divided_where_english_allows_it() {
        let text = "The committee of the harbour considered the representations carefully.";
        let shape = Shape { width: 24, first: 0, hyphenated: true };
        let found = super::lines(text, Span::new(0, text.len()), shape, &[]);
        assert!(found.iter().any(|line| line.hyphen), "{found:?}");
        for line in found {
            assert!(super::width(line.span.of(text)) + usize::from(line.hyphen) <= 24);
        }
    }

    #[test]
    fn the_first_line_leaves_room_for_an_indent() {
        let text = "one two three four five six seven";
        let shape = Shape { width: 14, first: 3, hyphenated: false };
        let found = super::lines(text, Span::new(0, text.len()), shape, &[]);
        assert!(super::width(found[0].span.of(text)) <= 11, "{found:?}");
    }

    #[test]
    fn an_extra_takes_its_room() {
        let text = "on Saturday they met";
        let extras = [Extra { at: "on Saturday".len(), width: 10 }];
        let lines = prose(text, Span::new(0, text.len()), 22, &extras);
        assert_eq!(lines.iter().map(|line| line.of(text)).collect::<Vec<_>>(), ["on Saturday", "they met"]);
    }

    #[test]
    fn code_keeps_its_indentation() {
        let text = "if a {\n    b\n}\n";
        let rows = preformatted(text, Span::new(0, text.len()), 20);
        assert_eq!(rows.iter().map(|row| row.of(text)).collect::<Vec<_>>(), ["if a {", "    b", "}"]);
    }

    #[test]
    fn a_mark_without_a_letter_gets_a_circle_and_a_sign_before_its_letter_none() {
        let shown =
            |text: &'static str| cells(text, Span::new(0, text.len())).map(|cell| cell.symbol).collect::<String>();
        assert_eq!(shown("\u{941}\u{949}a"), "◌\u{941}\u{949}a");
        assert_eq!(shown("!\u{1193f}\u{11905}"), "!\u{1193f}\u{11905}");
    }

    proptest! {
        /// Checks that no character of any script is lost at any width and that no line is too wide.
        #[test]
        fn every_character_is_reachable(text in "[a-zA-Z ,.“”—\\-\n\t東京はมา\u{301}👩\u{200d}👧אב]{0,120}|\\PC{0,80}", width in 2_usize..90) {
            let span = Span::new(0, text.len());
            for preserve in [false, true] {
                let lines = if preserve { preformatted(&text, span, width) } else { prose(&text, span, width, &[]) };
                let mut at = 0;
                for line in lines {
                    prop_assert!(line.start >= at && text.get(line.start..line.end).is_some());
                    prop_assert!(text[at..line.start].trim().is_empty(), "lost {:?}", &text[at..line.start]);
                    let count = if preserve { verbatim_cells(&text, line).count() } else { cells(&text, line).count() };
                    let used: usize = if preserve {
                        verbatim_cells(&text, line).map(|cell| cell.width).sum()
                    } else {
                        super::width(line.of(&text))
                    };
                    prop_assert!(used <= width || count <= 1, "{:?} takes {used} of {width}", line.of(&text));
                    at = line.end;
                }
                prop_assert!(text[at..].trim().is_empty());
            }
        }
    }
}

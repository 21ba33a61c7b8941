//! Converts text to screen cells: sanitised grapheme clusters with their widths.

use dateline_core::text::{Span, clean};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Maximum number of code points in a cell. The longest emoji, a family, has seven, and a Devanagari conjunct about as
/// many. Longer clusters are an attack on the terminal.
const CODE_POINTS: usize = 11;

/// Grapheme cluster as displayed on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell<'a> {
    /// Byte span of the cluster in the text.
    pub(crate) span: Span,
    /// Characters to display: safe for a terminal, never empty.
    pub(crate) symbol: Cow<'a, str>,
    /// Width of the cell, in columns: 1 or 2.
    pub(crate) width: usize,
}

/// Iterates over the cells of prose, with each run of white space collapsed to one space.
pub(crate) fn cells(text: &str, span: Span) -> impl Iterator<Item = Cell<'_>> {
    let mut blank = false;
    verbatim_cells(text, span).filter_map(move |mut cell| {
        let was_blank = std::mem::replace(&mut blank, cell.symbol.starts_with(char::is_whitespace));
        if blank {
            cell.symbol = Cow::Borrowed(" ");
            cell.width = 1;
        }
        (!(blank && was_blank)).then_some(cell)
    })
}

/// Iterates over the cells of verbatim text.
pub(crate) fn verbatim_cells(text: &str, span: Span) -> impl Iterator<Item = Cell<'_>> {
    let mut at = span.start;
    clusters(span.of(text)).filter_map(move |cluster| {
        let start = at;
        at += cluster.len();
        cell(cluster).map(|(symbol, width)| Cell { span: Span::new(start, at), symbol, width })
    })
}

/// Iterates over the grapheme clusters of a text. Unicode's rules are applied only to non-ASCII text, because looking
/// up every letter of a frame takes longer than drawing it.
fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let length = match rest.as_bytes() {
            [] => return None,
            [b'\r', ..] => rest.graphemes(true).next()?.len(),
            [first] | [first, 0..0x80, ..] if first.is_ascii() => 1,
            _ => rest.graphemes(true).next()?.len(),
        };
        let (cluster, after) = rest.split_at_checked(length)?;
        rest = after;
        Some(cluster)
    })
}

/// Returns the width of prose set on a single line, in columns.
#[must_use]
pub(crate) fn width(text: &str) -> usize {
    cells(text, Span::new(0, text.len())).map(|cell| cell.width).sum()
}

/// Maximum width, in columns, of an emoji on a terminal that draws the parts of a sequence separately: a family of
/// four.
pub(crate) const UNJOINED: u16 = 8;

/// Returns whether terminals disagree on the width of a symbol. Some draw each part of an emoji sequence separately,
/// and old ones treat newer symbols as narrow. A single code point is disputed if it is in the ranges of symbols and
/// emoji. A cluster of several code points is disputed if more than one of them has a width, if their widths do not add
/// up to that of the whole, or if it contains an emoji variation selector or a half-width sound mark.
#[must_use]
pub(crate) fn is_disputed(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    let (Some(first), rest) = (characters.next(), characters.as_str()) else { return false };
    if rest.is_empty() {
        return matches!(first, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..);
    }
    let widths = symbol.chars().map(|character| character.width().unwrap_or_default());
    let apart: usize = widths.clone().sum();
    widths.filter(|&width| width > 0).count() > 1
        || apart != symbol.width()
        || symbol.contains(['\u{fe0f}', '\u{ff9e}', '\u{ff9f}'])
}

/// Returns whether a cluster begins with a combining mark that attaches to the preceding letter. Prepended marks, which
/// attach to the following letter, are zero-width as well but do not count.
fn begins_with_mark(symbol: &str) -> bool {
    let narrow = symbol.chars().next().is_some_and(|first| first.width() == Some(0));
    narrow && format!("a{symbol}").graphemes(true).count() == 1
}

/// Returns the displayed text and the width of a cluster, or `None` if the width is zero.
fn cell(cluster: &str) -> Option<(Cow<'_, str>, usize)> {
    if let [byte] = cluster.as_bytes()
        && (b' '..0x7f).contains(byte)
    {
        return Some((Cow::Borrowed(cluster), 1));
    }
    if cluster == "\r\n" {
        return Some((Cow::Borrowed(" "), 1));
    }
    let symbol = match Cow::from(clean(cluster)) {
        symbol if symbol.chars().nth(CODE_POINTS).is_some() => Cow::Borrowed("\u{fffd}"),
        symbol => symbol,
    };
    // A mark without a letter would attach to the preceding character. Show it on a dotted circle, as text engines do.
    let bare = symbol.width() > 0 && begins_with_mark(&symbol);
    let symbol = if bare { Cow::Owned(format!("◌{symbol}")) } else { symbol };
    // Half-width sound marks are combining characters, but take up a cell of their own on terminals.
    let sounds = symbol.chars().filter(|&character| matches!(character, '\u{ff9e}' | '\u{ff9f}')).count();
    match symbol.width() + sounds {
        0 => None,
        1 => Some((symbol, 1)),
        2 => Some((symbol, 2)),
        _ => Some((Cow::Borrowed("\u{fffd}"), 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Pieces that join with a letter, with a line end or with each other, in any order.
        #[test]
        fn clusters_are_those_of_unicode(pieces in prop::collection::vec(prop::sample::select(vec![
            "a", "b c", "\r", "\n", "\r\n", "\t", "e\u{301}", "\u{301}", "\u{200d}", "👨", "🇫", "🇷", "\u{600}", "क", "्", "ष", "\u{fe0f}", "1\u{20e3}", "각", "ᄀ", "ᅡ",
        ]), 0..12)) {
            let text = pieces.concat();
            prop_assert_eq!(clusters(&text).collect::<Vec<_>>(), text.graphemes(true).collect::<Vec<_>>());
        }
    }
}

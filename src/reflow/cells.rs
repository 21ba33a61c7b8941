//! Converts text to cells of the screen: sanitized grapheme clusters with their widths.

use dateline_core::text::{Span, clean};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Maximum number of code points shown in one cell. The longest emoji family has seven, a Devanagari conjunct about as
/// many; a longer cluster is an attack on the terminal.
const CODE_POINTS: usize = 11;

/// Grapheme cluster as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell<'a> {
    /// Its byte span in the text.
    pub(crate) span: Span,
    /// Text that is shown, safe for a terminal; never empty.
    pub(crate) symbol: Cow<'a, str>,
    /// Its width in columns: 1 or 2.
    pub(crate) width: usize,
}

/// Iterates over the cells of prose, with every run of white space as one space.
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

/// Iterates over the cells of text that is shown verbatim.
pub(crate) fn verbatim_cells(text: &str, span: Span) -> impl Iterator<Item = Cell<'_>> {
    span.of(text).grapheme_indices(true).filter_map(move |(at, cluster)| {
        let start = span.start + at;
        cell(cluster).map(|(symbol, width)| Cell { span: Span::new(start, start + cluster.len()), symbol, width })
    })
}

/// Returns the width of prose on one line, in columns.
#[must_use]
pub(crate) fn width(text: &str) -> usize {
    cells(text, Span::new(0, text.len())).map(|cell| cell.width).sum()
}

/// Maximum width, in columns, of a symbol whose parts a terminal does not join: a family of four.
pub(crate) const UNJOINED: u16 = 8;

/// Returns whether terminals disagree on the width of a symbol, because those that do not join emoji draw each part
/// separately, and old ones treat newer symbols as narrow. Disputed are single code points in the ranges of symbols and
/// emoji, and clusters in which more than one code point has a width of its own, whose widths do not add up to the
/// width of the whole, or which contain an emoji variation selector or a half-width sound mark.
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

/// Returns whether a cluster begins with a mark that combines with a letter before it. Signs that precede their letter
/// do not count, although they have no width of their own either.
fn begins_with_mark(symbol: &str) -> bool {
    let narrow = symbol.chars().next().is_some_and(|first| first.width() == Some(0));
    narrow && format!("a{symbol}").graphemes(true).count() == 1
}

/// Returns the text and the width of one cluster; `None` if it has no width.
fn cell(cluster: &str) -> Option<(Cow<'_, str>, usize)> {
    if let [byte] = cluster.as_bytes()
        && (b' '..0x7f).contains(byte)
    {
        return Some((Cow::Borrowed(cluster), 1));
    }
    if cluster == "\r\n" {
        return Some((Cow::Borrowed(" "), 1));
    }
    let symbol = match clean(cluster).into_cow() {
        symbol if symbol.chars().nth(CODE_POINTS).is_some() => Cow::Borrowed("\u{fffd}"),
        symbol => symbol,
    };
    // A mark without a letter would combine with the character before it, so show it on a dotted circle as text engines
    // do.
    let bare = symbol.width() > 0 && begins_with_mark(&symbol);
    let symbol = if bare { Cow::Owned(format!("◌{symbol}")) } else { symbol };
    // Half-width sound marks take up their own cell on terminals, although they are combining characters.
    let sounds = symbol.chars().filter(|&character| matches!(character, '\u{ff9e}' | '\u{ff9f}')).count();
    match symbol.width() + sounds {
        0 => None,
        1 => Some((symbol, 1)),
        2 => Some((symbol, 2)),
        _ => Some((Cow::Borrowed("\u{fffd}"), 1)),
    }
}

//! Text as the cells of a screen: grapheme clusters, cleaned, with their widths.

use crate::text::{Span, clean};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The most code points shown in one cell. The longest emoji family has seven, a Devanagari
/// conjunct about as many; more is an attack on the terminal's patience.
const CODE_POINTS: usize = 11;

/// One grapheme cluster as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Its bytes in the text.
    pub span: Span,
    /// What is shown, safe for a terminal; never empty.
    pub symbol: Cow<'a, str>,
    /// How many columns it takes: 1 or 2.
    pub width: usize,
}

/// The cells of prose: every run of white space is one blank.
pub fn cells(text: &str, span: Span) -> impl Iterator<Item = Cell<'_>> {
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

/// The cells of text that is shown as it stands.
pub fn verbatim_cells(text: &str, span: Span) -> impl Iterator<Item = Cell<'_>> {
    span.of(text).grapheme_indices(true).filter_map(move |(at, cluster)| {
        let start = span.start + at;
        cell(cluster).map(|(symbol, width)| Cell { span: Span::new(start, start + cluster.len()), symbol, width })
    })
}

/// The columns that prose takes on one line.
#[must_use]
pub fn width(text: &str) -> usize {
    cells(text, Span::new(0, text.len())).map(|cell| cell.width).sum()
}

/// What is shown for one cluster; nothing for what has no width.
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
    // The half-width sound marks take a cell of their own on terminals, though they combine.
    let sounds = symbol.chars().filter(|&character| matches!(character, '\u{ff9e}' | '\u{ff9f}')).count();
    match symbol.width() + sounds {
        0 => None,
        1 => Some((symbol, 1)),
        2 => Some((symbol, 2)),
        _ => Some((Cow::Borrowed("\u{fffd}"), 1)),
    }
}

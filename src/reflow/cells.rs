//! Text as the cells of a screen: grapheme clusters, cleaned, with their widths.

use dateline_core::text::{Span, clean};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

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

/// The most columns that a terminal may take for a symbol that it does not join: a family of four.
pub const UNJOINED: u16 = 8;

/// Whether terminals disagree on how many columns a symbol takes: those that do not join emoji draw each part of
/// one, and old ones take newer signs for narrow. It is so where more than one code point has a width of its own, and
/// where the widths do not add up to that of the whole.
#[must_use]
pub fn is_disputed(symbol: &str) -> bool {
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

/// Whether a cluster begins with a mark that a letter before it would take. Signs that stand before their letter,
/// and take no width of their own either, are none.
fn begins_with_mark(symbol: &str) -> bool {
    let narrow = symbol.chars().next().is_some_and(|first| first.width() == Some(0));
    narrow && format!("a{symbol}").graphemes(true).count() == 1
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
    // A mark without a letter would go to whatever stands before it; text engines put it on a dotted circle.
    let bare = symbol.width() > 0 && begins_with_mark(&symbol);
    let symbol = if bare { Cow::Owned(format!("◌{symbol}")) } else { symbol };
    // The half-width sound marks take a cell of their own on terminals, though they combine.
    let sounds = symbol.chars().filter(|&character| matches!(character, '\u{ff9e}' | '\u{ff9f}')).count();
    match symbol.width() + sounds {
        0 => None,
        1 => Some((symbol, 1)),
        2 => Some((symbol, 2)),
        _ => Some((Cow::Borrowed("\u{fffd}"), 1)),
    }
}

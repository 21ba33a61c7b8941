//! Lays out tables. Each column is as wide as its widest cell if there is room for that. If not, columns are narrowed
//! and their cells wrapped.

use crate::reflow::{prose, width};
use dateline_core::text::Span;

/// Number of blank columns between adjacent cells.
const COLUMN_GAP: usize = 2;
/// Minimum useful width of a table column, in terminal cells. If there is not enough room, cells are shown one below
/// the other.
const MIN_COLUMN_WIDTH: usize = 5;

/// Lays out a table. In the text, rows are separated by line breaks and cells by tabs.
pub(super) fn rows(text: &str, span: Span, room: usize) -> Vec<Vec<(u16, Span)>> {
    let lines = cells(text, span);
    let count = lines.iter().map(Vec::len).max().unwrap_or(0);
    let Some(widths) = widths(text, &lines, count, room) else {
        let each = lines.into_iter().flatten().flat_map(|cell| prose(text, cell, room, &[]));
        return each.map(|line| vec![(0, line)]).collect();
    };
    let mut out = Vec::new();
    for line in lines {
        let wrapped: Vec<Vec<Span>> =
            line.iter().zip(&widths).map(|(&cell, &width)| prose(text, cell, width, &[])).collect();
        for row in 0..wrapped.iter().map(Vec::len).max().unwrap_or(0) {
            let mut x = 0;
            let mut pieces = Vec::new();
            for (column, &width) in wrapped.iter().zip(&widths) {
                pieces.extend(column.get(row).map(|&span| (x as u16, span)));
                x += width + COLUMN_GAP;
            }
            out.push(pieces);
        }
    }
    out
}

/// Returns the span of each cell, by row.
fn cells(text: &str, span: Span) -> Vec<Vec<Span>> {
    let mut at = span.start;
    let mut out = Vec::new();
    for line in span.of(text).split_inclusive('\n') {
        let mut start = at;
        let mut row = Vec::new();
        for cell in line.split_inclusive('\t') {
            row.push(Span::new(start, start + cell.len()).trimmed(text));
            start += cell.len();
        }
        out.push(row);
        at += line.len();
    }
    out
}

/// Returns the width of each table column, or `None` if the columns do not fit side by side.
fn widths(text: &str, lines: &[Vec<Span>], count: usize, room: usize) -> Option<Vec<usize>> {
    let between = COLUMN_GAP * count.saturating_sub(1);
    if count < 2 || between + MIN_COLUMN_WIDTH * count > room {
        return None;
    }
    let mut widths = vec![1; count];
    for line in lines {
        for (slot, cell) in widths.iter_mut().zip(line) {
            *slot = (*slot).max(width(cell.of(text)));
        }
    }
    // Narrow the widest column until all of them fit.
    while widths.iter().sum::<usize>() + between > room {
        let widest = widths.iter_mut().max()?;
        *widest = widest.checked_sub(1).filter(|&width| width >= 1)?;
    }
    Some(widths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, room: usize) -> Vec<Vec<(u16, &str)>> {
        let rows = rows(text, Span::new(0, text.len()), room);
        rows.into_iter().map(|row| row.into_iter().map(|(x, span)| (x, span.of(text))).collect()).collect()
    }

    #[test]
    fn columns_are_aligned() {
        assert_eq!(
            shown("Town\tVotes\nUpper Vale\t312\n", 40),
            [vec![(0, "Town"), (12, "Votes")], vec![(0, "Upper Vale"), (12, "312")]]
        );
    }

    #[test]
    fn a_wide_cell_is_wrapped_in_its_column() {
        assert_eq!(
            shown("Harbour\trepairs to the old sea wall", 24),
            [vec![(0, "Harbour"), (9, "repairs to the")], vec![(9, "old sea wall")]]
        );
    }

    #[test]
    fn without_room_the_cells_follow_each_other() {
        assert_eq!(shown("a\tb\tc", 12), [[(0, "a")], [(0, "b")], [(0, "c")]]);
    }
}

//! Aligned columns in a given width.

use super::{Rows, plain};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells between two columns.
const GAP: usize = 2;

/// Renders a header line and the rows, each line at most `width` cells.
pub fn render(rows: &Rows, width: usize) -> String {
    let cells: Vec<Vec<String>> = rows.rows.iter().map(|row| row.iter().map(plain).collect()).collect();
    let widths = widths(rows, &cells, width);
    let header: Vec<String> = rows.columns.iter().map(|column| column.name.to_uppercase()).collect();
    let mut out = String::new();
    for row in std::iter::once(&header).chain(&cells) {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let shown = fit(cell, *width);
            let pad = width.saturating_sub(shown.width()) + GAP;
            line.push_str(&shown);
            line.extend(std::iter::repeat_n(' ', pad));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Each column as wide as its widest cell if all fit; else the wide ones share what the narrow
/// ones leave, by their declared shares.
fn widths(rows: &Rows, cells: &[Vec<String>], total: usize) -> Vec<usize> {
    let wanted: Vec<usize> = rows
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let widest = cells.iter().filter_map(|row| row.get(index)).map(|cell| cell.width()).max();
            widest.unwrap_or(0).max(column.name.width())
        })
        .collect();
    let room = total.saturating_sub(GAP * wanted.len().saturating_sub(1));
    if wanted.iter().sum::<usize>() <= room {
        return wanted;
    }
    let shares: usize = rows.columns.iter().map(|column| column.share).sum::<usize>().max(1);
    let mut widths: Vec<usize> =
        rows.columns.iter().zip(&wanted).map(|(column, wanted)| (*wanted).min(room * column.share / shares)).collect();
    let mut left = room.saturating_sub(widths.iter().sum());
    for (width, wanted) in widths.iter_mut().zip(&wanted).rev() {
        let more = (wanted - *width).min(left);
        *width += more;
        left -= more;
    }
    widths
}

/// `words` in at most `width` cells, cut with `…` by grapheme.
fn fit(words: &str, width: usize) -> String {
    if words.width() <= width {
        return words.to_owned();
    }
    let mut out = String::new();
    for grapheme in words.graphemes(true) {
        if out.width() + grapheme.width() + 1 > width {
            break;
        }
        out.push_str(grapheme);
    }
    if width > 0 {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Column;
    use super::*;
    use serde_json::json;

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let rows = Rows {
            columns: vec![Column { name: "who", share: 1 }, Column { name: "words", share: 3 }],
            rows: vec![vec![json!("Ana Ruiz"), json!("語".repeat(60))], vec![json!("B"), json!("short")]],
        };
        for width in [20, 41, 80] {
            let table = render(&rows, width);
            assert!(table.lines().all(|line| line.width() <= width), "{table}");
            assert_eq!(table.lines().count(), 3);
        }
    }
}

//! Aligns the columns of a table within a given width.

use super::{Rows, plain};
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Number of blank cells between two columns.
const GAP: usize = 2;

/// Headings that differ from the column names in JSON and CSV. Each row contains a column that occurs only in this kind
/// of table, the name of the column to rename, and its heading.
const HEADINGS: &[(&str, &str, &str)] = &[
    ("grain", "grain", "precision"),
    ("grain", "words", "time text"),
    ("grain", "folded", "doubtful"),
    ("what", "words", "text"),
];

/// Displayed values that differ from those in JSON and CSV. Each row contains the column, the value in JSON and the
/// displayed value.
const WORDS: &[(&str, &str, &str)] = &[
    ("polarity", "unreal", "hypothetical"),
    ("what", "unreal", "hypothetical"),
    ("what", "named", "mentioned"),
    ("type", "organization", "organisation"),
];

/// Returns the heading of a column.
fn heading(rows: &Rows, name: &'static str) -> &'static str {
    let has = |column: &str| rows.columns.iter().any(|other| other.name == column);
    HEADINGS.iter().find(|(table, column, _)| *column == name && has(table)).map_or(name, |(.., heading)| heading)
}

/// Returns the text of a cell.
fn cell(column: &str, value: &Value) -> String {
    match value {
        Value::Bool(is) => if *is { "yes" } else { "no" }.to_owned(),
        Value::String(words) => {
            let shown = WORDS.iter().find(|(of, value, _)| *of == column && value == words);
            shown.map_or_else(|| plain(value), |(.., shown)| (*shown).to_owned())
        }
        _ => plain(value),
    }
}

/// Renders a header line and the rows. Each line is at most `width` cells wide.
pub(crate) fn render(rows: &Rows, width: usize) -> String {
    let rows = &without_single_story(rows);
    let text =
        |row: &Vec<Value>| rows.columns.iter().zip(row).map(|(column, value)| cell(column.name, value)).collect();
    let cells: Vec<Vec<String>> = rows.rows.iter().map(text).collect();
    let widths = widths(rows, &cells, width);
    let header: Vec<String> = rows.columns.iter().map(|column| heading(rows, column.name).to_uppercase()).collect();
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

/// Returns the rows without the story column, if all rows come from the same story.
fn without_single_story(rows: &Rows) -> Rows {
    let mut out = rows.clone();
    let story = rows.columns.iter().position(|column| column.name == "story");
    if let Some(at) = story.filter(|&at| rows.rows.windows(2).all(|pair| pair[0][at] == pair[1][at])) {
        out.columns.remove(at);
        out.rows.iter_mut().for_each(|row| drop(row.remove(at)));
    }
    out
}

/// Returns the width of each column. If all columns fit, each is as wide as its widest value. If not, columns that need
/// no more than an equal share of the width get what they need. Wider columns divide the rest in proportion to their
/// declared shares.
fn widths(rows: &Rows, cells: &[Vec<String>], total: usize) -> Vec<usize> {
    let wanted: Vec<usize> = rows
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let widest = cells.iter().filter_map(|row| row.get(index)).map(|cell| cell.width()).max();
            widest.unwrap_or(0).max(heading(rows, column.name).width())
        })
        .collect();
    let mut room = total.saturating_sub(GAP * wanted.len().saturating_sub(1));
    let mut widths = vec![0; wanted.len()];
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|&index| wanted[index]);
    let mut wide = order.as_slice();
    while let [narrow, rest @ ..] = wide
        && wanted[*narrow] * wide.len() <= room
    {
        widths[*narrow] = wanted[*narrow];
        room -= wanted[*narrow];
        wide = rest;
    }
    let shares: usize = wide.iter().map(|&index| rows.columns[index].share).sum::<usize>().max(1);
    for &index in wide {
        widths[index] = wanted[index].min(room * rows.columns[index].share / shares);
    }
    widths
}

/// Truncates `words` with `…` at a grapheme boundary, if they are wider than `width` cells.
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
    fn narrow_columns_stay_whole_and_one_story_is_not_named() {
        let names = [("begin", 1), ("event", 1), ("story", 9)];
        let rows = Rows {
            columns: names.map(|(name, share)| Column { name, share }).to_vec(),
            rows: vec![vec![json!("2024-05-18"), json!("word ".repeat(30)), json!("A story")]],
        };
        let table = render(&rows, 40);
        assert!(table.contains("2024-05-18  word word") && !table.contains("A story"), "{table}");
    }

    #[test]
    fn headings_and_cells_are_words_for_people() {
        let names = ["grain", "words", "folded", "type", "polarity"];
        let rows = Rows {
            columns: names.map(|name| Column { name, share: 1 }).to_vec(),
            rows: vec![vec![json!("day"), json!("Friday"), json!(true), json!("organization"), json!("unreal")]],
        };
        let table = render(&rows, 120);
        let words: Vec<&str> = table.split_whitespace().collect();
        let headings = ["PRECISION", "TIME", "TEXT", "DOUBTFUL", "TYPE", "POLARITY"];
        assert_eq!(words, [&headings[..], &["day", "Friday", "yes", "organisation", "hypothetical"]].concat());
    }

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

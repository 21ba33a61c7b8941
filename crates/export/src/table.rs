//! Aligns the columns of a table within a given width.

use super::{Column, Rows, plain};
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

/// Layout of a table for a terminal. Its columns are as wide as all rows that have been measured need, so that the rows
/// can be formatted a few at a time.
#[derive(Clone, Debug, Default)]
pub struct TableLayout {
    columns: Vec<Column>,
    /// Width of the widest value in each column, in cells of the terminal.
    widest: Vec<usize>,
    /// Story of the first row.
    story: Option<Value>,
    /// Whether a row comes from another story than the first.
    has_several: bool,
}

impl TableLayout {
    /// Measures rows, which must have the same columns as those measured before.
    pub fn measure(&mut self, rows: &Rows) {
        if self.columns.is_empty() {
            self.columns.clone_from(&rows.columns);
            self.widest = vec![0; rows.columns.len()];
        }
        let story = self.columns.iter().position(|column| column.name == "story");
        for row in &rows.rows {
            for ((column, value), widest) in self.columns.iter().zip(row).zip(&mut self.widest) {
                *widest = cell(column.name, value).width().max(*widest);
            }
            if let Some(value) = story.and_then(|at| row.get(at)) {
                self.has_several |= self.story.get_or_insert_with(|| value.clone()) != value;
            }
        }
    }

    /// Formats rows that have been measured. Each line is at most `width` cells wide; values that do not fit are truncated
    /// with `…`. With `header`, the first line has the headings.
    #[must_use]
    pub fn format(&self, rows: &[Vec<Value>], width: usize, header: bool) -> String {
        // A column that names the same story in each row is left out.
        let shown: Vec<usize> =
            (0..self.columns.len()).filter(|&at| self.has_several || self.columns[at].name != "story").collect();
        let widths = self.widths(&shown, width);
        let mut out = String::new();
        let mut line = |cells: &[String]| {
            let mut line = String::new();
            for (cell, width) in cells.iter().zip(&widths) {
                let shown = fit(cell, *width);
                let pad = width.saturating_sub(shown.width()) + GAP;
                line.push_str(&shown);
                line.extend(std::iter::repeat_n(' ', pad));
            }
            out.push_str(line.trim_end());
            out.push('\n');
        };
        if header {
            line(&shown.iter().map(|&at| self.heading(at).to_uppercase()).collect::<Vec<_>>());
        }
        for row in rows {
            let text = |&at: &usize| row.get(at).map(|value| cell(self.columns[at].name, value)).unwrap_or_default();
            line(&shown.iter().map(text).collect::<Vec<_>>());
        }
        out
    }

    /// Returns the heading of a column.
    fn heading(&self, at: usize) -> &'static str {
        let name = self.columns[at].name;
        let has = |column: &str| self.columns.iter().any(|other| other.name == column);
        HEADINGS.iter().find(|(table, column, _)| *column == name && has(table)).map_or(name, |(.., heading)| heading)
    }

    /// Returns the width of each column that is shown. If all columns fit, each is as wide as its widest value. If not,
    /// columns that need no more than an equal share of the width get what they need. Wider columns divide the rest in
    /// proportion to their declared shares.
    fn widths(&self, shown: &[usize], total: usize) -> Vec<usize> {
        let wanted: Vec<usize> = shown.iter().map(|&at| self.widest[at].max(self.heading(at).width())).collect();
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
        let share = |index: usize| self.columns[shown[index]].share;
        let shares: usize = wide.iter().map(|&index| share(index)).sum::<usize>().max(1);
        for &index in wide {
            widths[index] = wanted[index].min(room * share(index) / shares);
        }
        widths
    }
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
    use super::*;
    use serde_json::json;

    fn render(rows: &Rows, width: usize) -> String {
        let mut layout = TableLayout::default();
        layout.measure(rows);
        layout.format(&rows.rows, width, true)
    }

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

//! Exports annotations for people and other programs, as aligned tables, CSV, Markdown, JSON and iCalendar. Depends on
//! articles and their analysis, but not on files or screens.
//!
//! ```
//! use dateline_analysis::{Analyzer, Options};
//! use dateline_core::article::Article;
//!
//! let article = Article::verbatim("bridge", "“The bridge is safe,” said the engineer Mara Odell on 3 May 2024.");
//! let analysis = Analyzer::bundled().analyze(&article, &Options::default());
//! let rows = dateline_export::quotes(&article, &analysis, |_| true);
//! assert!(rows.csv(true).contains("Mara Odell"));
//! let json = serde_json::to_value(dateline_export::json::article(&article, &analysis)).unwrap();
//! assert_eq!(json["quotes"][0]["speaker"]["name"], "Mara Odell");
//! ```

mod calendar;
mod citation;
pub mod json;
mod markdown;
mod plain;
mod rows;
mod table;

pub use calendar::calendar;
pub use citation::{bibtex, csl};
pub use markdown::article as markdown;
pub use plain::article as linear;
pub use rows::{Column, Rows, annotations, entities, figures, quotes, timeline};
pub use table::TableLayout;

use dateline_core::text::{clean, folded};
use serde_json::{Map, Value};

impl Rows {
    /// Formats the rows as comma-separated values (RFC 4180). If `header` is `true`, a header line precedes them.
    #[must_use]
    pub fn csv(&self, header: bool) -> String {
        let mut out = String::new();
        let names = self.columns.iter().map(|column| csv_field(column.name));
        if header {
            out.push_str(&names.collect::<Vec<_>>().join(","));
            out.push_str("\r\n");
        }
        for row in &self.rows {
            let fields: Vec<String> = row.iter().map(|cell| csv_field(&plain(cell))).collect();
            out.push_str(&fields.join(","));
            out.push_str("\r\n");
        }
        out
    }

    /// Returns the rows as an array of JSON objects with one key per column.
    #[must_use]
    pub fn json(&self) -> Value {
        let object = |row: &Vec<Value>| -> Value {
            let pairs = self.columns.iter().zip(row).map(|(column, cell)| (column.name.to_owned(), cell.clone()));
            Value::Object(pairs.collect::<Map<_, _>>())
        };
        self.rows.iter().map(object).collect()
    }

    /// Formats the rows as a Markdown table. Returns an empty string if there are no rows.
    #[must_use]
    pub fn markdown(&self) -> String {
        if self.rows.is_empty() {
            return String::new();
        }
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut out = line(self.columns.iter().map(|column| column.name.to_owned()).collect());
        out.push_str(&line(vec!["---".to_owned(); self.columns.len()]));
        for row in &self.rows {
            out.push_str(&line(row.iter().map(|cell| plain(cell).replace('|', "\\|")).collect()));
        }
        out
    }
}

/// Formats a value as one line of text that is safe to display.
fn plain(cell: &Value) -> String {
    let words = match cell {
        Value::Null => String::new(),
        Value::String(words) => folded(words),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    };
    clean(&words).to_string()
}

/// Formats a field of a CSV line, with quotation marks if necessary.
fn csv_field(words: &str) -> String {
    if words.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", words.replace('"', "\"\""))
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rows() -> Rows {
        Rows {
            columns: vec![Column { name: "name", share: 1 }, Column { name: "words", share: 2 }],
            rows: vec![vec![json!("Ana | Ruiz"), json!("We \"won\",\n they said\u{1b}[2J")]],
        }
    }

    #[test]
    fn csv_quotes_what_would_split_a_field() {
        assert_eq!(rows().csv(true), "name,words\r\nAna | Ruiz,\"We \"\"won\"\", they said␛[2J\"\r\n");
    }

    #[test]
    fn markdown_escapes_its_own_separator() {
        assert!(rows().markdown().contains("Ana \\| Ruiz"));
    }

    #[test]
    fn json_keeps_the_words_as_they_are() {
        assert_eq!(rows().json()[0]["name"], "Ana | Ruiz");
    }
}

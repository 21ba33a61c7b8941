//! Writes the rows of a report as they come, so that a report on a large library takes little memory. Only a table for
//! the terminal is written at the end, because the widths of its columns depend on all rows.

use super::library_arg::print_error;
use clap::ValueEnum;
use dateline_export::{Rows, json};
use std::io::{self, Write};

/// Output formats of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TableFormat {
    /// Aligned columns for a terminal.
    Table,
    /// An array of objects.
    Json,
    /// One object per line.
    Jsonl,
    /// Comma-separated values.
    Csv,
    /// A Markdown table.
    Md,
}

/// Writer of rows in one format.
pub(super) struct RowWriter<'a, W> {
    to: TableFormat,
    out: &'a mut W,
    /// Rows that have not been written yet, or only the columns if no story came with rows.
    held: Rows,
    /// Whether rows have been written.
    has_begun: bool,
}

impl<'a, W: Write> RowWriter<'a, W> {
    pub(super) fn new(to: TableFormat, out: &'a mut W) -> Self {
        Self { to, out, held: Rows::default(), has_begun: false }
    }

    /// Writes the rows of a story, which must have the same columns as those of other stories.
    ///
    /// # Errors
    /// Returns an error if the output fails.
    pub(super) fn add(&mut self, rows: Rows) -> io::Result<()> {
        if self.to == TableFormat::Table || rows.rows.is_empty() {
            self.held.extend(rows);
            return Ok(());
        }
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        match self.to {
            TableFormat::Csv => self.out.write_all(rows.csv(is_first).as_bytes()),
            TableFormat::Md => {
                let table = rows.markdown();
                // The first two lines are the headings.
                let skipped = if is_first { 0 } else { 2 };
                table.split_inclusive('\n').skip(skipped).try_for_each(|line| self.out.write_all(line.as_bytes()))
            }
            TableFormat::Json => {
                let array = json::indented(&rows.json());
                let members = array.trim_start_matches('[').trim_end_matches(']').trim_end();
                write!(self.out, "{}{members}", if is_first { '[' } else { ',' })
            }
            TableFormat::Table | TableFormat::Jsonl => write(&rows, self.to, self.out),
        }
    }

    /// Writes what remains after the last story. `noun` names the rows in the message that there are none.
    ///
    /// # Errors
    /// Returns an error if the output fails.
    pub(super) fn end(self, noun: &str) -> io::Result<()> {
        match (self.has_begun, self.to) {
            (false, _) => report(&self.held, noun, self.to, self.out),
            (true, TableFormat::Json) => self.out.write_all(b"\n]\n"),
            (true, _) => Ok(()),
        }
    }
}

/// Writes the rows of a report. A table without rows is replaced by a message on standard error, because its headings
/// depend on the first story.
pub(super) fn report(rows: &Rows, noun: &str, to: TableFormat, out: &mut impl Write) -> io::Result<()> {
    if rows.rows.is_empty() && to == TableFormat::Table {
        print_error(&format!("no {noun} found"));
        return Ok(());
    }
    write(rows, to, out)
}

/// Writes rows in the given format.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn write(rows: &Rows, to: TableFormat, out: &mut impl Write) -> io::Result<()> {
    match to {
        TableFormat::Table => {
            let width = terminal_size::terminal_size().map_or(120, |(width, _)| usize::from(width.0));
            out.write_all(rows.table(width).as_bytes())
        }
        TableFormat::Json => writeln!(out, "{}", json::indented(&rows.json())),
        TableFormat::Jsonl => {
            let all = rows.json();
            all.as_array().into_iter().flatten().try_for_each(|row| writeln!(out, "{}", json::line(row)))
        }
        TableFormat::Csv => out.write_all(rows.csv(true).as_bytes()),
        TableFormat::Md => out.write_all(rows.markdown().as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_analysis::{Analyzer, Options};
    use dateline_core::article::Article;
    use dateline_export as export;

    fn quotes(text: &str) -> Rows {
        let article = Article::verbatim(text, text);
        let analysis = Analyzer::bundled().analyze(&article, &Options::default());
        export::quotes(&article, &analysis, |_| true)
    }

    #[test]
    fn rows_written_as_they_come_are_those_written_at_once() {
        let none = quotes("The ferry sailed.");
        let one = quotes("“The [outer] ramp is mended,” said Mara Odell.");
        let two = quotes("“It | was late,” said Rufus Pell. “We waited,” said Agnes Holt.");
        for stories in [vec![], vec![&none], vec![&none, &one, &none, &two, &one], vec![&two, &none]] {
            for to in [TableFormat::Table, TableFormat::Json, TableFormat::Jsonl, TableFormat::Csv, TableFormat::Md] {
                let (mut all, mut out, mut expected) = (Rows::default(), Vec::new(), Vec::new());
                let mut writer = RowWriter::new(to, &mut out);
                for rows in &stories {
                    all.extend((*rows).clone());
                    writer.add((*rows).clone()).unwrap();
                }
                writer.end("quotes").unwrap();
                report(&all, "quotes", to, &mut expected).unwrap();
                assert_eq!(String::from_utf8(out).unwrap(), String::from_utf8(expected).unwrap(), "{to:?}");
            }
        }
    }
}

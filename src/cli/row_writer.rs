//! Writes the rows of a report as they come, so that a report on a large library takes little memory. Sorted rows and
//! tables for the terminal are written at the end, because they depend on all rows. Until then, the rows are compressed.

use super::library_arg::print_error;
use super::row_spool::RowSpool;
use clap::ValueEnum;
use dateline_export::{Rows, TableLayout, json};
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

/// Number of rows formatted at a time.
const CHUNK: usize = 512;

/// Writer of rows in one format.
pub(super) struct RowWriter<'a, W> {
    to: TableFormat,
    out: &'a mut W,
    /// Columns of the rows.
    columns: Rows,
    /// Rows that are written at the end.
    spool: RowSpool,
    layout: TableLayout,
    /// Whether rows have been written.
    has_begun: bool,
}

impl<'a, W: Write> RowWriter<'a, W> {
    pub(super) fn new(to: TableFormat, out: &'a mut W) -> Self {
        let (columns, spool, layout) = (Rows::default(), RowSpool::default(), TableLayout::default());
        Self { to, out, columns, spool, layout, has_begun: false }
    }

    /// Writes the rows of a story, which must have the same columns as those of other stories.
    ///
    /// # Errors
    /// Returns an error if the output fails.
    pub(super) fn add(&mut self, rows: Rows) -> io::Result<()> {
        if self.to != TableFormat::Table && !rows.rows.is_empty() {
            return self.write_some(&rows);
        }
        self.add_sorted(rows, |_| 0)
    }

    /// Adds the rows of a story, which are written at the end, in the order of their keys. `key` returns the key of the
    /// row with an index.
    ///
    /// # Errors
    /// Returns an error if the rows cannot be kept.
    pub(super) fn add_sorted(&mut self, rows: Rows, key: impl Fn(usize) -> i64) -> io::Result<()> {
        if self.to == TableFormat::Table {
            self.layout.measure(&rows);
        }
        if self.columns.columns.is_empty() {
            self.columns.columns = rows.columns;
        }
        rows.rows.into_iter().enumerate().try_for_each(|(index, row)| self.spool.push(key(index), row))
    }

    /// Writes rows after those that have been written.
    fn write_some(&mut self, rows: &Rows) -> io::Result<()> {
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
            TableFormat::Table => {
                self.out.write_all(self.layout.format(&rows.rows, terminal_width(), is_first).as_bytes())
            }
            TableFormat::Jsonl => write(rows, self.to, self.out),
        }
    }

    /// Writes what remains after the last story. `noun` names the rows in the message that there are none.
    ///
    /// # Errors
    /// Returns an error if the output fails.
    pub(super) fn end(mut self, noun: &str) -> io::Result<()> {
        let mut chunk = Rows { columns: self.columns.columns.clone(), rows: Vec::with_capacity(CHUNK) };
        let spool = std::mem::take(&mut self.spool);
        spool.drain(|row| {
            chunk.rows.push(row);
            if chunk.rows.len() < CHUNK {
                return Ok(());
            }
            self.write_some(&chunk)?;
            chunk.rows.clear();
            Ok(())
        })?;
        if !chunk.rows.is_empty() {
            self.write_some(&chunk)?;
        }
        match (self.has_begun, self.to) {
            (false, _) => report(&self.columns, noun, self.to, self.out),
            (true, TableFormat::Json) => self.out.write_all(b"\n]\n"),
            (true, _) => Ok(()),
        }
    }
}

/// Returns the width of the terminal in cells, 120 if the output goes elsewhere.
fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(120, |(width, _)| usize::from(width.0))
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
            let mut layout = TableLayout::default();
            layout.measure(rows);
            out.write_all(layout.format(&rows.rows, terminal_width(), true).as_bytes())
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
                // The same rows, sorted from the last to the first of each story.
                let (mut out, mut sorted) = (Vec::new(), Vec::new());
                let mut writer = RowWriter::new(to, &mut out);
                let mut place = 0;
                for rows in &stories {
                    let last = place + rows.rows.len() as i64;
                    writer.add_sorted((*rows).clone(), |index| last - index as i64).unwrap();
                    place = last;
                }
                writer.end("quotes").unwrap();
                let mut reversed = Rows { columns: all.columns.clone(), rows: Vec::new() };
                for rows in &stories {
                    reversed.rows.extend(rows.rows.iter().rev().cloned());
                }
                report(&reversed, "quotes", to, &mut sorted).unwrap();
                assert_eq!(String::from_utf8(out).unwrap(), String::from_utf8(sorted).unwrap(), "sorted {to:?}");
            }
        }
    }
}

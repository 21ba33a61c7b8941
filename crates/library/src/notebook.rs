//! Markdown document with the highlights and notes of all articles.

use super::{Library, Result, highlight};
use dateline_core::text::{clean, folded};
use std::fmt::Write as _;

impl Library {
    /// Formats the user's highlights and notes as Markdown, with one section per article, newest first. Articles in the
    /// bin are left out.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn notebook(&self) -> Result<String> {
        self.sections().map_err(|error| self.with_path(error))
    }

    fn sections(&self) -> Result<String> {
        let mut out = String::from("# Highlights and notes\n");
        let mut statement = self.connection.prepare(
            "SELECT a.id, a.headline, a.publisher, a.published, coalesce(a.url, a.source), n.words FROM articles a
             LEFT JOIN notes n ON n.article_id = a.id
             WHERE a.binned_at IS NULL AND (a.highlights > 0 OR n.words IS NOT NULL) ORDER BY a.day DESC, a.id DESC",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let line = |words: &str| clean(&folded(words)).to_string();
            let _ = writeln!(out, "\n## {}\n", line(&row.get::<_, String>(1)?));
            let facts: [Option<String>; 3] = [row.get(2)?, row.get(3)?, row.get(4)?];
            let facts: Vec<String> = facts.iter().flatten().map(|fact| line(fact)).collect();
            let _ = writeln!(out, "{}", facts.join(" · "));
            if let Some(note) = row.get::<_, Option<String>>(5)? {
                let _ = writeln!(out, "\n{}", lines(&note, ""));
            }
            for highlight in highlight::of(&self.connection, row.get(0)?)? {
                let gone = if highlight.anchor.span.is_none() { " (no longer in the text)" } else { "" };
                let _ = writeln!(out, "\n{}{gone}", lines(&highlight.anchor.exact, "> "));
                if !highlight.note.is_empty() {
                    let _ = writeln!(out, "\n{}", lines(&highlight.note, ""));
                }
            }
        }
        Ok(out)
    }
}

/// Formats text line by line, with `mark` before each line. Removes everything that could control a terminal.
fn lines(words: &str, mark: &str) -> String {
    let lines: Vec<String> = words.lines().map(|line| format!("{mark}{}", clean(line)).trim_end().to_owned()).collect();
    lines.join("\n")
}

//! The user's corrections to the annotations of an article.

use super::edit::Edit;
use super::journal::perform;
use super::{Error, Library, Result};
use dateline_analysis::Correction;

impl Library {
    /// Returns the corrections of an article, oldest first. Corrections that this program version cannot read are
    /// skipped.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn corrections(&self, article: i64) -> Result<Vec<Correction>> {
        let stored: rusqlite::Result<Vec<String>> = self
            .connection()
            .prepare_cached("SELECT payload FROM corrections WHERE article_id = ? ORDER BY id")
            .and_then(|mut statement| statement.query_map([article], |row| row.get(0))?.collect());
        let stored = stored.map_err(|error| self.with_path(error))?;
        Ok(stored.iter().filter_map(|payload| serde_json::from_str(payload).ok()).collect())
    }

    /// Adds a correction to an article and records the change in the journal.
    ///
    /// # Errors
    /// Returns an error if the article does not exist or the library cannot be written to.
    pub fn correct(&mut self, article: i64, correction: &Correction) -> Result<()> {
        let payload = serde_json::to_string(correction).map_err(|_| Error::Packed("correction"))?;
        let label = match correction {
            Correction::Speaker { .. } => "set the speaker of a quote",
            Correction::Merge { .. } => "merged two names in a story",
            Correction::Split { .. } => "split off a mention in a story",
            Correction::Date { .. } => "set the date of an event",
            Correction::Dismiss { .. } => "removed a row",
        };
        self.change(|db, by| {
            if !db.prepare_cached("SELECT 1 FROM articles WHERE id = ?")?.exists([article])? {
                return Err(Error::NoArticle);
            }
            perform(db, by, label, &[Edit::Correction { article, payload, was: false, is: true }])
        })
    }
}

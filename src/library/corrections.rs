//! What the reader put right in the annotations of an article.

use super::{Error, Library, Result};
use crate::analysis::Correction;
use rusqlite::params;

impl Library {
    /// The corrections of an article in the order in which they were made. Those that this program cannot read
    /// are passed over.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn corrections(&self, article: i64) -> Result<Vec<Correction>> {
        let stored: rusqlite::Result<Vec<String>> = self
            .connection()
            .prepare_cached("SELECT payload FROM corrections WHERE article_id = ? ORDER BY id")
            .and_then(|mut statement| statement.query_map([article], |row| row.get(0))?.collect());
        let stored = stored.map_err(|error| self.tell(error))?;
        Ok(stored.iter().filter_map(|payload| serde_json::from_str(payload).ok()).collect())
    }

    /// Keeps these corrections of an article, and no others.
    ///
    /// # Errors
    /// When the article is not there or the library cannot be written to.
    pub fn set_corrections(&mut self, article: i64, corrections: &[Correction]) -> Result<()> {
        self.write(|db| {
            db.execute("DELETE FROM corrections WHERE article_id = ?", [article])?;
            let sql = "INSERT INTO corrections (article_id, kind, start, exact, prefix, suffix, payload) \
                       VALUES (?, ?, NULL, '', '', '', ?)";
            for correction in corrections {
                let value = serde_json::to_value(correction).map_err(|_| Error::Packed("correction"))?;
                let kind = value.get("kind").and_then(serde_json::Value::as_str).unwrap_or_default();
                db.prepare_cached(sql)?.execute(params![article, kind, value.to_string()])?;
            }
            Ok(())
        })
    }
}

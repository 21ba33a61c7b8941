//! History of the user's search queries, latest first.

use super::{Library, Result};
use rusqlite::params;

/// Maximum number of queries kept in the history.
const MAX_SEARCHES: i64 = 200;

impl Library {
    /// Adds a query to the front of the history. A query that is already in the history is moved there.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn remember_search(&mut self, query: &str) -> Result<()> {
        self.write(|db| {
            db.execute(
                "INSERT INTO searches (query, at) VALUES (?1, (SELECT coalesce(max(at), 0) + 1 FROM searches))
                 ON CONFLICT (query) DO UPDATE SET at = (SELECT max(at) + 1 FROM searches)",
                [query],
            )?;
            let sql = "DELETE FROM searches WHERE at <= (SELECT max(at) FROM searches) - ?";
            db.execute(sql, params![MAX_SEARCHES])?;
            Ok(())
        })
    }

    /// Returns the queries in the history, latest first.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn searches(&self) -> Result<Vec<String>> {
        let found: rusqlite::Result<Vec<String>> = self
            .connection()
            .prepare_cached("SELECT query FROM searches ORDER BY at DESC")
            .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect());
        found.map_err(|error| self.with_path(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_for_last_comes_first_and_once() {
        let mut library = Library::open_in_memory().unwrap();
        for query in ["weir", "ferry", "weir"] {
            library.remember_search(query).unwrap();
        }
        assert_eq!(library.searches().unwrap(), ["weir", "ferry"]);
    }
}

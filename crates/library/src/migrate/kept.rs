//! Checks that a migration loses no rows that came from articles or from the user.

use crate::{Error, Result};
use rusqlite::{Connection, OptionalExtension};
use std::path::Path;

/// Tables from which no migration step may remove a row. Tables derived from annotations are not listed because they
/// can be rebuilt. Neither is the journal, since a step may have to store it in a different form.
const TABLES: &[&str] = &[
    "articles",
    "texts",
    "sources",
    "versions",
    "identities",
    "tags",
    "article_tags",
    "highlights",
    "notes",
    "positions",
    "corrections",
    "names",
    "aliases",
    "cluster_decisions",
    "saved_views",
    "searches",
    "pair_folders",
    "pair_stories",
    "pair_registers",
    "feeds",
    "fetches",
    "sync_servers",
    "sync_feeds",
    "sync_entries",
    "sync_labels",
];

/// Number of rows in each of [`TABLES`]. Tables that do not exist in the schema version are left out.
pub(super) struct Kept(Vec<(&'static str, i64)>);

impl Kept {
    /// Counts the rows of each table in [`TABLES`].
    ///
    /// # Errors
    /// Returns an error if a table cannot be read.
    pub(super) fn count(db: &Connection) -> Result<Self> {
        let mut counts = Vec::new();
        for &table in TABLES {
            if db.prepare_cached("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")?.exists([table])? {
                counts.push((table, db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?));
            }
        }
        Ok(Self(counts))
    }

    /// Rejects a library that is damaged or has fewer rows than before the migration.
    ///
    /// # Errors
    /// Returns an error that describes the problem.
    pub(super) fn verify(&self, db: &Connection, path: &Path) -> Result<()> {
        let now = Self::count(db)?;
        for (table, before) in &self.0 {
            let after = now.0.iter().find(|(name, _)| name == table).map_or(0, |(_, count)| *count);
            if after < *before {
                let reason = format!("{} of {before} rows of “{table}” would be lost", before - after);
                return Err(Error::Migration(path.to_owned(), reason));
            }
        }
        demand_whole(db, path)
    }
}

/// Rejects a file that is damaged or has a dangling foreign key.
///
/// # Errors
/// Returns an error that describes the problem.
pub(super) fn demand_whole(db: &Connection, path: &Path) -> Result<()> {
    let damaged = |reason| Err(Error::Damaged(path.to_owned(), reason));
    let said: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if said != "ok" {
        return damaged(said);
    }
    match db.query_row("PRAGMA foreign_key_check", [], |row| row.get::<_, String>(0)).optional()? {
        Some(table) => damaged(format!("a row of “{table}” belongs to nothing")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Library;

    fn verified(wrong_step: &str) -> Result<()> {
        let library = Library::open_in_memory()?;
        let db = library.connection();
        db.execute_batch(
            "INSERT INTO saved_views VALUES ('Sea', 'tag:sea', 1); INSERT INTO searches VALUES ('ferry', 1);",
        )?;
        let before = Kept::count(db)?;
        db.pragma_update(None, "foreign_keys", false)?;
        db.execute_batch(wrong_step)?;
        before.verify(db, Path::new("library.db"))
    }

    #[test]
    fn a_step_that_loses_rows_is_refused() {
        assert!(verified("INSERT INTO saved_views VALUES ('Mills', 'mill', 2)").is_ok());
        for step in [
            "DELETE FROM saved_views",
            "DROP TABLE saved_views",
            "CREATE TABLE new AS SELECT * FROM searches LIMIT 0; \
            DROP TABLE searches; ALTER TABLE new RENAME TO searches",
        ] {
            let error = verified(step).unwrap_err().to_string();
            assert!(error.contains("1 of 1 rows of") && error.contains("it was not changed"), "{error}");
        }
    }

    #[test]
    fn a_step_that_leaves_rows_without_their_article_is_refused() {
        let error = verified("INSERT INTO notes VALUES (7, 'Ask.', 0)").unwrap_err();
        assert!(matches!(&error, Error::Damaged(_, reason) if reason.contains("belongs to nothing")), "{error}");
    }
}

//! Merges and splits names for the user, and records these changes in the journal like all others.

use super::edit::{Alias, Edit};
use super::entity_queries::SAME_NAMES;
use super::journal::perform;
use super::{Library, Result};
use rusqlite::{Connection, params};

impl Library {
    /// Merges two names, along with all names already merged with either of them.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn merge_names(&mut self, name: i64, other: i64) -> Result<()> {
        self.rewrite(&[name, other], "merged", |db| {
            db.execute(
                "DELETE FROM aliases WHERE same = 0 AND name_id IN (?1, ?2) AND other_id IN (?1, ?2)",
                [name, other],
            )?;
            let (root, joined) = (root(db, other)?, root(db, name)?);
            if root != joined {
                // A name of the group may have been kept apart from the new representative. The merge replaces that.
                let sql = "UPDATE OR REPLACE aliases SET other_id = ?1 WHERE other_id = ?2 AND same = 1";
                db.execute(sql, [root, joined])?;
                let sql = "INSERT OR REPLACE INTO aliases (name_id, other_id, same) VALUES (?, ?, 1)";
                db.execute(sql, [joined, root])?;
            }
            Ok(())
        })
    }

    /// Splits a name off from the group of names that it was merged into, and from its names of another kind with the
    /// same spelling. If `from` is given, splits the name off from that one only, and records that the two belong to
    /// different people, organisations or places, so that merging them is not suggested.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn split_name(&mut self, name: i64, from: Option<i64>) -> Result<()> {
        if let Some(other) = from {
            return self.keep_apart(name, other);
        }
        self.rewrite(&[name], "split off", |db| {
            db.execute(
                "INSERT OR IGNORE INTO aliases (name_id, other_id, same)
                 SELECT n.id, twin.id, 0 FROM names n JOIN names twin ON twin.name = n.name AND twin.id <> n.id
                 WHERE n.id = ?1 AND NOT EXISTS (SELECT 1 FROM aliases WHERE name_id = twin.id AND other_id = n.id)",
                [name],
            )?;
            split_off(db, name)
        })
    }

    /// Records that two names are different. If they are merged, the first one is split off.
    fn keep_apart(&mut self, name: i64, other: i64) -> Result<()> {
        self.rewrite(&[name, other], "kept apart", |db| {
            let sql = format!("{SAME_NAMES} SELECT 1 FROM same WHERE id = ?2");
            if db.prepare_cached(&sql)?.exists([name, other])? {
                split_off(db, name)?;
            }
            let sql = "INSERT OR REPLACE INTO aliases (name_id, other_id, same) VALUES (?, ?, 0)";
            db.execute(sql, [name, other])?;
            Ok(())
        })
    }

    /// Returns the IDs and texts of the other names in the group of a merged name.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub(crate) fn same_as(&self, name: i64) -> Result<Vec<(i64, String)>> {
        let sql = format!(
            "{SAME_NAMES} SELECT n.id, n.name FROM same s JOIN names n ON n.id = s.id
             WHERE n.id != ?1 AND n.name != (SELECT name FROM names WHERE id = ?1) ORDER BY n.id"
        );
        let found: rusqlite::Result<Vec<(i64, String)>> = self
            .connection()
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_map([name], |row| Ok((row.get(0)?, row.get(1)?)))?.collect());
        found.map_err(|error| self.with_path(error))
    }

    /// Applies `change` to the alias groups of `names`, as a single edit that can be undone.
    fn rewrite(&mut self, names: &[i64], what: &str, change: impl Fn(&Connection) -> Result<()>) -> Result<()> {
        self.change(|db, by| {
            let mut group: Vec<i64> = Vec::new();
            for name in names {
                let mut statement = db.prepare_cached(&format!("{SAME_NAMES} SELECT id FROM same"))?;
                for id in statement.query_map([name], |row| row.get(0))? {
                    group.push(id?);
                }
                group.push(*name);
            }
            let was = aliases(db, &group)?;
            change(db)?;
            let is = aliases(db, &group)?;
            let spelt: Vec<String> = names
                .iter()
                .map(|id| db.query_row("SELECT name FROM names WHERE id = ?", [id], |row| row.get(0)))
                .collect::<rusqlite::Result<_>>()?;
            let label = format!("{what} “{}”", spelt.join("” and “"));
            // Restore the old rows, because applying the recorded edit makes the same change again.
            Edit::Names { was: is.clone(), is: was.clone() }.apply(db)?;
            perform(db, by, &label, &[Edit::Names { was, is }])
        })
    }
}

/// Removes a name from the group of names that it was merged into.
fn split_off(db: &Connection, name: i64) -> Result<()> {
    db.execute("DELETE FROM aliases WHERE same = 1 AND name_id = ?", [name])?;
    // If other names were merged into this one, the first of them becomes their new representative.
    let sql = "SELECT min(name_id) FROM aliases WHERE same = 1 AND other_id = ?";
    let heir: Option<i64> = db.query_row(sql, [name], |row| row.get(0))?;
    if let Some(heir) = heir {
        db.execute("DELETE FROM aliases WHERE same = 1 AND name_id = ?", [heir])?;
        db.execute("UPDATE OR REPLACE aliases SET other_id = ?1 WHERE same = 1 AND other_id = ?2", [heir, name])?;
    }
    Ok(())
}

/// Returns the rows of the alias table that contain any name of `group`.
fn aliases(db: &Connection, group: &[i64]) -> rusqlite::Result<Vec<Alias>> {
    let mut out = Vec::new();
    for name in group {
        let sql = "SELECT name_id, other_id, same FROM aliases WHERE name_id = ?1 OR other_id = ?1";
        let mut statement = db.prepare_cached(sql)?;
        for row in statement.query_map(params![name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))? {
            out.push(row?);
        }
    }
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// Returns the representative of the group that a name was merged into, or the name itself.
fn root(db: &Connection, name: i64) -> rusqlite::Result<i64> {
    let sql = "SELECT coalesce((SELECT other_id FROM aliases WHERE name_id = ?1 AND same = 1), ?1)";
    db.query_row(sql, [name], |row| row.get(0))
}

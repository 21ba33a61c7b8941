//! Schema versions of the library, and the migrations from every older version to the current one.
//!
//! All steps run in one transaction, so a killed process leaves either the old library or the new one. A copy of the
//! old file is kept beside the library until the new one has passed its check, because a faulty step would be committed
//! as well.

mod kept;
mod spare;

use super::guard::APPLICATION_ID;
use super::guard::lock_owner::LockOwner;
use super::{Error, Result, check};
use dateline_core::text::fold;
use kept::Kept;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// SQL scripts of the migration steps. Step `n` migrates a library from schema version `n` to `n + 1`. An empty file
/// has version 0.
const STEPS: &[&str] = &[
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
    include_str!("schema/7.sql"),
    include_str!("schema/8.sql"),
    include_str!("schema/9.sql"),
    include_str!("schema/10.sql"),
    include_str!("schema/11.sql"),
];

/// Schema version of libraries written by this program.
pub(super) const SCHEMA_VERSION: i64 = STEPS.len() as i64;

/// Schema version in which tables derived from annotations last changed. In older libraries these tables are rebuilt,
/// which takes as long as an import without analysis. Newer libraries keep their rows.
const REINDEXED: i64 = 3;

/// First schema version in which the folded forms of names lack strokes and ligatures.
const REFOLDED: i64 = 5;

/// Adds new folded forms for names whose forms still contain strokes or ligatures. Such a name then remains the same
/// name in the library, and keeps everything that the user merged with it. The full-text index is updated later, when
/// the stories are re-annotated.
fn refold_forms(db: &Connection) -> rusqlite::Result<()> {
    let sql = "SELECT form, part, name_id FROM forms WHERE length(form) < octet_length(form)";
    let rows: Vec<(String, i64, i64)> = db
        .prepare(sql)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut insert = db.prepare("INSERT OR IGNORE INTO forms (form, part, name_id) VALUES (?, ?, ?)")?;
    for (form, part, name) in rows {
        let folded = fold(&form);
        if folded != form {
            insert.execute((folded, part, name))?;
        }
    }
    Ok(())
}

/// Migrates a library to the current schema version. An empty file becomes an empty library.
///
/// # Errors
/// Returns an error if the library was written by a newer program, if the old file cannot be copied, or if the result
/// is damaged. The library is then left unchanged.
pub(super) fn migrate(db: &mut Connection, path: &Path) -> Result<()> {
    if schema_version(db)? < SCHEMA_VERSION {
        // Foreign keys are disabled while tables that others refer to are rebuilt
        // (<https://www.sqlite.org/lang_altertable.html#otheralter>). The pragma has no effect within a transaction.
        db.pragma_update(None, "foreign_keys", false)?;
        let outcome = upgrade(db, path);
        db.pragma_update(None, "foreign_keys", true)?;
        outcome?;
    }
    demand_current(db, path)?;
    finish_migration(db, path)
}

/// Runs the pending migrations and commits them once the result has passed the integrity check.
fn upgrade(db: &mut Connection, path: &Path) -> Result<()> {
    let on_disk = is_on_disk(db);
    // Another process may be migrating the library at the same time, so the version is reread under the lock.
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = schema_version(&transaction)?;
    if found >= SCHEMA_VERSION {
        return Ok(());
    }
    let lock_owner = on_disk.then(|| LockOwner::claim_if_free(path, "bringing it up to date")).flatten();
    if found > 0 && on_disk {
        spare::make(path, SCHEMA_VERSION)?;
    }
    let before = Kept::count(&transaction)?;
    let outcome = advance(&transaction, found).and_then(|()| before.verify(&transaction, path));
    let outcome = outcome.and_then(|()| Ok(transaction.commit()?));
    drop(lock_owner);
    if let Err(error) = outcome {
        // Nothing was committed, so the library is still the old file and the copy would only waste space.
        spare::remove(path, SCHEMA_VERSION);
        return Err(error);
    }
    // The file itself must have the new version, even without its WAL.
    Ok(db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}

/// Runs the steps from schema version `found` to the current one. Must be called within a transaction.
fn advance(db: &Connection, found: i64) -> Result<()> {
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or_default()) {
        db.execute_batch(step)?;
    }
    if found < REINDEXED {
        check::derive_all(db)?;
    } else if found < REFOLDED {
        refold_forms(db)?;
    }
    db.pragma_update(None, "application_id", APPLICATION_ID)?;
    Ok(db.pragma_update(None, "user_version", SCHEMA_VERSION)?)
}

/// Runs the pending steps on a damaged library as far as possible, since it will be read through the current tables.
/// The library is a copy, so nothing is lost if a step fails.
pub(super) fn advance_damaged(db: &Connection) {
    let found = schema_version(db).ok().and_then(|found| usize::try_from(found).ok()).unwrap_or(STEPS.len());
    let _ = db.pragma_update(None, "foreign_keys", false);
    for step in STEPS.iter().skip(found) {
        // If a step fails, the data that cannot be read later is reported as lost.
        let _ = db.execute_batch(step);
    }
}

/// Removes the copy left by a migration whose process was killed after the commit.
fn finish_migration(db: &Connection, path: &Path) -> Result<()> {
    if is_on_disk(db) && spare::place(path, SCHEMA_VERSION).exists() {
        kept::demand_whole(db, path)?;
        spare::remove(path, SCHEMA_VERSION);
    }
    Ok(())
}

fn is_on_disk(db: &Connection) -> bool {
    db.path().is_some_and(|path| !path.is_empty())
}

/// Rejects any schema version other than the current one.
pub(super) fn demand_current(db: &Connection, path: &Path) -> Result<()> {
    match schema_version(db)? {
        found if found > SCHEMA_VERSION => Err(Error::Newer { path: path.to_owned(), found, known: SCHEMA_VERSION }),
        found if found < SCHEMA_VERSION => Err(Error::Older(path.to_owned())),
        _ => Ok(()),
    }
}

fn schema_version(db: &Connection) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Creates a library with an older schema version. The library contains one feed.
    fn with_schema(version: usize) -> Connection {
        let db = Connection::open_in_memory().unwrap();
        for step in &STEPS[..version] {
            db.execute_batch(step).unwrap();
        }
        db.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        db.pragma_update(None, "user_version", version as i64).unwrap();
        db.execute("INSERT INTO feeds (url, title) VALUES ('https://example.org/feed', 'Gazette')", []).unwrap();
        db
    }

    #[test]
    fn every_older_schema_is_migrated_without_loss() {
        for version in 1..STEPS.len() {
            let mut db = with_schema(version);
            migrate(&mut db, Path::new("test")).unwrap();
            assert_eq!(super::schema_version(&db).unwrap(), SCHEMA_VERSION);
            let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
            let kept: (String, bool) = db.query_row("SELECT title, full_text FROM feeds", [], read).unwrap();
            assert_eq!(kept, ("Gazette".to_owned(), false), "from form {version}");
        }
    }
    #[test]
    fn a_name_that_was_folded_with_its_strokes_stays_the_same_name() {
        let mut db = with_schema(4);
        db.execute_batch(
            "INSERT INTO names (id, kind, name) VALUES (7, 'person', 'Paweł Żak');
             INSERT INTO forms (form, part, name_id) VALUES ('paweł zak', 0, 7), ('zak', 1, 7);",
        )
        .unwrap();
        migrate(&mut db, Path::new("test")).unwrap();
        let known = super::super::index::known_name(&db, "person", &fold("Paweł Żak")).unwrap();
        assert_eq!(known, Some(7));
    }

    #[test]
    fn stories_of_a_day_are_sorted_by_the_hour_after_the_migration() {
        let mut db = with_schema(4);
        db.execute_batch(
            "INSERT INTO articles (id, uid, source, format, text_hash, headline, published, day, added, words, preview, quotes, events)
             VALUES (1, 'a', 'a', 'text', x'', 'Late', '2024-05-14T18:00:00+02:00', 19857, 0, 1, '', 0, 0),
                    (2, 'b', 'b', 'text', x'', 'Early', '2024-05-14T08:00:00Z', 19857, 0, 1, '', 0, 0),
                    (3, 'c', 'c', 'text', x'', 'Some time', '2024-05-14', 19857, 0, 1, '', 0, 0);",
        )
        .unwrap();
        migrate(&mut db, Path::new("test")).unwrap();
        let sql = "SELECT id FROM articles ORDER BY day DESC, moment DESC, id DESC";
        let mut statement = db.prepare(sql).unwrap();
        let ids: rusqlite::Result<Vec<i64>> = statement.query_map([], |row| row.get(0)).unwrap().collect();
        let ids = ids.unwrap();
        assert_eq!(ids, [1, 2, 3]);
    }

    #[test]
    fn older_changes_keep_their_order_and_corrections_become_changes() {
        let mut db = with_schema(3);
        db.execute_batch(
            "INSERT INTO articles (id, uid, source, format, text_hash, headline, day, added, words, preview, quotes, events)
             VALUES (1, 'a', 'a.txt', 'text', x'', 'Ferry', 0, 0, 1, '', 0, 0);
             INSERT INTO corrections (article_id, kind, exact, prefix, suffix, payload) VALUES (1, 'split', '', '', '', '{}');
             INSERT INTO changes (id, at, label, edits, undone) VALUES
                (1, 5, 'starred 1 article', '[]', 0), (2, 6, 'marked 1 article as read', '[]', 0),
                (3, 7, 'archived 1 article', '[]', 1), (4, 8, 'put 1 article into the bin', '[]', 1);",
        )
        .unwrap();
        migrate(&mut db, Path::new("test")).unwrap();
        let next = |undone: bool| -> Vec<String> {
            let sql = "SELECT label FROM changes WHERE undone = ? ORDER BY sequence DESC, id DESC";
            let mut statement = db.prepare(sql).unwrap();
            let labels = statement.query_map([undone], |row| row.get(0)).unwrap();
            labels.collect::<rusqlite::Result<_>>().unwrap()
        };
        assert_eq!(next(false), ["starred 1 article", "corrected an annotation"]);
        assert_eq!(next(true), ["archived 1 article", "put 1 article into the bin"]);
    }
}

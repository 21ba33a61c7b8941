//! The form of the library and the steps from every older one to it, all in one transaction.

use super::{Error, Result, check};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// Marks the file as a library of Dateline: "DLNE".
pub(super) const APPLICATION: i64 = 0x444c_4e45;

/// The steps: number `n` leads from form `n` to form `n + 1`; an empty file has form 0.
const STEPS: &[&str] = &[
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
];

/// The form that this program writes.
pub(super) const FORM: i64 = STEPS.len() as i64;

/// Brings a library to the present form; an empty file becomes an empty library.
pub(super) fn migrate(db: &mut Connection, path: &Path) -> Result<()> {
    if form(db)? >= FORM {
        return demand_current(db, path);
    }
    // Tables that others refer to are made anew (<https://www.sqlite.org/lang_altertable.html#otheralter>);
    // this has no effect within a transaction.
    db.pragma_update(None, "foreign_keys", false)?;
    let outcome = step(db);
    db.pragma_update(None, "foreign_keys", true)?;
    outcome?;
    demand_current(db, path)
}

fn step(db: &mut Connection) -> Result<()> {
    // Another instance may do the same at the same time: look again once the lock is ours.
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = form(&transaction)?;
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or_default()) {
        transaction.execute_batch(step)?;
    }
    if found < FORM {
        check::derive_all(&transaction)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", FORM)?;
    }
    transaction.commit()?;
    if found < FORM {
        // The file itself shall tell what it is, even without the log beside it.
        db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    }
    Ok(())
}

/// Refuses any form but the present one.
pub(super) fn demand_current(db: &Connection, path: &Path) -> Result<()> {
    match form(db)? {
        found if found > FORM => Err(Error::Newer { path: path.to_owned(), found, known: FORM }),
        found if found < FORM => Err(Error::Older(path.to_owned())),
        _ => Ok(()),
    }
}

fn form(db: &Connection) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A library as the program of that form wrote it, with a feed in it.
    fn of_form(form: usize) -> Connection {
        let db = Connection::open_in_memory().unwrap();
        for step in &STEPS[..form] {
            db.execute_batch(step).unwrap();
        }
        db.pragma_update(None, "application_id", APPLICATION).unwrap();
        db.pragma_update(None, "user_version", form as i64).unwrap();
        db.execute("INSERT INTO feeds (url, title) VALUES ('https://example.org/feed', 'Gazette')", []).unwrap();
        db
    }

    #[test]
    fn every_older_form_is_brought_up_to_date_and_keeps_what_it_holds() {
        for form in 1..STEPS.len() {
            let mut db = of_form(form);
            migrate(&mut db, Path::new("test")).unwrap();
            assert_eq!(super::form(&db).unwrap(), FORM);
            let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
            let kept: (String, bool) = db.query_row("SELECT title, full_text FROM feeds", [], read).unwrap();
            assert_eq!(kept, ("Gazette".to_owned(), false), "from form {form}");
        }
    }
}

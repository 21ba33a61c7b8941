//! Current values of the data that edits change.

use super::edit::Flag;
use super::{Error, Result};
use dateline_core::text::folded;
use rusqlite::{Connection, OptionalExtension, params};

/// Reads a flag of an article.
///
/// # Errors
/// Returns an error if the article does not exist.
pub(super) fn flag(db: &Connection, article: i64, flag: Flag) -> Result<bool> {
    let is = db.prepare_cached(flag.sql().0)?.query_row([article], |row| row.get(0)).optional()?;
    is.ok_or(Error::NoArticle)
}

/// Reads the query of a saved view.
pub(super) fn view(db: &Connection, name: &str) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT query FROM saved_views WHERE name = ?")?.query_row([name], |row| row.get(0)).optional()
}

/// Returns whether an article has a tag.
pub(super) fn has_tag(db: &Connection, article: i64, tag: &str) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT 1 FROM article_tags t JOIN tags n ON n.id = t.tag_id WHERE t.article_id = ? AND n.name = ?",
    )?
    .exists(params![article, folded(tag)])
}

/// Reads the note on an article.
pub(crate) fn note(db: &Connection, article: i64) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT words FROM notes WHERE article_id = ?")?.query_row([article], |row| row.get(0)).optional()
}

//! Reads what the library has stored of stories and their clusters.

use super::model::{MAX_COUNTED, Story, crowding};
use super::signature::Signature;
use crate::Result;
use rusqlite::{Connection, OptionalExtension, Row};

/// A story and the groups that it is stored in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// ID of the story.
    pub(super) id: i64,
    /// Cluster of the story, if it has one.
    pub(super) cluster: Option<i64>,
    /// Group of stories with mostly the same words, if it is in one.
    pub(super) copies: Option<i64>,
}

/// Reads a story as it is compared with others. Returns `None` if it has no signature yet.
pub(super) fn story(db: &Connection, id: i64) -> Result<Option<Story>> {
    let read = |row: &Row<'_>| {
        let signature = Signature::unpack(row.get_ref(2)?.as_blob()?);
        Ok(Story { id, day: row.get(0)?, outlet: row.get(1)?, signature })
    };
    let sql = "SELECT day, outlet, signature FROM story_signatures WHERE article_id = ?";
    Ok(db.prepare_cached(sql)?.query_row([id], read).optional()?)
}

/// Returns by how much stories of a day must be more alike than those of a quiet one. Without a day, nothing.
pub(super) fn crowding_of(db: &Connection, day: Option<i64>) -> Result<f64> {
    let Some(day) = day else { return Ok(0.0) };
    let sql = "SELECT count(*) FROM (SELECT 1 FROM articles WHERE binned_at IS NULL AND day BETWEEN ? AND ? LIMIT ?)";
    let values = [day - 1, day + 1, MAX_COUNTED as i64];
    let count: i64 = db.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
    Ok(crowding(usize::try_from(count).unwrap_or_default()))
}

/// Returns the stories of a story's cluster in order of their IDs, at most `limit` of them, or only the story itself.
pub(super) fn cluster_of(db: &Connection, id: i64, limit: usize) -> Result<Vec<Placed>> {
    let sql = "SELECT o.article_id, o.cluster, o.copies FROM cluster_members m
        JOIN cluster_members o ON o.cluster = m.cluster WHERE m.article_id = ? ORDER BY o.article_id LIMIT ?";
    let read = |row: &Row<'_>| Ok(Placed { id: row.get(0)?, cluster: row.get(1)?, copies: row.get(2)? });
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let found: Vec<Placed> = db.prepare_cached(sql)?.query_map([id, limit], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(if found.is_empty() { vec![Placed { id, cluster: None, copies: None }] } else { found })
}

//! Finds stories with a query, either ordered by day and one page at a time, or with the best matches first.
//!
//! Words that occur in most stories must be as fast to search as rare ones, because every word begins as a single
//! letter while it is being typed. Therefore, the first rows are found in one of three ways, depending on how many
//! stories match. A few stories are ranked or sorted. Many stories are marked in a bitmap, and the list is read along
//! its index, testing each row against the bitmap. If too many stories match to be ranked, the best ones are those with
//! the words in the headline.

mod empty;
mod prefix;
mod ready;

pub use empty::EmptyResult;

use super::query::{Compiled, FtsMatch, Query};
use super::{Library, Result};
use jiff::civil::Date;
use ready::Ready;
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

/// Maximum number of matching stories to rank.
const RANKED: usize = 1_000;
/// Maximum number of matching stories to sort. If more stories match, they are marked in a bitmap.
const MARKED: usize = 4_000;
/// Rank weight of a word in the headline, relative to a word in the text.
const HEADLINE_WEIGHT: f64 = 8.0;

/// Order of search results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Newest first.
    #[default]
    Newest,
    /// Oldest first.
    Oldest,
    /// Best match first. Rare words and words in the headline count most. If thousands of stories match, those with the
    /// words in the headline come first, then the others, both newest first. For a query without words, the same as
    /// [`Order::Newest`].
    Best,
}

/// Number of stories found, counted up to a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Count {
    /// Number of stories counted, at most the limit.
    pub counted: usize,
    /// Whether there are more stories than were counted.
    pub more: bool,
}

impl Order {
    const fn direction(self) -> &'static str {
        match self {
            Self::Newest | Self::Best => "DESC",
            Self::Oldest => "ASC",
        }
    }
}

impl Library {
    /// Returns the IDs of at most `limit` stories found by a query. Relative dates are resolved against `today`.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn found(&self, query: &Query, today: Date, order: Order, limit: usize) -> Result<Vec<i64>> {
        self.searched(|db| match order {
            Order::Best => best(db, query, today, limit),
            Order::Newest | Order::Oldest => by_day(db, &ready(db, query, today)?, order, limit),
        })
    }

    /// Counts the stories found by a query, but at most `most`.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn count_found(&self, query: &Query, today: Date, most: usize) -> Result<Count> {
        let counted = self.searched(|db| {
            let (from, mut values) = ready(db, query, today)?.source();
            values.push((most.saturating_add(1) as i64).into());
            let sql = format!("SELECT count(*) FROM (SELECT 1 {from} LIMIT ?)");
            db.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get::<_, i64>(0))
        })? as usize;
        Ok(Count { counted: counted.min(most), more: counted > most })
    }

    fn searched<T>(&self, search: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        search(self.connection()).map_err(|error| self.with_path(error))
    }
}

/// Compiles a query and prepares it to be run on a library.
pub(super) fn ready(db: &Connection, query: &Query, today: Date) -> rusqlite::Result<Ready> {
    Ready::new(db, compiled(db, query, today)?)
}

fn compiled(db: &Connection, query: &Query, today: Date) -> rusqlite::Result<Compiled> {
    prefix::open_vocabulary(db)?;
    let merged = db.prepare_cached("SELECT 1 FROM aliases")?.exists([])?;
    let mut compiled = query.compile(today, merged);
    let expanded = compiled.matching.iter().map(|asked| prefix::expand_prefixes(db, asked));
    compiled.matching = expanded.collect::<rusqlite::Result<_>>()?;
    Ok(compiled)
}

fn best(db: &Connection, query: &Query, today: Date, limit: usize) -> rusqlite::Result<Vec<i64>> {
    let compiled = compiled(db, query, today)?;
    let in_title = query.in_title();
    let titled = || {
        if in_title == *query {
            return Ok(Vec::new());
        }
        by_day(db, &ready(db, &in_title, today)?, Order::Newest, limit)
    };
    let many = are_many(db, &compiled)?;
    let first = if many { Some(titled()?) } else { None };
    if let Some(full) = first.as_ref().filter(|first| first.len() >= limit) {
        // The list is full of headline matches, so the others are not needed.
        return Ok(full.clone());
    }
    let ready = Ready::new(db, compiled)?;
    if !many
        && ready.matches().is_some_and(|count| count <= RANKED)
        && let Some((from, mut values)) = ready.ranked(db)?
    {
        let sql = format!(
            "SELECT a.id {from} ORDER BY bm25(search, {HEADLINE_WEIGHT}, 1.0, 0.0, 0.0), a.day DESC, a.moment DESC LIMIT ?"
        );
        values.push(limited(limit));
        return ids(db, &sql, values);
    }
    let mut out = first.map_or_else(titled, Ok)?;
    if out.len() < limit {
        let others = by_day(db, &ready, Order::Newest, limit)?;
        let known: std::collections::HashSet<i64> = out.iter().copied().collect();
        out.extend(others.into_iter().filter(|id| !known.contains(id)));
        out.truncate(limit);
    }
    Ok(out)
}

/// Returns whether the whole query can be answered by a single index and has too many matches to be ranked. For a word,
/// FTS5 yields matches one at a time. For a prefix, it first collects all of them, so requesting a thousand costs
/// almost as much as requesting all.
fn are_many(db: &Connection, compiled: &Compiled) -> rusqlite::Result<bool> {
    let [asked] = compiled.matching.as_slice() else { return Ok(false) };
    if prefix::has_prefix(asked) {
        return Ok(false);
    }
    let FtsMatch { index, words } = asked;
    let sql = format!("{} LIMIT 1 OFFSET ?2", index.sql());
    db.prepare_cached(&sql)?.exists(params![words, RANKED as i64])
}

/// Returns the IDs of at most `limit` matching stories, ordered by day.
fn by_day(db: &Connection, ready: &Ready, order: Order, limit: usize) -> rusqlite::Result<Vec<i64>> {
    sorted(db, ready.source(), order, limit)
}

fn sorted(
    db: &Connection,
    (from, mut values): (String, Vec<Value>),
    order: Order,
    limit: usize,
) -> rusqlite::Result<Vec<i64>> {
    let direction = order.direction();
    let sql = format!("SELECT a.id {from} ORDER BY a.day {direction}, a.moment {direction}, a.id {direction} LIMIT ?");
    values.push(limited(limit));
    ids(db, &sql, values)
}

fn ids(db: &Connection, sql: &str, values: Vec<Value>) -> rusqlite::Result<Vec<i64>> {
    db.prepare_cached(sql)?.query_map(params_from_iter(values), |row| row.get(0))?.collect()
}

fn limited(limit: usize) -> Value {
    i64::try_from(limit).unwrap_or(i64::MAX).into()
}

#[cfg(test)]
mod tests;

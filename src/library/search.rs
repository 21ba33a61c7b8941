//! Stories by query: in the order of their days a window at a time, or the best first.
//!
//! Words that most stories hold must be as quick as rare ones, since every word begins as one
//! letter. Three ways to the first rows, by how many stories match:
//! few are ranked or sorted; many are marked, and the list is walked along its index past the
//! marks; and the best of too many are those that have the words in the headline.

use super::query::{Compiled, Query};
use super::{Error, Key, Library, Result, Row, codec};
use crate::article::Article;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

/// The most stories that are ranked by how well they match.
const RANKED: usize = 2_000;
/// From so many on, stories that match are marked rather than sorted.
const MARKED: usize = 8_000;
/// A word of the headline counts for so many of the text's.
const HEADLINE_WEIGHT: f64 = 8.0;

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// The latest day first.
    #[default]
    Newest,
    /// The earliest day first.
    Oldest,
}

/// How many stories there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// So many were counted.
    pub counted: usize,
    /// Whether there are more.
    pub more: bool,
}

impl Order {
    const fn direction(self) -> &'static str {
        match self {
            Self::Newest => "DESC",
            Self::Oldest => "ASC",
        }
    }

    const fn behind(self) -> &'static str {
        match self {
            Self::Newest => "<",
            Self::Oldest => ">",
        }
    }
}

impl Library {
    /// At most `limit` stories that a query finds, by day, from the beginning or behind the one
    /// with the key `after`. `today` is the clock that relative days count from.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn find(&self, query: &Query, today: Date, order: Order, after: Option<Key>, limit: usize) -> Result<Vec<Row>> {
        let compiled = query.compile(today);
        let ids = by_day(self.connection(), &compiled, order, after, limit).map_err(|error| self.tell(error))?;
        self.rows(&ids)
    }

    /// The numbers of at most `limit` stories that a query finds, the best match first: rare words
    /// and words of the headline count most. When thousands match, those with the words in the
    /// headline come first, the latest of them first, and then the latest of the others. A query
    /// without words gives the latest first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn best(&self, query: &Query, today: Date, limit: usize) -> Result<Vec<i64>> {
        let compiled = query.compile(today);
        best(self.connection(), &compiled, limit).map_err(|error| self.tell(error))
    }

    /// How many stories a query finds, counted up to `most`.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn count_found(&self, query: &Query, today: Date, most: usize) -> Result<Count> {
        let compiled = query.compile(today);
        let (from, mut values) = source(&compiled);
        let sql = format!("SELECT count(*) FROM (SELECT 1 {from} LIMIT ?)");
        values.push((most.saturating_add(1) as i64).into());
        let counted: rusqlite::Result<i64> = self
            .connection()
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_row(params_from_iter(values), |row| row.get(0)));
        let counted = counted.map_err(|error| self.tell(error))? as usize;
        Ok(Count { counted: counted.min(most), more: counted > most })
    }

    /// The numbers of all stories that a query finds, by day.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn found(&self, query: &Query, today: Date, order: Order) -> Result<Vec<i64>> {
        let compiled = query.compile(today);
        sorted(self.connection(), &compiled, order, None, usize::MAX).map_err(|error| self.tell(error))
    }
}

impl Library {
    /// The text of an article alone: what snippets are cut from.
    ///
    /// # Errors
    /// When it is not there or cannot be read back.
    pub fn text(&self, id: i64) -> Result<String> {
        let packed: Option<Vec<u8>> = self
            .connection()
            .prepare_cached("SELECT article FROM texts WHERE article_id = ?")
            .and_then(|mut statement| statement.query_row([id], |row| row.get(0)).optional())
            .map_err(|error| self.tell(error))?;
        let article: Article = codec::unpack(&packed.ok_or(Error::NoArticle)?, "article")?;
        Ok(article.text)
    }
}

/// The tables and conditions of a compiled query, and the values of its parameters.
pub(super) fn source(compiled: &Compiled) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = compiled.matching.iter().cloned().map(Value::from).collect();
    values.extend(compiled.values.iter().cloned());
    let tables = match compiled.matching {
        Some(_) => "FROM search CROSS JOIN articles a ON a.id = search.rowid WHERE search MATCH ? AND",
        None => "FROM articles a WHERE",
    };
    (format!("{tables} {}", compiled.conditions), values)
}

fn best(db: &Connection, compiled: &Compiled, limit: usize) -> rusqlite::Result<Vec<i64>> {
    let Some(matching) = &compiled.matching else { return by_day(db, compiled, Order::Newest, None, limit) };
    if !more_than(db, matching, RANKED)? {
        let (from, mut values) = source(compiled);
        let sql = format!("SELECT a.id {from} ORDER BY bm25(search, {HEADLINE_WEIGHT}, 1.0, 0.0), a.day DESC LIMIT ?");
        values.push(limited(limit));
        return ids(db, &sql, values);
    }
    let in_headline = Compiled { matching: Some(format!("{{headline}} : ({matching})")), ..compiled.clone() };
    let mut out = by_day(db, &in_headline, Order::Newest, None, limit)?;
    if out.len() < limit {
        let others = by_day(db, compiled, Order::Newest, None, limit)?;
        let known: std::collections::HashSet<i64> = out.iter().copied().collect();
        out.extend(others.into_iter().filter(|id| !known.contains(id)));
        out.truncate(limit);
    }
    Ok(out)
}

fn by_day(
    db: &Connection,
    compiled: &Compiled,
    order: Order,
    after: Option<Key>,
    limit: usize,
) -> rusqlite::Result<Vec<i64>> {
    match &compiled.matching {
        Some(matching) if compiled.plain && more_than(db, matching, MARKED)? => {
            walked(db, matching, order, after, limit)
        }
        _ => sorted(db, compiled, order, after, limit),
    }
}

/// Finds all, sorts them, and gives the first.
fn sorted(
    db: &Connection,
    compiled: &Compiled,
    order: Order,
    after: Option<Key>,
    limit: usize,
) -> rusqlite::Result<Vec<i64>> {
    let (from, mut values) = source(compiled);
    let direction = order.direction();
    let mut sql = format!("SELECT a.id {from}");
    if let Some(key) = after {
        sql.push_str(&format!(" AND (a.day, a.id) {} (?, ?)", order.behind()));
        values.extend([key.day.into(), key.id.into()]);
    }
    sql.push_str(&format!(" ORDER BY a.day {direction}, a.id {direction} LIMIT ?"));
    values.push(limited(limit));
    ids(db, &sql, values)
}

/// Marks all that match and walks the list past them: quick when there are many.
fn walked(
    db: &Connection,
    matching: &str,
    order: Order,
    after: Option<Key>,
    limit: usize,
) -> rusqlite::Result<Vec<i64>> {
    let mut marked = Marks::default();
    let mut statement = db.prepare_cached("SELECT rowid FROM search WHERE search MATCH ?")?;
    let mut rows = statement.query([matching])?;
    while let Some(row) = rows.next()? {
        marked.set(row.get(0)?);
    }
    let direction = order.direction();
    let behind = after.map_or_else(String::new, |_| format!("AND (day, id) {} (?, ?)", order.behind()));
    let sql =
        format!("SELECT id FROM articles WHERE binned_at IS NULL {behind} ORDER BY day {direction}, id {direction}");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(after.iter().flat_map(|key| [key.day, key.id])))?;
    let mut out = Vec::new();
    while out.len() < limit {
        let Some(row) = rows.next()? else { break };
        let id = row.get(0)?;
        if marked.has(id) {
            out.push(id);
        }
    }
    Ok(out)
}

/// Whether more than so many stories match, at the cost of looking at so many.
fn more_than(db: &Connection, matching: &str, most: usize) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1 OFFSET ?")?
        .exists(rusqlite::params![matching, most as i64])
}

fn ids(db: &Connection, sql: &str, values: Vec<Value>) -> rusqlite::Result<Vec<i64>> {
    db.prepare_cached(sql)?.query_map(params_from_iter(values), |row| row.get(0))?.collect()
}

fn limited(limit: usize) -> Value {
    i64::try_from(limit).unwrap_or(i64::MAX).into()
}

/// A bit a story.
#[derive(Default)]
struct Marks(Vec<u64>);

impl Marks {
    fn set(&mut self, id: i64) {
        let Ok(id) = usize::try_from(id) else { return };
        if self.0.len() <= id / 64 {
            self.0.resize(id / 64 + 1, 0);
        }
        if let Some(word) = self.0.get_mut(id / 64) {
            *word |= 1 << (id % 64);
        }
    }

    fn has(&self, id: i64) -> bool {
        usize::try_from(id).is_ok_and(|id| self.0.get(id / 64).is_some_and(|word| word >> (id % 64) & 1 == 1))
    }
}

#[cfg(test)]
mod tests;

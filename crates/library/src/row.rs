//! Lists, a window at a time: what a row shows, and where the next window begins. Never a whole
//! list: each is read along an index from the row before.

use super::{Library, Result};
use rusqlite::{Row as SqlRow, params_from_iter, types::Value};

/// What a list shows of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "independent marks, not states")]
pub struct Row {
    /// Its number in this library.
    pub id: i64,
    /// Its name outside of this library.
    pub uid: String,
    /// Its headline, or its first words.
    pub headline: String,
    /// Its first words.
    pub preview: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it was read from.
    pub source: String,
    /// When it was published: ISO 8601, as exact as known.
    pub published: Option<String>,
    /// Whether that was inferred from the text.
    pub inferred: bool,
    /// The day that it is sorted by, in days since 1970-01-01: of publication, else of addition.
    pub day: i64,
    /// When it came in, in Unix seconds.
    pub added: i64,
    /// The words of its text.
    pub words: usize,
    /// How many quotes it holds.
    pub quotes: usize,
    /// How many dated events.
    pub events: usize,
    /// How many of the reader's highlights.
    pub highlights: usize,
    /// How many older texts are kept.
    pub versions: usize,
    /// Whether it was read.
    pub read: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// Whether it is archived.
    pub archived: bool,
    /// When it was put into the bin.
    pub binned_at: Option<i64>,
}

/// The columns that [`Row::read`] reads, of a table `articles` called `a`.
pub(super) const COLUMNS: &str = "a.id, a.uid, a.headline, a.preview, a.publisher, a.source, a.published, a.day, a.added, \
    a.words, a.quotes, a.events, a.highlights, a.versions, a.read, a.starred, a.archived, a.binned_at, a.published_source IS 'inferred'";

/// Where a row stands in its list: the next window begins behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The day, or for the bin the moment.
    pub day: i64,
    /// The article.
    pub id: i64,
}

/// The lists that are always there, newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum List {
    /// What is neither archived nor binned.
    #[default]
    Inbox,
    /// What of that was not read.
    Unread,
    /// Everything but the bin.
    All,
    /// What is starred.
    Starred,
    /// The bin, last binned first.
    Bin,
}

impl List {
    /// The condition, worded as its index has it.
    const fn condition(self) -> &'static str {
        match self {
            Self::Inbox => "a.binned_at IS NULL AND a.archived = 0",
            Self::Unread => "a.binned_at IS NULL AND a.archived = 0 AND a.read = 0",
            Self::All => "a.binned_at IS NULL",
            Self::Starred => "a.binned_at IS NULL AND a.starred = 1",
            Self::Bin => "a.binned_at IS NOT NULL",
        }
    }

    const fn order(self) -> &'static str {
        match self {
            Self::Bin => "a.binned_at",
            _ => "a.day",
        }
    }

    /// Where a row stands in this list.
    #[must_use]
    pub fn key(self, row: &Row) -> Key {
        let day = if self == Self::Bin { row.binned_at.unwrap_or_default() } else { row.day };
        Key { day, id: row.id }
    }
}

impl Row {
    /// Reads [`COLUMNS`].
    pub(super) fn read(row: &SqlRow<'_>) -> rusqlite::Result<Self> {
        let count = |at: usize| row.get::<_, i64>(at).map(|count| count as usize);
        Ok(Self {
            id: row.get(0)?,
            uid: row.get(1)?,
            headline: row.get(2)?,
            preview: row.get(3)?,
            publisher: row.get(4)?,
            source: row.get(5)?,
            published: row.get(6)?,
            inferred: row.get(18)?,
            day: row.get(7)?,
            added: row.get(8)?,
            words: count(9)?,
            quotes: count(10)?,
            events: count(11)?,
            highlights: count(12)?,
            versions: count(13)?,
            read: row.get(14)?,
            starred: row.get(15)?,
            archived: row.get(16)?,
            binned_at: row.get(17)?,
        })
    }
}

impl Library {
    /// At most `limit` rows of a list, from the beginning or behind the row with the key `after`.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn page(&self, list: List, after: Option<Key>, limit: usize) -> Result<Vec<Row>> {
        let order = list.order();
        let behind = if after.is_some() { format!(" AND ({order}, a.id) < (?, ?)") } else { String::new() };
        let sql = format!(
            "SELECT {COLUMNS} FROM articles a WHERE {}{behind} ORDER BY {order} DESC, a.id DESC LIMIT ?",
            list.condition()
        );
        let mut values: Vec<Value> = after.map_or_else(Vec::new, |key| vec![key.day.into(), key.id.into()]);
        values.push((limit as i64).into());
        let rows = self.connection.prepare_cached(&sql).and_then(|mut statement| {
            let rows = statement.query_map(params_from_iter(values), Row::read)?;
            rows.collect()
        });
        rows.map_err(|error| self.tell(error))
    }

    /// At most `limit` rows of a list that stand before the row with the key `before`, in the
    /// order of the list.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn page_before(&self, list: List, before: Key, limit: usize) -> Result<Vec<Row>> {
        let order = list.order();
        let sql = format!(
            "SELECT {COLUMNS} FROM articles a WHERE {} AND ({order}, a.id) > (?, ?) ORDER BY {order}, a.id LIMIT ?",
            list.condition()
        );
        let rows: rusqlite::Result<Vec<Row>> = self
            .connection
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_map([before.day, before.id, limit as i64], Row::read)?.collect());
        let mut rows = rows.map_err(|error| self.tell(error))?;
        rows.reverse();
        Ok(rows)
    }

    /// Rows by number, in the order asked for; numbers of no article are passed over.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn rows(&self, ids: &[i64]) -> Result<Vec<Row>> {
        let sql = format!("SELECT {COLUMNS} FROM articles a WHERE a.id = ?");
        let mut statement = self.connection.prepare_cached(&sql).map_err(|error| self.tell(error))?;
        let mut out = Vec::with_capacity(ids.len());
        for id in ids {
            for row in statement.query_map([id], Row::read).map_err(|error| self.tell(error))? {
                out.push(row.map_err(|error| self.tell(error))?);
            }
        }
        Ok(out)
    }

    /// How many articles a list holds.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn count(&self, list: List) -> Result<usize> {
        let sql = format!("SELECT count(*) FROM articles a WHERE {}", list.condition());
        let count: rusqlite::Result<i64> = self.connection.query_row(&sql, [], |row| row.get(0));
        count.map(|count| count as usize).map_err(|error| self.tell(error))
    }
}

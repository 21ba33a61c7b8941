//! Reads lists of stories one page at a time: the rows, and the keys at which the following pages start. A list is
//! never read in full. Each page is read along an index, starting at the last row of the previous page.

use super::{Library, Result};
use rusqlite::{Row as SqlRow, params_from_iter, types::Value};

/// Row of a list, which describes one article.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "independent marks, not states")]
pub struct StoryRow {
    /// ID of the article in this library.
    pub id: i64,
    /// ID of the article that is also valid in other libraries.
    pub uid: String,
    /// Headline of the article, or its first words if it has none.
    pub headline: String,
    /// First words of the article's text.
    pub preview: String,
    /// Publisher of the article.
    pub publisher: Option<String>,
    /// Name of the file, feed or page from which the article was read.
    pub source: String,
    /// URL of the article's page.
    pub url: Option<String>,
    /// Publication date in ISO 8601, as precisely as it is known.
    pub published: Option<String>,
    /// Whether the publication date was inferred from the text.
    pub inferred: bool,
    /// Day by which lists are sorted, in days since 1970-01-01. This is the day of publication or, for undated
    /// articles, of addition to the library.
    pub day: i64,
    /// Time of publication in Unix seconds; 0 if only the day is known.
    pub moment: i64,
    /// Time when the article was added to the library, in Unix seconds.
    pub added: i64,
    /// Number of words in the article's text.
    pub words: usize,
    /// Number of quotes in the article.
    pub quotes: usize,
    /// Number of dated events in the article.
    pub events: usize,
    /// Number of highlights that the user made in the article.
    pub highlights: usize,
    /// Number of older texts of the article.
    pub versions: usize,
    /// Whether the article has been read.
    pub read: bool,
    /// Whether the article is starred.
    pub starred: bool,
    /// Whether the article is archived.
    pub archived: bool,
    /// Time when the article was moved to the bin, in Unix seconds; `None` if it is not in the bin.
    pub binned_at: Option<i64>,
}

/// SQL columns that [`StoryRow::read`] reads, from the table `articles` with the alias `a`.
pub(super) const COLUMNS: &str = "a.id, a.uid, a.headline, a.preview, a.publisher, a.source, a.published, a.day, a.added, \
    a.words, a.quotes, a.events, a.highlights, a.versions, a.read, a.starred, a.archived, a.binned_at, a.published_source IS 'inferred', a.moment, a.url";

/// Sort key of a row in its list. The next page starts after this key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RowKey {
    /// Day in days since 1970-01-01. In the bin, the time when the article was moved there, in Unix seconds.
    pub day: i64,
    /// Time of publication in Unix seconds. It is 0 if only the day is known, and in the bin.
    pub moment: i64,
    /// ID of the article in this library.
    pub id: i64,
}

impl RowKey {
    /// Returns the values of the columns by which rows are sorted.
    pub(crate) const fn values(self) -> [i64; 3] {
        [self.day, self.moment, self.id]
    }
}

/// Built-in list of stories, newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum List {
    /// Stories that are neither archived nor in the bin.
    #[default]
    Inbox,
    /// Unread stories in the inbox.
    Unread,
    /// All stories except those in the bin.
    All,
    /// Starred stories.
    Starred,
    /// Stories in the bin, most recently deleted first.
    Bin,
}

impl List {
    /// Returns the SQL condition for stories in this list. It is spelt exactly as in the list's partial index because
    /// SQLite can use that index only then.
    const fn condition(self) -> &'static str {
        match self {
            Self::Inbox => "a.binned_at IS NULL AND a.archived = 0",
            Self::Unread => "a.binned_at IS NULL AND a.archived = 0 AND a.read = 0",
            Self::All => "a.binned_at IS NULL",
            Self::Starred => "a.binned_at IS NULL AND a.starred = 1",
            Self::Bin => "a.binned_at IS NOT NULL",
        }
    }

    /// Returns the columns by which the list is sorted, in the order of its index. The second column is not needed in
    /// the bin.
    const fn order(self) -> [&'static str; 3] {
        match self {
            Self::Bin => ["a.binned_at", "0", "a.id"],
            _ => ["a.day", "a.moment", "a.id"],
        }
    }

    /// Returns the SQL condition, beginning with `AND`, for stories that come before all others of their cluster in the
    /// list. `column` names the cluster.
    pub(crate) fn is_first_of(self, column: &str) -> String {
        let condition = self.condition().replace("a.", "b.");
        let [day, moment, id] = self.order();
        format!(
            " AND NOT EXISTS (
                SELECT 1 FROM cluster_members m JOIN cluster_members o ON o.{column} = m.{column}
                JOIN articles b ON b.id = o.article_id
                WHERE m.article_id = a.id AND {condition} AND (b.day, b.moment, b.id) > ({day}, {moment}, {id}))"
        )
    }

    /// Formats the sort columns of the list for SQL, in one direction.
    fn sorted(self, direction: &str) -> String {
        let columns =
            self.order().map(|column| if column == "0" { String::new() } else { format!("{column} {direction}") });
        columns.into_iter().filter(|column| !column.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Returns the sort key of a row in this list.
    fn key(self, row: &StoryRow) -> RowKey {
        match self {
            Self::Bin => RowKey { day: row.binned_at.unwrap_or_default(), moment: 0, id: row.id },
            _ => RowKey { day: row.day, moment: row.moment, id: row.id },
        }
    }
}

impl StoryRow {
    /// Reads a row with the columns in [`COLUMNS`].
    pub(crate) fn read(row: &SqlRow<'_>) -> rusqlite::Result<Self> {
        let count = |at: usize| row.get::<_, i64>(at).map(|count| count as usize);
        Ok(Self {
            id: row.get(0)?,
            uid: row.get(1)?,
            headline: row.get(2)?,
            preview: row.get(3)?,
            publisher: row.get(4)?,
            source: row.get(5)?,
            url: row.get(20)?,
            published: row.get(6)?,
            inferred: row.get(18)?,
            day: row.get(7)?,
            moment: row.get(19)?,
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
    /// Returns at most `limit` rows of a list: from its start, or after the row `after`.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn page(&self, list: List, after: Option<&StoryRow>, limit: usize) -> Result<Vec<StoryRow>> {
        self.page_where(list, after, limit, "")
    }

    /// Returns rows as [`Library::page`] does, but only those that meet a further condition in SQL, which begins with
    /// `AND` unless it is empty.
    pub(crate) fn page_where(
        &self,
        list: List,
        after: Option<&StoryRow>,
        limit: usize,
        condition: &str,
    ) -> Result<Vec<StoryRow>> {
        let rest =
            if after.is_some() { format!(" AND ({}) < (?, ?, ?)", list.order().join(", ")) } else { String::new() };
        let sql = format!(
            "SELECT {COLUMNS} FROM articles a WHERE {}{rest}{condition} ORDER BY {} LIMIT ?",
            list.condition(),
            list.sorted("DESC")
        );
        let after = after.map(|row| list.key(row));
        let mut values: Vec<Value> = after.into_iter().flat_map(RowKey::values).map(Value::from).collect();
        values.push((limit as i64).into());
        let rows = self.connection.prepare_cached(&sql).and_then(|mut statement| {
            let rows = statement.query_map(params_from_iter(values), StoryRow::read)?;
            rows.collect()
        });
        rows.map_err(|error| self.with_path(error))
    }

    /// Returns the rows of articles with these IDs, in the same order. Unknown IDs are skipped.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn rows(&self, ids: &[i64]) -> Result<Vec<StoryRow>> {
        let sql = format!("SELECT {COLUMNS} FROM articles a WHERE a.id = ?");
        let mut statement = self.connection.prepare_cached(&sql).map_err(|error| self.with_path(error))?;
        let mut out = Vec::with_capacity(ids.len());
        for id in ids {
            for row in statement.query_map([id], StoryRow::read).map_err(|error| self.with_path(error))? {
                out.push(row.map_err(|error| self.with_path(error))?);
            }
        }
        Ok(out)
    }

    /// Returns the number of articles in a list.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn count(&self, list: List) -> Result<usize> {
        let sql = format!("SELECT count(*) FROM articles a WHERE {}", list.condition());
        let count: rusqlite::Result<i64> = self.connection.query_row(&sql, [], |row| row.get(0));
        count.map(|count| count as usize).map_err(|error| self.with_path(error))
    }
}

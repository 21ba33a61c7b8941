//! Marks that the user leaves in a text: highlights with their notes, and the reading position.

use super::anchor::Anchor;
use super::{Error, Library, Result, codec, now};
use dateline_core::article::Article;
use dateline_core::text::Span;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

/// A highlighted passage of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Highlight {
    /// ID of the highlight in this library.
    pub id: i64,
    /// ID of the article that contains the highlight.
    pub article: i64,
    /// Anchor of the highlighted words.
    pub anchor: Anchor,
    /// Name of the highlight's colour.
    pub colour: String,
    /// Note that the user wrote on the highlight; may be empty.
    pub note: String,
    /// Time when the highlight was created, in Unix seconds.
    pub created: i64,
}

const COLUMNS: &str = "id, article_id, start, end, exact, prefix, suffix, colour, note, created";

impl Highlight {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let ends: (Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?);
        let span = ends.0.zip(ends.1).map(|(start, end)| Span::new(start as usize, end as usize));
        let anchor = Anchor { span, exact: row.get(4)?, prefix: row.get(5)?, suffix: row.get(6)? };
        let (colour, note, created) = (row.get(7)?, row.get(8)?, row.get(9)?);
        Ok(Self { id: row.get(0)?, article: row.get(1)?, anchor, colour, note, created })
    }

    /// Stores the highlight, replacing any with the same ID.
    pub(super) fn put(&self, db: &Connection) -> rusqlite::Result<()> {
        let (start, end) = ends(&self.anchor);
        db.prepare_cached(
            "INSERT OR REPLACE INTO highlights (id, article_id, start, end, exact, prefix, suffix, colour, note, created)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            self.id,
            self.article,
            start,
            end,
            self.anchor.exact,
            self.anchor.prefix,
            self.anchor.suffix,
            self.colour,
            self.note,
            self.created
        ])?;
        Ok(())
    }
}

pub(super) fn ends(anchor: &Anchor) -> (Option<i64>, Option<i64>) {
    anchor.span.map(|span| (span.start as i64, span.end as i64)).unzip()
}

/// Reads a stored article.
pub(crate) fn article(db: &Connection, id: i64) -> Result<Article> {
    let packed: Option<Vec<u8>> = db
        .prepare_cached("SELECT article FROM texts WHERE article_id = ?")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    codec::unpack_article(&packed.ok_or(Error::NoArticle)?)
}

/// Returns all highlights of an article in text order, preceded by those whose words are gone from the text.
pub(crate) fn of(db: &Connection, article: i64) -> rusqlite::Result<Vec<Highlight>> {
    let sql = format!("SELECT {COLUMNS} FROM highlights WHERE article_id = ? ORDER BY start, id");
    db.prepare_cached(&sql)?.query_map([article], Highlight::read)?.collect()
}

/// Updates an article's highlight count, which is shown in lists.
pub(super) fn count(db: &Connection, article: i64) -> rusqlite::Result<()> {
    let sql = "UPDATE articles SET highlights = (SELECT count(*) FROM highlights WHERE article_id = ?1) WHERE id = ?1";
    db.prepare_cached(sql)?.execute([article]).map(|_| ())
}

/// Re-anchors an article's highlights and reading position in its new text.
pub(super) fn attach(db: &Connection, article: i64, text: &str) -> rusqlite::Result<()> {
    for mut highlight in of(db, article)? {
        highlight.anchor.attach(text);
        highlight.put(db)?;
    }
    if let Some(mut anchor) = position(db, article)? {
        anchor.attach(text);
        put_position(db, article, &anchor)?;
    }
    Ok(())
}

pub(crate) fn position(db: &Connection, article: i64) -> rusqlite::Result<Option<Anchor>> {
    db.prepare_cached("SELECT start, exact, prefix, suffix FROM positions WHERE article_id = ?")?
        .query_row([article], |row| {
            let start = row.get::<_, i64>(0)? as usize;
            let (exact, prefix, suffix): (String, _, _) = (row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(Anchor { span: Some(Span::new(start, start + exact.len())), exact, prefix, suffix })
        })
        .optional()
}

pub(super) fn put_position(db: &Connection, article: i64, anchor: &Anchor) -> rusqlite::Result<()> {
    let start = anchor.span.map_or(0, |span| span.start as i64);
    db.prepare_cached(
        "INSERT OR REPLACE INTO positions (article_id, start, exact, prefix, suffix, changed) VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![article, start, anchor.exact, anchor.prefix, anchor.suffix, now()])?;
    Ok(())
}

impl Library {
    /// Returns the highlights of an article in text order, preceded by those whose words are gone from the text.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn highlights(&self, article: i64) -> Result<Vec<Highlight>> {
        of(&self.connection, article).map_err(|error| self.with_path(error))
    }

    /// Returns the reading position in an article, as a byte offset into its text.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn position(&self, article: i64) -> Result<Option<usize>> {
        let anchor = position(&self.connection, article).map_err(|error| self.with_path(error))?;
        Ok(anchor.and_then(|anchor| anchor.span).map(|span| span.start))
    }

    /// Stores the reading position, as a byte offset into the article's text. The change is not recorded in the
    /// journal, so an undo never affects the position.
    ///
    /// # Errors
    /// Returns an error if the article does not exist or the library cannot be written to.
    pub fn set_position(&mut self, id: i64, offset: usize) -> Result<()> {
        self.write(|db| {
            let text = article(db, id)?.text;
            Ok(put_position(db, id, &Anchor::new(&text, Span::new(offset, offset)))?)
        })
    }
}

//! Reads articles back from the library: their texts, annotations and source bytes.

use super::{Error, Library, Result, codec};
use dateline_analysis::Analysis;
use dateline_core::article::Article;
use rusqlite::OptionalExtension;

/// An article as stored in the library.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// ID of the article in this library.
    pub id: i64,
    /// ID of the article that is also valid in other libraries.
    pub uid: String,
    /// The article as it was stored.
    pub article: Article,
    /// Annotations of the article.
    pub analysis: Analysis,
    /// Whether the annotations need to be redone, since they are unreadable or come from another analyser version.
    pub outdated: bool,
}

impl Library {
    /// Returns an article with its annotations.
    ///
    /// # Errors
    /// Returns an error if the article does not exist or cannot be unpacked.
    pub fn article(&self, id: i64) -> Result<Stored> {
        let row = self
            .connection
            .prepare_cached(
                "SELECT a.uid, t.article, t.analysis, t.analyser FROM articles a JOIN texts t ON t.article_id = a.id
                 WHERE a.id = ?",
            )
            .and_then(|mut statement| {
                let columns = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
                statement.query_row([id], columns).optional()
            })
            .map_err(|error| self.with_path(error))?;
        let (uid, article, analysis, analyser): (String, Vec<u8>, Vec<u8>, u32) = row.ok_or(Error::NoArticle)?;
        let article: Article = codec::unpack_article(&article)?;
        // Annotations can be regenerated, so nothing is lost if this program cannot read those of an older one.
        let annotations = codec::unpack_annotations(&analysis, &article.text).ok();
        let outdated = analyser != self.analyser || annotations.is_none();
        Ok(Stored { id, uid, article, analysis: annotations.unwrap_or_default(), outdated })
    }

    /// Returns the ID of the article with this `uid`, or of the only article whose `uid` begins with it.
    ///
    /// # Errors
    /// Returns an error if there is no such article, or more than one.
    pub fn id_of(&self, uid: &str) -> Result<i64> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, uid FROM articles WHERE uid >= ?1 AND uid < ?1 || x'ff' ORDER BY uid LIMIT 2")
            .map_err(|error| self.with_path(error))?;
        let found: Vec<(i64, String)> = statement
            .query_map([uid], |row| Ok((row.get(0)?, row.get(1)?)))
            .and_then(Iterator::collect)
            .map_err(|error| self.with_path(error))?;
        match found.as_slice() {
            [] => Err(Error::NoArticle),
            [(id, _)] => Ok(*id),
            [(id, whole), ..] if whole == uid => Ok(*id),
            _ => Err(Error::Refused(format!("several stories have an id that starts with {uid}; use a longer prefix"))),
        }
    }

    /// Returns the source bytes of an article, if they are known.
    ///
    /// # Errors
    /// Returns an error if the article does not exist or cannot be unpacked.
    pub fn raw(&self, id: i64) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT t.article, t.raw, s.raw FROM texts t LEFT JOIN sources s ON s.id = t.source_id WHERE t.article_id = ?";
        let row = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| {
                statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()
            })
            .map_err(|error| self.with_path(error))?;
        let (article, own, shared): (Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>) = row.ok_or(Error::NoArticle)?;
        if let Some(own) = own {
            let article: Article = codec::unpack_article(&article)?;
            return codec::unpack_with_text(&own, &article.text).map(Some);
        }
        shared.map(|shared| codec::unpack_with_text(&shared, "")).transpose()
    }
}

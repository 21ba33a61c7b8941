//! Edits: changes to a single value, with the old value (`was`) and the new one (`is`). An edit is applied forwards when
//! the user makes it and backwards when they undo it.

use super::cluster;
use super::highlight::{self, Highlight};
use super::{Result, now};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

/// A Boolean property of an article, set by the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Whether the article has been read.
    Read,
    /// Whether the article is starred.
    Starred,
    /// Whether the article has been moved out of the inbox.
    Archived,
}

impl Flag {
    /// Returns the SQL statements that read and set this flag.
    pub(super) const fn sql(self) -> (&'static str, &'static str) {
        match self {
            Self::Read => ("SELECT read FROM articles WHERE id = ?", "UPDATE articles SET read = ?2 WHERE id = ?1"),
            Self::Starred => {
                ("SELECT starred FROM articles WHERE id = ?", "UPDATE articles SET starred = ?2 WHERE id = ?1")
            }
            Self::Archived => {
                ("SELECT archived FROM articles WHERE id = ?", "UPDATE articles SET archived = ?2 WHERE id = ?1")
            }
        }
    }
}

/// Row of the alias table, or of the table of decisions on clusters: IDs of two names or stories, and whether they are
/// the same.
pub(super) type Alias = (i64, i64, bool);

/// A change of one datum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "few at a time, written down at once")]
pub(super) enum Edit {
    Flag {
        article: i64,
        flag: Flag,
        was: bool,
        is: bool,
    },
    Bin {
        article: i64,
        was: Option<i64>,
        is: Option<i64>,
    },
    Tag {
        article: i64,
        tag: String,
        was: bool,
        is: bool,
    },
    Note {
        article: i64,
        was: Option<String>,
        is: Option<String>,
    },
    Highlight {
        article: i64,
        was: Option<Highlight>,
        is: Option<Highlight>,
    },
    View {
        name: String,
        was: Option<String>,
        is: Option<String>,
    },
    /// The saved views were reordered.
    Views {
        was: Vec<String>,
        is: Vec<String>,
    },
    /// Names were merged or split, which changes rows of the alias table.
    Names {
        was: Vec<Alias>,
        is: Vec<Alias>,
    },
    /// Stories were merged or split, which changes rows of the table of decisions.
    Clusters {
        was: Vec<Alias>,
        is: Vec<Alias>,
    },
    /// A correction, as stored, was added or removed. If `is` is `true`, applying the edit adds another copy of the
    /// correction. If not, applying it removes one identical correction.
    Correction {
        article: i64,
        payload: String,
        was: bool,
        is: bool,
    },
}

impl Edit {
    /// Returns the inverse of the edit, which undoes it.
    pub(crate) fn inverse(self) -> Self {
        match self {
            Self::Flag { article, flag, was, is } => Self::Flag { article, flag, was: is, is: was },
            Self::Bin { article, was, is } => Self::Bin { article, was: is, is: was },
            Self::Tag { article, tag, was, is } => Self::Tag { article, tag, was: is, is: was },
            Self::Note { article, was, is } => Self::Note { article, was: is, is: was },
            Self::Highlight { article, was, is } => Self::Highlight { article, was: is, is: was },
            Self::View { name, was, is } => Self::View { name, was: is, is: was },
            Self::Views { was, is } => Self::Views { was: is, is: was },
            Self::Names { was, is } => Self::Names { was: is, is: was },
            Self::Clusters { was, is } => Self::Clusters { was: is, is: was },
            Self::Correction { article, payload, was, is } => Self::Correction { article, payload, was: is, is: was },
        }
    }

    /// Returns whether the old and the new value are equal.
    pub(crate) fn is_idle(&self) -> bool {
        match self {
            Self::Flag { was, is, .. } | Self::Tag { was, is, .. } | Self::Correction { was, is, .. } => was == is,
            Self::Bin { was, is, .. } => was == is,
            Self::Note { was, is, .. } | Self::View { was, is, .. } => was == is,
            Self::Highlight { was, is, .. } => was == is,
            Self::Views { was, is } => was == is,
            Self::Names { was, is } | Self::Clusters { was, is } => was == is,
        }
    }

    /// Returns the article that the edit concerns, or `None` if it concerns the whole library.
    pub(crate) const fn article(&self) -> Option<i64> {
        match self {
            Self::Flag { article, .. }
            | Self::Bin { article, .. }
            | Self::Tag { article, .. }
            | Self::Note { article, .. }
            | Self::Highlight { article, .. }
            | Self::Correction { article, .. } => Some(*article),
            Self::View { .. } | Self::Views { .. } | Self::Names { .. } | Self::Clusters { .. } => None,
        }
    }

    /// Applies the edit, unless its article has been permanently deleted.
    pub(crate) fn apply(&self, db: &Connection) -> Result<()> {
        if let Some(article) = self.article()
            && !db.prepare_cached("SELECT 1 FROM articles WHERE id = ?")?.exists([article])?
        {
            return Ok(());
        }
        match self {
            Self::Flag { article, flag, is, .. } => {
                db.prepare_cached(flag.sql().1)?.execute(params![article, is])?;
            }
            Self::Bin { article, is, .. } => {
                db.prepare_cached("UPDATE articles SET binned_at = ?2 WHERE id = ?1")?.execute(params![article, is])?;
            }
            Self::Tag { article, tag, is, .. } => set_tag(db, *article, tag, *is)?,
            Self::Note { article, is, .. } => set_note(db, *article, is.as_deref())?,
            Self::Highlight { article, was, is } => set_highlight(db, *article, was.as_ref(), is.as_ref())?,
            Self::View { name, is, .. } => set_view(db, name, is.as_deref())?,
            Self::Views { is, .. } => {
                for (place, name) in is.iter().enumerate() {
                    let sql = "UPDATE saved_views SET place = ?2 WHERE name = ?1";
                    db.prepare_cached(sql)?.execute(params![name, place as i64 + 1])?;
                }
            }
            Self::Names { was, is } => {
                for (name, other, _) in was {
                    let sql = "DELETE FROM aliases WHERE name_id = ? AND other_id = ?";
                    db.prepare_cached(sql)?.execute([name, other])?;
                }
                for (name, other, same) in is {
                    let sql = "INSERT OR REPLACE INTO aliases (name_id, other_id, same) VALUES (?, ?, ?)";
                    db.prepare_cached(sql)?.execute(params![name, other, same])?;
                }
            }
            Self::Clusters { was, is } => cluster::apply(db, was, is)?,
            Self::Correction { article, payload, is, .. } => set_correction(db, *article, payload, *is)?,
        }
        Ok(())
    }
}

pub(super) fn set_tag(db: &Connection, article: i64, tag: &str, is: bool) -> rusqlite::Result<()> {
    if is {
        db.prepare_cached("INSERT OR IGNORE INTO tags (name) VALUES (?)")?.execute([tag])?;
        db.prepare_cached(
            "INSERT OR IGNORE INTO article_tags (article_id, tag_id) SELECT ?1, id FROM tags WHERE name = ?2",
        )?
        .execute(params![article, tag])?;
    } else {
        db.prepare_cached(
            "DELETE FROM article_tags WHERE article_id = ?1 AND tag_id = (SELECT id FROM tags WHERE name = ?2)",
        )?
        .execute(params![article, tag])?;
        // A tag is deleted once no article has it.
        db.prepare_cached("DELETE FROM tags WHERE name = ? AND id NOT IN (SELECT tag_id FROM article_tags)")?
            .execute([tag])?;
    }
    Ok(())
}

pub(super) fn set_note(db: &Connection, article: i64, words: Option<&str>) -> rusqlite::Result<()> {
    match words {
        Some(words) => db
            .prepare_cached("INSERT OR REPLACE INTO notes (article_id, words, changed) VALUES (?, ?, ?)")?
            .execute(params![article, words, now()])?,
        None => db.prepare_cached("DELETE FROM notes WHERE article_id = ?")?.execute([article])?,
    };
    Ok(())
}

fn set_highlight(db: &Connection, article: i64, was: Option<&Highlight>, is: Option<&Highlight>) -> Result<()> {
    if let Some(old) = was {
        db.prepare_cached("DELETE FROM highlights WHERE id = ?")?.execute([old.id])?;
    }
    if let Some(new) = is {
        // The text may have changed since the highlight was recorded.
        let mut new = new.clone();
        let text = highlight::article(db, article)?.text;
        if new.anchor.span.is_none_or(|span| span.of(&text) != new.anchor.exact) {
            new.anchor.attach(&text);
        }
        new.put(db)?;
    }
    Ok(highlight::count(db, article)?)
}

pub(super) fn set_view(db: &Connection, name: &str, query: Option<&str>) -> rusqlite::Result<()> {
    match query {
        Some(query) => db
            .prepare_cached(
                "INSERT INTO saved_views (name, query, place)
                 VALUES (?, ?, (SELECT coalesce(max(place), 0) + 1 FROM saved_views))
                 ON CONFLICT (name) DO UPDATE SET query = excluded.query",
            )?
            .execute(params![name, query])?,
        None => db.prepare_cached("DELETE FROM saved_views WHERE name = ?")?.execute([name])?,
    };
    Ok(())
}

/// Adds a stored correction, or removes the latest one equal to it.
pub(super) fn set_correction(db: &Connection, article: i64, payload: &str, is: bool) -> rusqlite::Result<()> {
    let sql = if is {
        "INSERT INTO corrections (article_id, kind, start, exact, prefix, suffix, payload)
         VALUES (?1, coalesce(?2 ->> '$.kind', ''), NULL, '', '', '', ?2)"
    } else {
        "DELETE FROM corrections
         WHERE id = (SELECT max(id) FROM corrections WHERE article_id = ?1 AND payload = ?2)"
    };
    db.prepare_cached(sql)?.execute(params![article, payload]).map(|_| ())
}

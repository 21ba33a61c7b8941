//! Splits stories in which older programs joined several items of a feed.

mod share;

use super::document::{self, Document, Keys};
use super::incoming::{Incoming, Prepared};
use super::{Library, Result, codec, highlight, identity, matching, store};
use dateline_analysis::{Analysis, Analyzer, Options};
use dateline_core::article::Article;
use rusqlite::{Connection, params};
use std::collections::HashSet;

/// A story that contains the texts of several feed items.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Joined {
    /// ID of the story in this library.
    pub id: i64,
    /// ID of the story that is also valid in other libraries.
    pub uid: String,
    /// Titles of the items, starting with the item of the current text.
    pub titles: Vec<String>,
}

/// Outcome of splitting a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// IDs and titles of the resulting stories, starting with the original one.
    pub stories: Vec<(String, String)>,
    /// Number of highlights moved from the original story to another one.
    pub moved: usize,
}

/// One text of a story: the current one or an older one.
struct Text {
    /// ID of the older version; `None` for the current text.
    version: Option<i64>,
    /// Time when the text was added to the library, in Unix seconds.
    added: i64,
    /// Whether the next text of the story belongs to the same item.
    continued: bool,
    article: Article,
}

/// Columns that the new stories inherit from the original one.
struct Origin {
    source: String,
    format: String,
}

impl Library {
    /// Finds the stories that contain the texts of more than one item.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn joined(&self) -> Result<Vec<Joined>> {
        joined(&self.connection).map_err(|error| self.with_path(error))
    }

    /// Splits a story into one story per item. Each highlight, note and tag goes to the story whose text contains its
    /// words. A star goes to every story that it may have been meant for.
    ///
    /// # Errors
    /// Returns an error if the story does not exist or the library cannot be written to. Nothing is changed in that
    /// case.
    pub fn split(&mut self, id: i64, analyzer: &Analyzer) -> Result<Split> {
        self.write(|db| split(db, id, analyzer))
    }
}

fn joined(db: &Connection) -> Result<Vec<Joined>> {
    // Texts stored since schema version 4 belong to the same item as the next text, so only older ones can belong to
    // different items.
    let sql = "SELECT id, uid FROM articles a WHERE versions > 0
        AND EXISTS (SELECT 1 FROM versions v WHERE v.article_id = a.id AND v.continued = 0) ORDER BY id";
    let stories: Vec<(i64, String)> =
        db.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut out = Vec::new();
    for (id, uid) in stories {
        // A story that cannot be read is skipped here and reported by the integrity check.
        let Ok(texts) = texts(db, id) else { continue };
        let items = items(&texts, &origin(db, id)?.source);
        if items.len() > 1 {
            let titles = items.iter().map(|item| item.head.article.title().to_owned()).collect();
            out.push(Joined { id, uid, titles });
        }
    }
    Ok(out)
}

fn origin(db: &Connection, id: i64) -> rusqlite::Result<Origin> {
    db.prepare_cached("SELECT source, format FROM articles WHERE id = ?")?
        .query_row([id], |row| Ok(Origin { source: row.get(0)?, format: row.get(1)? }))
}

/// Returns all texts of a story, oldest first.
fn texts(db: &Connection, id: i64) -> Result<Vec<Text>> {
    let mut out = Vec::new();
    let mut statement = db.prepare_cached(
        "SELECT id, added, continued, article, replaced FROM versions WHERE article_id = ? ORDER BY id",
    )?;
    let mut rows = statement.query([id])?;
    let mut replaced = 0;
    while let Some(row) = rows.next()? {
        let article = codec::unpack_article(&row.get::<_, Vec<u8>>(3)?)?;
        out.push(Text { version: Some(row.get(0)?), added: row.get(1)?, continued: row.get(2)?, article });
        replaced = row.get(4)?;
    }
    out.push(Text { version: None, added: replaced, continued: true, article: highlight::article(db, id)? });
    Ok(out)
}

/// An item, with those texts of a story that belong to it, oldest first.
struct Item<'a> {
    texts: Vec<&'a Text>,
    /// Newest text of the item.
    head: &'a Text,
}

impl Item<'_> {
    fn holds(&self, fits: impl Fn(&Text) -> bool) -> bool {
        self.texts.iter().any(|text| fits(text))
    }

    /// Returns whether a text was added in the same batch as a text of this item, but differs from it. The text then
    /// belongs to another item of the same document.
    fn came_beside(&self, new: &Text) -> bool {
        self.holds(|text| text.added == new.added && identity::shared_runs(&text.article.text, &new.article.text) < 0.5)
    }
}

/// Groups the texts of a story by item. The item of the current text comes first.
fn items<'a>(texts: &'a [Text], source: &str) -> Vec<Item<'a>> {
    let mut items: Vec<Item<'a>> = Vec::new();
    let mut last = None;
    for text in texts {
        let at = match last {
            Some((at, true)) => Some(at),
            _ => item_of(&items, text, source),
        };
        let at = at.unwrap_or(items.len());
        match items.get_mut(at) {
            Some(item) => {
                item.texts.push(text);
                item.head = text;
            }
            None => items.push(Item { texts: vec![text], head: text }),
        }
        last = Some((at, text.continued));
    }
    items.sort_by_key(|item| item.head.version.is_some());
    items
}

/// Returns the index of the item to which a text belongs; `None` if it is not among `items`.
fn item_of(items: &[Item<'_>], new: &Text, source: &str) -> Option<usize> {
    let same_words = document::fingerprint(&new.article);
    let title = |text: &Text| (text.article.title().to_owned(), document::date(&text.article));
    let with = |fits: &dyn Fn(&Text) -> bool| items.iter().position(|item| item.holds(fits) && !item.came_beside(new));
    with(&|text| document::fingerprint(&text.article) == same_words)
        .or_else(|| with(&|text| title(text) == title(new)))
        .or_else(|| with(&|text| identity::is_revision(&text.article.text, &new.article.text)))
        .or_else(|| {
            // The text is another copy of a saved page, or a text of the only item that ever had this ID.
            let is_one =
                |text: &Text| text.article.id == new.article.id || document::is_numbered(&text.article.id, source);
            with(&is_one).filter(|_| items.len() == 1)
        })
}

fn split(db: &Connection, id: i64, analyzer: &Analyzer) -> Result<Split> {
    let (origin, texts) = (origin(db, id)?, texts(db, id)?);
    let items = items(&texts, &origin.source);
    let heads: Vec<&Article> = items.iter().map(|item| &item.head.article).collect();
    let document = Document::of(&origin.source, heads.iter().copied());
    let keys = |article: &Article| Keys::of_item(&origin.source, &article.id, article, document.unique(article));
    let mut ids = Vec::with_capacity(items.len());
    for item in &items {
        let head = &item.head.article;
        let story = if item.head.version.is_none() {
            id
        } else {
            match matching::stored(db, &origin.source, head, &keys(head))?.filter(|found| *found != id) {
                Some(found) => found,
                None => detach(db, id, &origin, item, analyzer)?,
            }
        };
        move_versions(db, story, item)?;
        store::remember_item(db, story, &keys(head))?;
        ids.push(story);
    }
    let moved = share::out(db, &ids, &items)?;
    for id in &ids {
        let sql = "UPDATE articles SET versions = (SELECT count(*) FROM versions WHERE article_id = ?1) WHERE id = ?1";
        db.execute(sql, [id])?;
        highlight::count(db, *id)?;
    }
    let uid = |id: &i64| db.query_row("SELECT uid FROM articles WHERE id = ?", [id], |row| row.get(0));
    let uids = ids.iter().map(uid).collect::<rusqlite::Result<Vec<String>>>()?;
    let titles = heads.iter().map(|head| head.title().to_owned());
    Ok(Split { stories: uids.into_iter().zip(titles).collect(), moved })
}

/// Stores an item as a story of its own. The newest text of the item becomes the story's current text, the others
/// become older versions.
fn detach(db: &Connection, id: i64, origin: &Origin, item: &Item<'_>, analyzer: &Analyzer) -> Result<i64> {
    let head = item.head;
    let article = head.article.clone();
    let analysis: Analysis = analyzer.analyze(&article, &Options::default());
    let incoming = Incoming {
        item: article.id.clone(),
        format: origin.format.clone(),
        ..Incoming::new(article, analysis, &origin.source)
    };
    let prepared: Prepared = incoming.prepare()?;
    let uid = store::free_uid(db, &prepared)?;
    let first = item.texts.first().map_or(head.added, |text| text.added);
    let new = store::insert(db, &uid, &prepared, first)?;
    let sql =
        "UPDATE texts SET (raw, source_id) = (SELECT raw, source_id FROM versions WHERE id = ?2) WHERE article_id = ?1";
    db.execute(sql, params![new, head.version])?;
    let sql = "UPDATE articles SET (feed_id, archived, binned_at) =
        (SELECT feed_id, archived, binned_at FROM articles WHERE id = ?2) WHERE id = ?1";
    db.execute(sql, params![new, id])?;
    Ok(new)
}

/// Moves the older versions of an item to its new story. Repeated texts are deleted because older programs stored a
/// text again at every fetch.
fn move_versions(db: &Connection, story: i64, item: &Item<'_>) -> Result<()> {
    let mut seen = HashSet::from([document::fingerprint(&item.head.article)]);
    for text in &item.texts {
        let Some(version) = text.version else { continue };
        if seen.insert(document::fingerprint(&text.article)) {
            db.execute("UPDATE versions SET article_id = ?1, continued = 1 WHERE id = ?2", [story, version])?;
        } else {
            db.execute("DELETE FROM versions WHERE id = ?", [version])?;
        }
    }
    Ok(())
}

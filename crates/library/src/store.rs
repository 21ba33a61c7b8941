//! Stores articles. An incoming article is new, already known, or a new text of a known article. Each batch is stored
//! in one transaction.

use super::cluster::gather;
use super::document::{self, Keys};
use super::guard::lock_owner::LockOwner;
use super::identity::{self, Identity};
use super::incoming::Prepared;
use super::matching::{self, Held};
use super::usual_type::Ahead;
use super::{Library, Result, codec, counters, highlight, index, now, usual_type};
use dateline_core::article::Article;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::collections::HashMap;

/// Outcome of adding an article, with its IDs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Added {
    /// ID of the article in this library.
    pub id: i64,
    /// ID of the article that is also valid in other libraries.
    pub uid: String,
    /// Whether the article was new, changed or already known.
    pub outcome: Outcome,
}

/// Outcome of adding an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The article was not in the library.
    New,
    /// The article was in the library with a different text, which is kept as an older version.
    Changed,
    /// The article was in the library with the same text.
    Known,
}

impl Library {
    /// Stores either all articles or none. They are durable when the function returns.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to. No article of the batch is stored in that case.
    pub fn add(&mut self, articles: &[Prepared]) -> Result<Vec<Added>> {
        self.add_at(articles, now())
    }

    /// Stores articles like [`Library::add`], with `now` as the time of addition, in Unix seconds.
    ///
    /// # Errors
    /// Returns an error as [`Library::add`] does.
    pub(crate) fn add_at(&mut self, articles: &[Prepared], now: i64) -> Result<Vec<Added>> {
        self.write(|db| store_all(db, articles, &[], now))
    }

    /// Replaces an article after its source has been parsed differently. The previous text is kept as an older version.
    ///
    /// # Errors
    /// Returns an error if the article does not exist or the library cannot be written to.
    pub fn replace(&mut self, id: i64, new: &Prepared) -> Result<()> {
        self.write(|db| {
            if current_hash(db, id)? != new.text_hash {
                change(db, id, new, now())?;
                remember(db, id, &[new.keys.text])?;
            }
            Ok(())
        })
    }

    /// Runs `work` in a transaction that holds the write lock from the start.
    pub(crate) fn write<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let outcome = (|| {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // The file lets a process that waits for the lock name this one.
            let lock_owner = self.path.as_deref().and_then(|path| LockOwner::claim_if_free(path, "changing it"));
            let out = work(&transaction)?;
            transaction.commit()?;
            drop(lock_owner);
            Ok(out)
        })();
        outcome.map_err(|error: super::Error| self.with_path(error))
    }

    /// Returns whether an article is known by its text, so that it need not be re-analysed: it has the current text of a
    /// stored one, or an older text of the same story. An older text that has little in common with the current one is
    /// that of another story, which was at the same position before.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub(crate) fn knows(&self, article: &Article) -> Result<bool> {
        let hash = identity::text_hash(&article.text);
        let db = &self.connection;
        let known = || -> Result<bool> {
            let Some(id) = find(db, &identity::of_text(&hash))? else { return Ok(false) };
            let by_url = article.url.as_deref().map_or(Ok(None), |url| find(db, &identity::of_url(url)))?;
            Ok(by_url == Some(id)
                || current_hash(db, id)? == hash
                || matching::is_same_page(&highlight::article(db, id)?, article))
        };
        known().map_err(|error| self.with_path(error))
    }
}

/// Returns the ID of the article with an identity, if there is one.
pub(crate) fn find(db: &Connection, key: &Identity) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached("SELECT article_id FROM identities WHERE key = ?")?.query_row([key], |row| row.get(0)).optional()
}

/// Stores articles in order. Must be called within a transaction. `held` lists recognised items that are not among the
/// articles.
pub(super) fn store_all(db: &Connection, articles: &[Prepared], held: &[Held], now: i64) -> Result<Vec<Added>> {
    for item in held {
        remember_item(db, item.id, &item.keys)?;
    }
    let mut out = Vec::with_capacity(articles.len());
    // The items of one document are matched together, since no two of them may continue the same story.
    for document in articles.chunk_by(|a, b| a.keys.is_item && b.keys.is_item && a.source == b.source) {
        match document {
            [page] if !page.keys.is_item => out.push(store(db, page, now)?),
            items => store_items(db, items, held, now, &mut out)?,
        }
    }
    Ok(out)
}

/// Stores articles that are items of one document.
fn store_items(db: &Connection, items: &[Prepared], held: &[Held], now: i64, out: &mut Vec<Added>) -> Result<()> {
    let matched = matching::assign(db, items, held)?;
    let mut stored: HashMap<u64, i64> = HashMap::new();
    for (new, story) in items.iter().zip(matched) {
        let fingerprint = document::fingerprint(&new.article);
        let story = story.or_else(|| stored.get(&fingerprint).copied());
        let added = match story {
            Some(id)
                if current_hash(db, id)? == new.text_hash
                    || matching::is_teaser_of_page(db, id, new)?
                    || counters::differ_only_in_counters(&highlight::article(db, id)?, &new.article) =>
            {
                Added { id, uid: uid(db, id)?, outcome: Outcome::Known }
            }
            Some(id) => {
                change(db, id, new, now)?;
                Added { id, uid: uid(db, id)?, outcome: Outcome::Changed }
            }
            None => {
                let uid = free_uid(db, new)?;
                Added { id: insert(db, &uid, new, now)?, uid, outcome: Outcome::New }
            }
        };
        remember_item(db, added.id, &new.keys)?;
        stored.entry(fingerprint).or_insert(added.id);
        out.push(added);
    }
    Ok(())
}

/// Stores an article that is not an item of a document. Must be called within a transaction.
fn store(db: &Connection, new: &Prepared, now: i64) -> Result<Added> {
    let keys = new.keys.of_whole_page();
    if let Some(id) = find(db, &new.keys.text)? {
        let current: Vec<u8> = current_hash(db, id)?;
        // Only the current text counts as known. A return to an older version is a change.
        if current == new.text_hash {
            remember(db, id, &keys)?;
            return Ok(Added { id, uid: uid(db, id)?, outcome: Outcome::Known });
        }
    }
    let by_url = new.keys.page.as_ref().map_or(Ok(None), |key| find(db, key))?;
    let by_place = match by_url {
        Some(_) => None,
        None => match &new.keys.place {
            Some(key) => find(db, key)?.filter(|&id| is_revision(db, id, new).unwrap_or_default()),
            None => None,
        },
    };
    if let Some(id) = by_url.or(by_place) {
        change(db, id, new, now)?;
        remember(db, id, &keys)?;
        return Ok(Added { id, uid: uid(db, id)?, outcome: Outcome::Changed });
    }
    let uid = free_uid(db, new)?;
    let id = insert(db, &uid, new, now)?;
    remember(db, id, &keys)?;
    Ok(Added { id, uid, outcome: Outcome::New })
}

pub(super) fn current_hash(db: &Connection, id: i64) -> rusqlite::Result<Vec<u8>> {
    db.prepare_cached("SELECT text_hash FROM articles WHERE id = ?")?.query_row([id], |row| row.get(0))
}

fn uid(db: &Connection, id: i64) -> rusqlite::Result<String> {
    db.prepare_cached("SELECT uid FROM articles WHERE id = ?")?.query_row([id], |row| row.get(0))
}

/// Returns whether an article at the same position as a stored one is a later version of the same story.
fn is_revision(db: &Connection, id: i64, new: &Prepared) -> Result<bool> {
    Ok(matching::is_same_page(&highlight::article(db, id)?, &new.article))
}

/// Records the keys by which an article can be found.
///
/// Nothing here may open a savepoint, as an upsert would: at every savepoint, FTS5 writes its pending entries to disk,
/// which should happen once per batch and not once per article.
pub(super) fn remember(db: &Connection, id: i64, keys: &[Identity]) -> rusqlite::Result<()> {
    let mut new = db.prepare_cached("INSERT OR IGNORE INTO identities (key, article_id) VALUES (?, ?)")?;
    for key in keys {
        if new.execute(params![key, id])? == 0 {
            db.prepare_cached("UPDATE identities SET article_id = ?2 WHERE key = ?1 AND article_id <> ?2")?
                .execute(params![key, id])?;
        }
    }
    Ok(())
}

/// Records the keys by which an item can be found. Only keys scoped to the item's source are taken over from another
/// article. Several articles may share a text or URL, and moving such a key back and forth would cause a write on every
/// fetch.
pub(super) fn remember_item(db: &Connection, id: i64, keys: &Keys) -> Result<()> {
    let place = keys.place.filter(|_| keys.id.is_none() && keys.address.is_none());
    let own: Vec<Identity> = [keys.id, keys.title, keys.uncounted, place].into_iter().flatten().collect();
    remember(db, id, &own)?;
    let mut add = db.prepare_cached("INSERT OR IGNORE INTO identities (key, article_id) VALUES (?, ?)")?;
    for key in keys.address.iter().chain(&keys.page) {
        add.execute(params![key, id])?;
    }
    let holder = find(db, &keys.text)?.filter(|&holder| holder != id);
    let outdated = match holder {
        Some(holder) => identity::of_hash(&current_hash(db, holder)?) != keys.text,
        None => true,
    };
    if outdated {
        remember(db, id, &[keys.text])?;
    }
    Ok(())
}

/// Returns a `uid` that no other article in the library has. If possible, an article gets the same `uid` in every
/// library.
pub(super) fn free_uid(db: &Connection, new: &Prepared) -> rusqlite::Result<String> {
    let hex = |key: &[u8]| key.iter().take(6).map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut taken = db.prepare_cached("SELECT 1 FROM articles WHERE uid = ?")?;
    for key in new.keys.address.iter().chain(&new.keys.page).chain([&new.keys.text]) {
        let uid = hex(key);
        if !taken.exists([&uid])? {
            return Ok(uid);
        }
    }
    let mut key = identity::sha256(&new.keys.text);
    while taken.exists([hex(&key)])? {
        key = identity::sha256(&key);
    }
    Ok(hex(&key))
}

/// Stores a new article under an unused `uid`.
pub(super) fn insert(db: &Connection, uid: &str, new: &Prepared, now: i64) -> Result<i64> {
    let source_id = source_id(db, new)?;
    let derived = usual_type::settle(db, None, &new.packed_article, &new.derived, &Ahead::default())?;
    db.prepare_cached(
        "INSERT INTO articles (uid, source, format, added, feed_id, text_hash, headline, day, words, preview, quotes, events,
            indexed_apart)
         VALUES (?, ?, ?, ?, ?, '', '', 0, 0, '', 0, 0, 1)",
    )?
    .execute(params![uid, new.source, new.format, now, new.feed])?;
    let id = db.last_insert_rowid();
    describe(db, id, new, now)?;
    db.prepare_cached(
        "INSERT INTO texts (article_id, article, analysis, analyser, raw, source_id) VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![id, new.packed_article, derived.packed, derived.analyser, new.packed_raw, source_id])?;
    index::insert(db, id, &derived)?;
    gather(db, id, derived.signature.as_ref())?;
    Ok(id)
}

/// Replaces the text of an article. The previous text becomes an older version.
pub(super) fn change(db: &Connection, id: i64, new: &Prepared, now: i64) -> Result<()> {
    let source_id = source_id(db, new)?;
    let derived = usual_type::settle(db, Some(id), &new.packed_article, &new.derived, &Ahead::default())?;
    db.prepare_cached(
        "INSERT INTO versions (article_id, added, replaced, text_hash, article, raw, source_id, continued)
         SELECT a.id, coalesce((SELECT max(v.replaced) FROM versions v WHERE v.article_id = a.id), a.added), ?2,
                a.text_hash, t.article, t.raw, t.source_id, 1
         FROM articles a JOIN texts t ON t.article_id = a.id WHERE a.id = ?1",
    )?
    .execute(params![id, now])?;
    db.prepare_cached(
        "UPDATE texts SET article = ?2, analysis = ?3, analyser = ?4, raw = ?5, source_id = ?6 WHERE article_id = ?1",
    )?
    .execute(params![id, new.packed_article, derived.packed, derived.analyser, new.packed_raw, source_id])?;
    index::delete(db, id)?;
    describe(db, id, new, now)?;
    db.prepare_cached("UPDATE articles SET versions = versions + 1, read = 0, indexed_apart = 1 WHERE id = ?")?
        .execute([id])?;
    index::insert(db, id, &derived)?;
    gather(db, id, derived.signature.as_ref())?;
    Ok(highlight::attach(db, id, &new.article.text)?)
}

/// Updates the columns of an article that are shown in lists.
fn describe(db: &Connection, id: i64, new: &Prepared, now: i64) -> rusqlite::Result<()> {
    let article = &new.article;
    let words = |datum: &Option<dateline_core::article::Datum<String>>| datum.as_ref().map(|datum| datum.value.clone());
    let joined = |parts: Vec<&str>, by: &str| (!parts.is_empty()).then(|| parts.join(by));
    db.prepare_cached(
        "UPDATE articles SET url = ?2, text_hash = ?3, headline = ?4, kicker = ?5, standfirst = ?6, section = ?7,
            byline = ?8, publisher = ?9, language = ?10, place = ?11, published = ?12, published_source = ?13,
            day = ?14, words = ?15, preview = ?16, quotes = ?17, events = ?18,
            moment = CASE WHEN length(?12) > 10 THEN coalesce(unixepoch(?12), 0) ELSE 0 END WHERE id = ?1",
    )?
    .execute(params![
        id,
        article.url,
        new.text_hash,
        new.columns.headline,
        words(&article.kicker),
        words(&article.standfirst),
        joined(article.section.iter().map(String::as_str).collect(), " › "),
        joined(article.byline.iter().map(|author| author.value.as_str()).collect(), "; "),
        words(&article.publisher),
        article.language,
        article.dateline.as_ref().and_then(|dateline| dateline.place.clone()),
        new.columns.publication.published,
        new.columns.publication.source,
        new.columns.publication.day.unwrap_or_else(|| now.div_euclid(86_400)),
        new.columns.words,
        new.columns.preview,
        new.derived.quotes.len() as i64,
        new.derived.events.len() as i64,
    ])?;
    Ok(())
}

/// Returns the ID of the source that an article shares with others, after storing the source if it is new. Returns
/// `None` if the article does not share a source.
fn source_id(db: &Connection, new: &Prepared) -> Result<Option<i64>> {
    let Some(whole) = &new.shared else { return Ok(None) };
    let mut known = db.prepare_cached("SELECT id FROM sources WHERE hash = ?")?;
    let known = known.query_row([whole.hash], |row| row.get(0)).optional()?;
    if known.is_some() {
        return Ok(known);
    }
    let packed = codec::pack_with_text(&whole.bytes, "")?;
    db.prepare_cached("INSERT INTO sources (hash, raw) VALUES (?, ?)")?.execute(params![whole.hash, packed])?;
    Ok(Some(db.last_insert_rowid()))
}

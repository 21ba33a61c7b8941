//! Finds the stored story that each item of a document continues. An item continues a story if it is a version of the
//! same article. The story is found by ID, else by URL, by title and date, or by the exact words of the item. No two
//! items of a document continue the same story.

use super::counters;
use super::document::{self, Keys};
use super::identity::{self, Identity};
use super::incoming::Prepared;
use super::{Library, Result, highlight};
use dateline_core::article::Article;
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashSet;
use url::Url;

/// Minimum number of words by which an item without a lasting ID and date is recognised. Shorter texts, such as "Sunny all
/// day.", recur in different items.
const MIN_WORDS: usize = 8;

/// Minimum proportion of the four-word sequences of the shorter text that two versions of a story at the same position share.
/// Reports written from one template share up to half of them.
const MIN_SHARED_AT_PLACE: f64 = 0.5;

/// An item that has not changed since it was stored. It is neither analysed nor stored again.
#[derive(Clone, Debug)]
pub(super) struct Held {
    /// Name of the document that contains the item.
    pub source: String,
    /// ID of the stored story.
    pub id: i64,
    /// Identities by which the item is recognised.
    pub keys: Keys,
}

/// A stored story, reduced to the columns needed for matching.
struct Story {
    id: i64,
    source: String,
    text_hash: Vec<u8>,
}

/// An item of a document, to be matched with a stored story.
struct Item<'a> {
    source: &'a str,
    article: &'a Article,
    keys: &'a Keys,
}

/// Kind of identity by which a stored story was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Id,
    Address,
    Page,
    Title,
    Place,
}

impl Library {
    /// Returns the ID of the stored story that matches an item, if any.
    pub(super) fn held(&self, source: &str, article: &Article, keys: &Keys) -> Result<Option<i64>> {
        stored(&self.connection, source, article, keys).map_err(|error| self.with_path(error))
    }
}

/// Returns the ID of the story whose current text is the same as that of an item, if any.
pub(super) fn stored(db: &Connection, source: &str, article: &Article, keys: &Keys) -> Result<Option<i64>> {
    held(db, &Item { source, article, keys })
}

fn held(db: &Connection, item: &Item<'_>) -> Result<Option<i64>> {
    for (by, key) in item.names().chain(item.place().map(|key| (By::Place, key))) {
        if let Some(story) = story(db, &key)?.filter(|story| item.is_text_of(story))
            && continues(db, item, &story, by)?
        {
            return Ok(Some(story.id));
        }
    }
    worded(db, item)
}

/// Returns the ID of the story that each item continues, in the order of the items; `None` for a new story.
pub(super) fn assign(db: &Connection, items: &[Prepared], held: &[Held]) -> Result<Vec<Option<i64>>> {
    let source = items.first().map(|item| item.source.as_str()).unwrap_or_default();
    let mut taken: HashSet<i64> = held.iter().filter(|item| item.source == source).map(|item| item.id).collect();
    let items: Vec<Item<'_>> =
        items.iter().map(|new| Item { source, article: &new.article, keys: &new.keys }).collect();
    let mut out = vec![None; items.len()];
    // Unchanged items are assigned first because a story that matches two items belongs to the unchanged one.
    for (item, out) in items.iter().zip(&mut out) {
        *out = self::held(db, item)?;
    }
    taken.extend(out.iter().flatten());
    // Positions are tried last, because an item put in front of the others has the position of the next one.
    for find in [named, placed] {
        for (item, out) in items.iter().zip(&mut out).filter(|(_, out)| out.is_none()) {
            *out = find(db, item, &taken)?;
            taken.extend(*out);
        }
    }
    Ok(out)
}

impl Item<'_> {
    fn names(&self) -> impl Iterator<Item = (By, Identity)> {
        let Keys { id, address, page, title, .. } = *self.keys;
        let page = page.filter(|_| page != address);
        [(By::Id, id), (By::Address, address), (By::Page, page), (By::Title, title)]
            .into_iter()
            .filter_map(|(by, key)| Some((by, key?)))
    }

    /// Returns the key made from the position of the item. A position is weak evidence, so it only counts if the item has no
    /// unique ID or URL.
    fn place(&self) -> Option<Identity> {
        self.keys.place.filter(|_| self.keys.id.is_none() && self.keys.address.is_none())
    }

    fn is_text_of(&self, story: &Story) -> bool {
        identity::of_hash(&story.text_hash) == self.keys.text
    }
}

/// Finds the story that an item continues, using one of the item's names. Stories in `taken` are skipped.
fn named(db: &Connection, item: &Item<'_>, taken: &HashSet<i64>) -> Result<Option<i64>> {
    for (by, key) in item.names() {
        if let Some(story) = story(db, &key)?.filter(|story| !taken.contains(&story.id))
            && continues(db, item, &story, by)?
        {
            return Ok(Some(story.id));
        }
    }
    redated(db, item, taken)
}

/// Finds the story that an item continues by its position in the document. Stories in `taken` are skipped.
fn placed(db: &Connection, item: &Item<'_>, taken: &HashSet<i64>) -> Result<Option<i64>> {
    let Some(key) = item.place() else { return Ok(None) };
    let found = story(db, &key)?.filter(|story| !taken.contains(&story.id));
    let Some(story) = found else { return Ok(None) };
    Ok(continues(db, item, &story, By::Place)?.then_some(story.id))
}

/// Finds the story of a feed that gives its items new IDs, new dates and new counters at every fetch: the title, the URL and
/// all the words are those of the item, apart from counters. Stories in `taken` are skipped, so that items of one document
/// stay apart.
fn redated(db: &Connection, item: &Item<'_>, taken: &HashSet<i64>) -> Result<Option<i64>> {
    let keys = [Some(item.keys.text), item.keys.uncounted, item.keys.address];
    for key in keys.into_iter().flatten() {
        let found = story(db, &key)?.filter(|story| !taken.contains(&story.id) && story.source == item.source);
        if let Some(story) = found
            && is_redated(&highlight::article(db, story.id)?, item)
        {
            return Ok(Some(story.id));
        }
    }
    Ok(None)
}

/// Returns whether a stored article and an item have the same title, URL and words, apart from counters. Short texts, such as
/// "Sunny all day.", recur, so they also need the same date or a URL that no other item has.
fn is_redated(old: &Article, item: &Item<'_>) -> bool {
    let new = item.article;
    let address = |article: &Article| article.url.as_deref().map(identity::full_url);
    let is_same = old.headline.is_some()
        && new.headline.is_some()
        && address(old) == address(new)
        && counters::differ_only_in_counters(old, new);
    let is_long = || new.text.get(new.body..).unwrap_or_default().split_whitespace().nth(MIN_WORDS - 1).is_some();
    let has_date = || old.published.is_some() && new.published.is_some() && is_same_date(old, new);
    is_same && (item.keys.address.is_some() || is_long() || has_date())
}

/// Finds the story with the exact words of an item, unless their titles or dates differ.
fn worded(db: &Connection, item: &Item<'_>) -> Result<Option<i64>> {
    let found = story(db, &item.keys.text)?;
    let Some(story) = found.filter(|story| item.is_text_of(story)) else { return Ok(None) };
    let old = highlight::article(db, story.id)?;
    let untitled = old.headline.is_none() || item.article.headline.is_none();
    let same_title = untitled || old.title() == item.article.title();
    let same_date = if story.source == item.source {
        is_same_date(&old, item.article)
    } else {
        // Another feed may give only the day, or a different time on that day.
        let days = old.published.as_ref().zip(item.article.published.as_ref());
        days.is_none_or(|(old, new)| old.date == new.date)
    };
    Ok((same_title && same_date).then_some(story.id))
}

/// Returns whether an item is a version of a story found by one of the item's names.
fn continues(db: &Connection, item: &Item<'_>, story: &Story, by: By) -> Result<bool> {
    if by == By::Id && item.is_text_of(story) {
        return Ok(true);
    }
    let (old, new) = (highlight::article(db, story.id)?, item.article);
    if by == By::Id && is_another_by_title(db, item, story, &old)? {
        return Ok(false);
    }
    // Two documents read from standard input may number their items alike.
    if by == By::Id && !document::has_lasting_name(item.source) {
        return Ok(is_same_page(&old, new));
    }
    if old.id == new.id && matches!(by, By::Id | By::Address | By::Title) {
        return Ok(true);
    }
    let is_revision = || identity::is_revision(&old.text, &new.text);
    let numbered = document::is_numbered(&old.id, &story.source);
    let same_source = story.source == item.source;
    Ok(match by {
        // Different IDs in a feed mean different items, unless the feed assigns new IDs at every fetch.
        _ if same_source && !numbered && item.keys.id.is_some() && !is_same_id(&old.id, &new.id) => {
            is_same_date(&old, new) && is_revision()
        }
        By::Id | By::Title => true,
        // A page saved on its own is continued by an item with its URL, unless that URL is a site's home page.
        By::Address if same_source || (numbered && !is_home_page(new)) => true,
        By::Address => old.title() == new.title() || is_revision(),
        // The entries of a live page share a URL, so their texts decide.
        By::Page => is_revision(),
        By::Place => is_same_page(&old, new),
    })
}

/// Returns whether an item is only the teaser of a page that is stored in full.
pub(super) fn is_teaser_of_page(db: &Connection, id: i64, new: &Prepared) -> Result<bool> {
    let sql = "SELECT source FROM articles WHERE id = ?";
    let source: String = db.prepare_cached(sql)?.query_row([id], |row| row.get(0))?;
    if source == new.source {
        return Ok(false);
    }
    let page = highlight::article(db, id)?;
    Ok(document::is_numbered(&page.id, &source) && new.article.text.len() < page.text.len())
}

/// Returns whether the story with an item's ID has a different title and date, while another story has the item's title
/// and date. In that case, several items of an earlier document shared the ID.
fn is_another_by_title(db: &Connection, item: &Item<'_>, story: &Story, old: &Article) -> Result<bool> {
    let Some(key) = item.keys.title.filter(|_| old.title() != item.article.title() && !is_same_date(old, item.article))
    else {
        return Ok(false);
    };
    Ok(self::story(db, &key)?.is_some_and(|titled| titled.id != story.id))
}

/// Returns whether an article is a later version of an older one found at the same position. A file may be renamed and
/// another story saved under its name, so most of the words must be the same. With the same headline and date, the rest may
/// have been rewritten, but not all of it.
pub(super) fn is_same_page(old: &Article, new: &Article) -> bool {
    let is_titled_alike = old.headline.is_some() && old.title() == new.title() && is_same_date(old, new);
    let shared = identity::shared_runs(&old.text, &new.text);
    shared >= MIN_SHARED_AT_PLACE || (is_titled_alike && identity::is_revision(&old.text, &new.text))
}

/// Compares two IDs. URLs used as IDs may differ in tracking parameters.
fn is_same_id(old: &str, new: &str) -> bool {
    old == new || identity::full_url(old) == identity::full_url(new)
}

fn is_same_date(old: &Article, new: &Article) -> bool {
    let (old, new) = (document::date(old), document::date(new));
    old.is_empty() || new.is_empty() || old == new
}

/// Returns whether an article's URL is a site's home page. Items without pages of their own may share such a URL.
fn is_home_page(article: &Article) -> bool {
    let url = article.url.as_deref().and_then(|url| Url::parse(url).ok());
    url.is_some_and(|url| url.path().trim_matches('/').is_empty() && url.query().is_none())
}

fn story(db: &Connection, key: &Identity) -> rusqlite::Result<Option<Story>> {
    let sql =
        "SELECT a.id, a.source, a.text_hash FROM identities i JOIN articles a ON a.id = i.article_id WHERE i.key = ?";
    let read = |row: &rusqlite::Row<'_>| Ok(Story { id: row.get(0)?, source: row.get(1)?, text_hash: row.get(2)? });
    db.prepare_cached(sql)?.query_row([key], read).optional()
}

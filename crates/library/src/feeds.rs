//! Feeds followed by the user, the outcomes of their latest fetches, and the time of the next fetch of each feed.

use super::{Library, Result, codec};
use dateline_core::article::Article;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use std::collections::HashMap;

/// Minimum interval between fetches after a success, in seconds.
const SUCCESS_PAUSE: i64 = 60;
/// Minimum interval between fetches after the first failure, in seconds. It doubles with each further failure.
const FIRST_PAUSE: i64 = 5 * 60;
/// Maximum interval between fetches, in seconds: one week.
const MAX_PAUSE: i64 = 7 * 24 * 3600;
/// Minimum interval between requests for a page after the first one that gave no story, in seconds. It doubles with each
/// further one, up to [`MAX_PAUSE`].
const FIRST_PAGE_PAUSE: i64 = 3600;
/// Time for which a request for a page that gave no story is recorded, in seconds. It holds enough weekly requests to
/// keep the interval at its maximum.
const PAGE_MEMORY: i64 = 90 * 24 * 3600;
/// Maximum number of fetches recorded per feed.
const MAX_REMEMBERED_FETCHES: i64 = 50;

/// Map from the URL of each page that gave no story to the number of its requests and the earliest time of the next one, in
/// Unix seconds.
type FailedPages = HashMap<String, (i64, i64)>;

/// A feed followed by the user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// ID of the feed.
    pub id: i64,
    /// URL of the feed.
    pub url: String,
    /// Title of the feed, as published or as given by the user.
    pub title: String,
    /// Tags given to the feed by the user.
    pub tags: Vec<String>,
    /// Header field `ETag` of the last response.
    pub etag: Option<String>,
    /// Header field `Last-Modified` of the last response.
    pub last_modified: Option<String>,
    /// Earliest time of the next fetch, in Unix seconds.
    pub next_due: i64,
    /// Number of failed fetches since the last successful one.
    pub failures: i64,
    /// Whether the feed was paused by the user or reported as gone by its server.
    pub paused: bool,
    /// Whether to fetch the pages linked from the feed as well, for a feed that contains only teasers.
    pub full_text: bool,
    /// Number of the feed's articles in the library, not counting those in the bin.
    pub articles: i64,
    /// Number of the feed's unread articles, not counting those in the bin.
    pub unread: i64,
    /// Error of the last fetch, if it failed.
    pub error: Option<String>,
    /// ID of the feed server that fetches the feed; `None` if it is fetched from its own host.
    pub server: Option<i64>,
}

/// Change of a followed feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedChange<'a> {
    /// Stop following the feed. Its articles are kept.
    Unfollow,
    /// Set the URL from which the feed is fetched.
    Url(&'a str),
    /// Set the title given to the feed by the user.
    Title(&'a str),
    /// Set whether the pages linked from the feed are fetched as well.
    FullText(bool),
}

/// Outcome of fetching a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Time of the fetch, in Unix seconds.
    pub at: i64,
    /// HTTP status of the response; `None` if there was no response.
    pub status: Option<u16>,
    /// Size of the response in bytes, after decompression.
    pub bytes: usize,
    /// Number of new and changed articles in the response.
    pub added: usize,
    /// Reason why nothing or only part of the feed arrived.
    pub error: Option<String>,
    /// Whether part of the feed could be read in spite of `error`. That does not count as a failure and does not delay
    /// the next fetch.
    pub partial: bool,
    /// Minimum interval before the next fetch as requested by the server, in seconds.
    pub wait: Option<i64>,
    /// Whether the server reported the feed as permanently gone (status 410).
    pub gone: bool,
    /// Validators (`ETag`, `Last-Modified`) for the next request; `None` keeps the stored ones.
    pub validators: Option<(Option<String>, Option<String>)>,
    /// Title published by the feed, used if the feed has no title yet.
    pub title: Option<String>,
    /// URLs of the pages that were requested for the feed's items and gave no story, each with the reason.
    pub failed_pages: Vec<(String, String)>,
}

// A feed that rests for more than a week is due, because its time was written while the clock was wrong.
const COLUMNS: &str = "f.id, f.url, f.title, f.tags, f.etag, f.last_modified, \
    iif(f.next_due > unixepoch() + 604800, 0, f.next_due), f.failures, f.paused, \
    (SELECT count(*) FROM articles a WHERE a.feed_id = f.id AND a.binned_at IS NULL), \
    (SELECT count(*) FROM articles a WHERE a.feed_id = f.id AND a.binned_at IS NULL AND a.read = 0), \
    (SELECT error FROM fetches h WHERE h.feed_id = f.id ORDER BY h.at DESC, h.id DESC LIMIT 1), f.full_text, f.server_id";

impl Feed {
    fn read(row: &SqlRow<'_>) -> rusqlite::Result<Self> {
        let tags: String = row.get(3)?;
        Ok(Self {
            id: row.get(0)?,
            url: row.get(1)?,
            title: row.get(2)?,
            tags: tags.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
            etag: row.get(4)?,
            last_modified: row.get(5)?,
            next_due: row.get(6)?,
            failures: row.get(7)?,
            paused: row.get(8)?,
            articles: row.get(9)?,
            unread: row.get(10)?,
            error: row.get(11)?,
            full_text: row.get(12)?,
            server: row.get(13)?,
        })
    }
}

impl Feed {
    /// Returns the feed's name for display: its title, or its URL if it has no title.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.title.is_empty() { &self.url } else { &self.title }
    }
}

impl Library {
    /// Follows a feed. If the URL is already followed, the feed is resumed, and its title and tags are replaced with
    /// those given, if any.
    ///
    /// Returns the feed's ID, and whether the feed is new.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn follow(&mut self, url: &str, title: &str, tags: &[String]) -> Result<(i64, bool)> {
        let tags = tags.join(",");
        self.write(|db| {
            let known: Option<i64> =
                db.query_row("SELECT id FROM feeds WHERE url = ?", [url], |row| row.get(0)).optional()?;
            let Some(id) = known else {
                db.execute("INSERT INTO feeds (url, title, tags) VALUES (?, ?, ?)", [url, title, tags.as_str()])?;
                return Ok((db.last_insert_rowid(), true));
            };
            if !title.is_empty() {
                db.execute("UPDATE feeds SET title = ? WHERE id = ?", params![title, id])?;
            }
            if !tags.is_empty() {
                db.execute("UPDATE feeds SET tags = ? WHERE id = ?", params![tags, id])?;
            }
            db.execute("UPDATE feeds SET paused = 0 WHERE id = ?", [id])?;
            Ok((id, false))
        })
    }

    /// Changes a feed.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to or another feed has the new URL.
    pub fn change_feed(&mut self, id: i64, change: FeedChange<'_>) -> Result<()> {
        self.write(|db| {
            let changed = match change {
                FeedChange::Unfollow => db.execute("DELETE FROM feeds WHERE id = ?", [id]),
                FeedChange::Url(url) => {
                    let sql = "UPDATE feeds SET url = ?, etag = NULL, last_modified = NULL WHERE id = ?";
                    db.execute(sql, params![url, id])
                }
                FeedChange::Title(title) => db.execute("UPDATE feeds SET title = ? WHERE id = ?", params![title, id]),
                FeedChange::FullText(is) => {
                    // Without the validators, the next fetch requests the whole feed.
                    let sql = "UPDATE feeds SET full_text = ?, etag = NULL, last_modified = NULL WHERE id = ?";
                    db.execute(sql, params![is, id])
                }
            };
            Ok(changed.map(drop)?)
        })
    }

    /// Returns those articles of a feed that were read from their own pages, leaving out unreadable ones. The second
    /// value is the map from the URL of each page that gave no story to the number of its requests and the earliest time
    /// of the next one, in Unix seconds.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn pages_of(&self, feed: i64) -> Result<(Vec<Article>, FailedPages)> {
        let sql = "SELECT t.article FROM articles a JOIN texts t ON t.article_id = a.id
            WHERE a.feed_id = ? AND (t.raw IS NOT NULL OR t.source_id IS NOT NULL)";
        let packed: rusqlite::Result<Vec<Vec<u8>>> = self
            .connection()
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_map([feed], |row| row.get(0))?.collect());
        let packed = packed.map_err(|error| self.with_path(error))?;
        let articles = packed.iter().filter_map(|packed| codec::unpack_article(packed).ok()).collect();
        let failed = failed_pages(self.connection()).map_err(|error| self.with_path(error))?;
        Ok((articles, failed))
    }

    /// Returns the IDs of a feed's articles that are not in the bin, latest first.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn articles_of(&self, feed: i64, limit: usize) -> Result<Vec<i64>> {
        let sql = "SELECT id FROM articles WHERE feed_id = ? AND binned_at IS NULL ORDER BY day DESC, moment DESC, id DESC LIMIT ?";
        let found: rusqlite::Result<Vec<i64>> = self
            .connection()
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_map([feed, limit as i64], |row| row.get(0))?.collect());
        found.map_err(|error| self.with_path(error))
    }

    /// Returns all feeds, sorted by title.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn feeds(&self) -> Result<Vec<Feed>> {
        let sql = format!("SELECT {COLUMNS} FROM feeds f ORDER BY f.title COLLATE NOCASE, f.url");
        let feeds: rusqlite::Result<Vec<Feed>> = self
            .connection()
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_map([], Feed::read)?.collect());
        feeds.map_err(|error| self.with_path(error))
    }

    /// Stores the outcome of fetching a feed, and the earliest time of the next fetch.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn fetched(&mut self, feed: &Feed, came: &Fetched) -> Result<()> {
        let failures = if came.error.is_some() && !came.partial { feed.failures + 1 } else { 0 };
        let next_due = came.at + pause(failures, came.wait);
        self.write(|db| {
            db.execute(
                "UPDATE feeds SET next_due = ?, failures = ?, paused = paused OR ? WHERE id = ?",
                params![next_due, failures, came.gone, feed.id],
            )?;
            if let Some((etag, last_modified)) = &came.validators {
                let sql = "UPDATE feeds SET etag = ?, last_modified = ? WHERE id = ?";
                db.execute(sql, params![etag, last_modified, feed.id])?;
            }
            if let Some(title) = &came.title {
                db.execute("UPDATE feeds SET title = ? WHERE id = ? AND title = ''", params![title, feed.id])?;
            }
            db.execute(
                "INSERT INTO fetches (feed_id, url, at, status, bytes, added, error) VALUES (?, ?, ?, ?, ?, ?, ?)",
                params![feed.id, feed.url, came.at, came.status, came.bytes as i64, came.added as i64, came.error],
            )?;
            db.execute(
                "DELETE FROM fetches WHERE feed_id = ?1 AND id NOT IN \
                 (SELECT id FROM fetches WHERE feed_id = ?1 ORDER BY at DESC, id DESC LIMIT ?2)",
                params![feed.id, MAX_REMEMBERED_FETCHES],
            )?;
            Ok(record_failed_pages(db, came)?)
        })
    }
}

/// Records the requests for pages that gave no story. Such a row has the URL of a page and no feed, because several feeds
/// may link to the same page.
fn record_failed_pages(db: &Connection, came: &Fetched) -> rusqlite::Result<()> {
    db.execute("DELETE FROM fetches WHERE feed_id IS NULL AND at < ?", [came.at - PAGE_MEMORY])?;
    let mut insert = db.prepare_cached("INSERT INTO fetches (url, at, error) VALUES (?, ?, ?)")?;
    for (url, reason) in &came.failed_pages {
        insert.execute(params![url, came.at, reason])?;
    }
    Ok(())
}

/// Reads the requests for pages that gave no story: their number by URL, and the earliest time of the next one. A request
/// with a time in the future delays nothing, because the clock was wrong then.
fn failed_pages(db: &Connection) -> rusqlite::Result<FailedPages> {
    let sql = "SELECT url, count(*), coalesce(max(at) FILTER (WHERE at <= unixepoch()), 0) FROM fetches
        WHERE feed_id IS NULL AND error IS NOT NULL GROUP BY url";
    let read = |row: &SqlRow<'_>| {
        let (count, last): (i64, i64) = (row.get(1)?, row.get(2)?);
        Ok((row.get(0)?, (count, last + growing(FIRST_PAGE_PAUSE, count))))
    };
    db.prepare_cached(sql)?.query_map([], read)?.collect()
}

/// Returns an interval that doubles with each failure after the first, up to [`MAX_PAUSE`].
fn growing(first: i64, failures: i64) -> i64 {
    first.saturating_mul(1 << (failures - 1).clamp(0, 20)).min(MAX_PAUSE)
}

/// Returns the interval before the next fetch of a feed, in seconds. It grows with the number of failures and is at
/// least as long as the server requested, but at most a week.
fn pause(failures: i64, asked: Option<i64>) -> i64 {
    let own = match failures {
        0 => SUCCESS_PAUSE,
        failures => growing(FIRST_PAUSE, failures),
    };
    own.max(asked.unwrap_or(0)).min(MAX_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_feed_is_asked_less_and_less_and_an_answer_ends_it() {
        assert_eq!(pause(0, None), 60);
        assert_eq!(pause(1, None), 300);
        assert_eq!(pause(3, None), 1200);
        assert_eq!(pause(1, Some(3600)), 3600);
        assert_eq!(pause(60, None), MAX_PAUSE);
    }

    #[test]
    fn the_same_address_twice_is_one_feed() {
        let mut library = Library::open_in_memory().unwrap();
        let (id, new) = library.follow("https://example.org/feed", "", &[]).unwrap();
        assert!(new);
        assert_eq!(library.follow("https://example.org/feed", "Gazette", &["local".to_owned()]).unwrap(), (id, false));
        let feeds = library.feeds().unwrap();
        assert_eq!(feeds.len(), 1);
        assert_eq!((feeds[0].title.as_str(), feeds[0].tags.as_slice()), ("Gazette", &["local".to_owned()][..]));
    }

    #[test]
    fn a_feed_that_came_in_part_is_not_asked_less() {
        let mut library = Library::open_in_memory().unwrap();
        library.follow("https://example.org/feed", "", &[]).unwrap();
        let feed = library.feeds().unwrap().remove(0);
        let error = Some("it was cut off".to_owned());
        library.fetched(&feed, &Fetched { at: 1000, error, partial: true, ..Fetched::default() }).unwrap();
        let feed = library.feeds().unwrap().remove(0);
        assert_eq!((feed.failures, feed.next_due), (0, 1060));
        assert_eq!(feed.error.as_deref(), Some("it was cut off"));
    }

    #[test]
    fn a_failure_keeps_validators_and_title() {
        let mut library = Library::open_in_memory().unwrap();
        library.follow("https://example.org/feed", "", &[]).unwrap();
        let feed = library.feeds().unwrap().remove(0);
        let came = Fetched {
            at: 1000,
            status: Some(200),
            validators: Some((Some("\"a\"".to_owned()), None)),
            title: Some("Gazette".to_owned()),
            ..Fetched::default()
        };
        library.fetched(&feed, &came).unwrap();
        let feed = library.feeds().unwrap().remove(0);
        library.fetched(&feed, &Fetched { at: 2000, error: Some("no".to_owned()), ..Fetched::default() }).unwrap();
        let feed = library.feeds().unwrap().remove(0);
        assert_eq!(feed.etag.as_deref(), Some("\"a\""));
        assert_eq!(feed.title, "Gazette");
        assert_eq!((feed.failures, feed.next_due), (1, 2300));
        assert_eq!(feed.error.as_deref(), Some("no"));
    }
    #[test]
    fn a_feed_whose_time_was_written_by_a_wrong_clock_is_due() {
        let mut library = Library::open_in_memory().unwrap();
        library.follow("https://example.org/feed", "", &[]).unwrap();
        let feed = library.feeds().unwrap().remove(0);
        let now: i64 = library.connection().query_row("SELECT unixepoch()", [], |row| row.get(0)).unwrap();
        library.fetched(&feed, &Fetched { at: now + 5 * 365 * 86_400, ..Fetched::default() }).unwrap();
        assert_eq!(library.feeds().unwrap().remove(0).next_due, 0);
        library.fetched(&feed, &Fetched { at: now, wait: Some(MAX_PAUSE), ..Fetched::default() }).unwrap();
        assert_eq!(library.feeds().unwrap().remove(0).next_due, now + MAX_PAUSE);
    }

    #[test]
    fn a_page_that_gives_no_story_rests_longer_each_time() {
        let mut library = Library::open_in_memory().unwrap();
        library.follow("https://example.org/feed", "", &[]).unwrap();
        let feed = library.feeds().unwrap().remove(0);
        let failed_pages = vec![("https://example.org/a".to_owned(), "it is gone".to_owned())];
        let mut rests = Vec::new();
        for at in (1..=12).map(|times| times * 600_000) {
            library.fetched(&feed, &Fetched { at, failed_pages: failed_pages.clone(), ..Fetched::default() }).unwrap();
            rests.push(library.pages_of(feed.id).unwrap().1["https://example.org/a"].1 - at);
        }
        assert_eq!(rests[..3], [3600, 7200, 14_400]);
        assert_eq!(rests[11], MAX_PAUSE);
        // The feed itself did not fail.
        assert_eq!(library.feeds().unwrap().remove(0).error, None);
        library.fetched(&feed, &Fetched { at: 12 * 600_000 + 1 + PAGE_MEMORY, ..Fetched::default() }).unwrap();
        assert!(library.pages_of(feed.id).unwrap().1.is_empty());
    }
}

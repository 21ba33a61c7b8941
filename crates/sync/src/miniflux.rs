//! Client for the REST API of Miniflux, version 1 (<https://miniflux.app/docs/api.html>).

use super::account::{Account, Secret};
use super::connection::{Connection, parse};
use super::entry::Entry;
use super::error::SyncError;
use base64::Engine;
use dateline_fetch::{ApiCall, Fetcher};
use dateline_library::RemoteFeed;
use serde::Deserialize;

/// Client for Miniflux.
#[derive(Debug)]
pub(crate) struct Miniflux {
    connection: Connection,
}

#[derive(Deserialize)]
struct Me {
    #[allow(dead_code, reason = "its presence is the sign of Miniflux")]
    username: String,
}

#[derive(Deserialize)]
struct FeedJson {
    id: i64,
    feed_url: String,
    #[serde(default)]
    title: String,
    category: Option<Category>,
}

#[derive(Deserialize)]
struct Category {
    #[serde(default)]
    title: String,
}

#[derive(Deserialize)]
struct Entries {
    entries: Vec<EntryJson>,
}

#[derive(Deserialize)]
struct EntryJson {
    id: i64,
    feed_id: i64,
    status: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    author: String,
    #[serde(default)]
    published_at: String,
    #[serde(default)]
    content: String,
    #[serde(default)]
    starred: bool,
}

/// Page of entries in the order of their IDs.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Entries that are read or unread.
    pub entries: Vec<Entry>,
    /// IDs of entries that the server has removed.
    pub removed: Vec<i64>,
    /// Largest ID of the page; `None` if the page is empty.
    pub last: Option<i64>,
    /// The server's clock when it sent the page, in Unix seconds.
    pub date: Option<i64>,
}

impl Miniflux {
    /// Creates a client. Nothing is sent yet.
    pub(crate) fn new(fetcher: &Fetcher, account: &Account, secret: &Secret) -> Result<Self, SyncError> {
        let mut connection = Connection::new(fetcher, &account.url)?;
        if account.user.is_empty() {
            connection.authorize("X-Auth-Token", secret.password.clone());
        } else {
            let pair = format!("{}:{}", account.user, secret.password);
            let encoded = base64::engine::general_purpose::STANDARD.encode(pair);
            connection.authorize("Authorization", format!("Basic {encoded}"));
        }
        Ok(Self { connection })
    }

    /// Checks that the server is Miniflux and accepts the credentials.
    pub(crate) fn check(&self) -> Result<(), SyncError> {
        self.connection.get::<Me>("/v1/me").map(drop)
    }

    /// Returns the feeds that the user follows.
    pub(crate) fn feeds(&self) -> Result<Vec<RemoteFeed>, SyncError> {
        let (feeds, _) = self.connection.get::<Vec<FeedJson>>("/v1/feeds")?;
        Ok(feeds
            .into_iter()
            .map(|feed| RemoteFeed {
                remote: feed.id.to_string(),
                url: feed.feed_url,
                title: feed.title,
                folder: feed.category.map(|category| category.title).unwrap_or_default(),
            })
            .collect())
    }

    /// Returns at most `limit` entries with IDs above `after`, in the order of their IDs. If `since` is not 0, returns
    /// only those changed after that moment, in Unix seconds of the server.
    pub(crate) fn page(&self, after: i64, since: i64, limit: usize) -> Result<Page, SyncError> {
        let mut path = format!("/v1/entries?order=id&direction=asc&limit={limit}&after_entry_id={after}");
        path.push_str("&status=unread&status=read");
        if since > 0 {
            path.push_str(&format!("&status=removed&changed_after={since}"));
        }
        let (found, date) = self.connection.get::<Entries>(&path)?;
        let mut page = Page { date, ..Page::default() };
        for entry in found.entries {
            // Without this check, a server that ignores the parameter would send the same page for ever.
            if entry.id <= page.last.unwrap_or(after) {
                return Err(SyncError::Endless);
            }
            page.last = Some(entry.id);
            if entry.status == "removed" {
                page.removed.push(entry.id);
            } else {
                page.entries.push(of_json(entry));
            }
        }
        Ok(page)
    }

    /// Marks entries as read or unread.
    pub(crate) fn mark(&self, entries: &[i64], read: bool) -> Result<(), SyncError> {
        let status = if read { "read" } else { "unread" };
        let body = serde_json::json!({ "entry_ids": entries, "status": status }).to_string();
        self.connection.send("/v1/entries", ApiCall::Put(&body)).map(drop)
    }

    /// Stars or unstars an entry. The API can only toggle the star, so the entry is read first. Returns `false` if the
    /// entry no longer exists.
    pub(crate) fn star(&self, entry: i64, starred: bool) -> Result<bool, SyncError> {
        let found = match self.connection.send(&format!("/v1/entries/{entry}"), ApiCall::Get) {
            Err(SyncError::Status(404)) => return Ok(false),
            found => parse::<EntryJson>(&found?.body)?,
        };
        if found.starred != starred {
            self.connection.send(&format!("/v1/entries/{entry}/bookmark"), ApiCall::Put(""))?;
        }
        Ok(true)
    }
}

fn of_json(entry: EntryJson) -> Entry {
    Entry {
        id: entry.id,
        feed: entry.feed_id.to_string(),
        read: entry.status == "read",
        title: entry.title,
        url: entry.url,
        author: entry.author,
        published: entry.published_at,
        html: entry.content,
        starred: entry.starred,
        ..Entry::default()
    }
}

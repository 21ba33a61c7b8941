//! Feeds of a feed server: those that the user follows there are followed here. Only the server fetches them.

use crate::{Library, Result};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{HashMap, HashSet};

/// A feed that the user follows on a feed server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemoteFeed {
    /// ID of the feed on the server.
    pub remote: String,
    /// URL of the feed.
    pub url: String,
    /// Title of the feed on the server.
    pub title: String,
    /// Folder of the feed on the server; empty if it has none.
    pub folder: String,
}

/// The library's counterpart of a feed on a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalFeed {
    /// ID of the feed in this library.
    pub id: i64,
    /// URL of the feed, which is the source of its stories.
    pub url: String,
}

impl Library {
    /// Follows the feeds of a server, with their folders as tags, and returns the counterpart of each by its ID on the
    /// server. A title or a folder is taken over when it changes on the server, so that one given here stays. The stories
    /// of a feed that the server no longer has are archived, and the feed is paused.
    ///
    /// Returns also the number of archived stories.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn sync_feeds(&mut self, server: i64, feeds: &[RemoteFeed]) -> Result<(HashMap<String, LocalFeed>, usize)> {
        self.write(|db| {
            let mut out = HashMap::with_capacity(feeds.len());
            for feed in feeds {
                out.insert(feed.remote.clone(), take_over(db, server, feed)?);
            }
            let kept: HashSet<&str> = feeds.iter().map(|feed| feed.remote.as_str()).collect();
            let known: Vec<(i64, String)> = db
                .prepare_cached("SELECT id, remote FROM sync_feeds WHERE server_id = ?")?
                .query_map([server], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let mut archived = 0;
            for (id, _) in known.iter().filter(|(_, remote)| !kept.contains(remote.as_str())) {
                archived += give_up(db, server, *id)?;
            }
            Ok((out, archived))
        })
    }
}

/// Follows one feed of a server. The row is only written if something has changed, because a sync of a thousand feeds
/// with nothing new should write nothing.
fn take_over(db: &Connection, server: i64, feed: &RemoteFeed) -> Result<LocalFeed> {
    let folder = feed.folder.replace(',', " ");
    let known: Option<(Option<i64>, String, String)> = db
        .prepare_cached("SELECT feed_id, title, folder FROM sync_feeds WHERE server_id = ? AND remote = ?")?
        .query_row(params![server, feed.remote], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let of_feed = |id: i64| -> rusqlite::Result<String> {
        db.prepare_cached("SELECT url FROM feeds WHERE id = ?")?.query_row([id], |row| row.get(0))
    };
    if let Some((Some(id), title, old_folder)) = &known {
        if *title != feed.title {
            db.execute("UPDATE feeds SET title = ? WHERE id = ?", params![feed.title, id])?;
        }
        if *old_folder != folder {
            db.execute("UPDATE feeds SET tags = ? WHERE id = ?", params![folder, id])?;
        }
        if *title != feed.title || *old_folder != folder {
            let sql = "UPDATE sync_feeds SET title = ?3, folder = ?4 WHERE server_id = ?1 AND remote = ?2";
            db.execute(sql, params![server, feed.remote, feed.title, folder])?;
        }
        return Ok(LocalFeed { id: *id, url: of_feed(*id)? });
    }
    // A feed that the user follows here as well goes on being fetched here.
    db.execute(
        "INSERT OR IGNORE INTO feeds (url, title, tags, server_id) VALUES (?, ?, ?, ?)",
        params![feed.url, feed.title, folder, server],
    )?;
    let id = db.query_row("SELECT id FROM feeds WHERE url = ?", [&feed.url], |row| row.get(0))?;
    db.execute(
        "INSERT INTO sync_feeds (server_id, remote, feed_id, title, folder) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (server_id, remote) DO UPDATE SET feed_id = ?3, title = ?4, folder = ?5",
        params![server, feed.remote, id, feed.title, folder],
    )?;
    Ok(LocalFeed { id, url: feed.url.clone() })
}

/// Archives the stories of a feed that the server no longer has. Returns their number.
fn give_up(db: &Connection, server: i64, sync_feed: i64) -> Result<usize> {
    let entries: Vec<i64> = db
        .prepare_cached("SELECT entry FROM sync_entries WHERE server_id = ? AND sync_feed = ?")?
        .query_map([server, sync_feed], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let archived = super::entries::drop_entries(db, server, &entries)?;
    db.execute(
        "UPDATE feeds SET paused = 1, server_id = NULL
         WHERE server_id = ?1 AND id = (SELECT feed_id FROM sync_feeds WHERE id = ?2)",
        [server, sync_feed],
    )?;
    db.execute("DELETE FROM sync_feeds WHERE id = ?", [sync_feed])?;
    Ok(archived)
}

//! Feed servers against which the library is read, and the state of their feeds and entries at the last sync. That state
//! is the third side of the comparison which decides what changed here and what there. Depends on no protocol and holds
//! no credentials.

mod entries;
mod feeds;
mod labels;
mod pending;

pub use entries::{RemoteEntry, SyncCounts};
pub use feeds::{LocalFeed, RemoteFeed};
pub use labels::LabelChange;
pub use pending::PendingStates;

use super::{Library, Result, now};
use rusqlite::{Row, params};

/// A feed server that the user has added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyncServer {
    /// ID of the server in this library.
    pub id: i64,
    /// URL of the server's API, without credentials.
    pub url: String,
    /// Name of the protocol.
    pub kind: String,
    /// Name of the user on the server; empty if the server knows the user by a key.
    pub user: String,
    /// How far the server's entries have been read, in the form of the protocol; empty before the first sync.
    pub cursor: String,
    /// Time of the last complete sync, in Unix seconds.
    pub synced_at: Option<i64>,
    /// Reason why the last sync failed; `None` if it was complete.
    pub error: Option<String>,
    /// Number of the server's entries that have a story here.
    pub stories: i64,
}

const COLUMNS: &str = "s.id, s.url, s.kind, s.user, s.cursor, s.synced, s.error, \
    (SELECT count(*) FROM sync_entries e WHERE e.server_id = s.id AND e.article_id IS NOT NULL)";

impl SyncServer {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            url: row.get(1)?,
            kind: row.get(2)?,
            user: row.get(3)?,
            cursor: row.get(4)?,
            synced_at: row.get(5)?,
            error: row.get(6)?,
            stories: row.get(7)?,
        })
    }
}

impl Library {
    /// Returns the feed servers, in the order in which they were added.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn sync_servers(&self) -> Result<Vec<SyncServer>> {
        let sql = format!("SELECT {COLUMNS} FROM sync_servers s ORDER BY s.id");
        let servers: rusqlite::Result<Vec<SyncServer>> = self
            .connection()
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_map([], SyncServer::read)?.collect());
        servers.map_err(|error| self.with_path(error))
    }

    /// Adds a feed server, unless it is there already. Nothing is known of its entries yet.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn add_sync_server(&mut self, url: &str, kind: &str, user: &str) -> Result<SyncServer> {
        self.write(|db| {
            db.execute(
                "INSERT INTO sync_servers (url, kind, user) VALUES (?1, ?2, ?3)
                 ON CONFLICT (url, user) DO UPDATE SET kind = ?2, error = NULL",
                params![url, kind, user],
            )?;
            let sql = format!("SELECT {COLUMNS} FROM sync_servers s WHERE s.url = ? AND s.user = ?");
            Ok(db.query_row(&sql, [url, user], SyncServer::read)?)
        })
    }

    /// Removes a feed server. Its stories stay. Its feeds stay as well, but are paused, because nobody has asked this
    /// program to fetch them itself.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn remove_sync_server(&mut self, id: i64) -> Result<()> {
        self.write(|db| {
            db.execute("UPDATE feeds SET paused = 1 WHERE server_id = ?", [id])?;
            db.execute("DELETE FROM sync_servers WHERE id = ?", [id])?;
            Ok(())
        })
    }

    /// Records the end of a sync: the new cursor, or the reason of the failure, after which the next sync goes on where
    /// this one stopped.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn sync_ended(&mut self, server: i64, outcome: std::result::Result<&str, &str>) -> Result<()> {
        self.write(|db| {
            match outcome {
                Ok(cursor) => db.execute(
                    "UPDATE sync_servers SET cursor = ?2, synced = ?3, error = NULL WHERE id = ?1",
                    params![server, cursor, now()],
                )?,
                Err(reason) => {
                    db.execute("UPDATE sync_servers SET error = ?2 WHERE id = ?1", params![server, reason])?
                }
            };
            Ok(())
        })
    }
}

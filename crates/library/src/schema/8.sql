-- Schema version 8: reading against a feed server. The server's copy of a story is an entry.

CREATE TABLE sync_servers (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,                        -- of its API, without credentials, which are in no table
    kind TEXT NOT NULL,                       -- the protocol
    user TEXT NOT NULL,                       -- '' if the server knows the user by a key
    cursor TEXT NOT NULL DEFAULT '',          -- how far the entries have been read, in the form of the protocol
    synced INTEGER,                           -- time of the last complete sync
    error TEXT,                               -- why the last sync failed
    UNIQUE (url, user)
);
CREATE TABLE sync_feeds (
    id INTEGER PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES sync_servers(id) ON DELETE CASCADE,
    remote TEXT NOT NULL,                     -- ID on the server
    feed_id INTEGER REFERENCES feeds(id) ON DELETE SET NULL,
    title TEXT NOT NULL,                      -- on the server, at the last sync
    folder TEXT NOT NULL,                     -- the same
    UNIQUE (server_id, remote)
);
CREATE INDEX sync_feeds_feed ON sync_feeds(feed_id) WHERE feed_id IS NOT NULL;
CREATE TABLE sync_entries (
    server_id INTEGER NOT NULL REFERENCES sync_servers(id) ON DELETE CASCADE,
    entry INTEGER NOT NULL,                   -- ID on the server
    sync_feed INTEGER NOT NULL,
    article_id INTEGER REFERENCES articles(id) ON DELETE SET NULL, -- NULL: the story was deleted here, for good
    brought INTEGER NOT NULL,                 -- 1: the story came with this entry
    read INTEGER NOT NULL,                    -- on both sides at the last sync
    starred INTEGER NOT NULL,                 -- the same
    page INTEGER NOT NULL,                    -- hash of its URL
    content INTEGER NOT NULL,                 -- hash of everything that becomes text
    PRIMARY KEY (server_id, entry)
) WITHOUT ROWID;
CREATE INDEX sync_entries_article ON sync_entries(article_id) WHERE article_id IS NOT NULL;
CREATE INDEX sync_entries_feed ON sync_entries(sync_feed);
-- Feeds that a server fetches, so that this program does not.
ALTER TABLE feeds ADD COLUMN server_id INTEGER REFERENCES sync_servers(id) ON DELETE SET NULL;

-- Schema version 2: feeds whose linked pages are fetched as well, and the search history.
ALTER TABLE feeds ADD COLUMN full_text INTEGER NOT NULL DEFAULT 0;
CREATE TABLE searches (
    query TEXT PRIMARY KEY,
    at INTEGER NOT NULL                       -- the number of searches made before it
) WITHOUT ROWID;

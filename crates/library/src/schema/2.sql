-- The second form: feeds that are read whole, page by page, and what the reader looked for before.
ALTER TABLE feeds ADD COLUMN full_text INTEGER NOT NULL DEFAULT 0;
CREATE TABLE searches (
    query TEXT PRIMARY KEY,
    at INTEGER NOT NULL                       -- the number of searches made before it
) WITHOUT ROWID;

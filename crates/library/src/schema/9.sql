-- Schema version 9: pairing. The user's changes travel between libraries through files in a folder. Nothing is recorded
-- until a folder is named. A register is the latest value of one thing that the user can change, with the time and the
-- machine of the change; all of them can be rebuilt from the marks, except their times.

-- This library's name among those that are paired; one row. A copy of the file on another machine is another library.
CREATE TABLE pair_machine (
    id TEXT NOT NULL,
    place TEXT NOT NULL                       -- the machine's name and the path of the library
);
CREATE TABLE pair_folders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL DEFAULT '',            -- name of this library's file in it
    written INTEGER NOT NULL DEFAULT 0,       -- the last register that the file contains
    length INTEGER NOT NULL DEFAULT 0,        -- of the file, in bytes
    chain TEXT NOT NULL DEFAULT '',           -- checksum of the file
    stories INTEGER NOT NULL DEFAULT 0,       -- 1: the texts of marked stories are written, too
    at INTEGER NOT NULL DEFAULT 0             -- when it was last paired
);
-- How far the files of the others have been read.
CREATE TABLE pair_files (
    folder INTEGER NOT NULL REFERENCES pair_folders(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    machine TEXT NOT NULL,                    -- name of the machine, for messages
    begun INTEGER NOT NULL,                   -- when the file was begun, in milliseconds
    length INTEGER NOT NULL,                  -- of what has been read, in bytes
    lines INTEGER NOT NULL,
    chain TEXT NOT NULL,
    modified INTEGER NOT NULL,                -- nanoseconds since 1970; 0: to be read again
    PRIMARY KEY (folder, name)
) WITHOUT ROWID;
-- Stories with registers. Those that this library lacks have no `article_id` yet.
CREATE TABLE pair_stories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER UNIQUE REFERENCES articles(id) ON DELETE CASCADE,
    uid TEXT NOT NULL,
    text TEXT NOT NULL                        -- identity of the text, in hexadecimal
);
CREATE INDEX pair_stories_absent ON pair_stories(uid, text) WHERE article_id IS NULL;
CREATE TABLE pair_registers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,     -- in the order in which they came
    story INTEGER REFERENCES pair_stories(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    time INTEGER NOT NULL,                    -- milliseconds since 1970, later than all that the change replaced
    machine TEXT NOT NULL,
    value TEXT NOT NULL,                      -- JSON
    seen TEXT NOT NULL,                       -- JSON: by machine, the time of the latest change that it replaced
    folder INTEGER NOT NULL                   -- the folder that it came from; 0: made here
);
CREATE INDEX pair_registers_place ON pair_registers(story, kind, key);
CREATE INDEX pair_registers_key ON pair_registers(key) WHERE kind = 'happening';
-- Keys of highlights, which have other IDs in other libraries.
CREATE TABLE pair_highlights (
    highlight_id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    UNIQUE (article_id, key)
);
-- What was changed since the last pairing.
CREATE TABLE pair_touched (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    article INTEGER NOT NULL,                 -- 0: it concerns no story
    key TEXT NOT NULL,
    at INTEGER NOT NULL,                      -- milliseconds since 1970
    is_first INTEGER NOT NULL DEFAULT 0       -- 1: it was there when the first folder was named
);

-- A story that is unread because its text has changed was not marked by the user.
CREATE TRIGGER pair_read AFTER UPDATE OF read ON articles
WHEN OLD.read <> NEW.read AND OLD.versions = NEW.versions AND EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('read', NEW.id, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_star AFTER UPDATE OF starred ON articles
WHEN OLD.starred <> NEW.starred AND EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('star', NEW.id, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_archive AFTER UPDATE OF archived ON articles
WHEN OLD.archived <> NEW.archived AND EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('archive', NEW.id, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_bin AFTER UPDATE OF binned_at ON articles
WHEN (OLD.binned_at IS NULL) <> (NEW.binned_at IS NULL) AND EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('bin', NEW.id, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_tagged AFTER INSERT ON article_tags WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at)
    SELECT 'tag', NEW.article_id, name, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM tags WHERE id = NEW.tag_id;
END;
CREATE TRIGGER pair_untagged AFTER DELETE ON article_tags WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at)
    SELECT 'tag', OLD.article_id, name, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM tags WHERE id = OLD.tag_id;
END;
CREATE TRIGGER pair_note AFTER INSERT ON notes WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('note', NEW.article_id, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_note_changed AFTER UPDATE ON notes WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('note', NEW.article_id, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_note_removed AFTER DELETE ON notes WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('note', OLD.article_id, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_highlight AFTER INSERT ON highlights WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('highlight', NEW.article_id, NEW.id, CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_highlight_changed AFTER UPDATE ON highlights WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('highlight', NEW.article_id, NEW.id, CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_highlight_removed AFTER DELETE ON highlights WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('highlight', OLD.article_id, OLD.id, CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_position AFTER INSERT ON positions WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('position', NEW.article_id, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_correction AFTER INSERT ON corrections WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('correction', NEW.article_id, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_correction_removed AFTER DELETE ON corrections WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('correction', OLD.article_id, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_happening AFTER INSERT ON cluster_decisions WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('happening', NEW.article_id, NEW.other_id, CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_happening_removed AFTER DELETE ON cluster_decisions WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('happening', OLD.article_id, OLD.other_id, CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_name AFTER INSERT ON aliases WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('name', 0, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_name_changed AFTER UPDATE ON aliases WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('name', 0, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_name_removed AFTER DELETE ON aliases WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('name', 0, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_view AFTER INSERT ON saved_views WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('view', 0, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_view_changed AFTER UPDATE ON saved_views WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('view', 0, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
CREATE TRIGGER pair_view_removed AFTER DELETE ON saved_views WHEN EXISTS (SELECT 1 FROM pair_machine) BEGIN
    INSERT INTO pair_touched (kind, article, key, at) VALUES ('view', 0, '', CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;

-- Schema version 3: a smaller and faster full-text index. Instead of FTS5's prefix indices and scans of the name
-- tables, an index without positions records which stories contain a word or a short prefix, and names are found as
-- words are. Annotations are packed with their text as the dictionary; everything derived from them is rebuilt after
-- this step.

DROP TABLE search;
-- Full text, by article. `quote` repeats the quoted and reported words; `names` has the words of all names, each
-- prefixed with the mark of its field.
CREATE VIRTUAL TABLE search USING fts5(
    headline, body, quote, names,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2'
);
-- Stories that contain a word or a prefix of two or three letters, prefixed with the mark of its field.
CREATE VIRTUAL TABLE terms USING fts5(
    words,
    content = '', contentless_delete = 1, detail = none,
    tokenize = 'unicode61 remove_diacritics 2'
);

-- Folded words and short forms under which a name is found.
CREATE TABLE forms_new (
    form TEXT NOT NULL,
    part INTEGER NOT NULL,                    -- 0: it is the whole name
    name_id INTEGER NOT NULL REFERENCES names(id) ON DELETE CASCADE,
    PRIMARY KEY (form, part, name_id)
) WITHOUT ROWID;
INSERT INTO forms_new SELECT f.form, f.form <> n.folded, n.id FROM forms f JOIN names n ON n.id = f.name_id;
DROP TABLE forms;
ALTER TABLE forms_new RENAME TO forms;

-- Names across articles: one row per kind and folded full name.
CREATE TABLE names_new (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                       -- person, organization, place, group, work, other; speaker for no entity
    name TEXT NOT NULL
);
INSERT INTO names_new SELECT id, kind, name FROM names;
DROP TABLE names;
ALTER TABLE names_new RENAME TO names;

-- The index that lists walk along contains all the columns that queries test besides words.
DROP INDEX articles_kept;
CREATE INDEX articles_kept ON articles(day DESC, id DESC, read, starred, archived) WHERE binned_at IS NULL;
-- Few events last longer than two months: all others that include a day begin near it.
CREATE INDEX events_long ON events(begin_day, end_day) WHERE end_day - begin_day > 62;

-- Smaller and quicker: which stories hold a word, or one that begins so, stands in an index without
-- places, and names are found as words are, instead of FTS5's prefix indices and walks through the
-- tables of names. Annotations are packed
-- beside their text; all that is made from them is made again after this step.

DROP TABLE search;
-- Full text, by article. `quote` holds the words that somebody is reported to have said, once more;
-- `names` those of everybody and everything named, each word behind the mark of its field.
CREATE VIRTUAL TABLE search USING fts5(
    headline, body, quote, names,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2'
);
-- Which stories hold a word or a beginning of two or three letters, behind the mark of its field.
CREATE VIRTUAL TABLE terms USING fts5(
    words,
    content = '', contentless_delete = 1, detail = none,
    tokenize = 'unicode61 remove_diacritics 2'
);

-- Words and short forms that a name is found by, folded.
CREATE TABLE forms_new (
    form TEXT NOT NULL,
    part INTEGER NOT NULL,                    -- 0: it is the whole name
    name_id INTEGER NOT NULL REFERENCES names(id) ON DELETE CASCADE,
    PRIMARY KEY (form, part, name_id)
) WITHOUT ROWID;
INSERT INTO forms_new SELECT f.form, f.form <> n.folded, n.id FROM forms f JOIN names n ON n.id = f.name_id;
DROP TABLE forms;
ALTER TABLE forms_new RENAME TO forms;

-- Who, across articles: one row a kind and folded full name.
CREATE TABLE names_new (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                       -- person, organization, place, group, work, other; speaker for no entity
    name TEXT NOT NULL
);
INSERT INTO names_new SELECT id, kind, name FROM names;
DROP TABLE names;
ALTER TABLE names_new RENAME TO names;

-- What queries ask of articles besides words stands in the index that lists walk along.
DROP INDEX articles_kept;
CREATE INDEX articles_kept ON articles(day DESC, id DESC, read, starred, archived) WHERE binned_at IS NULL;
-- Few events last longer than two months: those of the others that touch a day begin near it.
CREATE INDEX events_long ON events(begin_day, end_day) WHERE end_day - begin_day > 62;

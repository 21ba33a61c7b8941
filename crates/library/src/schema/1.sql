-- Schema version 1. Times are Unix seconds; days count from 1970-01-01; offsets are bytes of the article's text.

-- Columns that lists show and sort by. Kept narrow: the text is in `texts`.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,                 -- names the article outside of this file
    source TEXT NOT NULL,                     -- the file, feed or page that it was read from
    format TEXT NOT NULL,
    url TEXT,
    text_hash BLOB NOT NULL,                  -- SHA-256 of the text, white space folded
    headline TEXT NOT NULL,
    kicker TEXT,
    standfirst TEXT,
    section TEXT,                             -- from the widest to the narrowest, separated by " › "
    byline TEXT,                              -- names separated by "; "
    publisher TEXT,
    language TEXT,
    place TEXT,                               -- of the dateline
    published TEXT,                           -- ISO 8601, as exact as known
    published_source TEXT,
    day INTEGER NOT NULL,                     -- of publication, else of addition
    added INTEGER NOT NULL,
    words INTEGER NOT NULL,
    preview TEXT NOT NULL,
    quotes INTEGER NOT NULL,                  -- how many of each the article holds
    events INTEGER NOT NULL,
    highlights INTEGER NOT NULL DEFAULT 0,
    versions INTEGER NOT NULL DEFAULT 0,      -- how many older texts are kept
    read INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0,
    archived INTEGER NOT NULL DEFAULT 0,
    binned_at INTEGER,
    feed_id INTEGER REFERENCES feeds(id) ON DELETE SET NULL
);
-- One index per list that is opened often, in the order of that list.
CREATE INDEX articles_kept ON articles(day DESC, id DESC) WHERE binned_at IS NULL;
CREATE INDEX articles_inbox ON articles(day DESC, id DESC) WHERE binned_at IS NULL AND archived = 0;
CREATE INDEX articles_unread ON articles(day DESC, id DESC) WHERE binned_at IS NULL AND archived = 0 AND read = 0;
CREATE INDEX articles_starred ON articles(day DESC, id DESC) WHERE binned_at IS NULL AND starred = 1;
CREATE INDEX articles_binned ON articles(binned_at DESC, id DESC) WHERE binned_at IS NOT NULL;
CREATE INDEX articles_feed ON articles(feed_id, day DESC, id DESC) WHERE feed_id IS NOT NULL;

-- The article, its annotations and its source bytes, packed.
CREATE TABLE texts (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    article BLOB NOT NULL,
    analysis BLOB NOT NULL,
    analyser INTEGER NOT NULL,                -- version of the analyser that made the annotations
    raw BLOB,                                 -- the source, packed beside the article's text
    source_id INTEGER REFERENCES sources(id)  -- the source, when several articles came from it
);
CREATE INDEX texts_analyser ON texts(analyser);
CREATE INDEX texts_source ON texts(source_id) WHERE source_id IS NOT NULL;
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,                -- SHA-256 of the bytes
    raw BLOB NOT NULL
);

-- Identities by which an article is recognized: `url:…`, `item:SOURCE#ID`, `text:HASH`.
CREATE TABLE identities (
    key BLOB PRIMARY KEY,                     -- SHA-256 of it, its first 16 bytes
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX identities_article ON identities(article_id);

-- Files that have been read completely; those unchanged since then are skipped.
CREATE TABLE files (
    path BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL                 -- nanoseconds since 1970
) WITHOUT ROWID;

-- Older texts of changed articles.
CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    added INTEGER NOT NULL,                   -- when this text came in
    replaced INTEGER NOT NULL,                -- when the next one did
    text_hash BLOB NOT NULL,
    article BLOB NOT NULL,
    raw BLOB,
    source_id INTEGER REFERENCES sources(id)
);
CREATE INDEX versions_article ON versions(article_id, id);

-- Full text, by article. `quote` repeats the quoted and reported words.
CREATE VIRTUAL TABLE search USING fts5(
    headline, body, quote,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- Names across articles: one row per kind and folded full name.
CREATE TABLE names (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                       -- person, organization, place, group, work, other; speaker for no entity
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (kind, folded)
);
-- Folded words and short forms under which a name is found.
CREATE TABLE forms (
    form TEXT NOT NULL,
    name_id INTEGER NOT NULL REFERENCES names(id) ON DELETE CASCADE,
    PRIMARY KEY (form, name_id)
) WITHOUT ROWID;
CREATE INDEX forms_name ON forms(name_id);
CREATE TABLE mentions (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    name_id INTEGER NOT NULL REFERENCES names(id),
    entity INTEGER NOT NULL,                  -- index into the article's entities
    count INTEGER NOT NULL,
    first_start INTEGER NOT NULL,
    role TEXT,
    PRIMARY KEY (article_id, name_id, entity)
) WITHOUT ROWID;
CREATE INDEX mentions_name ON mentions(name_id, article_id);

CREATE TABLE quotes (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,                     -- index into the article's quotes
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    kind TEXT NOT NULL,                       -- direct, mixed, indirect
    speaker INTEGER REFERENCES names(id),
    confidence REAL NOT NULL,
    PRIMARY KEY (article_id, seq)
) WITHOUT ROWID;
CREATE INDEX quotes_speaker ON quotes(speaker, article_id) WHERE speaker IS NOT NULL;

CREATE TABLE events (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,                     -- index into the article's events
    begin_day INTEGER,
    end_day INTEGER,
    granularity TEXT NOT NULL,
    status TEXT NOT NULL,
    news INTEGER NOT NULL,
    start INTEGER NOT NULL,                   -- the sentence
    end INTEGER NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (article_id, seq)
) WITHOUT ROWID;
CREATE INDEX events_day ON events(begin_day, end_day) WHERE begin_day IS NOT NULL;

-- The user's additions.
CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
);
CREATE TABLE article_tags (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
    PRIMARY KEY (article_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX article_tags_tag ON article_tags(tag_id, article_id);
CREATE TABLE highlights (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER,                            -- none: the words are no longer in the text
    end INTEGER,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    colour TEXT NOT NULL,
    note TEXT NOT NULL,
    created INTEGER NOT NULL
);
CREATE INDEX highlights_article ON highlights(article_id, start);
CREATE TABLE notes (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    words TEXT NOT NULL,
    changed INTEGER NOT NULL
);
CREATE TABLE positions (                      -- how far the reader has come
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    changed INTEGER NOT NULL
);
CREATE TABLE corrections (                    -- what the reader put right in the annotations
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    start INTEGER,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    payload TEXT NOT NULL                     -- JSON
);
CREATE INDEX corrections_article ON corrections(article_id);
CREATE TABLE aliases (                        -- one name means another, or expressly does not
    name_id INTEGER NOT NULL REFERENCES names(id),
    other_id INTEGER NOT NULL REFERENCES names(id),
    same INTEGER NOT NULL,
    PRIMARY KEY (name_id, other_id)
) WITHOUT ROWID;
CREATE TABLE saved_views (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    query TEXT NOT NULL,
    place INTEGER NOT NULL
);

-- Every change made by the user, so that it can be undone.
CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    label TEXT NOT NULL,                      -- in words: "starred 3 articles"
    edits TEXT NOT NULL,                      -- JSON: what was and what is
    undone INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE feeds (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    tags TEXT NOT NULL DEFAULT '',
    etag TEXT,
    last_modified TEXT,
    next_due INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    paused INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE fetches (
    id INTEGER PRIMARY KEY,
    feed_id INTEGER REFERENCES feeds(id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    at INTEGER NOT NULL,
    status INTEGER,
    bytes INTEGER,
    added INTEGER NOT NULL DEFAULT 0,
    error TEXT
);
CREATE INDEX fetches_feed ON fetches(feed_id, at DESC);

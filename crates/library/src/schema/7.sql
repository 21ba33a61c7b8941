-- Schema version 7: stories about one happening are gathered. All of this can be rebuilt, except the decisions. The
-- stories of older programs are gathered when their annotations are renewed.

-- What a story is compared by, packed. Without a day, it is compared with stories of all days.
CREATE TABLE story_signatures (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    day INTEGER,                              -- of publication
    outlet TEXT NOT NULL,                     -- the site, else the publisher or feed; '' if unknown
    signature BLOB NOT NULL
);
-- The weightiest words of each story, as hashes, by period of ten days. Stories that share none are never compared.
CREATE TABLE story_words (
    period INTEGER NOT NULL,
    word INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (period, word, article_id)
) WITHOUT ROWID;
-- Stories gathered with at least one other.
CREATE TABLE cluster_members (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    cluster INTEGER NOT NULL,                 -- the smallest ID of its stories
    copies INTEGER                            -- the same for the stories with mostly the same words
);
CREATE INDEX cluster_members_cluster ON cluster_members(cluster);
CREATE INDEX cluster_members_copies ON cluster_members(copies) WHERE copies IS NOT NULL;
-- Pairs of stories that the user merged or split, the smaller ID first.
CREATE TABLE cluster_decisions (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    same INTEGER NOT NULL,
    PRIMARY KEY (article_id, other_id)
) WITHOUT ROWID;
CREATE INDEX cluster_decisions_other ON cluster_decisions(other_id);

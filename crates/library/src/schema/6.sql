-- Schema version 6: quotes and names have full-text indices of their own, so that annotating a story does not index its
-- text again. Stories of older programs keep the words of their quotes and names in `search` and `terms` until they are
-- annotated again, because moving those of all stories would take minutes.

-- Quoted and reported words, and the words of all names, each prefixed with the mark of its field.
CREATE VIRTUAL TABLE annotation_search USING fts5(
    quote, names,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2'
);
-- Stories with a quote that contains a word or a prefix of two or three letters, prefixed with the mark of the field.
CREATE VIRTUAL TABLE annotation_terms USING fts5(
    words,
    content = '', contentless_delete = 1, detail = none,
    tokenize = 'unicode61 remove_diacritics 2'
);
-- 0: the quotes and names of the story are in `search` and `terms`; 1: they have indices of their own.
ALTER TABLE articles ADD COLUMN indexed_apart INTEGER NOT NULL DEFAULT 0;
CREATE INDEX articles_indexed_together ON articles(id) WHERE indexed_apart = 0;

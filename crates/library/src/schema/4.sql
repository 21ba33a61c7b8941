-- Schema version 4: undo. Records which session made each change, which one last made, undid or redid it, and in which
-- order. A session is its origin and ID, "screen ID" or "cli ID"; NULL for an older program.

ALTER TABLE changes ADD COLUMN made_by TEXT;
ALTER TABLE changes ADD COLUMN last_by TEXT;
ALTER TABLE changes ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
-- Older programs recorded a change for every opened story. Opening a story is not a step to undo.
DELETE FROM changes WHERE label = 'marked 1 article as read';
UPDATE changes SET sequence = iif(undone, 2 * (SELECT max(id) FROM changes) + 1 - id, id);
CREATE INDEX changes_sequence ON changes(sequence);
-- Corrections had no changes of their own. 0 means that the time is unknown.
INSERT INTO changes (at, label, edits)
    SELECT 0, 'corrected an annotation', json_array(json_object('correction', json_object(
        'article', article_id, 'payload', payload, 'was', json('false'), 'is', json('true'))))
    FROM corrections ORDER BY id;
-- Versions of stories. Earlier programs took feed items that share a name for one story.
ALTER TABLE versions ADD COLUMN continued INTEGER NOT NULL DEFAULT 0; -- 1: the text that replaced it is of the same item

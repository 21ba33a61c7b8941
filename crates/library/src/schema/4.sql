-- Undo: who made each change, who last made, undid or redid it, and in which order. Both names are an origin and a
-- session, "screen ID" or "cli ID"; NULL: an older program.

ALTER TABLE changes ADD COLUMN made_by TEXT;
ALTER TABLE changes ADD COLUMN last_by TEXT;
ALTER TABLE changes ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
-- Older programs wrote a change for every story that was opened. Opening one is not a step of undo.
DELETE FROM changes WHERE label = 'marked 1 article as read';
UPDATE changes SET sequence = iif(undone, 2 * (SELECT max(id) FROM changes) + 1 - id, id);
CREATE INDEX changes_sequence ON changes(sequence);
-- Corrections had no changes. 0: the time is unknown.
INSERT INTO changes (at, label, edits)
    SELECT 0, 'corrected an annotation', json_array(json_object('correction', json_object(
        'article', article_id, 'payload', payload, 'was', json('false'), 'is', json('true'))))
    FROM corrections ORDER BY id;
-- Versions of stories. Programs before this form took items of a feed that share a name for one story.
ALTER TABLE versions ADD COLUMN continued INTEGER NOT NULL DEFAULT 0; -- 1: the text that replaced it is of the same item

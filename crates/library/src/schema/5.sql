-- Schema version 5: stories of a day are sorted by the time at which they were published.

ALTER TABLE articles ADD COLUMN moment INTEGER NOT NULL DEFAULT 0; -- of publication, in Unix seconds; 0: only the day is known
UPDATE articles SET moment = coalesce(unixepoch(published), 0) WHERE length(published) > 10;
DROP INDEX articles_kept;
DROP INDEX articles_inbox;
DROP INDEX articles_unread;
DROP INDEX articles_starred;
DROP INDEX articles_feed;
CREATE INDEX articles_kept ON articles(day DESC, moment DESC, id DESC, read, starred, archived) WHERE binned_at IS NULL;
CREATE INDEX articles_inbox ON articles(day DESC, moment DESC, id DESC) WHERE binned_at IS NULL AND archived = 0;
CREATE INDEX articles_unread ON articles(day DESC, moment DESC, id DESC) WHERE binned_at IS NULL AND archived = 0 AND read = 0;
CREATE INDEX articles_starred ON articles(day DESC, moment DESC, id DESC) WHERE binned_at IS NULL AND starred = 1;
CREATE INDEX articles_feed ON articles(feed_id, day DESC, moment DESC, id DESC) WHERE feed_id IS NOT NULL;

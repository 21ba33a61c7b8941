-- Placeholder for the fourth form.
ALTER TABLE feeds ADD COLUMN checked INTEGER NOT NULL DEFAULT 0;

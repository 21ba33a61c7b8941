-- Schema version 11: why a folder could not be paired through the last time; NULL if it was.
ALTER TABLE pair_folders ADD COLUMN error TEXT;

-- Schema version 10: labels that a feed server gives to its entries, which are tags of their stories here.
CREATE TABLE sync_labels (
    server_id INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    label TEXT NOT NULL,                      -- as the server spells it; on both sides at the last sync
    PRIMARY KEY (server_id, entry, label),
    FOREIGN KEY (server_id, entry) REFERENCES sync_entries(server_id, entry) ON DELETE CASCADE
) WITHOUT ROWID;

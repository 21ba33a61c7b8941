//! Labels that a feed server gives to entries, which are tags of their stories here. Compares the entries of each label
//! with the tags here and with both at the last sync.

use crate::edit::set_tag;
use crate::present::has_tag;
use crate::state::tag_name;
use crate::{Library, Result};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// IDs of entries by their labels, as the server spells these.
type Labels = BTreeMap<String, HashSet<i64>>;

/// Label that entries of a feed server are to get or to lose.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LabelChange {
    /// Name of the label.
    pub label: String,
    /// IDs of the entries on the server, in their order.
    pub entries: Vec<i64>,
    /// Whether they get the label.
    pub is: bool,
}

impl Library {
    /// Returns the entries of a server that had labels at the last sync, by label.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn sync_label_base(&self, server: i64) -> Result<BTreeMap<String, HashSet<i64>>> {
        base(self.connection(), server).map_err(|error| self.with_path(error))
    }

    /// Takes over the labels that a server `listed` with their entries: stories get or lose the tags of the same names. A
    /// label that is not listed any more changes nothing, so that no tag is lost because a server forgot its labels.
    /// Returns the number of stories that have changed.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn sync_labels(&mut self, server: i64, listed: &BTreeMap<String, HashSet<i64>>) -> Result<usize> {
        let changes = changes_there(self.connection(), server, listed).map_err(|error| self.with_path(error))?;
        if changes.is_empty() {
            return Ok(0);
        }
        self.write(|db| {
            let mut changed = HashSet::new();
            for (label, tag, entry, is) in changes {
                record(db, server, entry, &label, is)?;
                let story: Option<i64> = db
                    .prepare_cached("SELECT article_id FROM sync_entries WHERE server_id = ? AND entry = ?")?
                    .query_row([server, entry], |row| row.get(0))?;
                if let Some(story) = story
                    && has_tag(db, story, &tag)? != is
                {
                    set_tag(db, story, &tag, is)?;
                    changed.insert(story);
                }
            }
            Ok(changed.len())
        })
    }

    /// Returns what is to be sent to a server with the `listed` labels: the tags that its stories have got or lost here
    /// since the last sync. If the server no longer lists a label and its tag was given to a story here, all stories with
    /// the tag get the label again.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn sync_pending_labels(
        &self,
        server: i64,
        listed: &BTreeMap<String, HashSet<i64>>,
    ) -> Result<Vec<LabelChange>> {
        pending(self.connection(), server, listed).map_err(|error| self.with_path(error))
    }

    /// Records that the server has taken over the labels of these entries.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn sync_labelled(&mut self, server: i64, label: &str, entries: &[i64], is: bool) -> Result<()> {
        self.write(|db| {
            for entry in entries {
                record(db, server, *entry, label, is)?;
            }
            Ok(())
        })
    }
}

/// Returns the tag of a label, or `None` if no tag can have the name.
fn tag_of(label: &str) -> Option<String> {
    tag_name(&label.replace(',', " ")).ok()
}

/// Returns the form in which tags are compared, which is that of the table of tags.
fn key(tag: &str) -> String {
    tag.to_ascii_lowercase()
}

/// Returns the label of each tag. If two labels have the same tag, the first is used.
fn by_tag<'a>(labels: impl IntoIterator<Item = &'a String>) -> BTreeMap<String, &'a str> {
    let mut out = BTreeMap::new();
    for label in labels {
        if let Some(tag) = tag_of(label) {
            out.entry(key(&tag)).or_insert(label.as_str());
        }
    }
    out
}

fn base(db: &Connection, server: i64) -> rusqlite::Result<Labels> {
    let mut out = Labels::new();
    let mut statement = db.prepare_cached("SELECT label, entry FROM sync_labels WHERE server_id = ?")?;
    let mut rows = statement.query([server])?;
    while let Some(row) = rows.next()? {
        out.entry(row.get(0)?).or_default().insert(row.get(1)?);
    }
    Ok(out)
}

/// Returns what has changed on the server: label, tag, entry, and whether the entry has the label now.
fn changes_there(db: &Connection, server: i64, listed: &Labels) -> rusqlite::Result<Vec<(String, String, i64, bool)>> {
    let base = base(db, server)?;
    let mut is_known = db.prepare_cached("SELECT 1 FROM sync_entries WHERE server_id = ? AND entry = ?")?;
    let mut out = Vec::new();
    for label in by_tag(listed.keys()).into_values() {
        let (Some(tag), Some(now)) = (tag_of(label), listed.get(label)) else { continue };
        let before = base.get(label);
        let was = |entry: &i64| before.is_some_and(|before| before.contains(entry));
        for entry in now.iter().filter(|entry| !was(entry)) {
            if is_known.exists([server, *entry])? {
                out.push((label.to_owned(), tag.clone(), *entry, true));
            }
        }
        let gone = before.into_iter().flatten().filter(|entry| !now.contains(entry));
        out.extend(gone.map(|entry| (label.to_owned(), tag.clone(), *entry, false)));
    }
    Ok(out)
}

fn pending(db: &Connection, server: i64, listed: &Labels) -> rusqlite::Result<Vec<LabelChange>> {
    // The label of a story that was deleted here stays on the server.
    let sql = "SELECT l.label, l.entry FROM sync_labels l JOIN sync_entries e USING (server_id, entry)
        WHERE l.server_id = ? AND e.article_id IS NOT NULL";
    let before = pairs(db, sql, server)?;
    let sql = "SELECT t.name, e.entry FROM sync_entries e JOIN article_tags a ON a.article_id = e.article_id
        JOIN tags t ON t.id = a.tag_id WHERE e.server_id = ?";
    let now = pairs(db, sql, server)?;
    let tags = by_tag(now.keys());
    let (listed, before_by_tag) = (by_tag(listed.keys()), by_tag(before.keys()));
    let keys: BTreeSet<&String> = tags.keys().chain(before_by_tag.keys()).collect();
    let none = BTreeSet::new();
    let mut out = Vec::new();
    for key in keys {
        let tag = tags.get(key);
        let label = listed.get(key).or_else(|| before_by_tag.get(key)).or(tag).copied().unwrap_or_default();
        let (now, before) = (tag.and_then(|tag| now.get(*tag)), before.get(label));
        let (now, before) = (now.unwrap_or(&none), before.unwrap_or(&none));
        let (mut given, mut taken): (Vec<i64>, Vec<i64>) =
            (now.difference(before).copied().collect(), before.difference(now).copied().collect());
        if !listed.contains_key(key) {
            taken.clear();
            if !given.is_empty() {
                given = now.iter().copied().collect();
            }
        }
        for (entries, is) in [(given, true), (taken, false)] {
            if !entries.is_empty() {
                out.push(LabelChange { label: label.to_owned(), entries, is });
            }
        }
    }
    Ok(out)
}

/// Reads names with the IDs of entries.
fn pairs(db: &Connection, sql: &str, server: i64) -> rusqlite::Result<HashMap<String, BTreeSet<i64>>> {
    let mut out: HashMap<String, BTreeSet<i64>> = HashMap::new();
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([server])?;
    while let Some(row) = rows.next()? {
        out.entry(row.get(0)?).or_default().insert(row.get(1)?);
    }
    Ok(out)
}

/// Records whether an entry has a label on both sides.
fn record(db: &Connection, server: i64, entry: i64, label: &str, is: bool) -> rusqlite::Result<()> {
    let sql = if is {
        "INSERT OR IGNORE INTO sync_labels (server_id, entry, label) VALUES (?, ?, ?)"
    } else {
        "DELETE FROM sync_labels WHERE server_id = ? AND entry = ? AND label = ?"
    };
    db.prepare_cached(sql)?.execute(params![server, entry, label]).map(|_| ())
}

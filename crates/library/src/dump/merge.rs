//! Merges the user's changes to stories into existing data without losing anything that either side wrote.

use super::target::TargetStory;
use crate::anchor::Anchor;
use crate::highlight;
use crate::{Error, Result};
use dateline_core::text::Span;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;

/// Separator between joined notes: a blank line.
const NOTE_SEPARATOR: &str = "\n\n";

/// Items that an import line added to a story, as one noun per item ("note").
pub(super) type AddedNouns = Vec<&'static str>;

#[derive(Deserialize)]
struct State {
    #[serde(default)]
    read: i64,
    #[serde(default)]
    starred: i64,
    #[serde(default)]
    archived: i64,
    binned_at: Option<i64>,
    feed: Option<String>,
}

/// Adds the read mark, star, archive mark and feed of a story. A story that already existed is never moved to the bin,
/// since stories in the bin are deleted after a while.
pub(super) fn state(db: &Connection, line: &str, target: TargetStory) -> Result<AddedNouns> {
    let new: State = parsed(line)?;
    let [read, starred, archived] = [new.read, new.starred, new.archived].map(|flag| flag.clamp(0, 1));
    let is: [i64; 3] = db
        .prepare_cached("SELECT read, starred, archived FROM articles WHERE id = ?")?
        .query_row([target.id], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))?;
    db.prepare_cached(
        "UPDATE articles SET read = max(read, ?2), starred = max(starred, ?3), archived = max(archived, ?4),
            binned_at = coalesce(binned_at, ?5), feed_id = coalesce(feed_id, (SELECT id FROM feeds WHERE url = ?6))
         WHERE id = ?1",
    )?
    .execute(params![target.id, read, starred, archived, new.binned_at.filter(|_| target.is_new), new.feed])?;
    let added = [(read, "read mark"), (starred, "star"), (archived, "archive mark")];
    Ok(is.into_iter().zip(added).filter(|(is, (new, _))| new > is).map(|(_, (_, what))| what).collect())
}

#[derive(Deserialize)]
struct Note {
    words: String,
    changed: i64,
}

/// Adds a note to a story. If the story already has a different note, both are kept.
pub(super) fn note(db: &Connection, line: &str, target: TargetStory) -> Result<AddedNouns> {
    let new: Note = parsed(line)?;
    let is: Option<(String, i64)> = db
        .prepare_cached("SELECT words, changed FROM notes WHERE article_id = ?")?
        .query_row([target.id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (words, changed) = match is {
        Some((is, changed)) => match joined(&is, &new.words) {
            Some(words) => (words, changed.max(new.changed)),
            None => return Ok(AddedNouns::new()),
        },
        None => (new.words, new.changed),
    };
    db.prepare_cached("INSERT OR REPLACE INTO notes (article_id, words, changed) VALUES (?, ?, ?)")?
        .execute(params![target.id, words, changed])?;
    Ok(vec!["note"])
}

#[derive(Deserialize)]
struct Marked {
    start: Option<usize>,
    end: Option<usize>,
    exact: String,
    prefix: String,
    suffix: String,
    colour: String,
    note: String,
    created: i64,
}

/// Adds a highlight to a story at the current position of its words. `nth` numbers identical highlights within the
/// import, from 1. If the story already has that many identical highlights, this one is among them, and only its note
/// may be new.
pub(super) fn highlight(db: &Connection, line: &str, target: TargetStory, nth: i64) -> Result<AddedNouns> {
    let new: Marked = parsed(line)?;
    let is: Option<(i64, String)> = db
        .prepare_cached(
            "SELECT id, note FROM highlights WHERE article_id = ?1 AND exact = ?2 AND prefix = ?3 AND suffix = ?4
                AND created = ?5 ORDER BY id LIMIT 1 OFFSET ?6",
        )?
        .query_row(params![target.id, new.exact, new.prefix, new.suffix, new.created, nth - 1], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    if let Some((id, note)) = is {
        let Some(words) = joined(&note, &new.note) else { return Ok(AddedNouns::new()) };
        db.prepare_cached("UPDATE highlights SET note = ?2 WHERE id = ?1")?.execute(params![id, words])?;
        return Ok(vec!["note"]);
    }
    let span = new.start.zip(new.end).map(|(start, end)| Span { start, end });
    let mut anchor = Anchor { span, exact: new.exact, prefix: new.prefix, suffix: new.suffix };
    attach(db, target, &mut anchor)?;
    let (start, end) = highlight::ends(&anchor);
    db.prepare_cached(
        "INSERT INTO highlights (article_id, start, end, exact, prefix, suffix, colour, note, created)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        target.id,
        start,
        end,
        anchor.exact,
        anchor.prefix,
        anchor.suffix,
        new.colour,
        new.note,
        new.created
    ])?;
    highlight::count(db, target.id)?;
    Ok(vec!["highlight"])
}

/// Re-anchors a mark in the current text of its story. If that is the exported text and the anchor has a valid span,
/// nothing needs to be done.
fn attach(db: &Connection, target: TargetStory, anchor: &mut Anchor) -> Result<()> {
    let text = highlight::article(db, target.id)?.text;
    let is_place = anchor.span.is_none_or(|span| text.get(span.start..span.end).is_some());
    if !target.same_text || !is_place {
        anchor.attach(&text);
    }
    Ok(())
}

#[derive(Deserialize)]
struct Position {
    start: usize,
    exact: String,
    prefix: String,
    suffix: String,
    changed: i64,
}

/// Sets the reading position of a story, unless it already has one.
pub(super) fn position(db: &Connection, line: &str, target: TargetStory) -> Result<AddedNouns> {
    let new: Position = parsed(line)?;
    let end = new.start.saturating_add(new.exact.len());
    let span = Some(Span { start: new.start, end });
    let mut anchor = Anchor { span, exact: new.exact, prefix: new.prefix, suffix: new.suffix };
    attach(db, target, &mut anchor)?;
    let start = anchor.span.map_or(0, |span| span.start as i64);
    db.prepare_cached(
        "INSERT OR IGNORE INTO positions (article_id, start, exact, prefix, suffix, changed) VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![target.id, start, anchor.exact, anchor.prefix, anchor.suffix, new.changed])?;
    Ok(AddedNouns::new())
}

/// Adds the answer on two names, for all names of this library that they mean. Answers that the user gave in this library
/// stay. Returns the number of those that differ.
pub(super) fn alias(db: &Connection, line: &str) -> Result<usize> {
    const NAMES: &str = "SELECT n.id AS name, o.id AS other FROM names n, names o
        WHERE n.kind = ?1 ->> 'of' AND o.kind = ?1 ->> 'as'
            AND n.id IN (SELECT name_id FROM forms WHERE form = ?1 ->> 'name' AND part = 0)
            AND o.id IN (SELECT name_id FROM forms WHERE form = ?1 ->> 'other' AND part = 0)";
    const ON_BOTH: &str = "a.name_id = found.name AND a.other_id = found.other
        OR a.name_id = found.other AND a.other_id = found.name";
    let differ = format!(
        "WITH found AS ({NAMES}) SELECT count(*) FROM found JOIN aliases a ON {ON_BOTH} WHERE a.same <> ?1 ->> 'same'"
    );
    let conflicts: i64 = db.prepare_cached(&differ)?.query_row([line], |row| row.get(0))?;
    let add = format!(
        "INSERT OR IGNORE INTO aliases (name_id, other_id, same)
         WITH found AS ({NAMES}) SELECT name, other, ?1 ->> 'same' FROM found WHERE NOT EXISTS (
             SELECT 1 FROM aliases a WHERE ({ON_BOTH}) AND a.same <> ?1 ->> 'same')"
    );
    db.prepare_cached(&add)?.execute([line])?;
    Ok(conflicts as usize)
}

#[derive(Deserialize)]
struct SavedView {
    name: String,
    query: String,
    place: i64,
}

/// Adds a saved view. If the name belongs to a view with a different query, the new view gets a number appended to its
/// name, and that new name is returned.
pub(super) fn view(db: &Connection, line: &str) -> Result<Option<String>> {
    let new: SavedView = parsed(line)?;
    let mut query_of = db.prepare_cached("SELECT query FROM saved_views WHERE name = ?")?;
    let mut name = new.name.clone();
    let mut number = 1;
    while let Some(query) = query_of.query_row([&name], |row| row.get::<_, String>(0)).optional()? {
        if query == new.query {
            return Ok(None);
        }
        number += 1;
        name = format!("{} ({number})", new.name);
    }
    db.prepare_cached("INSERT INTO saved_views (name, query, place) VALUES (?, ?, ?)")?
        .execute(params![name, new.query, new.place])?;
    Ok((number > 1).then_some(name))
}

/// Joins two notes with a blank line. Returns `None` if the second note adds nothing to the first.
pub(crate) fn joined(is: &str, new: &str) -> Option<String> {
    if new.is_empty() || holds(is, new) {
        return None;
    }
    Some(if is.is_empty() || holds(new, is) { new.to_owned() } else { format!("{is}{NOTE_SEPARATOR}{new}") })
}

/// Returns whether a note equals `part` or contains it as one of its joined notes.
fn holds(note: &str, part: &str) -> bool {
    format!("{NOTE_SEPARATOR}{note}{NOTE_SEPARATOR}").contains(&format!("{NOTE_SEPARATOR}{part}{NOTE_SEPARATOR}"))
}

fn parsed<'a, T: Deserialize<'a>>(line: &'a str) -> Result<T> {
    serde_json::from_str(line).map_err(|error| Error::Refused(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_joined_once_and_none_is_lost() {
        assert_eq!(joined("", "Call the mayor."), Some("Call the mayor.".to_owned()));
        assert_eq!(joined("Not so.", "so."), Some("Not so.\n\nso.".to_owned()));
        assert_eq!(joined("Not so.\n\nso.", "so."), None);
        assert_eq!(joined("so.", "Not so.\n\nso."), Some("Not so.\n\nso.".to_owned()));
        assert_eq!(joined("so.", ""), None);
    }
}

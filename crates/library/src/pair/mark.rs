//! What the user did with a story: reads it from the library as values of registers, and writes registers back to the
//! library.

use super::kind::Kind;
use super::register::{self, NOTHING, Place, Register};
use super::story_ref;
use super::value::{self, Corrected, Mark, Passage};
use crate::highlight::{self, Highlight};
use crate::{Result, cluster, edit, present};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

/// Joins notes that were written on several machines, earliest first. A note that another contains is left out.
fn joined<'a>(notes: impl Iterator<Item = &'a str>) -> String {
    notes.fold(String::new(), |all, note| crate::dump::joined_notes(&all, note).unwrap_or(all))
}

/// Returns the note that registers represent.
fn note_of(registers: &[Register]) -> Option<String> {
    let words: Vec<String> = registers.iter().filter_map(|register| value::parse(&register.value)).collect();
    Some(joined(words.iter().map(String::as_str))).filter(|note| !note.is_empty())
}

/// Returns the highlight that registers represent: the colour set last, with all notes.
pub(super) fn mark_of(registers: &[Register]) -> Option<Mark> {
    let marks: Vec<Mark> = registers.iter().filter_map(|register| value::parse(&register.value)).collect();
    let note = joined(marks.iter().map(|mark| mark.note.as_str()));
    let created = marks.iter().map(|mark| mark.created).min()?;
    marks.into_iter().next_back().map(|last| Mark { note, created, ..last })
}

/// Column of a story's state.
const fn column(kind: Kind) -> &'static str {
    match kind {
        Kind::Read => "read",
        Kind::Star => "starred",
        Kind::Archive => "archived",
        _ => "binned_at IS NOT NULL",
    }
}

/// Returns whether the library differs from what the registers of a thing represent, and the value that it has. `key`
/// is the tag, for tags.
pub(super) fn changed(db: &Connection, article: i64, place: &Place, registers: &[Register]) -> Result<Option<String>> {
    let latest = registers.last().map(|register| register.value.as_str());
    let new = match place.kind {
        Kind::Read | Kind::Star | Kind::Archive | Kind::Bin => {
            let sql = format!("SELECT {} FROM articles WHERE id = ?", column(place.kind));
            let is: bool = db.prepare_cached(&sql)?.query_row([article], |row| row.get(0))?;
            // A story that was read again, after its text had changed, may be unread elsewhere.
            let is_new = latest.is_none_or(|latest| latest != value_of(is)) || place.kind == Kind::Read;
            (is_new && (is || latest.is_some())).then(|| value_of(is).to_owned())
        }
        Kind::Tag => {
            let is = present::has_tag(db, article, &place.key)?;
            let was = latest == Some(value_of(true));
            (is != was).then(|| value_of(is).to_owned())
        }
        Kind::Note => {
            let is = present::note(db, article)?.map(|words| value::note(&words)).transpose()?;
            let is = is.filter(|words| !words.is_empty());
            if is == note_of(registers) { None } else { Some(value::json(&is)?) }
        }
        Kind::Position => {
            let Some(anchor) = highlight::position(db, article)? else { return Ok(None) };
            let is = Passage::of(&anchor);
            let was: Option<Passage> = latest.and_then(value::parse);
            if was.is_some_and(|was| was.is(&is)) { None } else { Some(value::json(&is)?) }
        }
        _ => None,
    };
    Ok(new)
}

const fn value_of(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

/// Returns the keys of a story's highlights in the library, by their IDs, after giving new ones a key. Equal highlights
/// of two libraries get the same key, because it is made from the words and their context.
pub(super) fn highlight_keys(db: &Connection, article: i64) -> Result<BTreeMap<i64, String>> {
    let sql = "SELECT p.highlight_id, p.key FROM pair_highlights p JOIN highlights h ON h.id = p.highlight_id
        WHERE p.article_id = ?";
    let mut statement = db.prepare_cached(sql)?;
    let mut keys: BTreeMap<i64, String> =
        statement.query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut all = highlight::of(db, article)?;
    all.sort_by_key(|highlight| highlight.id);
    for highlight in all {
        if keys.contains_key(&highlight.id) {
            continue;
        }
        let words = Passage::of(&highlight.anchor);
        let base = value::digest(&format!("{}\0{}\0{}", words.exact, words.prefix, words.suffix));
        let mut number = 1;
        while keys.values().any(|key| *key == format!("{base}.{number}")) {
            number += 1;
        }
        let key = format!("{base}.{number}");
        remember_key(db, article, highlight.id, &key)?;
        keys.insert(highlight.id, key);
    }
    Ok(keys)
}

fn remember_key(db: &Connection, article: i64, id: i64, key: &str) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO pair_highlights (highlight_id, article_id, key) VALUES (?, ?, ?)";
    db.prepare_cached(sql)?.execute(params![id, article, key])?;
    Ok(())
}

/// Returns the values of a story's highlights, by key.
pub(super) fn highlights(db: &Connection, article: i64) -> Result<BTreeMap<String, Mark>> {
    let keys = highlight_keys(db, article)?;
    let mut out = BTreeMap::new();
    for highlight in highlight::of(db, article)? {
        let Some(key) = keys.get(&highlight.id) else { continue };
        let anchor = Passage::of(&highlight.anchor);
        let (colour, note) = (highlight.colour, value::note(&highlight.note)?);
        out.insert(key.clone(), Mark { anchor, colour, note, created: highlight.created });
    }
    Ok(out)
}

/// Returns the stored corrections of a story with their keys, oldest first. Equal corrections are numbered.
pub(super) fn corrections(db: &Connection, article: i64) -> Result<Vec<(String, String)>> {
    let mut statement = db.prepare_cached("SELECT payload FROM corrections WHERE article_id = ? ORDER BY id")?;
    let payloads = statement.query_map([article], |row| row.get::<_, String>(0))?;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut out = Vec::new();
    for payload in payloads {
        let payload = payload?;
        let number = counts.entry(payload.clone()).or_default();
        *number += 1;
        out.push((format!("{}.{number}", value::digest(&payload)), value::json(&Corrected { payload })?));
    }
    Ok(out)
}

/// Writes what the registers of a thing represent to the library. A story that the library lacks is waited for.
pub(super) fn apply(db: &Connection, place: &Place) -> Result<()> {
    let Some(story) = place.story else { return Ok(()) };
    let Some(article) = story_ref::article_of(db, story)? else { return Ok(()) };
    let registers = register::at(db, place)?;
    let latest = registers.last().map_or(NOTHING, |register| register.value.as_str());
    let is = latest == value_of(true);
    match place.kind {
        Kind::Read | Kind::Star | Kind::Archive => {
            let sql = format!("UPDATE articles SET {} = ?2 WHERE id = ?1", column(place.kind));
            db.prepare_cached(&sql)?.execute(params![article, is])?;
        }
        Kind::Bin => {
            // The days in the bin count from now, so that nothing is deleted before the user can have seen it there.
            let sql = "UPDATE articles SET binned_at = iif(?2, coalesce(binned_at, ?3), NULL) WHERE id = ?1";
            db.prepare_cached(sql)?.execute(params![article, is, crate::now()])?;
        }
        Kind::Tag => edit::set_tag(db, article, &place.key, is)?,
        Kind::Note => edit::set_note(db, article, note_of(&registers).as_deref())?,
        Kind::Highlight => put_highlight(db, article, &place.key, mark_of(&registers))?,
        Kind::Position => {
            if let Some(passage) = value::parse::<Passage>(latest) {
                let text = highlight::article(db, article)?.text;
                highlight::put_position(db, article, &passage.anchor(&text))?;
            }
        }
        Kind::Correction => put_corrections(db, article, story)?,
        Kind::Happening => {
            let other = place.key.parse().unwrap_or_default();
            if let Some(other) = story_ref::article_of(db, other)?.filter(|other| *other != article) {
                let pair = (article.min(other), article.max(other));
                let is: Option<bool> = value::parse(latest);
                let is: Vec<_> = is.into_iter().map(|same| (pair.0, pair.1, same)).collect();
                cluster::apply(db, &[(pair.0, pair.1, false)], &is)?;
            }
        }
        Kind::Story | Kind::Name | Kind::Apart | Kind::View | Kind::Views => {}
    }
    Ok(())
}

/// Adds, changes or removes the highlight with a key.
fn put_highlight(db: &Connection, article: i64, key: &str, mark: Option<Mark>) -> Result<()> {
    let sql = "SELECT h.id FROM pair_highlights p JOIN highlights h ON h.id = p.highlight_id
        WHERE p.article_id = ? AND p.key = ?";
    let known: Option<i64> = db.prepare_cached(sql)?.query_row(params![article, key], |row| row.get(0)).optional()?;
    match (known, mark) {
        (Some(id), Some(mark)) => {
            let sql = "UPDATE highlights SET colour = ?2, note = ?3, created = ?4 WHERE id = ?1";
            db.prepare_cached(sql)?.execute(params![id, mark.colour, mark.note, mark.created])?;
        }
        (Some(id), None) => {
            db.prepare_cached("DELETE FROM highlights WHERE id = ?")?.execute([id])?;
        }
        (None, Some(mark)) => {
            let sql = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'highlights'), 0) + 1";
            let id: i64 = db.query_row(sql, [], |row| row.get(0))?;
            let anchor = mark.anchor.anchor(&highlight::article(db, article)?.text);
            let (colour, note, created) = (mark.colour, mark.note, mark.created);
            Highlight { id, article, anchor, colour, note, created }.put(db)?;
            remember_key(db, article, id, key)?;
        }
        (None, None) => {}
    }
    Ok(highlight::count(db, article)?)
}

/// Replaces the corrections of a story by those of the registers. Their order matters, because a later correction may
/// change what an earlier one has set.
pub(super) fn put_corrections(db: &Connection, article: i64, story: i64) -> Result<()> {
    db.prepare_cached("DELETE FROM corrections WHERE article_id = ?")?.execute([article])?;
    for register in register::of_kind(db, Some(story), Kind::Correction)? {
        if let Some(corrected) = value::parse::<Corrected>(&register.value) {
            edit::set_correction(db, article, &corrected.payload, true)?;
        }
    }
    Ok(())
}

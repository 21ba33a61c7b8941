//! Turns what the user has changed in the library into registers. Triggers of the library record what was touched and
//! when; only what differs from the registers is written.

use super::kind::Kind;
use super::register::{self, NOTHING, Place, Register, Stamp};
use super::value::{self, digest};
use super::{mark, name, story_ref, view};
use crate::Result;
use crate::state::tag_name;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

/// Records everything that the user has done with the library before it was paired, with the times that are known.
const FIRST: &str = "
    DELETE FROM pair_touched;
    INSERT INTO pair_touched (kind, article, key, at, is_first) SELECT 'read', id, '', 0, 1 FROM articles WHERE read;
    INSERT INTO pair_touched (kind, article, key, at, is_first) SELECT 'star', id, '', 0, 1 FROM articles WHERE starred;
    INSERT INTO pair_touched (kind, article, key, at, is_first) SELECT 'archive', id, '', 0, 1 FROM articles WHERE archived;
    INSERT INTO pair_touched (kind, article, key, at, is_first)
        SELECT 'bin', id, '', binned_at * 1000, 1 FROM articles WHERE binned_at IS NOT NULL;
    INSERT INTO pair_touched (kind, article, key, at, is_first)
        SELECT 'tag', t.article_id, n.name, 0, 1 FROM article_tags t JOIN tags n ON n.id = t.tag_id;
    INSERT INTO pair_touched (kind, article, key, at, is_first) SELECT 'note', article_id, '', changed * 1000, 1 FROM notes;
    INSERT INTO pair_touched (kind, article, key, at, is_first)
        SELECT 'highlight', article_id, id, created * 1000, 1 FROM highlights ORDER BY id;
    INSERT INTO pair_touched (kind, article, key, at, is_first)
        SELECT 'position', article_id, '', changed * 1000, 1 FROM positions;
    INSERT INTO pair_touched (kind, article, key, at, is_first) SELECT DISTINCT 'correction', article_id, '', 0, 1 FROM corrections;
    INSERT INTO pair_touched (kind, article, key, at, is_first)
        SELECT 'happening', article_id, other_id, 0, 1 FROM cluster_decisions;
    INSERT INTO pair_touched (kind, article, key, at, is_first) SELECT 'name', 0, '', 0, 1 WHERE EXISTS (SELECT 1 FROM aliases);
    INSERT INTO pair_touched (kind, article, key, at, is_first) SELECT 'view', 0, '', 0, 1 WHERE EXISTS (SELECT 1 FROM saved_views);";

/// Something that was touched.
struct Touched {
    kind: Kind,
    article: i64,
    key: String,
    /// Milliseconds since 1970.
    at: i64,
    /// Whether it was there before the library was paired.
    is_first: bool,
}

/// Records everything that is in a library that has just been paired.
pub(super) fn touch_all(db: &Connection) -> Result<()> {
    Ok(db.execute_batch(FIRST)?)
}

/// Forgets what was touched by applying changes of other machines. `last` is the result of [`last_touched`] before.
pub(super) fn forget_touched(db: &Connection, last: i64) -> Result<()> {
    db.prepare_cached("DELETE FROM pair_touched WHERE id > ?")?.execute([last])?;
    Ok(())
}

/// Returns the ID of what was touched last.
pub(super) fn last_touched(db: &Connection) -> Result<i64> {
    Ok(db.prepare_cached("SELECT coalesce(max(id), 0) FROM pair_touched")?.query_row([], |row| row.get(0))?)
}

/// Writes registers for what the user has changed. Must be called in a transaction, before changes of other machines are
/// applied in it, because they could replace a value that no register has yet.
pub(super) fn capture(db: &Connection, machine: &str) -> Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT kind, article, key, max(at), min(is_first) FROM pair_touched GROUP BY kind, article, key ORDER BY min(id)",
    )?;
    let rows = statement.query_map([], |row| {
        let kind: String = row.get(0)?;
        let (article, key, at, is_first) = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        Ok(Kind::named(&kind).map(|kind| Touched { kind, article, key, at, is_first }))
    })?;
    let touched: Vec<Option<Touched>> = rows.collect::<rusqlite::Result<_>>()?;
    let mut is_there = db.prepare_cached("SELECT 1 FROM articles WHERE id = ?")?;
    for touched in touched.into_iter().flatten() {
        if !touched.kind.is_of_story() || is_there.exists([touched.article])? {
            let writer = Writer { db, machine, touched: &touched };
            writer.capture()?;
        }
    }
    db.prepare_cached("DELETE FROM pair_touched")?.execute([])?;
    Ok(())
}

/// Writer of the registers of something that was touched.
struct Writer<'a> {
    db: &'a Connection,
    machine: &'a str,
    touched: &'a Touched,
}

impl Writer<'_> {
    fn capture(&self) -> Result<()> {
        let (db, touched) = (self.db, self.touched);
        match touched.kind {
            Kind::Name | Kind::Apart => {
                self.write_all(name::changed(db)?)?;
                // Merging and splitting groups may leave two names both merged and kept apart, but the registers mean
                // one of these. Other machines see only that, because they compute their rows from the registers.
                name::apply(db)
            }
            Kind::View | Kind::Views => {
                self.write_all(view::changed(db)?)?;
                self.write_all(view::reordered(db)?)
            }
            Kind::Highlight => self.highlights(),
            Kind::Correction => self.corrections(),
            Kind::Happening => self.happening(),
            // A tag of an older program that no command accepts stays in this library.
            Kind::Tag if tag_name(&touched.key).is_ok_and(|tag| tag == touched.key) => self.plain(&touched.key),
            Kind::Tag | Kind::Story => Ok(()),
            _ => self.plain(""),
        }
    }

    fn plain(&self, key: &str) -> Result<()> {
        let story = story_ref::of_article(self.db, self.touched.article)?;
        let place = Place { story: Some(story), kind: self.touched.kind, key: key.to_owned() };
        let registers = register::at(self.db, &place)?;
        let value = mark::changed(self.db, self.touched.article, &place, &registers)?;
        value.map_or(Ok(()), |value| self.write(&place, &value, 0))
    }

    fn highlights(&self) -> Result<()> {
        let (db, article) = (self.db, self.touched.article);
        let story = story_ref::of_article(db, article)?;
        let is = mark::highlights(db, article)?;
        let mut was: BTreeMap<String, Vec<Register>> = BTreeMap::new();
        for register in register::of_kind(db, Some(story), Kind::Highlight)? {
            was.entry(register.place.key.clone()).or_default().push(register);
        }
        let keys: BTreeSet<&String> = is.keys().chain(was.keys()).collect();
        for key in keys {
            let old = was.get(key).and_then(|registers| mark::mark_of(registers));
            let new = is.get(key);
            let words = |mark: &value::Mark| (mark.colour.clone(), mark.note.clone());
            if old.as_ref().map(words) != new.map(words) {
                let place = Place { story: Some(story), kind: Kind::Highlight, key: key.clone() };
                let first = new.map_or(0, |mark| mark.created.saturating_mul(1000) - self.touched.at);
                self.write(&place, &value::json(&new)?, first)?;
            }
        }
        Ok(())
    }

    fn corrections(&self) -> Result<()> {
        let (db, article) = (self.db, self.touched.article);
        let story = story_ref::of_article(db, article)?;
        let is = mark::corrections(db, article)?;
        let was: BTreeSet<String> = register::of_kind(db, Some(story), Kind::Correction)?
            .into_iter()
            .filter(|register| register.value != NOTHING)
            .map(|register| register.place.key)
            .collect();
        let place = |key: &str| Place { story: Some(story), kind: Kind::Correction, key: key.to_owned() };
        for key in was.iter().filter(|key| !is.iter().any(|(is, _)| is == *key)) {
            self.write(&place(key), NOTHING, 0)?;
        }
        for (number, (key, value)) in is.iter().enumerate() {
            if !was.contains(key) {
                // Their order counts, even if their times are unknown.
                self.write(&place(key), value, number as i64)?;
            }
        }
        // A correction that was undone and redone is the last one here, but not in the registers, which decide elsewhere.
        mark::put_corrections(db, article, story)
    }

    fn happening(&self) -> Result<()> {
        let (db, article) = (self.db, self.touched.article);
        let other: i64 = self.touched.key.parse().unwrap_or_default();
        if !db.prepare_cached("SELECT 1 FROM articles WHERE id = ?")?.exists([other])? {
            return Ok(());
        }
        let sql = "SELECT same FROM cluster_decisions WHERE article_id = ? AND other_id = ?";
        let is: Option<bool> = db.prepare_cached(sql)?.query_row([article, other], |row| row.get(0)).optional()?;
        let place = story_ref::happening(story_ref::of_article(db, article)?, story_ref::of_article(db, other)?);
        let was: Option<bool> = register::at(db, &place)?.last().and_then(|register| value::parse(&register.value));
        if is == was { Ok(()) } else { self.write(&place, &value::json(&is)?, 0) }
    }

    fn write_all(&self, values: impl IntoIterator<Item = (Place, String)>) -> Result<()> {
        for (number, (place, value)) in values.into_iter().enumerate() {
            self.write(&place, &value, number as i64)?;
        }
        Ok(())
    }

    /// Writes a register. What was there before the library was paired belongs to no machine: a copy of the library on
    /// another machine writes the same register. `later` is added to its time.
    fn write(&self, place: &Place, value: &str, later: i64) -> Result<()> {
        if !self.touched.is_first {
            return register::write(self.db, self.machine, place, value, self.touched.at);
        }
        let time = self.touched.at.saturating_add(later).max(0);
        let stamp = Stamp { time, machine: format!("first{}", digest(&format!("{}{value}", place.key))) };
        register::merge(self.db, place, &stamp, value, &register::Seen::new(), 0).map(|_| ())
    }
}

/// Returns the marked stories whose texts neither this nor another machine has sent.
pub(super) fn stories_to_send(db: &Connection) -> Result<BTreeSet<i64>> {
    let mut statement = db.prepare(
        "WITH marked (story, kind) AS (
             SELECT story, kind FROM pair_registers WHERE story IS NOT NULL
             -- The key of a decision on two stories is the second one.
             UNION SELECT CAST(key AS INTEGER), kind FROM pair_registers WHERE kind = 'happening'
         )
         SELECT m.story, m.kind FROM marked m JOIN pair_stories s ON s.id = m.story
         WHERE s.article_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM pair_registers t WHERE t.story = m.story AND t.kind = 'story')",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    let mut stories = BTreeSet::new();
    for row in rows {
        let (story, kind) = row?;
        if Kind::named(&kind).is_some_and(Kind::is_mark) {
            stories.insert(story);
        }
    }
    Ok(stories)
}

/// Writes registers for the texts of these stories, at `now` (milliseconds since 1970).
pub(super) fn capture_stories(db: &Connection, machine: &str, now: i64) -> Result<()> {
    for story in stories_to_send(db)? {
        let place = Place { story: Some(story), kind: Kind::Story, key: String::new() };
        register::write(db, machine, &place, "true", now)?;
    }
    Ok(())
}

/// Returns whether the user has changed anything since the last pairing.
pub(super) fn is_touched(db: &Connection) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM pair_touched LIMIT 1")?.exists(params![])?)
}

//! Stories across libraries. A change names its story by its `uid` and the identity of its text, because a library may
//! know the same story under another `uid`, or in another version.

use super::kind::Kind;
use super::register::{self, COLUMNS, Place, Register};
use crate::dump::hex;
use crate::{Error, Result, identity, store};
use rusqlite::{Connection, OptionalExtension, params};

/// Name of a story in a file of changes: its `uid` and the identity of its text, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct StoryRef {
    uid: String,
    text: String,
}

impl StoryRef {
    /// Reads the name of a story.
    ///
    /// # Errors
    /// Returns `Refused` if it is not one.
    pub(super) fn parse(words: &str) -> Result<Self> {
        let invalid = || Error::Refused("an invalid name of a story".to_owned());
        let (uid, text) = words.split_once('.').ok_or_else(invalid)?;
        let is_hex = |letter: u8| letter.is_ascii_digit() || (b'a'..=b'f').contains(&letter);
        if !is_uid(uid) || text.len() != 32 || !text.bytes().all(is_hex) {
            return Err(invalid());
        }
        Ok(Self { uid: uid.to_owned(), text: text.to_owned() })
    }

    /// Formats the name of the story.
    pub(super) fn name(&self) -> String {
        format!("{}.{}", self.uid, self.text)
    }

    /// Finds the story in the library: the one with this `uid` and text, else the one that has or had the text, else
    /// the one with the `uid`.
    pub(super) fn article(&self, db: &Connection) -> Result<Option<i64>> {
        let by_uid: Option<(i64, Vec<u8>)> = db
            .prepare_cached("SELECT id, text_hash FROM articles WHERE uid = ?")?
            .query_row([&self.uid], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((id, hash)) = &by_uid
            && hex(&identity::of_hash(hash)) == self.text
        {
            return Ok(Some(*id));
        }
        let bytes = (0..16).map(|at| u8::from_str_radix(self.text.get(at * 2..at * 2 + 2).unwrap_or_default(), 16));
        let key: Option<Vec<u8>> = bytes.collect::<std::result::Result<_, _>>().ok();
        let by_text = match key.and_then(|key| key.try_into().ok()) {
            Some(key) => store::find(db, &key)?,
            None => None,
        };
        Ok(by_text.or(by_uid.map(|(id, _)| id)))
    }
}

fn is_uid(uid: &str) -> bool {
    uid.len() <= 64 && uid.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Returns the ID in `pair_stories` of an article of the library.
pub(super) fn of_article(db: &Connection, article: i64) -> Result<i64> {
    let sql = "SELECT id FROM pair_stories WHERE article_id = ?";
    if let Some(id) = db.prepare_cached(sql)?.query_row([article], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    let sql = "INSERT INTO pair_stories (article_id, uid, text) VALUES (?, '', '')";
    Ok(db.prepare_cached(sql)?.insert([article])?)
}

/// Returns the ID in `pair_stories` of the story with this name, and the ID of its article, if the library has it.
pub(super) fn of_ref(db: &Connection, story: &StoryRef) -> Result<(i64, Option<i64>)> {
    if let Some(article) = story.article(db)? {
        return Ok((of_article(db, article)?, Some(article)));
    }
    let sql = "SELECT id FROM pair_stories WHERE article_id IS NULL AND uid = ? AND text = ?";
    let known = db.prepare_cached(sql)?.query_row([&story.uid, &story.text], |row| row.get(0)).optional()?;
    let id = match known {
        Some(id) => id,
        None => db
            .prepare_cached("INSERT INTO pair_stories (uid, text) VALUES (?, ?)")?
            .insert([&story.uid, &story.text])?,
    };
    Ok((id, None))
}

/// Returns the article of a story in `pair_stories`, if the library has it.
pub(super) fn article_of(db: &Connection, story: i64) -> Result<Option<i64>> {
    let sql = "SELECT article_id FROM pair_stories WHERE id = ?";
    Ok(db.prepare_cached(sql)?.query_row([story], |row| row.get(0)).optional()?.flatten())
}

/// Returns the name of a story in `pair_stories`.
pub(super) fn name_of(db: &Connection, story: i64) -> Result<StoryRef> {
    let sql = "SELECT coalesce(a.uid, s.uid), s.text, a.text_hash FROM pair_stories s
        LEFT JOIN articles a ON a.id = s.article_id WHERE s.id = ?";
    let (uid, text, hash): (String, String, Option<Vec<u8>>) =
        db.prepare_cached(sql)?.query_row([story], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let text = hash.map_or(text, |hash| hex(&identity::of_hash(&hash)));
    // An imported story may have any `uid`. It is then found by its text only.
    Ok(StoryRef { uid: if is_uid(&uid) { uid } else { String::new() }, text })
}

/// Returns the place of a decision on two stories, which is the same for both orders.
pub(super) fn happening(one: i64, other: i64) -> Place {
    Place { story: Some(one.min(other)), kind: Kind::Happening, key: one.max(other).to_string() }
}

/// Finds the stories that were absent and have come since. Returns the places whose changes are to be applied now.
pub(super) fn arrived(db: &Connection) -> Result<Vec<Place>> {
    let mut absent = db.prepare("SELECT id, uid, text FROM pair_stories WHERE article_id IS NULL")?;
    let rows: Vec<(i64, StoryRef)> = absent
        .query_map([], |row| Ok((row.get(0)?, StoryRef { uid: row.get(1)?, text: row.get(2)? })))?
        .collect::<rusqlite::Result<_>>()?;
    let mut places = Vec::new();
    for (story, name) in rows {
        let Some(article) = name.article(db)? else { continue };
        let sql = "SELECT id FROM pair_stories WHERE article_id = ?";
        let known: Option<i64> = db.prepare_cached(sql)?.query_row([article], |row| row.get(0)).optional()?;
        if let Some(known) = known {
            join(db, story, known, &mut places)?;
        } else {
            db.prepare_cached("UPDATE pair_stories SET article_id = ?2 WHERE id = ?1")?.execute([story, article])?;
            places.extend(registers(db, story)?.into_iter().map(|(register, _)| register.place));
        }
    }
    Ok(places)
}

/// Merges the registers of a story into those of another entry for the same story.
fn join(db: &Connection, story: i64, known: i64, places: &mut Vec<Place>) -> Result<()> {
    for (register, folder) in registers(db, story)? {
        let mut place = register.place;
        if place.kind == Kind::Happening {
            let other = place.key.parse().unwrap_or_default();
            let other = if place.story == Some(story) { other } else { place.story.unwrap_or_default() };
            place = happening(known, other);
        } else {
            place.story = Some(known);
        }
        // A decision that names this story as the second one is not deleted with it.
        db.prepare_cached("DELETE FROM pair_registers WHERE id = ?")?.execute([register.id])?;
        register::merge(db, &place, &register.stamp, &register.value, &register.seen, folder)?;
        places.push(place);
    }
    db.execute("DELETE FROM pair_stories WHERE id = ?", [story])?;
    Ok(())
}

/// Returns the registers that concern a story, with the folders that they came from.
fn registers(db: &Connection, story: i64) -> Result<Vec<(Register, i64)>> {
    let sql = format!(
        "SELECT {COLUMNS}, folder FROM pair_registers WHERE story = ?1
         UNION SELECT {COLUMNS}, folder FROM pair_registers WHERE kind = 'happening' AND key = ?2"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![story, story.to_string()], |row| Ok((register::read(row)?, row.get(8)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

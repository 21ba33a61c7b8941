//! Export line of a story, with its source, its older texts and its annotations.

use super::target::TargetStory;
use crate::identity::{self, Identity};
use crate::incoming::{Prepared, Raw};
use crate::{Error, Incoming, Result, codec, highlight, store};
use dateline_analysis::Analysis;
use dateline_core::article::Article;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt::Write as _;

/// A story as exported, with its source, its older texts and its annotations.
#[derive(Serialize, Deserialize)]
pub(super) struct StoryEntry {
    kind: String,
    pub uid: String,
    source: String,
    format: String,
    added: i64,
    identities: Vec<String>,
    article: Article,
    raw: Bytes,
    versions: Vec<OlderVersion>,
    analyser: u32,
    analysis: Value,
}

/// An older text of a story, as exported.
#[derive(Serialize, Deserialize)]
struct OlderVersion {
    added: i64,
    replaced: i64,
    /// Whether this text and the one that replaced it belong to the same item. Exports of older versions lack this
    /// field.
    #[serde(default)]
    continued: bool,
    article: Article,
    raw: Bytes,
}

/// A source shared by several stories, as exported.
#[derive(Serialize, Deserialize)]
pub(super) struct Shared {
    pub kind: String,
    /// SHA-256 of the source bytes, in hexadecimal.
    pub hash: String,
    pub raw: Bytes,
}

/// Source bytes in a form that JSON can represent.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Bytes {
    None,
    Text(String),
    Hex(String),
    /// Reference to the shared source with this hash.
    Shared(String),
}

impl Bytes {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        String::from_utf8(bytes).map_or_else(|error| Self::Hex(hex(error.as_bytes())), Self::Text)
    }

    fn into_raw(self) -> Raw {
        match self {
            Self::Text(words) => Raw::Own(words.into_bytes()),
            Self::Hex(digits) => unhex(&digits).map_or(Raw::None, Raw::Own),
            Self::None | Self::Shared(_) => Raw::None,
        }
    }

    fn shared(&self) -> Option<Vec<u8>> {
        match self {
            Self::Shared(hash) => unhex(hash),
            _ => None,
        }
    }
}

/// Encodes bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    let pair = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    (0..digits.len()).step_by(2).map(pair).collect()
}

/// Columns of a stored text: packed article, packed annotations, analyser version, packed source, and the hash of its
/// shared source.
type Packed = (Vec<u8>, Vec<u8>, u32, Option<Vec<u8>>, Option<Vec<u8>>);

/// Reads everything that the export line of a story contains.
pub(super) fn entry(db: &Connection, id: i64) -> Result<StoryEntry> {
    let mut entry =
        db.prepare_cached("SELECT uid, source, format, added FROM articles WHERE id = ?")?.query_row([id], |row| {
            Ok(StoryEntry {
                kind: "article".to_owned(),
                uid: row.get(0)?,
                source: row.get(1)?,
                format: row.get(2)?,
                added: row.get(3)?,
                identities: Vec::new(),
                article: Article::default(),
                raw: Bytes::None,
                versions: Vec::new(),
                analyser: 0,
                analysis: Value::Null,
            })
        })?;
    entry.identities = identities(db, id)?;
    let (article, analysis, analyser, raw, hash): Packed = db
        .prepare_cached(
            "SELECT t.article, t.analysis, t.analyser, t.raw, s.hash FROM texts t
             LEFT JOIN sources s ON s.id = t.source_id WHERE t.article_id = ?",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?;
    entry.article = codec::unpack_article(&article)?;
    entry.analysis = codec::unpack_annotations(&analysis, &entry.article.text)
        .ok()
        .and_then(|analysis| serde_json::to_vec(&analysis).ok())
        .and_then(|json| serde_json::from_slice(&json).ok())
        .unwrap_or_default();
    entry.analyser = analyser;
    entry.raw = bytes(&entry.article, raw, hash)?;
    // A damaged library with an older schema is read without migration, so it may lack this column.
    let known = db.prepare_cached("SELECT 1 FROM pragma_table_info('versions') WHERE name = 'continued'")?.exists([])?;
    let continued = if known { "v.continued" } else { "0" };
    let mut versions = db.prepare_cached(&format!(
        "SELECT v.added, v.replaced, v.article, v.raw, s.hash, {continued} FROM versions v
         LEFT JOIN sources s ON s.id = v.source_id WHERE v.article_id = ? ORDER BY v.id"
    ))?;
    let mut rows = versions.query([id])?;
    while let Some(row) = rows.next()? {
        let article: Article = codec::unpack_article(&row.get::<_, Vec<u8>>(2)?)?;
        let raw = bytes(&article, row.get(3)?, row.get(4)?)?;
        let (added, replaced, continued) = (row.get(0)?, row.get(1)?, row.get(5)?);
        entry.versions.push(OlderVersion { added, replaced, continued, article, raw });
    }
    Ok(entry)
}

/// Returns the export line of a story without its source, older texts and annotations.
pub(crate) fn bare_story(db: &Connection, id: i64) -> Result<Value> {
    let entry =
        db.prepare_cached("SELECT uid, source, format, added FROM articles WHERE id = ?")?.query_row([id], |row| {
            Ok(StoryEntry {
                kind: "article".to_owned(),
                uid: row.get(0)?,
                source: row.get(1)?,
                format: row.get(2)?,
                added: row.get(3)?,
                identities: Vec::new(),
                article: Article::default(),
                raw: Bytes::None,
                versions: Vec::new(),
                analyser: 0,
                analysis: Value::Null,
            })
        })?;
    let article = highlight::article(db, id)?;
    let identities = identities(db, id)?;
    serde_json::to_value(StoryEntry { identities, article, ..entry }).map_err(|_| Error::Packed("story"))
}

/// Stores a story written by [`bare_story`], unless the library has it. Returns whether it was added. It is annotated
/// later.
///
/// # Errors
/// Returns `Refused` if it is not such a story.
pub(crate) fn put_bare_story(db: &Connection, story: &Value) -> Result<bool> {
    let entry = StoryEntry::deserialize(story).map_err(|error| Error::Refused(error.to_string()))?;
    let entry = StoryEntry { raw: Bytes::None, versions: Vec::new(), analyser: 0, analysis: Value::Null, ..entry };
    Ok(put(db, entry)?.target.is_new)
}

fn identities(db: &Connection, id: i64) -> Result<Vec<String>> {
    let mut statement =
        db.prepare_cached("SELECT lower(hex(key)) FROM identities WHERE article_id = ? ORDER BY key")?;
    Ok(statement.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

fn bytes(article: &Article, own: Option<Vec<u8>>, shared: Option<Vec<u8>>) -> Result<Bytes> {
    Ok(match (own, shared) {
        (Some(own), _) => Bytes::new(codec::unpack_with_text(&own, &article.text)?),
        (None, Some(hash)) => Bytes::Shared(hex(&hash)),
        (None, None) => Bytes::None,
    })
}

/// Outcome of storing the story of an export line.
pub(super) struct Stored {
    pub target: TargetStory,
    /// Number of newer texts that were added to a story of the library.
    pub newer: usize,
    /// Number of texts that were left out, because their order with the library's own is unknown.
    pub other: usize,
}

/// Stores a shared source unless the library already has it.
pub(super) fn put_source(db: &Connection, source: Shared) -> Result<()> {
    let (Some(hash), Raw::Own(bytes)) = (unhex(&source.hash), source.raw.into_raw()) else {
        return Err(Error::Packed("source"));
    };
    db.prepare_cached("INSERT OR IGNORE INTO sources (hash, raw) VALUES (?, ?)")?
        .execute(params![hash, codec::pack_with_text(&bytes, "")?])?;
    Ok(())
}

/// Stores the story of an export line. If the library has it with an older text, the newer ones are added. Texts that it
/// cannot put in order with its own are left out and counted. Returns the story as the target of later lines.
pub(super) fn put(db: &Connection, mut entry: StoryEntry) -> Result<Stored> {
    codec::mend(&mut entry.article);
    let hash = identity::text_hash(&entry.article.text);
    let text_key = identity::of_text(&hash);
    let hashes: Vec<[u8; 32]> = entry.versions.iter().map(|older| identity::text_hash(&older.article.text)).collect();
    let mut versions = std::mem::take(&mut entry.versions);
    let known = known(db, &entry.uid, &text_key, &hash)?;
    let Some((id, current)) = known else {
        let target = add(db, entry, text_key)?;
        for older in versions {
            put_version(db, target.id, older)?;
        }
        return Ok(Stored { target, newer: 0, other: 0 });
    };
    // Texts after the one that this library has are later than it, whatever the clocks of the two machines.
    let own = hashes.iter().rposition(|older| older[..] == current[..]).filter(|_| current != hash);
    let left_out = |hashes: &[[u8; 32]]| -> Result<usize> {
        let sql = "SELECT 1 FROM versions WHERE article_id = ?1 AND text_hash = ?2
            UNION ALL SELECT 1 FROM articles WHERE id = ?1 AND text_hash = ?2";
        let mut is_known = db.prepare_cached(sql)?;
        let mut count = 0;
        for hash in hashes {
            count += usize::from(!is_known.exists(params![id, hash])?);
        }
        Ok(count)
    };
    let Some(own) = own else {
        let other = left_out(&hashes)? + left_out(&[hash])?;
        let target = TargetStory { id, is_new: false, same_text: current == hash };
        return Ok(Stored { target, newer: 0, other });
    };
    let other = left_out(hashes.get(..own).unwrap_or_default())?;
    let later = versions.split_off(own + 1);
    let replaced = versions.last().map_or(entry.added, |own| own.replaced);
    let newer = later.len() + 1;
    let (prepared, shared) = prepared(&mut entry)?;
    store::change(db, id, &prepared, replaced)?;
    name(db, id, &entry.identities, text_key, shared)?;
    for older in later {
        put_version(db, id, older)?;
    }
    Ok(Stored { target: TargetStory { id, is_new: false, same_text: true }, newer, other })
}

/// Adds the story of an export line, without its older texts.
fn add(db: &Connection, mut entry: StoryEntry, text_key: Identity) -> Result<TargetStory> {
    let (prepared, shared) = prepared(&mut entry)?;
    let id = store::insert(db, &entry.uid, &prepared, entry.added)?;
    name(db, id, &entry.identities, text_key, shared)?;
    Ok(TargetStory { id, is_new: true, same_text: true })
}

/// Prepares the text of an export line for storage. Returns it with the hash of its source, if it shares one with others.
fn prepared(entry: &mut StoryEntry) -> Result<(Prepared, Option<Vec<u8>>)> {
    let raw = std::mem::replace(&mut entry.raw, Bytes::None);
    let shared = raw.shared();
    let analysis: Option<Analysis> = serde_json::from_value(entry.analysis.take()).ok();
    // Analyser version 0 marks the story for re-annotation because this program cannot read its annotations.
    let analyser = if analysis.is_some() { entry.analyser } else { 0 };
    let incoming = Incoming {
        article: std::mem::take(&mut entry.article),
        analysis: analysis.unwrap_or_default(),
        source: std::mem::take(&mut entry.source),
        format: std::mem::take(&mut entry.format),
        raw: raw.into_raw(),
        ..Incoming::default()
    };
    let mut prepared: Prepared = incoming.prepare()?;
    prepared.derived.analyser = analyser;
    Ok((prepared, shared))
}

/// Records the exported identities of a story, and the source that it shares with others.
fn name(db: &Connection, id: i64, identities: &[String], text_key: Identity, shared: Option<Vec<u8>>) -> Result<()> {
    let keys = identities.iter().filter_map(|key| unhex(key)?.try_into().ok()).chain([text_key]);
    // A key of another story stays with it. The next fetch would else bring the text of that story to this one.
    let mut add = db.prepare_cached("INSERT OR IGNORE INTO identities (key, article_id) VALUES (?, ?)")?;
    for key in keys {
        add.execute(params![key, id])?;
    }
    if let Some(hash) = shared {
        let sql = "UPDATE texts SET source_id = (SELECT id FROM sources WHERE hash = ?2) WHERE article_id = ?1";
        db.execute(sql, params![id, hash])?;
    }
    Ok(())
}

/// Finds the library's counterpart of an exported story, and the hash of its current text. The counterpart is the story
/// with the same text, else the one with the same `uid`, else the one that used to have this text.
fn known(db: &Connection, uid: &str, text_key: &Identity, hash: &[u8; 32]) -> Result<Option<(i64, Vec<u8>)>> {
    let mut hash_of = db.prepare_cached("SELECT text_hash FROM articles WHERE id = ?")?;
    let by_text = match store::find(db, text_key)? {
        Some(id) => Some((id, hash_of.query_row([id], |row| row.get::<_, Vec<u8>>(0))?)),
        None => None,
    };
    if by_text.as_ref().is_some_and(|(_, current)| current == hash) {
        return Ok(by_text);
    }
    let by_uid = db
        .prepare_cached("SELECT id, text_hash FROM articles WHERE uid = ?")?
        .query_row([uid], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(by_uid.or(by_text))
}

/// Stores an older text of a story.
fn put_version(db: &Connection, id: i64, older: OlderVersion) -> Result<()> {
    let hash = older.raw.shared();
    let raw = match older.raw.into_raw() {
        Raw::Own(bytes) => Some(codec::pack_with_text(&bytes, &older.article.text)?),
        _ => None,
    };
    db.prepare_cached(
        "INSERT INTO versions (article_id, source_id, added, replaced, text_hash, article, raw, continued)
         VALUES (?1, (SELECT id FROM sources WHERE hash = ?2), ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        id,
        hash,
        older.added,
        older.replaced,
        identity::text_hash(&older.article.text),
        codec::pack(&older.article, "article")?,
        raw,
        older.continued
    ])?;
    db.execute("UPDATE articles SET versions = versions + 1 WHERE id = ?", [id])?;
    Ok(())
}

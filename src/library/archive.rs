//! The whole library as JSON, one object a line, and back: an open form that outlives this
//! program. What is exported, imported into an empty library and exported again is the same.
//!
//! The first line is `{"kind": "library", "version": 1}`. Sources that several articles share and
//! articles follow, then what the reader did, a line each; articles are named by their `uid`.

use super::identity::{self, Identity};
use super::incoming::{Prepared, Raw};
use super::{Error, Incoming, Library, Result, codec, highlight, journal, store};
use crate::analysis::Analysis;
use crate::article::Article;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{self, BufRead, Write};

/// The version of the form.
const VERSION: u64 = 1;

/// How many lines are one transaction of an import.
const BATCH: usize = 256;

/// What stands in simple tables: its kind, a statement that makes its lines, and one that takes a
/// line back in. Whatever belongs to an article names it by its `uid`.
const TABLES: &[(&str, &str, &str)] = &[
    (
        "feed",
        "SELECT json_object('kind', 'feed', 'url', url, 'title', title, 'tags', tags, 'etag', etag,
            'last_modified', last_modified, 'next_due', next_due, 'failures', failures, 'paused', paused, 'full_text', full_text)
         FROM feeds ORDER BY id",
        "INSERT OR IGNORE INTO feeds (url, title, tags, etag, last_modified, next_due, failures, paused, full_text)
         SELECT ?1 ->> 'url', ?1 ->> 'title', ?1 ->> 'tags', ?1 ->> 'etag', ?1 ->> 'last_modified', ?1 ->> 'next_due',
            ?1 ->> 'failures', ?1 ->> 'paused', coalesce(?1 ->> 'full_text', 0)",
    ),
    (
        "fetch",
        "SELECT json_object('kind', 'fetch', 'feed', (SELECT url FROM feeds WHERE id = feed_id), 'url', url, 'at', at,
            'status', status, 'bytes', bytes, 'added', added, 'error', error)
         FROM fetches ORDER BY id",
        "INSERT INTO fetches (feed_id, url, at, status, bytes, added, error)
         SELECT (SELECT id FROM feeds WHERE url = ?1 ->> 'feed'), ?1 ->> 'url', ?1 ->> 'at', ?1 ->> 'status',
            ?1 ->> 'bytes', ?1 ->> 'added', ?1 ->> 'error'
         WHERE NOT EXISTS (SELECT 1 FROM fetches WHERE url = ?1 ->> 'url' AND at = ?1 ->> 'at')",
    ),
    (
        "state",
        "SELECT json_object('kind', 'state', 'uid', uid, 'read', read, 'starred', starred, 'archived', archived,
            'binned_at', binned_at, 'feed', (SELECT url FROM feeds WHERE id = feed_id))
         FROM articles WHERE read OR starred OR archived OR binned_at IS NOT NULL OR feed_id IS NOT NULL ORDER BY id",
        "UPDATE articles SET read = max(read, ?1 ->> 'read'), starred = max(starred, ?1 ->> 'starred'),
            archived = max(archived, ?1 ->> 'archived'), binned_at = coalesce(binned_at, ?1 ->> 'binned_at'),
            feed_id = coalesce(feed_id, (SELECT id FROM feeds WHERE url = ?1 ->> 'feed'))
         WHERE uid = ?1 ->> 'uid'",
    ),
    (
        "tag",
        "SELECT json_object('kind', 'tag', 'uid', a.uid, 'tag', n.name) FROM article_tags t
         JOIN tags n ON n.id = t.tag_id JOIN articles a ON a.id = t.article_id ORDER BY a.id, n.name",
        "INSERT OR IGNORE INTO article_tags (article_id, tag_id)
         SELECT a.id, n.id FROM articles a, tags n WHERE a.uid = ?1 ->> 'uid' AND n.name = ?1 ->> 'tag'",
    ),
    (
        "note",
        "SELECT json_object('kind', 'note', 'uid', a.uid, 'words', n.words, 'changed', n.changed)
         FROM notes n JOIN articles a ON a.id = n.article_id ORDER BY a.id",
        "INSERT OR IGNORE INTO notes (article_id, words, changed)
         SELECT id, ?1 ->> 'words', ?1 ->> 'changed' FROM articles WHERE uid = ?1 ->> 'uid'",
    ),
    (
        "highlight",
        "SELECT json_object('kind', 'highlight', 'uid', a.uid, 'start', h.start, 'end', h.end, 'exact', h.exact,
            'prefix', h.prefix, 'suffix', h.suffix, 'colour', h.colour, 'note', h.note, 'created', h.created)
         FROM highlights h JOIN articles a ON a.id = h.article_id ORDER BY h.id",
        "INSERT INTO highlights (article_id, start, end, exact, prefix, suffix, colour, note, created)
         SELECT a.id, ?1 ->> 'start', ?1 ->> 'end', ?1 ->> 'exact', ?1 ->> 'prefix', ?1 ->> 'suffix', ?1 ->> 'colour',
            ?1 ->> 'note', ?1 ->> 'created'
         FROM articles a WHERE a.uid = ?1 ->> 'uid' AND NOT EXISTS (SELECT 1 FROM highlights h
            WHERE h.article_id = a.id AND h.exact = ?1 ->> 'exact' AND h.prefix = ?1 ->> 'prefix'
            AND h.created = ?1 ->> 'created')",
    ),
    (
        "position",
        "SELECT json_object('kind', 'position', 'uid', a.uid, 'start', p.start, 'exact', p.exact, 'prefix', p.prefix,
            'suffix', p.suffix, 'changed', p.changed)
         FROM positions p JOIN articles a ON a.id = p.article_id ORDER BY a.id",
        "INSERT OR IGNORE INTO positions (article_id, start, exact, prefix, suffix, changed)
         SELECT id, ?1 ->> 'start', ?1 ->> 'exact', ?1 ->> 'prefix', ?1 ->> 'suffix', ?1 ->> 'changed'
         FROM articles WHERE uid = ?1 ->> 'uid'",
    ),
    (
        "correction",
        "SELECT json_object('kind', 'correction', 'uid', a.uid, 'what', c.kind, 'start', c.start, 'exact', c.exact,
            'prefix', c.prefix, 'suffix', c.suffix, 'payload', c.payload)
         FROM corrections c JOIN articles a ON a.id = c.article_id ORDER BY c.id",
        "INSERT INTO corrections (article_id, kind, start, exact, prefix, suffix, payload)
         SELECT a.id, ?1 ->> 'what', ?1 ->> 'start', ?1 ->> 'exact', ?1 ->> 'prefix', ?1 ->> 'suffix', ?1 ->> 'payload'
         FROM articles a WHERE a.uid = ?1 ->> 'uid' AND NOT EXISTS (SELECT 1 FROM corrections c
            WHERE c.article_id = a.id AND c.exact = ?1 ->> 'exact' AND c.payload = ?1 ->> 'payload')",
    ),
    (
        "alias",
        "SELECT json_object('kind', 'alias', 'of', n.kind, 'name', folded(n.name), 'as', o.kind,
            'other', folded(o.name),
            'same', a.same)
         FROM aliases a JOIN names n ON n.id = a.name_id JOIN names o ON o.id = a.other_id
         ORDER BY n.kind, folded(n.name), o.kind, folded(o.name)",
        "INSERT OR IGNORE INTO aliases (name_id, other_id, same)
         SELECT n.id, o.id, ?1 ->> 'same' FROM names n, names o WHERE n.kind = ?1 ->> 'of' AND o.kind = ?1 ->> 'as'
            AND n.id IN (SELECT name_id FROM forms WHERE form = ?1 ->> 'name' AND part = 0)
            AND o.id IN (SELECT name_id FROM forms WHERE form = ?1 ->> 'other' AND part = 0)",
    ),
    (
        "view",
        "SELECT json_object('kind', 'view', 'name', name, 'query', query, 'place', place) FROM saved_views ORDER BY name",
        "INSERT OR IGNORE INTO saved_views (name, query, place)
         SELECT ?1 ->> 'name', ?1 ->> 'query', ?1 ->> 'place'",
    ),
    (
        "search",
        "SELECT json_object('kind', 'search', 'query', query, 'at', at) FROM searches ORDER BY query",
        "INSERT OR IGNORE INTO searches (query, at) SELECT ?1 ->> 'query', ?1 ->> 'at'",
    ),
];

/// An article with what it was read from.
#[derive(Serialize, Deserialize)]
struct Entry {
    kind: String,
    uid: String,
    source: String,
    format: String,
    added: i64,
    identities: Vec<String>,
    article: Article,
    raw: Bytes,
    versions: Vec<Older>,
    analyser: u32,
    analysis: Value,
}

/// An older text.
#[derive(Serialize, Deserialize)]
struct Older {
    added: i64,
    replaced: i64,
    /// The text that replaced it is of the same item; exports of older programs do not say.
    #[serde(default)]
    continued: bool,
    article: Article,
    raw: Bytes,
}

/// A source that several articles share.
#[derive(Serialize, Deserialize)]
struct Shared {
    kind: String,
    hash: String,
    raw: Bytes,
}

/// Bytes as JSON can hold them.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Bytes {
    None,
    Text(String),
    Hex(String),
    /// Those of the shared source with this hash.
    Shared(String),
}

impl Bytes {
    fn new(bytes: Vec<u8>) -> Self {
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

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    let pair = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    (0..digits.len()).step_by(2).map(pair).collect()
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Articles that were not there.
    pub new: usize,
    /// Articles that were.
    pub known: usize,
    /// Lines that could not be read: number and reason.
    pub failed: Vec<(usize, String)>,
}

impl Library {
    /// Writes everything. Articles that cannot be read back are passed over: their names are
    /// returned.
    ///
    /// # Errors
    /// When `out` fails or the library cannot be read.
    pub fn export(&self, out: &mut impl Write) -> Result<Vec<String>> {
        self.lines(out).map_err(|error| self.tell(error))
    }

    fn lines(&self, out: &mut impl Write) -> Result<Vec<String>> {
        let db = &self.connection;
        // One moment of the library, whatever others write meanwhile.
        let moment = db.unchecked_transaction()?;
        writeln!(out, "{{\"kind\":\"library\",\"version\":{VERSION}}}")?;
        let mut lost = Vec::new();
        let mut put = |line: String| Ok(writeln!(out, "{line}")?);
        shared_lines(db, &mut lost, &mut put)?;
        let mut ids = db.prepare("SELECT id, uid FROM articles ORDER BY id")?;
        let mut rows = ids.query([])?;
        while let Some(row) = rows.next()? {
            match article_line(db, row.get(0)?) {
                Ok(line) => put(line)?,
                Err(_) => lost.push(format!("article {}", row.get::<_, String>(1)?)),
            }
        }
        table_lines(db, &mut lost, put)?;
        drop(moment);
        Ok(lost)
    }

    /// Takes in what [`Library::export`] wrote. What is there stays: articles that are known are
    /// not changed, what the reader did is added to what stands here.
    ///
    /// # Errors
    /// When the input is no export, or the library cannot be written to. What was read before is
    /// stored; the same input can be imported again.
    pub fn import(&mut self, input: impl BufRead) -> Result<Imported> {
        let mut lines =
            input.lines().enumerate().map(|(index, line)| (index + 1, line.map_err(|error| error.to_string())));
        let first = lines.next().and_then(|(_, line)| serde_json::from_str::<Value>(&line.ok()?).ok());
        match first.filter(|first| first["kind"] == "library").and_then(|first| first["version"].as_u64()) {
            Some(VERSION) => {}
            Some(newer) => return Err(Error::Refused(format!("a newer Dateline wrote this export (version {newer})"))),
            None => return Err(Error::Refused("this is no export of a library".to_owned())),
        }
        let mut report = Imported::default();
        loop {
            let batch: Vec<(usize, std::result::Result<String, String>)> = lines.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                self.write(|db| Ok(journal::adopt_corrections(db)?))?;
                return Ok(report);
            }
            self.write(|db| {
                for (number, line) in &batch {
                    let taken = match line {
                        Ok(line) if line.trim().is_empty() => Ok(()),
                        Ok(line) => take(db, line, &mut report),
                        Err(error) => Err(Error::Refused(error.clone())),
                    };
                    match taken {
                        Err(Error::Refused(reason)) => report.failed.push((*number, reason)),
                        Err(Error::Packed(what)) => report.failed.push((*number, Error::Packed(what).to_string())),
                        other => other?,
                    }
                }
                Ok(())
            })?;
        }
    }
}

/// The lines of the sources that several articles share; `lost` names those that cannot be read.
pub(super) fn shared_lines(
    db: &Connection,
    lost: &mut Vec<String>,
    mut put: impl FnMut(String) -> Result<()>,
) -> Result<()> {
    let mut sources = db.prepare("SELECT hash, raw FROM sources ORDER BY id")?;
    let mut rows = sources.query([])?;
    loop {
        let (hash, raw): (Vec<u8>, Vec<u8>) = match rows.next() {
            Ok(Some(row)) => (row.get(0)?, row.get(1)?),
            Ok(None) => return Ok(()),
            Err(error) => {
                lost.push(format!("further sources ({error})"));
                return Ok(());
            }
        };
        match codec::unpack_beside(&raw, "") {
            Ok(bytes) => {
                let shared = Shared { kind: "source".to_owned(), hash: hex(&hash), raw: Bytes::new(bytes) };
                put(json(&shared)?)?;
            }
            Err(_) => lost.push(format!("source {}", hex(&hash))),
        }
    }
}

/// The line of an article.
pub(super) fn article_line(db: &Connection, id: i64) -> Result<String> {
    json(&entry(db, id)?)
}

/// The lines of what the reader did; `lost` names tables that cannot be read to the end.
pub(super) fn table_lines(
    db: &Connection,
    lost: &mut Vec<String>,
    mut put: impl FnMut(String) -> Result<()>,
) -> Result<()> {
    for (kind, select, _) in TABLES {
        let read = db.prepare(select).map_err(Error::from).and_then(|mut statement| {
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                put(row.get(0)?)?;
            }
            Ok(())
        });
        match read {
            Err(Error::Sqlite(error)) => lost.push(format!("of the kind “{kind}” what follows ({error})")),
            other => other?,
        }
    }
    Ok(())
}

/// One line of output, as safe to print as all our JSON.
fn json(value: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string(value).map_err(io::Error::from)?)
}

/// What stands in a row of texts: article, annotations, analyser, source, or the hash of a shared source.
type Packed = (Vec<u8>, Vec<u8>, u32, Option<Vec<u8>>, Option<Vec<u8>>);

fn entry(db: &Connection, id: i64) -> Result<Entry> {
    let mut entry =
        db.prepare_cached("SELECT uid, source, format, added FROM articles WHERE id = ?")?.query_row([id], |row| {
            Ok(Entry {
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
    entry.identities = db
        .prepare_cached("SELECT lower(hex(key)) FROM identities WHERE article_id = ? ORDER BY key")?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let (article, analysis, analyser, raw, hash): Packed = db
        .prepare_cached(
            "SELECT t.article, t.analysis, t.analyser, t.raw, s.hash FROM texts t
             LEFT JOIN sources s ON s.id = t.source_id WHERE t.article_id = ?",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?;
    entry.article = codec::unpack(&article, "article")?;
    entry.analysis = codec::unpack_annotations(&analysis, &entry.article.text)
        .ok()
        .and_then(|analysis| serde_json::to_vec(&analysis).ok())
        .and_then(|json| serde_json::from_slice(&json).ok())
        .unwrap_or_default();
    entry.analyser = analyser;
    entry.raw = bytes(&entry.article, raw, hash)?;
    // A damaged library of an older form is read as it is.
    let known = db.prepare_cached("SELECT 1 FROM pragma_table_info('versions') WHERE name = 'continued'")?.exists([])?;
    let continued = if known { "v.continued" } else { "0" };
    let mut versions = db.prepare_cached(&format!(
        "SELECT v.added, v.replaced, v.article, v.raw, s.hash, {continued} FROM versions v
         LEFT JOIN sources s ON s.id = v.source_id WHERE v.article_id = ? ORDER BY v.id"
    ))?;
    let mut rows = versions.query([id])?;
    while let Some(row) = rows.next()? {
        let article: Article = codec::unpack(&row.get::<_, Vec<u8>>(2)?, "version")?;
        let raw = bytes(&article, row.get(3)?, row.get(4)?)?;
        let (added, replaced, continued) = (row.get(0)?, row.get(1)?, row.get(5)?);
        entry.versions.push(Older { added, replaced, continued, article, raw });
    }
    Ok(entry)
}

fn bytes(article: &Article, own: Option<Vec<u8>>, shared: Option<Vec<u8>>) -> Result<Bytes> {
    Ok(match (own, shared) {
        (Some(own), _) => Bytes::new(codec::unpack_beside(&own, &article.text)?),
        (None, Some(hash)) => Bytes::Shared(hex(&hash)),
        (None, None) => Bytes::None,
    })
}

/// Takes one line in. A line that is wrong is the reader's to know of; what fails in the library
/// ends the import.
pub(super) fn take(db: &Connection, line: &str, report: &mut Imported) -> Result<()> {
    let wrong = |error: serde_json::Error| Error::Refused(error.to_string());
    let head: Value = serde_json::from_str(line).map_err(wrong)?;
    let kind = head["kind"].as_str().unwrap_or_default();
    match kind {
        "article" => return put(db, serde_json::from_value(head).map_err(wrong)?, report),
        "source" => return put_source(db, serde_json::from_value(head).map_err(wrong)?),
        "tag" => {
            db.prepare_cached("INSERT OR IGNORE INTO tags (name) SELECT ?1 ->> 'tag'")?.execute([line])?;
        }
        _ => {}
    }
    let Some((_, _, insert)) = TABLES.iter().find(|(name, _, _)| *name == kind) else {
        return Err(Error::Refused(format!("it is of an unknown kind “{kind}”")));
    };
    db.prepare_cached(insert)?.execute([line])?;
    if kind == "highlight" {
        let sql = "SELECT id FROM articles WHERE uid = ?1 ->> 'uid'";
        if let Some(id) = db.prepare_cached(sql)?.query_row([line], |row| row.get(0)).optional()? {
            highlight::count(db, id)?;
        }
    }
    Ok(())
}

fn put_source(db: &Connection, source: Shared) -> Result<()> {
    let (Some(hash), Raw::Own(bytes)) = (unhex(&source.hash), source.raw.into_raw()) else {
        return Err(Error::Packed("source"));
    };
    db.prepare_cached("INSERT OR IGNORE INTO sources (hash, raw) VALUES (?, ?)")?
        .execute(params![hash, codec::pack_beside(&bytes, "")?])?;
    Ok(())
}

fn put(db: &Connection, entry: Entry, report: &mut Imported) -> Result<()> {
    let text_key = identity::of_text(&identity::text_hash(&entry.article.text));
    let taken = db.prepare_cached("SELECT 1 FROM articles WHERE uid = ?")?.exists([&entry.uid])?;
    if taken || store::find(db, &text_key)?.is_some() {
        report.known += 1;
        return Ok(());
    }
    let shared = entry.raw.shared();
    let analysis: Option<Analysis> = serde_json::from_value(entry.analysis).ok();
    // Annotations that this program cannot read are made anew.
    let analyser = if analysis.is_some() { entry.analyser } else { 0 };
    let incoming = Incoming {
        article: entry.article,
        analysis: analysis.unwrap_or_default(),
        source: entry.source,
        format: entry.format,
        raw: entry.raw.into_raw(),
        ..Incoming::default()
    };
    let mut prepared: Prepared = incoming.prepare()?;
    prepared.derived.analyser = analyser;
    let id = store::insert(db, &entry.uid, &prepared, entry.added)?;
    let keys: Vec<Identity> =
        entry.identities.iter().filter_map(|key| unhex(key)?.try_into().ok()).chain([text_key]).collect();
    store::remember(db, id, &keys)?;
    let source = "(SELECT id FROM sources WHERE hash = ?2)";
    if let Some(hash) = shared {
        db.execute(&format!("UPDATE texts SET source_id = {source} WHERE article_id = ?1"), params![id, hash])?;
    }
    for older in entry.versions {
        let hash = older.raw.shared();
        let raw = match older.raw.into_raw() {
            Raw::Own(bytes) => Some(codec::pack_beside(&bytes, &older.article.text)?),
            _ => None,
        };
        db.prepare_cached(&format!(
            "INSERT INTO versions (article_id, source_id, added, replaced, text_hash, article, raw, continued)
             VALUES (?1, {source}, ?3, ?4, ?5, ?6, ?7, ?8)"
        ))?
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
    }
    report.new += 1;
    Ok(())
}

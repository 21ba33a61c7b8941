//! Integrity of the library: SQLite's own checks, and the consistency of related rows.

use super::cluster::Signature;
use super::incoming::{Derived, UNANNOTATED};
use super::publication::Publication;
use super::{Library, Result, annotation_store, codec, highlight};
use dateline_analysis::Analysis;
use dateline_core::article::Article;
use rusqlite::Connection;

/// SQL statements that count inconsistent rows, each with a clause that describes the inconsistency.
const CONSISTENCY_CHECKS: &[(&str, &str)] = &[
    ("SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM texts)", "stories have no text"),
    ("SELECT count(*) FROM articles WHERE id NOT IN (SELECT id FROM search_docsize)", "stories cannot be searched"),
    ("SELECT count(*) FROM articles WHERE id NOT IN (SELECT id FROM terms_docsize)", "stories cannot be searched"),
    ("SELECT count(*) FROM search_docsize WHERE id NOT IN (SELECT id FROM articles)", "indexed texts have no story"),
    (
        "SELECT count(*) FROM articles a WHERE quotes > 0 AND indexed_apart AND id NOT IN (SELECT id FROM annotation_search_docsize)",
        "stories cannot be searched by their quotes",
    ),
    (
        "SELECT count(*) FROM annotation_search_docsize WHERE id NOT IN (SELECT id FROM articles WHERE indexed_apart)",
        "indexed quotes have no story",
    ),
    ("SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM identities)", "stories have no id"),
    (
        "SELECT count(*) FROM articles a WHERE quotes <> (SELECT count(*) FROM quotes q WHERE q.article_id = a.id)",
        "stories lack some of their quotes",
    ),
    (
        "SELECT count(*) FROM articles a WHERE events <> (SELECT count(*) FROM events e WHERE e.article_id = a.id)",
        "stories lack some of their events",
    ),
    (
        "SELECT count(*) FROM articles a WHERE versions <> (SELECT count(*) FROM versions v WHERE v.article_id = a.id)",
        "stories lack some of their versions",
    ),
];

/// Replaces the annotations of an article and the rows and search text derived from them.
fn derive(db: &Connection, id: i64, article: &Article, analysis: &Analysis, analyser: u32) -> Result<()> {
    let signature = Some(Signature::of(article, analysis));
    let derived = Derived { analyser, signature, ..Derived::with_words(article, analysis)? };
    annotation_store::put(db, &[(id, &derived, &Publication::of(article, analysis))])
}

/// Rebuilds everything derived from annotations. Unreadable articles are skipped, since the check reports them.
/// Articles with unreadable annotations are marked for re-annotation.
pub(super) fn derive_all(db: &Connection) -> Result<()> {
    let ids: Vec<i64> = db
        .prepare("SELECT article_id FROM texts")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in ids {
        let (packed, analyser): (Vec<u8>, u32) = db
            .prepare_cached("SELECT analysis, analyser FROM texts WHERE article_id = ?")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let Ok(article) = highlight::article(db, id) else { continue };
        let analysis = codec::unpack_annotations(&packed, &article.text);
        let analyser = if analysis.is_ok() { analyser } else { UNANNOTATED };
        derive(db, id, &article, &analysis.unwrap_or_default(), analyser)?;
    }
    Ok(())
}

/// Outcome of an integrity check of the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Number of articles in the library, including those in the bin.
    pub articles: usize,
    /// Inconsistencies, one sentence each; empty if the library is intact.
    pub faults: Vec<String>,
    /// Number of articles with outdated annotations: unreadable, or made by another analyser version.
    pub outdated: usize,
}

impl Library {
    /// Checks the integrity of the library by reading all of it.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read at all.
    pub fn check(&self) -> Result<Report> {
        self.examine().map_err(|error| self.with_path(error))
    }

    fn examine(&self) -> Result<Report> {
        let mut report = Report::default();
        let db = &self.connection;
        let said: Vec<String> = db
            .prepare("PRAGMA integrity_check(20)")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        report
            .faults
            .extend(said.into_iter().filter(|line| line != "ok").map(|line| format!("The file is damaged: {line}.")));
        let dangling = db.prepare("PRAGMA foreign_key_check")?.query_map([], |_| Ok(()))?.count();
        if dangling > 0 {
            report.faults.push(format!("{dangling} rows refer to rows that do not exist."));
        }
        for (count, what) in CONSISTENCY_CHECKS {
            let count: i64 = db.query_row(count, [], |row| row.get(0))?;
            if count > 0 {
                report.faults.push(format!("{count} {what}."));
            }
        }
        let mut statement = db.prepare(
            "SELECT a.uid, t.article, t.analysis, t.analyser FROM articles a JOIN texts t ON t.article_id = a.id ORDER BY a.id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            report.articles += 1;
            let (uid, article, analysis): (String, Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let article = codec::unpack_article(&article);
            if article.is_err() {
                report.faults.push(format!("The text of story {uid} cannot be read back."));
            }
            let current = row.get::<_, u32>(3)? == self.analyser;
            let text = article.as_ref().map_or("", |article| article.text.as_str());
            if !current || codec::unpack_annotations(&analysis, text).is_err() {
                report.outdated += 1;
            }
        }
        Ok(report)
    }
}

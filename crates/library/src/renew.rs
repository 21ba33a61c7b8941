//! Re-annotates stories after a change of the analyser. Only a few stories are processed at a time, newest first, so
//! that other connections never have to wait long.

use super::cluster::Signature;
use super::incoming::{Derived, UNANNOTATED};
use super::publication::Publication;
use super::row::RowKey;
use super::{Error, Library, Result, codec};
use dateline_analysis::{Analysis, Analyzer, Options, VERSION};
use dateline_core::article::Article;
use rayon::prelude::*;
use rusqlite::{OptionalExtension, params_from_iter, types::Value};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Annotates an article. Returns `None` if the analyser panics, since one bad article must not prevent the others from
/// being annotated.
pub(crate) fn annotations(analyzer: &Analyzer, article: &Article, options: &Options) -> Option<Analysis> {
    unharmed(|| analyzer.analyze(article, options))
}

/// Runs `work`. Returns `None` if it panics.
pub(super) fn unharmed<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Position in a walk through the outdated stories, newest first. Stories in the bin come last.
///
/// A walk visits each story only once. Otherwise, a story that cannot be read would stay outdated and be found again
/// and again.
#[derive(Clone, Copy, Debug, Default)]
pub struct OutdatedWalk {
    in_bin: bool,
    after: Option<RowKey>,
}

/// New annotations of a story that have not been stored yet.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reannotated {
    pub(super) id: i64,
    /// Whether the analyser failed on the story.
    pub(super) failed: bool,
    /// The packed article at the time when it was annotated.
    pub(super) source: Vec<u8>,
    pub(super) derived: Derived,
    pub(super) publication: Publication,
}

impl Reannotated {
    /// Returns about how many bytes the annotations take in memory.
    pub(super) fn size(&self) -> usize {
        self.source.len() + self.derived.size()
    }
}

/// Returns the SQL statement that selects the stories annotated by another analyser version. Both indices are named
/// explicitly: without that, the planner would read the rows of all texts, including the packed articles.
fn outdated_sql(in_bin: bool, after: bool) -> String {
    let (index, condition, columns, order) = if in_bin {
        ("articles_binned", "a.binned_at IS NOT NULL", "a.binned_at, 0, a.id", "a.binned_at DESC, a.id DESC")
    } else {
        let order = "a.day DESC, a.moment DESC, a.id DESC";
        ("articles_kept", "a.binned_at IS NULL", "a.day, a.moment, a.id", order)
    };
    let after = if after { format!(" AND ({columns}) < (?3, ?4, ?5)") } else { String::new() };
    format!(
        "SELECT {columns} FROM articles a INDEXED BY {index} WHERE {condition}{after} AND NOT EXISTS (
            SELECT 1 FROM texts t INDEXED BY texts_analyser WHERE t.analyser = ?1 AND t.article_id = a.id
         ) ORDER BY {order} LIMIT ?2"
    )
}

impl Library {
    /// Counts the stories annotated by another analyser version, including those in the bin.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn outdated_count(&self) -> Result<usize> {
        // Two ranges of the index are counted, since the condition "<>" would read the whole index.
        let sql = "SELECT (SELECT count(*) FROM texts WHERE analyser < ?1) + (SELECT count(*) FROM texts WHERE analyser > ?1)";
        let count = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row([i64::from(self.analyser)], |row| row.get::<_, i64>(0)));
        count.map(|count| count as usize).map_err(|error| self.with_path(error))
    }

    /// Returns the IDs of the next `limit` stories in a walk over those annotated by another analyser version, newest
    /// first. There are fewer only at the end of the walk.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn next_outdated(&self, walk: &mut OutdatedWalk, limit: usize) -> Result<Vec<i64>> {
        let mut ids = Vec::new();
        loop {
            let mut values: Vec<Value> = vec![i64::from(self.analyser).into(), ((limit - ids.len()) as i64).into()];
            values.extend(walk.after.iter().flat_map(|key| key.values()).map(Value::from));
            let sql = outdated_sql(walk.in_bin, walk.after.is_some());
            let keys = self.connection.prepare_cached(&sql).and_then(|mut statement| {
                let key =
                    |row: &rusqlite::Row<'_>| Ok(RowKey { day: row.get(0)?, moment: row.get(1)?, id: row.get(2)? });
                statement.query_map(params_from_iter(values), key)?.collect::<rusqlite::Result<Vec<RowKey>>>()
            });
            let keys = keys.map_err(|error| self.with_path(error))?;
            ids.extend(keys.iter().map(|key| key.id));
            walk.after = keys.last().copied().or(walk.after);
            if ids.len() >= limit || walk.in_bin {
                return Ok(ids);
            }
            *walk = OutdatedWalk { in_bin: true, after: None };
        }
    }

    /// Makes the library treat annotations by other analyser versions as outdated. Without this, the current version is
    /// that of an analyser without the user's own names.
    #[must_use]
    pub const fn annotated_by(mut self, version: u32) -> Self {
        self.analyser = version;
        self
    }

    /// Marks the annotations of articles as outdated, so that they will be redone.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn mark_outdated(&mut self, articles: &[i64]) -> Result<()> {
        self.write(|db| {
            let mut statement = db.prepare_cached("UPDATE texts SET analyser = ?2 WHERE article_id = ?1")?;
            for id in articles {
                statement.execute([*id, i64::from(UNANNOTATED)])?;
            }
            Ok::<(), Error>(())
        })
    }

    /// Annotates the outdated ones among these stories, on the threads of the current pool. If the analyser fails on a
    /// story, the story gets no annotations until the next version. Unreadable stories are left out.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn reannotate(&self, analyzer: &Analyzer, ids: &[i64]) -> Result<Vec<Reannotated>> {
        let mut sources = Vec::with_capacity(ids.len());
        for &id in ids {
            let sql = "SELECT t.article, a.indexed_apart FROM texts t JOIN articles a ON a.id = t.article_id
                WHERE t.article_id = ? AND t.analyser <> ?";
            let read = |row: &rusqlite::Row<'_>| Ok((id, row.get(0)?, row.get(1)?));
            let source: rusqlite::Result<Option<(i64, Vec<u8>, bool)>> = self
                .connection
                .prepare_cached(sql)
                .and_then(|mut found| found.query_row([id, i64::from(self.analyser)], read).optional());
            sources.extend(source.map_err(|error| self.with_path(error))?);
        }
        let version = self.analyser;
        let annotated = sources.into_par_iter().filter_map(|(id, source, indexed_apart)| {
            let article: Article = codec::unpack_article(&source).ok()?;
            let analysis = annotations(analyzer, &article, &Options::default());
            let failed = analysis.is_none();
            let none = || Analysis { own_names: version - VERSION, ..Analysis::default() };
            let analysis = analysis.unwrap_or_else(none);
            let derive = if indexed_apart { Derived::of_annotations } else { Derived::with_words };
            let mut derived = derive(&article, &analysis).ok()?;
            derived.signature = Some(Signature::of(&article, &analysis));
            Some(Reannotated { id, failed, source, derived, publication: Publication::of(&article, &analysis) })
        });
        Ok(annotated.collect())
    }

    /// Re-annotates the next stories in a walk, at most `most` of them in one transaction, on the threads of the
    /// current pool. Returns the number of stories updated, or 0 at the end of the walk.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read or written to.
    pub fn renew(&mut self, analyzer: &Analyzer, walk: &mut OutdatedWalk, most: usize) -> Result<usize> {
        loop {
            let ids = self.next_outdated(walk, most)?;
            if ids.is_empty() {
                return Ok(0);
            }
            let annotated = self.reannotate(analyzer, &ids)?;
            let stored = if annotated.is_empty() { 0 } else { self.store_annotations(&annotated)? };
            if stored > 0 {
                return Ok(stored);
            }
        }
    }
}

#[cfg(test)]
mod tests;

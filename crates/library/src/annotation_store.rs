//! Stores the annotations of stories in batches. This is the only place that replaces annotations, so the packed
//! annotations of a story and the rows derived from them always come from the same analyser version.

use super::incoming::Derived;
use super::publication::Publication;
use super::renew::Reannotated;
use super::{Library, Result, cluster, index, usual_type};
use rusqlite::{Connection, params};
use std::borrow::Cow;
use std::collections::HashSet;

/// Derived rows and publication date to be stored for the story with an ID.
pub(super) type Annotated<'a> = (i64, &'a Derived, &'a Publication);

/// Stories that were annotated before older ones, so that the doubtful types of their names could not be settled yet.
#[derive(Debug, Default)]
pub(super) struct Unsettled {
    /// IDs of all of them.
    ids: HashSet<i64>,
    /// Those with doubtful types, in order of their IDs.
    doubtful: Vec<Reannotated>,
}

impl Unsettled {
    /// Adds the stories of a batch.
    pub(super) fn extend(&mut self, batch: Vec<Reannotated>) {
        self.ids.extend(batch.iter().map(|story| story.id));
        self.doubtful.extend(batch.into_iter().filter(|story| !story.derived.doubtful_types.is_empty()));
        self.doubtful.sort_unstable_by_key(|story| story.id);
    }

    /// Removes the stories with doubtful types and an ID up to `last`, and returns them in order of their IDs.
    fn up_to(&mut self, last: i64) -> Vec<Reannotated> {
        let count = self.doubtful.partition_point(|story| story.id <= last);
        self.doubtful.drain(..count).collect()
    }
}

impl Library {
    /// Stores new annotations in one transaction. They are discarded for a story whose text has changed since it was
    /// annotated, or that another process has re-annotated in the meantime. Returns the number of stories updated.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to. Nothing is stored in that case.
    pub fn store_annotations(&mut self, annotated: &[Reannotated]) -> Result<usize> {
        self.store_settled(annotated, 0, &mut Unsettled::default())
    }

    /// Stores new annotations like [`Library::store_annotations`], and settles the doubtful types of the unsettled stories
    /// with an ID up to `last`.
    ///
    /// # Errors
    /// Returns an error as [`Library::store_annotations`] does.
    pub(super) fn store_settled(
        &mut self,
        annotated: &[Reannotated],
        last: i64,
        unsettled: &mut Unsettled,
    ) -> Result<usize> {
        let waiting = unsettled.up_to(last);
        self.write(|db| {
            let mut stories = with_state(db, annotated, true)?;
            let count = stories.len();
            stories.extend(with_state(db, &waiting, false)?);
            // FTS5 writes its pending entries to disk whenever an ID is smaller than the one before it.
            stories.sort_unstable_by_key(|new| new.id);
            let sources: Vec<_> = stories.iter().map(|new| (new.id, new.source.as_slice(), &new.derived)).collect();
            let settled = usual_type::settle_all(db, &sources, &unsettled.ids)?;
            let all = stories.iter().zip(&settled);
            let changed =
                all.filter(|(new, settled)| !unsettled.ids.contains(&new.id) || matches!(settled, Cow::Owned(_)));
            let changed: Vec<Annotated<'_>> =
                changed.map(|(new, settled)| (new.id, settled.as_ref(), &new.publication)).collect();
            put(db, &changed)?;
            Ok(count)
        })
    }

    /// Stores new annotations like [`Library::store_annotations`], but leaves doubtful types of names as they are.
    ///
    /// # Errors
    /// Returns an error as [`Library::store_annotations`] does.
    pub(super) fn store_unsettled(&mut self, annotated: &[Reannotated]) -> Result<usize> {
        self.write(|db| {
            let mut stories = with_state(db, annotated, true)?;
            stories.sort_unstable_by_key(|new| new.id);
            let all: Vec<Annotated<'_>> = stories.iter().map(|new| (new.id, &new.derived, &new.publication)).collect();
            put(db, &all)?;
            Ok(all.len())
        })
    }
}

/// Returns the stories whose text is still the one that was annotated, and whose annotations in the library are outdated
/// or up to date, depending on `outdated`.
fn with_state<'r>(db: &Connection, all: &'r [Reannotated], outdated: bool) -> Result<Vec<&'r Reannotated>> {
    let mut same =
        db.prepare_cached("SELECT 1 FROM texts WHERE article_id = ? AND (analyser <> ?) = ? AND article = ?")?;
    let mut out = Vec::with_capacity(all.len());
    for new in all {
        let is_same = same.exists(params![new.id, new.derived.analyser, outdated, new.source])?;
        out.extend(is_same.then_some(new));
    }
    Ok(out)
}

/// Replaces the annotations of stories, which are sorted by ID, and everything derived from them. Must run in a
/// transaction, so that the packed annotations and the rows always come from the same analyser version.
pub(super) fn put(db: &Connection, stories: &[Annotated<'_>]) -> Result<()> {
    let mut annotations = db.prepare_cached("UPDATE texts SET analysis = ?2, analyser = ?3 WHERE article_id = ?1")?;
    let mut counts = db.prepare_cached("UPDATE articles SET quotes = ?2, events = ?3 WHERE id = ?1")?;
    // Indices depend on the other columns, so these are written only if they change.
    let mut apart = db.prepare_cached("UPDATE articles SET indexed_apart = 1 WHERE id = ? AND indexed_apart = 0")?;
    let mut dates = db.prepare_cached(
        "UPDATE articles SET published = ?2, published_source = ?3, day = coalesce(?4, added / 86400),
            moment = CASE WHEN length(?2) > 10 THEN coalesce(unixepoch(?2), 0) ELSE 0 END
         WHERE id = ?1 AND (published IS NOT ?2 OR published_source IS NOT ?3 OR day <> coalesce(?4, added / 86400))",
    )?;
    for (id, derived, publication) in stories {
        annotations.execute(params![id, derived.packed, derived.analyser])?;
        counts.execute(params![id, derived.quotes.len() as i64, derived.events.len() as i64])?;
        apart.execute([id])?;
        // The publication date may have been inferred by the analysis.
        let Publication { published, source, day } = publication;
        dates.execute(params![id, published, source, day])?;
    }
    let rows: Vec<(i64, &Derived)> = stories.iter().map(|(id, derived, _)| (*id, *derived)).collect();
    index::replace_all(db, &rows)?;
    rows.iter().try_for_each(|(id, derived)| cluster::gather(db, *id, derived.signature.as_ref()))
}

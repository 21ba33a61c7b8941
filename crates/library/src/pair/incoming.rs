//! Applies the changes of other machines to the library.

use super::kind::Kind;
use super::register::{self, Place};
use super::wire::Change;
use super::{capture, mark, name, story_ref, view};
use crate::{Result, dump, journal};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Changes and stories that were applied.
#[derive(Debug, Default)]
pub(super) struct Applied {
    /// Number of changes that were news, by kind.
    pub news: BTreeMap<Kind, usize>,
    /// Number of stories that were added.
    pub stories: usize,
}

impl Applied {
    pub(super) fn add(&mut self, other: &Self) {
        for (kind, count) in &other.news {
            *self.news.entry(*kind).or_default() += count;
        }
        self.stories += other.stories;
    }
}

/// Merges changes that came from a folder into the library. Must be called in a transaction.
pub(super) fn apply(db: &Connection, machine: &str, changes: &[Change], folder: i64) -> Result<Applied> {
    if capture::is_touched(db)? {
        capture::capture(db, machine)?;
    }
    let last = capture::last_touched(db)?;
    let mut applied = Applied::default();
    let mut places = BTreeSet::new();
    for change in changes {
        let Some(place) = place(db, change, &mut applied)? else { continue };
        if register::merge(db, &place, &change.stamp, &change.value, &change.seen, folder)? {
            *applied.news.entry(change.kind).or_default() += 1;
            places.insert(place);
        }
    }
    if applied.stories > 0 {
        places.extend(story_ref::arrived(db)?);
    }
    put(db, places)?;
    capture::forget_touched(db, last)?;
    Ok(applied)
}

/// Returns whether a change is news for the library. Must be called in a transaction that is rolled back, because the change
/// is merged.
pub(super) fn is_news(db: &Connection, change: &Change) -> Result<bool> {
    let mut applied = Applied::default();
    let Some(place) = place(db, change, &mut applied)? else { return Ok(false) };
    register::merge(db, &place, &change.stamp, &change.value, &change.seen, 0)
}

/// Applies the changes that have waited for stories that the library has by now. Must be called in a transaction.
/// Returns the number of these changes.
pub(super) fn apply_waiting(db: &Connection) -> Result<usize> {
    let last = capture::last_touched(db)?;
    let places: BTreeSet<Place> = story_ref::arrived(db)?.into_iter().collect();
    let count = places.len();
    put(db, places)?;
    capture::forget_touched(db, last)?;
    Ok(count)
}

/// Returns the place of a change in this library. A story that comes with its text is added if the library lacks it.
fn place(db: &Connection, change: &Change, applied: &mut Applied) -> Result<Option<Place>> {
    let Some(story) = &change.story else {
        return Ok(Some(Place { story: None, kind: change.kind, key: change.key.clone() }));
    };
    if let Some(text) = &change.text
        && story.article(db)?.is_none()
    {
        applied.stories += usize::from(dump::put_bare_story(db, text)?);
    }
    let (id, _) = story_ref::of_ref(db, story)?;
    Ok(match &change.other {
        Some(other) => {
            let (other, _) = story_ref::of_ref(db, other)?;
            (other != id).then(|| story_ref::happening(id, other))
        }
        None => Some(Place { story: Some(id), kind: change.kind, key: change.key.clone() }),
    })
}

/// Writes what the registers of these places represent.
fn put(db: &Connection, places: BTreeSet<Place>) -> Result<()> {
    let mut kinds = BTreeSet::new();
    let mut corrected = BTreeSet::new();
    for place in places {
        kinds.insert(place.kind);
        // All corrections of a story are written at once.
        if place.kind != Kind::Correction || corrected.insert(place.story) {
            mark::apply(db, &place)?;
        }
    }
    if kinds.contains(&Kind::Name) || kinds.contains(&Kind::Apart) {
        name::apply(db)?;
    }
    if kinds.contains(&Kind::View) || kinds.contains(&Kind::Views) {
        view::apply(db)?;
    }
    if !corrected.is_empty() {
        journal::adopt_corrections(db)?;
    }
    Ok(())
}

//! Determines which stories a fetch or an import has added to the library, for rules and the user's hook.

use dateline_library::query::Query;
use dateline_library::{Library, Order, Result, StoryRow};
use jiff::{ToSpan, Zoned};
use std::collections::HashSet;

/// A moment from which stories added to the library count as new.
#[derive(Debug)]
pub(crate) struct NewStories {
    /// Unix time of the moment, in seconds.
    start: i64,
    /// IDs of the stories that had been added earlier in the same second.
    known: HashSet<i64>,
}

impl NewStories {
    /// Begins now: stories added to the library from now on count as new.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub(crate) fn from_now(library: &Library) -> Result<Self> {
        let start = jiff::Timestamp::now().as_second();
        let known = added_since(library, start)?.iter().map(|row| row.id).collect();
        Ok(Self { start, known })
    }

    /// Returns the new stories that are not in the bin, oldest first.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub(crate) fn rows(&self, library: &Library) -> Result<Vec<StoryRow>> {
        let mut rows = added_since(library, self.start)?;
        rows.retain(|row| !self.known.contains(&row.id));
        Ok(rows)
    }
}

/// Returns the stories added at or after a Unix time in seconds, oldest first, except those in the bin.
fn added_since(library: &Library, start: i64) -> Result<Vec<StoryRow>> {
    let today = Zoned::now().date();
    // Search from yesterday, since the library's days may be in another time zone.
    let from = today.saturating_sub(1.day());
    let Ok(query) = Query::parse(&format!("added:>={from}")) else { return Ok(Vec::new()) };
    let mut rows = library.rows(&library.found(&query, today, Order::Oldest, usize::MAX)?)?;
    rows.retain(|row| row.added >= start);
    Ok(rows)
}

//! Determines which stories a fetch or an import has added to the library, for rules and the user's hook.

use dateline_library::query::Query;
use dateline_library::{Library, Order, Result, StoryRow};
use jiff::{ToSpan, Zoned};
use std::collections::HashSet;

/// A moment from which stories added to the library count as new.
#[derive(Debug)]
pub(crate) struct NewStories {
    /// IDs of the stories that were added recently, but before that moment.
    known: HashSet<i64>,
}

impl NewStories {
    /// Begins now: stories added to the library from now on count as new.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub(crate) fn from_now(library: &Library) -> Result<Self> {
        Ok(Self { known: recent(library)?.into_iter().collect() })
    }

    /// Returns the IDs of the new stories that are not in the bin, oldest first.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub(crate) fn ids(&self, library: &Library) -> Result<Vec<i64>> {
        let mut ids = recent(library)?;
        ids.retain(|id| !self.known.contains(id));
        Ok(ids)
    }

    /// Returns the new stories that are not in the bin, oldest first.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub(crate) fn rows(&self, library: &Library) -> Result<Vec<StoryRow>> {
        library.rows(&self.ids(library)?)
    }
}

/// Returns the IDs of the stories added since yesterday, oldest first, except those in the bin.
fn recent(library: &Library) -> Result<Vec<i64>> {
    let today = Zoned::now().date();
    // Include yesterday, since the library's days may be in another time zone.
    let from = today.saturating_sub(1.day());
    let Ok(query) = Query::parse(&format!("added:>={from}")) else { return Ok(Vec::new()) };
    library.found(&query, today, Order::Oldest, usize::MAX)
}

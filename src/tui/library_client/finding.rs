//! Finds the stories of a view: a list, the results of a query, a feed, or the stories that mention a name.

use super::gathering::send_clusters;
use super::listing::{Listing, step};
use crate::remedy::explain;
use crate::tui::event::Event;
use crate::tui::library_messages::{RowBatch, View};
use dateline_library::query::{Query, QueryError};
use dateline_library::{EmptyResult, Library, Order, StoryRow};
use jiff::Zoned;
use std::sync::mpsc::Sender;

/// Maximum number of rows in the results of a query.
const MAX_RESULTS: usize = 2_000;

/// Sends the rows of a view. If the view is a list, sends only the first window and returns the listing to continue
/// with.
pub(super) fn rows(library: &Library, view: View, generation: u32, inbox: &Sender<Event>) -> Option<Listing> {
    let read = match &view {
        View::Saved(_, words) => found(library, words, MAX_RESULTS),
        View::Query(words) => found_or_prefix(library, words),
        View::Feed(id, _) => {
            library.articles_of(*id, MAX_RESULTS).and_then(|ids| library.rows(&ids)).map_err(FindError::from)
        }
        View::Who(name, seen_in, _) => stories_of_entity(library, *name, *seen_in).map_err(FindError::from),
        View::List(list) => {
            let mut listing = Some(Listing::new(view.clone(), *list, generation));
            step(library, &mut listing, inbox);
            return listing;
        }
    };
    let _ = inbox.send(match read {
        Ok(rows) => {
            let empty = match &view {
                View::Query(words) | View::Saved(_, words) if rows.is_empty() => explain_empty(library, words),
                _ => None,
            };
            send_clusters(library, &rows, generation, true, inbox);
            Event::Rows(RowBatch { view, generation, rows, more: false, goes_on: false, total: None, empty })
        }
        Err(error) => Event::Notice(error.to_string()),
    });
    None
}

/// Returns the stories that mention or quote a person, organisation or place, latest first.
fn stories_of_entity(library: &Library, name: i64, seen_in: i64) -> dateline_library::Result<Vec<StoryRow>> {
    let mut ids = library.stories_of(name, seen_in)?;
    ids.truncate(MAX_RESULTS);
    library.rows(&ids)
}

/// Error while finding the stories of a view.
#[derive(Debug, thiserror::Error)]
pub(super) enum FindError {
    /// The query is invalid.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A library operation failed.
    #[error("{}", explain(.0))]
    Library(#[from] dateline_library::Error),
}

/// Returns the results of a query, best match first.
pub(super) fn found(library: &Library, words: &str, most: usize) -> Result<Vec<StoryRow>, FindError> {
    Ok(best(library, &Query::parse(words)?, most)?)
}

fn best(library: &Library, query: &Query, most: usize) -> dateline_library::Result<Vec<StoryRow>> {
    library.found(query, Zoned::now().date(), Order::Best, most).and_then(|ids| library.rows(&ids))
}

/// Returns the results of a query. If there are none, treats the query as still being typed: the user may remember only
/// the beginning of a word.
fn found_or_prefix(library: &Library, words: &str) -> Result<Vec<StoryRow>, FindError> {
    let rows = found(library, words, MAX_RESULTS)?;
    match Query::parse_typed(words) {
        Ok(query) if rows.is_empty() => Ok(best(library, &query, MAX_RESULTS)?),
        _ => Ok(rows),
    }
}

/// Explains why a query has no results. Returns `None` if the query is still invalid.
pub(super) fn explain_empty(library: &Library, words: &str) -> Option<EmptyResult> {
    let query = Query::parse(words).or_else(|_| Query::parse_typed(words)).ok()?;
    library.explain_empty(&query, Zoned::now().date()).ok()
}

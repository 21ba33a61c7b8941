//! An event before repeated ones are merged.

use super::Event;
use super::confidence::Signs;

/// Event with the features that determine its confidence.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Token of the verb that the time dates. Two times that date the same verb make one event.
    pub(super) verb: Option<usize>,
    /// Features of the event's row.
    pub signs: Signs,
    /// Event with its confidence.
    pub event: Event,
}

//! Candidate for a timeline row, before repeated events are merged.

use super::Event;
use super::signs::Signs;

/// Event with the features that determine its confidence.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Token of the verb dated by the time. If two times date the same verb, their events are merged.
    pub(super) verb: Option<usize>,
    /// Features of the event's timeline row.
    pub signs: Signs,
    /// Event, including its confidence.
    pub event: Event,
}

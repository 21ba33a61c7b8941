//! Direction of a time expression, past or future, with the evidence for it.

use super::evidence::Evidence;

/// Direction of a sentence relative to the reference date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// The sentence is about the past: "met on Thursday".
    Past,
    /// The sentence is about the future: "will meet on Thursday".
    Future,
    /// There is no evidence of a direction.
    Unknown,
}

/// Direction and the evidence for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// Direction (past, future or unknown).
    pub direction: Direction,
    /// Evidence from which the direction was concluded.
    pub evidence: Evidence,
}

impl Finding {
    /// Unknown direction, without evidence.
    pub(super) const UNKNOWN: Self = Self { direction: Direction::Unknown, evidence: Evidence::None };

    /// Creates a finding that the time is in the future.
    pub(super) const fn ahead(evidence: Evidence) -> Self {
        Self { direction: Direction::Future, evidence }
    }

    /// Creates a finding that the time is in the past.
    pub(super) const fn back(evidence: Evidence) -> Self {
        Self { direction: Direction::Past, evidence }
    }
}

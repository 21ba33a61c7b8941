//! Reference date: the day that relative times count from. A type of its own, below the resolution of times,
//! because the date may itself be inferred from the times of the text.

use dateline_core::article::DateSource;
use dateline_core::text::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The reference date with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The day.
    #[serde(with = "dateline_core::article::calendar::day")]
    pub date: Date,
    /// How it is known.
    pub source: DateSource,
    /// The words of the text that say so, or that it was worked out from.
    pub evidence: Vec<Span>,
}

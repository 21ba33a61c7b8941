//! Reference date: the day from which relative times are counted. A separate type, below the resolution of times,
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
    /// Source of the date.
    pub source: DateSource,
    /// Spans of the text that state the date, or from which it was inferred.
    pub evidence: Vec<Span>,
}

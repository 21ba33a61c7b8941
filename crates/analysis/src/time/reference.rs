//! Date from which relative times are counted. It has a module of its own because resolving times depends on it, while
//! the date may itself be inferred from times in the text.

use dateline_core::article::DateSource;
use dateline_core::text::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Reference date with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Day from which relative times are counted.
    #[serde(with = "dateline_core::article::calendar")]
    pub date: Date,
    /// Source of the date.
    pub source: DateSource,
    /// Spans of text that state the date or from which it was inferred.
    pub evidence: Vec<Span>,
}

//! Time expressions as TIMEX3 of ISO-TimeML has them, resolved on the calendar.

use super::document::Document;
use super::reference::Reference;
use crate::text::Span;
use jiff::civil::Date;

/// One time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// Its bytes.
    pub span: Span,
    /// Its type.
    pub kind: TimexKind,
    /// The TIMEX3 value: `2023-09-23`, `P3Y`, `PAST_REF` …
    pub value: String,
    /// First and last day, when it names an interval of the calendar.
    pub interval: Option<(Date, Date)>,
    /// Whether the interval was worked out from another date rather than spelt out.
    pub relative: bool,
}

/// The types of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimexKind {
    /// A calendar day or longer.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

impl TimexKind {
    /// The name in the JSON interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// All time expressions of a document in order; none overlap.
#[must_use]
pub fn find(_document: &Document<'_>, _reference: Option<&Reference>) -> Vec<Timex> {
    Vec::new()
}

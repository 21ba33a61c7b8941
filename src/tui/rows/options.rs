//! Display options of a panel: which rows are shown, and in which order.

use dateline_analysis::QuoteKind;

/// Order of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// In text order.
    Text,
    /// By date, divided into the parts of a timeline.
    Date,
    /// Grouped by speaker.
    Speaker,
    /// Grouped by type.
    Type,
    /// By number of mentions.
    Mentions,
}

impl Order {
    /// Returns the name of the order as shown on the screen.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text => "as in the text",
            Self::Date => "by date",
            Self::Speaker => "by speaker",
            Self::Type => "by type",
            Self::Mentions => "by mentions",
        }
    }
}

/// Filter of quotes by how they are reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum QuoteFilter {
    /// All quotes.
    #[default]
    All,
    /// Direct and mixed quotes, which have at least some words in quotation marks.
    Marked,
    /// Indirect quotes, reported in the writer's words.
    Reported,
}

impl QuoteFilter {
    /// Returns the next filter in the cycle.
    #[must_use]
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::All => Self::Marked,
            Self::Marked => Self::Reported,
            Self::Reported => Self::All,
        }
    }

    /// Returns the name of the filter for the panel's title; `None` if all quotes are shown.
    #[must_use]
    pub(crate) const fn name(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Marked => Some("in “…”"),
            Self::Reported => Some("reported"),
        }
    }

    /// Returns whether a quote of this kind is shown.
    #[must_use]
    pub(crate) fn shows(self, kind: QuoteKind) -> bool {
        match self {
            Self::All => true,
            Self::Marked => kind != QuoteKind::Indirect,
            Self::Reported => kind == QuoteKind::Indirect,
        }
    }
}

/// Rows that the timeline shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TimelineScope {
    /// Dated events that are more likely right than wrong.
    #[default]
    Likely,
    /// All dated events, so also the folded ones.
    Dated,
    /// Undated events too, at the end.
    All,
}

impl TimelineScope {
    /// Returns the next scope; the last one is followed by the first.
    #[must_use]
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::Likely => Self::Dated,
            Self::Dated => Self::All,
            Self::All => Self::Likely,
        }
    }
}

/// Display options of a panel. Each panel uses only those that apply to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// Order of the rows.
    pub(crate) order: Order,
    /// Number of the only speaker whose quotes are shown; `None` for all speakers.
    pub(crate) only: Option<usize>,
    /// Filter of quotes by how they are reported.
    pub(crate) quote_filter: QuoteFilter,
    /// Rows of the timeline that are shown.
    pub(crate) scope: TimelineScope,
}

impl Options {
    /// Creates options that show every dated item in the given order.
    #[must_use]
    pub(crate) const fn new(order: Order) -> Self {
        Self { order, only: None, quote_filter: QuoteFilter::All, scope: TimelineScope::Likely }
    }

    /// Lists the active filters for the panel's title.
    #[must_use]
    pub(crate) fn narrowed_by(&self) -> Vec<&'static str> {
        self.quote_filter.name().into_iter().chain(self.only.map(|_| "one speaker")).collect()
    }
}

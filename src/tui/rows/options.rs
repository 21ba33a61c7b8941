//! Display options of a panel: which rows are shown, and in which order.

use dateline_analysis::QuoteKind;

/// Order of the rows in a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// In the order of the text.
    Text,
    /// By date, under the headings of the timeline.
    Date,
    /// Grouped by speaker.
    Speaker,
    /// Grouped by type of entity.
    Type,
    /// By number of mentions, most frequent first.
    Mentions,
    /// Grouped by the thing that figures count.
    Counted,
}

impl Order {
    /// Returns the name of the order as shown on the screen.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text => "in text order",
            Self::Date => "by date",
            Self::Speaker => "by speaker",
            Self::Type => "by type",
            Self::Mentions => "by mentions",
            Self::Counted => "by thing counted",
        }
    }
}

/// Filter of quotes by form: direct, mixed or indirect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum QuoteFilter {
    /// Shows all quotes.
    #[default]
    All,
    /// Shows direct and mixed quotes, in which at least some words are in quotation marks.
    Marked,
    /// Shows indirect quotes, which are in the writer's words.
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

    /// Returns the name of the filter for the panel's title, or `None` if it shows all quotes.
    #[must_use]
    pub(crate) const fn name(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Marked => Some("direct quotes"),
            Self::Reported => Some("reported speech"),
        }
    }

    /// Returns whether the filter shows quotes of this kind.
    #[must_use]
    pub(crate) fn shows(self, kind: QuoteKind) -> bool {
        match self {
            Self::All => true,
            Self::Marked => kind != QuoteKind::Indirect,
            Self::Reported => kind == QuoteKind::Indirect,
        }
    }
}

/// Selection of events that the timeline shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TimelineScope {
    /// Dated events, except doubtful ones.
    #[default]
    Likely,
    /// All dated events, including doubtful ones.
    Dated,
    /// All events, with the undated ones at the end.
    All,
}

impl TimelineScope {
    /// Returns the next scope in the cycle.
    #[must_use]
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::Likely => Self::Dated,
            Self::Dated => Self::All,
            Self::All => Self::Likely,
        }
    }
}

/// Display options of a panel. Each panel uses only the options that apply to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// Order of the rows.
    pub(crate) order: Order,
    /// Number of the speaker to whom the quotes are limited; `None` shows all speakers.
    pub(crate) only: Option<usize>,
    /// Filter of quotes by form.
    pub(crate) quote_filter: QuoteFilter,
    /// Selection of events that the timeline shows.
    pub(crate) scope: TimelineScope,
}

impl Options {
    /// Creates options that filter nothing and use the given order. The timeline initially hides doubtful and undated
    /// events.
    #[must_use]
    pub(crate) const fn new(order: Order) -> Self {
        Self { order, only: None, quote_filter: QuoteFilter::All, scope: TimelineScope::Likely }
    }

    /// Returns the names of the active filters for the panel's title.
    #[must_use]
    pub(crate) fn narrowed_by(&self) -> Vec<&'static str> {
        self.quote_filter.name().into_iter().chain(self.only.map(|_| "one speaker")).collect()
    }
}

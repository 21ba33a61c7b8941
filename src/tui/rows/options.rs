//! Which rows of a panel are shown, and in which order.

use dateline_analysis::QuoteKind;

/// An order of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As in the text.
    Text,
    /// By date, in the parts of a timeline.
    Date,
    /// Grouped by speaker.
    Speaker,
    /// Grouped by type.
    Type,
    /// By the number of mentions.
    Mentions,
}

impl Order {
    /// Names the order on the screen.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "as in the text",
            Self::Date => "by date",
            Self::Speaker => "by speaker",
            Self::Type => "by type",
            Self::Mentions => "by mentions",
        }
    }
}

/// Which quotes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// All of them.
    #[default]
    All,
    /// Those with words in quotation marks, in full or in part.
    Marked,
    /// Those reported in the writer's words.
    Reported,
}

impl Manner {
    /// Returns the manner that the key turns to.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::All => Self::Marked,
            Self::Marked => Self::Reported,
            Self::Reported => Self::All,
        }
    }

    /// Names the manner in the panel's title; `None` when every quote is shown.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Marked => Some("in “…”"),
            Self::Reported => Some("reported"),
        }
    }

    /// Checks whether a quote of this kind is shown.
    #[must_use]
    pub fn shows(self, kind: QuoteKind) -> bool {
        match self {
            Self::All => true,
            Self::Marked => kind != QuoteKind::Indirect,
            Self::Reported => kind == QuoteKind::Indirect,
        }
    }
}

/// Choices of the reader about a panel's rows. Each panel heeds those that concern it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Order of the rows.
    pub order: Order,
    /// The one speaker whose quotes are shown, by number; `None` for all.
    pub only: Option<usize>,
    /// Which quotes are shown.
    pub manner: Manner,
    /// Whether events without a date are shown.
    pub undated: bool,
}

impl Options {
    /// Shows everything that has a date, in this order.
    #[must_use]
    pub const fn new(order: Order) -> Self {
        Self { order, only: None, manner: Manner::All, undated: false }
    }

    /// Names what narrows the rows, for the panel's title.
    #[must_use]
    pub fn narrowed_by(&self) -> Vec<&'static str> {
        self.manner.name().into_iter().chain(self.only.map(|_| "one speaker")).collect()
    }
}

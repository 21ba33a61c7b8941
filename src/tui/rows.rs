//! Rows of the panels: pure functions that turn the analysis into lines of text.
//!
//! To add a panel, implement [`PanelRows`] and add one row to the table in [`of`].

pub(crate) mod card;
mod entities;
mod options;
mod quotes;
mod scale;
mod timeline;

pub(crate) use options::{Options, Order, TimelineScope};

use super::action::Action;
use super::analysis_view::{AnalysisView, Selection};
use super::mark::{Mark, MarkLayer, Tint};
use super::panels::{PanelKind, PerPanel};
use super::theme::Role;
use crate::reflow::prose;
use dateline_analysis::{Analysis, correction};
use dateline_core::article::Article;
use dateline_core::text::{Span, folded};
use jiff::civil::Date;

/// Returns the implementation of a panel. This is the table of panels, with one row per panel.
#[must_use]
pub(crate) const fn of(kind: PanelKind) -> &'static dyn PanelRows {
    match kind {
        PanelKind::Quotes => &quotes::Quotes,
        PanelKind::Entities => &entities::Entities,
        PanelKind::Timeline => &timeline::Timeline,
    }
}

/// A panel: its name, the text of its rows and the spans that they lead to in the story.
///
/// `index` is always an index into the results of the analysis, not a row number. Methods return nothing if the index
/// is out of range.
pub(crate) trait PanelRows: Sync {
    /// Returns the name shown in the panel's title. The configuration uses the same name in lower case.
    fn name(&self) -> &'static str;

    /// Returns the noun for one item, for use in a sentence: "quote".
    fn noun(&self) -> &'static str;

    /// Explains why there are no rows, given that the analysis found `total` items.
    fn empty(&self, total: usize) -> &'static str;

    /// Counts the items found, whether or not their rows are visible.
    fn count(&self, analysis_view: &AnalysisView) -> usize;

    /// Lists the available row orders, starting with the default.
    fn orders(&self) -> &'static [Order];

    /// Returns the indices of the visible items, in display order.
    fn rows(&self, analysis_view: &AnalysisView, options: &Options) -> Vec<usize>;

    /// Returns the height of an unselected row, in lines.
    fn height(&self, order: Order) -> usize;

    /// Formats a row in as many lines as [`Self::height`] returns; they are truncated to the pane's width when drawn.
    fn brief(&self, article: &Article, analysis_view: &AnalysisView, order: Order, index: usize) -> Vec<PanelLine>;

    /// Formats a row in full, in lines of at most `width` columns.
    fn detail(&self, article: &Article, analysis_view: &AnalysisView, index: usize, width: usize) -> Vec<PanelLine>;

    /// Returns the heading above a row. Consecutive rows with the same heading share it.
    fn heading(&self, _analysis_view: &AnalysisView, _order: Order, _index: usize) -> Option<PanelLine> {
        None
    }

    /// Returns the lines above all rows, for a panel of this size (columns and rows).
    fn header(
        &self,
        _article: &Article,
        _analysis_view: &AnalysisView,
        _selected: Option<usize>,
        _size: (usize, usize),
    ) -> Vec<PanelLine> {
        Vec::new()
    }

    /// Returns the span of text that a row leads to.
    fn target(&self, analysis_view: &AnalysisView, index: usize) -> Option<Span>;

    /// Lists the spans visited by the keys for the next and previous item, with the index of each item, in any order.
    fn jump_targets(&self, analysis_view: &AnalysisView) -> Vec<(Span, usize)> {
        (0..self.count(analysis_view)).filter_map(|index| Some((self.target(analysis_view, index)?, index))).collect()
    }

    /// Describes an item for the status line after a jump to it.
    fn describe(&self, analysis_view: &AnalysisView, index: usize) -> Option<String>;

    /// Returns an action that is useful after a jump to an item, with the label for its hint.
    fn hint(&self) -> Option<(Action, &'static str)> {
        None
    }

    /// Returns whether the key that opens a row steps through its mentions while the panel keeps the focus.
    fn opens_mentions(&self) -> bool {
        false
    }

    /// Returns the precedence of this panel when a click is resolved, lowest first. Panels with short spans come first
    /// because their spans lie within longer ones.
    fn click_order(&self) -> u8 {
        u8::MAX
    }

    /// Returns the marks always shown in the text.
    fn marks(&self, _analysis_view: &AnalysisView) -> Vec<Mark> {
        Vec::new()
    }

    /// Returns the position of the panel's marks among the layers; the lowest is at the bottom.
    fn depth(&self) -> u8 {
        0
    }

    /// Marks the selected item's spans in the text; `pronouns` includes an entity's pronouns and descriptions.
    fn selected_marks(&self, analysis_view: &AnalysisView, selection: Selection, pronouns: bool) -> Vec<Mark>;

    /// Lists the entities that an item is about; the card shows the first.
    fn entities(&self, _analysis_view: &AnalysisView, _index: usize) -> Vec<usize> {
        Vec::new()
    }

    /// Returns the name of a speaker who is not among the entities of the story.
    fn unlisted_speaker(&self, _analysis_view: &AnalysisView, _index: usize) -> Option<String> {
        None
    }

    /// Returns the part of an item that can be corrected by hand.
    fn correctable_part(&self, _analysis_view: &AnalysisView, _index: usize) -> Option<CorrectablePart> {
        None
    }

    /// Returns the analysis layer from which a dismissed row is removed; `None` if rows cannot be dismissed.
    fn layer(&self) -> Option<correction::Layer> {
        None
    }
}

/// Part of an item that can be corrected by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CorrectablePart {
    /// The speaker of a quote.
    Speaker,
    /// Another entity that is the same as this one.
    SameAs,
    /// The day of an event, with the current value.
    Day(Option<Date>),
}

/// Prepares an analysis for the panels and the text.
#[must_use]
pub(crate) fn arrange(analysis: Analysis) -> AnalysisView {
    let mut analysis_view = AnalysisView::new(analysis);
    analysis_view.jump_targets = PerPanel::new(|kind| {
        let mut targets = of(kind).jump_targets(&analysis_view);
        targets.sort_unstable();
        targets
    });
    let mut kinds = PanelKind::ALL;
    kinds.sort_by_key(|&kind| of(kind).depth());
    analysis_view.layers = kinds.into_iter().map(|kind| MarkLayer::new(of(kind).marks(&analysis_view))).collect();
    analysis_view
}

/// Line of a panel: pieces from the left, and one at the right edge if there is room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PanelLine {
    /// Pieces, from the left edge onwards.
    pub(crate) left: Vec<(String, Tint)>,
    /// Piece at the right edge.
    pub(crate) right: Option<(String, Tint)>,
}

/// Returns the default order of a panel's rows.
#[must_use]
pub(crate) fn first_order(kind: PanelKind) -> Order {
    of(kind).orders().first().copied().unwrap_or(Order::Text)
}

/// Returns a row as plain text, for searching and filtering.
#[must_use]
pub(crate) fn words(article: &Article, analysis_view: &AnalysisView, kind: PanelKind, index: usize) -> String {
    let mut out = String::new();
    for line in of(kind).brief(article, analysis_view, Order::Text, index) {
        for (piece, _) in line.left.iter().chain(&line.right) {
            out.push_str(piece);
            out.push(' ');
        }
    }
    out
}

/// Builds a line from a single piece.
fn line(text: impl Into<String>, role: Role) -> PanelLine {
    PanelLine { left: vec![(text.into(), Tint::Role(role))], right: None }
}

/// Wraps text into lines of at most `width` columns, each indented by `indent` spaces.
fn wrapped(text: &str, indent: usize, width: usize, tint: Tint) -> Vec<PanelLine> {
    let room = width.saturating_sub(indent).max(1);
    let lines = prose(text, Span::new(0, text.len()), room, &[]);
    let blanks = " ".repeat(indent);
    lines
        .into_iter()
        .map(|span| PanelLine { left: vec![(format!("{blanks}{}", span.of(text)), tint)], right: None })
        .collect()
}

/// Returns the article's text at a span with its white space collapsed.
fn said(article: &Article, span: Span) -> String {
    folded(span.of(&article.text))
}

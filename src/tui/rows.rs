//! Builds the rows of the panels. All functions here are pure functions of the analysis.
//!
//! To add a panel, implement [`PanelRows`] and add a row to the table in [`of`].

pub(crate) mod card;
pub(crate) mod elsewhere;
mod entities;
mod figures;
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

/// Returns the implementation of a panel. The `match` is the table of panels, with one row for each.
#[must_use]
pub(crate) const fn of(kind: PanelKind) -> &'static dyn PanelRows {
    match kind {
        PanelKind::Quotes => &quotes::Quotes,
        PanelKind::Entities => &entities::Entities,
        PanelKind::Timeline => &timeline::Timeline,
        PanelKind::Figures => &figures::Figures,
    }
}

/// Panel: its name, the text of its rows, and the spans of the story that they lead to.
///
/// `index` is always an index into the results of the analysis, never a row number. If it is out of range, methods
/// return an empty result.
pub(crate) trait PanelRows: Sync {
    /// Returns the name in the panel's title. The settings use the same name in lower case.
    fn name(&self) -> &'static str;

    /// Returns the noun for one item in a sentence, such as "quote".
    fn noun(&self) -> &'static str;

    /// Returns a message for a panel without visible rows. `total` is the number of items that the analysis found.
    fn empty(&self, total: usize) -> &'static str;

    /// Counts all items of the panel, including those whose rows are hidden.
    fn count(&self, analysis_view: &AnalysisView) -> usize;

    /// Returns the available orders of the rows, starting with the default.
    fn orders(&self) -> &'static [Order];

    /// Returns the indices of the items to show, in display order.
    fn rows(&self, analysis_view: &AnalysisView, options: &Options) -> Vec<usize>;

    /// Returns the height of a row that is not selected, in lines.
    fn height(&self, order: Order) -> usize;

    /// Formats a row that is not selected, as [`Self::height`] lines. They are truncated to the width of the pane when
    /// drawn.
    fn brief(&self, article: &Article, analysis_view: &AnalysisView, order: Order, index: usize) -> Vec<PanelLine>;

    /// Formats the selected row in full, in lines of at most `width` columns.
    fn detail(&self, article: &Article, analysis_view: &AnalysisView, index: usize, width: usize) -> Vec<PanelLine>;

    /// Returns words by which a row is found though it does not show them.
    fn unseen_words(&self, _article: &Article, _analysis_view: &AnalysisView, _index: usize) -> Option<String> {
        None
    }

    /// Returns the heading above a row, if any. Consecutive rows with the same heading share it.
    fn heading(&self, _analysis_view: &AnalysisView, _order: Order, _index: usize) -> Option<PanelLine> {
        None
    }

    /// Returns the lines above the rows. `size` is the size of the panel, in columns and rows.
    fn header(
        &self,
        _article: &Article,
        _analysis_view: &AnalysisView,
        _selected: Option<usize>,
        _size: (usize, usize),
    ) -> Vec<PanelLine> {
        Vec::new()
    }

    /// Returns the span of the text that the item's row leads to.
    fn target(&self, analysis_view: &AnalysisView, index: usize) -> Option<Span>;

    /// Returns the spans that the keys for the next and previous item visit, each with the index of the item. They need
    /// not be sorted.
    fn jump_targets(&self, analysis_view: &AnalysisView) -> Vec<(Span, usize)> {
        (0..self.count(analysis_view)).filter_map(|index| Some((self.target(analysis_view, index)?, index))).collect()
    }

    /// Describes an item in the status line after a jump to it.
    fn describe(&self, analysis_view: &AnalysisView, index: usize) -> Option<String>;

    /// Returns an action that is useful after a jump to an item, and its label for the hint.
    fn hint(&self) -> Option<(Action, &'static str)> {
        None
    }

    /// Returns whether the key that opens a row steps through the mentions of the item, while the panel keeps the
    /// focus.
    fn opens_mentions(&self) -> bool {
        false
    }

    /// Returns the precedence of this panel when a click hits annotations of several; the lowest wins. Panels with
    /// short spans come first, because longer spans may contain theirs.
    fn click_order(&self) -> u8 {
        u8::MAX
    }

    /// Returns the marks of this panel that are always shown in the text.
    fn marks(&self, _analysis_view: &AnalysisView) -> Vec<Mark> {
        Vec::new()
    }

    /// Returns whether the marks of this panel are shown only while the panel is open.
    fn marks_while_open(&self) -> bool {
        false
    }

    /// Returns the position of this panel's marks among the layers; the lowest is drawn first.
    fn depth(&self) -> u8 {
        0
    }

    /// Returns marks for the spans of the selected item. `pronouns` includes the pronouns and descriptions that refer
    /// to an entity.
    fn selected_marks(&self, analysis_view: &AnalysisView, selection: Selection, pronouns: bool) -> Vec<Mark>;

    /// Returns the indices of the entities that an item is about. The card shows the first.
    fn entities(&self, _analysis_view: &AnalysisView, _index: usize) -> Vec<usize> {
        Vec::new()
    }

    /// Returns the name of the item's speaker if the speaker is not among the entities of the story.
    fn unlisted_speaker(&self, _analysis_view: &AnalysisView, _index: usize) -> Option<String> {
        None
    }

    /// Returns the part of an item that can be corrected by hand.
    fn correctable_part(&self, _analysis_view: &AnalysisView, _index: usize) -> Option<CorrectablePart> {
        None
    }

    /// Returns the layer of annotations that a dismissed row is removed from; `None` if rows cannot be dismissed.
    fn layer(&self) -> Option<correction::Layer> {
        None
    }
}

/// Part of an item that can be corrected by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CorrectablePart {
    /// Speaker of a quote.
    Speaker,
    /// Identity of an entity, which the user can merge with another one.
    SameAs,
    /// Day of an event. Carries the current day.
    Day(Option<Date>),
}

/// Prepares an analysis for the panels and the text: sorts the jump targets and builds the layers of marks.
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
    let layer = |kind| (kind, MarkLayer::new(of(kind).marks(&analysis_view)));
    analysis_view.layers = kinds.into_iter().map(layer).collect();
    analysis_view
}

/// Line of a panel: pieces of text from the left, and possibly one at the right edge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PanelLine {
    /// Pieces of text with their styles, from the left edge onwards.
    pub(crate) left: Vec<(String, Tint)>,
    /// Piece of text at the right edge, shown if there is room.
    pub(crate) right: Option<(String, Tint)>,
}

/// Returns the default order of the rows in a panel.
#[must_use]
pub(crate) fn first_order(kind: PanelKind) -> Order {
    of(kind).orders().first().copied().unwrap_or(Order::Text)
}

/// Returns the width of each panel's tab in an area of `width` columns. Tabs are equally wide if that leaves room for
/// each name.
#[must_use]
pub(crate) fn tab_widths(open: &[PanelKind], width: u16) -> Vec<u16> {
    let equal = width / (open.len() as u16).max(1);
    let name = |kind: &PanelKind| of(*kind).name().len() as u16;
    if open.iter().all(|kind| name(kind) + 2 <= equal) {
        return vec![equal; open.len()];
    }
    let own: Vec<u16> = open.iter().map(|kind| name(kind) + 1).collect();
    if own.iter().sum::<u16>() <= width { own } else { vec![equal; open.len()] }
}

/// Returns the text of a row without styles, for searching and filtering.
#[must_use]
pub(crate) fn words(article: &Article, analysis_view: &AnalysisView, kind: PanelKind, index: usize) -> String {
    let mut out = String::new();
    for line in of(kind).brief(article, analysis_view, Order::Text, index) {
        for (piece, _) in line.left.iter().chain(&line.right) {
            out.push_str(piece);
            out.push(' ');
        }
    }
    out.extend(of(kind).unseen_words(article, analysis_view, index));
    out
}

/// Creates a line from a single piece of text.
fn line(text: impl Into<String>, role: Role) -> PanelLine {
    PanelLine { left: vec![(text.into(), Tint::Role(role))], right: None }
}

/// Wraps text into lines of at most `width` columns, including an indent of `indent` spaces.
fn wrapped(text: &str, indent: usize, width: usize, tint: Tint) -> Vec<PanelLine> {
    let room = width.saturating_sub(indent).max(1);
    let lines = prose(text, Span::new(0, text.len()), room, &[]);
    let blanks = " ".repeat(indent);
    lines
        .into_iter()
        .map(|span| PanelLine { left: vec![(format!("{blanks}{}", span.of(text)), tint)], right: None })
        .collect()
}

/// Returns the article's text at a span, with each run of white space collapsed.
fn said(article: &Article, span: Span) -> String {
    folded(span.of(&article.text))
}

//! The rows of the panels: what was found, in words. Pure functions from the analysis to lines.
//!
//! A panel is one implementation of [`PanelRows`] and one row of the table in [`of`].

pub mod card;
mod entities;
mod options;
mod quotes;
mod scale;
mod timeline;

pub use options::{Manner, Options, Order};

use super::action::Action;
use super::analysis_view::{AnalysisView, Selection};
use super::mark::{Layer, Mark, Tint};
use super::panels::{Kind, PerPanel};
use super::theme::Role;
use crate::reflow::prose;
use dateline_analysis::{Analysis, correction};
use dateline_core::article::Article;
use dateline_core::text::{Span, folded};
use jiff::civil::Date;

/// Returns the rows of a panel. This is the table of panels: one row each.
#[must_use]
pub const fn of(kind: Kind) -> &'static dyn PanelRows {
    match kind {
        Kind::Quotes => &quotes::Quotes,
        Kind::Entities => &entities::Entities,
        Kind::Timeline => &timeline::Timeline,
    }
}

/// A panel: what it is called, what its rows say, where they lead in the text.
///
/// An `index` is that of a thing found in the analysis, whichever row shows it. Methods that are given an index out of
/// range return nothing.
pub trait PanelRows: Sync {
    /// Names the panel in its title; in lower case, also in the settings.
    fn name(&self) -> &'static str;

    /// Names one of its things in a sentence: "quote".
    fn noun(&self) -> &'static str;

    /// Says why there are no rows, where the analysis found `total` things.
    fn empty(&self, total: usize) -> &'static str;

    /// Counts the things found, whether or not their rows are shown.
    fn count(&self, findings: &AnalysisView) -> usize;

    /// Lists the orders that the rows can have, the first at the start.
    fn orders(&self) -> &'static [Order];

    /// Returns the indices of the rows that are shown, in order.
    fn rows(&self, findings: &AnalysisView, options: &Options) -> Vec<usize>;

    /// Returns the lines that an unselected row takes.
    fn height(&self, order: Order) -> usize;

    /// Writes a row in as many lines as [`Self::height`] says; they are cut to the pane's width when drawn.
    fn brief(&self, article: &Article, findings: &AnalysisView, order: Order, index: usize) -> Vec<Line>;

    /// Writes a row in full, in lines of at most `width` columns.
    fn detail(&self, article: &Article, findings: &AnalysisView, index: usize, width: usize) -> Vec<Line>;

    /// Writes the heading over a row and the rows after it that share it.
    fn heading(&self, _findings: &AnalysisView, _order: Order, _index: usize) -> Option<Line> {
        None
    }

    /// Writes the lines above all rows, for a panel of `size` columns and rows.
    fn header(
        &self,
        _article: &Article,
        _findings: &AnalysisView,
        _selected: Option<usize>,
        _size: (usize, usize),
    ) -> Vec<Line> {
        Vec::new()
    }

    /// Returns the place in the text that a row leads to.
    fn target(&self, findings: &AnalysisView, index: usize) -> Option<Span>;

    /// Lists the places that the keys for the next and previous one walk through, in any order.
    fn places(&self, findings: &AnalysisView) -> Vec<(Span, usize)> {
        (0..self.count(findings)).filter_map(|index| Some((self.target(findings, index)?, index))).collect()
    }

    /// Says what the status line adds to a thing that was gone to.
    fn describe(&self, findings: &AnalysisView, index: usize) -> Option<String>;

    /// Returns a key that helps on after a thing was gone to, with words for it.
    fn hint(&self) -> Option<(Action, &'static str)> {
        None
    }

    /// Whether the key that opens a row walks through its mentions and stays in the panel.
    fn opens_mentions(&self) -> bool {
        false
    }

    /// Returns the order in which a click looks for what it meant, the lowest first, because short places lie within
    /// longer ones.
    fn click_order(&self) -> u8 {
        u8::MAX
    }

    /// Marks what is always marked in the text.
    fn marks(&self, _findings: &AnalysisView) -> Vec<Mark> {
        Vec::new()
    }

    /// Returns the order in which marks lie over each other, the lowest at the bottom.
    fn depth(&self) -> u8 {
        0
    }

    /// Marks in the text what belongs to the selected thing; `pronouns` includes the pronouns of an entity.
    fn selected_marks(&self, findings: &AnalysisView, selection: Selection, pronouns: bool) -> Vec<Mark>;

    /// Lists the entities that a thing is about, the first the one that a card is shown of.
    fn entities(&self, _findings: &AnalysisView, _index: usize) -> Vec<usize> {
        Vec::new()
    }

    /// Names a speaker who is not an entity of the story.
    fn unlisted_speaker(&self, _findings: &AnalysisView, _index: usize) -> Option<String> {
        None
    }

    /// Returns what of a thing can be corrected by hand.
    fn fix(&self, _findings: &AnalysisView, _index: usize) -> Option<Fix> {
        None
    }

    /// Returns the layer of the analysis that a dismissed row is removed from; `None` where rows cannot be dismissed.
    fn layer(&self) -> Option<correction::Layer> {
        None
    }
}

/// What of a thing can be corrected by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    /// The speaker of a quote.
    Speaker,
    /// The entity that an entity is the same as.
    SameAs,
    /// The day of an event, with the one it has.
    Day(Option<Date>),
}

/// Arranges an analysis for the panels and the text.
#[must_use]
pub fn arrange(analysis: Analysis) -> AnalysisView {
    let mut findings = AnalysisView::new(analysis);
    findings.walks = PerPanel::new(|kind| {
        let mut places = of(kind).places(&findings);
        places.sort_unstable();
        places
    });
    let mut kinds = Kind::ALL;
    kinds.sort_by_key(|&kind| of(kind).depth());
    findings.layers = kinds.into_iter().map(|kind| Layer::new(of(kind).marks(&findings))).collect();
    findings
}

/// One line of a panel: pieces from the left, and one at the right edge if there is room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Pieces from the left edge on.
    pub left: Vec<(String, Tint)>,
    /// The piece at the right edge.
    pub right: Option<(String, Tint)>,
}

/// Returns the order that a panel's rows have at the start.
#[must_use]
pub fn first_order(kind: Kind) -> Order {
    of(kind).orders().first().copied().unwrap_or(Order::Text)
}

/// Writes a row as plain words, for the search and the filter.
#[must_use]
pub fn words(article: &Article, findings: &AnalysisView, kind: Kind, index: usize) -> String {
    let mut out = String::new();
    for line in of(kind).brief(article, findings, Order::Text, index) {
        for (piece, _) in line.left.iter().chain(&line.right) {
            out.push_str(piece);
            out.push(' ');
        }
    }
    out
}

/// A line of one piece.
fn line(text: impl Into<String>, role: Role) -> Line {
    Line { left: vec![(text.into(), Tint::Role(role))], right: None }
}

/// Text in lines of at most `width` columns, each after `indent` blanks.
fn wrapped(text: &str, indent: usize, width: usize, tint: Tint) -> Vec<Line> {
    let room = width.saturating_sub(indent).max(1);
    let lines = prose(text, Span::new(0, text.len()), room, &[]);
    let blanks = " ".repeat(indent);
    lines
        .into_iter()
        .map(|span| Line { left: vec![(format!("{blanks}{}", span.of(text)), tint)], right: None })
        .collect()
}

/// The words at a span of the article, white space folded.
fn said(article: &Article, span: Span) -> String {
    folded(span.of(&article.text))
}

//! The rows of the panels: what was found, in words. Pure functions from the analysis to lines.

pub mod card;
mod entities;
mod quotes;
mod scale;
mod timeline;

use super::findings::Findings;
use super::layout::Kind;
use super::mark::Tint;
use super::theme::Role;
use crate::analysis::QuoteKind;
use crate::article::Article;
use crate::reflow::prose;
use crate::text::{Span, folded};

/// One line of a panel: what stands on the left, and on the right if there is room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Pieces from the left edge on.
    pub left: Vec<(String, Tint)>,
    /// At the right edge.
    pub right: Option<(String, Tint)>,
}

/// The orders that a panel's rows can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As the text has them; the timeline by date.
    Text,
    /// Quotes by speaker, entities by type, events as the text has them.
    Group,
    /// Entities by the number of their mentions.
    Count,
}

impl Order {
    /// The next order that makes sense for a panel.
    #[must_use]
    pub const fn next(self, kind: Kind) -> Self {
        match (self, kind) {
            (Self::Text, _) => Self::Group,
            (Self::Group, Kind::Entities) => Self::Count,
            _ => Self::Text,
        }
    }

    /// The order in words.
    #[must_use]
    pub const fn name(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::Text, Kind::Timeline) => "by date",
            (Self::Text, _) | (_, Kind::Timeline) => "as in the text",
            (Self::Group, Kind::Quotes) => "by speaker",
            (Self::Group, Kind::Entities) => "by type",
            (Self::Count, _) => "by mentions",
        }
    }
}

/// Which quotes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// All.
    #[default]
    All,
    /// Those with words in quotation marks, in full or in part.
    Marked,
    /// Those told in the writer's words.
    Reported,
}

impl Manner {
    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::All => Self::Marked,
            Self::Marked => Self::Reported,
            Self::Reported => Self::All,
        }
    }

    /// What the title adds; nothing when all are shown.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Marked => Some("in “…”"),
            Self::Reported => Some("reported"),
        }
    }

    /// Whether a quote of this kind is shown.
    #[must_use]
    pub fn shows(self, kind: QuoteKind) -> bool {
        match self {
            Self::All => true,
            Self::Marked => kind != QuoteKind::Indirect,
            Self::Reported => kind == QuoteKind::Indirect,
        }
    }
}

/// Lines that an unselected row takes.
#[must_use]
pub const fn height(kind: Kind, order: Order) -> usize {
    match (kind, order) {
        // Under a speaker's name the words alone are told.
        (Kind::Entities, _) | (Kind::Quotes, Order::Group) => 1,
        (Kind::Quotes | Kind::Timeline, _) => 2,
    }
}

/// The indices of what a panel shows, in order. Of the quotes, `only` keeps those of one
/// speaker and `manner` those said in one manner.
#[must_use]
pub fn order(findings: &Findings, kind: Kind, order: Order, only: Option<usize>, manner: Manner) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..findings.count(kind)).collect();
    let analysis = &findings.analysis;
    match (kind, order) {
        (Kind::Quotes, _) => {
            rows.retain(|&index| only.is_none() || findings.voice(index) == only);
            rows.retain(|&index| analysis.quotes.get(index).is_some_and(|quote| manner.shows(quote.kind)));
            if order == Order::Group {
                rows.sort_by_key(|&index| findings.voice(index).unwrap_or(usize::MAX));
            }
        }
        (Kind::Entities, Order::Group) => {
            rows.sort_by_key(|&index| analysis.entities.get(index).map(|entity| entity.kind));
        }
        (Kind::Entities, Order::Count) => {
            let count = |index: usize| analysis.entities.get(index).map_or(0, crate::analysis::Entity::named);
            rows.sort_by_key(|&index| std::cmp::Reverse(count(index)));
        }
        (Kind::Timeline, Order::Group) => {
            rows.sort_by_key(|&index| analysis.events.get(index).map(|event| event.clause.start));
        }
        (Kind::Timeline, _) => {
            rows.sort_by_key(|&index| {
                analysis.events.get(index).map(|event| (timeline::Era::of(event), event.interval))
            });
        }
        (Kind::Entities, Order::Text) => {}
    }
    rows
}

/// What stands above a row and those after it that share it.
#[must_use]
pub fn heading(findings: &Findings, kind: Kind, order: Order, index: usize) -> Option<Line> {
    let analysis = &findings.analysis;
    let named = |name: &str| line(format!(" {name}"), Role::Heading);
    match (kind, order) {
        (Kind::Quotes, Order::Group) => quotes::heading(findings, index),
        (Kind::Entities, Order::Group) => {
            analysis.entities.get(index).map(|entity| named(entities::plural(entity.kind)))
        }
        (Kind::Timeline, Order::Text) => analysis.events.get(index).map(|event| named(timeline::Era::of(event).name())),
        _ => None,
    }
}

/// Whether an event has a date.
#[must_use]
pub fn dated(findings: &Findings, event: usize) -> bool {
    findings.analysis.events.get(event).is_some_and(|event| event.interval.is_some())
}

/// A row in as many lines as [`height`] says; too long ones are cut when drawn.
#[must_use]
pub fn brief(article: &Article, findings: &Findings, kind: Kind, order: Order, index: usize) -> Vec<Line> {
    match kind {
        Kind::Quotes if order == Order::Group => quotes::words_alone(article, findings, index),
        Kind::Quotes => quotes::brief(article, findings, index),
        Kind::Entities => entities::brief(article, findings, index),
        Kind::Timeline => timeline::brief(article, findings, index),
    }
}

/// A row in full, in lines of at most `width` columns.
#[must_use]
pub fn detail(article: &Article, findings: &Findings, kind: Kind, index: usize, width: usize) -> Vec<Line> {
    match kind {
        Kind::Quotes => quotes::detail(article, findings, index, width),
        Kind::Entities => entities::detail(article, findings, index, width),
        Kind::Timeline => timeline::detail(article, findings, index, width),
    }
}

/// What stands above the rows of a panel of `size` columns and rows.
#[must_use]
pub fn header(
    article: &Article,
    findings: &Findings,
    kind: Kind,
    selected: Option<usize>,
    size: (usize, usize),
) -> Vec<Line> {
    match kind {
        Kind::Timeline => timeline::header(article, findings, selected, size),
        Kind::Quotes | Kind::Entities => Vec::new(),
    }
}

/// The place in the text that a row stands for.
#[must_use]
pub fn target(findings: &Findings, kind: Kind, index: usize) -> Option<Span> {
    let analysis = &findings.analysis;
    match kind {
        Kind::Quotes => analysis.quotes.get(index).map(|quote| quote.span),
        Kind::Entities => analysis.entities.get(index).map(crate::analysis::Entity::introduction),
        Kind::Timeline => analysis.events.get(index).map(|event| event.clause),
    }
}

/// A row as plain words, for the search.
#[must_use]
pub fn words(article: &Article, findings: &Findings, kind: Kind, index: usize) -> String {
    let mut out = String::new();
    for line in brief(article, findings, kind, Order::Text, index) {
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

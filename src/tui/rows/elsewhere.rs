//! Rows of the quotes and timeline panels that other versions of the happening share, and those that only they have.
//! The latter follow the rows of the story; their indices continue those of its annotations.

use super::{PanelLine, line, wrapped};
use crate::tui::analysis_view::AnalysisView;
use crate::tui::happening::{Happening, SharedRow};
use crate::tui::mark::Tint;
use crate::tui::panels::PanelKind;
use crate::tui::theme::Role;
use dateline_core::text::Span;

/// Heading above the rows that only other versions have, in a panel whose rows name their outlets.
const HEADING: &str = " In other versions";

/// Returns the happening and what it shares on a row of the story.
pub(super) fn shared(view: &AnalysisView, kind: PanelKind, span: Span) -> Option<(&Happening, &SharedRow)> {
    let happening = &view.happening.as_ref()?.happening;
    Some((happening, happening.rows(kind)?.own(span)?))
}

/// Formats the number of other outlets that have a row of the story, such as “+2”.
pub(super) fn count(view: &AnalysisView, kind: PanelKind, span: Span) -> Option<String> {
    let (happening, row) = shared(view, kind, span)?;
    Some(format!("+{}", happening.outlets(row).len()))
}

/// Formats the other outlets that have a row of the story, as the last lines of the selected row.
pub(super) fn outlets(view: &AnalysisView, kind: PanelKind, span: Span, width: usize) -> Vec<PanelLine> {
    let Some((happening, row)) = shared(view, kind, span) else { return Vec::new() };
    let text = format!("also in {}", happening.outlets(row).join(", "));
    wrapped(&text, 3, width, Tint::Role(Role::Dim))
}

/// Returns the rows that only other versions have, with the happening.
fn rows(view: &AnalysisView, kind: PanelKind) -> Option<(&Happening, &[SharedRow])> {
    let happening = &view.happening.as_ref()?.happening;
    Some((happening, &happening.rows(kind)?.elsewhere))
}

/// Returns the indices of the rows that only other versions have and that `shows` accepts. The story has `total` rows of
/// its own.
pub(super) fn indices(
    view: &AnalysisView,
    kind: PanelKind,
    total: usize,
    shows: impl Fn(&SharedRow) -> bool,
) -> impl Iterator<Item = usize> {
    let rows = rows(view, kind).map_or(&[][..], |(_, rows)| rows);
    rows.iter().enumerate().filter(move |(_, row)| shows(row)).map(move |(index, _)| total + index)
}

/// Returns the row with this index if only other versions have it.
fn row(view: &AnalysisView, kind: PanelKind, index: usize) -> Option<(&Happening, &SharedRow)> {
    let (happening, rows) = rows(view, kind)?;
    Some((happening, rows.get(index.checked_sub(super::of(kind).count(view))?)?))
}

/// Returns the story and the span that a row leads to if only other versions have it.
#[must_use]
pub(crate) fn target(view: &AnalysisView, kind: PanelKind, index: usize) -> Option<(i64, Span)> {
    let (happening, row) = row(view, kind, index)?;
    let &(version, span) = row.places.first()?;
    Some((happening.versions.get(version)?.id, span))
}

/// Returns the title of a row if only other versions have it.
pub(super) fn title(view: &AnalysisView, kind: PanelKind, index: usize) -> Option<String> {
    row(view, kind, index).map(|(_, row)| row.title.clone())
}

/// Returns whether a row has a line of its own for its title and its outlets.
fn has_title(kind: PanelKind) -> bool {
    super::of(kind).height(super::first_order(kind)) > 1
}

/// Returns the heading above a row if only other versions have it. A row without a line for its title has the outlets and
/// the speaker in the heading, because its words need the width of the panel.
pub(super) fn heading(view: &AnalysisView, kind: PanelKind, index: usize) -> Option<PanelLine> {
    let (happening, row) = row(view, kind, index)?;
    if has_title(kind) {
        return Some(line(HEADING, Role::Heading));
    }
    let outlets = (format!(" In {}: ", source(happening, row)), Tint::Role(Role::Heading));
    Some(PanelLine { left: vec![outlets, (row.title.clone(), Tint::Role(Role::Name))], right: None })
}

/// Formats the outlets of a row: the first, and the number of others.
fn source(happening: &Happening, row: &SharedRow) -> String {
    match happening.outlets(row).as_slice() {
        [] => String::new(),
        [outlet] => (*outlet).to_owned(),
        [outlet, more @ ..] => format!("{outlet} +{}", more.len()),
    }
}

/// Formats a row that is not selected and that only other versions have, in one or two lines.
pub(super) fn brief(view: &AnalysisView, kind: PanelKind, index: usize) -> Vec<PanelLine> {
    let Some((happening, row)) = row(view, kind, index) else { return Vec::new() };
    if has_title(kind) {
        let right = Some((source(happening, row), Tint::Role(Role::Dim)));
        let title = PanelLine { right, ..line(format!(" ○ {}", row.title), Role::Name) };
        return vec![title, line(format!("   {}", row.words), Role::Text)];
    }
    vec![line(format!("   {}", row.words), Role::Text)]
}

/// Formats the selected row in full if only other versions have it, with all outlets.
pub(super) fn detail(view: &AnalysisView, kind: PanelKind, index: usize, width: usize) -> Vec<PanelLine> {
    let Some((happening, row)) = row(view, kind, index) else { return Vec::new() };
    let title = if has_title(kind) { row.title.as_str() } else { "" };
    let mut out = if title.is_empty() { Vec::new() } else { wrapped(title, 3, width, Tint::Role(Role::Name)) };
    out.extend(wrapped(&row.words, 3, width, Tint::Role(Role::Text)));
    let outlets = format!("only in {}", happening.outlets(row).join(", "));
    out.extend(wrapped(&outlets, 3, width, Tint::Role(Role::Dim)));
    out
}

//! Position of the terminal's cursor, which screen readers and magnifiers follow. It is in the prompt, on the selected
//! row or at the reading position.

use super::{card, help, popup, status};
use crate::tui::layout::{Pane, Panes, column, inside};
use crate::tui::page::PagePosition;
use crate::tui::panels::PanelKind;
use crate::tui::rows;
use crate::tui::state::State;
use crate::tui::state::layers::Layer;
use crate::tui::state::overlay::Overlay;
use crate::tui::state::search::Search;
use crate::tui::state::visual::Visual;
use ratatui::layout::{Position, Rect};

/// Returns the cell on which keys act. It is always on the screen.
#[must_use]
pub(crate) fn cursor(state: &State) -> Position {
    let panes = state.panes();
    let at = status::cursor(state, panes.status).unwrap_or_else(|| {
        let covering = state.layers.iter().rev().find(|layer| layer.covers());
        covering.and_then(|layer| in_layer(layer, state, panes.area)).unwrap_or_else(|| in_pane(state, &panes))
    });
    let last = |length: u16| length.saturating_sub(1);
    Position { x: at.x.min(last(state.size.width)), y: at.y.min(last(state.size.height)) }
}

/// Returns the cell of the selected row in a layer that covers the panes.
fn in_layer(layer: &Layer, state: &State, area: Rect) -> Option<Position> {
    match layer {
        Layer::Card(card) => Some(row(card::inner(card, area), card.selected.saturating_sub(card.top))),
        Layer::Popup(popup) => {
            let inner = popup::inner(popup, area);
            Some(row(inner, popup.selected.saturating_sub(popup::first(popup, inner))))
        }
        Layer::Overlay(overlay) => Some(in_overlay(overlay, area)),
        // The first column of the help is blank.
        Layer::Help(_) => {
            let inner = help::inner(state, area);
            Some(row(Rect { x: inner.x + 1, ..inner }, 0))
        }
        Layer::Search(_) | Layer::Visual(_) | Layer::Prompt(_) | Layer::Picker(_) => None,
    }
}

/// Returns the cell of the selected row in a full-screen page. Each row above takes one line.
fn in_overlay(overlay: &Overlay, area: Rect) -> Position {
    let inner = inside(Rect { height: area.height.saturating_sub(1), ..area });
    row(inner, overlay.selected.saturating_sub(overlay.top))
}

/// Returns the first cell of a row, or of the last row that fits into the area.
fn row(area: Rect, row: usize) -> Position {
    let last = area.height.saturating_sub(1);
    Position { x: area.x, y: area.y + u16::try_from(row).unwrap_or(last).min(last) }
}

/// Returns the cell on which keys act in the focused pane, or in the status line if the pane has no room on the screen.
fn in_pane(state: &State, panes: &Panes) -> Position {
    let Some(place) = panes.place(state.focus) else { return Position { x: panes.status.x, y: panes.status.y } };
    match state.focus {
        Pane::List => row(inside(place), state.list.lines_above(state.list.row())),
        Pane::Reading => in_text(state, place).unwrap_or_else(|| row(inside(place), 0)),
        Pane::Panel(kind) => in_panel(state, kind, inside(place)),
    }
}

/// Returns the cell of a selection's moving end, else of the marked passage, else of the first visible text.
fn in_text(state: &State, place: Rect) -> Option<Position> {
    let article = state.story()?.article.text.as_str();
    let view = state.reading.in_view();
    let hit = state.layers.get::<Search>().filter(|search| !search.hidden).and_then(Search::hit);
    let marked = hit.or(state.reading.flash).or(state.reading.selection.map(|selection| selection.span));
    let offset = match state.layers.get::<Visual>() {
        Some(visual) => visual.cursor().start,
        None => marked.filter(|span| view.overlaps(*span)).map_or(view.start, |span| span.start.max(view.start)),
    };
    let text = column(place, state.reading.measure, state.reading.at_left);
    let page = state.reading.page.as_ref()?;
    let mut at = state.reading.top;
    let mut y = text.y;
    while let Some(section) = page.section(at.section) {
        for (index, row) in section.rows().iter().enumerate().skip(at.row) {
            if y >= text.bottom() {
                return None;
            }
            if section.own.is_none() && row.span().is_some_and(|span| span.start <= offset && offset < span.end) {
                let columns = page.columns(PagePosition { section: at.section, row: index }, article);
                let x = columns.iter().rfind(|&&(_, byte)| byte <= offset).map_or(0, |&(column, _)| column);
                return Some(Position { x: text.x + x as u16, y });
            }
            y += 1;
        }
        at = PagePosition { section: at.section + 1, row: 0 };
    }
    None
}

/// Returns the cell of the selected row in a panel.
fn in_panel(state: &State, kind: PanelKind, inner: Rect) -> Position {
    let panel = state.panel(kind);
    let mut above = panel.header.len();
    let (Some(story), Some(analysis_view)) = (state.story(), state.analysis_view()) else { return row(inner, 0) };
    for (number, &index) in panel.rows.iter().enumerate().take(panel.selected + 1).skip(panel.top) {
        above += usize::from(panel.headings.contains_key(&number));
        if number < panel.selected {
            let rows = rows::of(kind);
            above += rows.brief(&story.article, analysis_view, panel.options.order, index).len();
        }
    }
    row(inner, above)
}

//! Handles clicks, dragging and the mouse wheel.

use super::{card, jump, layers, navigate, scroll, stories, visual};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::event::Mouse;
use crate::tui::layout::{Border, Pane, Panes, column, inside};
use crate::tui::page::PagePosition;
use crate::tui::panels::PanelKind;
use crate::tui::rows;
use crate::tui::state::State;
use crate::tui::state::visual::Visual;
use ratatui::layout::Rect;

/// Number of text rows to scroll per notch of the mouse wheel.
const ROWS_PER_NOTCH: isize = 3;

/// Handles a mouse event at column `x` and row `y` of the screen.
pub(super) fn act(state: &mut State, what: Mouse, (x, y): (u16, u16), effects: &mut Vec<Effect>) {
    if layers::point(state, what) {
        return;
    }
    let panes = state.panes();
    if drag(state, &panes, what, (x, y)) {
        return;
    }
    let Some(pane) = panes.at(x, y) else { return };
    let wheel = |pane| if pane == Pane::Reading { ROWS_PER_NOTCH } else { 1 };
    match what {
        Mouse::WheelDown => scroll::pane_by_rows(state, pane, wheel(pane)),
        Mouse::WheelUp => scroll::pane_by_rows(state, pane, -wheel(pane)),
        Mouse::Drag => select_to(state, &panes, x, y),
        Mouse::Release => {
            if state.pressed_at.take().is_some() && state.layers.has::<Visual>() {
                visual::copy_selected(state, effects);
            }
        }
        Mouse::Click | Mouse::DoubleClick | Mouse::TripleClick | Mouse::RightClick => {
            state.message = None;
            if what == Mouse::Click {
                state.layers.close::<Visual>();
            }
            click(state, &panes, pane, x, y);
            let byte = offset(state, &panes, x, y);
            state.pressed_at = byte.filter(|_| what == Mouse::Click);
            match (what, byte) {
                (Mouse::DoubleClick, Some(byte)) => visual::copy_around(state, byte, Action::WholeWord, effects),
                (Mouse::TripleClick, Some(byte)) => visual::copy_around(state, byte, Action::WholeParagraph, effects),
                (Mouse::RightClick, _) if pane != Pane::List => card::show(state, effects),
                _ => {}
            }
        }
    }
}

/// Returns the byte offset of the article's text at a cell, or `None` if the cell is not on that text.
fn offset(state: &State, panes: &Panes, x: u16, y: u16) -> Option<usize> {
    let place = panes.place(Pane::Reading).filter(|_| panes.at(x, y) == Some(Pane::Reading))?;
    byte_at(state, place, x, y.checked_sub(inside(place).y)?.into())
}

/// Selects the text between the cell where the button was pressed and the given cell.
fn select_to(state: &mut State, panes: &Panes, x: u16, y: u16) {
    let (Some(from), Some(to)) = (state.pressed_at, offset(state, panes, x, y)) else { return };
    // Small movements within one character select nothing.
    if from != to || state.layers.has::<Visual>() {
        visual::select_between(state, from, to);
    }
}

/// Drags a border between panes. Returns whether the event was part of a drag.
fn drag(state: &mut State, panes: &Panes, what: Mouse, at: (u16, u16)) -> bool {
    let (x, y) = at;
    match (what, state.dragging) {
        (Mouse::Click, _) => {
            state.dragging = panes.border(x, y);
            state.dragging.is_some()
        }
        (Mouse::Drag, Some(border)) => {
            match border {
                Border::List => state.widths.list = Some(x),
                Border::Panels => state.widths.panels = Some(state.size.width.saturating_sub(x + 1)),
            }
            true
        }
        (Mouse::Release, Some(_)) => {
            state.dragging = None;
            state.set_status("Changed the pane widths");
            true
        }
        _ => false,
    }
}

fn click(state: &mut State, panes: &Panes, pane: Pane, x: u16, y: u16) {
    let Some(place) = panes.place(pane) else { return };
    let inner = inside(place);
    let Some(row) = y.checked_sub(inner.y).map(usize::from) else {
        let tab = tab_at(state, panes, place, x);
        navigate::focus(state, tab.map_or(pane, Pane::Panel));
        return;
    };
    match pane {
        Pane::List => {
            let number = state.list.at(row);
            if number < state.stories.len() {
                stories::go(state, number);
            }
            navigate::focus(state, pane);
        }
        Pane::Panel(kind) => {
            if let Some(row) = state.panel(kind).at(row) {
                state.panel_mut(kind).selected = row;
                navigate::preview(state, kind);
            }
            navigate::focus(state, pane);
        }
        Pane::Reading => {
            navigate::focus(state, pane);
            if let Some(byte) = byte_at(state, place, x, row) {
                jump::to_annotation_at(state, byte);
            }
        }
    }
}

/// Returns the panel whose tab is at column `x` of the screen.
fn tab_at(state: &State, panes: &Panes, place: Rect, x: u16) -> Option<PanelKind> {
    if !panes.tabbed {
        return None;
    }
    let open = state.open_panels();
    let mut end = place.x;
    let widths = rows::tab_widths(&open, place.width);
    open.into_iter().zip(widths).find_map(|(kind, width)| {
        end += width;
        (x < end).then_some(kind)
    })
}

/// Returns the byte offset in the article's text at a cell of the reading pane. `row` is relative to the top of the
/// text.
fn byte_at(state: &State, reading: Rect, x: u16, row: usize) -> Option<usize> {
    let text = column(reading, state.reading.measure, state.reading.at_left);
    let page = state.reading.page.as_ref()?;
    let column = usize::from(x.checked_sub(text.x)?);
    let mut place = state.reading.top;
    let mut left = row;
    let line = loop {
        let section = page.section(place.section)?;
        let rows = section.rows().get(place.row..).unwrap_or_default();
        match rows.get(left) {
            Some(line) => break line,
            None => left -= rows.len(),
        }
        place = PagePosition { section: place.section + 1, row: 0 };
    };
    let article = &state.story()?.article.text;
    let here = PagePosition { row: place.row + left, ..place };
    let end = line.pieces.last().map_or(0, |_| usize::from(text.width));
    let columns = page.columns(here, article);
    columns.iter().rfind(|&&(at, _)| at <= column && column < end).map(|&(_, byte)| byte)
}

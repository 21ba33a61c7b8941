//! Draws the state into a buffer, as a pure function. Performs no I/O and no layout, and reads only the part of the
//! state that is in view.

mod card;
mod cursor;
mod help;
mod hints;
pub(crate) mod links;
mod list;
mod overlay;
pub(crate) mod paint;
mod panel;
mod picker;
mod popup;
mod reading;
mod status;

pub(crate) use cursor::cursor;

use super::layout::{Pane, inside};
use super::state::State;
use super::state::layers::{Help, Layer};
use super::theme::{Role, Theme};
use paint::{fill, put, tint};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws the whole screen into a buffer.
pub(crate) fn view(state: &State, buffer: &mut Buffer) {
    view_around(state, &[], buffer);
}

/// Draws the screen into a buffer, except for the text and the panels in the areas `held`.
pub(crate) fn view_around(state: &State, held: &[Rect], buffer: &mut Buffer) {
    let Some(theme) = state.themes.get(state.theme) else { return };
    let panes = state.panes();
    let area = panes.area.intersection(buffer.area);
    // Every frame begins with blank cells, so they need only their style.
    tint(buffer, area, theme.style(Role::Text));
    if panes.status.height == 0 {
        return;
    }
    for &rule in &panes.rules {
        for y in rule.top()..rule.bottom() {
            put(buffer, rule.x, y, 1, "│", theme.style(Role::Rule));
        }
    }
    if let Some(pane) = panes.list {
        list::draw(state, theme, pane, buffer);
    }
    if let Some(pane) = panes.reading.filter(|pane| !held.contains(pane)) {
        reading::draw(state, theme, pane, buffer);
    }
    for &(kind, pane) in panes.panels.iter().filter(|(_, pane)| !held.contains(pane)) {
        panel::draw(state, theme, kind, pane, panes.tabbed, buffer);
    }
    for layer in state.layers.iter() {
        draw(layer, state, theme, panes.area, buffer);
    }
    status::draw(state, theme, panes.status, buffer);
    if !state.pending.is_empty() {
        help::hint(state, theme, panes.area, buffer);
    }
}

/// Draws a layer on top of what has been drawn before.
fn draw(layer: &Layer, state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    match layer {
        Layer::Card(card) => card::draw(card, theme, area, buffer),
        Layer::Popup(popup) => popup::draw(popup, theme, area, buffer),
        Layer::Overlay(overlay) => overlay::draw(overlay, theme, area, buffer),
        Layer::Help(help) => help::draw(*help, state, theme, area, buffer),
        Layer::Picker(picker) => picker::draw(picker, theme, area, buffer),
        // Nothing to draw: the panes highlight matches and the selection, and the status line shows the typed text.
        Layer::Search(_) | Layer::Visual(_) | Layer::Prompt(_) => {}
    }
}

/// Draws the title of a pane, with its name on the left and another text on the right. The focused pane has both a
/// different style and a marker, because a theme may define no styles.
fn title(buffer: &mut Buffer, theme: &Theme, pane: Rect, focused: bool, name: &str, right: &str) {
    let style = theme.style(if focused { Role::TitleFocused } else { Role::Title });
    let bar = Rect { height: 1, ..pane };
    fill(buffer, bar, style);
    let width = usize::from(pane.width);
    let mark = if focused { "▸" } else { " " };
    let at = put(buffer, pane.x, pane.y, 1, mark, style);
    let used = paint::width(right).min(width);
    let room = width.saturating_sub(used + 3);
    let room = if room < 6 { width.saturating_sub(1) } else { room };
    let end = put(buffer, at, pane.y, room, name, style);
    if usize::from(end) + used < usize::from(pane.right()) {
        put(buffer, pane.right() - used as u16 - 1, pane.y, used, right, style);
    }
}

/// Draws lines of plain text in the middle of an empty pane, such as a hint on what to do next.
fn empty(buffer: &mut Buffer, theme: &Theme, pane: Rect, lines: &[&str]) {
    let inner = inside(pane);
    let room = usize::from(inner.width.saturating_sub(3));
    let rows = lines.iter().flat_map(|line| {
        let rows = crate::reflow::filled(line, room);
        // Keep blank lines, which have no words but separate the others.
        if rows.is_empty() { vec![""] } else { rows.into_iter().map(|row| row.of(line)).collect() }
    });
    let rows: Vec<&str> = rows.collect();
    let first = inner.y + inner.height.saturating_sub(rows.len() as u16) / 3;
    for (index, row) in rows.iter().enumerate() {
        let y = first + index as u16;
        if y < inner.bottom() {
            put(buffer, inner.x + 2, y, room, row, theme.style(Role::Dim));
        }
    }
}

/// Returns whether a pane is focused and not covered by the help.
fn focused(state: &State, pane: Pane) -> bool {
    state.focus == pane && !state.layers.has::<Help>()
}

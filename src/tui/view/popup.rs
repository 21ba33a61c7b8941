//! Draws a list over the panes. The selected row is shown in full.

use super::paint::{fill, frame, framed, put, width};
use crate::reflow;
use crate::tui::state::popup::{Popup, PopupRow};
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Maximum width of a list, in columns.
const MAX_WIDTH: u16 = 100;

/// Width of the symbols before the text of a row, in columns.
const SIGNS: u16 = 3;

/// Breaks the text of a row into lines of at most `room` columns.
fn broken(row: &PopupRow, room: u16) -> Vec<&str> {
    let room = usize::from(room).max(1);
    if width(&row.label) <= room {
        return vec![&row.label];
    }
    reflow::filled(&row.label, room).into_iter().map(|line| line.of(&row.label)).collect()
}

/// Returns the lines of the list, each with the index of its row. Only the selected row has more than one.
fn lines(popup: &Popup, room: u16) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    for (index, row) in popup.rows.iter().enumerate() {
        if index == popup.selected {
            lines.extend(broken(row, room).into_iter().map(|line| (index, line)));
        } else {
            lines.push((index, row.label.as_str()));
        }
    }
    lines
}

/// Returns the area of the popup, including its frame, near the middle of the screen. It has room for the longest row
/// in full, so that it keeps its size while the selection moves.
fn outer(popup: &Popup, area: Rect) -> Rect {
    let body = area.height.saturating_sub(1);
    let widest = popup.rows.iter().map(|row| width(&row.label) + 6).max().unwrap_or(0);
    let widest = (widest.max(width(popup.topic.title()) + 6).min(usize::from(MAX_WIDTH)) as u16).min(area.width);
    let room = widest.saturating_sub(2 + SIGNS);
    let most = popup.rows.iter().map(|row| broken(row, room).len()).max().unwrap_or(1);
    let height = ((popup.rows.len() + most.saturating_sub(1)) as u16).saturating_add(2).min(body);
    Rect { x: area.x + (area.width - widest) / 2, y: area.y + (body - height) / 3, width: widest, height }
}

/// Returns the area of the popup's rows, inside its frame.
pub(super) fn inner(popup: &Popup, area: Rect) -> Rect {
    framed(outer(popup, area))
}

/// Returns the index of the first visible line. In a long list, the selected row stays in the middle.
pub(super) fn first(popup: &Popup, inner: Rect) -> usize {
    let height = usize::from(inner.height).max(1);
    let count = lines(popup, inner.width.saturating_sub(SIGNS)).len();
    popup.selected.saturating_sub(height / 2).min(count.saturating_sub(height))
}

/// Draws the popup and its frame.
pub(super) fn draw(popup: &Popup, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let style = theme.style(Role::Text).patch(theme.style(Role::Popup));
    let place = outer(popup, area);
    let inner = frame(buffer, place, style);
    if inner != place {
        let title = format!(" {} ", popup.topic.title());
        let room = usize::from(inner.width).saturating_sub(2);
        put(buffer, place.x + 2, place.y, room, &title, theme.style(Role::TitleFocused));
    }
    let room = inner.width.saturating_sub(SIGNS);
    let first = first(popup, inner);
    let mut before = None;
    for (y, (index, line)) in (inner.y..inner.bottom()).zip(lines(popup, room).into_iter().skip(first)) {
        let style = if index == popup.selected { style.patch(theme.style(Role::RowFocused)) } else { style };
        fill(buffer, Rect { y, height: 1, ..inner }, style);
        if before != Some(index) {
            put(buffer, inner.x, y, 1, if index == popup.selected { "▸" } else { " " }, style);
            put(buffer, inner.x + 1, y, 1, popup.rows.get(index).map_or(" ", |row| row.sign), style);
        }
        put(buffer, inner.x + SIGNS, y, room.into(), line, style);
        before = Some(index);
    }
}

//! Draws a list over the panes.

use super::paint::{fill, frame, framed, put, width};
use crate::tui::state::popup::Popup;
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Maximum width of a list, in columns.
const MAX_WIDTH: u16 = 100;

/// Returns the area of the popup, including its frame, near the middle of the screen.
fn outer(popup: &Popup, area: Rect) -> Rect {
    let body = area.height.saturating_sub(1);
    let widest = popup.rows.iter().map(|row| width(&row.label) + 6).max().unwrap_or(0);
    let widest = widest.max(width(popup.topic.title()) + 6).min(usize::from(MAX_WIDTH)) as u16;
    let size = (widest.min(area.width), (popup.rows.len() as u16).saturating_add(2).min(body));
    Rect { x: area.x + (area.width - size.0) / 2, y: area.y + (body - size.1) / 3, width: size.0, height: size.1 }
}

/// Returns the area of the popup's rows, inside its frame.
pub(super) fn inner(popup: &Popup, area: Rect) -> Rect {
    framed(outer(popup, area))
}

/// Returns the index of the first visible row. In a long list, the selected row stays in the middle.
pub(super) fn first(popup: &Popup, inner: Rect) -> usize {
    let height = usize::from(inner.height).max(1);
    popup.selected.saturating_sub(height / 2).min(popup.rows.len().saturating_sub(height))
}

/// Draws the popup and its frame.
pub(super) fn draw(popup: &Popup, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let style = theme.style(Role::Text).patch(theme.style(Role::Popup));
    let place = outer(popup, area);
    let inner = frame(buffer, place, style);
    if inner != place {
        put(buffer, place.x + 2, place.y, usize::from(inner.width).saturating_sub(2), popup.topic.title(), style);
    }
    let first = first(popup, inner);
    for (line, (index, row)) in popup.rows.iter().enumerate().skip(first).take(usize::from(inner.height)).enumerate() {
        let y = inner.y + line as u16;
        let style = if index == popup.selected { style.patch(theme.style(Role::RowFocused)) } else { style };
        fill(buffer, Rect { y, height: 1, ..inner }, style);
        let mark = if index == popup.selected { "▸" } else { " " };
        put(buffer, inner.x, y, 1, mark, style);
        put(buffer, inner.x + 1, y, 1, row.sign, style);
        put(buffer, inner.x + 3, y, usize::from(inner.width).saturating_sub(3), &row.label, style);
    }
}

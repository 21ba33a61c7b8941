//! Draws a full-screen page.

use super::paint::{fill, put, width};
use super::title;
use crate::tui::layout::inside;
use crate::tui::state::overlay::{INDENT, Overlay, RowTarget};
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The page width divided by this number is the maximum width of the text at the right edge of a row.
const RIGHT: usize = 3;

/// Draws the page over everything except the status line.
pub(super) fn draw(overlay: &Overlay, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let pane = Rect { height: area.height.saturating_sub(1), ..area };
    let ground = theme.style(Role::Text);
    fill(buffer, pane, ground);
    title(buffer, theme, pane, true, &overlay.title, "");
    let inner = inside(pane);
    let mut y = inner.y;
    for (index, row) in overlay.rows.iter().enumerate().skip(overlay.top) {
        if y >= inner.bottom() {
            break;
        }
        let room = usize::from(inner.width).saturating_sub(INDENT + 1);
        if row.target == RowTarget::Heading {
            put(buffer, inner.x + 1, y, room, &row.left, ground.patch(theme.style(Role::Heading)));
            y += 1;
            continue;
        }
        let selected = index == overlay.selected;
        let style = if selected { ground.patch(theme.style(Role::RowFocused)) } else { ground };
        let dim = if selected { style } else { ground.patch(theme.style(Role::Dim)) };
        let sign = match row.sign {
            "!" | "−" => style.patch(theme.style(Role::Error)),
            "?" => style.patch(theme.style(Role::Unsure)),
            _ => style,
        };
        let lines = if selected { overlay.detail.len().max(1) } else { 1 };
        let place = Rect { y, height: (lines as u16).min(inner.bottom() - y), ..inner };
        if selected {
            fill(buffer, place, style);
            for line in place.top()..place.bottom() {
                put(buffer, place.x, line, 1, "▌", style);
            }
        }
        put(buffer, inner.x + 2, y, 1, row.sign, sign);
        let x = inner.x + INDENT as u16;
        if selected && !overlay.detail.is_empty() {
            for (line, words) in overlay.detail.iter().enumerate().take(usize::from(place.height)) {
                put(buffer, x, y + line as u16, room, words, style);
            }
            let (right, first) = (width(&row.right), overlay.detail.first().map_or(0, |words| width(words)));
            if right > 0 && overlay.detail.len() == 1 && first + right + 2 <= room {
                put(buffer, inner.right().saturating_sub(right as u16 + 1), y, right, &row.right, style);
            }
        } else {
            let right = width(&row.right).min(room / RIGHT);
            put(buffer, x, y, room.saturating_sub(right + 2), &row.left, style);
            put(buffer, inner.right().saturating_sub(right as u16 + 1), y, right, &row.right, dim);
        }
        y += place.height;
    }
}

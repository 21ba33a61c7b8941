//! Draws a full-screen page.

use super::paint::{fill, put, width};
use super::title;
use crate::tui::layout::inside;
use crate::tui::state::overlay::{INDENT, Overlay, RowTarget};
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

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
        let whole = overlay.whole.get(&index).filter(|_| !selected);
        let lines = if selected { overlay.detail.len() } else { whole.map_or(1, Vec::len) }.max(1);
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
            let is_said = row.full.contains(&row.right);
            if right > 0 && !is_said && overlay.detail.len() == 1 && first + right + 2 <= room {
                put(buffer, inner.right().saturating_sub(right as u16 + 1), y, right, &row.right, style);
            }
        } else {
            let right = row.right_width(room);
            let whole = whole.map_or(std::slice::from_ref(&row.left), Vec::as_slice);
            for (line, words) in whole.iter().enumerate().take(usize::from(place.height)) {
                put(buffer, x, y + line as u16, room.saturating_sub(right + 2), words, style);
            }
            put(buffer, inner.right().saturating_sub(right as u16 + 1), y, right, &row.right, dim);
        }
        y += place.height;
    }
}

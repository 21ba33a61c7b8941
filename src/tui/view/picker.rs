//! Draws the list of a picker above the prompt.

use super::paint::{self, put, width};
use crate::tui::state::picker::{Picker, ROWS};
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Maximum width of the list, in columns.
const WIDTH: u16 = 84;

/// Width of the key column, in terminal cells.
const KEYS: usize = 10;

/// Draws the list and its title.
pub(super) fn draw(picker: &Picker, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let rows = ROWS.min(usize::from(area.height.saturating_sub(3)));
    let (width_, height) = (WIDTH.min(area.width), rows as u16 + 2);
    let outer = Rect { x: 0, y: area.height.saturating_sub(1 + height), width: width_, height };
    let ground = theme.style(Role::Text).patch(theme.style(Role::Popup));
    let place = paint::frame(buffer, outer.intersection(area), ground);
    let title = format!(" {} · {} of {} ", picker.topic.title(), picker.hits.len(), picker.items.len());
    put(
        buffer,
        outer.x + 2,
        outer.y,
        usize::from(outer.width).saturating_sub(4),
        &title,
        theme.style(Role::TitleFocused),
    );
    if picker.hits.is_empty() {
        put(buffer, place.x + 1, place.y, usize::from(place.width), "No matches.", ground);
    }
    for (row, (item, selected)) in picker.window(place.height.into()).enumerate() {
        let at = Rect { y: place.y + row as u16, height: 1, ..place };
        let over = theme.style(Role::RowFocused);
        let style = if selected { ground.patch(over) } else { ground };
        if selected {
            paint::fill(buffer, at, style);
            // The marker shows the selection in a theme without colours, too.
            put(buffer, at.x, at.y, 1, "▸", style);
        }
        // Never truncate the keys, since users look them up here for the next time.
        let keys = if item.keys.is_empty() || usize::from(at.width) < 3 * KEYS { 0 } else { KEYS };
        let x = at.right().saturating_sub(keys as u16);
        put(buffer, x, at.y, keys, &item.keys, if selected { style } else { style.patch(theme.style(Role::Key)) });
        let at = Rect { width: at.width - keys as u16, ..at };
        let room = usize::from(at.width).saturating_sub(2);
        let note = width(&item.note).min(room * 2 / 3);
        let label = room.saturating_sub(if room > 40 { note + 2 } else { 0 });
        let end = put(buffer, at.x + 1, at.y, label, &item.label, style);
        if room > 40 {
            let x = (at.right() - 1 - note as u16).max(end + 1);
            let dim = if selected { style } else { style.patch(theme.style(Role::Dim)) };
            put(buffer, x, at.y, usize::from(at.right().saturating_sub(x + 1)), &item.note, dim);
        }
    }
}

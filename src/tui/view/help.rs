//! The help, and the hint box after the first key of a sequence. Both are made from the keymap in
//! force and the table of actions.

use super::paint::{fill, put, width};
use crate::tui::action::Action;
use crate::tui::help::{Entry, WIDTH, entries, rows};
use crate::tui::key::spelling;
use crate::tui::state::State;
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns of the help's keys.
const KEYS: usize = 16;
/// Draws the help over the screen.
pub fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let Some(top) = state.help else { return };
    let entries = entries(&state.keymap);
    let width = WIDTH.min(area.width);
    let height = (rows(area.height).min(entries.len()) + 1) as u16;
    let place = Rect { x: (area.width - width) / 2, y: area.height.saturating_sub(1 + height) / 2, width, height };
    let ground = theme.style(Role::Text).patch(theme.style(Role::Popup));
    fill(buffer, place, ground);
    let bar = Rect { height: 1, ..place };
    fill(buffer, bar, theme.style(Role::TitleFocused));
    put(
        buffer,
        place.x + 1,
        place.y,
        usize::from(width).saturating_sub(2),
        "Keys · j k scroll · Esc closes",
        theme.style(Role::TitleFocused),
    );
    let rows = usize::from(height).saturating_sub(1);
    for (index, entry) in entries.iter().skip(top).take(rows).enumerate() {
        let y = place.y + 1 + index as u16;
        let room = usize::from(width).saturating_sub(2);
        match entry {
            Entry::Blank => {}
            Entry::Group(name) => {
                put(buffer, place.x + 1, y, room, name, ground.patch(theme.style(Role::Heading)));
            }
            Entry::Action(keys, help) => {
                let at =
                    put(buffer, place.x + 2, y, room.saturating_sub(1), keys, ground.patch(theme.style(Role::Key)));
                let at = (at + 1).max(place.x + 2 + KEYS as u16);
                put(buffer, at, y, usize::from(place.right().saturating_sub(at + 1)), help, ground);
            }
        }
    }
}

/// What may follow the keys pressed so far.
pub fn hint(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let contexts = state.contexts();
    let rows: Vec<(String, Action)> = state.keymap.continuations(&contexts, &state.pending).collect();
    let width = rows.iter().map(|(keys, action)| width(keys) + width(action.help()) + 5).max().unwrap_or(0);
    let width = (width as u16).min(area.width);
    let height = (rows.len() as u16 + 1).min(area.height.saturating_sub(1));
    let place = Rect { x: area.width - width, y: area.height - 1 - height, width, height };
    let ground = theme.style(Role::Text).patch(theme.style(Role::Popup));
    fill(buffer, place, ground);
    fill(buffer, Rect { height: 1, ..place }, theme.style(Role::TitleFocused));
    let room = usize::from(width).saturating_sub(2);
    put(buffer, place.x + 1, place.y, room, &spelling(&state.pending), theme.style(Role::TitleFocused));
    for (index, (keys, action)) in rows.iter().take(usize::from(height).saturating_sub(1)).enumerate() {
        let y = place.y + 1 + index as u16;
        let at = put(buffer, place.x + 2, y, room, keys, ground.patch(theme.style(Role::Key)));
        put(buffer, at + 2, y, usize::from(place.right().saturating_sub(at + 3)), action.help(), ground);
    }
}

//! Draws the help page, and the hint box that appears after the first key of a sequence. Both are generated from the
//! keymap and the table of actions.

use super::paint::{self, put};
use crate::tui::action::Action;
use crate::tui::help::{HelpEntry, WIDTH, entries_for, rows};
use crate::tui::key::spelling;
use crate::tui::state::State;
use crate::tui::state::layers::Help;
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Width of the key column, in terminal cells.
const KEYS: usize = 18;

/// Minimum gap between the keys and their description, in terminal cells. A single space would look like the
/// gap between two words.
const GAP: u16 = 2;

/// Returns the area of the help, including its frame.
fn outer(entries: usize, area: Rect) -> Rect {
    let width = WIDTH.min(area.width);
    let height = (rows(area.height).min(entries) + 2) as u16;
    let y = area.height.saturating_sub(1 + height) / 2;
    Rect { x: (area.width - width) / 2, y, width, height }
}

/// Returns the area of the help's lines, inside its frame.
pub(super) fn inner(state: &State, area: Rect) -> Rect {
    paint::framed(outer(entries_for(&state.keymap, state.focus).len(), area).intersection(area))
}

/// Draws the help page over the screen.
pub(super) fn draw(help: Help, state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let entries = entries_for(&state.keymap, state.focus);
    let outer = outer(entries.len(), area);
    let width = outer.width;
    let ground = theme.style(Role::Text).patch(theme.style(Role::Popup));
    let place = paint::frame(buffer, outer.intersection(area), ground);
    put(buffer, outer.x + 2, outer.y, usize::from(width).saturating_sub(4), " Keys ", theme.style(Role::TitleFocused));
    for (index, entry) in entries.iter().skip(help.top).take(place.height.into()).enumerate() {
        let y = place.y + index as u16;
        let room = usize::from(place.width).saturating_sub(2);
        match entry {
            HelpEntry::Blank => {}
            HelpEntry::Group(name) => {
                put(buffer, place.x + 1, y, room, name, ground.patch(theme.style(Role::Heading)));
            }
            HelpEntry::Action(keys, help) => {
                let at =
                    put(buffer, place.x + 2, y, room.saturating_sub(1), keys, ground.patch(theme.style(Role::Key)));
                let at = (at + GAP).max(place.x + 2 + KEYS as u16);
                put(buffer, at, y, usize::from(place.right().saturating_sub(at + 1)), help, ground);
            }
        }
    }
}

/// Draws the hint box, which lists the keys that can continue a sequence.
pub(super) fn hint(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let contexts = state.contexts();
    let rows: Vec<(String, Action)> = state.keymap.continuations(&contexts, &state.pending).collect();
    let width =
        rows.iter().map(|(keys, action)| paint::width(keys) + paint::width(action.help()) + 7).max().unwrap_or(0);
    let width = (width as u16).min(area.width);
    let height = (rows.len() as u16 + 2).min(area.height.saturating_sub(1));
    let outer = Rect { x: area.width - width, y: area.height - 1 - height, width, height };
    let ground = theme.style(Role::Text).patch(theme.style(Role::Popup));
    let place = paint::frame(buffer, outer, ground);
    let pending = format!(" {} ", spelling(&state.pending));
    put(buffer, outer.x + 2, outer.y, usize::from(width).saturating_sub(4), &pending, theme.style(Role::TitleFocused));
    for (index, (keys, action)) in rows.iter().take(place.height.into()).enumerate() {
        let y = place.y + index as u16;
        let room = usize::from(place.width).saturating_sub(2);
        let at = put(buffer, place.x + 1, y, room, keys, ground.patch(theme.style(Role::Key)));
        put(buffer, at + 2, y, usize::from(place.right().saturating_sub(at + 3)), action.help(), ground);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::help::entries;
    use crate::tui::keymap::Keymap;

    /// The frame takes two columns and the margins take three.
    #[test]
    fn keys_and_descriptions_fit_into_their_columns() {
        for entry in entries(&Keymap::bundled()) {
            if let HelpEntry::Action(keys, help) = entry {
                assert!(paint::width(&keys) + usize::from(GAP) <= KEYS, "{keys}");
                assert!(paint::width(help) + KEYS + 5 <= usize::from(WIDTH), "{help}");
            }
        }
    }
}

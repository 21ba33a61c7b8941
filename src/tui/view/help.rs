//! Draws the help page, and the hint box that appears after the first key of a sequence. Both are generated from the
//! keymap and the table of actions.

use super::paint::{self, put};
use crate::tui::action::Action;
use crate::tui::help::{HelpColumns, HelpEntry, entries_for};
use crate::tui::key::spelling;
use crate::tui::state::State;
use crate::tui::state::layers::Help;
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Minimum number of columns that must remain beside the help for the panes to be seen there.
const MIN_BESIDE: u16 = 12;

/// Returns the lines of the help, and its area including the frame.
fn lines(state: &State, columns: HelpColumns, area: Rect) -> (Vec<HelpEntry>, Rect) {
    let lines = columns.broken(entries_for(&state.keymap, state.overlay().map(|page| &page.subject), state.focus));
    let width = (columns.count * columns.width + 2).min(area.width);
    // Beside a frame that nearly fills the screen, the ends of the lines below it would be noise.
    let width = if area.width - width < MIN_BESIDE { area.width } else { width };
    let height = columns.rows.min(lines.len().div_ceil(columns.count.into()) as u16) + 2;
    let y = area.height.saturating_sub(1 + height) / 2;
    (lines, Rect { x: (area.width - width) / 2, y, width, height })
}

/// Returns the area of the help's lines, inside its frame.
pub(super) fn inner(state: &State, area: Rect) -> Rect {
    paint::framed(lines(state, HelpColumns::of(area.as_size()), area).1.intersection(area))
}

/// Draws the help page over the screen, column by column.
pub(super) fn draw(help: Help, state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let columns = HelpColumns::of(area.as_size());
    let (lines, outer) = lines(state, columns, area);
    let ground = theme.style(Role::Text).patch(theme.style(Role::Popup));
    let place = paint::frame(buffer, outer.intersection(area), ground);
    let room = usize::from(outer.width).saturating_sub(4);
    put(buffer, outer.x + 2, outer.y, room, " Keys ", theme.style(Role::TitleFocused));
    let height = usize::from(place.height).max(1);
    for (index, line) in lines.iter().skip(help.top).take(height * usize::from(columns.count)).enumerate() {
        let x = place.x + columns.width * (index / height) as u16;
        let y = place.y + (index % height) as u16;
        let room = usize::from(columns.width).saturating_sub(2);
        match line {
            HelpEntry::Blank => {}
            HelpEntry::Group(name) => {
                put(buffer, x + 1, y, room, name, ground.patch(theme.style(Role::Heading)));
            }
            HelpEntry::Action(keys, help) => {
                put(buffer, x + 2, y, room.saturating_sub(1), keys, ground.patch(theme.style(Role::Key)));
                let at = columns.description_at(keys);
                put(buffer, x + at, y, usize::from(columns.width.saturating_sub(at + 1)), help, ground);
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
    use ratatui::layout::Size;

    #[test]
    fn keys_and_descriptions_fit_into_their_columns() {
        let columns = HelpColumns::of(Size::new(80, 24));
        let entries = entries(&Keymap::bundled());
        assert_eq!(columns.broken(entries.clone()), entries);
        for entry in entries {
            if let HelpEntry::Action(keys, _) = entry {
                assert_eq!(columns.description_at(&keys), columns.indent(), "{keys}");
            }
        }
    }
}

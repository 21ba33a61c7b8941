//! Handles actions on the help page.

use crate::tui::action::Action;
use crate::tui::state::State;
use crate::tui::state::layers::Help;

/// Number of screen rows that the help text cannot use: its frame, and the status line.
const ROWS_OUTSIDE: u16 = 4;

/// Scrolls the help page. Returns whether the action was handled.
pub(super) fn act(state: &mut State, action: Action, times: isize) -> bool {
    let page = state.size.height.saturating_sub(ROWS_OUTSIDE) as isize;
    let Some(help) = state.layers.get_mut::<Help>() else { return false };
    let rows = match action {
        Action::Down => times,
        Action::Up => -times,
        Action::HalfPageDown => times * (page / 2).max(1),
        Action::HalfPageUp => -times * (page / 2).max(1),
        Action::PageDown | Action::ReadOn => times * page.max(1),
        Action::PageUp => -times * page.max(1),
        Action::Top => isize::MIN,
        Action::Bottom => isize::MAX,
        // Consume these actions, because the panes below must not change.
        Action::NextPane | Action::PreviousPane => 0,
        _ => return false,
    };
    help.top = help.top.saturating_add_signed(rows);
    true
}

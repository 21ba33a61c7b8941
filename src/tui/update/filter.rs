//! Filters the rows of a pane while the user types.

use super::{navigate, stories};
use crate::tui::action::Action;
use crate::tui::layout::Pane;
use crate::tui::state::State;
use crate::tui::state::filter::Filter;
use crate::tui::state::prompt::{Prompt, Purpose};

/// Opens the prompt for the filter of the focused pane.
pub(super) fn begin(state: &mut State) {
    let text = match state.focus {
        Pane::List => state.list.filter.typed(),
        Pane::Panel(kind) => state.panel(kind).filter.typed(),
        Pane::Reading => {
            let key = state.key(Action::Search);
            state.set_status(format!("Only lists can be filtered · {key} searches the text"));
            return;
        }
    };
    state.layers.open(Prompt::prefilled(Purpose::Filter, text));
}

/// Shows only the rows that contain the words typed so far.
pub(super) fn typed(state: &mut State, words: &str) {
    let filter = Filter::new(words);
    match state.focus {
        Pane::List => {
            state.list.keep(filter, &state.stories);
            // If the filter hides the open story, switch to another story that matches.
            let to = state.list.step(0, &state.stories);
            stories::go(state, to);
        }
        Pane::Panel(kind) => {
            state.panel_mut(kind).filter = filter;
            state.refill(kind);
            navigate::preview(state, kind);
        }
        Pane::Reading => {}
    }
}

/// Returns whether the focused pane has a filter.
pub(super) fn active(state: &State) -> bool {
    match state.focus {
        Pane::List => !state.list.filter.is_empty(),
        Pane::Panel(kind) => !state.panel(kind).filter.is_empty(),
        Pane::Reading => false,
    }
}

/// Clears the filter of the focused pane.
pub(super) fn end(state: &mut State) {
    typed(state, "");
    state.set_status("Cleared the filter");
}

/// Shows the number of rows that match the filter in the status line.
pub(super) fn accept(state: &mut State) {
    if !active(state) {
        return;
    }
    let count = match state.focus {
        Pane::List => state.list.count(&state.stories),
        Pane::Panel(kind) => state.panel(kind).rows.len(),
        Pane::Reading => return,
    };
    let rows = if count == 1 { "row" } else { "rows" };
    let text = format!("{count} {rows} · {} clears the filter", state.key(Action::BackOut));
    state.set_status(text);
}

//! Marks: locations to which the user assigns a letter.

use super::{jump, navigate};
use crate::tui::action::Action;
use crate::tui::key::Key;
use crate::tui::state::{Awaiting, State};

/// Waits for the letter of a mark.
pub(super) fn ask(state: &mut State, what: Awaiting) {
    state.awaiting = Some(what);
    state.set_status(match what {
        Awaiting::SetMark => "Type a letter to set a bookmark",
        Awaiting::GoToMark => "Type the letter of a bookmark to jump to it",
    });
}

/// Handles the letter of a mark. Any other key cancels.
pub(super) fn take(state: &mut State, what: Awaiting, key: Key) {
    let Some(letter) = key.typed().filter(|letter| letter.is_alphanumeric() || *letter == '\'') else { return };
    match what {
        Awaiting::SetMark => {
            let here = navigate::location(state);
            state.marks.insert(letter, here);
            let back = state.key(Action::GoToMark);
            state.set_status(format!("Set bookmark {letter} · {back}{letter} returns here"));
        }
        // Pressing the key twice returns to the location before the last jump, as in vi and less.
        Awaiting::GoToMark if letter == '\'' => jump::back(state),
        Awaiting::GoToMark => match state.marks.get(&letter).cloned() {
            Some(location) => {
                navigate::remember(state);
                jump::restore(state, location);
                state.set_status(format!("Bookmark {letter}"));
            }
            None => state.set_status(format!("No bookmark {letter}")),
        },
    }
}

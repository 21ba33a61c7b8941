//! Asks the library for the rows of the list.

use super::navigate;
use crate::tui::layout::Pane;
use crate::tui::library_client::View;
use crate::tui::state::{PendingJump, State};

/// Asks for a view.
pub(super) fn show(state: &mut State, view: View) {
    let Some(library) = &mut state.library else { return };
    library.generation += 1;
    library.waiting = true;
    library.pending_jump = None;
    library.quiet = false;
    library.asked = Some(view);
}

/// Asks for a view, and for a place in it.
pub(super) fn go(state: &mut State, view: View, pending_jump: Option<PendingJump>) {
    show(state, view);
    if let Some(library) = &mut state.library {
        library.pending_jump = pending_jump;
    }
}

/// Reads the rows of the view again without a message; story, place and focus stay.
pub(super) fn reload(state: &mut State) {
    let Some(library) = state.library.as_ref().filter(|library| !library.waiting && library.origin.is_none()) else {
        return;
    };
    let view = library.view.clone();
    let kept = state.story().and_then(|story| story.kept.as_ref());
    let (id, loaded) = (kept.map(|kept| kept.id), kept.is_some_and(|kept| kept.loaded));
    // Returning to a place in the text would move the focus if the text is not shown.
    let location = state.panes().reading.is_some().then(|| navigate::location(state));
    let focus = state.focus;
    let pending_jump = id.map(|id| PendingJump { id, span: None, location, focus });
    go(state, view, pending_jump);
    if let Some(library) = &mut state.library {
        library.quiet = true;
        if loaded {
            library.reread = id.filter(|_| focus == Pane::Reading);
        }
    }
}

/// Reports that there is no library.
pub(super) fn no_library(state: &mut State) {
    state.set_status("Not in your library; `dateline add FILE…` adds stories");
}

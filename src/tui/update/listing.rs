//! Asks the library for the rows of the list.

use super::navigate;
use crate::tui::layout::Pane;
use crate::tui::shelf::View;
use crate::tui::state::{Landing, State};

/// Asks for a view.
pub(super) fn show(state: &mut State, view: View) {
    let Some(shelf) = &mut state.shelf else { return };
    shelf.generation += 1;
    shelf.waiting = true;
    shelf.landing = None;
    shelf.quiet = false;
    shelf.asked = Some(view);
}

/// Asks for a view, and for a place in it.
pub(super) fn go(state: &mut State, view: View, landing: Option<Landing>) {
    show(state, view);
    if let Some(shelf) = &mut state.shelf {
        shelf.landing = landing;
    }
}

/// Reads the rows of the view again without a message; story, place and focus stay.
pub(super) fn reload(state: &mut State) {
    let Some(shelf) = state.shelf.as_ref().filter(|shelf| !shelf.waiting && shelf.origin.is_none()) else { return };
    let view = shelf.view.clone();
    let kept = state.story().and_then(|story| story.kept.as_ref());
    let (id, loaded) = (kept.map(|kept| kept.id), kept.is_some_and(|kept| kept.loaded));
    // Returning to a place in the text would move the focus if the text is not shown.
    let spot = state.panes().reading.is_some().then(|| navigate::location(state));
    let focus = state.focus;
    let landing = id.map(|id| Landing { id, span: None, spot, focus });
    go(state, view, landing);
    if let Some(shelf) = &mut state.shelf {
        shelf.quiet = true;
        if loaded {
            shelf.reread = id.filter(|_| focus == Pane::Reading);
        }
    }
}

/// Reports that there is no library.
pub(super) fn no_library(state: &mut State) {
    state.say("Not in your library; `dateline add FILE…` adds stories");
}

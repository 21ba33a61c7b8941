//! Requests the rows of the list from the library.

use super::navigate;
use crate::tui::action::Action;
use crate::tui::layout::Pane;
use crate::tui::library_messages::View;
use crate::tui::state::{PendingJump, State};
use crate::tui::story::Story;
use dateline_library::List;

/// Requests the rows of a view.
pub(super) fn show(state: &mut State, view: View) {
    let Some(library) = &mut state.library else { return };
    library.generation += 1;
    library.waiting = true;
    library.pending_jump = None;
    library.quiet = false;
    library.asked = Some(view);
}

/// Requests the rows of a view. Once they have arrived, the pending jump is made.
pub(super) fn go(state: &mut State, view: View, pending_jump: Option<PendingJump>) {
    show(state, view);
    if let Some(library) = &mut state.library {
        library.pending_jump = pending_jump;
    }
}

/// Returns the view in which to open another version of a story: the current one if it lists the story.
pub(super) fn view_with(state: &State, id: i64) -> View {
    let is_it = |story: &Story| story.kept.as_ref().is_some_and(|kept| kept.id == id);
    let current = state.library.as_ref().map(|library| library.view.clone());
    current.filter(|_| state.stories.iter().any(is_it)).unwrap_or(View::List(List::All))
}

/// Reloads the rows of the current view, without a message. Story, location and focus stay the same.
pub(super) fn reload(state: &mut State) {
    let Some(library) = state.library.as_ref().filter(|library| !library.waiting && library.origin.is_none()) else {
        return;
    };
    let view = library.view.clone();
    let kept = state.story().and_then(|story| story.kept.as_ref());
    let (id, loaded) = (kept.map(|kept| kept.id), kept.is_some_and(|kept| kept.loaded));
    // If the text is hidden, returning to a location in it would move the focus.
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

/// Reports that no story is open, and which key leads to one.
pub(super) fn no_story(state: &mut State) {
    let [open, next] = [Action::Open, Action::NextList].map(|action| state.key(action));
    state.set_status(if state.stories.is_empty() && state.library.is_some() {
        format!("No story is open, because this list is empty · {next} switches lists")
    } else if state.stories.is_empty() || open == Action::Open.name() {
        // The text pane has no key for this action, and `State::key` then returns the name of the action.
        "No story is open".to_owned()
    } else {
        format!("No story is open · {open} opens one")
    });
}

/// Reports that there is no library yet, and how to create one.
pub(super) fn no_library(state: &mut State) {
    state.set_status("No library yet · `dateline add FILE…` creates one");
}

//! Marks many stories in the list as read at once.

use super::listing;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::library_messages::Request;
use crate::tui::state::{BulkRead, Confirmation, ConfirmedAction, State};
use std::collections::HashSet;

/// Maximum number of stories to mark as read without confirmation.
const MAX_UNASKED: usize = 50;

/// Marks stories as read. Asks for confirmation if there are many.
pub(super) fn begin(state: &mut State, which: BulkRead, effects: &mut Vec<Effect>) {
    if state.library.is_none() {
        return listing::no_library(state);
    }
    match unread(state, which).len() {
        0 => state.set_status("No unread stories here"),
        count if count > MAX_UNASKED => {
            let text = format!("Mark {count} stories as read? y/n");
            state.confirmation = Some(Confirmation { text, action: ConfirmedAction::Read(which) });
        }
        _ => mark(state, which, effects),
    }
}

/// Handles the key that answers the confirmation question.
pub(super) fn answer(state: &mut State, which: BulkRead, key: Key, effects: &mut Vec<Effect>) {
    if matches!(key.typed(), Some('y' | 'Y')) {
        mark(state, which, effects);
    } else {
        state.set_status("Nothing was marked");
    }
}

fn mark(state: &State, which: BulkRead, effects: &mut Vec<Effect>) {
    effects.push(Effect::Library(Request::MarkRead(unread(state, which))));
}

/// Returns the IDs of the unread stories in the list, either all of them or those above the selected one.
fn unread(state: &State, which: BulkRead) -> Vec<i64> {
    let rows = match which {
        BulkRead::All => usize::MAX,
        BulkRead::Above => state.list.row(),
    };
    // Versions that share a row are marked with it.
    let is_chosen = |number: usize| state.list.is_listed(number) && state.list.row_of(number) < rows;
    let stories = state.stories.iter().enumerate().filter(|(number, _)| is_chosen(*number)).map(|(_, story)| story);
    stories.filter_map(|story| story.kept.as_ref()).filter(|kept| !kept.read).map(|kept| kept.id).collect()
}

/// Shows stories as read once the library has saved the change. `said` describes it for the status line.
pub(super) fn marked(state: &mut State, ids: &[i64], said: &str) {
    let ids: HashSet<i64> = ids.iter().copied().collect();
    for story in &mut state.stories {
        if let Some(kept) = story.kept.as_mut().filter(|kept| ids.contains(&kept.id)) {
            kept.read = true;
            story.read = true;
        }
    }
    let undo = state.key(Action::Undo);
    state.set_status(format!("{said} · {undo} undo"));
}

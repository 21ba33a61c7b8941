//! Handles undo and redo: requests them from the library, asks for confirmation, and shows the result.

use super::{correct, keeping, listing, overlay};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::library_messages::{Request, Reversal};
use crate::tui::state::prompt::Prompt;
use crate::tui::state::{Confirmation, ConfirmedAction, State};
use dateline_library::Direction;

/// Undoes or redoes the last change. Corrections of a story outside the library come first, because they are not in the
/// journal.
pub(super) fn begin(state: &mut State, direction: Direction, effects: &mut Vec<Effect>) {
    if let Some(what) = correct::replay(state, direction) {
        report_done(state, direction, &what);
        return;
    }
    if !keeping::has_journal(state) {
        report_nothing(state, direction);
        return;
    }
    effects.push(Effect::Library(Request::Replay(direction, shown(state))));
}

/// Returns the library ID of the story whose text is on the screen.
fn shown(state: &State) -> Option<i64> {
    state.story().and_then(|story| story.kept.as_ref()).filter(|kept| kept.loaded).map(|kept| kept.id)
}

/// Handles the library's reply: reloads the visible rows, or asks for confirmation.
pub(super) fn replayed(state: &mut State, reversal: Reversal, effects: &mut Vec<Effect>) {
    match reversal {
        Reversal::Done(direction, replayed) => {
            listing::reload(state);
            keeping::ask_marks(state, effects);
            overlay::renew(state, effects);
            let left_out = match replayed.left_out {
                0 => String::new(),
                count => format!(", except {count} changed or deleted since"),
            };
            report_done(state, direction, &format!("{}{left_out}", replayed.label));
        }
        Reversal::Refused(direction, reason) => {
            let key = state.key(action(direction));
            state.set_error(format!("{} · {key} skips it", capitalised(&reason)));
        }
        Reversal::Nothing(direction) => report_nothing(state, direction),
        // A question that appears while the user is typing would take the next letter as its answer.
        Reversal::Ask { .. }
            if state.layers.has::<Prompt>() || state.awaiting.is_some() || state.confirmation.is_some() => {}
        Reversal::Ask { direction, id, question } => {
            state.confirmation = Some(Confirmation { text: question, action: ConfirmedAction::Replay(direction, id) });
        }
    }
}

/// Handles the key that answers the confirmation question. Only `y` means yes.
pub(super) fn answer(state: &mut State, direction: Direction, id: i64, key: Key, effects: &mut Vec<Effect>) {
    if matches!(key.typed(), Some('y' | 'Y')) {
        effects.push(Effect::Library(Request::ReplayChange(direction, id, shown(state))));
        return;
    }
    state.set_status(match direction {
        Direction::Undo => "Did not undo anything",
        Direction::Redo => "Did not redo anything",
    });
}

/// Reports the change that was undone or redone, and the key that reverses it.
fn report_done(state: &mut State, direction: Direction, what: &str) {
    state.set_status(match direction {
        Direction::Undo => format!("Undid: {what} · {} redo", state.key(Action::Redo)),
        Direction::Redo => format!("Redid: {what} · {} undo", state.key(Action::Undo)),
    });
}

fn report_nothing(state: &mut State, direction: Direction) {
    state.set_status(match direction {
        Direction::Undo => "Nothing to undo",
        Direction::Redo => "Nothing to redo",
    });
}

const fn action(direction: Direction) -> Action {
    match direction {
        Direction::Undo => Action::Undo,
        Direction::Redo => Action::Redo,
    }
}

/// Capitalises the first letter of a clause.
fn capitalised(clause: &str) -> String {
    let mut letters = clause.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

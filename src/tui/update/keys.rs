//! Converts key presses to actions. Handles key sequences, counts and typed text.

use super::{act, bulk, keeping, marks, prompt, undo};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::key::{Key, spelling};
use crate::tui::keymap::Resolved;
use crate::tui::library_messages::Renewal;
use crate::tui::state::prompt::Prompt;
use crate::tui::state::{ConfirmedAction, State};

/// Maximum count before an action.
const MAX_COUNT: usize = 10_000;

/// Handles a key press.
pub(super) fn press(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    // A message may hide the notice that all stories are annotated. In that case, this key clears only the message, so
    // that the notice stays readable until the next key.
    if state.message.take().is_none() && matches!(state.renewal, Some(Renewal::Ended(_))) {
        state.renewal = None;
    }
    if let Some(question) = state.confirmation.take() {
        match question.action {
            ConfirmedAction::Replay(direction, id) => undo::answer(state, direction, id, key, effects),
            ConfirmedAction::Quit => keeping::answer(state, key),
            ConfirmedAction::Read(which) => bulk::answer(state, which, key, effects),
        }
        return;
    }
    if let Some(what) = state.awaiting.take() {
        marks::take(state, what, key);
        return;
    }
    let contexts = state.contexts();
    if counts(state, key, &contexts) {
        return;
    }
    state.pending.push(key);
    match state.keymap.resolve(&contexts, &state.pending) {
        Resolved::Prefix => {}
        Resolved::Action(action) => {
            state.pending.clear();
            let count = state.count.take();
            act::act(state, action, count, effects);
        }
        Resolved::Unbound => unbound(state, key, effects),
    }
}

/// Appends a typed digit to the count. If a digit is bound to an action, it counts only after another digit. Returns
/// whether the key was counted.
fn counts(state: &mut State, key: Key, contexts: &[crate::tui::keymap::Context]) -> bool {
    let Some(digit) = key.typed().and_then(|character| character.to_digit(10)) else { return false };
    let free = state.count.is_some() || state.keymap.resolve(contexts, &[key]) == Resolved::Unbound;
    if state.layers.has::<Prompt>() || !state.pending.is_empty() || !free || (digit == 0 && state.count.is_none()) {
        return false;
    }
    state.count = Some((state.count.unwrap_or(0) * 10 + digit as usize).min(MAX_COUNT));
    true
}

/// Types the character of an unbound key into the prompt, or reports that the key is unbound.
fn unbound(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    let keys = std::mem::take(&mut state.pending);
    state.count = None;
    if state.layers.has::<Prompt>() {
        if let Some(character) = key.typed() {
            prompt::typed(state, character, effects);
        }
        return;
    }
    // A sequence ended by Esc was cancelled on purpose.
    if keys.len() < 2 || key != Key::parse("Esc").unwrap_or(key) {
        let text = format!("{} does nothing here · {} shows every key", spelling(&keys), state.key(Action::Help));
        state.set_status(text);
    }
}

//! Handles pasted text. It is inserted into an open prompt, or else read as stories.

use super::{navigate, prompt, stories};
use crate::tui::effect::Effect;
use crate::tui::layout::Pane;
use crate::tui::state::State;
use crate::tui::state::prompt::Prompt;
use dateline_core::article::Article;

/// Inserts pasted text into an open prompt, or requests that it be read as stories.
pub(super) fn take(state: &mut State, text: String, effects: &mut Vec<Effect>) {
    if state.layers.has::<Prompt>() {
        prompt::paste(state, &text, effects);
    } else if text.trim().is_empty() {
        state.set_status("The pasted text is empty");
    } else {
        state.set_status("Reading the pasted text …");
        effects.push(Effect::ReadText(text));
    }
}

/// Adds the stories read from pasted text to the list, and opens the first one.
pub(super) fn show(state: &mut State, articles: Vec<Article>) {
    let first = state.stories.len();
    let count = articles.len();
    stories::add(state, articles);
    if count == 0 {
        state.set_status("Found no story in the pasted text");
        return;
    }
    stories::go(state, first);
    navigate::focus(state, Pane::Reading);
    state.set_status(if count == 1 { "Pasted: one story".to_owned() } else { format!("Pasted: {count} stories") });
}

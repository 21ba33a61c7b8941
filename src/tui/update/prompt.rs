//! Handles typing into the prompt in the status line.

use super::{correct, filter, find, library, pick, picker, pipe, query, views, visual};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::state::State;
use crate::tui::state::picker::Picker;
use crate::tui::state::prompt::{Prompt, Purpose};
use jiff::civil::Date;

/// Inserts a typed character.
pub(super) fn typed(state: &mut State, character: char, effects: &mut Vec<Effect>) {
    edit(state, effects, |prompt| prompt.insert(character.encode_utf8(&mut [0; 4])));
}

/// Inserts pasted text, if a prompt is open.
pub(super) fn paste(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    edit(state, effects, |prompt| prompt.insert(text));
}

/// Edits the text of the prompt. A search, query or filter is updated immediately.
pub(super) fn edit(state: &mut State, effects: &mut Vec<Effect>, change: impl FnOnce(&mut Prompt)) {
    let Some(prompt) = state.layers.get_mut::<Prompt>() else { return };
    change(prompt);
    prompt.recalled = None;
    let (purpose, text) = (prompt.purpose, prompt.text.clone());
    match purpose {
        Purpose::Search => find::typed(state, &text),
        Purpose::Filter => filter::typed(state, &text),
        Purpose::Pick => {
            if let Some(picker) = state.layers.get_mut::<Picker>() {
                picker.narrow(&text);
            }
            picker::preview(state);
        }
        Purpose::Find => query::typed(state, &text, effects),
        Purpose::Date
        | Purpose::EventDate(_)
        | Purpose::Note(_)
        | Purpose::Pipe(_)
        | Purpose::Tag
        | Purpose::ViewName
        | Purpose::FeedName(_)
        | Purpose::FeedAddress => {}
    }
}

/// Makes a prefilled text editable, so that typing does not replace it.
pub(super) fn extend(state: &mut State) {
    if let Some(prompt) = state.layers.get_mut::<Prompt>() {
        prompt.prefilled = false;
    }
}

/// Opens the prompt for the reference date, from which relative times are resolved.
pub(super) fn ask_date(state: &mut State) {
    if state.story().is_none_or(|story| story.failed) {
        return;
    }
    let reference = state.analysis_view().and_then(|analysis_view| analysis_view.analysis.reference.as_ref());
    let text = reference.map(|reference| reference.date.to_string()).unwrap_or_default();
    state.layers.open(Prompt::prefilled(Purpose::Date, text));
}

/// Accepts the typed text. If it chooses an action, returns the action, since only `act` runs actions.
pub(super) fn accept(state: &mut State, effects: &mut Vec<Effect>) -> Option<Action> {
    let prompt = state.layers.take::<Prompt>()?;
    match prompt.purpose {
        Purpose::Search => find::accept(state),
        Purpose::Note(index) => visual::note(state, index, &prompt.text, effects),
        Purpose::Filter => filter::accept(state),
        Purpose::Pick if pick::with_argument(state, &prompt.text) => {}
        Purpose::Pick => return pick::accept(state, effects),
        Purpose::Pipe(source) => pipe::accept(state, source, &prompt.text, effects),
        Purpose::Find => query::accept(state, prompt, effects),
        Purpose::ViewName => views::save(state, &prompt.text, effects),
        Purpose::FeedName(feed) => views::rename(feed, &prompt.text, effects),
        Purpose::FeedAddress => views::follow(state, &prompt.text, effects),
        Purpose::Tag => library::tag(state, &prompt.text, effects),
        Purpose::EventDate(event) => correct::date(state, prompt, event, effects),
        Purpose::Date => set_date(state, prompt),
    }
    None
}

/// Cancels the prompt, and undoes its preview.
pub(super) fn abandon(state: &mut State) {
    picker::close(state);
    match state.layers.take::<Prompt>().map(|prompt| prompt.purpose) {
        Some(Purpose::Search) => find::abandon(state),
        Some(Purpose::Filter) => filter::end(state),
        Some(Purpose::Find) => query::abandon(state),
        _ => {}
    }
}

/// Sets the reference date. If nothing was typed, removes the date that the user set before.
fn set_date(state: &mut State, prompt: Prompt) {
    let typed = prompt.text.trim();
    let date = if typed.is_empty() { Ok(None) } else { typed.parse::<Date>().map(Some) };
    let Ok(date) = date else {
        state.set_error(format!("“{typed}” is not a date (YYYY-MM-DD)"));
        state.layers.open(prompt);
        return;
    };
    if let Some(story) = state.story_mut() {
        story.opened_mut().options.reference = date;
        story.analysis_view = None;
        story.asked = false;
    }
    state.reading.select(None, None, None);
    state.set_status(match date {
        Some(date) => format!("Set the story date to {}", crate::tui::dates::day(date)),
        None => "Reset the story date".to_owned(),
    });
}

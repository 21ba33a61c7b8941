//! Opens a picker, and handles moving in it and completing a label.

use crate::tui::action::Action;
use crate::tui::state::State;
use crate::tui::state::picker::{Choice, Picker, PickerItem, PickerKind, ROWS};
use crate::tui::state::prompt::{Prompt, Purpose};
use dateline_core::Named;

/// Opens a picker with its prompt.
pub(super) fn open(state: &mut State, topic: PickerKind, items: Vec<PickerItem>) {
    let mut picker = Picker::new(topic, items);
    picker.theme = state.theme;
    state.layers.open(picker);
    state.layers.open(Prompt::new(Purpose::Pick));
}

/// Returns picker items for the entities of the open story.
pub(super) fn entities(state: &State, choice: impl Fn(usize) -> Choice) -> Vec<PickerItem> {
    let Some(analysis_view) = state.analysis_view() else { return Vec::new() };
    let entities = analysis_view.analysis.entities.iter().enumerate();
    let item = |(index, entity): (usize, &dateline_analysis::Entity)| PickerItem {
        label: entity.name.clone(),
        note: crate::tui::labels::entity_type(entity.kind.name()).to_owned(),
        keys: String::new(),
        choice: choice(index),
    };
    entities.map(item).collect()
}

/// Moves in the list of the picker. Returns whether the action was handled.
pub(super) fn act(state: &mut State, action: Action, times: isize) -> bool {
    let Some(picker) = state.layers.get_mut::<Picker>() else { return false };
    let page = ROWS as isize;
    match action {
        Action::Down => picker.step(times),
        Action::Up => picker.step(-times),
        Action::PageDown | Action::HalfPageDown => picker.step(page * times),
        Action::PageUp | Action::HalfPageUp => picker.step(-page * times),
        _ => return false,
    }
    preview(state);
    true
}

/// Previews the theme of the selected row, or restores the theme in use if the row is not a theme.
pub(super) fn preview(state: &mut State) {
    let Some(picker) = state.layers.get::<Picker>() else { return };
    state.theme = match picker.item().map(|item| &item.choice) {
        Some(Choice::Theme(theme)) => *theme,
        _ => picker.theme,
    };
}

/// Closes the picker and restores the theme in use before the preview.
pub(super) fn close(state: &mut State) -> Option<Picker> {
    let picker = state.layers.take::<Picker>()?;
    state.theme = picker.theme;
    Some(picker)
}

/// Copies the label of the selected item into the prompt.
pub(super) fn complete(state: &mut State) {
    let Some(picker) = state.layers.get_mut::<Picker>() else { return };
    let Some(label) = picker.item().map(|item| item.label.clone()) else { return };
    picker.narrow(&label);
    if let Some(prompt) = state.layers.get_mut::<Prompt>() {
        prompt.text = label;
    }
    preview(state);
}

//! A list to choose from: opening it, its items, taking over the selected one.

use crate::tui::state::State;
use crate::tui::state::picker::{Choice, Item, Picker, Topic};
use crate::tui::state::prompt::{Prompt, Purpose};

/// Opens a list to choose from.
pub fn open(state: &mut State, topic: Topic, items: Vec<Item>) {
    state.help = None;
    state.picker = Some(Picker::new(topic, items));
    state.prompt = Some(Prompt::new(Purpose::Pick));
}

/// The entities of the story as items.
pub fn entities(state: &State, choice: impl Fn(usize) -> Choice) -> Vec<Item> {
    let Some(findings) = state.findings() else { return Vec::new() };
    let entities = findings.analysis.entities.iter().enumerate();
    let item = |(index, entity): (usize, &crate::analysis::Entity)| Item {
        label: entity.name.clone(),
        note: entity.kind.name().to_owned(),
        choice: choice(index),
    };
    entities.map(item).collect()
}

/// Puts the selected label into the prompt.
pub fn complete(state: &mut State) {
    let label = state.picker.as_ref().and_then(Picker::item).map(|item| item.label.clone());
    if let (Some(label), Some(prompt)) = (label, &mut state.prompt) {
        prompt.text.clone_from(&label);
        if let Some(picker) = &mut state.picker {
            picker.narrow(&label);
        }
    }
}

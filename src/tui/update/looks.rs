//! Changes the appearance of the text: line width, justification, hyphenation, paragraphs, zen mode and theme.

use super::navigate;
use crate::tui::layout::{GUTTER, Pane, scroll_bar};
use crate::tui::page::Typography;
use crate::tui::state::State;

/// Increases or decreases the maximum line width.
pub(super) fn change_measure(state: &mut State, wider: bool) {
    let pane = state.panes().reading;
    let room = pane.map_or(u16::MAX, |pane| pane.width.saturating_sub(GUTTER + scroll_bar(pane.width)));
    state.reading.change_measure(wider, room);
    let measure = state.reading.measure;
    state.set_status(if measure > room {
        format!("Line width {measure}, but only {room} columns fit")
    } else {
        format!("Line width {measure}")
    });
}

/// Changes one typographic setting of lines or paragraphs, and reports its new value.
pub(super) fn change(state: &mut State, change: impl FnOnce(&mut Typography)) {
    let before = state.reading.setting;
    change(&mut state.reading.setting);
    let Typography { justified, hyphenated, indented } = state.reading.setting;
    let on_off = |is| if is { "on" } else { "off" };
    state.set_status(if justified != before.justified {
        format!("Justification {}", on_off(justified))
    } else if hyphenated != before.hyphenated {
        format!("Hyphenation {}", on_off(hyphenated))
    } else {
        format!("Paragraph indents {}", on_off(indented))
    });
}

/// Toggles between centring the text in its pane and aligning it on the left.
pub(super) fn align(state: &mut State) {
    state.reading.at_left = !state.reading.at_left;
    state.set_status(if state.reading.at_left { "Left-aligned" } else { "Centred" });
}

/// Toggles the marks of the analysis in the text.
pub(super) fn plain_text(state: &mut State) {
    state.reading.plain = !state.reading.plain;
    let key = state.key(crate::tui::action::Action::PlainText);
    state.set_status(if state.reading.plain {
        format!("Hid the marks in the text · {key} shows them")
    } else {
        "Showed the marks in the text".to_owned()
    });
}

/// Toggles between showing only the text, without marks, and showing all panes.
pub(super) fn zen(state: &mut State) {
    state.zen = !state.zen;
    if state.zen {
        navigate::focus(state, Pane::Reading);
    }
    let key = state.key(crate::tui::action::Action::Zen);
    state.set_status(if state.zen {
        format!("Hid the panes · {key} shows them")
    } else {
        "Showed all panes".to_owned()
    });
}

/// Switches to the next theme.
pub(super) fn cycle_theme(state: &mut State) {
    set_theme(state, (state.theme + 1) % state.themes.len().max(1));
}

/// Switches to the theme with this index.
pub(super) fn set_theme(state: &mut State, index: usize) {
    state.theme = index;
    if let Some(name) = state.themes.get(state.theme).map(|theme| theme.name().to_owned()) {
        state.set_status(format!("Set theme to {name}"));
    }
}

/// Toggles between one line per story and full titles in the list.
pub(super) fn compact_list(state: &mut State) {
    state.list.compact = !state.list.compact;
    state.set_status(if state.list.compact { "Showed one-line titles" } else { "Showed full titles" });
}

//! Passes actions and mouse events to the layers, from top to bottom, and closes layers.

use super::{card, help, overlay_keys, picker, popup, prompt, visual};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::event::Mouse;
use crate::tui::layout::Pane;
use crate::tui::state::State;
use crate::tui::state::card::Card;
use crate::tui::state::layers::{Help, Layer, LayerKind};
use crate::tui::state::overlay::Overlay;
use crate::tui::state::popup::Popup;
use crate::tui::state::search::Search;
use crate::tui::state::visual::Visual;
use std::sync::Arc;

/// Number of help rows to scroll per notch of the mouse wheel.
const ROWS_PER_NOTCH: isize = 3;

/// Passes an action to the layers, from top to bottom, until one handles it. Returns whether one did.
///
/// `offered` is the URL that the previous key press showed for confirmation.
pub(super) fn act(
    state: &mut State,
    action: Action,
    times: isize,
    offered: Option<&str>,
    effects: &mut Vec<Effect>,
) -> bool {
    let layers = state.layers.top_down();
    let backs_out = |kind: &LayerKind| *kind != LayerKind::Search || !is_search_hidden(state);
    if let (Action::BackOut, Some(&top)) = (action, layers.first().filter(|kind| backs_out(kind))) {
        close(state, top);
        return true;
    }
    for kind in layers {
        // A prompt handles no actions, but prevents layers below from handling them.
        if kind == LayerKind::Prompt {
            return false;
        }
        if offer(state, kind, action, times, offered, effects) {
            return true;
        }
    }
    false
}

/// Returns whether the user has backed out of the search, so that its matches are hidden.
fn is_search_hidden(state: &State) -> bool {
    state.layers.get::<Search>().is_some_and(|search| search.hidden)
}

/// Hides the matches of a search in the text. A search in another pane ends.
fn hide_search(state: &mut State) {
    let [next, end] = [Action::NextMatch, Action::BackOut].map(|action| state.key(action));
    match state.layers.get_mut::<Search>() {
        Some(search) if search.pane == Pane::Reading && search.hit().is_some() => {
            search.set_hidden(true);
            state.set_status(format!("Hid the matches · {next} next match, {end} leaves the text"));
        }
        _ => {
            state.layers.close::<Search>();
            state.set_status("Ended the search");
        }
    }
}

/// Passes an action to one layer. Returns whether the layer handled it.
fn offer(
    state: &mut State,
    kind: LayerKind,
    action: Action,
    times: isize,
    offered: Option<&str>,
    effects: &mut Vec<Effect>,
) -> bool {
    match kind {
        LayerKind::Picker => picker::act(state, action, times),
        LayerKind::Help => help::act(state, action, times),
        LayerKind::Overlay => overlay_keys::act(state, action, times, offered, effects),
        LayerKind::Popup => popup::act(state, action, times, effects),
        LayerKind::Card => card::act(state, action, times),
        LayerKind::Visual => visual::act(state, action, times),
        LayerKind::Prompt | LayerKind::Search => false,
    }
}

/// Closes a layer.
pub(super) fn close(state: &mut State, kind: LayerKind) {
    match kind {
        LayerKind::Picker | LayerKind::Prompt => prompt::abandon(state),
        LayerKind::Help => state.layers.close::<Help>(),
        LayerKind::Overlay => state.layers.close::<Arc<Overlay>>(),
        LayerKind::Popup => state.layers.close::<Popup>(),
        LayerKind::Card => state.layers.close::<Card>(),
        LayerKind::Visual => state.layers.close::<Visual>(),
        LayerKind::Search => hide_search(state),
    }
}

/// Passes a mouse event to the topmost layer that covers the panes. The wheel scrolls the layer, and a click closes it
/// unless it is a full-screen page. Returns whether there is such a layer.
pub(super) fn point(state: &mut State, what: Mouse) -> bool {
    let Some(kind) = state.layers.iter().rev().find(|layer| layer.covers()).map(Layer::kind) else {
        return false;
    };
    let notch = if kind == LayerKind::Help { ROWS_PER_NOTCH } else { 1 };
    let mut wheel = |action| offer(state, kind, action, notch, None, &mut Vec::new());
    match what {
        Mouse::WheelDown => drop(wheel(Action::Down)),
        Mouse::WheelUp => drop(wheel(Action::Up)),
        Mouse::Click | Mouse::RightClick if kind != LayerKind::Overlay => close(state, kind),
        Mouse::Click | Mouse::DoubleClick | Mouse::TripleClick | Mouse::RightClick | Mouse::Drag | Mouse::Release => {}
    }
    true
}

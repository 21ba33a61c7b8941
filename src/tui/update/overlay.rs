//! Opens and updates full-screen pages.

use crate::tui::effect::Effect;
use crate::tui::library_messages::{EntityRef, LibraryQuery};
use crate::tui::state::State;
use crate::tui::state::overlay::{Overlay, RowTarget, Subject};
use std::sync::Arc;

/// Shows a page. If the same page is already open, keeps the scroll position.
pub(super) fn show(state: &mut State, overlay: Overlay) {
    let overlay = match state.overlay() {
        Some(old) if old.subject == overlay.subject => overlay.renewed(old),
        _ => overlay,
    };
    state.layers.open(Arc::new(overlay));
}

/// Requests new content for the current page, since part of it has changed.
pub(super) fn renew(state: &State, effects: &mut Vec<Effect>) {
    let question = match state.overlay().map(|overlay| &overlay.subject) {
        Some(Subject::Sources) => LibraryQuery::Sources,
        Some(Subject::Suggestions) => LibraryQuery::Suggestions,
        Some(Subject::Profile { name, seen_in, .. }) => LibraryQuery::Profile(EntityRef::Known(*name), *seen_in),
        Some(Subject::Versions | Subject::Differences | Subject::Output) | None => return,
    };
    effects.push(Effect::Query(question));
}

/// Modifies the current page, if there is one.
pub(super) fn change(state: &mut State, change: impl FnOnce(&mut Overlay)) {
    if let Some(overlay) = state.layers.get_mut::<Arc<Overlay>>() {
        change(Arc::make_mut(overlay));
    }
}

/// Returns the target of the selected row on the page.
pub(super) fn target(state: &State) -> Option<RowTarget> {
    Some(state.overlay()?.row()?.target.clone())
}

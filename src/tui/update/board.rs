//! Opens pages over the panes and brings them up to date.

use crate::tui::effect::Effect;
use crate::tui::library_client::{EntityRef, LibraryQuery};
use crate::tui::state::State;
use crate::tui::state::board::{Board, Goal, Subject};
use std::sync::Arc;

/// Shows a page; the same page shown again keeps its scroll position.
pub(super) fn show(state: &mut State, board: Board) {
    let board = match state.board() {
        Some(old) if old.subject == board.subject => board.renewed(old),
        _ => board,
    };
    state.layers.open(Arc::new(board));
}

/// Asks again for the content of the page, because part of it changed.
pub(super) fn renew(state: &State, effects: &mut Vec<Effect>) {
    let question = match state.board().map(|board| &board.subject) {
        Some(Subject::Sources) => LibraryQuery::Sources,
        Some(Subject::Dossier { name, seen_in, .. }) => LibraryQuery::Dossier(EntityRef::Known(*name), *seen_in),
        Some(Subject::Versions) | None => return,
    };
    effects.push(Effect::Query(question));
}

/// Changes the page that is shown.
pub(super) fn change(state: &mut State, change: impl FnOnce(&mut Board)) {
    if let Some(board) = state.layers.get_mut::<Arc<Board>>() {
        change(Arc::make_mut(board));
    }
}

/// Returns the target of the row that keys act on.
pub(super) fn goal(state: &State) -> Option<Goal> {
    Some(state.board()?.row()?.goal.clone())
}

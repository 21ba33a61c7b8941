//! Moves between panes and locations. Other modules of `update` build on this one, which itself uses only the text
//! layout.

use super::sync;
use crate::tui::analysis_view::Selection;
use crate::tui::layout::Pane;
use crate::tui::panels::PanelKind;
use crate::tui::rows;
use crate::tui::state::State;
use crate::tui::state::jumps::Location;
use crate::tui::state::overlay::Overlay;
use crate::tui::state::search::Search;
use crate::tui::state::visual::Visual;
use dateline_core::text::Span;
use std::sync::Arc;

/// Moves the focus to a pane.
pub(super) fn focus(state: &mut State, pane: Pane) {
    state.focus = pane;
    if pane != Pane::Reading {
        state.layers.close::<Visual>();
    }
    if pane == Pane::List && state.layers.get::<Search>().is_some_and(|search| search.hidden) {
        state.layers.close::<Search>();
    }
    match pane {
        Pane::Panel(kind) => state.shown = kind,
        Pane::Reading => mark_read(state),
        Pane::List => {}
    }
}

/// Shows the reading pane. Returns whether it was hidden.
pub(super) fn show_text(state: &mut State) -> bool {
    if state.panes().reading.is_some() {
        return false;
    }
    focus(state, Pane::Reading);
    let panes = state.panes();
    sync::reading(state, &panes);
    true
}

/// Marks the open story as read.
pub(super) fn mark_read(state: &mut State) {
    if let Some(story) = state.story_mut() {
        story.read = true;
    }
}

/// Selects an annotation in the text. Scrolls `flash` into view if given, or else the annotation.
pub(super) fn goto(state: &mut State, selection: Selection, flash: Option<Span>) {
    let analysis_view = state.analysis_view().cloned();
    state.reading.select(Some(selection), flash, analysis_view.as_deref());
    state.reading.want(flash.unwrap_or(selection.span));
    state.panel_mut(selection.kind).follow(selection.index);
}

/// Selects in the text the annotation of a panel's selected row. The panel keeps the focus.
pub(super) fn preview(state: &mut State, kind: PanelKind) {
    if let Some(selection) = row(state, kind) {
        goto(state, selection, None);
    }
}

/// Returns the annotation in the selected row of a panel.
pub(super) fn row(state: &State, kind: PanelKind) -> Option<Selection> {
    let analysis_view = state.analysis_view()?;
    let index = state.panel(kind).index()?;
    Some(Selection { kind, index, span: rows::of(kind).target(analysis_view, index)? })
}

/// Records the current location in the jump list.
pub(super) fn remember(state: &mut State) {
    let here = location(state);
    state.jumps.push(here);
}

/// Returns the current location.
pub(super) fn location(state: &State) -> Location {
    let id = state.story().and_then(|story| story.kept.as_ref()).map(|kept| kept.id);
    Location {
        story: state.list.selected,
        anchor: state.reading.anchor(),
        selection: state.reading.selection,
        flash: state.reading.flash,
        kept: state.library.as_ref().map(|library| library.view.clone()).zip(id),
        overlay: state.layers.get::<Arc<Overlay>>().cloned(),
    }
}

/// Goes to a remembered location in the open story.
pub(super) fn arrive(state: &mut State, location: &Location) {
    show_text(state);
    let analysis_view = state.analysis_view().cloned();
    state.reading.select(location.selection, location.flash, analysis_view.as_deref());
    state.reading.restore(location.anchor);
    if let Some(selection) = location.selection {
        state.panel_mut(selection.kind).follow(selection.index);
    }
}

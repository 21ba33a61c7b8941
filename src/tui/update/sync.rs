//! Updates derived state after every event: requests analyses, lays out pages, scrolls selections into view.

use crate::tui::effect::Effect;
use crate::tui::help;
use crate::tui::keymap::Keymap;
use crate::tui::layout::{Pane, Panes, column, inside};
use crate::tui::library_messages::Request;
use crate::tui::state::State;
use crate::tui::state::layers::Layer;
use crate::tui::state::overlay::Subject;
use crate::tui::state::picker::Picker;
use crate::tui::state::search::Search;
use ratatui::layout::Size;
use std::sync::Arc;

/// Maximum number of rows between the open story and a neighbour that is loaded before the user moves there.
pub(crate) const NEIGHBOURS: usize = 2;

/// Updates the layout of everything on the screen.
pub(super) fn sync_layout(state: &mut State, effects: &mut Vec<Effect>) {
    let passes = state.passes_stories();
    if !passes {
        request(state, effects);
        // Passing a story does not mark it as read.
        state.list.count_unread(&state.stories);
    }
    let panes = state.panes();
    if let Some(list) = panes.list {
        let place = inside(list);
        let alone = panes.reading.is_none() && panes.panels.is_empty();
        state.list.lay_out(&state.stories, place.width.into(), place.height.into(), alone);
    }
    let page = state.overlay().map(|page| page.subject.clone());
    for layer in state.layers.iter_mut() {
        lay_out(layer, &state.keymap, page.as_ref(), (state.size, state.focus));
    }
    if !passes {
        reading(state, &panes);
        panels(state, &panes);
    }
    arrangement(state, effects);
}

/// Scrolls the selection of a layer into view.
fn lay_out(layer: &mut Layer, keymap: &Keymap, page: Option<&Subject>, (size, focus): (Size, Pane)) {
    match layer {
        Layer::Help(help) => {
            let columns = help::HelpColumns::of(size);
            let most = columns.broken(help::entries_for(keymap, page, focus)).len().saturating_sub(columns.lines());
            help.top = help.top.min(most);
        }
        // The title and the status line take up two rows.
        Layer::Overlay(overlay) => {
            Arc::make_mut(overlay).lay_out(size.width.into(), usize::from(size.height).saturating_sub(2));
        }
        Layer::Card(card) => {
            let height = (card.entries.len() + 2).min(usize::from(size.height.saturating_sub(1)));
            card.lay_out(height.saturating_sub(2));
        }
        Layer::Search(_) | Layer::Visual(_) | Layer::Popup(_) | Layer::Prompt(_) | Layer::Picker(_) => {}
    }
}

/// Saves the layout of the screen if it has changed, but not during a drag.
fn arrangement(state: &mut State, effects: &mut Vec<Effect>) {
    // Do not save a theme that is only a preview.
    if state.arranged.is_none() || state.dragging.is_some() || state.layers.has::<Picker>() {
        return;
    }
    let now = Some(state.arrangement());
    if state.arranged != now {
        effects.extend(now.clone().map(Effect::KeepArrangement));
        state.arranged = now;
    }
}

/// Requests the analysis of the open story and of its neighbours.
fn request(state: &mut State, effects: &mut Vec<Effect>) {
    let here = state.list.selected;
    // Request the open story last, because the worker serves the latest request first.
    let around = [here.checked_add(NEIGHBOURS), here.checked_sub(1), here.checked_add(1), Some(here)];
    for number in around.into_iter().flatten() {
        let Some(story) = state.stories.get_mut(number) else { continue };
        let unloaded = story.kept.as_ref().filter(|kept| !kept.loaded);
        if story.asked || unloaded.is_none() && story.analysis_view.is_some() {
            continue;
        }
        story.asked = true;
        if let Some(kept) = unloaded {
            effects.push(Effect::Library(Request::Open(kept.id)));
            continue;
        }
        story.generation += 1;
        effects.push(Effect::Analyse {
            story: number,
            generation: story.generation,
            article: story.article.clone(),
            options: story.opened().options,
        });
    }
}

/// Updates the layout of the reading pane.
pub(super) fn reading(state: &mut State, panes: &Panes) {
    let Some(pane) = panes.reading else { return };
    let place = column(pane, state.reading.measure, state.reading.at_left);
    let hit = state.layers.get::<Search>().filter(|search| search.pane == Pane::Reading).and_then(Search::hit);
    let looked_at = hit.or(state.reading.flash).or(state.reading.selection.map(|selection| selection.span));
    if let Some(story) = state.stories.get(state.list.selected) {
        let size = (place.width.into(), place.height.into());
        state.reading.lay_out(state.list.selected, story, size, looked_at);
    }
}

fn panels(state: &mut State, panes: &Panes) {
    let Some(story) = state.stories.get(state.list.selected) else { return };
    let Some(analysis_view) = &story.analysis_view else { return };
    for &(kind, place) in &panes.panels {
        let place = inside(place);
        let size = (place.width.into(), place.height.into());
        state.panels[kind].lay_out(&story.article, analysis_view, size, state.focus == Pane::Panel(kind));
    }
}

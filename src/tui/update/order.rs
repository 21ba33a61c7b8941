//! Sorts the list of stories.

use super::listing;
use crate::tui::action::Action;
use crate::tui::state::State;
use crate::tui::state::list_order::ListOrder;
use crate::tui::story::Story;
use std::sync::Arc;

/// Switches to the next sort order.
pub(super) fn cycle(state: &mut State) {
    let order = state.list.order.next();
    if set(state, order) {
        let key = state.key(Action::Sort);
        state.set_status(format!("Sorted {} · {key} sorts {}", order.description(), order.next().description()));
    }
}

/// Sorts the list by `order`. Returns `false` for stories outside the library, which keep the order of their files.
pub(super) fn set(state: &mut State, order: ListOrder) -> bool {
    if state.library.is_none() {
        listing::no_library(state);
        return false;
    }
    state.list.order = order;
    if order == ListOrder::Default {
        listing::reload(state);
    } else {
        apply(state);
    }
    true
}

/// Sorts the stories loaded so far, and keeps the selected story selected.
pub(super) fn apply(state: &mut State) {
    if state.list.order == ListOrder::Default {
        return;
    }
    let selected = state.story().map(|story| (story.kept.as_ref().map(|kept| kept.id), story.article.clone()));
    state.list.order.sort(&mut state.stories);
    let is_selected = |story: &Story| {
        let id = story.kept.as_ref().map(|kept| kept.id);
        selected.as_ref().is_some_and(|(kept, article)| match kept {
            Some(_) => *kept == id,
            None => id.is_none() && Arc::ptr_eq(article, &story.article),
        })
    };
    state.list.selected = state.stories.iter().position(is_selected).unwrap_or(state.list.selected);
    renumber(&mut state.stories);
    state.list.arrange(&state.stories);
}

/// Invalidates replies to earlier analysis requests, because they refer to stories by their old indexes.
fn renumber(stories: &mut [Story]) {
    let next = stories.iter().map(|story| story.generation).max().unwrap_or(0) + 1;
    for story in stories {
        story.generation = next;
        story.asked &= story.analysis_view.is_some();
    }
}

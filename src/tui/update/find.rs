//! Incremental search in the focused pane.

use super::{jump, matches, navigate, stories};
use crate::tui::action::Action;
use crate::tui::layout::Pane;
use crate::tui::library_messages::View;
use crate::tui::state::State;
use crate::tui::state::prompt::{Prompt, Purpose};
use crate::tui::state::search::{Search, of_query};
use dateline_core::text::Span;
use dateline_library::query::Query;

/// Opens the prompt for a search in the focused pane.
pub(super) fn begin(state: &mut State, backward: bool) {
    let origin = match state.focus {
        Pane::List => state.list.selected,
        Pane::Reading => state.reading.in_view().start,
        Pane::Panel(kind) => state.panel(kind).selected,
    };
    if state.focus == Pane::Reading {
        navigate::remember(state);
    }
    state.layers.open(Search::new(state.focus, origin, backward));
    state.layers.open(Prompt::new(Purpose::Search));
}

/// Searches for the text typed so far.
pub(super) fn typed(state: &mut State, query: &str) {
    if let Some(search) = state.layers.get_mut::<Search>() {
        query.clone_into(&mut search.query);
    }
    matches::renew(state);
    show(state);
}

/// Switches between searching for a regular expression and for plain words.
pub(super) fn toggle_regex(state: &mut State) {
    if let Some(search) = state.layers.get_mut::<Search>() {
        search.regular = !search.regular;
    }
    matches::renew(state);
    show(state);
}

/// Returns the searched pane and the current match.
fn current_match(state: &State) -> Option<(Pane, Span)> {
    state.layers.get::<Search>().and_then(|search| Some((search.pane, search.hit()?)))
}

/// Scrolls the current match into view.
fn show(state: &mut State) {
    let Some((pane, hit)) = current_match(state) else { return };
    match pane {
        Pane::Reading => state.reading.want(hit),
        Pane::List => {
            if let Some(number) = matches::story_in(state, hit.start) {
                stories::go(state, number);
            }
        }
        Pane::Panel(kind) => {
            state.panel_mut(kind).selected = hit.start;
            navigate::preview(state, kind);
        }
    }
}

/// Goes `steps` matches forward, or backward if negative.
pub(super) fn step(state: &mut State, steps: isize) {
    let Some(search) = state.layers.get_mut::<Search>() else { return };
    search.hidden = false;
    if search.pane == Pane::List {
        matches::step_in_list(state, steps);
    } else {
        search.step(steps);
    }
    let text = state.layers.get::<Search>().map(Search::tally).unwrap_or_default();
    show(state);
    state.set_status(text);
}

/// Accepts the search. Ends it if nothing was found.
pub(super) fn accept(state: &mut State) {
    let Some(search) = state.layers.get::<Search>() else { return };
    if search.hits.is_empty() {
        let text = format!("“{}” is not in this pane", search.query);
        let empty = search.query.is_empty();
        state.layers.close::<Search>();
        if !empty {
            state.set_status(text);
        }
        return;
    }
    let tally = search.tally();
    let [next, before, end] =
        [Action::NextMatch, Action::PreviousMatch, Action::BackOut].map(|action| state.key(action));
    let mut text = format!("{tally} · {next} next · {before} previous · {end} end search");
    let has_versions = state.story().is_some_and(|story| state.list.folds.cluster(story).is_some());
    if has_versions && state.list.is_folding() && state.focus == Pane::List {
        let [unfold, compare] = [Action::Unfold, Action::Differences].map(|action| state.key(action));
        text = format!("{text} · {unfold} versions · {compare} differences");
    }
    state.set_status(text);
}

/// Marks the matches of the library query in the open story, and goes to the first one. If it is in a quote, selects
/// the quote.
pub(super) fn found(state: &mut State) {
    let Some(View::Query(words)) = state.library.as_ref().map(|library| &library.view) else { return };
    let queries = [Query::parse(words), Query::parse_typed(words)].into_iter().flatten();
    let patterns: Vec<String> =
        queries.map(|query| of_query(&query.read_words())).filter(|[all, _]| !all.is_empty()).flatten().collect();
    if patterns.is_empty() {
        return;
    }
    for pattern in patterns {
        let search = Search { query: pattern, regular: true, ..Search::new(Pane::Reading, 0, false) };
        state.layers.put(search);
        matches::renew(state);
        if let Some((_, hit)) = current_match(state) {
            show(state);
            accept(state);
            jump::to_quote_at(state, hit.start);
            return;
        }
    }
    state.layers.close::<Search>();
}

/// Cancels the search, and returns to the position from which it started.
pub(super) fn abandon(state: &mut State) {
    let Some(search) = state.layers.take::<Search>() else { return };
    match search.pane {
        Pane::Reading => jump::back(state),
        Pane::List => stories::go(state, search.origin),
        Pane::Panel(kind) => {
            state.panel_mut(kind).selected = search.origin;
            navigate::preview(state, kind);
        }
    }
    state.message = None;
}

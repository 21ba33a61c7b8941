//! Finds the matches of the active search.

use crate::tui::layout::Pane;
use crate::tui::rows;
use crate::tui::state::State;
use crate::tui::state::search::{Search, matches, pattern};
use crate::tui::story::Story;
use dateline_core::text::Span;
use regex::Regex;
use std::collections::BTreeSet;

/// Searches again after the query or the story has changed.
pub(super) fn renew(state: &mut State) {
    let Some(mut search) = state.layers.take::<Search>() else { return };
    let hits = match pattern(&search.query, search.regular) {
        _ if search.query.is_empty() => Ok(Vec::new()),
        Ok(pattern) => Ok(hits(state, search.pane, &pattern)),
        Err(reason) => Err(reason),
    };
    search.wrong = hits.as_ref().err().map(ToString::to_string);
    let from = if search.pane == Pane::List { state.list.row_of(search.origin) } else { search.origin };
    search.take(hits.unwrap_or_default(), from);
    state.layers.put(search);
}

/// Finds the matches in the list again, because rows may have been folded, sorted or added since, and makes the one
/// `steps` matches from the selected row the current one.
pub(super) fn step_in_list(state: &mut State, steps: isize) {
    let Some(mut search) = state.layers.take::<Search>() else { return };
    let found = pattern(&search.query, search.regular);
    search.step_from(
        state.list.row(),
        found.map(|pattern| hits(state, search.pane, &pattern)).unwrap_or_default(),
        steps,
    );
    state.layers.put(search);
}

/// Returns the index of the story to which a match in the list leads: the one in the row or, if only versions folded
/// into the row match, the first of these.
pub(super) fn story_in(state: &State, row: usize) -> Option<usize> {
    let search = state.layers.get::<Search>()?;
    let pattern = pattern(&search.query, search.regular).ok()?;
    let is_match = |number: &usize| state.stories.get(*number).is_some_and(|story| pattern.is_match(story.title()));
    let head = Some(state.list.number(row)).filter(is_match);
    let is_in_row = |number: &usize| state.list.row_of(*number) == row && state.list.is_listed(*number);
    head.or_else(|| (0..state.stories.len()).find(|number| is_in_row(number) && is_match(number)))
}

/// Returns the matches in a pane. They are byte spans in the text, or rows as spans of length one.
fn hits(state: &State, pane: Pane, pattern: &Regex) -> Vec<Span> {
    let row = |number: usize| Span::new(number, number + 1);
    let Some(story) = state.story() else { return Vec::new() };
    match pane {
        Pane::Reading => matches(&story.article.text, pattern),
        Pane::List => {
            let is_match =
                |(number, story): &(usize, &Story)| state.list.is_listed(*number) && pattern.is_match(story.title());
            let found = state.stories.iter().enumerate().filter(is_match);
            // The versions that share a row are one match, because the user walks rows.
            let rows: BTreeSet<usize> = found.map(|(number, _)| state.list.row_of(number)).collect();
            rows.into_iter().map(row).collect()
        }
        Pane::Panel(kind) => {
            let Some(analysis_view) = &story.analysis_view else { return Vec::new() };
            let rows = state.panel(kind).rows.iter().enumerate();
            let words = |index| rows::words(&story.article, analysis_view, kind, index);
            rows.filter(|&(_, &index)| pattern.is_match(&words(index))).map(|(n, _)| row(n)).collect()
        }
    }
}

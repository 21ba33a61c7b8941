//! Finds the matches of the active search.

use crate::tui::layout::Pane;
use crate::tui::rows;
use crate::tui::state::State;
use crate::tui::state::search::{Search, matches, pattern};
use dateline_core::text::Span;
use regex::Regex;

/// Searches again after the query or the story has changed.
pub(super) fn renew(state: &mut State) {
    let Some(mut search) = state.layers.take::<Search>() else { return };
    let hits = match pattern(&search.query, search.regular) {
        _ if search.query.is_empty() => Ok(Vec::new()),
        Ok(pattern) => Ok(hits(state, search.pane, &pattern)),
        Err(reason) => Err(reason),
    };
    search.wrong = hits.as_ref().err().map(ToString::to_string);
    search.take(hits.unwrap_or_default());
    state.layers.put(search);
}

/// Returns the matches in a pane. They are byte spans in the text, or rows as spans of length one.
fn hits(state: &State, pane: Pane, pattern: &Regex) -> Vec<Span> {
    let row = |number: usize| Span::new(number, number + 1);
    let Some(story) = state.story() else { return Vec::new() };
    match pane {
        Pane::Reading => matches(&story.article.text, pattern),
        Pane::List => {
            let titles = state.stories.iter().enumerate();
            titles.filter(|(_, story)| pattern.is_match(story.title())).map(|(n, _)| row(n)).collect()
        }
        Pane::Panel(kind) => {
            let Some(analysis_view) = &story.analysis_view else { return Vec::new() };
            let rows = state.panel(kind).rows.iter().enumerate();
            let words = |index| rows::words(&story.article, analysis_view, kind, index);
            rows.filter(|&(_, &index)| pattern.is_match(&words(index))).map(|(n, _)| row(n)).collect()
        }
    }
}

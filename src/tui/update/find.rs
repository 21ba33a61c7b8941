//! Searching in the focused pane, match by match while it is typed.

use crate::library::query::Query;
use crate::text::Span;
use crate::tui::action::Action;
use crate::tui::layout::Pane;
use crate::tui::rows;
use crate::tui::shelf::View;
use crate::tui::state::State;
use crate::tui::state::prompt::{Prompt, Purpose};
use crate::tui::state::search::{Search, matches, of_query, pattern};
use regex::Regex;

/// Opens the prompt of a search in the focused pane.
pub fn begin(state: &mut State, backward: bool) {
    let origin = match state.focus {
        Pane::List => state.list.selected,
        Pane::Reading => state.reading.in_view().start,
        Pane::Panel(kind) => state.panel(kind).selected,
    };
    if state.focus == Pane::Reading {
        super::jump::remember(state);
    }
    state.help = None;
    state.search = Some(Search::new(state.focus, origin, backward));
    state.prompt = Some(Prompt::new(Purpose::Search));
}

/// Looks for what is typed so far.
pub fn typed(state: &mut State, query: &str) {
    if let Some(search) = &mut state.search {
        query.clone_into(&mut search.query);
    }
    renew(state);
    show(state);
}

/// Looks again: the words or the story changed.
pub fn renew(state: &mut State) {
    let Some(mut search) = state.search.take() else { return };
    let hits = match pattern(&search.query, search.regular) {
        _ if search.query.is_empty() => Ok(Vec::new()),
        Ok(pattern) => Ok(hits(state, search.pane, &pattern)),
        Err(reason) => Err(reason),
    };
    search.wrong = hits.as_ref().err().cloned();
    search.take(hits.unwrap_or_default());
    state.search = Some(search);
}

/// Takes what is typed for a regular expression, or for plain words again.
pub fn toggle_regex(state: &mut State) {
    if let Some(search) = &mut state.search {
        search.regular = !search.regular;
    }
    renew(state);
    show(state);
}

/// The matches in a pane.
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
            let Some(findings) = &story.findings else { return Vec::new() };
            let rows = state.panel(kind).rows.iter().enumerate();
            let words = |index| rows::words(&story.article, findings, kind, index);
            rows.filter(|&(_, &index)| pattern.is_match(&words(index))).map(|(n, _)| row(n)).collect()
        }
    }
}

/// The match that the search stands on, and its pane.
fn standing(state: &State) -> Option<(Pane, Span)> {
    state.search.as_ref().and_then(|search| Some((search.pane, search.hit()?)))
}

/// Brings the match that the search stands on into view.
fn show(state: &mut State) {
    let Some((pane, hit)) = standing(state) else { return };
    match pane {
        Pane::Reading => state.reading.want(hit),
        Pane::List => super::stories::go(state, hit.start),
        Pane::Panel(kind) => {
            state.panel_mut(kind).selected = hit.start;
            super::jump::preview(state, kind);
        }
    }
}

/// Goes to the next or previous match.
pub fn step(state: &mut State, steps: isize) {
    let Some(search) = &mut state.search else { return };
    search.step(steps);
    let text = search.tally();
    show(state);
    state.say(text);
}

/// Keeps the search that was typed, if it found anything.
pub fn accept(state: &mut State) {
    let Some(search) = &state.search else { return };
    if search.hits.is_empty() {
        let text = format!("“{}” is not in this pane", search.query);
        let empty = search.query.is_empty();
        state.search = None;
        if !empty {
            state.say(text);
        }
        return;
    }
    let tally = search.tally();
    let [next, before, end] =
        [Action::NextMatch, Action::PreviousMatch, Action::BackOut].map(|action| state.key(action));
    let text = format!("{tally} · {next} next, {before} previous, {end} ends the search");
    state.say(text);
}

/// Marks in a story what the typed query found, and goes to the first place of it: to the quote, when somebody said it.
pub fn found(state: &mut State) {
    let Some(View::Query(words)) = state.shelf.as_ref().map(|shelf| &shelf.view) else { return };
    let queries = [Query::parse(words), Query::parse_typed(words)].into_iter().flatten();
    let patterns: Vec<String> =
        queries.map(|query| of_query(&query.read_words())).filter(|[all, _]| !all.is_empty()).flatten().collect();
    if patterns.is_empty() {
        return;
    }
    for pattern in patterns {
        let search = Search { query: pattern, regular: true, ..Search::new(Pane::Reading, 0, false) };
        state.search = Some(search);
        renew(state);
        if let Some((_, hit)) = standing(state) {
            show(state);
            accept(state);
            super::jump::to_quote_at(state, hit.start);
            return;
        }
    }
    state.search = None;
}

/// Gives up what is typed, and goes back to where a search began.
pub fn abandon(state: &mut State) {
    state.picker = None;
    let purpose = state.prompt.take().map(|prompt| prompt.purpose);
    if purpose == Some(Purpose::Filter) {
        super::filter::end(state);
        return;
    }
    if purpose == Some(Purpose::Find) {
        super::query::abandon(state);
        return;
    }
    let searching = purpose == Some(Purpose::Search);
    let Some(search) = state.search.take_if(|_| searching) else { return };
    match search.pane {
        Pane::Reading => super::jump::back(state),
        Pane::List => super::stories::go(state, search.origin),
        Pane::Panel(kind) => {
            state.panel_mut(kind).selected = search.origin;
            super::jump::preview(state, kind);
        }
    }
    state.message = None;
}

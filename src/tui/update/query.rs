//! Runs a library query while the user types it. Shows results in the list and errors below the prompt. Also handles
//! the search history and the completion of field names and values.

use super::{filter, listing, navigate};
use crate::tui::effect::Effect;
use crate::tui::layout::Pane;
use crate::tui::library_messages::{LibraryQuery, Request, View};
use crate::tui::state::overlay::Overlay;
use crate::tui::state::prompt::{Prompt, Purpose};
use crate::tui::state::{PendingJump, State};
use dateline_library::List;
use dateline_library::query::{self, FIELDS, Query};
use std::sync::Arc;

/// Opens the prompt for a query.
pub(super) fn ask(state: &mut State) {
    let id = state.story().and_then(|story| story.kept.as_ref()).map(|kept| kept.id);
    let focus = state.focus;
    let Some(library) = &mut state.library else { return filter_titles(state) };
    let text = match &library.view {
        View::Query(words) | View::Saved(_, words) => words.clone(),
        View::List(_) | View::Feed(..) | View::Who(..) => String::new(),
    };
    library.origin = Some((library.view.clone(), id, focus));
    navigate::remember(state);
    state.layers.close::<Arc<Overlay>>();
    let mut prompt = Prompt::prefilled(Purpose::Find, text);
    offer(&mut prompt);
    state.layers.open(prompt);
    navigate::focus(state, Pane::List);
}

/// Opens the filter of the list, because only the titles can be searched without a library. An error message in place
/// of a prompt would let the words that the user is already typing act as commands.
fn filter_titles(state: &mut State) {
    if state.stories.is_empty() {
        return listing::no_library(state);
    }
    navigate::focus(state, Pane::List);
    filter::begin(state);
}

/// Runs the query typed so far.
pub(super) fn typed(state: &mut State, words: &str, effects: &mut Vec<Effect>) {
    if let Some(prompt) = state.layers.get_mut::<Prompt>() {
        prompt.wrong = Query::parse_typed(words).err().map(|fault| (fault.span, fault.message));
        offer(prompt);
        if prompt.wrong.is_some() {
            return;
        }
    }
    let Some(library) = &mut state.library else { return };
    if words.trim().is_empty() {
        if let Some((view, ..)) = library.origin.clone() {
            listing::show(state, view);
        }
    } else {
        library.generation += 1;
        library.waiting = true;
        library.pending_jump = None;
        effects.push(Effect::Query(LibraryQuery::Typed(words.to_owned(), library.generation)));
    }
    state.library.iter_mut().for_each(|library| library.quiet = true);
}

/// Accepts the query, or returns to the inbox if nothing was typed. The prompt stays open if the query is invalid.
pub(super) fn accept(state: &mut State, mut prompt: Prompt, effects: &mut Vec<Effect>) {
    let words = prompt.text.trim().to_owned();
    if let Err(fault) = Query::parse(&prompt.text) {
        prompt.wrong = Some((fault.span, fault.message));
        state.layers.open(prompt);
        return;
    }
    if let Some(library) = &mut state.library {
        // A search from another search result leads back to where the first one began.
        match library.origin.take() {
            Some((View::Query(_), ..)) | None => {}
            Some((view, id, _)) => library.before = Some((view, id)),
        }
        if !words.is_empty() {
            library.searches.retain(|before| *before != words);
            library.searches.insert(0, words.clone());
            effects.push(Effect::Library(Request::Remember(words.clone())));
        }
    }
    let view = if words.is_empty() { View::List(List::Inbox) } else { View::Query(words) };
    listing::show(state, view);
    navigate::focus(state, Pane::List);
}

/// Runs the suggested query if the current one found nothing. Returns whether there was a suggestion.
pub(super) fn search_instead(state: &mut State) -> bool {
    let Some(library) = state.library.as_ref().filter(|_| state.stories.is_empty()) else { return false };
    let Some(words) = library.empty.as_ref().and_then(|empty| empty.instead.clone()) else { return false };
    listing::show(state, View::Query(words));
    true
}

/// Returns to the view that was shown before the query was typed.
pub(super) fn abandon(state: &mut State) {
    let Some((view, id, focus)) = state.library.as_mut().and_then(|library| library.origin.take()) else { return };
    let location = state.jumps.forget();
    let shown = state.library.as_ref().is_some_and(|library| library.view == view && !library.waiting);
    if !shown {
        let pending_jump = id.map(|id| PendingJump { id, span: None, location, focus });
        listing::go(state, view, pending_jump);
        state.library.iter_mut().for_each(|library| library.quiet = true);
    }
    navigate::focus(state, focus);
}

/// Returns from a search result to the view from which it was searched. In the inbox, selects the story that was found,
/// whose row there has all versions of its happening; elsewhere, the one that was selected before, because the view may
/// lack the other. Returns whether a search result was shown.
pub(super) fn step_back(state: &mut State) -> bool {
    let here = state.story().and_then(|story| story.kept.as_ref());
    let here = here.filter(|kept| !kept.archived && !kept.binned).map(|kept| kept.id);
    let Some(library) = state.library.as_ref().filter(|library| matches!(library.view, View::Query(_))) else {
        return false;
    };
    let (view, id) = library.before.clone().unwrap_or((View::List(List::Inbox), None));
    let here = here.filter(|_| view == View::List(List::Inbox));
    let pending_jump = here.or(id).map(|id| PendingJump { id, span: None, location: None, focus: Pane::List });
    let text = format!("Returned to {}", view.title());
    listing::go(state, view, pending_jump);
    state.set_status(text);
    true
}

/// Recalls an older or newer entry of the search history.
pub(super) fn recall(state: &mut State, older: bool, effects: &mut Vec<Effect>) {
    let Some(prompt) = state.layers.get_mut::<Prompt>().filter(|prompt| prompt.purpose == Purpose::Find) else {
        return;
    };
    let searches = state.library.as_ref().map(|library| library.searches.as_slice()).unwrap_or_default();
    let to = match (prompt.recalled, older) {
        (None, true) => Some(0),
        (Some(here), true) => Some((here + 1).min(searches.len().saturating_sub(1))),
        (Some(here), false) => here.checked_sub(1),
        (None, false) => return,
    };
    if prompt.recalled.is_none() {
        prompt.draft.clone_from(&prompt.text);
    }
    let words = match to {
        Some(at) => match searches.get(at) {
            Some(words) => words.clone(),
            None => return,
        },
        None => std::mem::take(&mut prompt.draft),
    };
    prompt.recalled = to;
    prompt.prefilled = false;
    prompt.text.clone_from(&words);
    typed(state, &words, effects);
}

/// Completes the last word. Pressing the key again tries the next candidate.
pub(super) fn complete(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(prompt) = state.layers.get_mut::<Prompt>().filter(|prompt| prompt.purpose == Purpose::Find) else {
        return;
    };
    if prompt.offers.is_empty() {
        return;
    }
    let next = prompt.offers.remove(0);
    prompt.offers.push(next.clone());
    let offers = prompt.offers.clone();
    prompt.prefilled = false;
    let (before, _) = last_word(&prompt.text);
    prompt.text = format!("{before}{next}");
    let words = prompt.text.clone();
    typed(state, &words, effects);
    if let Some(prompt) = state.layers.get_mut::<Prompt>() {
        prompt.offers = offers;
    }
}

/// Splits off the last word. Returns the text before it, which includes a `(` or `-` in front of the word, and the
/// word.
fn last_word(text: &str) -> (&str, &str) {
    let at = text.rfind(|c: char| c.is_whitespace() || "(-".contains(c)).map_or(0, |at| at + 1);
    let at = if text.is_char_boundary(at) { at } else { text.len() };
    text.split_at(at)
}

/// Updates the completions of the last word: field names, or the values of a field with a fixed set of values.
fn offer(prompt: &mut Prompt) {
    let (_, word) = last_word(&prompt.text);
    prompt.offers = if let Some((field, begun)) = word.split_once(':') {
        let begins = |name: &&str| name.starts_with(begun) && *name != begun;
        query::values(field).filter(begins).map(|name| format!("{field}:{name} ")).collect()
    } else {
        let begun = FIELDS.iter().map(|row| row.name).filter(|name| name.starts_with(word));
        begun.map(|name| format!("{name}:")).collect()
    };
}

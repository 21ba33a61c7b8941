//! The last line: what is typed, what the last key did, or else which keys help here.

use super::paint::{fill, put, width};
use crate::tui::action::Action;
use crate::tui::key::spelling;
use crate::tui::layout::Pane;
use crate::tui::state::State;
use crate::tui::state::prompt::Purpose;
use crate::tui::state::search::Search;
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws the line.
pub fn draw(state: &State, theme: &Theme, place: Rect, buffer: &mut Buffer) {
    let ground = theme.style(Role::Text).patch(theme.style(Role::Status));
    let plain = Style { bg: ground.bg, ..theme.style(Role::Text) };
    // What is said and typed is as plain as the text; only the ground is the status line's.
    fill(buffer, place, Style { bg: ground.bg, ..plain });
    let room = usize::from(place.width).saturating_sub(1);
    let x = place.x + 1;
    if let Some(prompt) = &state.prompt {
        let tally = state.search.as_ref().filter(|_| prompt.purpose == Purpose::Search).map(Search::tally);
        let tally = tally.unwrap_or_default();
        let label = match (&state.search, prompt.purpose) {
            (Some(search), Purpose::Search) => search.label(),
            _ => prompt.label(),
        };
        let at = put(buffer, x, place.y, room, label, plain.patch(theme.style(Role::Key)));
        let left = usize::from(place.right().saturating_sub(at + 1)).saturating_sub(width(&tally) + 2);
        // Of a long line the end is shown: that is where one types.
        let mut typed = prompt.text.as_str();
        while width(typed) > left && !typed.is_empty() {
            typed = typed.get(typed.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
        }
        let at = put(buffer, at, place.y, left, typed, plain);
        let at = put(buffer, at, place.y, 1, "▏", plain);
        put(buffer, at + 1, place.y, width(&tally), &tally, ground);
        return;
    }
    let keys = match (state.count, state.pending.is_empty()) {
        (Some(count), _) => format!("{count}{}", spelling(&state.pending)),
        (None, false) => spelling(&state.pending),
        (None, true) => String::new(),
    };
    let room = room.saturating_sub(width(&keys) + 1);
    put(buffer, place.right().saturating_sub(width(&keys) as u16 + 1), place.y, width(&keys), &keys, plain);
    if let Some(message) = &state.message {
        let style = if message.error { plain.patch(theme.style(Role::Error)) } else { plain };
        put(buffer, x, place.y, room, &message.text, style);
        return;
    }
    hints(state, theme, (x, place.y), room, buffer);
}

/// The actions that are worth a hint in the focused pane, with short words for them.
fn worth(state: &State) -> &'static [(Action, &'static str)] {
    const LIST: &[(Action, &str)] = &[
        (Action::Open, "read"),
        (Action::ToggleQuotes, "quotes"),
        (Action::ToggleEntities, "entities"),
        (Action::ToggleTimeline, "timeline"),
        (Action::NextPane, "next pane"),
        (Action::Search, "search"),
        (Action::Help, "all keys"),
        (Action::Quit, "quit"),
    ];
    const READING: &[(Action, &str)] = &[
        (Action::ReadOn, "on"),
        (Action::ToggleQuotes, "quotes"),
        (Action::ToggleEntities, "entities"),
        (Action::ToggleTimeline, "timeline"),
        (Action::NextQuote, "next quote"),
        (Action::Speaker, "its speaker"),
        (Action::NextStory, "next story"),
        (Action::Search, "search"),
        (Action::Help, "all keys"),
        (Action::BackOut, "list"),
    ];
    const PANEL: &[(Action, &str)] = &[
        (Action::Open, "go there"),
        (Action::Speaker, "speaker"),
        (Action::Reorder, "order"),
        (Action::OnlySpeaker, "one speaker"),
        (Action::SetDate, "set date"),
        (Action::Card, "card"),
        (Action::Filter, "filter"),
        (Action::Correct, "correct"),
        (Action::Search, "search"),
        (Action::Help, "all keys"),
        (Action::BackOut, "text"),
    ];
    const SEARCH: &[(Action, &str)] =
        &[(Action::NextMatch, "next match"), (Action::PreviousMatch, "previous"), (Action::BackOut, "end search")];
    const VISUAL: &[(Action, &str)] = &[
        (Action::Yank, "copy"),
        (Action::YankCitation, "cite"),
        (Action::Important, "highlight"),
        (Action::Note, "note"),
        (Action::WholeSentence, "sentence"),
        (Action::NextWord, "word"),
        (Action::OtherEnd, "other end"),
        (Action::BackOut, "end"),
    ];
    const POPUP: &[(Action, &str)] =
        &[(Action::Open, "go there"), (Action::Unhighlight, "take away"), (Action::BackOut, "close")];
    const CARD: &[(Action, &str)] =
        &[(Action::Down, "down"), (Action::Up, "up"), (Action::Open, "go there"), (Action::BackOut, "close")];
    const HELP: &[(Action, &str)] =
        &[(Action::Down, "down"), (Action::Up, "up"), (Action::Commands, "find a command"), (Action::BackOut, "close")];
    match state.focus {
        _ if state.help.is_some() => HELP,
        _ if state.popup.is_some() => POPUP,
        _ if state.card.is_some() => CARD,
        _ if state.visual.is_some() => VISUAL,
        _ if state.search.is_some() => SEARCH,
        Pane::List => LIST,
        Pane::Reading => READING,
        Pane::Panel(_) => PANEL,
    }
}

/// As many hints as there is room for; the keys are those of the keymap in force.
fn hints(state: &State, theme: &Theme, at: (u16, u16), room: usize, buffer: &mut Buffer) {
    let contexts = state.contexts();
    let (mut x, y) = at;
    let end = usize::from(x) + room;
    let words = theme.style(Role::Status);
    let key = theme.style(Role::Key);
    for (action, what) in worth(state) {
        let Some(keys) = state.keymap.keys_of(*action, &contexts).into_iter().next() else { continue };
        if usize::from(x) + width(&keys) + width(what) + 1 > end {
            break;
        }
        x = put(buffer, x, y, room, &keys, key);
        x = put(buffer, x + 1, y, room, what, words) + 2;
    }
}

//! Draws the status line: the prompt, a question, the result of the last key, or hints for useful keys.

use super::hints;
use super::paint::{fill, put, width};
use crate::tui::action::Action;
use crate::tui::key::spelling;
use crate::tui::overlays::renewed;
use crate::tui::state::State;
use crate::tui::state::prompt::{Prompt, Purpose};
use crate::tui::state::search::Search;
use crate::tui::theme::{Role, Theme};
use dateline_core::text::Span;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::borrow::Cow;

/// Draws the status line.
pub(super) fn draw(state: &State, theme: &Theme, place: Rect, buffer: &mut Buffer) {
    let ground = theme.style(Role::Text).patch(theme.style(Role::Status));
    let plain = Style { bg: ground.bg, ..theme.style(Role::Text) };
    // Messages and typed text have the plain text style, on the background of the status line.
    fill(buffer, place, Style { bg: ground.bg, ..plain });
    let room = usize::from(place.width).saturating_sub(1);
    let x = place.x + 1;
    if let Some(prompt) = state.layers.get::<Prompt>() {
        let line = prompt_line(state, prompt, place);
        let place = line.place;
        fill(buffer, place, Style { bg: ground.bg, ..plain });
        put(buffer, x, place.y, room, &line.label, plain.patch(theme.style(Role::Key)));
        let is_raised = place.y < state.size.height.saturating_sub(1);
        if is_raised {
            under(buffer, theme, Rect { y: place.y + 1, ..place }, prompt, (line.at, line.typed));
        }
        let style = if prompt.prefilled { plain.patch(theme.style(Role::RowFocused)) } else { plain };
        let at = put(buffer, line.at, place.y, usize::from(place.right().saturating_sub(line.at)), line.typed, style);
        if let Some((span, _)) = prompt.wrong.as_ref().filter(|_| is_raised) {
            fault(buffer, theme, (line.at, place.y), prompt.text.len() - line.typed.len(), (*span, &prompt.text));
        }
        let at = put(buffer, at, place.y, 1, "▏", plain);
        put(buffer, at + 1, place.y, width(&line.hint), &line.hint, ground);
        return;
    }
    let fetching = state.fetching.map(|(done, total)| format!("fetching {done}/{total}"));
    let keys = match (state.count, state.pending.is_empty()) {
        (Some(count), _) => format!("{count}{}", spelling(&state.pending)),
        (None, false) => spelling(&state.pending),
        (None, true) => fetching.unwrap_or_default(),
    };
    let mut room = room.saturating_sub(if keys.is_empty() { 1 } else { width(&keys) + 2 });
    if let Some(renewal) = state.renewal.filter(|_| keys.is_empty()) {
        room -= draw_renewal(state, &renewed(renewal), place, buffer, ground);
    }
    put(buffer, place.right().saturating_sub(width(&keys) as u16 + 1), place.y, width(&keys), &keys, plain);
    if let Some(question) = &state.confirmation {
        put(buffer, x, place.y, room, &question.text, plain);
        return;
    }
    if let Some(message) = &state.message {
        let style = if message.error { plain.patch(theme.style(Role::Error)) } else { plain };
        put(buffer, x, place.y, room, &message.text, style);
        return;
    }
    draw_hints(state, theme, (x, place.y), room, buffer);
}

/// Layout of the line in which the user types.
struct PromptLine<'a> {
    /// Area of the line on the screen.
    place: Rect,
    /// Label before the typed text.
    label: Cow<'a, str>,
    /// Column where the typed text begins.
    at: u16,
    /// Visible end of the typed text. The user types after it.
    typed: &'a str,
    /// Hint after the typed text.
    hint: String,
}

/// Lays out the line in which the user types.
fn prompt_line<'a>(state: &'a State, prompt: &'a Prompt, place: Rect) -> PromptLine<'a> {
    let room = usize::from(place.width).saturating_sub(1);
    // A query has another line below it, for its error or its completions.
    let is_raised = prompt.purpose == Purpose::Find && place.y > 0;
    let place = if is_raised { Rect { y: place.y - 1, ..place } } else { place };
    let hint = match prompt.purpose {
        Purpose::Search => state.layers.get::<Search>().map(Search::tally).unwrap_or_default(),
        Purpose::Note(_) if room > NOTE => format!("{} your editor", state.key(Action::Editor)),
        Purpose::Pipe(_) if room > NOTE => "! first: on the terminal".to_owned(),
        _ => String::new(),
    };
    let label = match (state.layers.get::<Search>(), prompt.purpose) {
        (Some(search), Purpose::Search) => search.label(),
        _ => prompt.label(),
    };
    let label = fitting(label, room);
    let at = place.x + 1 + width(&label).min(room) as u16;
    let left = usize::from(place.right().saturating_sub(at + 1)).saturating_sub(width(&hint) + 2);
    let mut typed = prompt.text.as_str();
    while width(typed) > left && !typed.is_empty() {
        typed = typed.get(typed.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
    }
    PromptLine { place, label, at, typed, hint }
}

/// Returns a label of a prompt, without the explanation in brackets if that would leave too little room to type.
fn fitting(label: &str, room: usize) -> Cow<'_, str> {
    match label.split_once(" (") {
        Some((short, _)) if width(label) + MIN_TYPED > room => Cow::Owned(format!("{short}: ")),
        _ => Cow::Borrowed(label),
    }
}

/// Returns the cell where the user types or answers a question, or `None` if the status line expects no input.
pub(super) fn cursor(state: &State, place: Rect) -> Option<Position> {
    if let Some(prompt) = state.layers.get::<Prompt>() {
        let line = prompt_line(state, prompt, place);
        return Some(Position { x: line.at + width(line.typed) as u16, y: line.place.y });
    }
    let question = state.confirmation.as_ref()?;
    Some(Position { x: place.x + 1 + width(&question.text) as u16, y: place.y })
}

/// Draws the line below a query, with carets below an error and its message, or with completions of the last word.
/// `shown` is the visible end of the query and the column where it begins.
fn under(buffer: &mut Buffer, theme: &Theme, place: Rect, prompt: &Prompt, shown: (u16, &str)) {
    let ground = theme.style(Role::Text).patch(theme.style(Role::Status));
    let room = usize::from(place.width).saturating_sub(2);
    let (x, typed) = shown;
    let Some((span, message)) = &prompt.wrong else {
        put(buffer, place.x + 1, place.y, room, &prompt.offers.join(" "), ground);
        return;
    };
    let error = Style { bg: ground.bg, ..theme.style(Role::Text) }.patch(theme.style(Role::Error));
    let hidden = prompt.text.len() - typed.len();
    let before = prompt.text.get(hidden..span.start.max(hidden)).unwrap_or_default();
    let fault = prompt.text.get(span.start..span.end).map_or(1, |fault| width(fault).clamp(1, 60));
    let at = x + width(before).min(usize::from(place.width)) as u16;
    let needed = width(message) + 1;
    // The message is after the carets or, if space is short, before them. If it fits on neither side, it takes the
    // whole line without carets, because a truncated message explains nothing.
    if usize::from(at) + fault + needed < usize::from(place.right()) {
        put(buffer, at, place.y, fault, &"^".repeat(fault), error);
        put(buffer, at + fault as u16 + 1, place.y, needed, message, error);
    } else if needed < usize::from(at.saturating_sub(place.x)) {
        put(buffer, at, place.y, fault, &"^".repeat(fault), error);
        put(buffer, place.x + 1, place.y, needed, message, error);
    } else {
        put(buffer, place.x + 1, place.y, room, message, error);
    }
}

/// Marks the visible part of a syntax error in the typed query. `at` is the column and row where the visible text
/// begins, and `hidden` is the number of bytes hidden to its left.
fn fault(buffer: &mut Buffer, theme: &Theme, at: (u16, u16), hidden: usize, (span, text): (Span, &str)) {
    let before = text.get(hidden..span.start.max(hidden)).unwrap_or_default();
    let words = text.get(span.start.max(hidden)..span.end).unwrap_or_default();
    let place = Rect { x: at.0 + width(before) as u16, y: at.1, width: width(words) as u16, height: 1 };
    buffer.set_style(place.intersection(buffer.area), theme.style(Role::Error));
}

/// Minimum number of columns in which to type.
const MIN_TYPED: usize = 16;

/// Number of columns reserved for hints.
const HINTS: usize = 30;

/// Width in columns above which the prompt for a note has room for a hint.
const NOTE: usize = 50;

/// Draws the progress of re-annotating the library at the right edge. Returns the number of columns used: 0 if too
/// little room would remain for a question, a message or the first hints.
fn draw_renewal(state: &State, words: &str, place: Rect, buffer: &mut Buffer, style: Style) -> usize {
    let said = match (&state.confirmation, &state.message) {
        (Some(question), _) => width(&question.text),
        (None, Some(message)) => width(&message.text),
        (None, None) => HINTS,
    };
    let needed = width(words) + 2;
    if said + needed + 1 >= usize::from(place.width) {
        return 0;
    }
    put(buffer, place.right() - width(words) as u16 - 1, place.y, width(words), words, style);
    needed
}

/// Draws as many hints as fit, with keys from the keymap. The hint for the help is always drawn, because the help lists
/// all other keys.
fn draw_hints(state: &State, theme: &Theme, at: (u16, u16), room: usize, buffer: &mut Buffer) {
    let contexts = state.contexts();
    let (mut x, y) = at;
    let words = theme.style(Role::Status);
    let key = theme.style(Role::Key);
    let hints = hints::hints(state).filter_map(|(action, what)| {
        let keys = state.keymap.keys_of(action, &contexts).into_iter().next()?;
        Some((action == Action::Help, keys, what))
    });
    let (help, others): (Vec<_>, Vec<_>) = hints.partition(|(is_help, ..)| *is_help);
    let needed = |keys: &str, what: &str| width(keys) + width(what) + 1;
    let reserved: usize = help.iter().map(|(_, keys, what)| needed(keys, what) + 2).sum();
    let end = usize::from(x) + room.saturating_sub(reserved);
    let fits = |x: u16, keys: &str, what: &str| usize::from(x) + needed(keys, what) <= end;
    let mut shown = Vec::new();
    let mut column = x;
    for (_, keys, what) in others {
        if !fits(column, &keys, &what) {
            break;
        }
        column += needed(&keys, &what) as u16 + 2;
        shown.push((keys, what));
    }
    for (keys, what) in shown.into_iter().chain(help.into_iter().map(|(_, keys, what)| (keys, what))) {
        x = put(buffer, x, y, room, &keys, key);
        x = put(buffer, x + 1, y, room, &what, words) + 2;
    }
}

//! Draws the list of stories.

use super::paint::{fill, put, width};
use super::{empty, focused, title};
use crate::tui::action::Action;
use crate::tui::layout::{Pane, inside};
use crate::tui::library_messages::View;
use crate::tui::state::State;
use crate::tui::state::list::INDENT;
use crate::tui::state::list_order::ListOrder;
use crate::tui::state::prompt::Prompt;
use crate::tui::story::Story;
use crate::tui::theme::{Role, Theme};
use dateline_core::text::Span;
use dateline_library::{EmptyResult, List};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::borrow::Cow;

/// Draws the list pane.
pub(super) fn draw(state: &State, theme: &Theme, pane: Rect, buffer: &mut Buffer) {
    let focused = focused(state, Pane::List);
    let name = state.library.as_ref().map_or("Stories", |library| library.view.title());
    let order = state.list.order;
    let sorted = format!("{name}, {}", order.description());
    let name = if order == ListOrder::Default || state.library.is_none() { name } else { &sorted };
    title(buffer, theme, pane, focused, name, &place_in_list(state, usize::from(pane.width), name));
    let nothing = nothing(state);
    if !nothing.is_empty() {
        let lines: Vec<&str> = nothing.iter().map(AsRef::as_ref).collect();
        empty(buffer, theme, pane, &lines);
        return;
    }
    let inner = inside(pane);
    let mut y = inner.y;
    for (index, laid_out) in state.list.window.iter().enumerate() {
        let number = state.list.number(state.list.top + index);
        let Some(story) = state.stories.get(number) else { break };
        let place = Rect { y, height: laid_out.height as u16, ..inner }.intersection(inner);
        y += laid_out.height as u16;
        let selected = (number == state.list.selected).then_some(focused);
        let (about, note) = (story.about_on(state.today), note(state, story));
        let is_below = state.list.is_folding() && state.list.folds.is_below(story);
        let is_unfolded = state.list.is_folding() && state.list.folds.is_unfolded(story);
        let about = if is_unfolded { version(story, state.list.one_line) } else { about };
        let words = RowWords { title: &laid_out.title, about: &about, note: note.as_deref() };
        row(story, &words, selected, state.list.one_line, theme, place, buffer);
        if is_below && place.height > 0 {
            put(buffer, place.x + 2, place.y, 1, BELOW, theme.style(Role::Dim));
        }
    }
}

/// Formats the line about a version of an unfolded happening: its outlet, which is what versions differ by and would be
/// cut off after the day in a narrow list. The time has the next line or, in a list of one line each, the same.
fn version(story: &Story, is_one_line: bool) -> String {
    let parts = [story.outlet(), if is_one_line { story.time() } else { String::new() }];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Formats what a row says about the other versions of its happening, if there are any.
fn note(state: &State, story: &Story) -> Option<String> {
    let folds = state.list.is_folding().then_some(&state.list.folds)?;
    if state.list.one_line { folds.count(story) } else { folds.note(story) }
}

/// Words of a row: the lines of the title, the line about the story, and what it says about other versions.
struct RowWords<'a> {
    title: &'a [Span],
    about: &'a str,
    note: Option<&'a str>,
}

/// Formats the number of unread stories and the position in the list, as fully as fits into `columns` columns beside
/// `name`.
fn place_in_list(state: &State, columns: usize, name: &str) -> String {
    let positions = positions(state);
    // A part of the list would show too few unread stories.
    let is_complete = total(state).is_none();
    let unread = state.list.unread.filter(|&unread| unread > 0 && !state.stories.is_empty() && is_complete);
    let with_unread =
        unread.iter().flat_map(|unread| positions.iter().map(move |at| format!("{unread} unread · {at}")));
    let mut all = with_unread.take(1).chain(positions.iter().cloned());
    let fits = |words: &String| width(name) + width(words) + 4 <= columns;
    all.find(fits).or_else(|| positions.last().cloned()).unwrap_or_default()
}

/// Returns the number of stories in the view if some of its rows have not arrived yet.
fn total(state: &State) -> Option<usize> {
    state.library.as_ref().and_then(|library| library.total)
}

/// Formats the position of the selected row for the title, from the fullest form to the shortest. If stories share
/// rows, says that rows are counted.
fn positions(state: &State) -> Vec<String> {
    let count = total(state).unwrap_or_default().max(state.stories.len());
    let rows = state.list.count(&state.stories);
    if !state.list.filter.is_empty() {
        vec![format!("{rows} of {count}")]
    } else if state.loading && total(state).is_none() {
        vec![format!("{count} …")]
    } else if state.list.is_folding() && !state.list.folds.is_empty() && total(state).is_none() {
        let row = state.list.row() + 1;
        vec![format!("row {row} of {rows} · {count} stories"), format!("row {row} of {rows}"), format!("{row}/{rows}")]
    } else {
        vec![format!("{}/{count}", (state.list.place() + 1).min(count))]
    }
}

/// Returns lines that explain why the list is empty and what to do. Returns no lines if the list is not empty.
fn nothing(state: &State) -> Vec<Cow<'static, str>> {
    if state.list.count(&state.stories) > 0 {
        return Vec::new();
    }
    if !state.stories.is_empty() {
        let all = format!("{} clears the filter", state.key(Action::BackOut));
        return vec!["No titles match.".into(), "".into(), all.into()];
    }
    if let Some(library) = &state.library {
        let list = format!("{} switches lists", state.key(Action::NextList));
        let find = format!("{} searches", state.key(Action::Find));
        let what = match &library.view {
            _ if library.waiting => "Searching …",
            View::List(List::Bin) => return vec!["The bin is empty.".into(), "".into(), list.into()],
            View::List(List::Starred) => {
                let star = format!("{} stars one", state.key(Action::Star));
                return vec!["No starred stories.".into(), "".into(), star.into(), list.into()];
            }
            View::List(List::Unread) => "No unread stories.",
            View::Query(_) | View::Saved(..) => return nothing_found(state, library.empty.as_ref(), [list, find]),
            View::List(_) | View::Feed(..) | View::Who(..) => "Nothing here yet.",
        };
        let add = ["", "`dateline add FILE…`", "adds stories"].map(Cow::Borrowed);
        return [what.into(), "".into(), list.into(), find.into()].into_iter().chain(add).collect();
    }
    let lines: &[&str] = if state.loading { &["Loading stories …"] } else { NO_STORIES };
    lines.iter().map(|&line| line.into()).collect()
}

/// Returns lines that explain why a query found nothing, and that suggest the nearest words in the library.
fn nothing_found(state: &State, empty: Option<&EmptyResult>, keys: [String; 2]) -> Vec<Cow<'static, str>> {
    let mut lines: Vec<Cow<'static, str>> = vec!["No stories match.".into()];
    match empty.map(|empty| empty.part.as_deref()) {
        Some(Some(part)) => lines.push(format!("Nothing has “{}”.", part.trim_matches('"')).into()),
        Some(None) => lines.push("No story matches all of it.".into()),
        None => {}
    }
    lines.push("".into());
    if let Some(words) = empty.and_then(|empty| empty.instead.as_deref()) {
        let open = state.key(if state.layers.has::<Prompt>() { Action::Accept } else { Action::Open });
        let again = if state.layers.has::<Prompt>() { " twice" } else { "" };
        lines.extend([format!("Did you mean {words}?").into(), format!("{open}{again} searches it").into(), "".into()]);
    }
    // While a query is typed, these keys are letters of the query.
    if !state.layers.has::<Prompt>() {
        lines.extend(keys.map(Cow::Owned));
    }
    lines
}

/// Instructions to show if the TUI was started without stories.
const NO_STORIES: &[&str] =
    &["Nothing here yet.", "", "Run `dateline FILE…`", "or `dateline` for the", "bundled stories."];

/// Draws the row of a story: its title, broken into lines, and a line about it. `selected` is `None` if the row is not
/// selected; for the selected row, it is whether the pane has the focus.
fn row(
    story: &Story,
    &RowWords { title, about, note }: &RowWords<'_>,
    selected: Option<bool>,
    is_one_line: bool,
    theme: &Theme,
    place: Rect,
    buffer: &mut Buffer,
) {
    let base = theme.style(match (story.failed, story.read) {
        (true, _) => Role::Error,
        (false, true) => Role::Read,
        (false, false) => Role::Text,
    });
    let over = selected.map(|focused| theme.style(if focused { Role::RowFocused } else { Role::Row }));
    // If the line about the story is empty, the title may use it too.
    let most = if about.is_empty() { 3 } else { 2 };
    let above = title.len().clamp(1, most) + usize::from(!about.is_empty());
    let text = if is_one_line { 1 } else { above + usize::from(note.is_some()) };
    let bar = Rect { height: (text as u16).min(place.height), ..place };
    let style = over.map_or(base, |over| base.patch(over));
    if let Some(over) = over {
        fill(buffer, bar, theme.style(Role::Text).patch(over));
        for y in bar.top()..bar.bottom() {
            put(buffer, bar.x, y, 1, "▌", style);
        }
    }
    if !story.read && !story.failed {
        put(buffer, bar.x + 1, bar.y, 1, UNREAD, style);
    }
    let dim = if over.is_some() { style } else { theme.style(Role::Dim) };
    if is_one_line {
        let about = note.map_or(about.into(), |note| Cow::from(format!("{note} · {about}")));
        one_line(buffer, place, story.title(), &about, style, dim);
        return;
    }
    let room = usize::from(place.width).saturating_sub(INDENT + 1);
    for (line, span) in title.iter().take(most).enumerate() {
        let rest = title.last().filter(|_| line + 1 == most).map_or(*span, |last| span.join(*last));
        put_in(buffer, bar, line, room, rest.of(story.title()), style);
    }
    put_in(buffer, bar, title.len().min(most), room, about, dim);
    put_in(buffer, bar, above, room, note.unwrap_or_default(), dim);
}

/// Symbol before the title of an unread story.
const UNREAD: &str = "•";
/// Symbol before the title of a version below the row of its happening.
const BELOW: &str = "↳";
/// Minimum width in columns at which a one-line row has room for more than the title.
const MIN_ABOUT_WIDTH: usize = 40;

/// Draws a line of a story's row, unless it is below the area of the row.
fn put_in(buffer: &mut Buffer, place: Rect, line: usize, room: usize, text: &str, style: Style) {
    if line < usize::from(place.height) {
        put(buffer, place.x + INDENT as u16, place.y + line as u16, room, text, style);
    }
}

/// Draws a one-line row, with the title on the left, and the date and the source on the right.
fn one_line(buffer: &mut Buffer, place: Rect, title: &str, about: &str, style: Style, dim: Style) {
    if place.height == 0 {
        return;
    }
    let room = usize::from(place.width).saturating_sub(INDENT + 1);
    if room < MIN_ABOUT_WIDTH || about.is_empty() {
        put(buffer, place.x + INDENT as u16, place.y, room, title, style);
        return;
    }
    let right = width(about).min(room / 3);
    put(buffer, place.x + INDENT as u16, place.y, room.saturating_sub(right + 2), title, style);
    put(buffer, place.right() - right as u16 - 1, place.y, right, about, dim);
}

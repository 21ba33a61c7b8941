//! Follows links. A link to a story in the list opens that story. The URL of any other link is shown first, and opened
//! if the key is pressed again.

use super::{navigate, scroll, stories};
use crate::tui::action::Action;
use crate::tui::cite::Form;
use crate::tui::effect::Effect;
use crate::tui::layout::Pane;
use crate::tui::link;
use crate::tui::state::State;
use crate::tui::state::popup::{Popup, PopupKind, footnote};
use crate::tui::story::Story;
use dateline_core::text::Span;

/// Maximum width of a footnote shown over the text, in columns.
const NOTE_WIDTH: usize = 60;

/// Goes to the next or previous link.
pub(super) fn step(state: &mut State, steps: isize) {
    navigate::show_text(state);
    let Some(story) = state.story() else { return };
    let leading = linked_words(story);
    let view = state.reading.in_view();
    let flash = state.reading.flash.filter(|flash| view.overlaps(*flash));
    let here = flash.map_or(view.start, |flash| flash.start);
    let passed = leading
        .partition_point(|(span, _)| if flash.is_some() && steps > 0 { span.start <= here } else { span.start < here });
    let index = passed as isize + steps - isize::from(steps > 0);
    match usize::try_from(index).ok().and_then(|index| leading.get(index).copied()) {
        Some((_, LinkTarget::Out(index))) => flash_link(state, index),
        Some((mark, LinkTarget::ToNote(_))) => {
            scroll::light(state, mark);
            let follow = state.key(Action::Follow);
            state.set_status(format!("Footnote · {follow} shows it"));
        }
        None if leading.is_empty() => state.set_status("No links in this story"),
        None => state.set_status("No more links"),
    }
}

/// Target of a link in the text of a story.
#[derive(Clone, Copy)]
enum LinkTarget {
    /// URL, as an index into the links of the article.
    Out(usize),
    /// Footnote, as its span in the text.
    ToNote(Span),
}

/// Returns the spans of all links and footnote marks in a story with their targets, in text order.
fn linked_words(story: &Story) -> Vec<(Span, LinkTarget)> {
    let links = story.article.links.iter().enumerate().map(|(index, link)| (link.span, LinkTarget::Out(index)));
    let notes = story.opened().footnotes.iter().map(|note| (note.mark, LinkTarget::ToNote(note.note)));
    let mut leading: Vec<_> = links.chain(notes).collect();
    leading.sort_by_key(|(span, _)| *span);
    leading
}

/// Shows a footnote over the text.
fn show_note(state: &mut State, mark: Span, note: Span) {
    scroll::light(state, mark);
    let width = usize::from(state.size.width).saturating_sub(6).min(NOTE_WIDTH);
    let rows = state.story().map(|story| footnote(&story.article, note, width)).unwrap_or_default();
    if let Some(popup) = Popup::new(PopupKind::Footnote, rows, 0) {
        state.layers.open(popup);
    }
    let [open, back] = [Action::Open, Action::BackOut].map(|action| state.key(action));
    state.set_status(format!("{back} closes · {open} jumps to the note"));
}

/// Flashes a link, and shows its target in the status line.
pub(super) fn flash_link(state: &mut State, index: usize) {
    let Some(link) = state.story().and_then(|story| story.article.links.get(index).cloned()) else { return };
    scroll::light(state, link.span);
    let follow = state.key(Action::Follow);
    state.set_status(format!("{} · {follow} follows", link::describe(&link.url)));
}

/// Follows the flashed link or, if there is none, the first link in view.
#[allow(clippy::needless_pass_by_value, reason = "an offer is taken up or gone")]
pub(super) fn follow(state: &mut State, offered: Option<String>, effects: &mut Vec<Effect>) {
    if state.focus != Pane::Reading {
        return;
    }
    let Some(story) = state.story() else { return };
    let leading = linked_words(story);
    let view = state.reading.in_view();
    let flash = state.reading.flash.and_then(|flash| leading.iter().find(|(span, _)| *span == flash));
    let link = match flash.or_else(|| leading.iter().find(|(span, _)| view.overlaps(*span))) {
        Some(&(mark, LinkTarget::ToNote(note))) => return show_note(state, mark, note),
        Some(&(_, LinkTarget::Out(index))) => story.article.links.get(index).cloned(),
        None => None,
    };
    let Some(link) = link else {
        state.set_status("No link here");
        return;
    };
    let is_target = |other: &Story| other.article.url.as_deref().is_some_and(|url| link::same(url, &link.url));
    if let Some(number) = state.stories.iter().position(is_target) {
        navigate::remember(state);
        stories::go(state, number);
        let text = format!("{} goes back", state.key(Action::Back));
        state.set_status(text);
    } else if offered.as_deref() == Some(&link.url) {
        effects.push(Effect::OpenLink(link.url));
    } else {
        let analysis_view = state.analysis_view().cloned();
        state.reading.select(state.reading.selection, Some(link.span), analysis_view.as_deref());
        let again = state.key(Action::Follow);
        if link::address(&link.url).is_some() {
            state.set_status(format!("{} · {again} again opens it in the browser", link::describe(&link.url)));
            state.offered = Some(link.url);
        } else {
            state.set_status(link::describe(&link.url));
        }
    }
}

/// Copies the URL of the story's page.
pub(super) fn copy_address(state: &mut State, effects: &mut Vec<Effect>) {
    match state.story().and_then(|story| story.article.url.as_deref()).and_then(link::address) {
        Some(words) => effects.push(Effect::Copy { words, form: Form::Address }),
        None => state.set_status("This story has no known URL"),
    }
}

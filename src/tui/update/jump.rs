//! Jumps to quotes, entities and events in the text, and back.

use super::{listing, navigate, stories};
use crate::tui::action::Action;
use crate::tui::analysis_view::Selection;
use crate::tui::layout::Pane;
use crate::tui::panels::PanelKind;
use crate::tui::rows;
use crate::tui::state::jumps::Location;
use crate::tui::state::overlay::Overlay;
use crate::tui::state::{PendingJump, State};
use dateline_analysis::{Mention, MentionKind};
use dateline_core::text::Span;
use std::sync::Arc;

/// Jumps to the target of a panel's selected row, and focuses the text.
pub(super) fn to_row(state: &mut State, kind: PanelKind) {
    let index = state.panel(kind).index();
    let elsewhere =
        state.analysis_view().zip(index).and_then(|(view, index)| rows::elsewhere::target(view, kind, index));
    if let Some((id, span)) = elsewhere {
        navigate::remember(state);
        let view = listing::view_with(state, id);
        listing::go(state, view, Some(PendingJump { id, span: Some(span), location: None, focus: Pane::Reading }));
        let text = format!("{} returns to the story", state.key(Action::Back));
        return state.set_status(text);
    }
    let Some(selection) = navigate::row(state, kind) else {
        state.set_status(format!("No {} in this story", rows::of(kind).name().to_lowercase()));
        return;
    };
    navigate::remember(state);
    navigate::goto(state, selection, None);
    navigate::focus(state, Pane::Reading);
    let text = format!("Jumped here · {} goes back", state.key(Action::Back));
    state.set_status(text);
}

/// Jumps to the next mention of the selected entity, wrapping around from the last to the first. The panel keeps the
/// focus if the text is visible beside it.
pub(super) fn to_next_mention(state: &mut State, kind: PanelKind) {
    let (Some(analysis_view), Some(selection)) = (state.analysis_view().cloned(), navigate::row(state, kind)) else {
        state.set_status(format!("No {} in this story", rows::of(kind).name().to_lowercase()));
        return;
    };
    let Some(entity) = analysis_view.analysis.entities.get(selection.index) else { return };
    let shown = |mention: &&Mention| state.reading.pronouns || mention.kind == MentionKind::Name;
    let mut mentions: Vec<Span> = entity.mentions.iter().filter(shown).map(|mention| mention.span).collect();
    mentions.sort_unstable();
    let same = |here: &Selection| here.kind == kind && here.index == selection.index;
    let here = state.reading.selection.filter(same);
    let next = here.map_or(0, |here| mentions.partition_point(|&span| span <= here.span));
    let next = if next < mentions.len() { next } else { 0 };
    let Some(&span) = mentions.get(next) else { return };
    if here.is_none() {
        navigate::remember(state);
    }
    navigate::show_text(state);
    navigate::goto(state, Selection { span, ..selection }, None);
    state.set_status(format!("Mention {} of {} · {}", next + 1, mentions.len(), entity.name));
}

/// Jumps `steps` annotations of a kind forward in the text, or backward if negative.
pub(super) fn step(state: &mut State, kind: PanelKind, steps: isize) {
    let Some(analysis_view) = state.analysis_view().cloned() else {
        if state.story().is_none() {
            return listing::no_story(state);
        }
        return state.set_status("The story is still being analysed");
    };
    navigate::show_text(state);
    let targets = analysis_view.jump_targets(kind);
    let view = state.reading.in_view();
    let selected = state.reading.selection.filter(|selection| selection.kind == kind);
    let here = match selected {
        Some(selection) => targets.partition_point(|&place| place < (selection.span, selection.index)) as isize + steps,
        None => targets.partition_point(|(span, _)| span.start < view.start) as isize + steps - isize::from(steps > 0),
    };
    let noun = rows::of(kind).noun();
    let Some(&(span, index)) = usize::try_from(here).ok().and_then(|here| targets.get(here)) else {
        let text = if targets.is_empty() { format!("No {noun} in this story") } else { format!("No further {noun}") };
        state.set_status(text);
        return;
    };
    navigate::goto(state, Selection { kind, index, span }, None);
    let text = describe(&analysis_view, kind, index);
    let hint = rows::of(kind).hint().map(|(action, words)| format!(" · {}: {words}", state.key(action)));
    let hint = hint.unwrap_or_default();
    let heard = heard(state, kind, span);
    state.set_status(format!("{noun} {} of {}{text}{heard}{hint}", here + 1, targets.len()));
}

/// Returns the words for the status line on a quote that another version, read before, has as well.
fn heard(state: &State, kind: PanelKind, span: Span) -> String {
    let view = state.story().filter(|_| kind == PanelKind::Quotes).and_then(|story| story.opened().happening.as_ref());
    view.and_then(|view| view.happening.heard_in(span))
        .map(|outlet| format!(" · heard in {outlet}"))
        .unwrap_or_default()
}

/// Returns the description of an annotation that is appended to the status line.
fn describe(analysis_view: &crate::tui::analysis_view::AnalysisView, kind: PanelKind, index: usize) -> String {
    rows::of(kind).describe(analysis_view, index).map(|words| format!(" · {words}")).unwrap_or_default()
}

/// Jumps from a quote to the introduction of its speaker, or from an entity's row to the entity.
pub(super) fn to_speaker(state: &mut State) {
    if state.focus == Pane::Panel(PanelKind::Entities) {
        to_row(state, PanelKind::Entities);
        return;
    }
    let Some(analysis_view) = state.analysis_view().cloned() else { return };
    let quotes = &analysis_view.analysis.quotes;
    let selected = state.reading.selection.filter(|selection| selection.kind == PanelKind::Quotes);
    let row =
        || (state.focus == Pane::Panel(PanelKind::Quotes)).then(|| state.panel(PanelKind::Quotes).index()).flatten();
    let view = state.reading.in_view();
    let first = || quotes.iter().position(|quote| view.contains(quote.span.start));
    // Prefer the selected row of the panel, then the selection in the text, then the first quote in view.
    let Some(index) = row().or_else(|| selected.map(|selection| selection.index)).or_else(first) else {
        let text = format!("No quote here · {} goes to the next one", state.key(Action::Next(PanelKind::Quotes)));
        state.set_status(text);
        return;
    };
    let Some(quote) = quotes.get(index) else { return };
    navigate::show_text(state);
    let Some(speaker) = &quote.speaker else {
        state.set_status("No speaker found");
        return;
    };
    navigate::remember(state);
    let selection = Selection { kind: PanelKind::Quotes, index, span: quote.span };
    navigate::goto(state, selection, Some(speaker.introduction));
    let text = format!("First mention of {} · {} goes back", speaker.name, state.key(Action::Back));
    state.set_status(text);
}

/// Returns to the location before the last jump.
pub(super) fn back(state: &mut State) {
    let here = navigate::location(state);
    match state.jumps.back(here) {
        Some(to) => restore(state, to),
        None => state.set_status("No earlier position"),
    }
}

/// Goes forward in the jump list, after going back.
pub(super) fn forward(state: &mut State) {
    let here = navigate::location(state);
    match state.jumps.forward(here) {
        Some(to) => restore(state, to),
        None => state.set_status("No later position"),
    }
}

/// Goes to a remembered location.
pub(super) fn restore(state: &mut State, location: Location) {
    state.set_status("Back");
    match location.overlay.clone() {
        Some(overlay) => state.layers.open(overlay),
        None => state.layers.close::<Arc<Overlay>>(),
    }
    if let Some((view, id)) = location.kept.clone() {
        let here = state.stories.get(location.story).and_then(|story| story.kept.as_ref()).map(|kept| kept.id);
        let same = state.library.as_ref().is_some_and(|library| library.view == view && !library.waiting);
        if !same || here != Some(id) {
            // The list shows another view now. Request the old view, and jump once its rows have arrived.
            let focus = if location.overlay.is_none() { Pane::Reading } else { Pane::List };
            let pending_jump = PendingJump { id, span: None, focus, location: Some(location) };
            listing::go(state, view, Some(pending_jump));
            return;
        }
    }
    stories::go(state, location.story);
    navigate::arrive(state, &location);
}

/// Returns the annotation of a kind at a byte offset in the text. If there are several, the shortest one is returned.
fn found_at(
    analysis_view: &crate::tui::analysis_view::AnalysisView,
    kind: PanelKind,
    byte: usize,
) -> Option<Selection> {
    let hits = analysis_view.jump_targets(kind).iter().filter(|(span, _)| span.contains(byte));
    hits.min_by_key(|(span, _)| span.len()).map(|&(span, index)| Selection { kind, index, span })
}

/// Selects the quote at a byte offset in the text, and shows its speaker in the status line.
pub(super) fn to_quote_at(state: &mut State, byte: usize) {
    let Some(analysis_view) = state.analysis_view().cloned() else { return };
    let Some(selection) = found_at(&analysis_view, PanelKind::Quotes, byte) else { return };
    navigate::goto(state, selection, None);
    let speaker = describe(&analysis_view, selection.kind, selection.index);
    let speaker = speaker.trim_start_matches(" · ");
    if !speaker.is_empty() {
        state.set_status(format!("Said by {speaker}"));
    }
}

/// Selects the annotation at a byte offset in the text. Names take precedence, because quotes and events contain them.
pub(super) fn to_annotation_at(state: &mut State, byte: usize) {
    let Some(analysis_view) = state.analysis_view().cloned() else { return };
    let here = |kind: PanelKind| found_at(&analysis_view, kind, byte);
    let mut kinds = PanelKind::ALL;
    kinds.sort_by_key(|&kind| rows::of(kind).click_order());
    match kinds.into_iter().find_map(here) {
        Some(selection) => {
            navigate::goto(state, selection, None);
            let text = describe(&analysis_view, selection.kind, selection.index);
            state.set_status(text.trim_start_matches(" · "));
        }
        None => state.reading.select(None, None, None),
    }
}

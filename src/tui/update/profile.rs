//! Looks up people, organisations and places in the whole library.

use super::{listing, overlay, picker};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::layout::Pane;
use crate::tui::library_messages::{EntityRef, LibraryQuery, Request, Sources, View};
use crate::tui::overlays;
use crate::tui::panels::PanelKind;
use crate::tui::rows;
use crate::tui::state::State;
use crate::tui::state::card::Card;
use crate::tui::state::overlay::{RowTarget, Subject};
use crate::tui::state::picker::{Choice, Picker, PickerItem, PickerKind};
use dateline_core::Named;
use dateline_library::{EntitySummary, Profile, Suggestion};

/// Requests the profile of the selected person, organisation or place.
pub(super) fn ask(state: &mut State, effects: &mut Vec<Effect>) {
    if state.library.is_none() {
        return listing::no_library(state);
    }
    let mut meant = candidates(state);
    if meant.len() > 1 {
        let item = |(kind, name): (String, String)| PickerItem {
            label: name.clone(),
            note: kind.clone(),
            keys: String::new(),
            choice: Choice::Across(kind, name),
        };
        picker::open(state, PickerKind::Across, meant.into_iter().map(item).collect());
        return;
    }
    let Some((kind, name)) = meant.pop() else {
        let [quote, entity] =
            [Action::Next(PanelKind::Quotes), Action::Next(PanelKind::Entities)].map(|action| state.key(action));
        state.set_status(format!("Select a quote ({quote}) or a name ({entity}) first"));
        return;
    };
    name_across(state, kind, name, effects);
}

/// Requests the profile of an entity with this kind and name.
pub(super) fn name_across(state: &mut State, kind: String, name: String, effects: &mut Vec<Effect>) {
    let seen_in = state.story().and_then(|story| story.kept.as_ref()).map_or(0, |kept| kept.id);
    state.set_status(format!("Searching the library for {name} …"));
    effects.push(Effect::Query(LibraryQuery::Profile(EntityRef::Named(kind, name), seen_in)));
}

/// Shows a profile as a full-screen page.
pub(super) fn show(state: &mut State, profile: &Profile, seen_in: i64) {
    state.message = None;
    overlay::show(state, overlays::profile(profile, seen_in));
}

/// Returns the kinds and names of the entities on the card, in the selected row or in the text selection.
fn candidates(state: &State) -> Vec<(String, String)> {
    let Some(analysis_view) = state.analysis_view() else { return Vec::new() };
    let analysis = &analysis_view.analysis;
    let entity =
        |index: usize| analysis.entities.get(index).map(|entity| (entity.kind.name().to_owned(), entity.name.clone()));
    let of = |kind: PanelKind, index: usize| -> Vec<(String, String)> {
        let named = rows::of(kind).entities(analysis_view, index).into_iter().filter_map(entity);
        let unlisted = rows::of(kind).unlisted_speaker(analysis_view, index).map(|name| ("speaker".to_owned(), name));
        named.chain(unlisted).collect()
    };
    if let Some(card) = state.layers.get::<Card>() {
        return entity(card.entity).into_iter().collect();
    }
    if let Pane::Panel(kind) = state.focus {
        return state.panel(kind).index().map(|index| of(kind, index)).unwrap_or_default();
    }
    state.reading.selection.map(|selection| of(selection.kind, selection.index)).unwrap_or_default()
}

/// Requests the names that may belong to the same person, organisation or place.
pub(super) fn ask_suggestions(state: &mut State, effects: &mut Vec<Effect>) {
    if state.library.is_none() {
        return listing::no_library(state);
    }
    state.set_status("Comparing the names in the library …".to_owned());
    effects.push(Effect::Query(LibraryQuery::Suggestions));
}

/// Shows suggestions of names to merge as a full-screen page.
pub(super) fn show_suggestions(state: &mut State, found: &[Suggestion]) {
    // A change refreshes the page, and its message must stay.
    let is_open = state.overlay().is_some_and(|overlay| overlay.subject == Subject::Suggestions);
    if !is_open {
        state.message = None;
    }
    overlay::show(state, overlays::suggestions(found));
}

/// Merges the two names in the selected row, or asks the user for a name to merge with the name of the current page.
pub(super) fn ask_merge(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(RowTarget::Pair(name, other)) = overlay::target(state) {
        return merge(name, other, effects);
    }
    if !matches!(state.overlay().map(|overlay| &overlay.subject), Some(Subject::Profile { .. })) {
        return;
    }
    picker::open(state, PickerKind::Same, Vec::new());
    effects.push(Effect::Query(LibraryQuery::Places));
}

/// Requests that two names be merged.
pub(super) fn merge(name: i64, other: i64, effects: &mut Vec<Effect>) {
    effects.push(Effect::Library(Request::Merge(name, other)));
}

/// Splits off a merged name: the name in the selected row or, if no name is selected, the name that the page is about. If
/// the row suggests merging two names, keeps them apart.
pub(super) fn split(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(RowTarget::Pair(name, other)) = overlay::target(state) {
        effects.push(Effect::Library(Request::KeepApart(name, other)));
        return;
    }
    let subject = state.overlay().map(|overlay| overlay.subject.clone());
    let Some(Subject::Profile { name, .. }) = subject else { return };
    let name = match overlay::target(state) {
        Some(RowTarget::Name(other)) => other,
        _ => name,
    };
    effects.push(Effect::Library(Request::Split(name)));
}

/// Adds the library's names, views and feeds to the open picker.
pub(super) fn show_targets(state: &mut State, names: Vec<EntitySummary>, sources: Sources) {
    let merging = state.overlay().and_then(|overlay| match overlay.subject {
        Subject::Profile { name, .. } => Some(name),
        _ => None,
    });
    let Some(picker) = state.layers.get_mut::<Picker>() else { return };
    let name = |who: EntitySummary| PickerItem {
        note: format!(
            "{} in {}",
            who.kind,
            if who.stories == 1 { "one story".into() } else { format!("{} stories", who.stories) }
        ),
        label: who.name,
        keys: String::new(),
        choice: Choice::Name(who.id),
    };
    match picker.topic {
        PickerKind::GoTo => {
            let views = sources.views.into_iter().map(|view| PickerItem {
                label: view.name.clone(),
                note: format!("view: {}", view.query),
                keys: String::new(),
                choice: Choice::View(View::Saved(view.name, view.query)),
            });
            let feeds = sources.feeds.into_iter().map(|feed| {
                let label = feed.name().to_owned();
                let note = format!("feed, {} unread", feed.unread);
                PickerItem {
                    label: label.clone(),
                    note,
                    keys: String::new(),
                    choice: Choice::View(View::Feed(feed.id, label)),
                }
            });
            picker.extend(views.chain(feeds).chain(names.into_iter().map(name)).collect());
        }
        PickerKind::Same => {
            let Some(here) = merging else { return };
            let others = names.into_iter().filter(|who| who.id != here).map(name);
            let merged = others.map(|item| match item.choice {
                Choice::Name(other) => PickerItem { choice: Choice::MergeNames(here, other), ..item },
                _ => item,
            });
            picker.extend(merged.collect());
        }
        _ => {}
    }
}

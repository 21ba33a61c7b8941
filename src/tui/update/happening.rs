//! Handles the happening that several stories report: unfolds its row, goes to what is new, shows where the versions
//! differ, and splits or merges stories by hand.

use super::{listing, navigate, overlay, picker, scroll};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::happening::{Happening, HappeningView};
use crate::tui::layout::Pane;
use crate::tui::library_messages::{Gathered, LibraryQuery, Regrouping, Request, View};
use crate::tui::overlays;
use crate::tui::panels::PanelKind;
use crate::tui::state::State;
use crate::tui::state::picker::{Choice, PickerItem, PickerKind};
use std::sync::Arc;

/// Adds the clusters of a view. They arrive before its rows. With `replace`, they are the first of the view.
pub(super) fn gathered(state: &mut State, generation: u32, replace: bool, clusters: Vec<Gathered>) {
    if state.library.as_ref().is_none_or(|library| library.generation == generation) {
        state.list.folds.add(clusters, replace);
    }
}

/// Returns whether a view shows the versions of a happening in one row. The results of a search list each story.
pub(super) const fn is_folded(view: &View) -> bool {
    matches!(view, View::List(_))
}

/// Returns the ID of the open story if several stories report its happening. If not, says so.
fn gathered_story(state: &mut State) -> Option<i64> {
    let found = state.story().filter(|story| state.list.folds.cluster(story).is_some());
    let id = found.and_then(|story| story.kept.as_ref()).map(|kept| kept.id);
    if id.is_none() {
        let merge = state.key(Action::MergeStory);
        state.set_status(format!("No other version of this story · {merge} merges it with one"));
    }
    id
}

/// Unfolds the row of a happening, or folds it again.
pub(super) fn unfold(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(id) = gathered_story(state) else { return };
    if !state.list.is_folding() {
        let is_query = state.library.as_ref().is_some_and(|library| matches!(library.view, View::Query(_)));
        let is_left_by_key = is_query || !state.list.filter.is_empty();
        let key = state.key(if is_left_by_key { Action::BackOut } else { Action::NextList });
        let does = if is_left_by_key { "goes back to" } else { "switches to" };
        state.set_status(format!("This list shows every version · {key} {does} a list that folds them"));
        return;
    }
    let Some(story) = state.story().cloned() else { return };
    let key = state.key(Action::Unfold);
    if state.list.folds.toggle(&story) == Some(true) {
        effects.push(Effect::Query(LibraryQuery::Happening(id)));
        state.set_status(format!("Unfolded the versions · {key} folds them"));
    } else {
        state.list.folds.show(&story);
        state.set_status(format!("Folded the versions · {key} unfolds them"));
    }
    state.list.arrange(&state.stories);
}

/// Requests the happening of the open story when the user reads it.
pub(super) fn request(state: &mut State, effects: &mut Vec<Effect>) {
    if state.focus != Pane::Reading || state.list.folds.is_empty() {
        return;
    }
    let Some(story) = state.stories.get_mut(state.list.selected) else { return };
    let is_gathered = state.list.folds.cluster(story).is_some();
    let Some(id) = story.kept.as_ref().filter(|kept| is_gathered && kept.loaded).map(|kept| kept.id) else { return };
    if story.analysis_view.is_some() && !story.opened().asked_happening {
        story.opened_mut().asked_happening = true;
        effects.push(Effect::Query(LibraryQuery::Happening(id)));
    }
}

/// Handles the library's reply about a happening.
pub(super) fn arrived(state: &mut State, happening: Happening) {
    let additions = happening.versions.iter().filter_map(|version| Some((version.id, version.adds.clone()?)));
    state.list.folds.describe(additions);
    let id = happening.story;
    let is_it = |story: &&mut crate::tui::story::Story| story.kept.as_ref().is_some_and(|kept| kept.id == id);
    let Some(story) = state.stories.iter_mut().find(is_it) else { return };
    if story.was_opened() {
        let view = HappeningView::new(happening, &story.article.text);
        story.compare(Some(Arc::new(view)));
    }
    let is_open = state.story().and_then(|story| story.kept.as_ref()).is_some_and(|kept| kept.id == id);
    for kind in PanelKind::ALL.into_iter().filter(|_| is_open) {
        state.refill(kind);
    }
    let stepping = state.library.as_mut().and_then(|library| library.stepping.take_if(|(story, _)| *story == id));
    if let Some((_, steps)) = stepping.filter(|_| is_open) {
        step(state, steps);
    }
    if state.library.as_mut().is_some_and(|library| library.comparing.take_if(|asked| *asked == id).is_some()) {
        show_differences(state);
    }
}

/// Shows where the versions of the open story differ, once the library has compared them.
pub(super) fn compare(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(id) = gathered_story(state) else { return };
    if let Some(library) = &mut state.library {
        library.comparing = Some(id);
    }
    if let Some(story) = state.story_mut() {
        story.opened_mut().asked_happening = true;
    }
    effects.push(Effect::Query(LibraryQuery::Happening(id)));
}

fn show_differences(state: &mut State) {
    let Some(story) = state.story() else { return };
    let Some(view) = story.opened().happening.clone() else { return };
    let page = overlays::differences(story.title(), &view.happening);
    overlay::show(state, page);
}

/// Goes to the next or previous words that no version read before has.
pub(super) fn step(state: &mut State, steps: isize) {
    let Some(id) = gathered_story(state) else { return };
    navigate::show_text(state);
    let Some(view) = state.story().and_then(|story| story.opened().happening.clone()) else {
        if let Some(library) = &mut state.library {
            library.stepping = Some((id, steps));
        }
        state.set_status("Comparing the versions …");
        return;
    };
    let new = &view.happening.new;
    let in_view = state.reading.in_view();
    let flash = state.reading.flash.filter(|flash| in_view.overlaps(*flash));
    let here = flash.map_or(in_view.start, |flash| flash.start);
    let passed =
        new.partition_point(|span| if flash.is_some() && steps > 0 { span.start <= here } else { span.start < here });
    let index = passed as isize + steps - isize::from(steps > 0);
    match usize::try_from(index).ok().and_then(|index| Some((index, *new.get(index)?))) {
        Some((index, span)) => {
            scroll::light(state, span);
            state.set_status(format!("New {} of {} · in no version read before", index + 1, new.len()));
        }
        None if !new.is_empty() => state.set_status("Nothing further is new"),
        None => {
            let others = view.happening.versions.iter().filter(|version| version.id != view.happening.story);
            let has_read = others.into_iter().any(|version| version.read);
            let text = if has_read {
                "No sentences, figures or dated events are new"
            } else {
                "No other version was read before"
            };
            let key = state.key(Action::Differences);
            state.set_status(format!("{text} · {key} shows where they differ"));
        }
    }
}

/// Takes the open story out of its happening.
pub(super) fn split(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(id) = gathered_story(state) {
        effects.push(Effect::Library(Request::Regather(vec![id], Regrouping::Split)));
    }
}

/// Asks for the story whose happening the open story reports, too.
pub(super) fn ask_merge(state: &mut State) {
    let Some(here) = state.story().and_then(|story| story.kept.as_ref()).map(|kept| kept.id) else {
        return listing::no_story(state);
    };
    let own = state.story().and_then(|story| state.list.folds.cluster(story)).map(|cluster| cluster.id);
    let others = state.stories.iter().filter_map(|story| {
        let id = story.kept.as_ref().map(|kept| kept.id).filter(|&id| id != here)?;
        let is_same = own.is_some() && state.list.folds.cluster(story).map(|cluster| cluster.id) == own;
        let (label, note) = (story.title().to_owned(), story.about());
        (!is_same).then(|| PickerItem { label, note, keys: String::new(), choice: Choice::MergeStories(here, id) })
    });
    let items = others.collect();
    picker::open(state, PickerKind::SameStory, items);
}

/// Merges the happenings of two stories.
pub(super) fn merge(here: i64, other: i64, effects: &mut Vec<Effect>) {
    effects.push(Effect::Library(Request::Regather(vec![here, other], Regrouping::Merge)));
}

/// Reloads the list after stories were split or merged, and shows what was done.
pub(super) fn regathered(state: &mut State, said: &str, is_changed: bool) {
    if !is_changed {
        return state.set_status(said);
    }
    for story in &mut state.stories {
        if story.was_opened() {
            story.compare(None);
            story.opened_mut().asked_happening = false;
        }
    }
    listing::reload(state);
    let undo = state.key(Action::Undo);
    state.set_status(format!("{said} · {undo} undo"));
}

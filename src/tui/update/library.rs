//! Handles library stories in the list: rows, articles, and changes by the user.

use super::{find, happening, keeping, listing, navigate, order, overlay, stories};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::highlight::Highlights;
use crate::tui::layout::Pane;
use crate::tui::library_messages::{LibraryQuery, OpenedStory, Renewal, Request, RowBatch, View};
use crate::tui::overlays::{self, grouped};
use crate::tui::page::{Anchor, SectionId};
use crate::tui::state::overlay::Overlay;
use crate::tui::state::prompt::{Prompt, Purpose};
use crate::tui::state::{LibraryView, ReadingPlace, State};
use crate::tui::story::{Kept, Story};
use dateline_library::query::Query;
use dateline_library::{Change, Difference, Flag, List, StoryRow, Version};
use std::sync::Arc;

/// Built-in lists, in the order in which a key cycles through them.
const LISTS: [List; 5] = [List::Inbox, List::Unread, List::Starred, List::All, List::Bin];

/// Number of stories whose articles are kept in memory, on each side of the open one.
const NEAR: usize = 16;

/// Handles a batch of rows from the library. The batch replaces the rows of the list or is appended to them.
pub(super) fn rows(state: &mut State, rows: RowBatch) {
    let library = state.library.get_or_insert_with(|| LibraryView::new(rows.view.clone(), rows.generation));
    if library.generation != rows.generation {
        return;
    }
    // A new query selects its best match. Any other list keeps the selected story.
    let anew = library.view != rows.view && matches!(rows.view, View::Query(_) | View::Saved(..));
    state.list.set_folding(happening::is_folded(&rows.view));
    library.view = rows.view;
    library.waiting = false;
    library.empty = rows.empty;
    library.total = if rows.goes_on { rows.total.or(library.total) } else { None };
    // The number of stories is known once the last batch has arrived.
    let announce = !rows.goes_on && !std::mem::take(&mut library.quiet);
    let unopened = Arc::default();
    let stories = rows.rows.into_iter().map(|row| Story::kept(row, &unopened));
    if rows.more {
        state.stories.extend(stories);
        state.list.arrange(&state.stories);
        order::apply(state);
        land(state);
        if announce {
            report_count(state);
        }
        return;
    }
    let here = state.story().and_then(|story| story.kept.as_ref()).map(|kept| kept.id);
    let is_here = |story: &Story| story.kept.as_ref().map(|kept| kept.id) == here;
    let stays = !rows.goes_on && state.focus != Pane::List;
    let old = state.story().filter(|_| reloads(state, here)).cloned();
    let before = std::mem::replace(&mut state.stories, stories.collect());
    keeping::stay(&mut state.stories, before);
    if let Some(mut old) = old {
        match state.stories.iter_mut().find(|story| is_here(story)) {
            Some(story) => story.show_until_loaded(old),
            None if stays => {
                // The story is not in the new list, but its text must not disappear while the user reads it.
                old.request_again();
                state.stories.insert(state.list.selected.min(state.stories.len()), old);
            }
            None => {}
        }
    }
    state.list.order.sort(&mut state.stories);
    state.list.arrange(&state.stories);
    let same = state.stories.iter().position(is_here).filter(|_| here.is_some() && !anew);
    // The first row may show a longer version than the first story.
    let first = if state.list.is_folding() { state.list.number(0) } else { 0 };
    stories::show(state, same.unwrap_or(first));
    let pending_jump = state.library.as_ref().is_some_and(|library| library.pending_jump.is_some());
    land(state);
    if announce && !pending_jump {
        report_count(state);
    }
}

/// Returns whether the rows answer a request by `listing::reload`, made while this story was open.
fn reloads(state: &State, here: Option<i64>) -> bool {
    let pending_jump = state.library.as_ref().and_then(|library| library.pending_jump.as_ref());
    here.is_some() && pending_jump.map(|pending_jump| pending_jump.id) == here
}

/// Shows the number of listed stories in the status line.
fn report_count(state: &mut State) {
    let count = state.stories.len();
    let what = state.library.as_ref().map(|library| library.view.title().to_owned()).unwrap_or_default();
    let found = if count == 1 { "one story".to_owned() } else { format!("{count} stories") };
    let outdated = outdated(state).map(|left| format!(" · {} not annotated yet", grouped(left)));
    state.set_status(format!("{what}: {found}{}", outdated.unwrap_or_default()));
}

/// Returns the number of stories without up-to-date annotations, if the view depends on annotations. Until these stories
/// are annotated, the view may lack stories or list wrong ones.
fn outdated(state: &State) -> Option<usize> {
    let Some(Renewal::Left(left)) = state.renewal else { return None };
    let asks = match &state.library.as_ref()?.view {
        View::Query(words) | View::Saved(_, words) => {
            Query::parse(words).or_else(|_| Query::parse_typed(words)).is_ok_and(|query| query.asks_annotations())
        }
        View::Who(..) => true,
        View::List(_) | View::Feed(..) => false,
    };
    asks.then_some(left)
}

/// Switches to the target story of the pending jump, if its row has arrived.
fn land(state: &mut State) {
    let Some(pending_jump) = state.library.as_ref().and_then(|library| library.pending_jump.clone()) else { return };
    let is_it = |story: &Story| story.kept.as_ref().is_some_and(|kept| kept.id == pending_jump.id);
    let Some(number) = state.stories.iter().position(is_it) else { return };
    if number != state.list.selected {
        stories::show(state, number);
    }
    navigate::focus(state, pending_jump.focus);
    // A story with unsaved changes is still loaded, so no article will arrive for it.
    if state.story().is_some_and(|story| story.kept.as_ref().is_some_and(|kept| kept.loaded)) {
        arrive(state, pending_jump.id);
    }
}

/// Completes the pending jump to a story that has arrived.
fn arrive(state: &mut State, id: i64) {
    let Some(library) = &mut state.library else { return };
    let Some(pending_jump) = library.pending_jump.take_if(|pending_jump| pending_jump.id == id) else { return };
    match (pending_jump.location, pending_jump.span) {
        (Some(location), _) => navigate::arrive(state, &location),
        (None, Some(span)) => {
            let analysis_view = state.analysis_view().cloned();
            state.reading.select(None, Some(span), analysis_view.as_deref());
            state.reading.want(span);
        }
        (None, None) => {}
    }
}

/// Loads the article of a library story into the list.
pub(super) fn opened(state: &mut State, opened: OpenedStory) {
    let is_it = |story: &Story| story.kept.as_ref().is_some_and(|kept| kept.id == opened.id);
    let here = state.list.selected;
    let near = here.saturating_sub(NEAR)..here.saturating_add(NEAR);
    let Some(number) = near.into_iter().find(|number| state.stories.get(*number).is_some_and(is_it)) else { return };
    let Some(story) = state.stories.get_mut(number) else { return };
    if let Some(row) = opened.row {
        story.read = row.read;
        story.kept = Some(Box::new(Kept::new(row)));
    }
    if let Some(kept) = &mut story.kept {
        kept.loaded = true;
    }
    story.show(opened.article);
    story.opened_mut().corrections = opened.corrections;
    story.opened_mut().highlights = Highlights::of(opened.highlights);
    story.asked = false;
    story.generation += 1;
    story.analysis_view = None;
    // The library's annotations count from its own reference date, so one set by the user asks for new ones.
    if let Some(analysis) = opened.analysis.filter(|_| story.opened().options.reference.is_none()) {
        story.take(analysis);
    }
    if number == here {
        stories::show(state, number);
        resume(state, opened.place.unwrap_or_default());
        let pending_jump = state.library.as_ref().is_some_and(|library| library.pending_jump.is_some());
        if state.focus == Pane::Reading && !pending_jump {
            find::found(state);
        }
        arrive(state, opened.id);
    }
    forget(state);
}

/// Scrolls the row with this byte offset to the top, which is where the user stopped reading. At offset 0, the page
/// begins with the lines before the text.
fn resume(state: &mut State, place: usize) {
    let block = state.story().and_then(|story| story.article.block_at(place)).filter(|_| place > 0);
    if let Some(block) = block {
        state.reading.restore(Some(Anchor { id: SectionId::Block(block), offset: place }));
    }
}

/// Unloads the articles of stories far from the open one, once enough have been loaded. Not done after every key,
/// because scanning all stories takes too long in a list of a hundred thousand.
fn forget(state: &mut State) {
    let Some(library) = state.library.as_mut() else { return };
    library.loaded += 1;
    if library.loaded <= NEAR {
        return;
    }
    library.loaded = 0;
    let here = state.list.selected;
    let unopened = Arc::default();
    for (number, story) in state.stories.iter_mut().enumerate() {
        if number.abs_diff(here) <= NEAR || !story.was_opened() || story.opened().unsaved {
            continue;
        }
        if let Some(kept) = story.kept.as_mut().filter(|kept| kept.loaded) {
            kept.loaded = false;
            story.close(&unopened);
        }
    }
}

/// Handles the library's reply to a change.
pub(super) fn changed(state: &mut State, rows: Vec<StoryRow>, said: &str) {
    for row in rows {
        let id = row.id;
        let stories = state.stories.iter_mut();
        let Some(story) = stories.into_iter().find(|story| story.kept.as_ref().is_some_and(|kept| kept.id == id))
        else {
            continue;
        };
        story.read = row.read;
        let loaded = story.kept.as_ref().is_some_and(|kept| kept.loaded);
        let mut kept = Kept::new(row);
        kept.loaded = loaded;
        story.kept = Some(Box::new(kept));
    }
    if !said.is_empty() {
        let undo = state.key(Action::Undo);
        state.set_status(format!("{said} · {undo} undo"));
    }
}

/// Shows in the status line that a change was saved.
pub(super) fn kept(state: &mut State, said: &str, undoable: bool, effects: &mut Vec<Effect>) {
    overlay::renew(state, effects);
    if !said.is_empty() {
        let undo = if undoable { format!(" · {} undo", state.key(Action::Undo)) } else { String::new() };
        state.set_status(format!("{said}{undo}"));
    }
}

/// Switches to the next built-in list.
pub(super) fn next_list(state: &mut State) {
    let Some(library) = state.library.as_ref() else { return listing::no_library(state) };
    let here = LISTS.iter().position(|list| library.view == View::List(*list));
    let next = here.map_or(0, |here| (here + 1) % LISTS.len());
    listing::show(state, View::List(LISTS[next]));
}

/// Opens a view, and records the previous location in the jump list.
pub(super) fn open(state: &mut State, view: View) {
    if state.library.is_none() {
        return listing::no_library(state);
    }
    navigate::remember(state);
    state.layers.close::<Arc<Overlay>>();
    listing::show(state, view);
    navigate::focus(state, Pane::List);
}

/// Opens the prompt for a tag.
pub(super) fn ask_tag(state: &mut State) {
    if state.story().is_some() {
        state.layers.open(Prompt::new(Purpose::Tag));
    }
}

/// Adds a tag to the story, or removes the tag if a minus precedes it.
pub(super) fn tag(state: &mut State, words: &str, effects: &mut Vec<Effect>) {
    let words = words.trim();
    let change = match words.strip_prefix('-') {
        _ if words.is_empty() => return,
        Some(tag) => Change::Untag(tag.trim().to_owned()),
        None => Change::Tag(words.trim_start_matches('#').to_owned()),
    };
    set(state, |_| change, effects);
}

/// Adds or removes the star of the story.
pub(super) fn star(state: &mut State, effects: &mut Vec<Effect>) {
    set(state, |kept| Change::Flag(Flag::Starred, !kept.starred), effects);
}

/// Archives the story, or returns it to the inbox.
pub(super) fn archive(state: &mut State, effects: &mut Vec<Effect>) {
    set(state, |kept| Change::Flag(Flag::Archived, !kept.archived), effects);
}

/// Moves the story to the bin, or restores it from there.
pub(super) fn bin(state: &mut State, effects: &mut Vec<Effect>) {
    set(state, |kept| Change::Binned(!kept.binned), effects);
}

/// Marks the story as unread or, if it is unread, as read.
pub(super) fn unread(state: &mut State, effects: &mut Vec<Effect>) {
    set(state, |kept| Change::Flag(Flag::Read, !kept.read), effects);
}

fn set(state: &mut State, change: impl FnOnce(&Kept) -> Change, effects: &mut Vec<Effect>) {
    let Some(story) = state.story() else { return };
    if let Some(kept) = &story.kept {
        effects.push(Effect::Library(Request::Set(kept.id, change(kept))));
        return;
    }
    match change(&Kept::default()) {
        // A story outside the library cannot be moved to the bin or marked as unread.
        Change::Binned(_) | Change::Flag(Flag::Read, _) => not_kept(state),
        change => keeping::ask(state, Some(change), effects),
    }
}

/// Reports that the story is not in the library, and which key saves it there.
fn not_kept(state: &mut State) {
    let keep = state.key(Action::Keep);
    state.set_status(format!("Not in your library · {keep} saves it"));
}

/// Updates the search history.
pub(super) fn searches(state: &mut State, searches: Vec<String>) {
    let library = state.library.get_or_insert_with(|| LibraryView::new(View::List(List::Inbox), 0));
    library.searches = searches;
}

/// Requests the differences between the stored versions of the story.
pub(super) fn versions(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(kept) = state.story().and_then(|story| story.kept.as_ref()) else { return not_kept(state) };
    effects.push(Effect::Query(LibraryQuery::Versions(kept.id)));
}

/// Shows the differences between versions on a full-screen page.
pub(super) fn show_versions(state: &mut State, changes: &[(Version, Vec<Difference>)]) {
    if changes.is_empty() {
        state.set_status("No earlier versions");
        return;
    }
    let title = state.story().map(|story| story.title().to_owned()).unwrap_or_default();
    overlay::show(state, overlays::versions(&title, changes));
}

/// Sends the reading position and read status to the library. Called after every event.
pub(super) fn sync_library(state: &mut State, effects: &mut Vec<Effect>) {
    if state.library.is_none() {
        return;
    }
    // Without a page, the text is not on the screen and has no position.
    let offset = state.reading.page.is_some().then(|| state.reading.in_view().start);
    let ended = !state.running;
    let reading = state.focus == Pane::Reading;
    let reread = state.library.as_ref().and_then(|library| library.reread);
    let open = state.story_mut().and_then(|story| {
        let kept = story.kept.as_mut()?;
        if reread == Some(kept.id) {
            story.read = kept.read;
        }
        if !kept.loaded {
            return None;
        }
        if story.read && reading && !kept.read {
            kept.read = true;
            effects.push(Effect::Library(Request::Opened(kept.id)));
        }
        Some(kept.id)
    });
    let Some(library) = &mut state.library else { return };
    if open.is_some_and(|id| library.reread != Some(id)) {
        library.reread = None;
    }
    if let Some(view) = library.asked.take() {
        effects.push(Effect::Library(Request::Show(view, library.generation)));
    }
    let before = library.place;
    let is_open = |place: &ReadingPlace| open == Some(place.id);
    if let (Some(id), Some(offset)) = (open, offset) {
        let from = before.filter(is_open).map_or(offset, |place| place.from);
        library.place = Some(ReadingPlace { id, from, offset });
    }
    let left = if ended { library.place } else { before.filter(|place| !is_open(place)) };
    if let Some(ReadingPlace { id, from, offset }) = left {
        // A story that was only passed in the list keeps its position, because every write goes to disk.
        if from != offset {
            effects.push(Effect::Library(Request::Place(id, offset)));
        }
        library.place = library.place.filter(is_open);
    }
}

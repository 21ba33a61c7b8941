//! Saves stories in the library, on request or when the user highlights or corrects something. No work of the user is
//! lost when the program exits.

use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::highlight::{Highlight, Highlights};
use crate::tui::key::Key;
use crate::tui::keymap::Resolved;
use crate::tui::library_messages::{KeptStory, Request, StoryMarks, StoryToKeep};
use crate::tui::panels::PanelKind;
use crate::tui::state::prompt::{Prompt, Purpose};
use crate::tui::state::{Confirmation, ConfirmedAction, State};
use crate::tui::story::{Kept, Story};
use dateline_analysis::Correction;
use dateline_core::article::Article;
use dateline_library::Change;
use std::sync::Arc;

/// Saves the open story in the library. If it is already there, retries saving unsaved changes.
pub(super) fn keep(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(story) = state.story() else { return };
    match &story.kept {
        Some(kept) if story.opened().unsaved => effects.push(Effect::Library(Request::Save(kept.id))),
        Some(_) => state.set_status("Already in the library"),
        None => ask(state, None, effects),
    }
}

/// Saves the highlights of the open story if they differ from `before`. Also saves the story if it is not in the
/// library.
pub(super) fn highlights(state: &mut State, before: Vec<Highlight>, effects: &mut Vec<Effect>) {
    let story = state.list.selected;
    let Some(shown) = state.story() else { return };
    let after = shown.opened().highlights.all().to_vec();
    match shown.kept {
        _ if before == after => {}
        Some(_) => effects.push(Effect::KeepHighlights { story, before, after }),
        None => marked(state, effects),
    }
}

/// Saves a correction of the open story. Also saves the story if it is not in the library.
pub(super) fn correction(state: &mut State, correction: Correction, effects: &mut Vec<Effect>) {
    let story = state.list.selected;
    match state.story() {
        Some(shown) if shown.kept.is_some() => effects.push(Effect::KeepCorrection { story, correction }),
        _ => marked(state, effects),
    }
}

/// Saves a story whose highlights or corrections have changed, unless none are left.
fn marked(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(story) = state.story_mut() else { return };
    // Until the library replies, it may have marks that the user has since removed.
    if story.is_marked() || story.opened().keeping > 0 {
        ask(state, None, effects);
    } else {
        story.opened_mut().unsaved = false;
    }
}

/// Records whether a story that could not be saved still has highlights or corrections.
pub(super) fn note_unsaved(state: &mut State) {
    let Some(story) = state.story_mut() else { return };
    story.opened_mut().unsaved = story.is_marked() || !story.opened().unsaved_changes.is_empty();
}

/// Requests that the open story be saved in the library. The changes that could not be saved before and `change` are
/// applied to it there.
pub(super) fn ask(state: &mut State, change: Option<Change>, effects: &mut Vec<Effect>) {
    let Some(story) = state.story_mut() else { return };
    if story.failed {
        state.set_status("Cannot save the story: its source could not be read");
        return;
    }
    let opened = story.opened_mut();
    opened.keeping += 1;
    let changes = opened.unsaved_changes.drain(..).chain(change).collect();
    let opened = story.opened();
    let keeping = StoryToKeep {
        article: story.article.clone(),
        // If the user set a reference date, the analysis is not the one that the library would make.
        analysis: opened.options.reference.is_none().then(|| story.uncorrected()).flatten(),
        read: story.read,
        highlights: opened.highlights.all().to_vec(),
        corrections: opened.corrections.clone(),
        changes,
    };
    effects.push(Effect::Library(Request::Keep(Box::new(keeping))));
}

/// Handles the reply that a story was saved.
pub(super) fn kept(state: &mut State, answer: KeptStory) {
    let number = state.stories.iter().position(|story| Arc::ptr_eq(&story.article, &answer.article));
    let is_read = number == Some(state.list.selected);
    if let Some(story) = number.and_then(|number| state.stories.get_mut(number)) {
        let opened = story.opened_mut();
        opened.keeping = opened.keeping.saturating_sub(1);
        opened.unsaved = false;
        opened.given_up = None;
        // Marks that the user added after the request are in a later request.
        let is_last = opened.keeping == 0;
        for row in answer.rows {
            story.kept = Some(Box::new(Kept::loaded(row)));
        }
        if is_last {
            let marks = StoryMarks { rows: Vec::new(), highlights: answer.highlights, corrections: answer.corrections };
            show_marks(state, number.unwrap_or_default(), marks);
        }
    }
    let is_noting = state.layers.get::<Prompt>().is_some_and(|prompt| matches!(prompt.purpose, Purpose::Note(_)));
    if is_read && is_noting {
        // The prompt covers the status line, so the report has to wait until the note is written.
        state.story_mut().into_iter().for_each(|story| story.opened_mut().just_kept = true);
    } else {
        let first = Some(answer.said).filter(|said| !said.is_empty()).or_else(|| said(state).filter(|_| is_read));
        report_kept(state, first.as_deref(), answer.is_new);
    }
    leave_at_last(state);
}

/// Returns the last message up to its first separator, unless it was an error.
fn said(state: &State) -> Option<String> {
    let message = state.message.as_ref().filter(|message| !message.error)?;
    message.text.split(" · ").next().map(str::to_owned)
}

/// Reports that the story was saved. `done` describes the change that caused it.
pub(super) fn report_kept(state: &mut State, done: Option<&str>, is_new: bool) {
    let kept = match (done, is_new) {
        (Some(done), true) => format!("{done} · story saved to the library"),
        (Some(done), false) => format!("{done} · saved to the library"),
        (None, true) => "Saved the story to the library".to_owned(),
        (None, false) => "Already in the library".to_owned(),
    };
    let undo = state.key(Action::Undo);
    state.set_status(format!("{kept} · {undo} undo"));
}

/// Handles the reply that a story could not be saved. `changes` are kept for the next attempt.
pub(super) fn refused(state: &mut State, article: &Arc<Article>, changes: Vec<Change>, reason: &str) {
    let story = state.stories.iter_mut().find(|story| Arc::ptr_eq(&story.article, article));
    if let Some(story) = story {
        let is_marked = story.is_marked();
        let opened = story.opened_mut();
        opened.keeping = opened.keeping.saturating_sub(1);
        opened.unsaved_changes.splice(..0, changes);
        opened.unsaved = is_marked || !opened.unsaved_changes.is_empty();
    }
    report_unsaved(state, reason);
    leave_at_last(state);
}

/// Handles the reply to a request to save changes of a library story that failed, now or before. `failure` is the reason
/// if it failed now.
pub(super) fn saved(state: &mut State, id: i64, failure: Option<String>) {
    let is_it = |story: &&mut Story| story.kept.as_ref().is_some_and(|kept| kept.id == id);
    if let Some(story) = state.stories.iter_mut().find(is_it) {
        story.opened_mut().unsaved = failure.is_some();
    }
    match failure {
        Some(reason) => report_unsaved(state, &reason),
        None => state.set_status("Saved"),
    }
}

/// Reports that the last change could not be saved, and the reason.
fn report_unsaved(state: &mut State, reason: &str) {
    let keep = state.key(Action::Keep);
    let not_kept = said(state).map_or_else(|| "Not saved".to_owned(), |done| format!("{done} · not saved"));
    state.set_error(format!("{not_kept} ({keep} retries): {reason}"));
}

/// Returns the library ID of a story. A story whose saving was undone still has one.
fn number(story: &Story) -> Option<i64> {
    story.kept.as_ref().map(|kept| kept.id).or(story.opened().given_up)
}

/// Returns whether the library's journal may contain changes from this session.
pub(super) fn has_journal(state: &State) -> bool {
    state.library.is_some() || state.stories.iter().any(|story| number(story).is_some() || story.opened().keeping > 0)
}

/// Requests the highlights and corrections of all saved stories in the list after an undo or redo, if no library is
/// open.
pub(super) fn ask_marks(state: &State, effects: &mut Vec<Effect>) {
    if state.library.is_none() {
        let numbers = state.stories.iter().filter_map(number);
        effects.extend(numbers.map(|id| Effect::Library(Request::Marks(id))));
    }
}

/// Shows the highlights and corrections that the library has for a story. If the list does not show a library, a story
/// in the bin counts as not saved.
pub(super) fn marks(state: &mut State, marks: StoryMarks) {
    let Some(row) = marks.rows.first().cloned() else { return };
    let is_it = |story: &Story| self::number(story) == Some(row.id) && story.opened().keeping == 0;
    let Some(number) = state.stories.iter().position(is_it) else { return };
    let is_listed = state.library.is_some();
    if let Some(story) = state.stories.get_mut(number) {
        let is_given_up = row.binned_at.is_some() && !is_listed;
        let mut kept = Kept::new(row);
        kept.loaded = story.kept.as_ref().is_none_or(|kept| kept.loaded);
        story.opened_mut().given_up = is_given_up.then_some(kept.id);
        story.kept = (!is_given_up).then(|| Box::new(kept));
    }
    show_marks(state, number, marks);
}

/// Replaces the highlights and corrections shown in a story.
fn show_marks(state: &mut State, number: usize, marks: StoryMarks) {
    let is_read = number == state.list.selected;
    let Some(story) = state.stories.get_mut(number) else { return };
    let old = story.opened_mut();
    let corrected = old.corrections != marks.corrections;
    let new = Highlights::of(marks.highlights);
    if is_read && let Some(Prompt { purpose: Purpose::Note(index), .. }) = state.layers.get_mut::<Prompt>() {
        // Highlights from the library may have shifted the index of the highlight whose note is being written.
        let span = old.highlights.all().get(*index).map(|highlight| highlight.span);
        *index = span.and_then(|span| new.all().iter().position(|other| other.span == span)).unwrap_or(*index);
    }
    old.highlights = new;
    old.corrections = marks.corrections;
    old.undone.clear();
    if corrected {
        story.correct();
        for kind in PanelKind::ALL.into_iter().filter(|_| is_read) {
            state.refill(kind);
        }
    }
}

/// Keeps stories with unsaved changes when the list is replaced. Each takes the place of the same story in the new
/// list, or is added at the top.
pub(super) fn stay(stories: &mut Vec<Story>, before: Vec<Story>) {
    let mut first = Vec::new();
    for story in before.into_iter().filter(is_unsaved) {
        let id = story.kept.as_ref().map(|kept| kept.id);
        let is_it = |other: &&mut Story| id.is_some() && other.kept.as_ref().map(|kept| kept.id) == id;
        match stories.iter_mut().find(is_it) {
            Some(same) => *same = story,
            None => first.push(story),
        }
    }
    stories.splice(0..0, first);
}

/// Quits once all changes are saved. Asks for confirmation if some could not be saved.
pub(super) fn quit(state: &mut State) {
    if !state.leaving && is_waiting(state) {
        state.leaving = true;
        state.set_status("Saving your changes …");
        return;
    }
    let unsaved = state.stories.iter().filter(|story| is_unsaved(story)).count();
    if unsaved == 0 {
        state.running = false;
        return;
    }
    state.leaving = false;
    let stories = if unsaved == 1 { "one story".to_owned() } else { format!("{unsaved} stories") };
    let text = format!("Quit and lose unsaved changes in {stories}? y/n");
    state.confirmation = Some(Confirmation { text, action: ConfirmedAction::Quit });
}

/// Returns whether a reply from the library is pending.
fn is_waiting(state: &State) -> bool {
    state.stories.iter().any(|story| story.opened().keeping > 0)
}

/// Returns whether a story has changes that may be unsaved.
fn is_unsaved(story: &Story) -> bool {
    story.opened().unsaved || story.opened().keeping > 0
}

/// Quits if this was requested earlier and no reply is pending any longer.
fn leave_at_last(state: &mut State) {
    if !state.leaving || is_waiting(state) {
        return;
    }
    // A question that appears while the user is typing would take the next letter as its answer.
    let is_typing = state.layers.has::<Prompt>() || state.awaiting.is_some();
    if is_typing && state.stories.iter().any(is_unsaved) {
        state.leaving = false;
    } else {
        quit(state);
    }
}

/// Handles the key that answers the question of whether to quit. `y`, or the quit key again, means yes.
pub(super) fn answer(state: &mut State, key: Key) {
    let resolved = state.keymap.resolve(&state.contexts(), &[key]);
    let quits = [Action::Quit, Action::Leave].map(Resolved::Action).contains(&resolved);
    if quits || matches!(key.typed(), Some('y' | 'Y')) {
        state.running = false;
    } else {
        let keep = state.key(Action::Keep);
        state.set_status(format!("Did not quit · {keep} saves the story"));
    }
}

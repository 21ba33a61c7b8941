//! Adds stories to the list, handles replies about them, and switches between them.

use super::{matches, navigate};
use crate::tui::action::Action;
use crate::tui::bundled;
use crate::tui::layout::Pane;
use crate::tui::panels::PanelKind;
use crate::tui::state::State;
use crate::tui::state::popup::Popup;
use crate::tui::state::search::Search;
use crate::tui::state::visual::Visual;
use crate::tui::story::Story;
use dateline_analysis::Analysis;
use dateline_core::article::Article;
use unicode_width::UnicodeWidthStr;

/// Adds stories to the list.
pub(super) fn add(state: &mut State, articles: Vec<Article>) {
    let first = state.stories.is_empty();
    if first && articles.first().is_some_and(|article| bundled::bytes(&article.id).is_some()) {
        present_samples(state);
    }
    state.stories.extend(articles.into_iter().map(Story::new));
    state.list.arrange(&state.stories);
    if first {
        show(state, 0);
    }
}

/// Shows a message that the stories are samples, and opens the quotes panel, which shows what the reader is for.
fn present_samples(state: &mut State) {
    // Keep a message about errors in the settings.
    if state.message.is_none() {
        let keys = state.key(Action::Help);
        let add = " · `dateline add FILE…` adds your own stories";
        let whole = format!("Samples to try{add} · {keys} lists the keys");
        // On a narrow screen, the key of the help is what a new user needs most.
        let fits = whole.width() < usize::from(state.size.width);
        state.set_status(if fits { whole } else { format!("Samples to try · {keys} lists the keys") });
    }
    if state.panels_unchosen {
        state.panel_mut(PanelKind::Quotes).open = true;
        // The user did not open the panel, so do not save it as the user's choice.
        state.arranged = state.arranged.is_some().then(|| state.arrangement());
    }
}

/// Adds a list entry for a source that could not be read.
pub(super) fn add_failure(state: &mut State, name: &str, reason: &str) {
    let first = state.stories.is_empty();
    state.set_error(format!("{name}: {reason}"));
    state.stories.push(Story::failure(name, reason));
    if first {
        show(state, 0);
    }
}

/// Handles the analysis of a story. Ignores it if the story has changed since the request.
pub(super) fn analysed(state: &mut State, number: usize, generation: u32, analysis: Option<Box<Analysis>>) {
    let Some(story) = state.stories.get_mut(number).filter(|story| story.generation == generation) else { return };
    story.asked = false;
    let failed = analysis.is_none();
    story.take(analysis.map(|analysis| *analysis).unwrap_or_default());
    if failed {
        state.set_error("Analysis failed: the story is shown without quotes, entities and timeline");
    }
    if number == state.list.selected {
        for kind in PanelKind::ALL {
            state.refill(kind);
        }
        state.reading.select(None, None, None);
    }
}

/// Switches to the next or previous story. Returns whether there is one.
pub(super) fn turn(state: &mut State, steps: isize) -> bool {
    let to = state.list.step(steps, &state.stories);
    if to == state.list.selected {
        state.set_status(if steps > 0 { "This is the last story" } else { "This is the first story" });
        return false;
    }
    go(state, to);
    true
}

/// Switches to the next unread story, or to the previous one if `steps` is negative. Wraps around at the ends of the
/// list.
pub(super) fn next_unread(state: &mut State, steps: isize) {
    let count = (state.list.count(&state.stories) as isize).max(1);
    let here = state.list.row() as isize;
    let direction = if steps < 0 { -1 } else { 1 };
    let unread = |(number, story): &(usize, &Story)| {
        !story.read && !story.failed && *number != state.list.selected && state.list.is_listed(*number)
    };
    // Other versions of the selected story come last, because the next happening is more interesting.
    let distance = |number: &usize| match ((state.list.row_of(*number) as isize - here) * direction).rem_euclid(count) {
        0 => count,
        distance => distance,
    };
    let found = state.stories.iter().enumerate().filter(unread).map(|(number, _)| number).min_by_key(distance);
    let Some(number) = found else {
        state.set_status("No unread stories left");
        return;
    };
    navigate::remember(state);
    go(state, number);
    if state.focus == Pane::Reading {
        navigate::mark_read(state);
    }
}

/// Replaces a story that was reread in another encoding.
pub(super) fn reread(state: &mut State, number: usize, article: Article) {
    let Some(story) = state.stories.get_mut(number).filter(|story| story.article.id == article.id) else { return };
    let note = article.notes.iter().find(|note| note.contains("as set by you")).cloned();
    story.show(article);
    story.analysis_view = None;
    story.asked = false;
    story.generation += 1;
    if number == state.list.selected {
        show(state, number);
    }
    state.set_status(note.unwrap_or_default());
}

/// Switches to a story. The scroll position of the previous one is stored.
pub(super) fn go(state: &mut State, to: usize) {
    if to == state.list.selected || to >= state.stories.len() {
        return;
    }
    let anchor = state.reading.anchor();
    if let Some(story) = state.story_mut() {
        story.opened_mut().anchor = anchor;
    }
    show(state, to);
}

/// Shows a story at its stored scroll position.
pub(super) fn show(state: &mut State, number: usize) {
    if state.list.selected != number && state.layers.get::<Search>().is_some_and(|search| search.hidden) {
        state.layers.close::<Search>();
    }
    state.list.selected = number;
    state.layers.close::<Visual>();
    state.layers.close::<Popup>();
    let story = state.stories.get(number);
    state.reading.turn(story.and_then(|story| story.opened().anchor));
    for panel in state.panels.iter_mut() {
        panel.turn(story);
    }
    if state.focus == Pane::Reading {
        navigate::mark_read(state);
    }
    // The matches in the list do not depend on the open story.
    if state.layers.get::<Search>().is_some_and(|search| search.pane != Pane::List) {
        matches::renew(state);
    }
}

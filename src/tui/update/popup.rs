//! Opens lists over the panes, and handles moving in them and following a row.

use super::{links, navigate, visual};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::state::State;
use crate::tui::state::popup::{Popup, PopupKind, PopupRow, highlights, links, notes, outline};

/// Number of rows to move per page key.
const ROWS_PER_PAGE: isize = 10;

/// Opens a list, or reports that it is empty.
pub(super) fn open(state: &mut State, topic: PopupKind) {
    if topic == PopupKind::Notes && state.story().is_none() {
        return open_notices(state);
    }
    let Some(story) = state.story() else { return };
    let encoding = state.key(Action::Encoding);
    let here = state.reading.in_view().start;
    let rows = match topic {
        PopupKind::Outline => outline(&story.article),
        PopupKind::Links => links(&story.article),
        // Footnotes are opened by following their marks in the text.
        PopupKind::Footnote => return,
        PopupKind::Highlights => highlights(&story.article, &story.opened().highlights),
        PopupKind::Notes => {
            let mut rows = notes(&story.article, story.analysis_view.as_deref());
            rows.extend(notices(state));
            rows
        }
    };
    let passed = rows.iter().filter(|row| row.place.is_some_and(|place| place.start <= here)).count();
    // The first row of the links is the page of the story, for which the key is pressed most often.
    let selected = if topic == PopupKind::Links { 0 } else { passed.saturating_sub(1) };
    if let Some(popup) = Popup::new(topic, rows, selected) {
        state.layers.open(popup);
        if topic == PopupKind::Notes {
            state.set_status(format!("{encoding} chooses another encoding"));
        }
    } else {
        state.set_status(match topic {
            PopupKind::Outline => "This story has no text".to_owned(),
            PopupKind::Links | PopupKind::Footnote => "No links in this story, and its URL is unknown".to_owned(),
            PopupKind::Highlights => {
                let [select, mark] = [Action::Select, Action::Important].map(|action| state.key(action));
                format!("No highlights in this story: {select} selects words, then {mark} highlights them")
            }
            PopupKind::Notes => "No notes on this story".to_owned(),
        });
    }
}

/// Returns a row for each notice, latest first.
fn notices(state: &State) -> impl Iterator<Item = PopupRow> {
    state.notices.iter().rev().map(|notice| PopupRow { sign: "!", label: notice.clone(), place: None })
}

/// Lists the notices when no story is open.
fn open_notices(state: &mut State) {
    match Popup::new(PopupKind::Notes, notices(state).collect(), 0) {
        Some(popup) => state.layers.open(popup),
        None => state.set_status("No messages"),
    }
}

/// Handles an action while a list is open. Returns whether the action was handled.
pub(super) fn act(state: &mut State, action: Action, times: isize, effects: &mut Vec<Effect>) -> bool {
    let Some(popup) = state.layers.get_mut::<Popup>() else { return false };
    match action {
        Action::Down => popup.step(times),
        Action::Up => popup.step(-times),
        Action::PageDown | Action::HalfPageDown => popup.step(ROWS_PER_PAGE * times),
        Action::PageUp | Action::HalfPageUp => popup.step(-ROWS_PER_PAGE * times),
        Action::Top => popup.selected = 0,
        Action::Bottom => popup.step(isize::MAX),
        Action::Open => follow(state, effects),
        Action::Unhighlight => {
            let (topic, selected) = (popup.topic, popup.selected);
            if topic == PopupKind::Highlights {
                visual::remove(state, selected, effects);
                state.layers.close::<Popup>();
                open(state, topic);
            }
        }
        Action::Quit | Action::Help => state.layers.close::<Popup>(),
        Action::Redraw | Action::Suspend | Action::CycleTheme => return false,
        _ => {}
    }
    true
}

/// Goes to the target of the selected row. The page of the story is opened in the browser without confirmation, because
/// its row has already shown the host.
fn follow(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(popup) = state.layers.take::<Popup>() else { return };
    if popup.topic == PopupKind::Links && popup.rows.get(popup.selected).is_some_and(|row| row.place.is_none()) {
        effects.extend(state.story().and_then(|story| story.article.url.clone()).map(Effect::OpenLink));
        return;
    }
    let Some(place) = popup.rows.get(popup.selected).and_then(|row| row.place) else { return };
    navigate::remember(state);
    navigate::show_text(state);
    navigate::focus(state, crate::tui::layout::Pane::Reading);
    let Some(article) = state.story().map(|story| story.article.clone()) else { return };
    if popup.topic == PopupKind::Links {
        let pages = popup.rows.iter().filter(|row| row.place.is_none()).count();
        links::flash_link(state, popup.selected.saturating_sub(pages));
        return;
    }
    if popup.topic == PopupKind::Outline {
        state.reading.scroll_to(place.start, &article.text);
    } else {
        state.reading.want(place);
    }
    let text = format!("{} goes back", state.key(Action::Back));
    state.set_status(text);
}

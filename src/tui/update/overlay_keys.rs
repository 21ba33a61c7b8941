//! Handles actions on a full-screen page: moving, changing a row, following a row.

use super::overlay::{change, target};
use super::{library, listing, navigate, profile, views};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::layout::Pane;
use crate::tui::library_messages::{EntityRef, LibraryQuery, View};
use crate::tui::state::overlay::{Overlay, RowTarget, Subject};
use crate::tui::state::{PendingJump, State};
use std::sync::Arc;

/// Handles an action while a page is open. Returns whether the action was handled.
pub(super) fn act(
    state: &mut State,
    action: Action,
    times: isize,
    offered: Option<&str>,
    effects: &mut Vec<Effect>,
) -> bool {
    let page = isize::from(u8::try_from(state.size.height.saturating_sub(4)).unwrap_or(u8::MAX)).max(1);
    match action {
        Action::Down => change(state, |overlay| overlay.step(times)),
        Action::Up => change(state, |overlay| overlay.step(-times)),
        Action::PageDown | Action::ReadOn => change(state, |overlay| overlay.step(page * times)),
        Action::PageUp => change(state, |overlay| overlay.step(-page * times)),
        Action::HalfPageDown => change(state, |overlay| overlay.step(page / 2 * times)),
        Action::HalfPageUp => change(state, |overlay| overlay.step(-page / 2 * times)),
        Action::Top => change(state, |overlay| overlay.step(isize::MIN / 2)),
        Action::Bottom => change(state, |overlay| overlay.step(isize::MAX / 2)),
        Action::NextPane if is_comparison(state) => change(state, |overlay| overlay.cycle(1)),
        Action::PreviousPane if is_comparison(state) => change(state, |overlay| overlay.cycle(-1)),
        Action::NextPane => change(state, |overlay| overlay.section(1)),
        Action::PreviousPane => change(state, |overlay| overlay.section(-1)),
        Action::Open => follow(state, effects),
        Action::Back | Action::Quit | Action::Sources | Action::Everywhere | Action::Versions | Action::Differences => {
            state.layers.close::<Arc<Overlay>>();
        }
        Action::Correct => profile::ask_merge(state, effects),
        Action::Split => profile::split(state, effects),
        Action::Remove => views::remove(state, offered, effects),
        Action::MoveUp => views::move_view(state, true, effects),
        Action::MoveDown => views::move_view(state, false, effects),
        Action::Rename => views::ask_name(state),
        Action::AddFeed => views::ask_address(state),
        Action::FullText => views::full_text(state, effects),
        Action::Fetch => views::fetch_selected(state, effects),
        Action::Undo
        | Action::Redo
        | Action::Suggestions
        | Action::Help
        | Action::Commands
        | Action::GoTo
        | Action::Find
        | Action::Redraw
        | Action::Suspend
        | Action::CycleTheme => return false,
        _ => {}
    }
    true
}

/// Returns whether the page shows where the versions of a happening differ.
fn is_comparison(state: &State) -> bool {
    state.overlay().is_some_and(|overlay| overlay.subject == Subject::Differences)
}

/// Goes to the target of the selected row.
fn follow(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(overlay) = state.layers.get::<Arc<Overlay>>().cloned() else { return };
    match target(state) {
        Some(RowTarget::Place(id, span)) => {
            navigate::remember(state);
            state.layers.close::<Arc<Overlay>>();
            let view = match &overlay.subject {
                Subject::Profile { name, called, seen_in } => View::Who(*name, *seen_in, called.clone()),
                Subject::Differences => listing::view_with(state, id),
                Subject::Sources | Subject::Suggestions | Subject::Versions | Subject::Output => return,
            };
            let span = Some(span).filter(|span| !span.is_empty());
            listing::go(state, view, Some(PendingJump { id, span, location: None, focus: Pane::Reading }));
            let text = format!("{} returns to the page", state.key(Action::Back));
            state.set_status(text);
        }
        Some(RowTarget::Name(name) | RowTarget::Pair(_, name)) => {
            effects.push(Effect::Query(LibraryQuery::Profile(EntityRef::Known(name), 0)));
        }
        Some(RowTarget::List(list)) => library::open(state, View::List(list)),
        Some(RowTarget::View(name, query)) => library::open(state, View::Saved(name, query)),
        Some(RowTarget::Feed(feed)) => {
            let title = feed.name().to_owned();
            library::open(state, View::Feed(feed.id, title));
        }
        Some(RowTarget::Heading | RowTarget::Nowhere) | None => {}
    }
}

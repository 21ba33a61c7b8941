//! Opens, fills and closes the card of a person, organisation or place.

use super::{listing, navigate};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::layout::Pane;
use crate::tui::library_messages::{LibraryQuery, View};
use crate::tui::panels::PanelKind;
use crate::tui::rows;
use crate::tui::rows::card::CardTarget;
use crate::tui::state::card::{Card, WIDTH};
use crate::tui::state::{PendingJump, State};
use dateline_core::Named;
use dateline_core::text::Span;
use dateline_library::RelatedQuotes;

/// Shows the card of the selected entity or of the selected quote's speaker. Without a selection, shows the
/// card of the first entity named in view.
pub(super) fn show(state: &mut State, effects: &mut Vec<Effect>) {
    let (Some(analysis_view), Some(story)) = (state.analysis_view().cloned(), state.story()) else { return };
    let Some(entity) = entity(state) else {
        state.set_status("No name here");
        return;
    };
    let width = usize::from(WIDTH.min(state.size.width)).saturating_sub(4).max(8);
    let entries = rows::card::entries(&story.article, &analysis_view, entity, width);
    let named =
        analysis_view.analysis.entities.get(entity).map(|entity| (entity.kind.name().to_owned(), entity.name.clone()));
    if let (Some((kind, name)), Some(story)) = (named, kept(state)) {
        effects.push(Effect::Query(LibraryQuery::RelatedQuotes(kind, name, story)));
    }
    state.layers.open(Card::new(entity, entries));
}

/// Returns the library ID of the open story. Returns `None` if it is not in the library.
fn kept(state: &State) -> Option<i64> {
    Some(state.story()?.kept.as_ref()?.id)
}

/// Adds the library's related quotes to the card, if the card of this entity is still open.
pub(super) fn add(state: &mut State, name: &str, seen_in: i64, found: &RelatedQuotes) {
    let entity = state.layers.get::<Card>().map(|card| card.entity);
    let shown = entity
        .zip(state.analysis_view())
        .and_then(|(entity, analysis_view)| analysis_view.analysis.entities.get(entity));
    if shown.is_some_and(|entity| entity.name == name)
        && kept(state) == Some(seen_in)
        && let Some(card) = state.layers.get_mut::<Card>()
    {
        card.add(rows::card::related_quotes(found));
    }
}

/// Returns the index of the entity whose card to show.
pub(super) fn entity(state: &State) -> Option<usize> {
    let analysis_view = state.analysis_view()?;
    let of = |kind: PanelKind, index: usize| rows::of(kind).entities(analysis_view, index).first().copied();
    let selected = state.reading.selection.and_then(|selection| of(selection.kind, selection.index));
    if let Pane::Panel(kind) = state.focus {
        let row = state.panel(kind).index().and_then(|index| of(kind, index));
        // Moving in a panel selects the annotation of its row in the text. A selection of another kind must
        // therefore be more recent.
        let is_newer = state.reading.selection.is_some_and(|selection| selection.kind != kind);
        return if is_newer { selected.or(row) } else { row };
    }
    let view = state.reading.in_view();
    let named = || {
        analysis_view
            .jump_targets(PanelKind::Entities)
            .iter()
            .find(|(span, _)| view.overlaps(*span))
            .map(|&(_, index)| index)
    };
    selected.or_else(named)
}

/// Handles an action while the card is open. Returns whether it was handled. Any other action, except a redraw, closes
/// the card.
pub(super) fn act(state: &mut State, action: Action, times: isize) -> bool {
    let Some(card) = state.layers.get_mut::<Card>() else { return false };
    match action {
        Action::Open => open(state),
        Action::Down => card.step(times),
        Action::Up => card.step(-times),
        Action::Redraw => return false,
        _ => {
            state.layers.close::<Card>();
            return false;
        }
    }
    true
}

/// Goes to the target of the selected line on the card.
fn open(state: &mut State) {
    let selection = match state.layers.get::<Card>().and_then(Card::target) {
        Some(CardTarget::Here(selection)) => selection,
        Some(CardTarget::Story { name, article, span }) => return go(state, name, article, span),
        None => return state.layers.close::<Card>(),
    };
    state.layers.close::<Card>();
    navigate::remember(state);
    navigate::show_text(state);
    navigate::goto(state, selection, None);
    navigate::focus(state, Pane::Reading);
    let text = format!("Jumped here · {} goes back", state.key(Action::Back));
    state.set_status(text);
}

/// Goes to a span in another story. The list then shows all stories that mention the entity of the card.
fn go(state: &mut State, name: i64, article: i64, span: Span) {
    let called = state.layers.take::<Card>().zip(state.analysis_view()).and_then(|(card, analysis_view)| {
        analysis_view.analysis.entities.get(card.entity).map(|entity| entity.name.clone())
    });
    navigate::remember(state);
    let view = View::Who(name, kept(state).unwrap_or_default(), called.unwrap_or_default());
    listing::go(state, view, Some(PendingJump { id: article, span: Some(span), location: None, focus: Pane::Reading }));
    let text = format!("Said in another story · {} goes back", state.key(Action::Back));
    state.set_status(text);
}

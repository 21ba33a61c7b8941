//! The card of a person, organisation or place.

use super::{jump, panes};
use crate::tui::layout::{Kind, Pane};
use crate::tui::rows;
use crate::tui::state::State;
use crate::tui::state::card::{Card, WIDTH};

/// Shows the card of what is selected: an entity, a quote's speaker, or else the first named in view.
pub fn show(state: &mut State) {
    let (Some(findings), Some(story)) = (state.findings().cloned(), state.story()) else { return };
    let Some(entity) = entity(state) else {
        state.say("Nobody is named here");
        return;
    };
    let width = usize::from(WIDTH.min(state.size.width)).saturating_sub(4).max(8);
    let entries = rows::card::entries(&story.article, &findings, entity, width);
    state.card = Some(Card::new(entity, entries));
}

/// The entity that is meant.
pub fn entity(state: &State) -> Option<usize> {
    let findings = state.findings()?;
    let analysis = &findings.analysis;
    let speaker = |quote: usize| analysis.quotes.get(quote)?.speaker.as_ref()?.entity;
    let of = |kind: Kind, index: usize| match kind {
        Kind::Quotes => speaker(index),
        Kind::Entities => Some(index),
        Kind::Timeline => analysis.events.get(index)?.entities.first().copied(),
    };
    if let Pane::Panel(kind) = state.focus {
        return of(kind, state.panel(kind).index()?);
    }
    let selected = state.reading.selection.and_then(|selection| of(selection.kind, selection.index));
    let view = state.reading.in_view();
    let named = || findings.walk(Kind::Entities).iter().find(|(span, _)| view.overlaps(*span)).map(|&(_, index)| index);
    selected.or_else(named)
}

/// Goes to where the selected line of the card leads.
pub fn open(state: &mut State) {
    let target = state.card.take().and_then(|card| card.target());
    let Some(selection) = target else { return };
    jump::remember(state);
    panes::show_text(state);
    jump::goto(state, selection, None);
    panes::focus(state, Pane::Reading);
    let text = format!("Here it stands · {} goes back", state.key(crate::tui::action::Action::Back));
    state.say(text);
}

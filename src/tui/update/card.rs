//! The card of a person, organisation or place.

use super::{listing, navigate};
use crate::library::Elsewhere;
use crate::text::Span;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::layout::Pane;
use crate::tui::panels::Kind;
use crate::tui::rows;
use crate::tui::rows::card::Target;
use crate::tui::shelf::{Question, View};
use crate::tui::state::card::{Card, WIDTH};
use crate::tui::state::{Landing, State};

/// Shows the card of what is selected: an entity, a quote's speaker, or else the first named in view.
pub fn show(state: &mut State, effects: &mut Vec<Effect>) {
    let (Some(findings), Some(story)) = (state.findings().cloned(), state.story()) else { return };
    let Some(entity) = entity(state) else {
        state.say("Nobody is named here");
        return;
    };
    let width = usize::from(WIDTH.min(state.size.width)).saturating_sub(4).max(8);
    let entries = rows::card::entries(&story.article, &findings, entity, width);
    let named =
        findings.analysis.entities.get(entity).map(|entity| (entity.kind.name().to_owned(), entity.name.clone()));
    if let (Some((kind, name)), Some(story)) = (named, kept(state)) {
        effects.push(Effect::Ask(Question::Elsewhere(kind, name, story)));
    }
    state.card = Some(Card::new(entity, entries));
}

/// The number in the library of the story that is read.
fn kept(state: &State) -> Option<i64> {
    Some(state.story()?.kept.as_ref()?.id)
}

/// Adds what the library knows to the card, if it is still shown.
pub fn add(state: &mut State, name: &str, seen_in: i64, found: &Elsewhere) {
    let entity = state.card.as_ref().map(|card| card.entity);
    let shown = entity.zip(state.findings()).and_then(|(entity, findings)| findings.analysis.entities.get(entity));
    if shown.is_some_and(|entity| entity.name == name) && kept(state) == Some(seen_in) {
        let entries = rows::card::elsewhere(found);
        state.card.iter_mut().for_each(|card| card.add(entries.clone()));
    }
}

/// The entity that is meant.
pub fn entity(state: &State) -> Option<usize> {
    let findings = state.findings()?;
    let of = |kind: Kind, index: usize| rows::of(kind).entities(findings, index).first().copied();
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
    let selection = match state.card.as_ref().and_then(Card::target) {
        Some(Target::Here(selection)) => selection,
        Some(Target::Story { name, article, span }) => return go(state, name, article, span),
        None => return drop(state.card.take()),
    };
    state.card = None;
    navigate::remember(state);
    navigate::show_text(state);
    navigate::goto(state, selection, None);
    navigate::focus(state, Pane::Reading);
    let text = format!("Here it stands · {} goes back", state.key(Action::Back));
    state.say(text);
}

/// Goes to words of another story. The list shows all stories that name whoever the card is of.
fn go(state: &mut State, name: i64, article: i64, span: Span) {
    let called = state
        .card
        .take()
        .zip(state.findings())
        .and_then(|(card, findings)| findings.analysis.entities.get(card.entity).map(|entity| entity.name.clone()));
    navigate::remember(state);
    let view = View::Who(name, kept(state).unwrap_or_default(), called.unwrap_or_default());
    listing::go(state, view, Some(Landing { id: article, span: Some(span), spot: None, focus: Pane::Reading }));
    let text = format!("Said in another story · {} goes back", state.key(Action::Back));
    state.say(text);
}

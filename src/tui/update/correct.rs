//! Manual corrections of the analysis, made by the user.

use super::{keeping, navigate, picker};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::layout::Pane;
use crate::tui::panels::PanelKind;
use crate::tui::rows::{self, CorrectablePart};
use crate::tui::state::State;
use crate::tui::state::picker::{Choice, PickerItem, PickerKind};
use crate::tui::state::prompt::{Prompt, Purpose};
use dateline_analysis::correction::{Anchor, Correction};
use dateline_library::Direction;
use jiff::civil::Date;

/// Returns the annotation to correct: the selected row of the focused panel, or the selection in the text.
fn subject(state: &State) -> Option<(PanelKind, usize)> {
    match state.focus {
        Pane::Panel(kind) => Some((kind, state.panel(kind).index()?)),
        Pane::List | Pane::Reading => state.reading.selection.map(|selection| (selection.kind, selection.index)),
    }
}

/// Asks for the correct value: the speaker of a quote, the entity with which another is merged, or the date of an
/// event.
pub(super) fn begin(state: &mut State) {
    let Some((kind, index)) = subject(state) else {
        state.set_status("Select a row first, then correct it");
        return;
    };
    match state.analysis_view().and_then(|analysis_view| rows::of(kind).correctable_part(analysis_view, index)) {
        Some(CorrectablePart::Speaker) => {
            let mut items = picker::entities(state, |entity| Choice::Speaker(index, Some(entity)));
            let nobody = PickerItem {
                label: "unattributed".to_owned(),
                note: String::new(),
                keys: String::new(),
                choice: Choice::Speaker(index, None),
            };
            items.push(nobody);
            picker::open(state, PickerKind::Speaker, items);
        }
        Some(CorrectablePart::SameAs) => {
            let mut items = picker::entities(state, |into| Choice::Merge(index, into));
            items.retain(|item| item.choice != Choice::Merge(index, index));
            picker::open(state, PickerKind::SameHere, items);
        }
        Some(CorrectablePart::Day(day)) => {
            let text = day.map(|day| day.to_string()).unwrap_or_default();
            state.layers.open(Prompt::prefilled(Purpose::EventDate(index), text));
        }
        None => {
            state.set_status("Rows in this panel cannot be corrected");
        }
    }
}

/// Corrects the speaker of a quote. `None` makes the quote unattributed.
pub(super) fn speaker(state: &mut State, quote: usize, entity: Option<usize>, effects: &mut Vec<Effect>) {
    let made = state.analysis_view().zip(state.story()).and_then(|(analysis_view, story)| {
        let text = &story.article.text;
        let at = Anchor::of(text, analysis_view.analysis.quotes.get(quote)?.span);
        let who = entity.and_then(|entity| analysis_view.analysis.entities.get(entity));
        let speaker = who.map(|who| Anchor::of(text, who.canonical));
        Some((Correction::Speaker { quote: at, speaker }, who.map_or("nobody", |who| who.name.as_str()).to_owned()))
    });
    let Some((correction, name)) = made else { return };
    add(state, correction, &format!("Set the speaker to {name}"), effects);
}

/// Merges an entity into another one.
pub(super) fn merge(state: &mut State, entity: usize, into: usize, effects: &mut Vec<Effect>) {
    let made = state.analysis_view().zip(state.story()).and_then(|(analysis_view, story)| {
        let entities = &analysis_view.analysis.entities;
        let (part, whole) = (entities.get(entity)?, entities.get(into)?);
        let at = |entity: &dateline_analysis::Entity| Anchor::of(&story.article.text, entity.canonical);
        let text = format!("Merged {} into {}", part.name, whole.name);
        Some((Correction::Merge { entity: at(part), into: at(whole) }, text))
    });
    let Some((correction, text)) = made else { return };
    add(state, correction, &text, effects);
}

/// Splits off the selected mention as a separate entity, together with the mentions that have the same words.
pub(super) fn split(state: &mut State, effects: &mut Vec<Effect>) {
    let selection = state.reading.selection.filter(|selection| selection.kind == PanelKind::Entities);
    let made = selection.zip(state.story()).map(|(selection, story)| {
        (Anchor::of(&story.article.text, selection.span), selection.span.of(&story.article.text).to_owned())
    });
    let Some((mention, words)) = made else {
        state.set_status("Select a mention first, then split it off");
        return;
    };
    let text = format!("Split off “{words}”");
    add(state, Correction::Split { mention }, &text, effects);
}

/// Corrects the date of an event. If the input is not a date, the prompt stays open.
pub(super) fn date(state: &mut State, prompt: Prompt, event: usize, effects: &mut Vec<Effect>) {
    let Ok(day) = prompt.text.trim().parse::<Date>() else {
        state.set_error(format!("“{}” is not a date (YYYY-MM-DD)", prompt.text.trim()));
        state.layers.open(prompt);
        return;
    };
    let clause = state.analysis_view().zip(state.story()).and_then(|(analysis_view, story)| {
        Some(Anchor::of(&story.article.text, analysis_view.analysis.events.get(event)?.clause))
    });
    let Some(clause) = clause else { return };
    let text = format!("Set the date to {}", crate::tui::dates::day(day));
    add(state, Correction::Date { clause, day }, &text, effects);
}

/// Removes the selected annotation from the analysis.
pub(super) fn dismiss(state: &mut State, effects: &mut Vec<Effect>) {
    let made = subject(state).zip(state.analysis_view().zip(state.story())).and_then(
        |((kind, index), (analysis_view, story))| {
            let layer = rows::of(kind).layer()?;
            let span = rows::of(kind).target(analysis_view, index)?;
            Some(Correction::Dismiss { layer, at: Anchor::of(&story.article.text, span) })
        },
    );
    let Some(correction) = made else {
        state.set_status("Select a row first, then remove it");
        return;
    };
    add(state, correction, "Removed the row", effects);
}

/// Saves a correction and applies it to the story.
fn add(state: &mut State, correction: Correction, text: &str, effects: &mut Vec<Effect>) {
    let Some(story) = state.story_mut() else { return };
    story.opened_mut().corrections.push(correction.clone());
    keeping::correction(state, correction, effects);
    renew(state);
    let key = state.key(Action::Undo);
    state.set_status(format!("{text} · {key} undo"));
}

/// Undoes or redoes the last correction of a story that is not in the library. Returns a description of the correction,
/// or `None` if there is none. Corrections of stories that are in the library, or are about to be saved there, are
/// undone through the library's journal.
pub(super) fn replay(state: &mut State, direction: Direction) -> Option<String> {
    let story = state.story_mut().filter(|story| story.kept.is_none())?;
    let opened = story.opened_mut();
    if opened.keeping > 0 || opened.given_up.is_some() {
        return None;
    }
    let (from, to) = match direction {
        Direction::Undo => (&mut opened.corrections, &mut opened.undone),
        Direction::Redo => (&mut opened.undone, &mut opened.corrections),
    };
    let correction = from.pop()?;
    to.push(correction);
    let left = opened.corrections.len();
    renew(state);
    keeping::note_unsaved(state);
    Some(match (direction, left) {
        (Direction::Redo, _) => "a correction".to_owned(),
        (_, 0) => "a correction · 0 left".to_owned(),
        (_, 1) => "a correction · 1 left".to_owned(),
        (_, left) => format!("a correction · {left} left"),
    })
}

/// Redisplays the story with its current corrections.
fn renew(state: &mut State) {
    let Some(story) = state.story_mut() else { return };
    story.correct();
    for kind in PanelKind::ALL {
        let row = state.panel(kind).selected;
        state.refill(kind);
        let panel = state.panel_mut(kind);
        panel.selected = row.min(panel.rows.len().saturating_sub(1));
    }
    state.reading.select(None, None, None);
    if let Pane::Panel(kind) = state.focus {
        navigate::preview(state, kind);
    }
}

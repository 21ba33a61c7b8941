//! Choosing from a list: the palette of commands, and going to a story or a person by a few letters.

use super::{across, act, correct, jump, panes, shelf, stories};
use crate::ingest::encoding::ENCODINGS;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::findings::Selection;
use crate::tui::layout::Pane;
use crate::tui::panels::Kind;
use crate::tui::shelf::{Question, Request, Wanted};
use crate::tui::state::State;
use crate::tui::state::picker::{Choice, Item, Picker, Topic};
use crate::tui::state::prompt::{Prompt, Purpose};

/// Opens a list to choose from.
pub fn open(state: &mut State, topic: Topic, items: Vec<Item>) {
    state.help = None;
    state.picker = Some(Picker::new(topic, items));
    state.prompt = Some(Prompt::new(Purpose::Pick));
}

/// The palette: every action, and every theme by its name.
pub fn commands(state: &mut State) {
    let contexts = state.contexts();
    let actions = Action::ALL.iter().filter(|action| action.is_command()).map(|&action| {
        let keys = state.keymap.keys_of(action, &contexts).into_iter().next();
        let keys = keys.map(|keys| format!(" · {keys}")).unwrap_or_default();
        Item { label: action.name().to_owned(), note: format!("{}{keys}", action.help()), choice: Choice::Act(action) }
    });
    let themes = state.themes.iter().enumerate().map(|(index, theme)| Item {
        label: format!("theme {}", theme.name()),
        note: "colours".to_owned(),
        choice: Choice::Theme(index),
    });
    let items = actions.chain(themes).collect();
    open(state, Topic::Commands, items);
}

/// Everybody and everything named in this story, then every story of the list, then views, feeds and names of the
/// library.
pub fn places(state: &mut State, effects: &mut Vec<Effect>) {
    let mut items = entities(state, Choice::Entity);
    items.extend(state.stories.iter().enumerate().map(|(number, story)| Item {
        label: story.title().to_owned(),
        note: story.about(),
        choice: Choice::Story(number),
    }));
    open(state, Topic::GoTo, items);
    if state.shelf.is_some() {
        effects.push(Effect::Ask(Question::Places));
    }
}

/// The encodings that the story's bytes may be in.
pub fn encodings(state: &mut State) {
    if state.story().is_none() {
        return;
    }
    let item = |&(name, used): &(&'static str, &'static str)| Item {
        label: name.to_owned(),
        note: used.to_owned(),
        choice: Choice::Encoding(name),
    };
    open(state, Topic::Encoding, ENCODINGS.iter().map(item).collect());
}

/// Has the story read in an encoding.
fn reread(state: &mut State, encoding: &'static str, effects: &mut Vec<Effect>) {
    let number = state.list.selected;
    let Some(story) = state.story() else { return };
    effects.push(match &story.kept {
        Some(kept) => Effect::Shelf(Request::Reread(kept.id, encoding)),
        None => Effect::Reread { story: number, source: story.article.id.clone(), encoding },
    });
}

/// The entities of the story as items.
pub fn entities(state: &State, choice: impl Fn(usize) -> Choice) -> Vec<Item> {
    let Some(findings) = state.findings() else { return Vec::new() };
    let entities = findings.analysis.entities.iter().enumerate();
    let item = |(index, entity): (usize, &crate::analysis::Entity)| Item {
        label: entity.name.clone(),
        note: entity.kind.name().to_owned(),
        choice: choice(index),
    };
    entities.map(item).collect()
}

/// Puts the selected label into the prompt.
pub fn complete(state: &mut State) {
    let label = state.picker.as_ref().and_then(Picker::item).map(|item| item.label.clone());
    if let (Some(label), Some(prompt)) = (label, &mut state.prompt) {
        prompt.text.clone_from(&label);
        if let Some(picker) = &mut state.picker {
            picker.narrow(&label);
        }
    }
}

/// Does what was chosen.
pub fn accept(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(picker) = state.picker.take() else { return };
    let Some(item) = picker.item() else {
        state.say("Nothing matches");
        return;
    };
    match item.choice.clone() {
        Choice::Act(action) => act::act(state, action, None, effects),
        Choice::Theme(index) => panes::set_theme(state, index),
        Choice::Story(number) => {
            jump::remember(state);
            state.board = None;
            state.list.keep(crate::tui::state::filter::Filter::default(), &state.stories);
            stories::go(state, number);
            panes::focus(state, Pane::Reading);
        }
        Choice::Entity(index) => to_entity(state, index),
        Choice::Name(name) => effects.push(Effect::Ask(Question::Dossier(Wanted::Known(name), 0))),
        Choice::Across(kind, name) => across::name_across(state, kind, name, effects),
        Choice::Encoding(encoding) => reread(state, encoding, effects),
        Choice::View(view) => shelf::open(state, view),
        Choice::MergeNames(name, other) => across::merge(name, other, effects),
        Choice::Speaker(quote, entity) => correct::speaker(state, quote, entity, effects),
        Choice::Merge(entity, into) => correct::merge(state, entity, into, effects),
    }
}

/// Goes to where an entity is introduced.
fn to_entity(state: &mut State, index: usize) {
    let introduction =
        state.findings().and_then(|findings| Some(findings.analysis.entities.get(index)?.introduction()));
    let Some(span) = introduction else { return };
    jump::remember(state);
    state.board = None;
    panes::show_text(state);
    jump::goto(state, Selection { kind: Kind::Entities, index, span }, None);
    panes::focus(state, Pane::Reading);
    let text = format!("Here it is introduced · {} goes back", state.key(Action::Back));
    state.say(text);
}

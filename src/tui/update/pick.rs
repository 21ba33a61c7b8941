//! Handles choices from a picker: commands, and stories or names to jump to.

use super::{correct, happening, library, looks, navigate, order, picker, profile, stories};
use crate::config::Config;
use crate::tui::action::Action;
use crate::tui::analysis_view::Selection;
use crate::tui::effect::Effect;
use crate::tui::layout::Pane;
use crate::tui::library_messages::{EntityRef, LibraryQuery, Request};
use crate::tui::panels::PanelKind;
use crate::tui::state::State;
use crate::tui::state::list_order::ListOrder;
use crate::tui::state::overlay::Overlay;
use crate::tui::state::picker::{Choice, Picker, PickerItem, PickerKind};
use dateline_core::text::nearest;
use dateline_ingest::ENCODINGS;
use std::sync::Arc;

/// Opens the command palette, which lists all actions and themes.
pub(super) fn commands(state: &mut State) {
    let contexts = state.contexts();
    let actions = Action::ALL.iter().filter(|action| action.is_command()).map(|&action| {
        let keys = state.keymap.keys_of(action, &contexts).into_iter().next();
        PickerItem {
            label: action.name().to_owned(),
            note: action.help().to_owned(),
            keys: keys.unwrap_or_default(),
            choice: Choice::Act(action),
        }
    });
    let themes = state.themes.iter().enumerate().map(|(index, theme)| PickerItem {
        label: format!("theme {}", theme.name()),
        note: "colours".to_owned(),
        keys: String::new(),
        choice: Choice::Theme(index),
    });
    let settings = SETTINGS.iter().flat_map(|setting| {
        setting.examples.iter().map(|&value| PickerItem {
            label: format!("set {} {value}", setting.name),
            note: setting.valid.to_owned(),
            keys: String::new(),
            choice: Choice::Set(setting.name, value),
        })
    });
    let items = actions.chain(themes).chain(settings).collect();
    picker::open(state, PickerKind::Commands, items);
}

/// Opens the picker of jump targets: the entities of the open story, the stories of the list, and the views, feeds and
/// names of the library.
pub(super) fn open_targets(state: &mut State, effects: &mut Vec<Effect>) {
    let mut items = picker::entities(state, Choice::Entity);
    // The library may have the same name, which leads to its page and not to a place in this story.
    for item in &mut items {
        item.note.push_str(" in this story");
    }
    items.extend(state.stories.iter().enumerate().map(|(number, story)| PickerItem {
        label: story.title().to_owned(),
        note: story.about(),
        keys: String::new(),
        choice: Choice::Story(number),
    }));
    picker::open(state, PickerKind::GoTo, items);
    if state.library.is_some() {
        effects.push(Effect::Query(LibraryQuery::Places));
    }
}

/// Opens the picker of encodings in which the story can be reread.
pub(super) fn encodings(state: &mut State) {
    if state.story().is_none() {
        return;
    }
    let item = |&(name, used): &(&'static str, &'static str)| PickerItem {
        label: name.to_owned(),
        note: used.to_owned(),
        keys: String::new(),
        choice: Choice::Encoding(name),
    };
    picker::open(state, PickerKind::Encoding, ENCODINGS.iter().map(item).collect());
}

/// Rereads the open story in another encoding.
fn reread(state: &mut State, encoding: &'static str, effects: &mut Vec<Effect>) {
    let number = state.list.selected;
    let Some(story) = state.story() else { return };
    effects.push(match &story.kept {
        Some(kept) => Effect::Library(Request::Reread(kept.id, encoding)),
        None => Effect::Reread { story: number, source: story.article.id.clone(), encoding },
    });
}

/// Runs a typed command with an argument: `theme NAME` or `set SETTING VALUE`. Returns whether the text was such a
/// command.
pub(super) fn with_argument(state: &mut State, typed: &str) -> bool {
    let Some(picker) = state.layers.get::<Picker>().filter(|picker| picker.topic == PickerKind::Commands) else {
        return false;
    };
    let (has_hits, theme) = (picker.item().is_some(), picker.theme);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let (name, value) = match words.as_slice() {
        ["theme", value] => ("theme", *value),
        ["set", name, value] => (*name, *value),
        // Without a value, the list of commands offers the values of the setting.
        ["set", name] if has_hits && find(name).is_some() => return false,
        ["set", ..] => {
            picker::close(state);
            state.set_error(format!("set takes a setting ({}) and a value", names().collect::<Vec<_>>().join(", ")));
            return true;
        }
        _ => return false,
    };
    state.theme = theme;
    let is_set = set(state, name, value);
    if has_hits && !is_set && words.first() == Some(&"theme") {
        return false;
    }
    state.layers.close::<Picker>();
    report(state, name, value, is_set);
    true
}

/// Changes a setting for this session. Returns whether the setting exists and the value is valid.
fn set(state: &mut State, name: &str, value: &str) -> bool {
    find(name).is_some_and(|setting| (setting.set)(state, value))
}

/// Reports the new value of a setting, or why the value was rejected.
fn report(state: &mut State, name: &str, value: &str, is_set: bool) {
    match find(name) {
        Some(Setting { name, .. }) if is_set => state.set_status(format!("Set {name} to {value}")),
        Some(setting) => state.set_error(format!("{} cannot be “{value}”: {}", setting.name, setting.valid)),
        None => {
            let near = nearest(name, names()).map(|near| format!("; did you mean “{near}”?")).unwrap_or_default();
            state.set_error(format!("no setting is called “{name}”{near}"));
        }
    }
}

/// Returns the setting with this name, or the only one whose name begins with it.
fn find(name: &str) -> Option<&'static Setting> {
    let mut begun = SETTINGS.iter().filter(|setting| setting.name.starts_with(name));
    let first = begun.next();
    let only = first.filter(|_| begun.next().is_none());
    SETTINGS.iter().find(|setting| setting.name == name).or(only)
}

fn names() -> impl Iterator<Item = &'static str> {
    SETTINGS.iter().map(|setting| setting.name)
}

/// A setting that users can change from the list of commands.
struct Setting {
    /// Name of the setting in commands.
    name: &'static str,
    /// Applies a value, and returns whether the value is valid.
    set: fn(&mut State, &str) -> bool,
    /// Description of the valid values, for messages.
    valid: &'static str,
    /// Values offered in the list of commands.
    examples: &'static [&'static str],
}

/// Creates a row of [`SETTINGS`].
const fn setting(
    name: &'static str,
    set: fn(&mut State, &str) -> bool,
    valid: &'static str,
    examples: &'static [&'static str],
) -> Setting {
    Setting { name, set, valid, examples }
}

/// Description and values of a setting that is either on or off.
const SWITCH: (&str, &[&str]) = ("on or off", &["on", "off"]);

/// Settings that users can change from the list of commands. The list offers each theme separately.
const SETTINGS: &[Setting] = &[
    setting("theme", set_theme, "the name of a theme", &[]),
    setting("width", set_width, "30 to 200 columns", &["60", "68", "76", "90"]),
    setting("order", set_order, "default, oldest, feed, unread or longest, for stories of the library", ORDERS),
    setting("resolve-dates", |state, value| set_switch(&mut state.reading.resolve, value), SWITCH.0, SWITCH.1),
    setting("justify", |state, value| set_switch(&mut state.reading.setting.justified, value), SWITCH.0, SWITCH.1),
    setting("hyphenate", |state, value| set_switch(&mut state.reading.setting.hyphenated, value), SWITCH.0, SWITCH.1),
    setting("indent", |state, value| set_switch(&mut state.reading.setting.indented, value), SWITCH.0, SWITCH.1),
    setting("compact-list", |state, value| set_switch(&mut state.list.compact, value), SWITCH.0, SWITCH.1),
    setting("plain-text", |state, value| set_switch(&mut state.reading.plain, value), SWITCH.0, SWITCH.1),
];

/// Sort orders offered in the list of commands.
const ORDERS: &[&str] = &["default", "oldest", "feed", "unread", "longest"];

fn set_order(state: &mut State, name: &str) -> bool {
    ListOrder::named(name).is_some_and(|order| order::set(state, order))
}

fn set_theme(state: &mut State, name: &str) -> bool {
    let found = state.themes.iter().position(|theme| theme.name() == name);
    state.theme = found.unwrap_or(state.theme);
    found.is_some()
}

fn set_width(state: &mut State, columns: &str) -> bool {
    let columns = columns.parse().ok().filter(|columns| Config::MEASURES.contains(columns));
    state.reading.measure = columns.unwrap_or(state.reading.measure);
    columns.is_some()
}

fn set_switch(switch: &mut bool, value: &str) -> bool {
    match value {
        "on" | "true" | "yes" => *switch = true,
        "off" | "false" | "no" => *switch = false,
        _ => return false,
    }
    true
}

/// Applies the selected item. If it is an action, returns the action instead, for the caller to run.
pub(super) fn accept(state: &mut State, effects: &mut Vec<Effect>) -> Option<Action> {
    let picker = picker::close(state)?;
    let Some(item) = picker.item() else {
        state.set_status("No matches");
        return None;
    };
    match item.choice.clone() {
        Choice::Act(action) => return Some(action),
        Choice::Theme(index) => looks::set_theme(state, index),
        Choice::Set(name, value) => {
            let is_set = set(state, name, value);
            report(state, name, value, is_set);
        }
        Choice::Story(number) => {
            navigate::remember(state);
            state.layers.close::<Arc<Overlay>>();
            state.list.keep(crate::tui::state::filter::Filter::default(), &state.stories);
            stories::go(state, number);
            navigate::focus(state, Pane::Reading);
        }
        Choice::Entity(index) => to_entity(state, index),
        Choice::Name(name) => effects.push(Effect::Query(LibraryQuery::Profile(EntityRef::Known(name), 0))),
        Choice::Across(kind, name) => profile::name_across(state, kind, name, effects),
        Choice::Encoding(encoding) => reread(state, encoding, effects),
        Choice::View(view) => library::open(state, view),
        Choice::MergeStories(here, other) => happening::merge(here, other, effects),
        Choice::MergeNames(name, other) => profile::merge(name, other, effects),
        Choice::Speaker(quote, entity) => correct::speaker(state, quote, entity, effects),
        Choice::Merge(entity, into) => correct::merge(state, entity, into, effects),
    }
    None
}

/// Goes to the mention that introduces an entity.
fn to_entity(state: &mut State, index: usize) {
    let introduction =
        state.analysis_view().and_then(|analysis_view| Some(analysis_view.analysis.entities.get(index)?.canonical));
    let Some(span) = introduction else { return };
    navigate::remember(state);
    state.layers.close::<Arc<Overlay>>();
    navigate::show_text(state);
    navigate::goto(state, Selection { kind: PanelKind::Entities, index, span }, None);
    navigate::focus(state, Pane::Reading);
    let text = format!("First mention · {} goes back", state.key(Action::Back));
    state.set_status(text);
}

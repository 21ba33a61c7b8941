//! The only place where the state changes: handles an event and returns the effects to carry out. Performs no I/O,
//! starts no threads and reads no clock.

mod act;
mod bulk;
mod card;
mod correct;
mod filter;
mod find;
mod happening;
mod help;
mod jump;
mod keeping;
mod keys;
mod layers;
mod library;
mod links;
mod listing;
mod looks;
mod marks;
mod matches;
mod mouse;
mod navigate;
mod order;
mod overlay;
mod overlay_keys;
mod panes;
mod paste;
mod pick;
mod picker;
mod pipe;
mod popup;
mod profile;
mod prompt;
mod query;
mod scroll;
mod stories;
mod sync;
mod undo;
mod views;
mod visual;

use super::effect::Effect;
use super::event::Event;
use super::state::State;

pub(crate) use sync::NEIGHBOURS;

/// Handles one event. Returns the effects that it causes.
pub(crate) fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let mut effects = Vec::new();
    match event {
        Event::Key(key) => keys::press(state, key, &mut effects),
        Event::Paste(text) => paste::take(state, text, &mut effects),
        Event::Mouse(what, column, row) => mouse::act(state, what, (column, row), &mut effects),
        Event::Rested => state.hurried = false,
        Event::Resize(size) => state.size = size,
        Event::Loaded(articles) => stories::add(state, articles),
        Event::Pasted(articles) => paste::show(state, articles),
        Event::Failed(name, reason) => stories::add_failure(state, &name, &reason),
        Event::LoadedAll => state.loading = false,
        Event::Analysed { story, generation, analysis } => stories::analysed(state, story, generation, analysis),
        Event::Rows(rows) => library::rows(state, rows),
        Event::Gathered { generation, replace, clusters } => happening::gathered(state, generation, replace, clusters),
        Event::Happening(happening) => happening::arrived(state, *happening),
        Event::Regathered(said, is_changed) => happening::regathered(state, &said, is_changed),
        Event::Opened(opened) => library::opened(state, *opened),
        Event::Changed(rows, said) => library::changed(state, rows, &said),
        Event::Replayed(reversal) => undo::replayed(state, reversal, &mut effects),
        Event::MarkedRead(ids, said) => bulk::marked(state, &ids, &said),
        Event::Kept(said, undoable) => library::kept(state, &said, undoable, &mut effects),
        Event::KeptStory(answer) => keeping::kept(state, *answer),
        Event::NotKept(article, changes, reason) => keeping::refused(state, &article, changes, &reason),
        Event::Saved(id, failure) => keeping::saved(state, id, failure),
        Event::Marks(marks) => keeping::marks(state, *marks),
        Event::Searches(searches) => library::searches(state, searches),
        Event::Profile(profile, seen_in) => profile::show(state, &profile, seen_in),
        Event::RelatedQuotes(name, seen_in, found) => card::add(state, &name, seen_in, &found),
        Event::Sources(sources) => views::show(state, &sources),
        Event::Places(names, sources) => profile::show_targets(state, names, sources),
        Event::Suggestions(found) => profile::show_suggestions(state, &found),
        Event::Versions(changes) => library::show_versions(state, &changes),
        Event::Fetching(progress) => views::fetch_progress(state, progress, &mut effects),
        Event::Renewal(renewal) => views::renewal(state, renewal),
        Event::FetchDue => views::due(state, &mut effects),
        Event::SyncDue => views::sync_due(state, &mut effects),
        Event::PairDue => views::pair_due(state, &mut effects),
        Event::Reread(story, article) => stories::reread(state, story, *article),
        Event::NoteEdited { story, index, note } => visual::edited(state, story, index, &note, &mut effects),
        Event::Piped(command, output) => pipe::show(state, &command, output),
        Event::Notice(text) => state.set_error(text),
        Event::SettingsFaults(faults) => state.set_faults(faults),
        Event::SettingsChanged => effects.push(Effect::ReloadSettings),
        Event::InputLost => state.running = false,
        Event::Ended(signal) => {
            state.ended_by = Some(signal);
            state.running = false;
        }
        Event::Suspend => effects.push(Effect::Suspend),
        Event::Resumed => effects.push(Effect::Resume),
    }
    happening::request(state, &mut effects);
    sync::sync_layout(state, &mut effects);
    library::sync_library(state, &mut effects);
    effects
}

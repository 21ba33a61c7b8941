//! Key hints for the status line: the hints for the topmost layer or, if no layer is open, for the focused pane.

use crate::tui::action::Action;
use crate::tui::layout::Pane;
use crate::tui::panels::PanelKind;
use crate::tui::rows;
use crate::tui::state::State;
use crate::tui::state::layers::Layer;
use crate::tui::state::overlay::Subject;
use crate::tui::state::popup::PopupKind;
use std::borrow::Cow;

/// Entry of a list of key hints.
enum Hint {
    /// Hint for an action, with a short label.
    Key(Action, &'static str),
    /// One hint per panel, for the key that opens and closes it.
    Panels,
}

use Hint::{Key, Panels};

const LIST: &[Hint] = &[
    Key(Action::Open, "read"),
    Key(Action::Unfold, "versions"),
    Key(Action::Differences, "differences"),
    Panels,
    Key(Action::NextPane, "next pane"),
    Key(Action::Search, "search"),
    Key(Action::Find, "find"),
    Key(Action::Sources, "views and feeds"),
    Key(Action::Help, "keys"),
    Key(Action::Leave, "quit"),
];
const READING: &[Hint] = &[
    Key(Action::ReadOn, "page down"),
    Key(Action::NextNew, "next new point"),
    Key(Action::Differences, "differences"),
    Key(Action::Unfold, "versions"),
    Panels,
    Key(Action::Next(PanelKind::Quotes), "next quote"),
    Key(Action::Speaker, "speaker"),
    Key(Action::NextStory, "next story"),
    Key(Action::Search, "search"),
    Key(Action::Help, "keys"),
    Key(Action::BackOut, "back to list"),
];
const PANEL: &[Hint] = &[
    Key(Action::Open, "go there"),
    Key(Action::Speaker, "speaker"),
    Key(Action::Reorder, "sort"),
    Key(Action::OnlySpeaker, "one speaker"),
    Key(Action::SetDate, "set date"),
    Key(Action::Card, "card"),
    Key(Action::Filter, "filter"),
    Key(Action::Correct, "correct"),
    Key(Action::Search, "search"),
    Key(Action::Help, "keys"),
    Key(Action::BackOut, "back to text"),
];
const SEARCH: &[Hint] = &[
    Key(Action::NextMatch, "next match"),
    Key(Action::PreviousMatch, "previous"),
    Key(Action::Unfold, "versions"),
    Key(Action::Differences, "differences"),
    Key(Action::Help, "keys"),
    Key(Action::BackOut, "end search"),
];
const VISUAL: &[Hint] = &[
    Key(Action::Yank, "copy"),
    Key(Action::YankCitation, "cite"),
    Key(Action::Important, "highlight"),
    Key(Action::Note, "note"),
    Key(Action::WholeSentence, "sentence"),
    Key(Action::NextWord, "word"),
    Key(Action::OtherEnd, "other end"),
    Key(Action::Help, "keys"),
    Key(Action::BackOut, "cancel"),
];
const HIGHLIGHTS: &[Hint] = &[
    Key(Action::Open, "go there"),
    Key(Action::Unhighlight, "remove"),
    Key(Action::Help, "keys"),
    Key(Action::BackOut, "close"),
];
const LINKS: &[Hint] = &[Key(Action::Open, "open"), Key(Action::Help, "keys"), Key(Action::BackOut, "close")];
const NOTES: &[Hint] =
    &[Key(Action::Down, "down"), Key(Action::Up, "up"), Key(Action::Help, "keys"), Key(Action::BackOut, "close")];
const OUTLINE: &[Hint] = &[Key(Action::Open, "go there"), Key(Action::Help, "keys"), Key(Action::BackOut, "close")];
const CARD: &[Hint] = &[
    Key(Action::Down, "down"),
    Key(Action::Up, "up"),
    Key(Action::Open, "go there"),
    Key(Action::Help, "keys"),
    Key(Action::BackOut, "close"),
];
const HELP: &[Hint] = &[
    Key(Action::Down, "down"),
    Key(Action::Up, "up"),
    Key(Action::Commands, "find a command"),
    Key(Action::BackOut, "close"),
];
const PROFILE: &[Hint] = &[
    Key(Action::Open, "read"),
    Key(Action::NextPane, "next part"),
    Key(Action::Correct, "merge"),
    Key(Action::Split, "split"),
    Key(Action::Help, "keys"),
    Key(Action::BackOut, "close"),
];
const SUGGESTIONS: &[Hint] = &[
    Key(Action::Open, "page of the name"),
    Key(Action::Correct, "merge"),
    Key(Action::Split, "keep apart"),
    Key(Action::Undo, "undo"),
    Key(Action::Help, "keys"),
    Key(Action::BackOut, "close"),
];
const SOURCES: &[Hint] = &[
    Key(Action::Open, "open"),
    Key(Action::Fetch, "fetch"),
    Key(Action::AddFeed, "add feed"),
    Key(Action::Remove, "remove"),
    Key(Action::Rename, "rename"),
    Key(Action::FullText, "full text"),
    Key(Action::MoveDown, "move down"),
    Key(Action::MoveUp, "up"),
    Key(Action::Help, "keys"),
    Key(Action::BackOut, "close"),
];
const VERSIONS: &[Hint] = &[
    Key(Action::Down, "down"),
    Key(Action::NextPane, "earlier change"),
    Key(Action::Help, "keys"),
    Key(Action::BackOut, "close"),
];

const DIFFERENCES: &[Hint] = &[
    Key(Action::Open, "go to the sentence"),
    Key(Action::NextPane, "next outlet"),
    Key(Action::Help, "keys"),
    Key(Action::BackOut, "close"),
];

const OUTPUT: &[Hint] =
    &[Key(Action::Down, "down"), Key(Action::ReadOn, "page"), Key(Action::BackOut, "close"), Key(Action::Help, "keys")];

/// Returns the actions that are useful now with short labels, most useful first.
pub(super) fn hints(state: &State) -> impl Iterator<Item = (Action, Cow<'static, str>)> {
    let top = state.layers.iter().next_back().filter(|layer| !matches!(layer, Layer::Search(search) if search.hidden));
    let hints = top.map_or_else(|| of_pane(state.focus), of_layer);
    let focus = state.focus;
    let has_versions = state.story().is_some_and(|story| state.list.folds.cluster(story).is_some());
    let is_folding = state.list.is_folding();
    let applies = move |hint: &&Hint| {
        let is_possible = match hint {
            Key(Action::NextNew | Action::Differences, _) => has_versions,
            Key(Action::Unfold, _) => has_versions && is_folding,
            _ => true,
        };
        is_possible && !matches!((focus, hint), (Pane::Panel(kind), Key(action, _)) if !is_of(*action, kind))
    };
    hints.iter().filter(applies).flat_map(|hint| match hint {
        Key(action, words) => vec![(*action, Cow::Borrowed(*words))],
        Panels => PanelKind::ALL.map(|kind| (Action::Toggle(kind), rows::of(kind).name().to_lowercase().into())).into(),
    })
}

/// Returns whether an action applies to the rows of a panel. Most actions apply to every panel.
const fn is_of(action: Action, kind: PanelKind) -> bool {
    match action {
        Action::Speaker | Action::OnlySpeaker => matches!(kind, PanelKind::Quotes),
        Action::SetDate => matches!(kind, PanelKind::Timeline),
        _ => true,
    }
}

/// Returns the hints for a pane.
const fn of_pane(pane: Pane) -> &'static [Hint] {
    match pane {
        Pane::List => LIST,
        Pane::Reading => READING,
        Pane::Panel(_) => PANEL,
    }
}

/// Returns the hints for a layer. A prompt has none, since it occupies the status line.
fn of_layer(layer: &Layer) -> &'static [Hint] {
    match layer {
        Layer::Search(_) => SEARCH,
        Layer::Visual(_) => VISUAL,
        Layer::Card(_) => CARD,
        Layer::Popup(popup) => match popup.topic {
            PopupKind::Outline | PopupKind::Footnote => OUTLINE,
            PopupKind::Links => LINKS,
            PopupKind::Highlights => HIGHLIGHTS,
            PopupKind::Notes => NOTES,
        },
        Layer::Overlay(overlay) => match overlay.subject {
            Subject::Profile { .. } => PROFILE,
            Subject::Sources => SOURCES,
            Subject::Suggestions => SUGGESTIONS,
            Subject::Versions => VERSIONS,
            Subject::Differences => DIFFERENCES,
            Subject::Output => OUTPUT,
        },
        Layer::Help(_) => HELP,
        Layer::Prompt(_) | Layer::Picker(_) => &[],
    }
}

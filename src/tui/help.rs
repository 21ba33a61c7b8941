//! The help lists every action with its keys. It is generated from the active keymap and the table of actions.

use super::action::Action;
use super::keymap::{Context, Keymap};
use super::layout::Pane;
use super::panels::PanelKind;
use super::state::overlay::Subject;
use crate::reflow;
use ratatui::layout::Size;
use std::collections::HashSet;
use unicode_width::UnicodeWidthStr;

/// Width of a column of the help in which no line is broken, in terminal cells.
pub(crate) const WIDTH: u16 = 74;

/// Width of the keys beside their descriptions, in terminal cells.
const KEYS: u16 = 18;

/// Minimum gap between the keys and their description, in terminal cells. A single space would look like the
/// gap between two words.
const GAP: u16 = 2;

/// Columns in which the help is shown on a screen of a certain size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HelpColumns {
    /// Number of columns, at least 1.
    pub(crate) count: u16,
    /// Width of a column, in terminal cells.
    pub(crate) width: u16,
    /// Number of lines of a column.
    pub(crate) rows: u16,
}

impl HelpColumns {
    /// Returns the columns that fit on a screen, together with the frame and the status line.
    #[must_use]
    pub(crate) fn of(size: Size) -> Self {
        let inside = size.width.saturating_sub(2);
        Self { count: (inside / WIDTH).max(1), width: inside.min(WIDTH), rows: size.height.saturating_sub(3) }
    }

    /// Returns the number of help lines that are in view at a time.
    #[must_use]
    pub(crate) fn lines(self) -> usize {
        usize::from(self.count) * usize::from(self.rows)
    }

    /// Returns the position at which descriptions begin in a column, in terminal cells from the left, unless their keys
    /// are longer.
    #[must_use]
    pub(crate) fn indent(self) -> u16 {
        KEYS.min(self.width * 2 / 5) + GAP
    }

    /// Returns where the description of `keys` begins, in terminal cells from the left of the column.
    #[must_use]
    pub(crate) fn description_at(self, keys: &str) -> u16 {
        (GAP + keys.width() as u16 + GAP).max(self.indent())
    }

    /// Breaks each description that is too long for a column into lines, because on a narrow screen most of them are.
    #[must_use]
    pub(crate) fn broken(self, entries: Vec<HelpEntry>) -> Vec<HelpEntry> {
        let lines = |entry| match entry {
            HelpEntry::Action(keys, help) => {
                let room = usize::from(self.width.saturating_sub(self.description_at(&keys) + 1));
                let mut lines = reflow::filled(help, room.max(1)).into_iter().map(|line| line.of(help));
                let first = HelpEntry::Action(keys, lines.next().unwrap_or(help));
                std::iter::once(first).chain(lines.map(|line| HelpEntry::Action(String::new(), line))).collect()
            }
            other => vec![other],
        };
        entries.into_iter().flat_map(lines).collect()
    }
}

/// Line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum HelpEntry {
    /// Blank line.
    Blank,
    /// Heading of a group of actions.
    Group(&'static str),
    /// Action: its keys and its description.
    Action(String, &'static str),
}

/// Most used actions in the list, shown first in its help.
const LIST: &[Action] = &[
    Action::Open,
    Action::NextUnread,
    Action::NextList,
    Action::Unfold,
    Action::Find,
    Action::Filter,
    Action::Star,
    Action::Archive,
    Action::Bin,
    Action::Unread,
    Action::ReadAll,
    Action::ReadAbove,
    Action::Tag,
    Action::Sources,
    Action::Fetch,
    Action::CompactList,
    Action::Leave,
];

/// Most used actions in the text, shown first in its help.
const READING: &[Action] = &[
    Action::ReadOn,
    Action::Toggle(PanelKind::Quotes),
    Action::Toggle(PanelKind::Entities),
    Action::Toggle(PanelKind::Timeline),
    Action::Toggle(PanelKind::Figures),
    Action::Next(PanelKind::Quotes),
    Action::Next(PanelKind::Entities),
    Action::Next(PanelKind::Timeline),
    Action::NextNew,
    Action::Differences,
    Action::Speaker,
    Action::Card,
    Action::Links,
    Action::YankAddress,
    Action::Select,
    Action::Search,
    Action::Outline,
    Action::Zen,
    Action::Leave,
];

/// Most used actions in a panel, shown first in its help.
const PANEL: &[Action] = &[
    Action::Open,
    Action::Speaker,
    Action::Card,
    Action::Reorder,
    Action::OnlySpeaker,
    Action::CycleQuoteFilter,
    Action::Undated,
    Action::Filter,
    Action::Correct,
    Action::Split,
    Action::Dismiss,
    Action::Everywhere,
    Action::Leave,
];

/// Actions of the page of views and feeds, shown first in its help.
const SOURCES: &[Action] = &[
    Action::Open,
    Action::Fetch,
    Action::AddFeed,
    Action::Remove,
    Action::Rename,
    Action::FullText,
    Action::MoveUp,
    Action::MoveDown,
    Action::Undo,
    Action::BackOut,
];

/// Most used actions on a page, shown first in its help.
const PAGE: &[Action] = &[
    Action::Open,
    Action::Down,
    Action::Up,
    Action::NextPane,
    Action::PreviousPane,
    Action::Correct,
    Action::Split,
    Action::BackOut,
];

/// Returns the help for the topmost page or, without one, for the focused pane: the most used actions there, then every
/// action.
#[must_use]
pub(crate) fn entries_for(keymap: &Keymap, page: Option<&Subject>, pane: Pane) -> Vec<HelpEntry> {
    let (name, context, actions) = match (page, pane) {
        (Some(Subject::Sources), _) => ("On this page", Context::Overlay, SOURCES),
        (Some(_), _) => ("On this page", Context::Overlay, PAGE),
        (None, Pane::List) => ("In the list", Context::List, LIST),
        (None, Pane::Reading) => ("In the text", Context::Reading, READING),
        (None, Pane::Panel(_)) => ("In a panel", Context::Panel, PANEL),
    };
    let own = actions.iter().filter_map(|action| {
        let keys = keymap.keys_of(*action, &[context, Context::Any]);
        (!keys.is_empty()).then(|| HelpEntry::Action(keys.join(" "), action.help()))
    });
    let mut out = vec![HelpEntry::Group(name)];
    out.extend(own);
    out.push(HelpEntry::Blank);
    out.extend(entries(keymap));
    out
}

/// Returns the help for all panes: every action with its keys, grouped under headings.
#[must_use]
pub(crate) fn entries(keymap: &Keymap) -> Vec<HelpEntry> {
    const EVERYWHERE: [Context; 4] = [Context::Any, Context::List, Context::Reading, Context::Panel];
    // Contexts in which to look up the keys of an action; the first with keys is used.
    const PLACES: [&[Context]; 8] = [
        &EVERYWHERE,
        &[Context::Reading],
        &[Context::Panel],
        &[Context::Visual],
        &[Context::Search],
        &[Context::Prompt],
        &[Context::Picker],
        &[Context::Overlay],
    ];
    let mut out = Vec::with_capacity(Action::ALL.len() + 16);
    let mut group = "";
    for &action in Action::ALL {
        if action.group() != group {
            group = action.group();
            if !out.is_empty() {
                out.push(HelpEntry::Blank);
            }
            out.push(HelpEntry::Group(group));
        }
        let mut keys = Vec::new();
        for contexts in PLACES {
            if keys.is_empty() {
                keys = keymap.keys_of(action, contexts);
            }
        }
        let mut seen = HashSet::new();
        keys.retain(|key| seen.insert(key.clone()));
        let keys = if keys.is_empty() { "no key".to_owned() } else { keys.join(" ") };
        out.push(HelpEntry::Action(keys, action.help()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_in_the_help_with_a_key() {
        let entries = entries(&Keymap::bundled());
        for action in Action::ALL {
            let is_listed = |entry: &HelpEntry| matches!(entry, HelpEntry::Action(keys, help) if *help == action.help() && keys != "no key");
            assert!(entries.iter().any(is_listed), "{}", action.name());
        }
    }
}

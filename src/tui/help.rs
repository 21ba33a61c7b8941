//! The help lists every action with its keys. It is generated from the active keymap and the table of actions.

use super::action::Action;
use super::keymap::{Context, Keymap};
use super::layout::Pane;
use super::panels::PanelKind;
use std::collections::HashSet;

/// Width of the longest line in the help, in columns.
pub(crate) const WIDTH: u16 = 76;

/// Returns the number of help lines that fit on a screen of `height` rows, together with the frame and the status line.
#[must_use]
pub(crate) const fn rows(height: u16) -> usize {
    height.saturating_sub(3) as usize
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
    Action::Next(PanelKind::Quotes),
    Action::Next(PanelKind::Entities),
    Action::Next(PanelKind::Timeline),
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

/// Returns the help for a pane: the most used actions of the pane, then every action.
#[must_use]
pub(crate) fn entries_for(keymap: &Keymap, pane: Pane) -> Vec<HelpEntry> {
    let (name, context, actions) = match pane {
        Pane::List => ("In the list", Context::List, LIST),
        Pane::Reading => ("In the text", Context::Reading, READING),
        Pane::Panel(_) => ("In a panel", Context::Panel, PANEL),
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

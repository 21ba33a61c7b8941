//! Key bindings by context. The bundled ones are in `assets/keymap.toml`; the user's own file overrides them.

use super::action::Action;
use super::key::{Key, spelling};
use crate::config::{self, FileError, line};
use crate::renamed::{Named, Renamed};
use toml::Spanned;
use toml::de::DeValue;

/// Contents of the bundled keymap file.
pub(crate) const BUNDLED: &str = include_str!("../../assets/keymap.toml");

/// Context in which a key binding applies. Keys are looked up in the active contexts, narrowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Context {
    /// Always active.
    Any,
    /// Active while the list of stories is focused.
    List,
    /// Active while the text is focused.
    Reading,
    /// Active while a panel is focused: quotes, entities, timeline.
    Panel,
    /// Active while there is a search, in any pane.
    Search,
    /// Active while text is selected.
    Visual,
    /// Active while a popup list is open.
    Popup,
    /// Active while text is typed into a prompt.
    Prompt,
    /// Active while the picker is open.
    Picker,
    /// Active while a card is shown.
    Card,
    /// Active while the help is shown.
    Help,
    /// Active while a full-screen page is open.
    Overlay,
}

impl Context {
    /// All contexts: name in a keymap, variant, and description of when it is active.
    const NAMES: [(&'static str, Self, &'static str); 12] = [
        ("any", Self::Any, "Always."),
        ("list", Self::List, "While the list of stories is focused."),
        ("reading", Self::Reading, "While the text is focused."),
        ("panel", Self::Panel, "While a panel is focused: quotes, entities, timeline, figures."),
        ("search", Self::Search, "While a search is active, in every pane."),
        ("visual", Self::Visual, "While text is selected."),
        ("popup", Self::Popup, "While a list is open over the panes."),
        ("prompt", Self::Prompt, "While something is typed."),
        ("picker", Self::Picker, "While the picker is open."),
        ("card", Self::Card, "While a card is shown."),
        ("help", Self::Help, "While the help is shown."),
        ("page", Self::Overlay, "While a page is open over the panes: a person, views and feeds, versions."),
    ];

    /// Returns the name of each context with a description of when it is active.
    pub(crate) fn described() -> impl Iterator<Item = (&'static str, &'static str)> {
        Self::NAMES.iter().map(|&(name, _, when)| (name, when))
    }

    /// Returns the context with this name in a keymap.
    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, ..)| *known == name).map(|&(_, context, _)| context)
    }
}

/// Binding of a key sequence to an action, in one context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Binding {
    /// Context in which the binding applies.
    pub(crate) context: Context,
    /// Key sequence that triggers the action.
    pub(crate) keys: Vec<Key>,
    /// Action to run; `None` disables a binding of the same keys in a wider context.
    pub(crate) action: Option<Action>,
}

/// Result of resolving a key sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resolved {
    /// The sequence is bound to this action.
    Action(Action),
    /// The sequence is a prefix of a bound one.
    Prefix,
    /// The sequence is not bound.
    Unbound,
}

/// All key bindings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keymap {
    bindings: Vec<Binding>,
    /// Errors in the keymap file applied last, in line order.
    faults: Vec<FileError>,
    /// Old names in the last keymap file that was applied, without duplicates.
    renamed: Vec<&'static Renamed>,
}

impl Keymap {
    /// Returns the bundled key bindings.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        // A test ensures that the bundled file has no errors.
        Self::default().with(BUNDLED)
    }

    /// Overrides bindings with those in a keymap file. Bindings with an error have no effect, and [`Keymap::faults`]
    /// returns the errors.
    #[must_use]
    pub(crate) fn with(mut self, toml: &str) -> Self {
        let (tables, faults) = config::rows(toml);
        self.faults = faults;
        self.renamed.clear();
        let mut own: Vec<(Context, Vec<Key>, usize)> = Vec::new();
        for (name, rows) in tables.get_ref() {
            let present = Renamed::present(Named::Context, name.get_ref(), &mut self.renamed);
            let Some(context) = Context::named(present) else {
                let known = Context::described().map(|(name, _)| name);
                self.faults.push(FileError::unknown(toml, name.span().start, "context", name.get_ref(), known));
                continue;
            };
            let Some(rows) = rows.get_ref().as_table() else {
                let (line, name) = (line(toml, name.span().start), name.get_ref().to_string());
                self.faults.push(FileError::Value { line, name, valid: "a table, with its name in square brackets" });
                continue;
            };
            // Apply the rows in file order, since hints show the first key of an action.
            let mut rows: Vec<_> = rows.iter().collect();
            rows.sort_by_key(|(keys, _)| keys.span().start);
            for (keys, action) in rows {
                let line = line(toml, keys.span().start);
                let bound = Key::parse_all(keys.get_ref())
                    .ok_or_else(|| FileError::Key { line, name: keys.get_ref().to_string() })
                    .and_then(|keys| Ok((keys, self.action(toml, action)?)));
                match bound {
                    Ok((keys, action)) => {
                        own.push((context, keys.clone(), line));
                        self.bind(Binding { context, keys, action });
                    }
                    Err(fault) => self.faults.push(fault),
                }
            }
        }
        self.faults.extend(self.conflicting_rows(&own));
        self.faults.sort_by_key(FileError::line);
        self
    }

    /// Adds a binding, which replaces an earlier one for the same keys and context.
    fn bind(&mut self, binding: Binding) {
        self.shorten(binding.context, &binding.keys, binding.action);
        self.bindings.retain(|row| row.context != binding.context || row.keys != binding.keys);
        self.bindings.push(binding);
    }

    /// Returns the action with this name in a keymap file, or `None` if the name is `none`.
    fn action(&mut self, toml: &str, name: &Spanned<DeValue<'_>>) -> Result<Option<Action>, FileError> {
        let Some(word) = name.get_ref().as_str() else {
            let line = line(toml, name.span().start);
            return Err(FileError::Value { line, name: "action".to_owned(), valid: "a name in quotation marks" });
        };
        let present = Renamed::present(Named::Action, word, &mut self.renamed);
        match Action::named(present) {
            _ if present == "none" => Ok(None),
            Some(action) => Ok(Some(action)),
            None => {
                let known = Action::ALL.iter().map(|action| action.name());
                Err(FileError::unknown(toml, name.span().start, "action", word, known))
            }
        }
    }

    /// Removes the longer sequences that begin with `keys` if one of them is bound to the same action. The new binding
    /// replaces them, as when `y` is bound to the action of `y y`.
    fn shorten(&mut self, context: Context, keys: &[Key], action: Option<Action>) {
        let longer =
            |row: &Binding| row.context == context && row.keys.len() > keys.len() && row.keys.starts_with(keys);
        if self.bindings.iter().any(|row| longer(row) && action.is_some() && row.action == action) {
            self.bindings.retain(|row| !longer(row));
        }
    }

    /// Returns an error for each binding in the file that can never take effect or repeats another. `own` lists the
    /// context, keys and line of each binding.
    fn conflicting_rows(&self, own: &[(Context, Vec<Key>, usize)]) -> Vec<FileError> {
        let mut out = Vec::new();
        for (number, (context, keys, line)) in own.iter().enumerate() {
            let twice = own.iter().take(number).find(|(other, same, _)| other == context && same == keys);
            if let Some(&(_, _, before)) = twice {
                out.push(FileError::Rebound { line: *line, keys: spelling(keys), before });
            }
            let rows = self.bindings.iter().filter(|row| row.context == *context && row.action.is_some());
            for row in rows.filter(|row| row.keys.len() != keys.len()) {
                let (short, long) = if row.keys.len() < keys.len() { (&row.keys, keys) } else { (keys, &row.keys) };
                if long.starts_with(short) {
                    let [short, long] = [short, long].map(|keys| spelling(keys));
                    out.push(FileError::Shadowed { line: *line, short, long });
                    break;
                }
            }
        }
        out
    }

    /// Returns the errors in the keymap file applied last, in line order.
    #[must_use]
    pub(crate) fn faults(&self) -> &[FileError] {
        &self.faults
    }

    /// Returns the old names in the last keymap file that was applied, without duplicates.
    pub(crate) fn renamed(&self) -> &[&'static Renamed] {
        &self.renamed
    }

    /// Looks up a key sequence in `contexts`, which are listed narrowest first.
    #[must_use]
    pub(crate) fn resolve(&self, contexts: &[Context], keys: &[Key]) -> Resolved {
        for &context in contexts {
            let rows = || self.bindings.iter().filter(|row| row.context == context && row.keys.starts_with(keys));
            // Prefer the longer sequence, because the shorter one would make it unreachable. `faults` reports such
            // pairs.
            if rows().any(|row| row.keys.len() > keys.len() && row.action.is_some()) {
                return Resolved::Prefix;
            }
            return match rows().find(|row| row.keys.len() == keys.len()) {
                // A row without an action hides bindings of the same keys in wider contexts.
                Some(row) => row.action.map_or(Resolved::Unbound, Resolved::Action),
                None => continue,
            };
        }
        Resolved::Unbound
    }

    /// Returns the bindings that continue a key sequence, for the hint box: the remaining keys and the action.
    pub(crate) fn continuations(&self, contexts: &[Context], keys: &[Key]) -> impl Iterator<Item = (String, Action)> {
        let rows = self.bindings.iter().filter(move |row| {
            contexts.contains(&row.context) && row.keys.len() > keys.len() && row.keys.starts_with(keys)
        });
        rows.filter_map(move |row| Some((spelling(row.keys.get(keys.len()..)?), row.action?)))
    }

    /// Returns the keys of an action, in the order of the contexts. Keys that a narrower context binds to another
    /// action are omitted.
    #[must_use]
    pub(crate) fn keys_of(&self, action: Action, contexts: &[Context]) -> Vec<String> {
        let mut out = Vec::new();
        for &context in contexts {
            for row in self.bindings.iter().filter(|row| row.context == context && row.action == Some(action)) {
                if self.resolve(contexts, &row.keys) == Resolved::Action(action) {
                    out.push(spelling(&row.keys));
                }
            }
        }
        out
    }

    /// Returns all bindings.
    #[must_use]
    #[cfg(test)]
    pub(crate) fn bindings(&self) -> &[Binding] {
        &self.bindings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::panels::PanelKind;

    const PANE: [Context; 2] = [Context::Panel, Context::Any];

    fn keys(spelling: &str) -> Vec<Key> {
        Key::parse_all(spelling).unwrap()
    }

    #[test]
    fn every_action_has_a_key_on_a_fresh_start() {
        let keymap = Keymap::default().with(BUNDLED);
        for action in Action::ALL {
            assert!(keymap.bindings().iter().any(|row| row.action == Some(*action)), "{} has no key", action.name());
        }
    }

    #[test]
    fn a_sequence_is_a_prefix_first() {
        let keymap = Keymap::bundled();
        assert_eq!(keymap.resolve(&PANE, &keys("]")), Resolved::Prefix);
        assert_eq!(keymap.resolve(&PANE, &keys("] q")), Resolved::Action(Action::Next(PanelKind::Quotes)));
        assert_eq!(keymap.resolve(&PANE, &keys("] z")), Resolved::Unbound);
        assert!(
            keymap.continuations(&PANE, &keys("]")).any(|row| row == ("q".to_owned(), Action::Next(PanelKind::Quotes)))
        );
    }

    #[test]
    fn an_active_search_takes_n_from_the_stories() {
        let keymap = Keymap::bundled();
        let contexts = [Context::Search, Context::List, Context::Any];
        assert_eq!(keymap.resolve(&contexts, &keys("n")), Resolved::Action(Action::NextMatch));
        assert!(keymap.keys_of(Action::NextStory, &contexts).is_empty());
    }

    #[test]
    fn user_bindings_override_the_default_ones() {
        let keymap = Keymap::bundled().with("[any]\n\"Q\" = \"quit\"\n\"q\" = \"none\"\n");
        assert_eq!(keymap.resolve(&PANE, &keys("Q")), Resolved::Action(Action::Quit));
        assert_eq!(keymap.resolve(&PANE, &keys("q")), Resolved::Unbound);
    }

    #[test]
    fn a_shorter_key_of_an_action_replaces_its_sequence() {
        let keymap = Keymap::bundled().with("[any]\n\"y\" = \"yank\"\n");
        assert_eq!(keymap.resolve(&PANE, &keys("y")), Resolved::Action(Action::Yank));
        assert!(keymap.faults().is_empty(), "{:?}", keymap.faults());
    }

    #[test]
    fn conflicting_rows_are_reported_with_their_lines() {
        assert_eq!(Keymap::bundled().faults(), []);
        let own = Keymap::bundled().with("[any]\n\"]\" = \"down\"\n\"Space\" = \"up\"\n\"space\" = \"down\"\n");
        let faults: Vec<String> = own.faults().iter().map(ToString::to_string).collect();
        let [never, twice] = faults.as_slice() else { panic!("{faults:?}") };
        assert!(never.starts_with("line 2: “]” is shadowed by"), "{never}");
        assert!(twice.starts_with("line 4: “Space” is already bound in line 3"), "{twice}");
    }

    #[test]
    fn every_fault_is_reported_with_its_line_and_the_other_rows_apply() {
        let toml = "[any]\n\"x\" = \"quti\"\n\"Hyper-x\" = \"quit\"\n\"F2\" = \"quit\"\n\"F3\" = 3\n[lst]\n";
        let keymap = Keymap::bundled().with(&format!("panel = 1\n{toml}"));
        let faults: Vec<String> = keymap.faults().iter().map(ToString::to_string).collect();
        assert_eq!(
            faults,
            [
                "line 1: “panel” must be a table, with its name in square brackets",
                "line 3: no action is called “quti”; did you mean “quit”?",
                "line 4: “Hyper-x” is not a key; `man dateline-keys` lists the names of keys",
                "line 6: “action” must be a name in quotation marks",
                "line 7: no context is called “lst”; did you mean “list”?",
            ]
        );
        assert_eq!(keymap.resolve(&PANE, &keys("F2")), Resolved::Action(Action::Quit));
        let wrong = |toml| Keymap::bundled().with(toml).faults().iter().map(ToString::to_string).collect::<String>();
        assert!(wrong("[any\n").starts_with("line 1: "));
    }
}

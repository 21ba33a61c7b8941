//! Table of names that were renamed since earlier versions and that the user's scripts and files may still contain. An
//! old name is accepted until 1.0, and one line on standard error shows the new one.

use std::fmt;

/// Kind of a renamed name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// Option of the command with this name.
    Option(&'static str),
    /// Context in `keymap.toml`.
    Context,
    /// Action in `keymap.toml`.
    Action,
    /// Role in a theme.
    Role,
}

/// An old name and its current equivalent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Renamed {
    /// Kind of thing that the name denotes.
    pub(crate) named: Named,
    /// Old name. For an option that takes a value, the kind of value follows; the kind `DATE` matches only dates.
    pub(crate) old: &'static str,
    /// Current name. If the old option took no value but the current one needs one, the value follows.
    pub(crate) new: &'static str,
}

/// All renamed options, contexts, actions and roles.
pub(crate) const RENAMED: &[Renamed] = &[
    row(Named::Option("timeline"), "--format FORMAT", "--from FORMAT"),
    row(Named::Option("timeline"), "--from DATE", "--since DATE"),
    row(Named::Option("export"), "--to FILE", "--output FILE"),
    row(Named::Option("add"), "--records", "--from jsonl"),
    row(Named::Context, "board", "page"),
    row(Named::Action, "left-out", "removed-text"),
    row(Named::Action, "quote-manner", "quote-kind"),
    row(Named::Role, "left_out", "removed"),
];

const fn row(named: Named, old: &'static str, new: &'static str) -> Renamed {
    Renamed { named, old, new }
}

impl Renamed {
    /// Returns the row for an old name, or `None` if the name is current.
    pub(crate) fn find(named: Named, old: &str) -> Option<&'static Self> {
        RENAMED.iter().find(|row| row.named == named && row.old == old)
    }

    /// Returns the current name for a name in a file. If the name is an old one, adds its row to `seen` unless it is
    /// already there, since the user should be notified only once.
    pub(crate) fn present<'a>(named: Named, name: &'a str, seen: &mut Vec<&'static Self>) -> &'a str {
        let Some(row) = Self::find(named, name) else { return name };
        if !seen.contains(&row) {
            seen.push(row);
        }
        row.new
    }
}

impl fmt::Display for Renamed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { old, new, .. } = self;
        match self.named {
            Named::Option(command) => write!(f, "`{command} {old}` is now `{command} {new}`")?,
            Named::Context => write!(f, "the context “{old}” is now “{new}”")?,
            Named::Action => write!(f, "the action “{old}” is now “{new}”")?,
            Named::Role => write!(f, "the role “{old}” is now “{new}”")?,
        }
        f.write_str("; the old name works until 1.0")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_list_every_renamed_name() {
        let page = include_str!("../docs/scripting.md");
        for row in RENAMED {
            let name = |name: &str| match row.named {
                Named::Option(command) => format!("`{command} {name}`"),
                _ => format!("`{name}`"),
            };
            let line = |line: &str| line.contains(&name(row.old)) && line.contains(&name(row.new));
            assert!(page.lines().any(line), "docs/scripting.md has no row for {row:?}");
        }
    }

    #[test]
    fn a_name_used_twice_is_reported_once() {
        let mut seen = Vec::new();
        for (name, present) in [("left-out", "removed-text"), ("left-out", "removed-text"), ("zen", "zen")] {
            assert_eq!(Renamed::present(Named::Action, name, &mut seen), present);
        }
        assert_eq!(seen.len(), 1);
    }
}

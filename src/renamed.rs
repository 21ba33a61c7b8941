//! Names of earlier versions that scripts and files of users may contain: one table of old and new names. An old name
//! is accepted until 1.0, and one line on standard error names the new one.

use std::fmt;

/// Kind of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// An option of a command.
    Option(&'static str),
    /// A context of `keymap.toml`.
    Context,
    /// An action of `keymap.toml`.
    Action,
    /// A role of a theme.
    Role,
}

/// An old name and the present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Renamed {
    /// What the name belongs to.
    pub(crate) named: Named,
    /// The old name. For an option the kind of its value follows, if it takes one; a value `DATE` must be a date.
    pub(crate) old: &'static str,
    /// The present name. For an option its value follows, unless that is the value of the old one.
    pub(crate) new: &'static str,
}

/// Every renamed name.
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
    /// Returns the row of an old name.
    pub(crate) fn find(named: Named, old: &str) -> Option<&'static Self> {
        RENAMED.iter().find(|row| row.named == named && row.old == old)
    }

    /// Returns the present name for a name in a file, and adds the row to `seen` if the name is an old one. Each row is
    /// added once, because the notice about it should appear once.
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

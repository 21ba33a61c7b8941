//! Kinds of changes that travel between paired libraries.

use serde::{Deserialize, Serialize};

/// Kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// The story has been read.
    Read,
    /// The story is starred.
    Star,
    /// The story is archived.
    Archive,
    /// The story is in the bin.
    Bin,
    /// The story has a tag, which is the key.
    Tag,
    /// Note on the story.
    Note,
    /// Highlight, with its note and colour.
    Highlight,
    /// Reading position.
    Position,
    /// Correction of an annotation.
    Correction,
    /// Two stories were merged or split.
    Happening,
    /// Text of a story, for libraries that lack it.
    Story,
    /// A name was merged with another.
    Name,
    /// Two names were kept apart.
    Apart,
    /// Saved view.
    View,
    /// Order of the saved views.
    Views,
}

/// Kinds with their names in files and the nouns of messages, in the singular and plural.
const KINDS: &[(Kind, &str, &str, &str)] = &[
    (Kind::Read, "read", "read mark", "read marks"),
    (Kind::Star, "star", "star", "stars"),
    (Kind::Archive, "archive", "archive mark", "archive marks"),
    (Kind::Bin, "bin", "story moved to or from the bin", "stories moved to or from the bin"),
    (Kind::Tag, "tag", "tag", "tags"),
    (Kind::Note, "note", "note", "notes"),
    (Kind::Highlight, "highlight", "highlight", "highlights"),
    (Kind::Position, "position", "reading position", "reading positions"),
    (Kind::Correction, "correction", "correction", "corrections"),
    (Kind::Happening, "happening", "split or merged story", "split or merged stories"),
    (Kind::Story, "story", "text of a story", "texts of stories"),
    (Kind::Name, "name", "merged name", "merged names"),
    (Kind::Apart, "apart", "name kept apart", "names kept apart"),
    (Kind::View, "view", "saved view", "saved views"),
    (Kind::Views, "views", "order of views", "orders of views"),
];

impl Kind {
    /// Returns the kind with this name in files.
    pub(super) fn named(name: &str) -> Option<Self> {
        KINDS.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// Returns the name of the kind in files.
    pub(super) fn name(self) -> &'static str {
        KINDS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// Formats a number of changes of this kind: "1 note" or "3 notes".
    pub(super) fn counted(self, count: usize) -> String {
        let noun = KINDS.iter().find(|row| row.0 == self).map_or("", |row| if count == 1 { row.2 } else { row.3 });
        format!("{count} {noun}")
    }

    /// Returns whether a change of this kind belongs to a story.
    pub(super) const fn is_of_story(self) -> bool {
        !matches!(self, Self::Name | Self::Apart | Self::View | Self::Views)
    }

    /// Returns whether all values are kept that two machines wrote without knowing of each other.
    pub(super) const fn keeps_all(self) -> bool {
        matches!(self, Self::Note | Self::Highlight | Self::View)
    }

    /// Returns whether a story with such a mark is one that the user has worked on, so that its text travels if the
    /// user wants texts to.
    pub(super) const fn is_mark(self) -> bool {
        matches!(
            self,
            Self::Star | Self::Archive | Self::Tag | Self::Note | Self::Highlight | Self::Correction | Self::Happening
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_has_the_name_that_its_json_has() {
        for (kind, name, ..) in KINDS {
            assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{name}\""));
            assert_eq!(Kind::named(name), Some(*kind));
        }
    }
}

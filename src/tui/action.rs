//! All actions of the reader, each declared once with its name in the keymap and its help. The help screen and
//! docs/keys.md are made from this table.

use super::panels::Kind;

/// Declares the actions: group, then variant, name in the keymap, help. Rows that begin with `@` are commands of a
/// panel; the compiler ensures that every panel has them.
macro_rules! actions {
    ($($group:literal {
        $(@ $command:ident($kind:ident), $command_name:literal, $command_help:literal;)*
        $($variant:ident, $name:literal, $help:literal;)*
    })+) => {
        /// Action of a key.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[doc = $help] $variant,)*)+
            /// Opens or closes a panel.
            Toggle(Kind),
            /// Goes to the next annotation of a panel in the text.
            Next(Kind),
            /// Goes to the previous annotation of a panel in the text.
            Previous(Kind),
        }

        impl Action {
            /// All actions, in the order of the help.
            pub const ALL: &'static [Self] = &[$($(Self::$command(Kind::$kind),)* $(Self::$variant,)*)+];

            /// Returns its name in the keymap.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $($(Self::$command(Kind::$kind) => $command_name,)* $(Self::$variant => $name,)*)+
                }
            }

            /// Returns a description in a few words.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self {
                    $($(Self::$command(Kind::$kind) => $command_help,)* $(Self::$variant => $help,)*)+
                }
            }

            /// Returns the heading that the help lists it under.
            #[must_use]
            pub const fn group(self) -> &'static str {
                match self {
                    $($(Self::$command(Kind::$kind) => $group,)* $(Self::$variant => $group,)*)+
                }
            }
        }
    };
}

actions! {
    "Stories and panes" {
        Open, "open", "list: read; panel: go to it, or its next mention";
        NextStory, "next-story", "next story";
        PreviousStory, "previous-story", "previous story";
        ReadOn, "read-on", "a page on, at the end the next story";
        NextPane, "next-pane", "focus the next pane";
        PreviousPane, "previous-pane", "focus the previous pane";
        Filter, "filter", "list, panel: only the rows that hold some words";
        GoTo, "go-to", "go to a story, a name, a view or a feed by a few letters";
    }
    "Stories and panes" {
        @Toggle(Quotes), "toggle-quotes", "quotes panel on or off";
        @Toggle(Entities), "toggle-entities", "entities panel on or off";
        @Toggle(Timeline), "toggle-timeline", "timeline panel on or off";
    }
    "Moving" {
        Down, "down", "next line or row";
        Up, "up", "previous line or row";
        HalfPageDown, "half-page-down", "half a page down";
        HalfPageUp, "half-page-up", "half a page up";
        PageDown, "page-down", "a page down";
        PageUp, "page-up", "a page up";
        Top, "top", "to the beginning";
        Bottom, "bottom", "to the end";
        NextParagraph, "next-paragraph", "next paragraph";
        PreviousParagraph, "previous-paragraph", "previous paragraph";
        NextSentence, "next-sentence", "next sentence";
        PreviousSentence, "previous-sentence", "previous sentence";
        NextHeading, "next-heading", "next heading";
        PreviousHeading, "previous-heading", "previous heading";
        NextHighlight, "next-highlight", "next highlight of yours";
        PreviousHighlight, "previous-highlight", "previous highlight of yours";
        NextLink, "next-link", "next link, and where it leads";
        PreviousLink, "previous-link", "previous link";
        Follow, "follow", "follow a link: twice to open it outside; show a footnote";
        Links, "links", "list the links of the story";
        SetMark, "set-mark", "name this place by a letter";
        GoToMark, "go-to-mark", "to the place named by a letter";
        Outline, "outline", "the outline of the story";
        Back, "back", "back to where you jumped from";
        Forward, "forward", "forward again";
    }
    "Who said what, who and where, when" {
        @Next(Quotes), "next-quote", "next quote";
        @Previous(Quotes), "previous-quote", "previous quote";
        @Next(Entities), "next-entity", "next person, organisation or place named";
        @Previous(Entities), "previous-entity", "previous one named";
        @Next(Timeline), "next-event", "next dated event";
        @Previous(Timeline), "previous-event", "previous dated event";
        Speaker, "speaker", "to where the speaker or the entity is introduced";
        OnlySpeaker, "only-speaker", "quotes panel: this speaker's alone, or all again";
        Manner, "quote-manner", "quotes panel: all, in “…” alone, reported alone";
        Reorder, "reorder", "panel: another order (text, speaker, type, count)";
        Card, "card", "all that the story tells about somebody";
        Pronouns, "pronouns", "light what else means an entity: “she”, “the mayor”";
        Undated, "undated", "timeline: events without a date too, or not";
        SetDate, "set-date", "set the date that relative times count from";
        ResolveDates, "resolve-dates", "show dates behind relative times in the text";
    }
    "Putting right by hand" {
        Correct, "correct", "another speaker; another date; the same as somebody else";
        Split, "split", "the selected mention, or a merged name, is somebody else";
        Dismiss, "dismiss", "take the selected row away";
        Undo, "undo", "undo your last change; an older one asks first";
        Redo, "redo", "redo the last change that was undone";
    }
    "The library" {
        Find, "find", "find stories by words, speaker:, person:, published: and more";
        Everywhere, "everywhere", "all that the library knows of whoever is selected";
        Sources, "sources", "lists, saved views and feeds, with what is unread";
        SaveView, "save-view", "give the stories that are found a name";
        NextUnread, "next-unread", "the next unread story";
        Versions, "versions", "what changed in the story since it first came";
        Fetch, "fetch", "fetch the feeds that you follow";
        AddFeed, "add-feed", "views and feeds: follow one more feed";
        Remove, "remove", "views and feeds: take it away";
        Rename, "rename", "views and feeds: give the feed another name";
        FullText, "full-text", "views and feeds: fetch the pages that the feed links to, or not";
        MoveUp, "move-up", "views and feeds: move the view up";
        MoveDown, "move-down", "views and feeds: move the view down";
        NextList, "next-list", "inbox, unread, starred, all, bin";
        Keep, "keep", "keep the story in the library; marking it does so too";
        Star, "star", "star the story, or take the star away";
        Archive, "archive", "put the story away, or back into the inbox";
        Bin, "bin", "put the story into the bin, or take it out";
        Unread, "unread", "mark the story as unread, or as read";
        Tag, "tag", "tag the story";
    }
    "Searching" {
        Search, "search", "search in the focused pane";
        SearchBack, "search-back", "search backwards";
        SearchRegex, "search-regex", "searching: regular expression or plain words";
        NextMatch, "next-match", "next match";
        PreviousMatch, "previous-match", "previous match";
    }
    "Selecting and marking" {
        Select, "select", "select words";
        SelectParagraphs, "select-paragraphs", "select whole paragraphs";
        CursorLeft, "cursor-left", "selecting: a character back";
        CursorRight, "cursor-right", "selecting: a character on";
        NextWord, "next-word", "selecting: a word on";
        PreviousWord, "previous-word", "selecting: a word back";
        WholeWord, "whole-word", "selecting: the whole word";
        WholeSentence, "whole-sentence", "selecting: the whole sentence";
        WholeQuote, "whole-quote", "selecting: the whole quote";
        WholeParagraph, "whole-paragraph", "selecting: the whole paragraph";
        OtherEnd, "other-end", "selecting: move the other end";
        Yank, "yank", "copy what is selected";
        YankCitation, "yank-citation", "copy it with speaker, headline, outlet and date";
        YankMarkdown, "yank-markdown", "copy it as Markdown";
        Important, "important", "highlight it as important";
        Doubtful, "doubtful", "highlight it as doubtful";
        FollowUp, "follow-up", "highlight it as something to follow up";
        Wording, "wording", "highlight its wording";
        Note, "note", "write a note to it";
        Unhighlight, "unhighlight", "take the highlight away";
        Highlights, "highlights", "list highlights and notes";
    }
    "Looks" {
        Zen, "zen", "the text alone on the screen";
        Align, "align", "the text in the middle or at the left";
        Justify, "justify", "both ends of the lines even, or not";
        Hyphenate, "hyphenate", "divide words at the ends of lines, or not";
        Indent, "indent", "paragraphs by indents or by blank lines";
        Wider, "wider", "wider lines";
        Narrower, "narrower", "narrower lines";
        LeftOut, "left-out", "show what was left out of the page, or hide it";
        Notes, "notes", "what was lost, limited or guessed in reading, and what was told";
        Encoding, "encoding", "read the story's characters as another encoding";
        CycleTheme, "cycle-theme", "next colour theme";
        Redraw, "redraw", "draw the screen anew";
    }
    "Program" {
        Commands, "commands", "run any command by its name";
        Help, "help", "this help";
        Suspend, "suspend", "give the terminal to the shell; fg comes back";
        BackOut, "back-out", "back out one step";
        Quit, "quit", "quit";
    }
    "While typing" {
        Accept, "accept", "accept";
        Complete, "complete", "take over the selected name, or the next one that fits";
        Older, "older", "an older line of before";
        Newer, "newer", "a newer one again";
        DeleteBack, "delete-back", "delete a character";
        DeleteWord, "delete-word", "delete a word";
        Editor, "editor", "a note: write it in your editor";
        DeleteAll, "delete-all", "delete everything typed";
    }
}

impl Action {
    /// Returns whether it can be run by its name; actions that edit a line cannot.
    #[must_use]
    pub fn is_command(self) -> bool {
        !matches!(
            self,
            Self::Accept
                | Self::Complete
                | Self::Older
                | Self::Newer
                | Self::DeleteBack
                | Self::DeleteWord
                | Self::DeleteAll
                | Self::Editor
        )
    }

    /// Returns the action of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_lead_back() {
        let names: HashSet<_> = Action::ALL.iter().map(|action| action.name()).collect();
        assert_eq!(names.len(), Action::ALL.len());
        for &action in Action::ALL {
            assert_eq!(Action::named(action.name()), Some(action));
            assert!(!action.help().is_empty() && !action.group().is_empty());
        }
    }
}

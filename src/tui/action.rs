//! All actions of the TUI. Each is declared once, with its name in the keymap and its help text. The help screen and
//! docs/keys.md are generated from this table.

use super::panels::PanelKind;

/// Declares the actions by group: variant, name in the keymap, help text. Rows that begin with `@` declare commands
/// that exist once per panel. The compiler ensures that every panel has them.
macro_rules! actions {
    ($($group:literal {
        $(@ $command:ident($kind:ident), $command_name:literal, $command_help:literal;)*
        $($variant:ident, $name:literal, $help:literal;)*
    })+) => {
        /// Action that a key can trigger.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Action {
            $($(#[doc = $help] $variant,)*)+
            /// Opens or closes this panel.
            Toggle(PanelKind),
            /// Goes to the next annotation in the text that this panel lists.
            Next(PanelKind),
            /// Goes to the previous annotation in the text that this panel lists.
            Previous(PanelKind),
        }

        impl Action {
            /// All actions, in the order of the help.
            pub(crate) const ALL: &'static [Self] = &[$($(Self::$command(PanelKind::$kind),)* $(Self::$variant,)*)+];

            /// Returns the action's name in the keymap.
            #[must_use]
            pub(crate) const fn name(self) -> &'static str {
                match self {
                    $($(Self::$command(PanelKind::$kind) => $command_name,)* $(Self::$variant => $name,)*)+
                }
            }

            /// Returns a short description of the action.
            #[must_use]
            pub(crate) const fn help(self) -> &'static str {
                match self {
                    $($(Self::$command(PanelKind::$kind) => $command_help,)* $(Self::$variant => $help,)*)+
                }
            }

            /// Returns the heading under which the help lists the action.
            #[must_use]
            pub(crate) const fn group(self) -> &'static str {
                match self {
                    $($(Self::$command(PanelKind::$kind) => $group,)* $(Self::$variant => $group,)*)+
                }
            }
        }
    };
}

actions! {
    "Stories and panes" {
        Open, "open", "open the story; in a panel, jump to the text";
        NextStory, "next-story", "next story";
        PreviousStory, "previous-story", "previous story";
        ReadOn, "read-on", "page down, then next story";
        NextPane, "next-pane", "focus the next pane";
        PreviousPane, "previous-pane", "focus the previous pane";
        Filter, "filter", "filter the list or panel";
        GoTo, "go-to", "fuzzy-find a story, person, view or feed";
    }
    "Stories and panes" {
        @Toggle(Quotes), "toggle-quotes", "toggle the quotes panel";
        @Toggle(Entities), "toggle-entities", "toggle the entities panel";
        @Toggle(Timeline), "toggle-timeline", "toggle the timeline panel";
        @Toggle(Figures), "toggle-figures", "toggle the figures panel";
    }
    "Moving" {
        Down, "down", "next line or row";
        Up, "up", "previous line or row";
        HalfPageDown, "half-page-down", "half a page down";
        HalfPageUp, "half-page-up", "half a page up";
        PageDown, "page-down", "a page down";
        PageUp, "page-up", "a page up";
        Top, "top", "go to the beginning";
        Bottom, "bottom", "go to the end";
        NextParagraph, "next-paragraph", "next paragraph";
        PreviousParagraph, "previous-paragraph", "previous paragraph";
        NextSentence, "next-sentence", "next sentence";
        PreviousSentence, "previous-sentence", "previous sentence";
        NextHeading, "next-heading", "next heading";
        PreviousHeading, "previous-heading", "previous heading";
        NextNew, "next-new", "next words that no version read before has";
        PreviousNew, "previous-new", "previous words that no version read before has";
        NextHighlight, "next-highlight", "next highlight";
        PreviousHighlight, "previous-highlight", "previous highlight";
        NextLink, "next-link", "next link, with its target";
        PreviousLink, "previous-link", "previous link";
        Follow, "follow", "follow link (twice: in browser) or show footnote";
        Links, "links", "list the story's page and links; Enter opens the page";
        SetMark, "set-mark", "set a bookmark";
        GoToMark, "go-to-mark", "jump to a bookmark";
        Outline, "outline", "show the story's outline";
        Back, "back", "jump back";
        Forward, "forward", "jump forward again";
    }
    "Quotes, entities, timeline, figures" {
        @Next(Quotes), "next-quote", "next quote";
        @Previous(Quotes), "previous-quote", "previous quote";
        @Next(Entities), "next-entity", "next person, organisation or place";
        @Previous(Entities), "previous-entity", "previous person, organisation or place";
        @Next(Timeline), "next-event", "next dated event";
        @Previous(Timeline), "previous-event", "previous dated event";
        @Next(Figures), "next-figure", "next figure";
        @Previous(Figures), "previous-figure", "previous figure";
        Speaker, "speaker", "jump to where the speaker or entity is introduced";
        OnlySpeaker, "only-speaker", "quotes panel: show only this speaker, or all";
        CycleQuoteFilter, "quote-kind", "quotes panel: cycle all, direct, reported";
        Reorder, "reorder", "panel: change the order (text, speaker, type, count)";
        Card, "card", "show the card of the selected person or place";
        Pronouns, "pronouns", "highlight pronouns for the selected name too";
        Undated, "undated", "timeline: cycle doubtful and undated events";
        SetDate, "set-date", "set the story's date";
        ResolveDates, "resolve-dates", "toggle resolved dates in the text";
    }
    "Corrections" {
        Correct, "correct", "correct the speaker, date or identity";
        Split, "split", "split this mention off as another person or place";
        Dismiss, "dismiss", "remove the selected row";
        Undo, "undo", "undo your last change; asks first if it is old";
        Redo, "redo", "redo the last undone change";
    }
    "The library" {
        Find, "find", "search the library (words or a query)";
        Everywhere, "everywhere", "show this person or place across the library";
        Suggestions, "suggestions", "list names that may be the same";
        Sources, "sources", "show lists, views and feeds";
        SaveView, "save-view", "save the query as a view";
        NextUnread, "next-unread", "next unread story";
        Versions, "versions", "show changes since the first version";
        Differences, "differences", "show where the versions of a happening differ";
        Unfold, "unfold", "list: unfold or fold the versions of a happening";
        SplitStory, "split-story", "take the story out of its happening";
        MergeStory, "merge-story", "merge the story with another version";
        Fetch, "fetch", "fetch feeds, sync and pair";
        AddFeed, "add-feed", "views and feeds: add a feed";
        Remove, "remove", "views and feeds: remove the view or feed";
        Rename, "rename", "views and feeds: rename the feed";
        FullText, "full-text", "views and feeds: toggle full text";
        MoveUp, "move-up", "views and feeds: move the view up";
        MoveDown, "move-down", "views and feeds: move the view down";
        NextList, "next-list", "switch lists: inbox, unread, starred, all, bin";
        Keep, "keep", "save the story to the library";
        Star, "star", "star or unstar the story";
        Archive, "archive", "archive or unarchive the story";
        Bin, "bin", "move the story to the bin or restore it";
        Unread, "unread", "mark the story as unread or read";
        Tag, "tag", "tag the story";
        Sort, "sort", "sort the list by age, feed, unread or length";
        ReadAll, "read-all", "mark all stories of the list as read";
        ReadAbove, "read-above", "mark the stories above as read";
    }
    "Searching" {
        Search, "search", "search in the focused pane";
        SearchBack, "search-back", "search backwards";
        SearchRegex, "search-regex", "searching: toggle regular expressions";
        NextMatch, "next-match", "next match";
        PreviousMatch, "previous-match", "previous match";
    }
    "Selecting and highlighting" {
        Select, "select", "select words";
        SelectParagraphs, "select-paragraphs", "select whole paragraphs";
        CursorLeft, "cursor-left", "selecting: previous character";
        CursorRight, "cursor-right", "selecting: next character";
        NextWord, "next-word", "selecting: next word";
        PreviousWord, "previous-word", "selecting: previous word";
        WholeWord, "whole-word", "selecting: the whole word";
        WholeSentence, "whole-sentence", "selecting: the whole sentence";
        WholeQuote, "whole-quote", "selecting: the whole quote";
        WholeParagraph, "whole-paragraph", "selecting: the whole paragraph";
        OtherEnd, "other-end", "selecting: move the other end";
        Yank, "yank", "copy the selection or the quote";
        YankAddress, "yank-address", "copy the URL of the story";
        YankCitation, "yank-citation", "copy the quote with speaker, headline and date";
        YankMarkdown, "yank-markdown", "copy the quote as Markdown";
        Pipe, "pipe", "pipe the selection, quote or story to a command";
        Important, "important", "highlight: important";
        Doubtful, "doubtful", "highlight: doubtful";
        FollowUp, "follow-up", "highlight: follow up";
        Wording, "wording", "highlight: wording";
        Note, "note", "write a note";
        Unhighlight, "unhighlight", "remove the highlight";
        Highlights, "highlights", "list highlights and notes";
    }
    "Appearance" {
        CompactList, "compact-list", "list: toggle one-line titles";
        Zen, "zen", "hide or show all panes except the text";
        PlainText, "plain-text", "toggle the marks in the text";
        Align, "align", "toggle centring of the text";
        Justify, "justify", "toggle justified lines";
        Hyphenate, "hyphenate", "toggle hyphenation";
        Indent, "indent", "toggle paragraph indents";
        Wider, "wider", "wider lines";
        Narrower, "narrower", "narrower lines";
        LeftOut, "removed-text", "show or hide text removed from the page";
        Notes, "notes", "show import notes and messages";
        Encoding, "encoding", "reopen with another encoding";
        CycleTheme, "cycle-theme", "next colour theme";
        Redraw, "redraw", "redraw the screen";
    }
    "Program" {
        Commands, "commands", "run a command by its name";
        Help, "help", "show this help";
        Suspend, "suspend", "suspend (fg resumes)";
        BackOut, "back-out", "close, or go back one step";
        Leave, "leave", "go back one pane; quit from the list";
        Quit, "quit", "quit from anywhere";
    }
    "While typing" {
        Accept, "accept", "accept";
        Complete, "complete", "complete";
        Older, "older", "previous entry";
        Newer, "newer", "next entry";
        DeleteBack, "delete-back", "delete a character";
        DeleteWord, "delete-word", "delete a word";
        Editor, "editor", "note: edit it in your editor";
        DeleteAll, "delete-all", "delete everything typed";
        ExtendText, "extend-text", "keep the prefilled text and edit it";
    }
}

impl Action {
    /// Returns whether the action can be run by name. Actions that edit a line of text cannot.
    #[must_use]
    pub(crate) fn is_command(self) -> bool {
        !matches!(
            self,
            Self::Accept
                | Self::Complete
                | Self::Older
                | Self::Newer
                | Self::DeleteBack
                | Self::DeleteWord
                | Self::DeleteAll
                | Self::ExtendText
                | Self::Editor
        )
    }

    /// Returns whether the action needs an open story and so does nothing without one.
    #[must_use]
    pub(crate) const fn needs_story(self) -> bool {
        matches!(
            self,
            Self::Next(_)
                | Self::Previous(_)
                | Self::Speaker
                | Self::OnlySpeaker
                | Self::CycleQuoteFilter
                | Self::Reorder
                | Self::Card
                | Self::Pronouns
                | Self::Undated
                | Self::SetDate
                | Self::Correct
                | Self::Split
                | Self::Dismiss
                | Self::Everywhere
                | Self::Versions
                | Self::Differences
                | Self::Unfold
                | Self::SplitStory
                | Self::MergeStory
                | Self::NextNew
                | Self::PreviousNew
                | Self::Keep
                | Self::Star
                | Self::Archive
                | Self::Bin
                | Self::Unread
                | Self::Tag
                | Self::ReadAll
                | Self::ReadAbove
                | Self::Select
                | Self::SelectParagraphs
                | Self::Yank
                | Self::YankAddress
                | Self::YankCitation
                | Self::YankMarkdown
                | Self::Pipe
                | Self::Important
                | Self::Doubtful
                | Self::FollowUp
                | Self::Wording
                | Self::Note
                | Self::Unhighlight
                | Self::Highlights
                | Self::NextHighlight
                | Self::PreviousHighlight
                | Self::NextLink
                | Self::PreviousLink
                | Self::Follow
                | Self::Links
                | Self::SetMark
                | Self::Outline
                | Self::LeftOut
                | Self::ResolveDates
                | Self::Encoding
        )
    }

    /// Returns the action with this name in keymap files.
    #[must_use]
    pub(crate) fn named(name: &str) -> Option<Self> {
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

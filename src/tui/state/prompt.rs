//! Prompt for typing text into the status line.

use dateline_core::text::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Text to pipe to a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PipeSource {
    /// Text selected by the user.
    Selection,
    /// Quote, match or other passage marked in the text.
    Marked,
    /// Text of the whole story.
    Story,
}

/// Purpose of the text that the user types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Words to search for in the focused pane.
    Search,
    /// Reference date for relative times in the story.
    Date,
    /// Note on the highlight with this index.
    Note(usize),
    /// Day of the event with this index.
    EventDate(usize),
    /// Words that the rows of the focused pane must contain.
    Filter,
    /// Pattern that the items of a picker must match.
    Pick,
    /// Command to which to pipe text.
    Pipe(PipeSource),
    /// Query to run on the library.
    Find,
    /// Tag to add to the story.
    Tag,
    /// Name under which to save the current view.
    ViewName,
    /// New name for the feed with this ID.
    FeedName(i64),
    /// URL of a feed to follow, or of a page that links to the feed.
    FeedAddress,
}

/// Prompt in the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prompt {
    /// Purpose of the text.
    pub(crate) purpose: Purpose,
    /// Text typed so far.
    pub(crate) text: String,
    /// Whether the program filled in the text, so that the first typed character replaces it.
    pub(crate) prefilled: bool,
    /// Error in the text, if any: its byte span and the reason.
    pub(crate) wrong: Option<(Span, String)>,
    /// Possible completions of the last word. A key accepts the first.
    pub(crate) offers: Vec<String>,
    /// Index of the entry recalled from the history, counted from 0 at the latest.
    pub(crate) recalled: Option<usize>,
    /// Text typed before an entry was recalled from the history.
    pub(crate) draft: String,
}

impl Prompt {
    /// Creates an empty prompt.
    #[must_use]
    pub(crate) const fn new(purpose: Purpose) -> Self {
        Self {
            purpose,
            text: String::new(),
            prefilled: false,
            wrong: None,
            offers: Vec::new(),
            recalled: None,
            draft: String::new(),
        }
    }

    /// Creates a prompt with a text that the first typed character replaces.
    #[must_use]
    pub(crate) fn prefilled(purpose: Purpose, text: String) -> Self {
        Self { prefilled: !text.is_empty(), text, ..Self::new(purpose) }
    }

    /// Returns the label before the typed text.
    #[must_use]
    pub(crate) const fn label(&self) -> &'static str {
        match self.purpose {
            Purpose::Search => "/",
            Purpose::Note(_) => "Note: ",
            Purpose::Filter => "Filter: ",
            Purpose::Pick => "> ",
            Purpose::Pipe(PipeSource::Selection) => "Pipe the selection to: ",
            Purpose::Pipe(PipeSource::Marked) => "Pipe the marked words to: ",
            Purpose::Pipe(PipeSource::Story) => "Pipe the story to: ",
            Purpose::Find => "Find: ",
            Purpose::ViewName => "View name: ",
            Purpose::FeedName(_) => "Feed name: ",
            Purpose::FeedAddress => "Feed or site URL: ",
            Purpose::Tag => "Tag (-tag removes): ",
            Purpose::EventDate(_) => "Event date (YYYY-MM-DD): ",
            Purpose::Date => "Story date (YYYY-MM-DD, for this session, empty to reset): ",
        }
    }

    /// Inserts text. Line breaks and tabs become spaces, and control characters are dropped.
    pub(crate) fn insert(&mut self, text: &str) {
        if std::mem::take(&mut self.prefilled) {
            self.text.clear();
        }
        self.text
            .extend(text.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { c }).filter(|c| !c.is_control()));
    }

    /// Deletes the last grapheme cluster.
    pub(crate) fn delete_back(&mut self) {
        self.prefilled = false;
        let last = self.text.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
        self.text.truncate(last);
    }

    /// Deletes the last word.
    pub(crate) fn delete_word(&mut self) {
        self.prefilled = false;
        let kept = self.text.trim_end();
        let end = kept.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        self.text.truncate(end);
    }

    /// Deletes the whole text.
    pub(crate) fn clear(&mut self) {
        self.prefilled = false;
        self.text.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_character_replaces_a_prefilled_text_unless_it_was_edited() {
        let filled = || Prompt::prefilled(Purpose::ViewName, "ferry".to_owned());
        let mut prompt = filled();
        prompt.insert("w");
        prompt.insert("eir");
        assert_eq!(prompt.text, "weir");
        let mut prompt = filled();
        prompt.delete_back();
        prompt.insert("ies");
        assert_eq!(prompt.text, "ferries");
    }

    #[test]
    fn what_is_seen_as_one_character_is_deleted_as_one() {
        let mut prompt = Prompt::new(Purpose::Search);
        prompt.insert("né two\n");
        prompt.delete_word();
        assert_eq!(prompt.text, "né ");
        prompt.insert("e\u{301}");
        prompt.delete_back();
        assert_eq!(prompt.text, "né ");
    }
}

//! Prompt for typing text in the status line.

use dateline_core::text::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Purpose of the typed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Words to search for.
    Search,
    /// Reference date that relative times are resolved against.
    Date,
    /// Note on the highlight with this index.
    Note(usize),
    /// Day of the event with this index.
    EventDate(usize),
    /// Words that rows must contain.
    Filter,
    /// Pattern that filters the items of a picker.
    Pick,
    /// Query for stories in the library.
    Find,
    /// Tag for the story.
    Tag,
    /// Name for the current view.
    ViewName,
    /// Name for the feed with this ID.
    FeedName(i64),
    /// URL of a feed, or of a page that links to it.
    FeedAddress,
}

/// Prompt in the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prompt {
    /// Purpose of the typed text.
    pub(crate) purpose: Purpose,
    /// Typed text.
    pub(crate) text: String,
    /// Whether the text was filled in by the program and the first typed character replaces it.
    pub(crate) prefilled: bool,
    /// Error in the text: its byte span and the reason.
    pub(crate) wrong: Option<(Span, String)>,
    /// Completions of the last word; a key accepts the first.
    pub(crate) offers: Vec<String>,
    /// Index of the recalled history entry, counted from the latest.
    pub(crate) recalled: Option<usize>,
    /// Text typed before a history entry was recalled.
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
            Purpose::Find => "Find: ",
            Purpose::ViewName => "View name: ",
            Purpose::FeedName(_) => "Feed name: ",
            Purpose::FeedAddress => "Feed or site address: ",
            Purpose::Tag => "Tag (-tag removes): ",
            Purpose::EventDate(_) => "Event date (YYYY-MM-DD): ",
            Purpose::Date => "Story date (YYYY-MM-DD, empty to reset): ",
        }
    }

    /// Inserts text, without control characters and with line breaks and tabs as spaces.
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

    /// Deletes everything.
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

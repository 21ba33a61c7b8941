//! Something typed into the status line.

use dateline_core::text::Span;
use unicode_segmentation::UnicodeSegmentation;

/// What the typed text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Words to search for.
    Search,
    /// The date that relative times count from.
    Date,
    /// A note to the highlight of this index.
    Note(usize),
    /// The day of an event, by its index.
    EventDate(usize),
    /// Words that rows must hold.
    Filter,
    /// Letters of what is chosen.
    Pick,
    /// What stories of the library are found by.
    Find,
    /// A tag for the story.
    Tag,
    /// What the view that is shown is called.
    ViewName,
    /// What the feed of this number is called.
    FeedName(i64),
    /// The address of a feed, or of a page that names it.
    FeedAddress,
}

/// The prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What for.
    pub purpose: Purpose,
    /// What was typed.
    pub text: String,
    /// What is wrong with it: the bytes at fault and why.
    pub wrong: Option<(Span, String)>,
    /// What may stand there instead of its last word; the next one that a key takes over.
    pub offers: Vec<String>,
    /// Which line of before is shown, counted from the latest.
    pub recalled: Option<usize>,
    /// What was typed before a line of before was shown.
    pub draft: String,
}

impl Prompt {
    /// An empty prompt.
    #[must_use]
    pub const fn new(purpose: Purpose) -> Self {
        Self { purpose, text: String::new(), wrong: None, offers: Vec::new(), recalled: None, draft: String::new() }
    }

    /// What stands before the typed text.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self.purpose {
            Purpose::Search => "/",
            Purpose::Note(_) => "Note: ",
            Purpose::Filter => "Only with: ",
            Purpose::Pick => "> ",
            Purpose::Find => "Find: ",
            Purpose::ViewName => "Call this view (an empty name leaves it): ",
            Purpose::FeedName(_) => "Call the feed: ",
            Purpose::FeedAddress => "Follow the feed, or the page that names it: ",
            Purpose::Tag => "Tag (-tag takes it away): ",
            Purpose::EventDate(_) => "It happened on (YYYY-MM-DD): ",
            Purpose::Date => "The story is of (YYYY-MM-DD, empty for its own date): ",
        }
    }

    /// Types text; what a line cannot hold is left out.
    pub fn insert(&mut self, text: &str) {
        self.text
            .extend(text.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { c }).filter(|c| !c.is_control()));
    }

    /// Deletes the last character as it is seen.
    pub fn delete_back(&mut self) {
        let last = self.text.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
        self.text.truncate(last);
    }

    /// Deletes the last word.
    pub fn delete_word(&mut self) {
        let kept = self.text.trim_end();
        let end = kept.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        self.text.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

//! Something typed into the status line.

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
}

/// The prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What for.
    pub purpose: Purpose,
    /// What was typed.
    pub text: String,
}

impl Prompt {
    /// An empty prompt.
    #[must_use]
    pub const fn new(purpose: Purpose) -> Self {
        Self { purpose, text: String::new() }
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

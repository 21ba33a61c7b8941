//! Searchable fields of a story. Queries refer to them by name, and the terms of a field in the full-text indices begin
//! with a character that marks the field.

/// Field in which a word, phrase or regular expression is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum SearchField {
    /// Headline and text, which are searched for bare words.
    Anywhere,
    /// Headline of the story.
    Title,
    /// Text of the story without the headline.
    Text,
    /// Words of the quotes in the story.
    Quote,
    /// Speakers of the quotes in the story.
    Speaker,
    /// People named in the story.
    Person,
    /// Organisations named in the story.
    Organization,
    /// Places named in the story.
    Location,
    /// Things that the figures of the story count.
    Figure,
    /// Tags that the user gave to the story.
    Tag,
    /// Notes that the user wrote on the story.
    Note,
    /// Feed that contained the story.
    Feed,
    /// Publisher, URL or file of the story.
    Source,
    /// Other outlets that report the same happening.
    Also,
}

//! Fields of a story that can be searched. Queries name them, and the terms in the indices are marked with them.

/// Field in which a word, phrase or regular expression is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum SearchField {
    /// Headline or text, the field of a bare word.
    Anywhere,
    /// The headline.
    Title,
    /// The text below the headline.
    Text,
    /// The words of quotes.
    Quote,
    /// The speakers of quotes.
    Speaker,
    /// People named in the story.
    Person,
    /// Organisations named in the story.
    Organization,
    /// Places named in the story.
    Location,
    /// The user's tags.
    Tag,
    /// The user's notes.
    Note,
    /// The feed that the story came from.
    Feed,
    /// The publisher, the URL or the file.
    Source,
}

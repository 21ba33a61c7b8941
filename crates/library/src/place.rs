//! Fields of a story in which words are looked for: those that queries name and that the terms of the indices are
//! marked with.

/// Field in which a word, phrase or regular expression is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// Headline or text: the field of a bare word.
    Anywhere,
    /// The headline.
    Title,
    /// The text below the headline.
    Text,
    /// The words of quotes.
    Quote,
    /// The speakers of quotes.
    Speaker,
    /// People that are named.
    Person,
    /// Organisations that are named.
    Organization,
    /// Places that are named.
    Location,
    /// The reader's tags.
    Tag,
    /// The reader's notes.
    Note,
    /// The feed that brought the story.
    Feed,
    /// The publisher, the address or the file.
    Source,
}

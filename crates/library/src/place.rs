//! Where in a story words are looked for: what queries name and the terms of the indices are marked with.

/// What a word, phrase or regular expression is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// Headline or text: where a bare word looks.
    Anywhere,
    /// The headline.
    Title,
    /// The text below the headline.
    Text,
    /// What somebody is quoted as saying.
    Quote,
    /// Who is quoted.
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
    /// The feed that brought it.
    Feed,
    /// The publisher, the address or the file.
    Source,
}

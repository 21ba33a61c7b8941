//! Fields of the query language. The parser, the error messages and docs/queries.md use the same table.

use crate::search_field::SearchField;

/// Kind of date that a query compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Calendar {
    /// Publication date of the story.
    Published,
    /// Date when the story was added to the library.
    Added,
    /// Any day of an event in the story.
    Event,
}

/// State of a story, as a value of the field `is`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum State {
    /// The story has been read to the end or marked as read.
    Read,
    /// The story has not been read.
    Unread,
    /// The story is starred.
    Starred,
    /// The story is archived.
    Archived,
    /// The story is in the bin.
    Binned,
}

/// Kind of item that a story may contain, as a value of the field `has`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The story contains quotes.
    Quotes,
    /// The story has notes by the user.
    Notes,
    /// The story has highlights by the user.
    Highlights,
    /// The story has tags given by the user.
    Tags,
    /// The story contains dated events.
    Events,
}

/// Field of the query language, which is named before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// Field whose value is a word, a phrase or a regular expression.
    Words(SearchField),
    /// Field whose value is a day or a range of days.
    Days(Calendar),
    /// Field whose value is the name of a state.
    Is,
    /// Field whose value is the name of a kind of item.
    Has,
    /// Field whose value is a number or a range of numbers of outlets.
    Outlets,
}

/// A field of the query language, with its documentation.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec {
    /// Name of the field, as written before the colon.
    pub name: &'static str,
    /// Field that the name refers to.
    pub(crate) field: Field,
    /// Short description of what the field finds.
    pub help: &'static str,
    /// Example of a query with the field.
    pub example: &'static str,
}

/// All fields of the query language, in the order of the documentation.
pub const FIELDS: &[FieldSpec] = &[
    row("title", Field::Words(SearchField::Title), "words in the headline", "title:ferry"),
    row("text", Field::Words(SearchField::Text), "words in the text below the headline", "text:\"state of emergency\""),
    row("quote", Field::Words(SearchField::Quote), "words in a quote", "quote:guarantees"),
    row("speaker", Field::Words(SearchField::Speaker), "the person quoted", "speaker:\"mara odell\""),
    row("person", Field::Words(SearchField::Person), "people named in the story", "person:odell"),
    row(
        "org",
        Field::Words(SearchField::Organization),
        "organisations named in the story",
        "org:\"harbour authority\"",
    ),
    row("place", Field::Words(SearchField::Location), "places named in the story", "place:geneva"),
    row("figure", Field::Words(SearchField::Figure), "what a figure of the story counts", "figure:dead"),
    row("tag", Field::Words(SearchField::Tag), "your tags", "-tag:done"),
    row("note", Field::Words(SearchField::Note), "words in your notes", "note:verify"),
    row("feed", Field::Words(SearchField::Feed), "the feed that the story came from", "feed:harbour"),
    row("source", Field::Words(SearchField::Source), "the publisher, URL or file", "source:example.org"),
    row("also", Field::Words(SearchField::Also), "other outlets that report the same happening", "also:reuters"),
    row("outlets", Field::Outlets, "how many outlets report the happening", "outlets:>2"),
    row("published", Field::Days(Calendar::Published), "when the story was published", "published:2023-09..2023-10"),
    row("added", Field::Days(Calendar::Added), "when the story was added to the library", "added:today"),
    row("event", Field::Days(Calendar::Event), "the day of an event in the story", "event:last-week"),
    row("is", Field::Is, "read, unread, starred, archived or binned", "is:unread"),
    row("has", Field::Has, "quotes, notes, highlights, tags or events", "has:highlights"),
];

/// Names of the states that a query can ask for.
pub(crate) const STATES: &[(&str, State)] = &[
    ("read", State::Read),
    ("unread", State::Unread),
    ("starred", State::Starred),
    ("archived", State::Archived),
    ("binned", State::Binned),
];

/// Names of the kinds of items that a query can ask for.
pub(crate) const PARTS: &[(&str, Part)] = &[
    ("quotes", Part::Quotes),
    ("notes", Part::Notes),
    ("highlights", Part::Highlights),
    ("tags", Part::Tags),
    ("events", Part::Events),
];

/// Returns the values that a field accepts, in the order of the documentation. The result is empty if the field accepts
/// any words.
pub fn values(field: &str) -> impl Iterator<Item = &'static str> + use<> {
    let field = Field::named(field);
    let states = STATES.iter().filter(move |_| field == Some(Field::Is)).map(|(name, _)| *name);
    states.chain(PARTS.iter().filter(move |_| field == Some(Field::Has)).map(|(name, _)| *name))
}

const fn row(name: &'static str, field: Field, help: &'static str, example: &'static str) -> FieldSpec {
    FieldSpec { name, field, help, example }
}

impl Field {
    /// Returns the field with a name, ignoring case.
    #[must_use]
    pub(crate) fn named(name: &str) -> Option<Self> {
        FIELDS.iter().find(|row| row.name.eq_ignore_ascii_case(name)).map(|row| row.field)
    }

    /// Returns the name of the field, or an empty string for the field of bare words.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        FIELDS.iter().find(|row| row.field == self).map_or("", |row| row.name)
    }
}

/// Looks up a value in a table by its name, ignoring case.
pub(super) fn value<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|&(_, value)| value)
}

/// Looks up the name of a value in a table.
pub(super) fn name<T: Copy + PartialEq>(table: &[(&'static str, T)], value: T) -> &'static str {
    table.iter().find(|&&(_, known)| known == value).map_or("", |&(name, _)| name)
}

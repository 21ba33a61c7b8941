//! The fields of the query language: one table, from which the parser, the error messages and the
//! table in docs/queries.md are made.

use crate::place::Place;

/// Which days of a story are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Calendar {
    /// When it was published.
    Published,
    /// When it came into the library.
    Added,
    /// Any day that the story tells something of.
    Event,
}

/// A state that a story is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Read to the end or marked so.
    Read,
    /// Not read.
    Unread,
    /// Starred.
    Starred,
    /// Put aside.
    Archived,
    /// In the bin.
    Binned,
}

/// Something that a story has at least one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Quotes.
    Quotes,
    /// The reader's notes.
    Notes,
    /// The reader's highlights.
    Highlights,
    /// The reader's tags.
    Tags,
    /// Dated events.
    Events,
}

/// What may stand before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Takes words, a phrase or a regular expression.
    Words(Place),
    /// Takes a day or a range of days.
    Days(Calendar),
    /// Takes the name of a state.
    Is,
    /// Takes the name of a part.
    Has,
}

/// A field with what the reader is told of it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// What is typed before the colon.
    pub name: &'static str,
    /// What it means to the compiler.
    pub field: Field,
    /// What it finds, in a few words.
    pub help: &'static str,
    /// A query that uses it.
    pub example: &'static str,
}

/// Every field, in the order in which they are explained.
pub const FIELDS: &[Row] = &[
    row("title", Field::Words(Place::Title), "words of the headline", "title:ferry"),
    row("text", Field::Words(Place::Text), "words of the text below it", "text:\"state of emergency\""),
    row("quote", Field::Words(Place::Quote), "words that somebody is quoted as saying", "quote:guarantees"),
    row("speaker", Field::Words(Place::Speaker), "who is quoted", "speaker:\"mara odell\""),
    row("person", Field::Words(Place::Person), "people that are named", "person:odell"),
    row("org", Field::Words(Place::Organization), "organisations that are named", "org:\"harbour authority\""),
    row("place", Field::Words(Place::Location), "places that are named", "place:geneva"),
    row("tag", Field::Words(Place::Tag), "your tags", "-tag:done"),
    row("note", Field::Words(Place::Note), "words of your notes", "note:verify"),
    row("feed", Field::Words(Place::Feed), "the feed that brought it", "feed:harbour"),
    row("source", Field::Words(Place::Source), "the publisher, address or file", "source:example.org"),
    row("published", Field::Days(Calendar::Published), "when it was published", "published:2023-09..2023-10"),
    row("added", Field::Days(Calendar::Added), "when it came into the library", "added:today"),
    row("event", Field::Days(Calendar::Event), "a day that the story tells of", "event:last-week"),
    row("is", Field::Is, "read, unread, starred, archived or binned", "is:unread"),
    row("has", Field::Has, "quotes, notes, highlights, tags or events", "has:highlights"),
];

/// The states by name.
pub const STATES: &[(&str, State)] = &[
    ("read", State::Read),
    ("unread", State::Unread),
    ("starred", State::Starred),
    ("archived", State::Archived),
    ("binned", State::Binned),
];

/// The parts by name.
pub const PARTS: &[(&str, Part)] = &[
    ("quotes", Part::Quotes),
    ("notes", Part::Notes),
    ("highlights", Part::Highlights),
    ("tags", Part::Tags),
    ("events", Part::Events),
];

const fn row(name: &'static str, field: Field, help: &'static str, example: &'static str) -> Row {
    Row { name, field, help, example }
}

impl Field {
    /// The field of that name, whatever its case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        FIELDS.iter().find(|row| row.name.eq_ignore_ascii_case(name)).map(|row| row.field)
    }

    /// What is typed before the colon; nothing for the place of bare words.
    #[must_use]
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|row| row.field == self).map_or("", |row| row.name)
    }
}

/// The value of that name in a table of names, whatever its case.
pub(super) fn value<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|&(_, value)| value)
}

/// The name of a value in a table of names.
pub(super) fn name<T: Copy + PartialEq>(table: &[(&'static str, T)], value: T) -> &'static str {
    table.iter().find(|&&(_, known)| known == value).map_or("", |&(name, _)| name)
}

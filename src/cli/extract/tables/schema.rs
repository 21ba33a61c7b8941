//! The tables of `--to parquet` and where their columns are in the JSON object of a story. They follow the JSON interface,
//! so that both forms have the same names, values and offsets.

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// 64-bit integer.
    Long,
    /// 32-bit integer.
    Int,
    /// Code-point offset: a 32-bit integer that grows from row to row, so its differences are stored.
    Offset,
    /// 64-bit floating-point number.
    Real,
    Bool,
    /// Day of the calendar, from a date or the date of a time.
    Day,
    /// Moment in UTC, in microseconds, from a time of RFC 3339.
    Moment,
    /// Text that recurs, such as names and kinds.
    Word,
    /// Text that rarely recurs.
    Text,
    /// List of texts.
    Words,
    /// List of 32-bit integers.
    Ints,
}

/// Where the value of a column comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Number of the story, which all tables share.
    Article,
    /// Index of the annotation in its list.
    Index,
    /// Index of the annotation that holds the list.
    Outer,
    /// Number of items in a list of the annotation.
    Count(&'static str),
    /// Field of the annotation. Dots separate the names of fields inside fields.
    Field(&'static str),
}

/// Column of a table.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) source: Source,
}

/// Table: a row for each story, or for each item of a list.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// Names of the list and of the list inside its items whose items are the rows; none for stories.
    pub(super) lists: &'static [&'static str],
    pub(super) columns: &'static [Column],
}

const fn column(name: &'static str, kind: Kind, source: Source) -> Column {
    Column { name, kind, source }
}

/// Returns a column that has the name of its field.
const fn field(name: &'static str, kind: Kind) -> Column {
    column(name, kind, Source::Field(name))
}

const fn nested(name: &'static str, kind: Kind, path: &'static str) -> Column {
    column(name, kind, Source::Field(path))
}

const ARTICLE: Column = column("article", Kind::Long, Source::Article);
const START: Column = field("start", Kind::Offset);
const END: Column = field("end", Kind::Offset);
const CONFIDENCE: Column = field("confidence", Kind::Real);
const BEGIN: Column = field("begin", Kind::Day);
const END_DATE: Column = field("end_date", Kind::Day);

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "articles",
        lists: &[],
        columns: &[
            ARTICLE,
            field("id", Kind::Text),
            field("file", Kind::Word),
            field("outlet", Kind::Word),
            field("headline", Kind::Text),
            field("kicker", Kind::Word),
            field("standfirst", Kind::Text),
            field("section", Kind::Words),
            field("byline", Kind::Words),
            nested("dateline_place", Kind::Word, "dateline.place"),
            field("publisher", Kind::Word),
            field("url", Kind::Text),
            field("language", Kind::Word),
            field("published", Kind::Day),
            nested("published_at", Kind::Moment, "published"),
            field("published_source", Kind::Word),
            field("modified", Kind::Day),
            field("notes", Kind::Words),
            field("text", Kind::Text),
            field("error", Kind::Text),
        ],
    },
    Table {
        name: "quotes",
        lists: &["quotes"],
        columns: &[
            ARTICLE,
            column("quote", Kind::Int, Source::Index),
            START,
            END,
            field("kind", Kind::Word),
            field("text", Kind::Text),
            nested("cue", Kind::Word, "cue.text"),
            nested("cue_start", Kind::Offset, "cue.start"),
            nested("cue_end", Kind::Offset, "cue.end"),
            nested("speaker", Kind::Word, "speaker.name"),
            nested("role", Kind::Word, "speaker.role"),
            nested("entity", Kind::Int, "speaker.entity"),
            nested("mention", Kind::Word, "speaker.text"),
            nested("mention_start", Kind::Offset, "speaker.start"),
            nested("mention_end", Kind::Offset, "speaker.end"),
            field("polarity", Kind::Word),
            CONFIDENCE,
        ],
    },
    Table {
        name: "entities",
        lists: &["entities"],
        columns: &[
            ARTICLE,
            nested("entity", Kind::Int, "id"),
            field("name", Kind::Word),
            field("type", Kind::Word),
            field("aliases", Kind::Words),
            field("role", Kind::Word),
            column("mentions", Kind::Int, Source::Count("mentions")),
            field("demonym_of", Kind::Int),
            field("list_id", Kind::Word),
        ],
    },
    Table {
        name: "mentions",
        lists: &["entities", "mentions"],
        columns: &[ARTICLE, column("entity", Kind::Int, Source::Outer), START, END, field("kind", Kind::Word)],
    },
    Table {
        name: "times",
        lists: &["times"],
        columns: &[
            ARTICLE,
            column("time", Kind::Int, Source::Index),
            START,
            END,
            field("text", Kind::Word),
            field("type", Kind::Word),
            field("value", Kind::Word),
            BEGIN,
            END_DATE,
            CONFIDENCE,
        ],
    },
    Table {
        name: "events",
        lists: &["events"],
        columns: &[
            ARTICLE,
            column("event", Kind::Int, Source::Index),
            START,
            END,
            field("summary", Kind::Text),
            field("time", Kind::Int),
            BEGIN,
            END_DATE,
            field("granularity", Kind::Word),
            field("status", Kind::Word),
            CONFIDENCE,
            field("folded", Kind::Bool),
            field("entities", Kind::Ints),
        ],
    },
    Table {
        name: "figures",
        lists: &["figures"],
        columns: &[
            ARTICLE,
            column("figure", Kind::Int, Source::Index),
            START,
            END,
            field("text", Kind::Word),
            field("value", Kind::Real),
            field("low", Kind::Real),
            field("high", Kind::Real),
            field("unit", Kind::Word),
            field("counted", Kind::Word),
            field("quote", Kind::Int),
            field("time", Kind::Int),
            CONFIDENCE,
        ],
    },
];

impl Kind {
    /// Returns the field of a Parquet schema for a column of this type.
    pub(super) fn declaration(self, name: &str) -> String {
        match self {
            Self::Long => format!("REQUIRED INT64 {name};"),
            Self::Int | Self::Offset => format!("OPTIONAL INT32 {name};"),
            Self::Real => format!("OPTIONAL DOUBLE {name};"),
            Self::Bool => format!("OPTIONAL BOOLEAN {name};"),
            Self::Day => format!("OPTIONAL INT32 {name} (DATE);"),
            Self::Moment => format!("OPTIONAL INT64 {name} (TIMESTAMP(MICROS,true));"),
            Self::Word | Self::Text => format!("OPTIONAL BYTE_ARRAY {name} (STRING);"),
            Self::Words => list(name, "BYTE_ARRAY element (STRING)"),
            Self::Ints => list(name, "INT32 element"),
        }
    }
}

/// Returns a list in the form that the format prescribes.
fn list(name: &str, element: &str) -> String {
    format!("OPTIONAL GROUP {name} (LIST) {{ REPEATED GROUP list {{ REQUIRED {element}; }} }}")
}

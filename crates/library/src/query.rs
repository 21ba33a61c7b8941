//! The query language: what a reader types to find stories, from text to a tree, back to text,
//! and on to SQL. Knows the names of the fields; knows nothing of a database but its schema.
//!
//! `speaker:odell ceasefire published:2023-09..2023-10 -tag:done is:unread`

mod ast;
mod day;
mod field;
pub(super) mod function;
mod indexed;
mod parse;
mod print;
mod sql;

pub use crate::place::Place;
pub use ast::{Expression, Pattern, Query, Quoted, Term};
pub use day::{DayRange, Moment, Unit};
pub use field::{Calendar, FIELDS, Field, PARTS, Part, Row, STATES, State};
pub use parse::LONGEST;
pub use sql::{Asked, Binding, Compiled, Matching};

use dateline_core::text::Span;
use regex::{Regex, RegexBuilder};

/// What a compiled regular expression may take of memory, in bytes.
const REGEX_SIZE: usize = 1 << 20;

/// A fault in a query: where it is, in bytes of what was typed, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// The words at fault.
    pub span: Span,
    /// One sentence for the reader.
    pub message: String,
}

impl Query {
    /// Reads a query that is finished.
    ///
    /// # Errors
    /// With the place of the first fault.
    pub fn parse(words: &str) -> Result<Self, QueryError> {
        parse::Parser::new(words, false).query()
    }

    /// Reads a query that is still being typed: its last word may go on, and what is unfinished at
    /// its end is passed over.
    ///
    /// # Errors
    /// With the place of the first fault before the end.
    pub fn parse_typed(words: &str) -> Result<Self, QueryError> {
        parse::Parser::new(words, true).query()
    }
}

/// A regular expression that pays no heed to case and cannot take too much memory.
pub(super) fn regex(source: &str) -> Result<Regex, String> {
    if source.is_empty() {
        return Err("Nothing stands between these slashes.".into());
    }
    let built = RegexBuilder::new(source).case_insensitive(true).multi_line(true).size_limit(REGEX_SIZE).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "This regular expression is too large.".into(),
        other => {
            let reason = other.to_string();
            let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ");
            format!("This regular expression cannot be read: {reason}.")
        }
    })
}

/// A query for the unread ones of what another finds.
#[must_use]
pub fn unread_of(words: &str) -> String {
    if words.trim().is_empty() { "is:unread".to_owned() } else { format!("({words}) is:unread") }
}

#[cfg(test)]
mod tests;

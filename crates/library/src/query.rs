//! The query language. Parses a query as typed into a syntax tree, prints the tree and compiles it to SQL. This module
//! depends on the names of the fields and on the database schema, but it needs no open database.
//!
//! `speaker:odell ceasefire published:2023-09..2023-10 -tag:done is:unread`

mod ast;
mod count;
mod day;
mod field;
mod fts_match;
pub(super) mod function;
mod gathered;
mod indexed;
mod literal;
mod parse;
mod print;
mod sql;

pub use ast::Query;
pub use field::{FIELDS, FieldSpec, values};

pub(crate) use ast::{Expression, Pattern, Term};
pub(crate) use fts_match::{FtsClause, FtsIndex, FtsMatch};
pub(crate) use sql::{Binding, Compiled};

use dateline_core::text::Span;
use regex::{Regex, RegexBuilder};

/// Maximum size of a compiled regular expression, in bytes.
const REGEX_SIZE: usize = 1 << 20;

/// A syntax error in a query: its span in the query as typed, and a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct QueryError {
    /// Span of the invalid part of the query, in bytes.
    pub span: Span,
    /// Message for the user, as one sentence.
    pub message: String,
}

impl Query {
    /// Parses a complete query.
    ///
    /// # Errors
    /// Returns the first syntax error, with its span.
    pub fn parse(words: &str) -> Result<Self, QueryError> {
        parse::Parser::new(words, false).query()
    }

    /// Parses a query that is still being typed. Its last word may be a prefix, and an incomplete end is ignored.
    ///
    /// # Errors
    /// Returns the first syntax error before the end, with its span.
    pub fn parse_typed(words: &str) -> Result<Self, QueryError> {
        parse::Parser::new(words, true).query()
    }
}

/// Compiles a case-insensitive regular expression. An expression that would take too much memory is rejected.
pub(super) fn regex(source: &str) -> Result<Regex, String> {
    if source.is_empty() {
        return Err("Empty regular expression.".into());
    }
    let built = RegexBuilder::new(source).case_insensitive(true).multi_line(true).size_limit(REGEX_SIZE).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "Regular expression too large.".into(),
        other => {
            let reason = other.to_string();
            let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ");
            format!("Invalid regular expression: {reason}.")
        }
    })
}

/// Returns a query that finds the unread stories among the results of another query.
#[must_use]
pub fn unread_of(words: &str) -> String {
    if words.trim().is_empty() { "is:unread".to_owned() } else { format!("({words}) is:unread") }
}

#[cfg(test)]
mod tests;

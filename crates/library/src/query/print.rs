//! Prints a query as a user would type it. Parsing the result gives the same syntax tree.

use super::ast::{Expression, Pattern, Query, Term};
use super::field::{self, Field, PARTS, STATES};
use crate::search_field::SearchField;
use std::fmt;

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.as_ref().map_or(Ok(()), |root| write!(f, "{root}"))
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(members) => joined(f, members, " ", |member| matches!(member, Self::All(_) | Self::Any(_))),
            Self::Any(members) => joined(f, members, " OR ", |member| matches!(member, Self::Any(_))),
            Self::Not(inner) => {
                f.write_str("-")?;
                grouped(f, inner, matches!(**inner, Self::All(_) | Self::Any(_)))
            }
            Self::Term(term) => write!(f, "{term}"),
        }
    }
}

/// Writes the members of a compound expression, separated by `between` and in parentheses if necessary.
fn joined(
    f: &mut fmt::Formatter<'_>,
    members: &[Expression],
    between: &str,
    needs: impl Fn(&Expression) -> bool,
) -> fmt::Result {
    for (index, member) in members.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        grouped(f, member, needs(member))?;
    }
    Ok(())
}

fn grouped(f: &mut fmt::Formatter<'_>, inner: &Expression, group: bool) -> fmt::Result {
    if group { write!(f, "({inner})") } else { write!(f, "{inner}") }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(SearchField::Anywhere, pattern) => write!(f, "{pattern}"),
            Self::Words(place, pattern) => write!(f, "{}:{pattern}", Field::Words(*place).name()),
            Self::Days(calendar, range) => write!(f, "{}:{range}", Field::Days(*calendar).name()),
            Self::Is(state) => write!(f, "is:{}", field::name(STATES, *state)),
            Self::Outlets(range) => write!(f, "outlets:{range}"),
            Self::Has(part) => write!(f, "has:{}", field::name(PARTS, *part)),
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Regex(source) => write!(f, "/{}/", slashes_escaped(source)),
            Self::Words { words, prefix } => {
                if needs_marks(words) {
                    write!(f, "\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))?;
                } else {
                    f.write_str(words)?;
                }
                f.write_str(if *prefix { "*" } else { "" })
            }
        }
    }
}

/// Returns whether words need quotation marks to be parsed as plain words.
fn needs_marks(words: &str) -> bool {
    matches!(words, "AND" | "OR" | "NOT")
        || words.starts_with(['-', '/'])
        || words.ends_with('*')
        || words.contains(|c: char| c.is_whitespace() || "()\"“”:".contains(c))
}

/// Escapes all unescaped slashes in a regular expression.
fn slashes_escaped(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut escaped = false;
    for character in source.chars() {
        if character == '/' && !escaped {
            out.push('\\');
        }
        escaped = !escaped && character == '\\';
        out.push(character);
    }
    out
}

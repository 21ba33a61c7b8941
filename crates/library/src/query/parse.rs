//! Parses a query as typed into a [`Query`], by recursive descent. Every syntax error has a span.
//!
//! ```text
//! any     = all { "OR" all }
//! all     = single { [ "AND" ] single }
//! single  = ( "-" | "NOT" ) single | [ field ":" ] ( "(" any ")" | phrase | regex | word [ "*" ] )
//! ```

use super::QueryError;
use super::ast::{Expression, Pattern, Query, Term};
use super::count::CountRange;
use super::day::DayRange;
use super::field::{self, FIELDS, Field, PARTS, STATES};
use crate::search_field::SearchField;
use dateline_core::text::{Span, folded, nearest};

/// Maximum length of a query, in bytes.
const MAX_LENGTH: usize = 4_000;
/// Maximum nesting depth of parentheses and negations in a query.
const MAX_DEPTH: usize = 50;
/// Maximum number of conditions in one query.
const MAX_TERMS: usize = 200;
/// Quotation marks around a phrase: each opening mark with its closing mark.
const QUOTATION: &[(char, char)] = &[('"', '"'), ('“', '”')];

/// Result of parsing an expression; `None` if the part typed so far has no meaning yet.
type Parsed = Result<Option<Expression>, QueryError>;

/// Parses a whole query that is a URL, as the condition that a story has this URL. The scheme is ignored, and so is
/// everything that does not change the page, since the address bar and a feed often differ in these parts.
fn page(words: &str) -> Option<Term> {
    let address = words.trim();
    let is_address = address.starts_with("https://") || address.starts_with("http://");
    if !is_address || address.contains(char::is_whitespace) {
        return None;
    }
    let words = crate::canonical_url(address).strip_prefix("https://")?.to_owned();
    let pattern = Pattern::Words { words, prefix: false };
    Some(Term::Words(SearchField::Source, pattern)).filter(|_| address.contains('.'))
}

/// Parser of a query, with its current position as a byte offset.
pub(super) struct Parser<'a> {
    words: &'a str,
    at: usize,
    /// Whether the query is still being typed, so that an incomplete word at its end is not an error.
    typed: bool,
    depth: usize,
    terms: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(words: &'a str, typed: bool) -> Self {
        Self { words, at: 0, typed, depth: 0, terms: 0 }
    }

    /// Parses the whole query.
    pub(super) fn query(mut self) -> Result<Query, QueryError> {
        if self.words.len() > MAX_LENGTH {
            let cut = self.words.floor_char_boundary(MAX_LENGTH);
            return Err(fault(cut, 0, format!("The query is longer than {MAX_LENGTH} bytes.")));
        }
        self.skip_blanks();
        if self.rest().is_empty() {
            return Ok(Query::default());
        }
        if let Some(page) = page(self.rest()) {
            return Ok(Query { root: Some(Expression::Term(page)) });
        }
        let root = self.any(Field::Words(SearchField::Anywhere))?;
        if self.rest().starts_with(')') {
            return Err(fault(self.at, 1, "Unmatched “)”.".into()));
        }
        Ok(Query { root })
    }

    fn rest(&self) -> &'a str {
        self.words.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Consumes `word` if it is the next word.
    fn keyword(&mut self, word: &str) -> bool {
        let Some(after) = self.rest().strip_prefix(word) else { return false };
        let alone = after.chars().next().is_none_or(|next| next.is_whitespace() || "()\"“".contains(next));
        if alone {
            self.at += word.len();
            self.skip_blanks();
        }
        alone
    }

    /// Returns whether the current expression ends at the current position.
    fn ends(&self) -> bool {
        self.rest().is_empty() || self.rest().starts_with(')')
    }

    fn any(&mut self, field: Field) -> Parsed {
        let mut members = Vec::new();
        loop {
            members.extend(self.all(field)?);
            let here = self.at;
            if !self.keyword("OR") {
                return Ok(Expression::any(members));
            }
            self.operand("OR", here)?;
        }
    }

    fn all(&mut self, field: Field) -> Parsed {
        let mut members = Vec::new();
        loop {
            members.extend(self.single(field)?);
            self.skip_blanks();
            let here = self.at;
            if self.keyword("AND") {
                self.operand("AND", here)?;
            } else if self.ends() || self.at_or() {
                return Ok(Expression::all(members));
            }
        }
    }

    /// Returns whether the next word is `OR`.
    fn at_or(&mut self) -> bool {
        let here = self.at;
        let found = self.keyword("OR");
        self.at = here;
        found
    }

    /// Checks that an operator is followed by an operand.
    fn operand(&self, operator: &str, at: usize) -> Result<(), QueryError> {
        let unfinished = self.typed && self.rest().is_empty();
        if self.ends() && !unfinished {
            return Err(fault(at, operator.len(), format!("Missing term after {operator}.")));
        }
        Ok(())
    }

    /// Parses a single condition, which may be negated.
    fn single(&mut self, field: Field) -> Parsed {
        self.skip_blanks();
        let here = self.at;
        if self.ends() {
            // Only reached after an operator at the end of a query that is still being typed.
            return Ok(None);
        }
        for operator in ["AND", "OR"] {
            if self.keyword(operator) {
                return Err(fault(here, operator.len(), format!("Missing term before {operator}.")));
            }
        }
        let denied = if self.rest().starts_with('-') {
            self.at += 1;
            Some("-")
        } else {
            self.keyword("NOT").then_some("NOT")
        };
        let Some(sign) = denied else { return self.primary(field) };
        if self.ends() || self.rest().starts_with(char::is_whitespace) {
            if self.typed && self.rest().trim_start().is_empty() {
                self.skip_blanks();
                return Ok(None);
            }
            return Err(fault(here, sign.len(), format!("Missing term after {sign}.")));
        }
        let inner = self.nested(here, |parser| parser.single(field))?;
        Ok(inner.map(|inner| Expression::Not(Box::new(inner))))
    }

    /// Parses an expression one nesting level deeper. Returns an error if that is too deep.
    fn nested(&mut self, at: usize, read: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.depth == MAX_DEPTH {
            return Err(fault(at, 1, format!("The query is nested more than {MAX_DEPTH} levels deep.")));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Parses a group or a term, including the name of its field, if any.
    fn primary(&mut self, outer: Field) -> Parsed {
        let field = self.field()?.unwrap_or(outer);
        let here = self.at;
        if !self.rest().starts_with('(') {
            return self.term(field);
        }
        self.at += 1;
        self.skip_blanks();
        if self.rest().starts_with(')') {
            return Err(fault(here, self.at + 1 - here, "Empty parentheses.".into()));
        }
        let inner = self.nested(here, |parser| parser.any(field))?;
        if self.rest().starts_with(')') {
            self.at += 1;
        } else if !self.typed {
            return Err(fault(here, 1, "Unmatched “(”.".into()));
        }
        Ok(inner)
    }

    /// Consumes a field name and its colon, if they come next. Returns the field.
    fn field(&mut self) -> Result<Option<Field>, QueryError> {
        let letters = self.rest().bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, after) = self.rest().split_at_checked(letters).unwrap_or_default();
        if name.is_empty() || !after.starts_with(':') {
            return Ok(None);
        }
        let Some(field) = Field::named(name) else {
            return Err(fault(self.at, name.len(), unknown_field(name)));
        };
        self.at += letters + 1;
        Ok(Some(field))
    }

    /// Parses a word, phrase or regular expression as a condition on `field`.
    fn term(&mut self, field: Field) -> Parsed {
        let here = self.at;
        self.terms += 1;
        if self.terms > MAX_TERMS {
            let first = self.rest().chars().next().map_or(0, char::len_utf8);
            return Err(fault(here, first, format!("The query has more than {MAX_TERMS} conditions.")));
        }
        let (raw, closed) = self.raw()?;
        let last = self.typed && self.rest().is_empty();
        let span = Span::new(here, self.at);
        match term(field, raw, last, closed) {
            Ok(term) => Ok(Some(Expression::Term(term))),
            Err(_) if last => Ok(None),
            Err(message) => Err(QueryError { span, message }),
        }
    }

    /// Consumes the next word, phrase or regular expression. Also returns whether its closing mark was found.
    fn raw(&mut self) -> Result<(RawTerm, bool), QueryError> {
        let here = self.at;
        let quotation = QUOTATION.iter().find(|(open, _)| self.rest().starts_with(*open));
        if let Some(&(open, close)) = quotation {
            self.at += open.len_utf8();
            let (words, closed) = self.until(close);
            if !closed && !self.typed {
                return Err(fault(here, open.len_utf8(), "Unmatched quotation mark.".into()));
            }
            return Ok((RawTerm::Phrase(unescaped(words), closed && self.star()), closed));
        }
        if self.rest().starts_with('/') {
            self.at += 1;
            let (words, closed) = self.until('/');
            if !closed && !self.typed {
                return Err(fault(here, 1, "Regular expression without a closing /.".into()));
            }
            return Ok((RawTerm::Regex(words.replace("\\/", "/")), closed));
        }
        let length = self.rest().find(|c: char| c.is_whitespace() || "()\"“”".contains(c));
        let word = &self.rest()[..length.unwrap_or(self.rest().len())];
        self.at += word.len();
        if word.is_empty() && self.rest().starts_with('”') {
            return Err(fault(here, '”'.len_utf8(), "Unmatched quotation mark.".into()));
        }
        Ok((RawTerm::Word(word.to_owned()), false))
    }

    /// Consumes an asterisk, if it comes next. Returns whether there was one.
    fn star(&mut self) -> bool {
        let found = self.rest().starts_with('*');
        self.at += usize::from(found);
        found
    }

    /// Consumes the text up to the next unescaped `close`. Returns the text before `close`, and whether `close` was
    /// found.
    fn until(&mut self, close: char) -> (&'a str, bool) {
        let rest = self.rest();
        let mut escaped = false;
        for (index, character) in rest.char_indices() {
            if !escaped && character == close {
                self.at += index + close.len_utf8();
                return (&rest[..index], true);
            }
            escaped = !escaped && character == '\\';
        }
        self.at = self.words.len();
        (rest, false)
    }
}

/// A search value, as typed.
enum RawTerm {
    /// A word without quotation marks.
    Word(String),
    /// A phrase in quotation marks; `true` if an asterisk follows it.
    Phrase(String, bool),
    /// A regular expression between slashes.
    Regex(String),
}

/// Converts a search value to a condition on a field. `last` is `true` if the value is still being typed, `closed` if
/// its closing mark was found.
fn term(field: Field, raw: RawTerm, last: bool, closed: bool) -> Result<Term, String> {
    match field {
        Field::Words(place) => pattern(raw, last && !closed).map(|pattern| Term::Words(place, pattern)),
        Field::Days(calendar) => {
            let words = plain(raw);
            let range = DayRange::parse(&words).ok_or_else(|| not_a_day(field.name(), &words))?;
            Ok(Term::Days(calendar, range))
        }
        Field::Is => {
            let words = plain(raw);
            let known = || unknown_value("is", &words, STATES.iter().map(|(name, _)| *name));
            field::value(STATES, &words).map(Term::Is).ok_or_else(known)
        }
        Field::Outlets => {
            let words = plain(raw);
            let example = || format!("“{words}” is not a number of outlets: try 3, >2 or 2..5.");
            CountRange::parse(&words).map(Term::Outlets).ok_or_else(example)
        }
        Field::Has => {
            let words = plain(raw);
            let known = || unknown_value("has", &words, PARTS.iter().map(|(name, _)| *name));
            field::value(PARTS, &words).map(Term::Has).ok_or_else(known)
        }
    }
}

/// Returns the text of a search value, without quotation marks or slashes.
fn plain(raw: RawTerm) -> String {
    match raw {
        RawTerm::Word(words) | RawTerm::Phrase(words, _) | RawTerm::Regex(words) => words,
    }
}

fn pattern(raw: RawTerm, unfinished: bool) -> Result<Pattern, String> {
    let (words, star) = match raw {
        RawTerm::Regex(source) => return super::regex(&source).map(|_| Pattern::Regex(source)),
        RawTerm::Phrase(words, star) => (folded(&words), star),
        RawTerm::Word(word) => match word.strip_suffix('*') {
            Some(stem) => (folded(stem), true),
            None => (folded(&word), false),
        },
    };
    if words.is_empty() {
        return Err("Empty search term.".into());
    }
    if !words.contains(char::is_alphanumeric) {
        return Err(format!("“{words}” has no letter or digit to look for."));
    }
    // Only a letter or digit can end a prefix, since "co-*" would match the same stories as "co".
    let open = words.ends_with(char::is_alphanumeric);
    Ok(Pattern::Words { words, prefix: open && (star || unfinished) })
}

/// Unescapes quotation marks and backslashes in a phrase.
fn unescaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut characters = words.chars().peekable();
    while let Some(character) = characters.next() {
        match characters.peek() {
            Some(&next) if character == '\\' && matches!(next, '"' | '”' | '\\') => {
                out.push(next);
                characters.next();
            }
            _ => out.push(character),
        }
    }
    out
}

fn not_a_day(field: &str, words: &str) -> String {
    if words.is_empty() {
        return format!("Expected a date after {field}:, such as 2023-09-24, 2023-09, 2023 or last-week.");
    }
    format!(
        "“{words}” is not a date or range of dates: try 2023-09-24, 2023-09, 2023, 2023-09..2023-10, >=2023, yesterday or last-week."
    )
}

/// Formats the error message for an unknown field. The list of fields comes last because a narrow screen truncates it.
fn unknown_field(name: &str) -> String {
    let known = FIELDS.iter().map(|row| row.name);
    match nearest(&name.to_lowercase(), known.clone()) {
        Some(near) => format!("No field “{name}”; did you mean “{near}”?"),
        None => format!(
            "No field “{name}”. To search for the text itself, quote it: \"{name}:…\". Fields: {}.",
            known.collect::<Vec<_>>().join(", ")
        ),
    }
}

/// Formats the error message for a value that a field with a fixed set of values does not have.
fn unknown_value<'a>(field: &str, word: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let near = nearest(&word.to_lowercase(), known.clone()).filter(|_| !word.is_empty());
    let all = known.collect::<Vec<_>>().join(", ");
    match near {
        _ if word.is_empty() => format!("{field}: takes {all}."),
        Some(near) => format!("{field}: does not take “{word}”; did you mean “{near}”?"),
        None => format!("{field}: does not take “{word}”, but {all}."),
    }
}

/// Creates a syntax error at a position in the query.
fn fault(at: usize, length: usize, message: String) -> QueryError {
    QueryError { span: Span::new(at, at + length), message }
}

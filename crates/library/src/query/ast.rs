//! Syntax tree of a query.

use super::count::CountRange;
use super::day::DayRange;
use super::field::{Calendar, Part, State};
use super::function;
use crate::fts_token::parts;
use crate::search_field::SearchField;

/// A query for stories. The empty query matches all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Condition that a story must meet; `None` in the empty query.
    pub(crate) root: Option<Expression>,
}

/// Condition that a story must meet.
///
/// `All` and `Any` have at least two members, none of which is of the same variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    /// The story meets all member conditions.
    All(Vec<Expression>),
    /// The story meets at least one member condition.
    Any(Vec<Expression>),
    /// The story does not meet the inner condition.
    Not(Box<Expression>),
    /// The story meets a simple condition.
    Term(Term),
}

/// A simple condition, which contains no others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Term {
    /// A field of the story matches a pattern.
    Words(SearchField, Pattern),
    /// A date of the story is in a range.
    Days(Calendar, DayRange),
    /// The story is in a certain state, such as unread.
    Is(State),
    /// The story contains a certain kind of item, such as quotes.
    Has(Part),
    /// As many outlets report the happening.
    Outlets(CountRange),
}

/// Pattern to search for in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// Consecutive words. The last one may be a prefix.
    Words {
        /// Text of the words, which contains at least one letter or digit.
        words: String,
        /// Whether the last word is a prefix.
        prefix: bool,
    },
    /// A case-insensitive regular expression.
    Regex(String),
}

impl Query {
    /// Calls `visit` with each term and whether it is negated.
    pub(crate) fn each_term<'a>(&'a self, visit: &mut impl FnMut(&'a Term, bool)) {
        if let Some(root) = &self.root {
            root.each_term(false, visit);
        }
    }

    /// Returns the non-negated terms to find in the text or in quotes, each with a flag that is `true` if its last word
    /// is a prefix.
    #[must_use]
    pub fn read_words(&self) -> Vec<(&str, bool)> {
        let mut out = Vec::new();
        self.each_term(&mut |term, denied| {
            if let Term::Words(
                SearchField::Anywhere | SearchField::Text | SearchField::Quote,
                Pattern::Words { words, prefix },
            ) = term
                && !denied
            {
                out.push((words.as_str(), *prefix));
            }
        });
        out
    }

    /// Returns whether the results of the query depend on annotations.
    #[must_use]
    pub fn asks_annotations(&self) -> bool {
        let mut asks = false;
        self.each_term(&mut |term, _| {
            asks |= match term {
                Term::Words(place, _) => {
                    matches!(
                        place,
                        SearchField::Quote
                            | SearchField::Speaker
                            | SearchField::Person
                            | SearchField::Organization
                            | SearchField::Location
                            | SearchField::Figure
                            | SearchField::Also
                    )
                }
                Term::Days(calendar, _) => *calendar == Calendar::Event,
                Term::Has(part) => matches!(part, Part::Quotes | Part::Events),
                Term::Outlets(_) => true,
                Term::Is(_) => false,
            };
        });
        asks
    }

    /// Returns the query with its bare words restricted to headlines.
    #[must_use]
    pub(crate) fn in_title(&self) -> Self {
        Self { root: self.root.as_ref().map(Expression::in_title) }
    }
}

impl Query {
    /// Returns whether a quote satisfies the query: its speaker must be one of the required speakers, and its words must
    /// match one of the required patterns. If the query requires no speaker, any speaker matches; if it requires no
    /// words, any words match.
    #[must_use]
    pub fn holds_quote(&self, speaker: &str, words: &str) -> bool {
        self.holds(SearchField::Speaker, speaker) && self.holds(SearchField::Quote, words)
    }

    /// Returns whether a figure satisfies the query: the thing that it counts must match one of the required patterns.
    /// If the query requires none, any figure matches.
    #[must_use]
    pub fn holds_figure(&self, counted: &str) -> bool {
        self.holds(SearchField::Figure, counted)
    }

    /// Returns whether `text` matches one of the patterns required of `field`, or none is required.
    fn holds(&self, field: SearchField, text: &str) -> bool {
        let (mut asked, mut held) = (false, false);
        self.each_term(&mut |term, denied| {
            if let Term::Words(place, pattern) = term
                && *place == field
                && !denied
            {
                asked = true;
                held = held || pattern.is_in(text);
            }
        });
        held || !asked
    }
}

impl Pattern {
    /// Returns whether a text contains the pattern.
    #[must_use]
    pub(crate) fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Words { words, prefix } => function::has_words(text, &parts(words), *prefix),
            Self::Regex(source) => super::regex(source).is_ok_and(|regex| regex.is_match(text)),
        }
    }
}

impl Expression {
    /// Joins `members` with "and" and flattens nested conjunctions. Returns `None` if there are no members.
    #[must_use]
    pub(crate) fn all(members: Vec<Self>) -> Option<Self> {
        let flat = members.into_iter().flat_map(|member| match member {
            Self::All(inner) => inner,
            other => vec![other],
        });
        unwrap_single_or(flat.collect(), Self::All)
    }

    /// Joins `members` with "or" and flattens nested disjunctions. Returns `None` if there are no members.
    #[must_use]
    pub(crate) fn any(members: Vec<Self>) -> Option<Self> {
        let flat = members.into_iter().flat_map(|member| match member {
            Self::Any(inner) => inner,
            other => vec![other],
        });
        unwrap_single_or(flat.collect(), Self::Any)
    }

    fn in_title(&self) -> Self {
        match self {
            Self::All(members) => Self::All(members.iter().map(Self::in_title).collect()),
            Self::Any(members) => Self::Any(members.iter().map(Self::in_title).collect()),
            Self::Term(Term::Words(SearchField::Anywhere, pattern)) => {
                Self::Term(Term::Words(SearchField::Title, pattern.clone()))
            }
            Self::Not(_) | Self::Term(_) => self.clone(),
        }
    }

    fn each_term<'a>(&'a self, denied: bool, visit: &mut impl FnMut(&'a Term, bool)) {
        match self {
            Self::All(members) | Self::Any(members) => {
                for member in members {
                    member.each_term(denied, visit);
                }
            }
            Self::Not(inner) => inner.each_term(!denied, visit),
            Self::Term(term) => visit(term, denied),
        }
    }
}

/// Returns the member itself if there is only one. If there are several, joins them with `join`.
fn unwrap_single_or(mut members: Vec<Expression>, join: fn(Vec<Expression>) -> Expression) -> Option<Expression> {
    if members.len() > 1 { Some(join(members)) } else { members.pop() }
}

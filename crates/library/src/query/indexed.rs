//! Expresses in FTS5 syntax the parts of a query that the full-text indices can answer. This module depends on the
//! syntax tree of queries and on the terms of the indices, but not on SQL.

use super::ast::{Expression, Pattern, Term};
use super::fts_match::{FtsIndex, FtsMatch};
use crate::fts_token::{self, parts};
use crate::search_field::SearchField;

/// Relaxes terms that are slow to look up in any index and barely narrow the result. A single initial letter is dropped
/// because nearly every story has a word that begins with it. If only two or three letters of the last word of a phrase
/// are known, the word may occur anywhere in the field.
pub(super) fn relax(expression: &Expression) -> Expression {
    let all = |members: &[Expression]| members.iter().map(relax).collect::<Vec<_>>();
    match expression {
        Expression::All(members) => {
            let selective: Vec<&Expression> = members.iter().filter(|member| !is_letter(member)).collect();
            let members = if selective.is_empty() { all(members) } else { selective.into_iter().map(relax).collect() };
            Expression::all(members).unwrap_or_else(|| expression.clone())
        }
        Expression::Any(members) => Expression::any(all(members)).unwrap_or_else(|| expression.clone()),
        Expression::Not(inner) => Expression::Not(Box::new(relax(inner))),
        Expression::Term(Term::Words(
            place @ (SearchField::Anywhere | SearchField::Title | SearchField::Text | SearchField::Quote),
            Pattern::Words { words, prefix: true },
        )) => {
            let parts = parts(words);
            let Some((last, [first @ .., _])) = parts.last().zip(parts.get(..)) else { return expression.clone() };
            if first.is_empty() || last.chars().count() > 3 {
                return expression.clone();
            }
            let term = |words: String, prefix| Expression::Term(Term::Words(*place, Pattern::Words { words, prefix }));
            let first = term(first.join(" "), false);
            if last.chars().count() < 2 { first } else { Expression::All(vec![first, term(last.clone(), true)]) }
        }
        Expression::Term(_) => expression.clone(),
    }
}

/// Returns whether an expression only searches the text for words that begin with a certain letter.
fn is_letter(expression: &Expression) -> bool {
    match expression {
        Expression::Term(Term::Words(
            SearchField::Anywhere | SearchField::Text,
            Pattern::Words { words, prefix: true },
        )) => words.chars().count() == 1,
        _ => false,
    }
}

/// Converts an expression to a query of an index without positions. Returns `None` unless the expression consists only
/// of single words that such an index contains.
pub(super) fn terms(expression: &Expression) -> Option<FtsMatch> {
    if let Some((members, by)) = members(expression) {
        return joined(members, by, terms);
    }
    let Expression::Term(Term::Words(place, Pattern::Words { words, prefix })) = expression else { return None };
    let index = if *place == SearchField::Quote { FtsIndex::AnnotationTerms } else { FtsIndex::Terms };
    Some(FtsMatch { index, words: fts_token::word(*place, words, *prefix)? })
}

/// Formats a phrase for the headline in FTS5 syntax as separate words. The index `terms` quickly finds the stories with
/// all of these words in the headline. Whether they are consecutive is then checked in the headlines themselves. The
/// index `search` would first read the positions of the words in all texts, which takes 47 ms instead of 3.5 for a
/// phrase of two words that occur in most of a million stories.
pub(super) fn split_phrase(expression: &Expression) -> Option<String> {
    let Expression::Term(Term::Words(SearchField::Title, Pattern::Words { words, prefix })) = expression else {
        return None;
    };
    let parts = parts(words);
    let (last, first) = parts.split_last().filter(|(_, first)| !first.is_empty())?;
    let first = first.iter().map(|word| fts_token::word(SearchField::Title, word, false));
    let all: Option<Vec<String>> = first.chain([fts_token::word(SearchField::Title, last, *prefix)]).collect();
    Some(all?.join(" AND "))
}

/// Returns the members of a conjunction or disjunction, and the FTS5 operator that joins them.
pub(super) const fn members(expression: &Expression) -> Option<(&Vec<Expression>, &'static str)> {
    match expression {
        Expression::All(members) => Some((members, " AND ")),
        Expression::Any(members) => Some((members, " OR ")),
        _ => None,
    }
}

/// Joins the queries of members. Returns `None` if no single index can answer them all.
pub(super) fn joined(
    members: &[Expression],
    by: &str,
    ask: impl Fn(&Expression) -> Option<FtsMatch>,
) -> Option<FtsMatch> {
    let parts: Vec<FtsMatch> = members.iter().map(ask).collect::<Option<_>>()?;
    let index = parts.first()?.index;
    let is_same = parts.iter().all(|part| part.index == index);
    let words: Vec<String> = parts.into_iter().map(|part| part.words).collect();
    is_same.then(|| FtsMatch { index, words: format!("({})", words.join(by)) })
}

/// Returns whether the last word is long enough to be searched as a prefix. One letter is too short, since nearly every
/// story has a word that begins with it.
pub(super) fn is_indexable_prefix(words: &str) -> bool {
    let last = words.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    last.chars().nth(1).is_some()
}

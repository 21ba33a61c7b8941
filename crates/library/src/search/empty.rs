//! Explains an empty search result. Finds the part of the query that no story matches, and suggests a query with
//! similar words that occur in the library.

use super::Library;
use crate::query::{Expression, Pattern, Query, Term};
use crate::{Result, fts_token};
use dateline_core::text::{distance, fold};
use jiff::civil::Date;
use rusqlite::{Connection, params};

/// Maximum number of equally similar words whose frequencies are compared.
const MAX_CANDIDATES: usize = 24;

/// Explanation of an empty search result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmptyResult {
    /// Part of the query that no story matches. `None` if each part matches stories, but no story matches them all.
    pub part: Option<String>,
    /// Query with similar words from the library, if that query finds anything.
    pub instead: Option<String>,
}

impl Library {
    /// Explains why a query finds nothing. Relative dates are resolved against `today`.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn explain_empty(&self, query: &Query, today: Date) -> Result<EmptyResult> {
        let Some(root) = &query.root else { return Ok(EmptyResult::default()) };
        let members = match root {
            Expression::All(members) => members.as_slice(),
            other => std::slice::from_ref(other),
        };
        let finds = |query: &Query| Ok::<_, crate::Error>(self.count_found(query, today, 1)?.counted > 0);
        let mut part = None;
        let mut respelt = Vec::with_capacity(members.len());
        for member in members {
            let alone = Query { root: Some(member.clone()) };
            if finds(&alone)? {
                respelt.push(member.clone());
                continue;
            }
            part = part.or_else(|| Some(alone.to_string()));
            respelt.push(self.searched(|db| respell(db, member))?.unwrap_or_else(|| member.clone()));
        }
        let instead = Query { root: Expression::all(respelt) };
        let is_useful = instead != *query && finds(&instead)?;
        Ok(EmptyResult { part, instead: is_useful.then(|| instead.to_string()) })
    }
}

/// Replaces words that do not occur in the library with the most similar ones that do. Returns `None` if nothing can be
/// replaced.
fn respell(db: &Connection, member: &Expression) -> rusqlite::Result<Option<Expression>> {
    let Expression::Term(Term::Words(place, Pattern::Words { words, prefix })) = member else { return Ok(None) };
    let mut out = Vec::new();
    for word in fts_token::parts(words) {
        match nearest(db, &word)? {
            Some(near) => out.push(near),
            None => return Ok(None),
        }
    }
    let pattern = Pattern::Words { words: out.join(" "), prefix: *prefix };
    Ok(Some(Expression::Term(Term::Words(*place, pattern))))
}

/// Returns the word itself if it occurs in a story. If not, returns the most similar word with the same first letter,
/// and the most frequent of several such words.
fn nearest(db: &Connection, word: &str) -> rusqlite::Result<Option<String>> {
    let Some(first) = word.chars().next() else { return Ok(None) };
    // Any word of two letters is similar to a single one, so none of them is what was meant.
    if word.chars().nth(1).is_none() {
        return Ok(None);
    }
    super::prefix::open_vocabulary(db)?;
    let most = if word.chars().count() < 5 { 1 } else { 2 };
    let mut statement = db.prepare_cached("SELECT term FROM temp.vocabulary WHERE term >= ? AND term < ?")?;
    let mut rows = statement.query(params![first.to_string(), format!("{first}{}", char::MAX)])?;
    let mut near: Vec<(usize, String)> = Vec::new();
    while let Some(row) = rows.next()? {
        let term = row.get_ref(0)?.as_str()?;
        // The distance is at least the difference between the lengths, which are cheap to compare.
        if term.len().abs_diff(word.len()) <= 4 * most {
            let far = distance(word, term);
            if far <= most {
                near.push((far, term.to_owned()));
            }
        }
    }
    let least = near.iter().map(|(far, _)| *far).min();
    near.retain(|(far, _)| Some(*far) == least);
    near.truncate(MAX_CANDIDATES);
    let mut count = db.prepare_cached("SELECT doc FROM temp.vocabulary WHERE term = ?")?;
    let counted = near.into_iter().map(|(_, term)| Ok((count.query_row([&term], |row| row.get::<_, i64>(0))?, term)));
    let counted = counted.collect::<rusqlite::Result<Vec<_>>>()?;
    // If two words are equally frequent, the alphabetically first is chosen, so that the result is deterministic.
    Ok(counted.into_iter().min_by_key(|(count, term)| (std::cmp::Reverse(*count), fold(term))).map(|(_, term)| term))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Incoming;
    use dateline_analysis::Analysis;
    use dateline_core::article::Article;
    use jiff::civil::date;

    fn explained(words: &str) -> (Option<String>, Option<String>) {
        let mut library = Library::open_in_memory().unwrap();
        for text in ["The ferry sails.", "The ferry is late.", "A fern grows.", "The harbour of Łódź."] {
            let article = Article::verbatim(text, text);
            library.add(&[Incoming::new(article, Analysis::default(), text).prepare().unwrap()]).unwrap();
        }
        let query = Query::parse(words).unwrap();
        let EmptyResult { part, instead } = library.explain_empty(&query, date(2024, 5, 15)).unwrap();
        (part, instead)
    }

    #[test]
    fn a_misspelt_word_is_named_with_the_nearest_and_most_frequent_one() {
        let owned = |part: &str, instead: &str| (Some(part.to_owned()), Some(instead.to_owned()));
        assert_eq!(explained("fery"), owned("fery", "ferry"));
        assert_eq!(explained("harbuor lodz"), owned("harbuor", "harbour lodz"));
        assert_eq!(explained("\"fery sails\""), owned("\"fery sails\"", "\"ferry sails\""));
        assert_eq!(explained("title:fery late"), owned("title:fery", "title:ferry late"));
        assert_eq!(explained("zebra"), (Some("zebra".to_owned()), None));
        assert_eq!(explained("o"), (Some("o".to_owned()), None), "“of” is as near to “o” as any word of two letters");
    }

    #[test]
    fn parts_that_no_story_has_together_are_not_misspelt() {
        assert_eq!(explained("fern harbour"), (None, None));
        assert_eq!(explained("ferry is:starred"), (Some("is:starred".to_owned()), None));
    }
}

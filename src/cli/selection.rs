//! Articles that a command changes: named by their ids, or found by a query.

use super::input_or_query::today;
use dateline_library::query::Query;
use dateline_library::{Error, Library, Order, Result};
use std::io::{self, BufRead, IsTerminal, Write};

/// Number of articles above which a query needs a confirmation.
const MAX_UNASKED: usize = 50;

/// Returns the articles that the words name: each word is an id, or all words are one query. Many articles found by a
/// query need `confirmed` or, on a terminal, the answer yes.
///
/// # Errors
/// When an article does not exist, the query is not valid or finds nothing, or the user does not confirm it.
pub(super) fn articles(library: &Library, words: &[String], confirmed: bool) -> Result<Vec<i64>> {
    if words.iter().all(|word| is_id(word)) {
        // “cafe” and “fed” may be the beginning of an id as well as a word.
        match words.iter().map(|uid| library.id_of(uid)).collect() {
            Err(Error::NoArticle) => {}
            found => return found,
        }
    }
    let query = words.join(" ");
    let parsed = Query::parse(&query).map_err(|error| Error::Refused(error.to_string()))?;
    let found = library.found(&parsed, today(), Order::Newest)?;
    match found.len() {
        0 => Err(Error::Refused(format!(
            "no article has the id {query} or matches it as a query; `dateline list` lists the articles"
        ))),
        count if count > MAX_UNASKED && !confirmed && !is_confirmed(count) => {
            Err(Error::Refused(format!("“{query}” matches {count} articles; --yes changes them all")))
        }
        _ => Ok(found),
    }
}

/// Returns whether a word looks like an id or its beginning.
fn is_id(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Asks on the terminal whether to change so many articles. Returns false if there is no terminal to ask on.
fn is_confirmed(count: usize) -> bool {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return false;
    }
    let _ = write!(io::stderr(), "Change {count} articles? y/n ");
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).is_ok() && answer.trim().eq_ignore_ascii_case("y")
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn ids_differ_from_words() {
        assert!(["4d65b7", "dead", "01"].into_iter().all(is_id));
        assert!(["is:unread", "ferry", "4D65", "feed:vale"].into_iter().all(|word| !is_id(word)));
    }
}

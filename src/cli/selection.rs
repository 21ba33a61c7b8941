//! Articles that a command changes: named by their IDs, or found by a query.

use super::input_or_query::today;
use dateline_library::query::Query;
use dateline_library::{Error, Library, Order, Result};
use serde_json::Value;
use std::io::{self, BufRead, IsTerminal, Write};

/// Maximum number of articles that a query may change without confirmation.
const MAX_UNASKED: usize = 50;

/// Returns the IDs of the articles that `words` name: either each word is an ID, or all words are one query. The word `-`
/// means the IDs in the lines of standard input, as `list` prints them as a table, CSV or JSON lines. If a query finds more than
/// [`MAX_UNASKED`] articles, asks the user on the terminal unless `confirmed` is set.
///
/// # Errors
/// Returns an error if an article does not exist, if the query is invalid or finds nothing, or if the user does not
/// confirm the change.
pub(super) fn articles(library: &Library, words: &[String], confirmed: bool) -> Result<Vec<i64>> {
    if words == ["-"] {
        return listed(library, io::stdin().lock());
    }
    if words.iter().all(|word| is_id(word)) {
        // If there is no such ID, try a query: “cafe” and “fed” look like the beginning of an ID, but are also words.
        match words.iter().map(|uid| library.id_of(uid)).collect() {
            Err(Error::NoArticle) => {}
            found => return found,
        }
    }
    let query = words.join(" ");
    let parsed = Query::parse(&query).map_err(|error| Error::Refused(error.to_string()))?;
    let found = library.found(&parsed, today(), Order::Newest, usize::MAX)?;
    if found.is_empty() {
        let reason = format!("no story matches “{query}” as an id or a query; `dateline list` lists all stories");
        return Err(Error::Refused(reason));
    }
    confirm(&query, found.len(), confirmed).map(|()| found)
}

/// Returns the IDs of the articles named by lines: by their first words or cells, or by the member `id` of an object.
/// Headings and empty lines are skipped.
///
/// # Errors
/// Returns an error if a line begins with no ID, or if there is none.
fn listed(library: &Library, lines: impl BufRead) -> Result<Vec<i64>> {
    let mut out = Vec::new();
    for line in lines.lines() {
        let line = line.map_err(|error| Error::Refused(format!("cannot read standard input: {error}")))?;
        match first(&line).as_str() {
            "" | "ID" | "id" => {}
            word if is_id(word) => out.push(library.id_of(word)?),
            word => return Err(Error::Refused(format!("“{word}” is not the id of a story"))),
        }
    }
    if out.is_empty() {
        return Err(Error::Refused("standard input names no story".to_owned()));
    }
    Ok(out)
}

/// Returns the member `id` of a line with a JSON object, or the first word or cell of any other line.
fn first(line: &str) -> String {
    let line = line.trim_start_matches('\u{feff}').trim_start();
    let object = line.starts_with('{').then(|| serde_json::from_str::<Value>(line).ok()).flatten();
    match object.as_ref().and_then(|object| object["id"].as_str()) {
        Some(id) => id.to_owned(),
        None => {
            line.split(|letter: char| letter == ',' || letter.is_whitespace()).next().unwrap_or_default().to_owned()
        }
    }
}

/// Asks the user on the terminal whether to change the `count` articles that a query matches, if they are more than
/// [`MAX_UNASKED`] and `confirmed` is not set.
///
/// # Errors
/// Returns an error if the user does not confirm the change.
pub(super) fn confirm(query: &str, count: usize, confirmed: bool) -> Result<()> {
    if count <= MAX_UNASKED || confirmed || is_confirmed(count) {
        return Ok(());
    }
    Err(Error::Refused(format!("“{query}” matches {count} stories; --yes changes them all")))
}

/// Returns whether a word looks like an ID or the beginning of one.
fn is_id(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Asks on the terminal whether to change `count` articles. Returns `false` if there is no terminal.
fn is_confirmed(count: usize) -> bool {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return false;
    }
    let _ = write!(io::stderr(), "Change {count} stories? y/n ");
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).is_ok() && answer.trim().eq_ignore_ascii_case("y")
}

#[cfg(test)]
mod tests {
    use super::{first, is_id};

    #[test]
    fn the_id_of_a_line_is_found_in_each_format() {
        for line in
            ["4d65b7  2024-03-04  Ferry", "4d65b7,2024-03-04,\"Ferry, quay\"", r#" {"day": null, "id": "4d65b7"}"#]
        {
            assert_eq!(first(line), "4d65b7", "{line}");
        }
        assert_eq!(first("\u{feff}id,day"), "id");
        assert_eq!(first(r#"{"id": 7}"#), "{\"id\":");
        assert_eq!(first("  "), "");
    }

    #[test]
    fn ids_differ_from_words() {
        assert!(["4d65b7", "dead", "01"].into_iter().all(is_id));
        assert!(["is:unread", "ferry", "4D65", "feed:vale"].into_iter().all(|word| !is_id(word)));
    }
}

//! Prefix expansion: replaces `word*` with the few indexed words that begin with it. Given a prefix, FTS5 collects all
//! matching stories before it returns the first. Looking up the few words and searching for those is faster: 6.7 ms
//! instead of 13.6 for a word in 86,000 of 100,000 stories.

use crate::query::FtsMatch;
use rusqlite::{Connection, params};

/// Maximum number of words to which a prefix is expanded.
const MAX_EXPANSIONS: usize = 16;
/// Maximum number of words to which a prefix at the end of a phrase is expanded. It is lower because each expansion
/// becomes a phrase query that rereads the other words of the phrase.
const MAX_PHRASE_EXPANSIONS: usize = 4;
/// End of a prefix in FTS5 syntax, after its opening quotation mark and letters.
const PREFIX_SUFFIX: &str = "\" *";

/// Replaces every prefix that expands to few enough words. The words are read from the index `terms`, which stores them
/// in the form used for searching. They are also valid in the index `search`, which has the same words and is used for
/// phrases.
pub(super) fn expand_prefixes(db: &Connection, asked: &FtsMatch) -> rusqlite::Result<FtsMatch> {
    let mut words = String::with_capacity(asked.words.len());
    let mut rest = asked.words.as_str();
    while let Some((before, after)) = rest.split_once(PREFIX_SUFFIX) {
        let (kept, phrase) = before.rsplit_once('"').unwrap_or(("", before));
        words.push_str(kept);
        let (first, prefix) = phrase.rsplit_once(' ').map_or(("", phrase), |(first, last)| (first, last));
        let most = if first.is_empty() { MAX_EXPANSIONS } else { MAX_PHRASE_EXPANSIONS };
        match expansions(db, prefix, most)? {
            Some(expansions) => {
                let phrases: Vec<String> = expansions.iter().map(|word| format!("\"{first} {word}\"")).collect();
                words.push_str(&format!("({})", phrases.join(" OR ")));
            }
            None => words.push_str(&format!("\"{phrase}{PREFIX_SUFFIX}")),
        }
        rest = after;
    }
    words.push_str(rest);
    Ok(FtsMatch { table: asked.table, words })
}

/// Returns whether a query contains a prefix, so that FTS5 collects all matching stories before it returns the first.
pub(super) fn has_prefix(asked: &FtsMatch) -> bool {
    asked.words.contains(PREFIX_SUFFIX)
}

/// Makes the words of the index `terms` available as the table `temp.vocabulary`, since SQLite can read them only
/// through a virtual table.
pub(super) fn open_vocabulary(db: &Connection) -> rusqlite::Result<()> {
    db.prepare_cached("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'terms', 'row')")?
        .execute([])?;
    Ok(())
}

/// Returns the indexed words that begin with a prefix. Returns `None` if there are too many, or if there are none,
/// since the index may spell the prefix differently.
fn expansions(db: &Connection, prefix: &str, most: usize) -> rusqlite::Result<Option<Vec<String>>> {
    open_vocabulary(db)?;
    let prefix = prefix.to_ascii_lowercase();
    let end = format!("{prefix}{}", char::MAX);
    let words: Vec<String> = db
        .prepare_cached("SELECT term FROM temp.vocabulary WHERE term >= ? AND term < ? LIMIT ?")?
        .query_map(params![prefix, end, most as i64 + 1], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let quotable = words.iter().all(|word| !word.contains('"'));
    Ok(Some(words).filter(|words| !words.is_empty() && words.len() <= most && quotable))
}

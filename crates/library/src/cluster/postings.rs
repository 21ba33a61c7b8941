//! Index of the weightiest words of stories, through which a new story finds those that it may report about with. What
//! is read for one story is bounded, however many stories share its words.

use super::model::WINDOW;
use super::stored::story;
use super::terms::Term;
use crate::Result;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Days per period of the index. A story is looked for in its period and in those before and after it.
const PERIOD: i64 = WINDOW;

/// Period of the stories whose day is unknown.
const UNDATED: i64 = i64::MIN;

/// Maximum number of stories read per word and period on either side of the new one, in order of arrival. The versions of
/// a happening arrive soon after each other.
const NEAREST: usize = 64;

/// The same for the periods that only a story without a day is looked for in, which are many.
const NEAREST_IN_FAR: usize = 4;

/// Maximum number of periods in which a story without a day is looked for: those that end last.
const FAR_PERIODS: usize = 128;

/// Maximum number of stories that are compared with a new one.
const CANDIDATES: usize = 32;

/// Number of candidates that are chosen by their rarer words first, because the words of a template, which many stories
/// share, say less than the name in which they differ.
const BY_RARE_WORDS: usize = 16;

/// Numbers of weighty words that a candidate shares: those that few stories of a period have, and all.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    rare: usize,
    all: usize,
}

/// Adds a story to the index.
pub(super) fn remember(db: &Connection, id: i64, day: Option<i64>, top: &[Term]) -> Result<()> {
    let mut insert =
        db.prepare_cached("INSERT OR IGNORE INTO story_words (period, word, article_id) VALUES (?, ?, ?)")?;
    for word in top {
        insert.execute(params![period(day), word, id])?;
    }
    Ok(())
}

/// Removes a story from the index, before its signature is replaced or the story is deleted.
pub(super) fn forget(db: &Connection, id: i64) -> Result<()> {
    let Some(old) = story(db, id)? else { return Ok(()) };
    let mut delete = db.prepare_cached("DELETE FROM story_words WHERE period = ? AND word = ? AND article_id = ?")?;
    for word in old.signature.top() {
        delete.execute(params![period(old.day), word, id])?;
    }
    Ok(())
}

/// Removes the stories from the index that were moved to the bin before `moment`, which are about to be deleted.
pub(crate) fn forget_binned(db: &Connection, moment: i64) -> Result<()> {
    let mut statement = db.prepare("SELECT id FROM articles WHERE binned_at < ?")?;
    for id in statement.query_map([moment], |row| row.get(0))? {
        forget(db, id?)?;
    }
    Ok(())
}

/// Returns the period that contains a day.
fn period(day: Option<i64>) -> i64 {
    day.map_or(UNDATED, |day| day.div_euclid(PERIOD))
}

/// Returns the stories that share most of a story's weightiest words, in the periods around its day and among the
/// undated ones. Stories of all days may resemble an undated one.
pub(super) fn candidates(db: &Connection, id: i64, day: Option<i64>, top: &[Term]) -> Result<Vec<i64>> {
    let mut shared: BTreeMap<i64, Shared> = BTreeMap::new();
    if let Some(own) = day.map(|day| period(Some(day))) {
        count(db, id, &[own - 1, own, own + 1, UNDATED], top, NEAREST, &mut shared)?;
    } else {
        count(db, id, &[UNDATED], top, NEAREST, &mut shared)?;
        count(db, id, &last_periods(db)?, top, NEAREST_IN_FAR, &mut shared)?;
    }
    let mut found: Vec<(i64, Shared)> = shared.into_iter().collect();
    found.sort_unstable_by_key(|(other, shared)| std::cmp::Reverse((shared.rare, shared.all, *other)));
    let mut others = found.split_off(found.len().min(BY_RARE_WORDS));
    others.sort_unstable_by_key(|(other, shared)| std::cmp::Reverse((shared.all, shared.rare, *other)));
    Ok(found.into_iter().chain(others).take(CANDIDATES).map(|(other, _)| other).collect())
}

/// Counts the words that the stories of some periods share with a story. Of each word, the stories nearest in order of
/// arrival are read, at most `nearest` on either side.
fn count(
    db: &Connection,
    id: i64,
    periods: &[i64],
    words: &[Term],
    nearest: usize,
    shared: &mut BTreeMap<i64, Shared>,
) -> Result<()> {
    let listed = |values: &mut dyn Iterator<Item = i64>| {
        format!("[{}]", values.map(|value| value.to_string()).collect::<Vec<_>>().join(","))
    };
    // One statement for all words and periods, because starting a statement costs more than finding a word.
    let mut find = db.prepare_cached(
        "SELECT (SELECT group_concat(article_id) FROM (SELECT article_id FROM story_words
                 WHERE period = p.value AND word = t.value AND article_id < ?3 ORDER BY article_id DESC LIMIT ?4)),
                (SELECT group_concat(article_id) FROM (SELECT article_id FROM story_words
                 WHERE period = p.value AND word = t.value AND article_id > ?3 ORDER BY article_id LIMIT ?4))
         FROM json_each(?1) p CROSS JOIN json_each(?2) t",
    )?;
    let periods = listed(&mut periods.iter().copied());
    let words = listed(&mut words.iter().map(|term| i64::from(*term)));
    let mut rows = find.query(params![periods, words, id, nearest as i64])?;
    while let Some(row) = rows.next()? {
        for column in 0..2 {
            let Some(ids) = row.get::<_, Option<String>>(column)? else { continue };
            let ids: Vec<i64> = ids.split(',').filter_map(|id| id.parse().ok()).collect();
            let is_rare = ids.len() < nearest;
            for other in ids {
                let shared = shared.entry(other).or_default();
                shared.all += 1;
                shared.rare += usize::from(is_rare);
            }
        }
    }
    Ok(())
}

/// Returns the last periods with stories.
fn last_periods(db: &Connection) -> Result<Vec<i64>> {
    // SQLite would read the whole index for "SELECT DISTINCT".
    let sql = "WITH RECURSIVE periods(period) AS (
            SELECT max(period) FROM story_words
            UNION ALL
            SELECT (SELECT max(w.period) FROM story_words w WHERE w.period < p.period) FROM periods p
            WHERE p.period > ?1 LIMIT ?2)
        SELECT period FROM periods WHERE period > ?1";
    let mut statement = db.prepare_cached(sql)?;
    let periods = statement.query_map(params![UNDATED, FAR_PERIODS as i64], |row| row.get(0))?;
    Ok(periods.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_before_1970_have_periods_too() {
        assert_eq!([Some(0), Some(9), Some(10), Some(-1), None].map(period), [0, 0, 1, -1, UNDATED]);
    }
}

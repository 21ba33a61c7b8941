//! Finds the stories that resemble a new one, and stores which of them are gathered. Only the neighbourhood of the new
//! story is joined again: the stories that resemble it, with their clusters.

use super::join::{Relation, Relations, join};
use super::model::{Story, WINDOW, compare};
use super::signature::Signature;
use super::terms::Term;
use crate::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::{BTreeMap, BTreeSet};
use url::Url;

/// Days per period of the index of words. A story is looked for in its period and in those before and after it.
const PERIOD: i64 = WINDOW;

/// Period of the stories whose day is unknown.
const UNDATED: i64 = i64::MIN;

/// Maximum number of stories that are compared with a new one: those that share most of its weightiest words.
const CANDIDATES: usize = 32;

/// Maximum number of entries read from the index of words for one story. Words in more stories than that do not identify
/// a happening.
const HITS: i64 = 2_000;

/// Minimum probability at which the cluster of a story is joined again together with a new one.
const NEIGHBOUR: f64 = 0.15;

/// Maximum number of stories that are joined again. Clusters that do not fit are joined as they are.
const NEIGHBOURHOOD: usize = 64;

/// Stores the signature of a story, and gathers it with the stories that resemble it. An unannotated story has no
/// signature yet; it leaves its cluster if its text has changed.
pub(crate) fn gather(db: &Connection, id: i64, signature: Option<&Signature>) -> Result<()> {
    forget_words(db, id)?;
    let Some(signature) = signature else {
        let gathered = db.prepare_cached("DELETE FROM story_signatures WHERE article_id = ?")?.execute([id])? > 0;
        return if gathered { regroup(db, &[id]) } else { Ok(()) };
    };
    let day = store_signature(db, id, signature)?;
    let top = signature.top();
    let mut insert =
        db.prepare_cached("INSERT OR IGNORE INTO story_words (period, word, article_id) VALUES (?, ?, ?)")?;
    let period = period(day);
    for word in &top {
        insert.execute(params![period, word, id])?;
    }
    let mut seeds = vec![id];
    if let Some(new) = story(db, id)? {
        for candidate in candidates(db, id, day, &top)? {
            let Some(other) = story(db, candidate)? else { continue };
            let likeness = compare(&new, &other);
            if likeness.probability >= NEIGHBOUR || likeness.is_reprint {
                seeds.push(candidate);
            }
        }
    }
    regroup(db, &seeds)
}

/// Removes what the stories are found by that were moved to the bin before `moment`, which are about to be deleted.
pub(crate) fn forget_binned(db: &Connection, moment: i64) -> Result<()> {
    let mut statement = db.prepare("SELECT id FROM articles WHERE binned_at < ?")?;
    for id in statement.query_map([moment], |row| row.get(0))? {
        forget_words(db, id?)?;
    }
    Ok(())
}

/// Removes what a story is found by, before its signature is replaced or the story is deleted.
fn forget_words(db: &Connection, id: i64) -> Result<()> {
    let Some(old) = story(db, id)? else { return Ok(()) };
    let mut delete = db.prepare_cached("DELETE FROM story_words WHERE period = ? AND word = ? AND article_id = ?")?;
    for word in old.signature.top() {
        delete.execute(params![period(old.day), word, id])?;
    }
    Ok(())
}

/// Returns the period of the index that contains a day.
fn period(day: Option<i64>) -> i64 {
    day.map_or(UNDATED, |day| day.div_euclid(PERIOD))
}

/// Stores the signature of a story with its day and outlet. Returns the day.
fn store_signature(db: &Connection, id: i64, signature: &Signature) -> Result<Option<i64>> {
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let (day, url, name): (Option<i64>, Option<String>, Option<String>) = db
        .prepare_cached(
            "SELECT iif(a.published IS NULL, NULL, a.day), a.url, coalesce(a.publisher, f.title)
             FROM articles a LEFT JOIN feeds f ON f.id = a.feed_id WHERE a.id = ?",
        )?
        .query_row([id], read)?;
    let outlet = url.as_deref().and_then(site).or(name).unwrap_or_default();
    let values = params![id, day, outlet, signature.pack()];
    let sql = "UPDATE story_signatures SET day = ?2, outlet = ?3, signature = ?4 WHERE article_id = ?1";
    if db.prepare_cached(sql)?.execute(values)? == 0 {
        // Not "INSERT OR REPLACE", because at a savepoint FTS5 writes its pending entries to disk.
        let sql = "INSERT INTO story_signatures (article_id, day, outlet, signature) VALUES (?, ?, ?, ?)";
        db.prepare_cached(sql)?.execute(values)?;
    }
    Ok(day)
}

/// Returns the site of a URL: its host without the names of servers that show the same pages.
pub(super) fn site(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    let name = ["www.", "m.", "mobile.", "amp."].iter().find_map(|server| host.strip_prefix(server)).unwrap_or(host);
    Some(name.to_owned())
}

/// Reads a story as it is compared with others. Returns `None` if it has no signature yet.
fn story(db: &Connection, id: i64) -> Result<Option<Story>> {
    let read = |row: &Row<'_>| {
        let signature = Signature::unpack(row.get_ref(2)?.as_blob()?);
        Ok(Story { id, day: row.get(0)?, outlet: row.get(1)?, signature })
    };
    let sql = "SELECT day, outlet, signature FROM story_signatures WHERE article_id = ?";
    Ok(db.prepare_cached(sql)?.query_row([id], read).optional()?)
}

/// Returns the stories that share most of a story's weightiest words, in the periods around its day and among the
/// undated ones.
fn candidates(db: &Connection, id: i64, day: Option<i64>, top: &[Term]) -> Result<Vec<i64>> {
    let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
    let listed = |values: &[i64]| format!("[{}]", values.iter().map(i64::to_string).collect::<Vec<_>>().join(","));
    // One statement for all words and periods, because starting a statement costs more than finding a word.
    let mut find = db.prepare_cached(
        "SELECT w.article_id FROM json_each(?1) p CROSS JOIN json_each(?2) t CROSS JOIN story_words w
         WHERE w.period = p.value AND w.word = t.value LIMIT ?3",
    )?;
    let words: Vec<i64> = top.iter().map(|term| i64::from(*term)).collect();
    for other in
        find.query_map(params![listed(&periods(db, day)?), listed(&words), HITS], |row| row.get::<_, i64>(0))?
    {
        *shared.entry(other?).or_default() += 1;
    }
    shared.remove(&id);
    let mut found: Vec<(usize, i64)> = shared.into_iter().map(|(other, count)| (count, other)).collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    Ok(found.into_iter().take(CANDIDATES).map(|(_, other)| other).collect())
}

/// Returns the periods in which a story of this day is looked for. Stories of all days may resemble an undated one.
fn periods(db: &Connection, day: Option<i64>) -> Result<Vec<i64>> {
    if let Some(day) = day {
        let own = period(Some(day));
        return Ok(vec![own - 1, own, own + 1, UNDATED]);
    }
    // SQLite would read the whole index for "SELECT DISTINCT".
    let sql = "WITH RECURSIVE periods(period) AS (
            SELECT min(period) FROM story_words
            UNION ALL
            SELECT (SELECT min(w.period) FROM story_words w WHERE w.period > p.period) FROM periods p
            WHERE p.period IS NOT NULL)
        SELECT period FROM periods WHERE period IS NOT NULL";
    let mut statement = db.prepare_cached(sql)?;
    let periods = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(periods)
}

/// Cluster that is joined with others: all of its stories, and the indices of those whose signatures were read.
struct Unit {
    all: Vec<i64>,
    read: Vec<usize>,
}

/// Joins stories again, with all stories of their clusters.
pub(super) fn regroup(db: &Connection, seeds: &[i64]) -> Result<()> {
    let (stories, units) = neighbourhood(db, seeds)?;
    let relations = relations(db, &stories)?;
    let by_index: Vec<Vec<usize>> = units.iter().map(|unit| unit.read.clone()).collect();
    for cluster in join(by_index, &relations) {
        let mut all: BTreeSet<i64> = BTreeSet::new();
        for unit in units.iter().filter(|unit| unit.read.iter().any(|at| cluster.contains(at))) {
            all.extend(&unit.all);
        }
        let copies = copies(&cluster, &stories, &relations);
        store_cluster(db, &all, &copies)?;
    }
    Ok(())
}

/// Reads the seeds, the stories that the user merged them with, and the other stories of all of their clusters. A
/// cluster that is too large to be joined again is one unit, like a single story.
fn neighbourhood(db: &Connection, seeds: &[i64]) -> Result<(Vec<Story>, Vec<Unit>)> {
    let mut seeds = seeds.to_vec();
    let mut bound = db.prepare_cached(
        "SELECT other_id FROM cluster_decisions WHERE article_id = ?1 AND same
         UNION ALL SELECT article_id FROM cluster_decisions WHERE other_id = ?1 AND same",
    )?;
    if let Some(first) = seeds.first().copied() {
        let merged: Vec<i64> = bound.query_map([first], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        seeds.extend(merged);
    }
    let mut known: BTreeSet<i64> = BTreeSet::new();
    let (mut stories, mut units) = (Vec::new(), Vec::new());
    for &seed in &seeds {
        if known.contains(&seed) {
            continue;
        }
        let all = cluster_of(db, seed)?;
        known.extend(&all);
        let fits = stories.len() + all.len() <= NEIGHBOURHOOD;
        let wanted: Vec<i64> = all.iter().copied().filter(|member| fits || seeds.contains(member)).collect();
        let first = stories.len();
        for member in wanted {
            // A story without a signature is compared with none, but may have been merged by the user.
            stories.push(story(db, member)?.unwrap_or(Story { id: member, ..Story::default() }));
        }
        if fits {
            units.extend((first..).zip(&all).map(|(at, member)| Unit { all: vec![*member], read: vec![at] }));
        } else {
            units.push(Unit { all, read: (first..stories.len()).collect() });
        }
    }
    Ok((stories, units))
}

/// Returns the stories of a story's cluster, or only the story itself.
pub(super) fn cluster_of(db: &Connection, id: i64) -> Result<Vec<i64>> {
    let sql = "SELECT o.article_id FROM cluster_members m JOIN cluster_members o ON o.cluster = m.cluster
        WHERE m.article_id = ? ORDER BY o.article_id";
    let found: Vec<i64> =
        db.prepare_cached(sql)?.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(if found.is_empty() { vec![id] } else { found })
}

/// Compares all stories with each other, and adds what the user decided.
fn relations(db: &Connection, stories: &[Story]) -> Result<Relations> {
    let mut out = Relations::new(stories.len());
    for (a, one) in stories.iter().enumerate() {
        for (b, other) in stories.iter().enumerate().skip(a + 1) {
            let likeness = compare(one, other);
            let (probability, log_odds) = (likeness.probability, likeness.log_odds);
            out.set(a, b, Relation { probability, log_odds, bound: likeness.is_reprint, apart: false });
        }
    }
    let index: BTreeMap<i64, usize> = stories.iter().enumerate().map(|(at, story)| (story.id, at)).collect();
    let mut decided = db.prepare_cached("SELECT other_id, same FROM cluster_decisions WHERE article_id = ?")?;
    for (&id, &a) in &index {
        let mut rows = decided.query([id])?;
        while let Some(row) = rows.next()? {
            let Some(&b) = index.get(&row.get(0)?) else { continue };
            let same: bool = row.get(1)?;
            out.set(a, b, Relation { bound: same, apart: !same, ..out.of(a, b) });
        }
    }
    Ok(out)
}

/// Groups the stories of a cluster that have mostly the same words, or that the user merged. Returns the groups of two
/// or more stories.
fn copies(cluster: &[usize], stories: &[Story], relations: &Relations) -> Vec<BTreeSet<i64>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for &at in cluster {
        let is_copy = |group: &Vec<usize>| group.iter().any(|&other| relations.of(at, other).bound);
        let (joined, others) = groups.into_iter().partition::<Vec<_>, _>(is_copy);
        groups = others;
        groups.push(joined.into_iter().flatten().chain([at]).collect());
    }
    let ids = |group: Vec<usize>| group.into_iter().filter_map(|at| stories.get(at)).map(|story| story.id).collect();
    groups.into_iter().filter(|group| group.len() > 1).map(ids).collect()
}

/// Stores a cluster, and which of its stories are copies. Rows that are right already are not written.
fn store_cluster(db: &Connection, all: &BTreeSet<i64>, copies: &[BTreeSet<i64>]) -> Result<()> {
    let cluster = all.first().filter(|_| all.len() > 1);
    let mut known = db.prepare_cached("SELECT cluster, copies FROM cluster_members WHERE article_id = ?")?;
    for id in all {
        let group = copies.iter().find(|group| group.contains(id)).and_then(BTreeSet::first);
        let read = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?));
        let sql = match (known.query_row([id], read).optional()?, cluster) {
            (None, None) => continue,
            (Some(stored), Some(cluster)) if stored == (*cluster, group.copied()) => continue,
            (Some(_), None) => "DELETE FROM cluster_members WHERE article_id = ?1 AND ?2 IS NULL AND ?3 IS NULL",
            (Some(_), Some(_)) => "UPDATE cluster_members SET cluster = ?2, copies = ?3 WHERE article_id = ?1",
            (None, Some(_)) => "INSERT INTO cluster_members (article_id, cluster, copies) VALUES (?1, ?2, ?3)",
        };
        db.prepare_cached(sql)?.execute(params![id, cluster, group])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_one_site_have_one_outlet() {
        for url in ["https://www.vale.example/a", "http://m.vale.example/b?x", "https://vale.example"] {
            assert_eq!(site(url).as_deref(), Some("vale.example"), "{url}");
        }
        assert_eq!(site("stories/a.txt"), None);
    }

    #[test]
    fn days_before_1970_have_periods_too() {
        assert_eq!([Some(0), Some(9), Some(10), Some(-1), None].map(period), [0, 0, 1, -1, UNDATED]);
    }
}

//! What the user decided about clusters: a story was taken out of one, or stories were merged. Decisions hold against
//! all that is gathered later.

use super::gathering::regroup_decided;
use super::stored::cluster_of;
use crate::Result;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// Decision on two stories, the smaller ID first, and whether they were merged (`true`) or split.
pub(crate) type Decision = (i64, i64, bool);

/// Change of decisions: those that it replaces, those that it makes, and the number of stories that it concerns.
pub(crate) struct Changed {
    pub(crate) was: Vec<Decision>,
    pub(crate) is: Vec<Decision>,
    pub(crate) stories: usize,
}

/// Returns the decisions that merge the clusters of stories (`same`), or that take each story out of its cluster. The
/// decisions are not stored yet.
pub(crate) fn decide(db: &Connection, stories: &[i64], same: bool) -> Result<Changed> {
    let mut changed = BTreeSet::new();
    let mut pairs = BTreeSet::new();
    if same {
        merge(db, stories, &mut changed, &mut pairs)?;
    } else {
        split(db, stories, &mut changed, &mut pairs)?;
    }
    let dropped = if same { opposed(db, &changed)? } else { Vec::new() };
    let was: BTreeSet<Decision> = present(db, &pairs)?.into_iter().chain(dropped).collect();
    let is = pairs.into_iter().map(|(a, b)| (a, b, same)).collect();
    Ok(Changed { was: was.into_iter().collect(), is, stories: changed.len() })
}

/// Collects the pairs by which the clusters of stories are merged: the first story with every other one.
fn merge(
    db: &Connection,
    stories: &[i64],
    changed: &mut BTreeSet<i64>,
    pairs: &mut BTreeSet<(i64, i64)>,
) -> Result<()> {
    let mut all = BTreeSet::new();
    let mut clusters = 0;
    for &story in stories {
        if !all.contains(&story) {
            clusters += 1;
            all.extend(cluster_of(db, story, usize::MAX)?.into_iter().map(|member| member.id));
        }
    }
    if clusters < 2 {
        return Ok(());
    }
    if let Some(&first) = all.first() {
        pairs.extend(all.iter().skip(1).map(|&other| (first, other)));
    }
    changed.extend(all);
    Ok(())
}

/// Collects the pairs by which stories are taken out of their clusters: each with every other story of its cluster.
fn split(
    db: &Connection,
    stories: &[i64],
    changed: &mut BTreeSet<i64>,
    pairs: &mut BTreeSet<(i64, i64)>,
) -> Result<()> {
    for &story in stories {
        let members = cluster_of(db, story, usize::MAX)?.into_iter().map(|member| member.id);
        let others: Vec<i64> = members.filter(|other| *other != story).collect();
        if !others.is_empty() {
            changed.insert(story);
        }
        pairs.extend(others.into_iter().map(|other| (story.min(other), story.max(other))));
    }
    Ok(())
}

/// Reads the stored decisions on pairs of stories.
fn present(db: &Connection, pairs: &BTreeSet<(i64, i64)>) -> Result<Vec<Decision>> {
    let mut statement =
        db.prepare_cached("SELECT same FROM cluster_decisions WHERE article_id = ? AND other_id = ?")?;
    let mut out = Vec::new();
    for &(a, b) in pairs {
        for same in statement.query_map([a, b], |row| row.get(0))? {
            out.push((a, b, same?));
        }
    }
    Ok(out)
}

/// Reads the decisions that keep any two of these stories apart.
fn opposed(db: &Connection, stories: &BTreeSet<i64>) -> Result<Vec<Decision>> {
    let mut statement =
        db.prepare_cached("SELECT other_id FROM cluster_decisions WHERE article_id = ? AND NOT same")?;
    let mut out = Vec::new();
    for &story in stories {
        for other in statement.query_map([story], |row| row.get(0))? {
            let other: i64 = other?;
            if stories.contains(&other) {
                out.push((story, other, false));
            }
        }
    }
    Ok(out)
}

/// Replaces decisions, and joins the stories again that they concern.
pub(crate) fn apply(db: &Connection, was: &[Decision], is: &[Decision]) -> Result<()> {
    let mut delete = db.prepare_cached("DELETE FROM cluster_decisions WHERE article_id = ? AND other_id = ?")?;
    for (a, b, _) in was {
        delete.execute([a, b])?;
    }
    // A story may have been permanently deleted since.
    let mut insert = db.prepare_cached(
        "INSERT OR REPLACE INTO cluster_decisions (article_id, other_id, same)
         SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM articles WHERE id = ?1) AND EXISTS (SELECT 1 FROM articles WHERE id = ?2)",
    )?;
    for (a, b, same) in is {
        insert.execute(params![a, b, same])?;
    }
    let stories: BTreeSet<i64> = was.iter().chain(is).flat_map(|(a, b, _)| [*a, *b]).collect();
    let mut exists = db.prepare_cached("SELECT 1 FROM articles WHERE id = ?")?;
    let mut seeds = Vec::new();
    for story in stories {
        if exists.exists([story])? {
            seeds.push(story);
        }
    }
    regroup_decided(db, &seeds)
}

/// Adds an imported decision on two stories. What the user decided in this library stays: a decision on the same stories,
/// and a merge that has brought them together. Returns whether the decision was added.
pub(crate) fn adopt(db: &Connection, story: i64, other: i64, same: bool) -> Result<bool> {
    let pair = (story.min(other), story.max(other));
    let merged = "WITH RECURSIVE merged(id) AS (SELECT ?1 UNION
            SELECT d.other_id FROM merged m JOIN cluster_decisions d ON d.article_id = m.id WHERE d.same UNION
            SELECT d.article_id FROM merged m JOIN cluster_decisions d ON d.other_id = m.id WHERE d.same)
        SELECT 1 FROM merged WHERE id = ?2";
    let is_decided = pair.0 == pair.1
        || !present(db, &BTreeSet::from([pair]))?.is_empty()
        || !same && db.prepare_cached(merged)?.exists([pair.0, pair.1])?;
    if is_decided {
        return Ok(false);
    }
    apply(db, &[], &[(pair.0, pair.1, same)])?;
    Ok(true)
}

/// Returns whether the user's decision on two stories is this one.
pub(crate) fn is_decided(db: &Connection, story: i64, other: i64, same: bool) -> Result<bool> {
    let pair = (story.min(other), story.max(other));
    let all = present(db, &BTreeSet::from([pair]))?;
    Ok(pair.0 == pair.1 || all.iter().any(|(_, _, is)| *is == same))
}

/// Returns whether the stored decisions on the pairs of `either` are exactly `expected`.
pub(crate) fn are(db: &Connection, expected: &[Decision], either: &[Decision]) -> Result<bool> {
    let pairs: BTreeSet<(i64, i64)> = either.iter().chain(expected).map(|(a, b, _)| (*a, *b)).collect();
    let present: BTreeSet<Decision> = present(db, &pairs)?.into_iter().collect();
    Ok(present == expected.iter().copied().collect())
}

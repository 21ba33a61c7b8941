//! Finds the stories that resemble a new one, and stores which of them are gathered. Only the neighbourhood of the new
//! story is joined again: the stories that resemble it, with their clusters.

use super::join::{Relation, Relations, join};
use super::model::{Story, compare};
use super::neighbourhood::{MAX_CLUSTER, Neighbourhood, Seed, Unit};
use super::postings::{candidates, forget, remember};
use super::signature::Signature;
use super::stored::{Placed, crowding_of, story};
use crate::Result;
use rusqlite::{Connection, Row, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use url::Url;

/// Minimum probability at which the cluster of a story is joined again together with a new one.
const NEIGHBOUR: f64 = 0.15;

/// Stores the signature of a story, and gathers it with the stories that resemble it. An unannotated story has no
/// signature yet; it leaves its cluster if its text has changed.
pub(crate) fn gather(db: &Connection, id: i64, signature: Option<&Signature>) -> Result<()> {
    forget(db, id)?;
    let (mut seeds, mut cache, mut crowding) = (Vec::new(), HashMap::new(), 0.0);
    if let Some(signature) = signature {
        let day = store_signature(db, id, signature)?;
        let top = signature.top();
        remember(db, id, day, &top)?;
        let Some(new) = story(db, id)? else { return Ok(()) };
        crowding = crowding_of(db, day)?;
        for candidate in candidates(db, id, day, &top)? {
            let Some(other) = story(db, candidate)? else { continue };
            let likeness = compare(&new, &other, crowding);
            if likeness.probability >= NEIGHBOUR || likeness.is_reprint {
                seeds.push(Seed { id: candidate, likeness });
                cache.insert(candidate, other);
            }
        }
        cache.insert(id, new);
    } else if db.prepare_cached("DELETE FROM story_signatures WHERE article_id = ?")?.execute([id])? == 0 {
        return Ok(());
    }
    regroup(db, Neighbourhood::around(db, id, seeds, cache, crowding)?)
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

/// Joins stories again with the clusters of those that the user split or merged.
pub(super) fn regroup_decided(db: &Connection, ids: &[i64]) -> Result<()> {
    regroup(db, Neighbourhood::of_decided(db, ids)?)
}

/// Joins the stories of a neighbourhood again.
fn regroup(db: &Connection, Neighbourhood { stories, units, crowding, .. }: Neighbourhood) -> Result<()> {
    let relations = relations(db, &stories, crowding)?;
    let parts = units.iter().map(|unit| (unit.read.clone(), unit.members.len())).collect();
    for cluster in join(parts, MAX_CLUSTER, &relations) {
        let joined: Vec<&Unit> = units.iter().filter(|unit| unit.read.iter().any(|at| cluster.contains(at))).collect();
        store_cluster(db, &joined, &copies(&joined, &cluster, &stories, &relations))?;
    }
    Ok(())
}

/// Compares all stories with each other, and adds what the user decided.
fn relations(db: &Connection, stories: &[Story], crowding: f64) -> Result<Relations> {
    let mut out = Relations::new(stories.len());
    for (a, one) in stories.iter().enumerate() {
        for (b, other) in stories.iter().enumerate().skip(a + 1) {
            let likeness = compare(one, other, crowding);
            let (probability, log_odds) = (likeness.probability, likeness.log_odds);
            let bound = likeness.is_reprint;
            out.set(a, b, Relation { probability, log_odds, bound, ..Relation::default() });
        }
    }
    let index: BTreeMap<i64, usize> = stories.iter().enumerate().map(|(at, story)| (story.id, at)).collect();
    let mut decided = db.prepare_cached("SELECT other_id, same FROM cluster_decisions WHERE article_id = ?")?;
    for (&id, &a) in &index {
        let mut rows = decided.query([id])?;
        while let Some(row) = rows.next()? {
            let Some(&b) = index.get(&row.get(0)?) else { continue };
            let same: bool = row.get(1)?;
            out.set(a, b, Relation { bound: same, merged: same, apart: !same, ..out.of(a, b) });
        }
    }
    Ok(out)
}

/// Groups the stories of a cluster that have mostly the same words, or that the user merged. The groups within a unit of
/// several stories remain. Returns the group of each story in one: the smallest ID of its stories.
fn copies(units: &[&Unit], cluster: &[usize], stories: &[Story], relations: &Relations) -> BTreeMap<i64, i64> {
    let mut groups: Vec<BTreeSet<i64>> = Vec::new();
    let large = units.iter().filter(|unit| unit.members.len() > 1);
    let mut stored: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for Placed { id, copies, .. } in large.flat_map(|unit| &unit.members) {
        if let Some(copies) = copies {
            stored.entry(*copies).or_default().insert(*id);
        }
    }
    groups.extend(stored.into_values());
    let id = |at: usize| stories.get(at).map_or(0, |story| story.id);
    for (position, &a) in cluster.iter().enumerate() {
        for &b in cluster.iter().skip(position + 1).filter(|b| relations.of(a, **b).bound) {
            let pair = [id(a), id(b)];
            let (same, others): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|group| pair.iter().any(|id| group.contains(id)));
            groups = others;
            groups.push(same.into_iter().flatten().chain(pair).collect());
        }
    }
    let of_group = |group: BTreeSet<i64>| {
        let first = group.first().copied().unwrap_or_default();
        group.into_iter().map(move |id| (id, first))
    };
    groups.into_iter().filter(|group| group.len() > 1).flat_map(of_group).collect()
}

/// Stores a cluster, and which of its stories are copies. Rows that are right already are not written.
fn store_cluster(db: &Connection, units: &[&Unit], copies: &BTreeMap<i64, i64>) -> Result<()> {
    let all = || units.iter().flat_map(|unit| &unit.members);
    let cluster = all().map(|member| member.id).min().filter(|_| all().nth(1).is_some());
    for member in all() {
        let group = copies.get(&member.id).copied();
        if (member.cluster, member.copies) == (cluster, group) {
            continue;
        }
        let sql = match (member.cluster, cluster) {
            (_, None) => "DELETE FROM cluster_members WHERE article_id = ?1 AND ?2 IS NULL AND ?3 IS NULL",
            (Some(_), Some(_)) => "UPDATE cluster_members SET cluster = ?2, copies = ?3 WHERE article_id = ?1",
            (None, Some(_)) => "INSERT INTO cluster_members (article_id, cluster, copies) VALUES (?1, ?2, ?3)",
        };
        db.prepare_cached(sql)?.execute(params![member.id, cluster, group])?;
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
}

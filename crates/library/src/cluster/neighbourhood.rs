//! Reads the neighbourhood of a story: those that resemble it, with their clusters. Its size is bounded, so that a story
//! costs the same to add however many others are about the same.

use super::model::{Likeness, Story};
use super::stored::{Placed, cluster_of, crowding_of, story};
use crate::Result;
use rusqlite::Connection;
use std::collections::{BTreeSet, HashMap};

/// Maximum number of stories in a cluster, except for those that the user merged. Each row of the list looks for newer
/// stories of its cluster, so that an unlimited one would slow down the list.
pub(super) const MAX_CLUSTER: usize = 128;

/// Maximum number of stories that are read. Each is compared with all others.
const STORIES: usize = 64;

/// Maximum number of stories in a cluster whose stories are all joined again. A larger cluster stays together.
const WHOLE: usize = 24;

/// Number of stories that represent a larger cluster. They are spread over it in order of arrival, so that their mean
/// likeness to a new story is that of the whole cluster: a chain of stories, each alike only to the last, comes to an end.
const SAMPLE: usize = 8;

/// A story that resembles the one to be gathered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seed {
    pub(super) id: i64,
    pub(super) likeness: Likeness,
}

/// Stories that are joined with others as a whole: a story, or a cluster that is too large to be joined again.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// All stories, in order of their IDs.
    pub(super) members: Vec<Placed>,
    /// Indices of those that were read.
    pub(super) read: Vec<usize>,
}

/// Stories that are joined again.
#[derive(Debug, Default)]
pub(super) struct Neighbourhood {
    /// Stories that were read. One without a signature is compared with none, but may have been merged by the user.
    pub(super) stories: Vec<Story>,
    pub(super) units: Vec<Unit>,
    /// By how much their log-odds are reduced.
    pub(super) crowding: f64,
    /// Stories that are known already.
    cache: HashMap<i64, Story>,
    known: BTreeSet<i64>,
}

impl Neighbourhood {
    /// Reads the neighbourhood of a story that is gathered automatically: its own cluster, the stories that the user
    /// merged it with, and those that resemble it, the likeliest first. `cache` has stories that were read before.
    pub(super) fn around(
        db: &Connection,
        id: i64,
        mut seeds: Vec<Seed>,
        cache: HashMap<i64, Story>,
        crowding: f64,
    ) -> Result<Self> {
        let mut out = Self { crowding, cache, ..Self::default() };
        // The user's decisions are about single stories, so a large cluster is read with those that they name.
        let merged = merged_with(db, id)?;
        seeds.sort_by(|a, b| {
            let [a, b] = [&a.likeness, &b.likeness];
            b.is_reprint.cmp(&a.is_reprint).then(b.probability.total_cmp(&a.probability))
        });
        let reprints = seeds.iter().filter(|seed| seed.likeness.is_reprint).map(|seed| seed.id);
        let bound: Vec<i64> = merged.iter().copied().chain(reprints).collect();
        out.add_own(db, id, &bound)?;
        for other in merged {
            out.add(db, other, &bound, true)?;
        }
        for seed in seeds {
            out.add(db, seed.id, &bound, false)?;
        }
        Ok(out)
    }

    /// Reads the clusters of stories that the user split or merged, whatever their size.
    pub(super) fn of_decided(db: &Connection, ids: &[i64]) -> Result<Self> {
        let mut out = Self::default();
        for &id in ids {
            if !out.known.contains(&id) {
                let members = cluster_of(db, id, usize::MAX)?;
                out.add_singly(db, members)?;
            }
        }
        out.crowding = crowding_of(db, out.stories.iter().find_map(|story| story.day))?;
        Ok(out)
    }

    /// Adds the cluster of the story that is gathered. From a large one, the story is taken out, because its text may
    /// have changed.
    fn add_own(&mut self, db: &Connection, id: i64, bound: &[i64]) -> Result<()> {
        let members = cluster_of(db, id, usize::MAX)?;
        if members.len() <= WHOLE {
            return self.add_singly(db, members);
        }
        let (own, others): (Vec<Placed>, Vec<Placed>) = members.into_iter().partition(|member| member.id == id);
        self.add_singly(db, own)?;
        self.add_sampled(db, others, bound)
    }

    /// Adds the cluster of a story. Unless the user merged it with the story that is gathered (`is_merged`), it must have
    /// room for another story, and there must be room for it.
    fn add(&mut self, db: &Connection, id: i64, bound: &[i64], is_merged: bool) -> Result<()> {
        if self.known.contains(&id) || self.stories.len() >= STORIES && !is_merged {
            return Ok(());
        }
        let limit = if is_merged { usize::MAX } else { MAX_CLUSTER };
        let members = cluster_of(db, id, limit)?;
        if members.len() >= limit {
            self.known.extend(members.iter().map(|member| member.id));
            return Ok(());
        }
        if members.len() <= WHOLE && self.stories.len() + members.len() <= STORIES {
            self.add_singly(db, members)
        } else {
            self.add_sampled(db, members, bound)
        }
    }

    /// Adds each story as a unit.
    fn add_singly(&mut self, db: &Connection, members: Vec<Placed>) -> Result<()> {
        for member in members {
            let at = self.read(db, member.id)?;
            self.known.insert(member.id);
            self.units.push(Unit { members: vec![member], read: vec![at] });
        }
        Ok(())
    }

    /// Adds a cluster as one unit, and reads a sample and some of the `bound` stories of it.
    fn add_sampled(&mut self, db: &Connection, members: Vec<Placed>, bound: &[i64]) -> Result<()> {
        let last = members.len().saturating_sub(1);
        let spread = (0..SAMPLE).map(|n| n * last / (SAMPLE - 1));
        let place = |id: &i64| members.binary_search_by_key(id, |member| member.id).ok();
        let chosen: BTreeSet<usize> = spread.chain(bound.iter().filter_map(place).take(SAMPLE)).collect();
        self.known.extend(members.iter().map(|member| member.id));
        let mut read = Vec::new();
        for member in chosen.into_iter().filter_map(|at| members.get(at)) {
            read.push(self.read(db, member.id)?);
        }
        self.units.push(Unit { members, read });
        Ok(())
    }

    /// Reads a story. Returns its index.
    fn read(&mut self, db: &Connection, id: i64) -> Result<usize> {
        let story = match self.cache.remove(&id) {
            Some(story) => story,
            None => story(db, id)?.unwrap_or(Story { id, ..Story::default() }),
        };
        self.stories.push(story);
        Ok(self.stories.len() - 1)
    }
}

/// Returns the stories that the user merged a story with.
fn merged_with(db: &Connection, id: i64) -> Result<Vec<i64>> {
    let mut bound = db.prepare_cached(
        "SELECT other_id FROM cluster_decisions WHERE article_id = ?1 AND same
         UNION ALL SELECT article_id FROM cluster_decisions WHERE other_id = ?1 AND same",
    )?;
    Ok(bound.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

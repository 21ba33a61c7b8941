//! Clusters: the stories of several outlets, or of one, that report the same happening. They are gathered when
//! annotations are stored. Nothing is hidden: counts, searches, views and exports list each story.

mod decision;
mod details;
mod differences;
mod digest;
mod gathering;
#[cfg(test)]
mod growth;
mod join;
mod learning;
mod model;
mod neighbourhood;
mod postings;
mod signature;
mod stored;
mod terms;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod twins;

pub(crate) use decision::{Changed, adopt, apply, are, decide, is_decided};
pub(crate) use gathering::gather;
pub(crate) use learning::{Features, candidate_pairs, packed_word_weights};
pub(crate) use postings::forget_binned;
pub(crate) use signature::Signature;

use super::row::{COLUMNS, StoryRow};
use super::{Library, List, Result};
use rusqlite::{OptionalExtension, Row};
use std::collections::BTreeSet;

/// Which stories are shown as one cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Gather {
    /// Every story is shown separately.
    Off,
    /// Stories with mostly the same words are shown together, such as an agency report in two outlets.
    #[default]
    Copies,
    /// Stories that report the same happening are shown together.
    Stories,
}

/// Stories that report the same happening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// ID of the cluster: the smallest ID of its stories.
    pub id: i64,
    /// ID of the story that represents the cluster: the longest unread one, or the longest if all have been read.
    pub head: i64,
    /// Names of the outlets, that of the head first, the others in order of publication.
    pub outlets: Vec<String>,
    /// Stories of the cluster in order of publication, at least two. Those in the bin are left out.
    pub members: Vec<Member>,
}

/// A story of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Row of the story in lists.
    pub row: StoryRow,
    /// Name of the publisher, feed or site.
    pub outlet: String,
    /// Whether the story has mostly the words of an earlier story of another outlet.
    pub reprint: bool,
}

impl Gather {
    /// Returns the column that names the cluster of a story, or `None` if nothing is gathered.
    pub(crate) const fn column(self) -> Option<&'static str> {
        match self {
            Self::Off => None,
            Self::Copies => Some("copies"),
            Self::Stories => Some("cluster"),
        }
    }
}

impl Library {
    /// Sets which stories are shown as one cluster.
    #[must_use]
    pub const fn gathering(mut self, gather: Gather) -> Self {
        self.gather = gather;
        self
    }

    /// Returns the clusters that contain any of these stories, each once, in the order of `ids`.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn clusters(&self, ids: &[i64]) -> Result<Vec<Cluster>> {
        let Some(column) = self.gather.column() else { return Ok(Vec::new()) };
        let read = || -> rusqlite::Result<Vec<Cluster>> {
            let mut find = self.connection.prepare_cached(&format!(
                "SELECT {column} FROM cluster_members WHERE article_id = ? AND {column} IS NOT NULL"
            ))?;
            let mut known = BTreeSet::new();
            let mut out = Vec::new();
            for id in ids {
                let cluster: Option<i64> = find.query_row([id], |row| row.get(0)).optional()?;
                if let Some(cluster) = cluster.filter(|cluster| known.insert(*cluster)) {
                    out.extend(Cluster::new(cluster, self.members(column, cluster)?));
                }
            }
            Ok(out)
        };
        read().map_err(|error| self.with_path(error))
    }

    /// Reads the stories of a cluster that are not in the bin.
    fn members(&self, column: &str, cluster: i64) -> rusqlite::Result<Vec<Member>> {
        let sql = format!(
            "SELECT {COLUMNS}, coalesce(a.publisher, f.title, nullif(s.outlet, ''), a.source) AS outlet, m.copies AS copies
             FROM cluster_members m JOIN articles a ON a.id = m.article_id
             LEFT JOIN feeds f ON f.id = a.feed_id LEFT JOIN story_signatures s ON s.article_id = a.id
             WHERE m.{column} = ? AND a.binned_at IS NULL ORDER BY a.day, a.moment, a.id"
        );
        let mut copied = BTreeSet::new();
        let member = |row: &Row<'_>| {
            let copies: Option<i64> = row.get("copies")?;
            let reprint = copies.is_some_and(|copies| !copied.insert(copies));
            Ok(Member { row: StoryRow::read(row)?, outlet: row.get("outlet")?, reprint })
        };
        self.connection.prepare_cached(&sql)?.query_map([cluster], member)?.collect()
    }

    /// Returns rows as [`Library::page`] does, but only one per cluster: the first of its stories in the list.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn gathered_page(&self, list: List, after: Option<&StoryRow>, limit: usize) -> Result<Vec<StoryRow>> {
        match self.gather.column() {
            Some(column) if list != List::Bin => self.page_where(list, after, limit, &list.is_first_of(column)),
            _ => self.page(list, after, limit),
        }
    }
}

impl Cluster {
    /// Creates a cluster of stories that are in order of publication. Returns `None` if there are fewer than two.
    fn new(id: i64, members: Vec<Member>) -> Option<Self> {
        let head = members.iter().max_by_key(|member| (!member.row.read, member.row.words, -member.row.id))?;
        let mut outlets = vec![head.outlet.clone()];
        for member in &members {
            if !outlets.contains(&member.outlet) {
                outlets.push(member.outlet.clone());
            }
        }
        let head = head.row.id;
        (members.len() > 1).then_some(Self { id, head, outlets, members })
    }
}

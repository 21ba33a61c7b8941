//! Rows of `dateline list --gather`: one per cluster, with the number of its stories and the other outlets.

use dateline_export::Column;
use dateline_library::{Cluster, Library, Result};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// Reduces the stories that a query found to one per cluster, in the place of the first: the one that represents the
/// cluster, or the first if that one was not found. Returns them with the clusters by their IDs.
///
/// # Errors
/// Returns an error if the library cannot be read.
pub(super) fn heads(library: &Library, ids: &[i64]) -> Result<(Vec<i64>, HashMap<i64, Cluster>)> {
    let found: HashSet<i64> = ids.iter().copied().collect();
    let mut shown_by: HashMap<i64, i64> = HashMap::new();
    let mut clusters = HashMap::new();
    for cluster in library.clusters(ids)? {
        let first = ids.iter().copied().find(|id| cluster.members.iter().any(|member| member.row.id == *id));
        let Some(shown) = Some(cluster.head).filter(|head| found.contains(head)).or(first) else { continue };
        shown_by.extend(cluster.members.iter().map(|member| (member.row.id, shown)));
        clusters.insert(shown, cluster);
    }
    let mut seen = HashSet::new();
    let shown = ids.iter().map(|id| shown_by.get(id).copied().unwrap_or(*id)).filter(|id| seen.insert(*id));
    Ok((shown.collect(), clusters))
}

/// Returns the columns that a gathered list has besides those of a list.
pub(super) fn columns() -> [Column; 2] {
    [Column { name: "stories", share: 7 }, Column { name: "also", share: 30 }]
}

/// Returns the cells of a row in these columns.
pub(super) fn cells(cluster: Option<&Cluster>) -> [Value; 2] {
    let count = cluster.map_or(1, |cluster| cluster.members.len());
    let shown = cluster.and_then(|cluster| cluster.outlets.first());
    let others = cluster.into_iter().flat_map(|cluster| &cluster.outlets).filter(|outlet| Some(*outlet) != shown);
    [json!(count), json!(others.collect::<Vec<_>>())]
}

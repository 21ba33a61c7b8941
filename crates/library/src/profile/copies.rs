//! Finds the rows of a profile that versions of one happening share.

use super::StoryCache;
use crate::{Library, Result};
use dateline_analysis::{Passage, Version, novelty};
use dateline_core::text::Span;

/// Finds the quotes and the dated events that several of these stories report because they are versions of one
/// happening. Each comes with its story, its span and the number of the row that it shares with others.
pub(super) fn copies(
    library: &Library,
    stories: &[i64],
    reading: &mut StoryCache<'_>,
) -> Result<Vec<(i64, Span, usize)>> {
    let mut out = Vec::new();
    let mut row = 0;
    for cluster in library.clusters(stories)? {
        let ids: Vec<i64> =
            cluster.members.iter().map(|member| member.row.id).filter(|id| stories.contains(id)).collect();
        for id in &ids {
            reading.of(*id)?;
        }
        let known = ids.iter().filter_map(|id| Some((*id, reading.known.get(id)?)));
        let (ids, versions): (Vec<i64>, Vec<Version<'_>>) =
            known.map(|(id, (article, analysis))| (id, Version { article, analysis })).unzip();
        if versions.len() < 2 {
            continue;
        }
        let found = novelty(&versions, 0, &[]);
        for group in found.quotes.iter().chain(&found.events).filter(|group| group.len() > 1) {
            let place = |passage: &Passage| Some((*ids.get(passage.version)?, passage.span, row));
            out.extend(group.iter().filter_map(place));
            row += 1;
        }
    }
    Ok(out)
}

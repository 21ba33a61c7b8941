//! SQL of the fields that ask what other outlets report. They are answered from the clusters of stories, whatever the
//! user wants to be shown together.

use super::count::CountRange;

/// Selects the stories whose cluster has between `?1` and `?2` outlets, not counting stories in the bin.
pub(super) const OF_OUTLETS: &str = "SELECT m.article_id FROM cluster_members m WHERE m.cluster IN (
    SELECT c.cluster FROM cluster_members c JOIN articles b ON b.id = c.article_id
    JOIN story_signatures s ON s.article_id = c.article_id
    WHERE b.binned_at IS NULL GROUP BY c.cluster HAVING count(DISTINCT s.outlet) BETWEEN ?1 AND ?2)";

/// Selects the stories without a cluster, which only their own outlet reports.
pub(super) const UNGATHERED: &str = "a.id NOT IN (SELECT article_id FROM cluster_members)";

/// Beginning of the statement that selects the stories that an outlet reports as well. The condition on [`OUTLET`]
/// follows.
pub(super) const ALSO: &str = "SELECT m.article_id FROM cluster_members m
    JOIN cluster_members o ON o.cluster = m.cluster AND o.article_id <> m.article_id
    JOIN articles b ON b.id = o.article_id AND b.binned_at IS NULL
    LEFT JOIN feeds f ON f.id = b.feed_id LEFT JOIN story_signatures s ON s.article_id = b.id WHERE ";

/// Names of the outlet of the other story in [`ALSO`].
pub(super) const OUTLET: &str =
    "coalesce(b.publisher, '') || ' ' || coalesce(f.title, '') || ' ' || coalesce(s.outlet, '')";

/// Returns the limits of a range of outlets as SQL values.
pub(super) fn limits(range: CountRange) -> [i64; 2] {
    [i64::from(range.least), range.most.map_or(i64::MAX, i64::from)]
}

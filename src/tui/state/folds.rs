//! Folding of the list: the versions of one happening share a row, which the user can unfold. No story is hidden for
//! good, because the selected story always has a row.

use crate::tui::library_messages::Gathered;
use crate::tui::story::Story;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Maximum number of outlets to name in a row.
const MAX_OUTLETS: usize = 3;

/// Rows of a list that shows only some of its stories, or shows them in another order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    /// Index of the story in each row.
    pub(crate) numbers: Vec<usize>,
    /// Index of the first story in each row: the place of a happening in the list.
    pub(crate) places: Vec<usize>,
    /// Row of each story. A story without a row of its own has the row of its happening or, under a filter, the next
    /// row.
    pub(crate) row_of: Vec<usize>,
}

/// Versions of happenings in the list, by cluster ID.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folds {
    clusters: BTreeMap<i64, Gathered>,
    /// Cluster of each story that is in one, by story ID.
    cluster_of: HashMap<i64, i64>,
    /// Clusters that the user has unfolded.
    unfolded: BTreeSet<i64>,
    /// Story to show in the row of a cluster instead of its head, because it is selected.
    shown: BTreeMap<i64, i64>,
    /// What a version adds to those published before it, by story ID.
    additions: HashMap<i64, String>,
}

/// Returns the ID of a story in the library.
fn id_of(story: &Story) -> Option<i64> {
    story.kept.as_ref().map(|kept| kept.id)
}

impl Folds {
    /// Adds clusters. With `replace`, removes all others first; unfolded clusters stay unfolded.
    pub(crate) fn add(&mut self, clusters: Vec<Gathered>, replace: bool) {
        if replace {
            self.clusters.clear();
            self.cluster_of.clear();
            self.shown.clear();
        }
        for cluster in clusters {
            self.cluster_of.extend(cluster.members.iter().map(|&member| (member, cluster.id)));
            self.clusters.insert(cluster.id, cluster);
        }
    }

    /// Returns whether no story is in a cluster.
    pub(crate) fn is_empty(&self) -> bool {
        self.clusters.is_empty()
    }

    /// Returns the cluster of a story, if it is in one.
    pub(crate) fn cluster(&self, story: &Story) -> Option<&Gathered> {
        self.clusters.get(self.cluster_of.get(&id_of(story)?)?)
    }

    /// Unfolds the cluster of a story, or folds it again. Returns whether it is unfolded now, or `None` if the story is
    /// in no cluster.
    pub(crate) fn toggle(&mut self, story: &Story) -> Option<bool> {
        let id = self.cluster(story)?.id;
        let is_unfolded = !self.unfolded.remove(&id);
        if is_unfolded {
            self.unfolded.insert(id);
        }
        Some(is_unfolded)
    }

    /// Shows a story in the row of its cluster. Returns whether the story is in a cluster.
    pub(crate) fn show(&mut self, story: &Story) -> bool {
        let found = self.cluster(story).map(|cluster| cluster.id).zip(id_of(story));
        if let Some((cluster, id)) = found {
            self.shown.insert(cluster, id);
        }
        found.is_some()
    }

    /// Records what the versions of a happening add to those published before them, by story ID.
    pub(crate) fn describe(&mut self, additions: impl IntoIterator<Item = (i64, String)>) {
        self.additions.extend(additions);
    }

    /// Returns the ID of the story in the row of a cluster.
    fn head(&self, cluster: &Gathered) -> i64 {
        self.shown.get(&cluster.id).copied().unwrap_or(cluster.head)
    }

    /// Returns whether a story has a row below that of its happening.
    pub(crate) fn is_below(&self, story: &Story) -> bool {
        let is_head = |cluster: &Gathered| id_of(story) == Some(self.head(cluster));
        self.cluster(story).is_some_and(|cluster| self.unfolded.contains(&cluster.id) && !is_head(cluster))
    }

    /// Returns whether a story is in a cluster that is unfolded.
    pub(crate) fn is_unfolded(&self, story: &Story) -> bool {
        self.cluster(story).is_some_and(|cluster| self.unfolded.contains(&cluster.id))
    }

    /// Formats the last line of a row: the number of other versions and their outlets or, if they are unfolded, the time
    /// of publication and what a version below the row of its happening adds. Returns `None` if there is nothing to
    /// say.
    pub(crate) fn note(&self, story: &Story) -> Option<String> {
        let cluster = self.cluster(story)?;
        if self.is_unfolded(story) {
            let adds = || Some(format!("+ {}", self.additions.get(&id_of(story)?)?));
            let adds = if self.is_below(story) { adds() } else { self.count(story) };
            let parts = [Some(story.time()).filter(|time| !time.is_empty()), adds];
            return Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")).filter(|note| !note.is_empty());
        }
        let own = story.source_name();
        let others: Vec<&str> = cluster.outlets.iter().map(String::as_str).filter(|outlet| *outlet != own).collect();
        let count = format!("+{}", cluster.members.len().saturating_sub(1));
        if others.is_empty() {
            return Some(format!("{count} of this outlet"));
        }
        let more = if others.len() > MAX_OUTLETS { " …" } else { "" };
        Some(format!("{count} · also {}{more}", others[..others.len().min(MAX_OUTLETS)].join(", ")))
    }

    /// Formats the number of other versions for a row without room for their outlets.
    pub(crate) fn count(&self, story: &Story) -> Option<String> {
        let cluster = self.cluster(story).filter(|_| !self.is_below(story))?;
        Some(format!("+{}", cluster.members.len().saturating_sub(1)))
    }

    /// Arranges the stories in rows. The row of a cluster has the place of its first story in the list. If it is
    /// unfolded, its other stories follow in order of publication.
    pub(crate) fn rows(&self, stories: &[Story]) -> Rows {
        let members = stories.iter().enumerate().filter_map(|(number, story)| {
            let id = id_of(story).filter(|id| self.cluster_of.contains_key(id))?;
            Some((id, number))
        });
        let number_of: HashMap<i64, usize> = members.collect();
        let mut rows = Rows { row_of: vec![0; stories.len()], ..Rows::default() };
        let mut seen = HashSet::new();
        for (number, story) in stories.iter().enumerate() {
            match self.cluster(story) {
                None => rows.push(number, number),
                Some(cluster) if seen.insert(cluster.id) => self.push(cluster, &number_of, number, &mut rows),
                Some(_) => {}
            }
        }
        rows
    }

    /// Adds the rows of a cluster. `first` is the index of its first story in the list.
    fn push(&self, cluster: &Gathered, number_of: &HashMap<i64, usize>, first: usize, rows: &mut Rows) {
        let row = rows.numbers.len();
        let head = number_of.get(&self.head(cluster)).copied().unwrap_or(first);
        rows.push(head, first);
        for &number in cluster.members.iter().filter_map(|member| number_of.get(member)) {
            if number == head {
                continue;
            }
            if self.unfolded.contains(&cluster.id) {
                rows.push(number, first);
            } else if let Some(place) = rows.row_of.get_mut(number) {
                *place = row;
            }
        }
    }
}

impl Rows {
    /// Returns the first and the last row of the unfolded happening that has this row, or the row itself.
    pub(crate) fn group(&self, row: usize) -> (usize, usize) {
        let Some(place) = self.places.get(row) else { return (row, row) };
        let is_same = |at: &usize| self.places.get(*at) == Some(place);
        let first = (0..row).rev().take_while(is_same).last().unwrap_or(row);
        (first, (row..self.places.len()).take_while(is_same).last().unwrap_or(row))
    }

    /// Adds a row with a story, at the place of another in the list.
    fn push(&mut self, number: usize, place: usize) {
        if let Some(row) = self.row_of.get_mut(number) {
            *row = self.numbers.len();
        }
        self.numbers.push(number);
        self.places.push(place);
    }

    /// Creates the rows of the stories that match a filter.
    pub(crate) fn matching(stories: &[Story], is_match: impl Fn(&Story) -> bool) -> Self {
        let mut rows = Self { row_of: vec![0; stories.len()], ..Self::default() };
        for (number, story) in stories.iter().enumerate() {
            if let Some(row) = rows.row_of.get_mut(number) {
                *row = rows.numbers.len();
            }
            if is_match(story) {
                rows.push(number, number);
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::story::Kept;

    fn stories(ids: &[i64]) -> Vec<Story> {
        let story = |&id: &i64| {
            let (mut story, mut kept) = (Story::default(), Kept::default());
            kept.id = id;
            story.kept = Some(Box::new(kept));
            story
        };
        ids.iter().map(story).collect()
    }

    fn folds(clusters: &[(i64, &[i64])]) -> Folds {
        let cluster = |&(head, members): &(i64, &[i64])| Gathered {
            id: members[0],
            head,
            outlets: vec!["Vale Echo".to_owned(), "Harbour Post".to_owned()],
            members: members.to_vec(),
        };
        let mut folds = Folds::default();
        folds.add(clusters.iter().map(cluster).collect(), true);
        folds
    }

    #[test]
    fn a_happening_has_one_row_at_the_place_of_its_first_story() {
        let (stories, folds) = (stories(&[9, 8, 7, 6, 5]), folds(&[(6, &[6, 8]), (9, &[5, 9])]));
        let rows = folds.rows(&stories);
        assert_eq!((rows.numbers, rows.places), (vec![0, 3, 2], vec![0, 1, 2]));
        assert_eq!(rows.row_of, [0, 1, 2, 1, 0], "a hidden story has the row of its happening");
    }

    #[test]
    fn an_unfolded_happening_lists_its_versions_in_order_of_publication() {
        let (stories, mut folds) = (stories(&[9, 8, 7, 6, 5]), folds(&[(8, &[5, 6, 8])]));
        assert_eq!(folds.toggle(&stories[4]), Some(true));
        let rows = folds.rows(&stories);
        assert_eq!(rows.numbers, [0, 1, 4, 3, 2]);
        assert!(rows.numbers.iter().enumerate().all(|(row, &number)| rows.row_of[number] == row));
        assert!(folds.is_below(&stories[3]) && !folds.is_below(&stories[1]) && !folds.is_below(&stories[0]));
        assert_eq!(folds.toggle(&stories[1]), Some(false));
        assert_eq!(folds.rows(&stories).numbers, [0, 1, 2]);
        assert_eq!(folds.toggle(&stories[0]), None, "the only report");
    }

    #[test]
    fn a_selected_version_takes_the_row_of_its_happening() {
        let (stories, mut folds) = (stories(&[9, 8, 7]), folds(&[(9, &[7, 9])]));
        assert!(folds.show(&stories[2]) && !folds.show(&stories[1]));
        assert_eq!(folds.rows(&stories).numbers, [2, 1]);
    }

    #[test]
    fn versions_that_are_not_in_the_list_have_no_row() {
        let (stories, folds) = (stories(&[9, 8]), folds(&[(4, &[4, 8])]));
        assert_eq!(folds.rows(&stories).numbers, [0, 1]);
        assert_eq!(folds.note(&stories[1]).as_deref(), Some("+1 · also Vale Echo, Harbour Post"));
        assert_eq!(folds.note(&stories[0]), None);
    }
}

//! Joins similar stories to clusters, within what the user decided. This is pure: the stories and how alike they are go
//! in, and a partition comes out, whatever the order of the stories.

/// Minimum mean probability over all pairs of two clusters that are joined.
const THRESHOLD: f64 = 0.5;

/// Minimum difference in log-odds between the stories of two clusters and those in each of them, at which the clusters
/// are two happenings of one kind: each holds together by what the other lacks.
const GAP: f64 = 0.75;

/// How two stories are related.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Relation {
    /// Probability that the stories report the same happening.
    pub(super) probability: f64,
    /// Logarithm of the odds that they do, if the days of both are known. Without days, it varies too much to compare
    /// means of few pairs.
    pub(super) log_odds: Option<f64>,
    /// Whether the stories are joined however alike their clusters are, because one is a reprint of the other or the
    /// user merged them.
    pub(super) bound: bool,
    /// Whether the user merged the stories, however many their clusters have.
    pub(super) merged: bool,
    /// Whether the stories are never in one cluster, because the user split them.
    pub(super) apart: bool,
}

/// Symmetric table of the relations between stories, by their indices.
#[derive(Clone, Debug)]
pub(super) struct Relations {
    count: usize,
    pairs: Vec<Relation>,
}

impl Relations {
    /// Creates a table of unrelated stories.
    pub(super) fn new(count: usize) -> Self {
        Self { count, pairs: vec![Relation::default(); count * count] }
    }

    /// Sets the relation of two stories.
    pub(super) fn set(&mut self, a: usize, b: usize, relation: Relation) {
        for at in [a * self.count + b, b * self.count + a] {
            if let Some(slot) = self.pairs.get_mut(at) {
                *slot = relation;
            }
        }
    }

    /// Returns the relation of two stories.
    pub(super) fn of(&self, a: usize, b: usize) -> Relation {
        self.pairs.get(a * self.count + b).copied().unwrap_or_default()
    }
}

/// Joins stories, which begin in clusters: the stories that were read of each, and the number of all. Bound pairs are
/// joined first, then again and again the two clusters that are most alike on average. No cluster gets more than `limit`
/// stories, except by the user.
pub(super) fn join(parts: Vec<(Vec<usize>, usize)>, limit: usize, relations: &Relations) -> Vec<Vec<usize>> {
    let (mut units, mut sizes): (Vec<Vec<usize>>, Vec<usize>) = parts.into_iter().unzip();
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        let coherence: Vec<Option<f64>> =
            units.iter().map(|unit| mean_log_odds(pairs_within(unit), relations)).collect();
        for (a, one) in units.iter().enumerate() {
            for (b, other) in units.iter().enumerate().skip(a + 1) {
                let Some(likeness) = likeness(one, other, relations) else { continue };
                if sizes[a] + sizes[b] > limit && !are_merged(one, other, relations) {
                    continue;
                }
                let is_best = likeness >= THRESHOLD && best.is_none_or(|(most, ..)| likeness > most);
                let is_bound = likeness > 1.0;
                if is_best && (is_bound || !are_two([coherence[a], coherence[b]], [one, other], relations)) {
                    best = Some((likeness, a, b));
                }
            }
        }
        let Some((_, a, b)) = best else { return units };
        let (other, size) = (units.remove(b), sizes.remove(b));
        sizes[a] += size;
        if let Some(one) = units.get_mut(a) {
            one.extend(other);
        }
    }
}

/// Returns whether two clusters of several stories each are less alike than the stories in either of them.
fn are_two(coherence: [Option<f64>; 2], [one, other]: [&[usize]; 2], relations: &Relations) -> bool {
    let [Some(in_one), Some(in_other)] = coherence else { return false };
    let between = one.iter().flat_map(|a| other.iter().map(|b| (*a, *b)));
    mean_log_odds(between, relations).is_some_and(|between| between < in_one.min(in_other) - GAP)
}

/// Returns whether the user merged a story of one cluster with a story of the other.
fn are_merged(one: &[usize], other: &[usize], relations: &Relations) -> bool {
    one.iter().any(|a| other.iter().any(|b| relations.of(*a, *b).merged))
}

/// Returns all pairs of different stories in a cluster.
fn pairs_within(unit: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    unit.iter().enumerate().flat_map(|(at, a)| unit.iter().skip(at + 1).map(|b| (*a, *b)))
}

/// Returns the mean log-odds of pairs; `None` if that of a pair is unknown, or if there are no pairs.
fn mean_log_odds(pairs: impl Iterator<Item = (usize, usize)>, relations: &Relations) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0.0);
    for (a, b) in pairs {
        sum += relations.of(a, b).log_odds?;
        count += 1.0;
    }
    (count > 0.0).then(|| sum / count)
}

/// Returns how alike two clusters are: the mean probability of their pairs, or 2 if a pair is bound. Returns `None` if
/// the user split two of the stories.
fn likeness(one: &[usize], other: &[usize], relations: &Relations) -> Option<f64> {
    let mut sum = 0.0;
    let mut is_bound = false;
    for &a in one {
        for &b in other {
            let relation = relations.of(a, b);
            if relation.apart {
                return None;
            }
            is_bound |= relation.bound;
            sum += relation.probability;
        }
    }
    Some(if is_bound { 2.0 } else { sum / (one.len() * other.len()) as f64 })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: usize = 4;

    /// Joins stories that are alike as given.
    fn joined(count: usize, pairs: &[(usize, usize, Relation)]) -> Vec<Vec<usize>> {
        let mut relations = Relations::new(count);
        for &(a, b, relation) in pairs {
            relations.set(a, b, relation);
        }
        let mut out = join((0..count).map(|story| (vec![story], 1)).collect(), LIMIT, &relations);
        for cluster in &mut out {
            cluster.sort_unstable();
        }
        out.sort();
        out
    }

    const fn alike(probability: f64) -> Relation {
        Relation { probability, log_odds: None, bound: false, merged: false, apart: false }
    }
    const BOUND: Relation = Relation { bound: true, ..alike(0.1) };
    const APART: Relation = Relation { apart: true, ..alike(0.9) };

    /// Relation of stories with known days.
    fn dated(probability: f64) -> Relation {
        Relation { log_odds: Some((probability / (1.0 - probability)).ln()), ..alike(probability) }
    }

    #[test]
    fn clusters_are_joined_by_their_mean_likeness() {
        assert_eq!(joined(3, &[(0, 1, alike(0.9)), (1, 2, alike(0.7)), (0, 2, alike(0.4))]), [[0, 1, 2]]);
        // One likeness is not enough to join a story to a cluster whose other stories differ from it.
        assert_eq!(joined(3, &[(0, 1, alike(0.9)), (1, 2, alike(0.7)), (0, 2, alike(0.1))]), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn clusters_that_hold_together_much_better_than_with_each_other_are_two_happenings() {
        let across = |probability| [(0, 2), (0, 3), (1, 2), (1, 3)].map(|(a, b)| (a, b, dated(probability)));
        let within = [(0, 1, dated(0.9)), (2, 3, dated(0.88))];
        let twins: Vec<_> = within.into_iter().chain(across(0.6)).collect();
        assert_eq!(joined(4, &twins), [[0, 1], [2, 3]]);
        let one: Vec<_> = within.into_iter().chain(across(0.8)).collect();
        assert_eq!(joined(4, &one), [[0, 1, 2, 3]]);
        // Without days, the difference says little.
        let undated = twins.iter().map(|(a, b, relation)| (*a, *b, alike(relation.probability))).collect::<Vec<_>>();
        assert_eq!(joined(4, &undated), [[0, 1, 2, 3]]);
        let bound: Vec<_> = twins.into_iter().chain([(0, 2, BOUND)]).collect();
        assert_eq!(joined(4, &bound), [[0, 1, 2, 3]]);
    }

    #[test]
    fn bound_stories_are_joined_however_different_the_others_are() {
        assert_eq!(joined(3, &[(0, 1, alike(0.9)), (1, 2, BOUND), (0, 2, alike(0.2))]), [[0, 1, 2]]);
    }

    #[test]
    fn a_cluster_takes_no_more_stories_than_the_limit_unless_the_user_merges_them() {
        let pairs: Vec<_> = (0..5).flat_map(|a| (a + 1..5).map(move |b| (a, b, alike(0.9)))).collect();
        assert_eq!(joined(5, &pairs), [vec![0, 1, 2, 3], vec![4]]);
        let reprint = [&pairs[..], &[(3, 4, BOUND)]].concat();
        assert_eq!(joined(5, &reprint), [vec![0, 1, 2], vec![3, 4]]);
        let merged = (0..4).map(|story| (story, 4, Relation { merged: true, ..BOUND }));
        assert_eq!(joined(5, &pairs.iter().copied().chain(merged).collect::<Vec<_>>()), [[0, 1, 2, 3, 4]]);
        // The stories of a large cluster count, although only some were read.
        let mut relations = Relations::new(2);
        relations.set(0, 1, alike(0.9));
        assert_eq!(join(vec![(vec![0], 1), (vec![1], LIMIT)], LIMIT, &relations), [[0], [1]]);
    }

    #[test]
    fn a_third_story_does_not_bring_split_stories_together() {
        let clusters = joined(3, &[(0, 1, APART), (0, 2, alike(0.9)), (1, 2, alike(0.8))]);
        assert_eq!(clusters, [vec![0, 2], vec![1]]);
        let clusters = joined(3, &[(0, 1, APART), (0, 2, BOUND), (1, 2, BOUND)]);
        assert_eq!(clusters, [vec![0, 2], vec![1]]);
    }
}

//! Joins similar stories to clusters, within what the user decided. This is pure: the stories and how alike they are go
//! in, and a partition comes out, whatever the order of the stories.

/// Minimum mean probability over all pairs of two clusters that are joined.
const THRESHOLD: f64 = 0.5;

/// How two stories are related.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Relation {
    /// Probability that the stories report the same happening.
    pub(super) probability: f64,
    /// Whether the stories are joined however alike their clusters are, because one is a reprint of the other or the
    /// user merged them.
    pub(super) bound: bool,
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

/// Joins stories, which begin in the clusters `units`. Bound pairs are joined first, then again and again the two
/// clusters that are most alike on average.
pub(super) fn join(mut units: Vec<Vec<usize>>, relations: &Relations) -> Vec<Vec<usize>> {
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for (a, one) in units.iter().enumerate() {
            for (b, other) in units.iter().enumerate().skip(a + 1) {
                let Some(likeness) = likeness(one, other, relations) else { continue };
                if likeness >= THRESHOLD && best.is_none_or(|(most, ..)| likeness > most) {
                    best = Some((likeness, a, b));
                }
            }
        }
        let Some((_, a, b)) = best else { return units };
        let other = units.remove(b);
        if let Some(one) = units.get_mut(a) {
            one.extend(other);
        }
    }
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

    /// Joins stories that are alike as given.
    fn joined(count: usize, pairs: &[(usize, usize, Relation)]) -> Vec<Vec<usize>> {
        let mut relations = Relations::new(count);
        for &(a, b, relation) in pairs {
            relations.set(a, b, relation);
        }
        let mut out = join((0..count).map(|story| vec![story]).collect(), &relations);
        for cluster in &mut out {
            cluster.sort_unstable();
        }
        out.sort();
        out
    }

    const fn alike(probability: f64) -> Relation {
        Relation { probability, bound: false, apart: false }
    }
    const BOUND: Relation = Relation { probability: 0.1, bound: true, apart: false };
    const APART: Relation = Relation { probability: 0.9, bound: false, apart: true };

    #[test]
    fn clusters_are_joined_by_their_mean_likeness() {
        assert_eq!(joined(3, &[(0, 1, alike(0.9)), (1, 2, alike(0.7)), (0, 2, alike(0.4))]), [[0, 1, 2]]);
        // One likeness is not enough to join a story to a cluster whose other stories differ from it.
        assert_eq!(joined(3, &[(0, 1, alike(0.9)), (1, 2, alike(0.7)), (0, 2, alike(0.1))]), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn bound_stories_are_joined_however_different_the_others_are() {
        assert_eq!(joined(3, &[(0, 1, alike(0.9)), (1, 2, BOUND), (0, 2, alike(0.2))]), [[0, 1, 2]]);
    }

    #[test]
    fn a_third_story_does_not_bring_split_stories_together() {
        let clusters = joined(3, &[(0, 1, APART), (0, 2, alike(0.9)), (1, 2, alike(0.8))]);
        assert_eq!(clusters, [vec![0, 2], vec![1]]);
        let clusters = joined(3, &[(0, 1, APART), (0, 2, BOUND), (1, 2, BOUND)]);
        assert_eq!(clusters, [vec![0, 2], vec![1]]);
    }
}

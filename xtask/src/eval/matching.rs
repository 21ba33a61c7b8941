//! Pairs items found by the system with items of the gold set.

use dateline_core::text::Span;

/// A candidate pair of a gold item and a system item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    /// Score of the pair. Higher scores are better.
    pub score: f64,
    /// Index of the gold item.
    pub gold: usize,
    /// Index of the system item.
    pub system: usize,
}

/// Pairs items one to one, best score first. Ties are resolved in favour of the leftmost gold item, then of the
/// leftmost system item.
#[must_use]
pub(super) fn one_to_one(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|one, other| {
        other.score.total_cmp(&one.score).then_with(|| (one.gold, one.system).cmp(&(other.gold, other.system)))
    });
    let mut pairs: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if !pairs.iter().any(|pair| pair.gold == candidate.gold || pair.system == candidate.system) {
            pairs.push(candidate);
        }
    }
    pairs
}

/// Returns all pairs of overlapping spans, scored by the number of code points they share.
#[must_use]
pub(super) fn overlaps(text: &str, gold: &[Span], system: &[Span]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (wanted, one) in gold.iter().enumerate() {
        for (found, other) in system.iter().enumerate() {
            let shared = shared(text, *one, *other);
            if shared > 0 {
                out.push(Candidate { score: shared as f64, gold: wanted, system: found });
            }
        }
    }
    out
}

/// Returns the number of code points shared by two spans.
#[must_use]
pub(super) fn shared(text: &str, one: Span, other: Span) -> usize {
    if !one.overlaps(other) {
        return 0;
    }
    length(text, Span::new(one.start.max(other.start), one.end.min(other.end)))
}

/// Returns the number of code points in a span.
#[must_use]
pub(super) fn length(text: &str, span: Span) -> usize {
    span.of(text).chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_pair_goes_first_and_nothing_is_paired_twice() {
        let candidate = |score, gold, system| Candidate { score, gold, system };
        let pairs = one_to_one(vec![candidate(0.5, 0, 0), candidate(0.9, 1, 0), candidate(0.4, 0, 1)]);
        assert_eq!(pairs, [candidate(0.9, 1, 0), candidate(0.4, 0, 1)]);
    }

    #[test]
    fn length_counts_characters() {
        assert_eq!(shared("café au lait", Span::new(0, 5), Span::new(2, 9)), 2);
        assert_eq!(shared("abc", Span::new(0, 1), Span::new(1, 2)), 0);
    }
}

//! The likeliest sequence of kept and dropped lines, given a cost for each switch between the two.

/// Returns which lines to keep. `gains` are the log-odds that a line is kept; `switch` is the cost of each switch. The
/// page begins and ends outside the story.
#[must_use]
pub(crate) fn best(gains: &[f32], switch: f32) -> Vec<bool> {
    // Viterbi search: the best sums so far for paths that end with a dropped or a kept line, and their predecessors.
    let (mut left, mut kept) = (0.0_f32, -switch);
    let mut came: Vec<(bool, bool)> = Vec::with_capacity(gains.len());
    for gain in gains {
        let to_left = kept - switch > left;
        let to_kept = kept >= left - switch;
        came.push((to_left, to_kept));
        let next_left = if to_left { kept - switch } else { left };
        let next_kept = if to_kept { kept } else { left - switch } + gain;
        (left, kept) = (next_left, next_kept);
    }
    let mut keep = vec![false; gains.len()];
    let mut now = kept - switch > left;
    for at in (0..gains.len()).rev() {
        keep[at] = now;
        now = if now { came[at].1 } else { came[at].0 };
    }
    keep
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weak_line_between_strong_ones_stays() {
        assert_eq!(best(&[-3.0, 3.0, -0.5, 3.0, -3.0], 0.5), [false, true, true, true, false]);
        assert_eq!(best(&[-3.0, 3.0, -1.5, 3.0, -3.0], 0.5), [false, true, false, true, false]);
    }

    #[test]
    fn a_single_weak_line_is_dropped() {
        assert_eq!(best(&[-1.0, 0.8, -1.0], 0.5), [false, false, false]);
        assert_eq!(best(&[-1.0, 1.2, -1.0], 0.5), [false, true, false]);
        assert!(best(&[], 1.0).is_empty());
    }
}

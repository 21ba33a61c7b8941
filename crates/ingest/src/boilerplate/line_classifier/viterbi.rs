//! Viterbi search for the likeliest sequence of kept and dropped lines.

/// Returns which lines to keep. `gains` are the log-odds that each line belongs to the story, and `switch` is the cost
/// of switching between kept and dropped lines. The page begins and ends outside the story.
#[must_use]
pub(crate) fn best(gains: &[f32], switch: f32) -> Vec<bool> {
    // For paths that end in a dropped or a kept line: the best sums so far, and the predecessors.
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

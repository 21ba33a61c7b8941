//! Counts how often the stages access a token or compare two names, so that a test can check that their work grows linearly with the text.
//! Outside tests, the counting compiles to nothing.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// Counts one token access, or one comparison of names.
#[inline]
pub(crate) fn step() {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + 1));
}

/// Returns the number of times that `work` accesses a token or compares names on the current thread.
#[cfg(test)]
pub(crate) fn count(work: impl FnOnce()) -> u64 {
    let before = STEPS.get();
    work();
    STEPS.get() - before
}

#[cfg(test)]
#[path = "../tests/growth/shapes.rs"]
#[expect(dead_code, reason = "the results are checked where the memory is")]
mod shapes;

#[cfg(test)]
mod tests {
    use super::count;
    use super::shapes::{Shape, page, shapes};
    use crate::Options;
    use crate::testing::ANALYZER;
    use dateline_core::article::Article;

    /// Size of the smaller text, in bytes.
    const SIZE: usize = 6_000;
    /// Size ratio of the larger text to the smaller one.
    const TIMES: usize = 4;
    /// Maximum ratio of the counts for the two texts. Linear growth would give 4, quadratic growth 16.
    const MORE: u64 = 8;

    #[test]
    fn steps_grow_with_the_text() {
        let analyzer = &*ANALYZER;
        let steps = |text: String| {
            let article = Article::verbatim("growth", text);
            count(|| drop(analyzer.analyze(&article, &Options::default())))
        };
        let mut faults = Vec::new();
        for Shape { name, piece, .. } in shapes() {
            let (small, large) = (steps(page(piece, SIZE)), steps(page(piece, SIZE * TIMES)));
            assert!(small > 0, "{name}: nothing was looked at");
            if large > small * MORE {
                faults.push(format!("{name}: {small} steps, then {large}"));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

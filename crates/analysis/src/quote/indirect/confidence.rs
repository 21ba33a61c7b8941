//! Estimates the confidence in a report. When 2,000 reports in development text were judged, three features separated
//! right from wrong ones: the pattern, whether the verb does nothing but report ("said", "told"), and the length,
//! because a long report more easily runs past its end.

use super::Pattern;
use crate::lexicon::lists;
use crate::quote::masked_sentence::MaskedSentences;
use std::ops::Range;

/// Lengths in tokens above which a report is long and very long.
const LONG: usize = 26;
const VERY_LONG: usize = 36;

/// Returns the proportion of right reports, 0 to 1, among those like the one with this `content` and `cue` (tokens).
pub(super) fn of(masked: &MaskedSentences<'_>, content: &Range<usize>, cue: &Range<usize>, pattern: Pattern) -> f32 {
    let plain = cue.clone().any(|index| lists::NEUTRAL_SPEECH.contains(masked.word(index)));
    let usual: f32 = match (pattern, plain) {
        (Pattern::That | Pattern::Bare | Pattern::Before, true) => 0.87,
        (Pattern::Before | Pattern::According, _) => 0.8,
        (Pattern::That | Pattern::Bare, false) => 0.7,
        (Pattern::Question | Pattern::Verbal, _) => 0.55,
        (Pattern::Thing, _) => 0.65,
    };
    let less = match content.len() {
        length if length > VERY_LONG => 0.25,
        length if length > LONG => 0.12,
        _ => 0.0,
    };
    usual - less
}

#[cfg(test)]
mod tests {
    use crate::Options;
    use crate::testing::ANALYZER;
    use dateline_core::article::Article;

    /// Returns the confidence of the only quote of `text`.
    fn confidence(text: &str) -> f32 {
        let analysis = ANALYZER.analyze(&Article::verbatim("a", text), &Options::default());
        assert_eq!(analysis.quotes.len(), 1, "{text}");
        analysis.quotes[0].confidence
    }

    #[test]
    fn a_plain_verb_is_surer_than_one_that_may_mean_more() {
        assert!(
            confidence("Mara Ode said that the pier was lost.") > confidence("Mara Ode hinted that the pier was lost.")
        );
    }

    #[test]
    fn a_long_report_is_less_sure_than_a_short_one() {
        let long = "Mara Ode said that the pier was lost and the boats were lost and the nets were lost and the quay was \
                    lost and the road was lost and the light was lost and the bell was lost.";
        assert!(confidence("Mara Ode said that the pier was lost.") > confidence(long));
    }
}

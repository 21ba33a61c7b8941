//! Estimates the confidence in a report: the log-odds of its pattern, lowered by typical causes of error. These causes
//! were found by judging reports in news. Examples are a verb that does more than report (unlike "said" or "told"), and
//! words between subject and verb. Length and commas also count, because the end of a long report is more often wrong.

use super::{Pattern, Report};
use crate::lexicon::lists;
use crate::logistic::logistic;
use crate::quote::masked_sentence::MaskedSentences;
use crate::quote::polarity::Polarity;

/// Length limits in tokens: a report is a fragment below the first, long above the second and very long above the
/// third.
const FRAGMENT: usize = 4;
const LONG: usize = 26;
const VERY_LONG: usize = 38;

/// Minimum distance between a subject and its verb, in tokens, for the subject to count as doubtful.
const FAR: usize = 2;

/// Returns the proportion of correct reports, 0 to 1, among those similar to `report`.
pub(super) fn of(masked: &MaskedSentences<'_>, report: &Report) -> f32 {
    let plain = report.cue.clone().any(|index| lists::NEUTRAL_SPEECH.contains(masked.word(index)));
    let usual: f32 = match (report.pattern, plain) {
        (Pattern::Before, true) => 2.6,
        (Pattern::That | Pattern::Bare, true) => 2.3,
        (Pattern::According, _) => 1.7,
        (Pattern::Thing, true) => 1.5,
        (Pattern::Before, false) => 1.1,
        (Pattern::That | Pattern::Bare, false) => 1.0,
        (Pattern::Thing, false) => 0.8,
        (Pattern::Question, _) => 0.7,
        (Pattern::Verbal, _) => 0.3,
    };
    let length = match report.content.len() {
        tokens if tokens < FRAGMENT => 3.0,
        tokens if tokens > VERY_LONG => 1.3,
        tokens if tokens > LONG => 0.9,
        _ => 0.0,
    };
    let comma = report.pattern != Pattern::According && report.content.clone().any(|index| masked.word(index) == ",");
    let far = report.cue.start >= report.speaker.tokens.end + FAR;
    let unreal = report.polarity == Polarity::Unreal;
    let penalties = [(comma, 0.8), (far, 0.45), (unreal, 2.0)];
    let less: f32 = penalties.iter().filter(|(holds, _)| *holds).map(|(_, less)| less).sum();
    logistic(usual - length - less)
}

#[cfg(test)]
mod tests {
    use crate::Options;
    use crate::testing::ANALYZER;
    use dateline_core::article::Article;

    /// Returns the confidence of the single quotation in `text`.
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
    fn commas_fragments_and_far_subjects_are_less_sure() {
        let plain = confidence("Mara Odell said that the pier was lost.");
        assert!(plain > confidence("Mara Odell said that the pier, not the quay, was lost."));
        assert!(plain > confidence("Mara Odell of the harbour office in Leeds said that the pier was lost."));
        assert!(plain > confidence("Mara Odell might have said that the pier was lost."));
    }

    #[test]
    fn a_long_report_is_less_sure_than_a_short_one() {
        let long = "Mara Ode said that the pier was lost and the boats were lost and the nets were lost and the quay was \
                    lost and the road was lost and the light was lost and the bell was lost.";
        assert!(confidence("Mara Ode said that the pier was lost.") > confidence(long));
    }
}

//! Estimates the confidence in a report from the log odds of its pattern, lowered by typical causes of error. The
//! causes were found by examining reports in news. Examples are a verb that does more than report (unlike "said" or
//! "told"), and words between the subject and its verb. Length, commas, dashes and relative clauses also count, because
//! they make it more likely that the end of the report is wrong.

use super::{Pattern, Report};
use crate::lexicon::lists;
use crate::logistic::logistic;
use crate::quote::masked_sentence::MaskedSentences;
use crate::quote::polarity::Polarity;
use crate::quote::subject::MentionForm;
use crate::word_class::WordClass;

/// Length limits in tokens: a report is a fragment below the first, long above the second and very long above the
/// third.
const FRAGMENT: usize = 4;
const LONG: usize = 26;
const VERY_LONG: usize = 38;

/// Minimum distance between a subject and its verb, in tokens, for the subject to count as doubtful.
const FAR: usize = 2;

/// Returns the proportion, 0 to 1, of reports similar to `report` that are correct.
pub(super) fn of(masked: &MaskedSentences<'_>, report: &Report) -> f32 {
    let cue = |words: &lists::WordList| report.cue.clone().any(|index| words.contains(masked.word(index)));
    let plain = cue(&lists::NEUTRAL_SPEECH);
    let usual: f32 = match (report.pattern, plain) {
        (Pattern::That | Pattern::Bare, false) if cue(&lists::ASSERTING) => 1.8,
        (Pattern::Before, true) => 2.6,
        (Pattern::That | Pattern::Bare, true) => 2.3,
        (Pattern::According, _) => 1.7,
        (Pattern::That, false) | (Pattern::Thing, true) => 1.5,
        (Pattern::Before, false) => 1.1,
        (Pattern::Bare, false) => 1.0,
        (Pattern::Thing, false) => 0.8,
        (Pattern::Question | Pattern::Verbal, _) => 0.7,
    };
    let length = match report.content.len() {
        tokens if tokens < FRAGMENT => 3.0,
        tokens if tokens > VERY_LONG => 1.3,
        tokens if tokens > LONG => 0.9,
        _ => 0.0,
    };
    let has = |wanted: &dyn Fn(&str) -> bool| report.content.clone().any(|index| wanted(masked.word(index)));
    let comma = report.pattern != Pattern::According && has(&|word| word == ",");
    let dash = has(&|word| matches!(word, "—" | "–" | "--" | "-" | ";"));
    let relative = has(&|word| word != "that" && lists::RELATIVE_PRONOUNS.contains(word));
    let far = report.cue.start >= report.speaker.tokens.end + FAR;
    let unreal = report.polarity == Polarity::Unreal;
    let gerund = masked.class(report.cue.start) == WordClass::VerbGerund && plain;
    let open = ends_in_midst(masked, report);
    let unnamed = report.speaker.form == MentionForm::Relative
        || masked.word(report.speaker.tokens.start).eq_ignore_ascii_case("it");
    let penalties = [
        (comma, 0.7),
        (dash, 1.2),
        (relative, 0.5),
        (far, 0.65),
        (unreal, 2.0),
        (gerund, 1.0),
        (open, 0.8),
        (unnamed, 0.4),
    ];
    let less: f32 = penalties.iter().filter(|(holds, _)| *holds).map(|(_, less)| less).sum();
    logistic(usual - length - less)
}

/// Returns whether the report ends within a clause, without punctuation after it, because such an end is a guess.
fn ends_in_midst(masked: &MaskedSentences<'_>, report: &Report) -> bool {
    let sentence = masked.sentence_at(report.content.start).and_then(|index| masked.sentences.get(index));
    sentence.is_some_and(|sentence| report.content.end < sentence.tokens.end)
        && masked.class(report.content.end) != WordClass::Mark
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
    fn dashes_relatives_and_open_ends_are_less_sure() {
        let plain = confidence("Mara Odell hinted that the pier was lost.");
        assert!(plain > confidence("Mara Odell hinted that the pier – not the quay – was lost."));
        assert!(plain > confidence("Mara Odell hinted that the pier which burned was lost."));
        assert!(confidence("Mara Odell argued that the pier was lost.") > plain);
        assert!(plain > confidence("It hinted that the pier was lost."));
    }

    #[test]
    fn a_long_report_is_less_sure_than_a_short_one() {
        let long = "Mara Ode said that the pier was lost and the boats were lost and the nets were lost and the quay was \
                    lost and the road was lost and the light was lost and the bell was lost.";
        assert!(confidence("Mara Ode said that the pier was lost.") > confidence(long));
    }
}

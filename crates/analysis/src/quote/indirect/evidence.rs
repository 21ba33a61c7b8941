//! Evidence for and against a report. A verb that does more than report (unlike "said" or "told") and words between the
//! subject and its verb are typical causes of error. Length, commas, dashes and subordinate clauses also count, because
//! they make it more likely that the end of the report is wrong.

use super::{Pattern, Report};
use crate::lexicon::lists;
use crate::quote::indicator::{Evidence, Indicator};
use crate::quote::masked_sentence::MaskedSentences;
use crate::quote::polarity::Polarity;
use crate::quote::subject::MentionForm;
use crate::word_class::WordClass;
use std::cmp::Ordering;

/// Length limits in tokens: a report is a scrap below the first, long above the second and very long above the third.
const SCRAP: usize = 4;
const LONG: usize = 26;
const VERY_LONG: usize = 38;

/// Minimum distance between a subject and its verb, in tokens, for the subject to count as doubtful.
const FAR: usize = 2;

/// Returns the evidence for `report`.
pub(super) fn of(masked: &MaskedSentences<'_>, report: &Report) -> Evidence {
    let mut out = Evidence::default();
    add_construction(masked, report, &mut out);
    add_content(masked, report, &mut out);
    out.add(Indicator::Far, report.cue.start >= report.speaker.tokens.end + FAR);
    out.add(Indicator::Unreal, report.polarity == Polarity::Unreal);
    let it = masked.word(report.speaker.tokens.start).eq_ignore_ascii_case("it");
    out.add(Indicator::Unnamed, report.speaker.form == MentionForm::Relative || it);
    out.add(Indicator::Nominal, report.speaker.form == MentionForm::Nominal);
    out
}

/// Adds the indicators of the construction and the reporting verb.
fn add_construction(masked: &MaskedSentences<'_>, report: &Report, out: &mut Evidence) {
    let pattern = match report.pattern {
        Pattern::That => Indicator::That,
        Pattern::Bare => Indicator::Bare,
        Pattern::Question => Indicator::Question,
        Pattern::Verbal => Indicator::Verbal,
        Pattern::Thing => Indicator::Object,
        Pattern::Before => Indicator::ReportBefore,
        Pattern::According => Indicator::According,
    };
    out.add(pattern, true);
    let cue = |words: &lists::WordList| report.cue.clone().any(|index| words.contains(masked.word(index)));
    let plain = cue(&lists::NEUTRAL_SPEECH);
    let clause = matches!(report.pattern, Pattern::That | Pattern::Bare);
    out.add(Indicator::Plain, plain && report.pattern != Pattern::Before);
    out.add(Indicator::PlainBefore, plain && report.pattern == Pattern::Before);
    out.add(Indicator::Asserting, clause && cue(&lists::ASSERTING));
    // Verbs of denial usually take a noun phrase: "denied any wrongdoing".
    out.add(Indicator::DeniedObject, report.pattern == Pattern::Thing && cue(&lists::DENIALS));
    out.add(Indicator::Gerund, masked.class(report.cue.start) == WordClass::VerbGerund && plain);
}

/// Adds the indicators of the reported words.
fn add_content(masked: &MaskedSentences<'_>, report: &Report, out: &mut Evidence) {
    let length = report.content.len();
    out.add(Indicator::Scrap, length < SCRAP);
    out.add(Indicator::Long, length > LONG);
    out.add(Indicator::VeryLong, length > VERY_LONG);
    let has = |wanted: &dyn Fn(&str) -> bool| report.content.clone().any(|index| wanted(masked.word(index)));
    out.add(Indicator::Comma, report.pattern != Pattern::According && has(&|word| word == ","));
    out.add(Indicator::Dash, has(&|word| matches!(word, "—" | "–" | "--" | "-" | ";")));
    let inner = report.content.start + 2..report.content.end;
    out.add(Indicator::Adverbial, inner.clone().any(|index| lists::CLAUSE_OPENERS.contains(masked.word(index))));
    out.add(Indicator::OtherSubject, inner.into_iter().any(|index| joins_subject(masked, index)));
    out.add(Indicator::Open, ends_in_midst(masked, report));
    match clause_end(masked, report) {
        Some(Ordering::Equal) => out.add(Indicator::Clause, true),
        Some(Ordering::Greater) => out.add(Indicator::LongerClause, true),
        Some(Ordering::Less) => out.add(Indicator::ShorterClause, true),
        None => {}
    }
}

/// Compares the end of the clause that begins with the report with the end of the report. Returns `None` if the syntax
/// finds no such clause, and `Equal` if one of several such clauses ends with the report.
fn clause_end(masked: &MaskedSentences<'_>, report: &Report) -> Option<Ordering> {
    let document = masked.document;
    let parsed = document.parsed(document.sentence_of(report.content.start)?)?;
    let extents = parsed.syntax().clauses.iter().map(|clause| parsed.here(&clause.extent));
    let ends = extents.filter(|extent| extent.start.abs_diff(report.content.start) <= 1);
    let compared = ends.map(|extent| extent.end.cmp(&report.content.end));
    compared.min_by_key(|order| *order != Ordering::Equal)
}

/// Returns whether the conjunction at `index` precedes a subject with its verb, as in "and he left".
fn joins_subject(masked: &MaskedSentences<'_>, index: usize) -> bool {
    masked.class(index) == WordClass::Conjunction
        && (masked.class(index + 1).is_noun() || masked.class(index + 1) == WordClass::Pronoun)
        && masked.class(index + 2).is_finite()
}

/// Returns whether the report ends within a clause, without punctuation after it. Such an end is a guess.
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
    fn dashes_and_unnamed_speakers_are_less_sure() {
        let plain = confidence("Mara Odell hinted that the pier was lost.");
        assert!(plain > confidence("Mara Odell hinted that the pier – not the quay – was lost."));
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

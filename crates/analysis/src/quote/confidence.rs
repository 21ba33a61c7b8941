//! Estimates the confidence in a quotation: how many of the quotations found by the same rule and of the same kind have
//! correct content and the correct speaker. The proportions are read from a data file that the trainer fits.

use super::source::{Attribution, Source};
use super::subject::MentionForm;
use crate::QuoteKind;
use crate::lexicon::entries;
use crate::logistic::logistic;

/// Row name in the confidence file for quotations without a speaker.
const NO_SPEAKER: &str = "nobody";

/// Proportion of correct quotations, 0 to 1, for each rule and kind.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Confidence {
    /// Proportions indexed by rule, then by kind (direct, mixed). The last row is for quotations without a speaker.
    shares: [[f32; 2]; Source::ALL.len() + 1],
}

impl Confidence {
    /// Returns the bundled proportions.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        Self::parse(include_str!("../../assets/models/quotes_confidence.txt"))
    }

    /// Parses lines of the form `rule direct mixed`, one rule per line. Rules without a line get 0.5.
    #[must_use]
    pub(crate) fn parse(file: &str) -> Self {
        let mut shares = [[0.5; 2]; Source::ALL.len() + 1];
        for entry in entries(file) {
            let mut fields = entry.split_whitespace();
            let Some(name) = fields.next() else { continue };
            let row = Source::ALL.iter().position(|source| source.name() == name);
            let row = row.or_else(|| (name == NO_SPEAKER).then_some(Source::ALL.len()));
            if let Some(row) = row.and_then(|row| shares.get_mut(row)) {
                for (share, field) in row.iter_mut().zip(fields) {
                    *share = field.parse().unwrap_or(0.5);
                }
            }
        }
        Self { shares }
    }

    /// Formats the proportions for [`Confidence::parse`], without the header of the file.
    #[must_use]
    pub(crate) fn print(&self) -> String {
        let names = Source::ALL.iter().map(|source| source.name()).chain([NO_SPEAKER]);
        let line = |(name, row): (&str, &[f32; 2])| format!("{name} {:.3} {:.3}\n", row[0], row[1]);
        names.zip(&self.shares).map(line).collect()
    }

    /// Returns the confidence, 0 to 1, in a quotation of this `kind` with this `attribution`. The proportion for the
    /// rule is corrected for evidence that the rule ignores, such as the number of `words`.
    #[must_use]
    #[inline]
    pub(crate) fn of(&self, attribution: Option<&Attribution>, kind: QuoteKind, words: usize) -> f32 {
        let attribution = attribution.filter(|found| found.speaker.is_some());
        let source = attribution.map(|found| found.source);
        let share = self.shares[Self::row(source)][usize::from(kind != QuoteKind::Direct)];
        let Some(found) = attribution else { return share };
        let share = share.clamp(0.01, 0.995);
        let odds = (share / (1.0 - share)).ln() + correction(found, kind, words);
        logistic(odds)
    }

    /// Moves each proportion towards the observed proportion. `judged` lists the rule, the kind and the correctness of
    /// each quotation. The current proportion counts as much as `weight` observations.
    pub(crate) fn fit(&mut self, judged: &[(Option<Source>, QuoteKind, bool)], weight: f32) {
        let mut seen = [[(0.0_f32, 0.0_f32); 2]; Source::ALL.len() + 1];
        for (source, kind, right) in judged {
            let cell = &mut seen[Self::row(*source)][usize::from(*kind != QuoteKind::Direct)];
            cell.0 += 1.0;
            cell.1 += f32::from(u8::from(*right));
        }
        for (share, (of, right)) in self.shares.iter_mut().flatten().zip(seen.iter().flatten()) {
            *share = (*share * weight + right) / (weight + of);
        }
    }

    #[inline]
    fn row(source: Option<Source>) -> usize {
        source.and_then(|source| Source::ALL.iter().position(|other| *other == source)).unwrap_or(Source::ALL.len())
    }
}

/// Maximum length, in words, of a quotation for it to count as a fragment or short utterance.
const FRAGMENT: usize = 3;
const SHORT: usize = 7;

/// Returns the log odds to add to the proportion for a rule. Short quotations are often terms or titles, and a
/// description or "who" next to a verb is often not the subject of that verb. Both errors were seen in quotations from
/// news.
fn correction(found: &Attribution, kind: QuoteKind, words: usize) -> f32 {
    let form = found.speaker.as_ref().map(|speaker| speaker.form);
    let described = matches!(form, Some(MentionForm::Nominal | MentionForm::Relative));
    let whole = kind == QuoteKind::Direct;
    let subject = match found.source {
        Source::Governing | Source::Before | Source::Later if described => -1.5,
        _ => 0.0,
    };
    let length = match (found.source, words) {
        (Source::Before, ..=FRAGMENT) if whole => -2.8,
        (Source::Before, ..=SHORT) if whole => -1.6,
        (Source::Before, _) => -0.6,
        (Source::After, ..=FRAGMENT) => -2.6,
        (Source::Later, ..=FRAGMENT) => -1.4,
        (Source::Governing, words) if words > SHORT => 0.4,
        (Source::NextParagraph, _) if whole => -0.5,
        (Source::NextParagraph, _) => -2.4,
        _ => 0.0,
    };
    subject + length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quote::subject::SpeakerMention;

    #[test]
    fn shares_move_towards_what_was_seen() {
        let mut confidence = Confidence::parse("after 0.5 0.5");
        confidence.fit(&[(Some(Source::After), QuoteKind::Direct, true); 10], 10.0);
        assert!(confidence.print().starts_with("after 0.750 0.500"));
        assert_eq!(Confidence::parse(&confidence.print()), confidence);
    }

    #[test]
    fn short_words_and_described_speakers_are_less_sure() {
        let confidence = Confidence::bundled();
        let found = |source, form| {
            let speaker = Some(SpeakerMention { tokens: 0..1, form, antecedent: None });
            Attribution { quotation: 0, cue: None, speaker, source, score: 1.0 }
        };
        let of = |source, form, words| confidence.of(Some(&found(source, form)), QuoteKind::Direct, words);
        let name = MentionForm::Name;
        assert!(of(Source::After, name, 2) < of(Source::After, name, 12));
        assert!(of(Source::Before, name, 5) < of(Source::Before, name, 12));
        assert!(of(Source::Before, MentionForm::Nominal, 12) < of(Source::Before, name, 12));
        assert!((of(Source::After, name, 12) - confidence.shares[0][0]).abs() < 0.001);
    }
}

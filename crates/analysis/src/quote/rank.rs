//! Ranks speaker candidates by a weighted sum of features. The weights are documented in the model card,
//! `crates/analysis/assets/models/quotes.md`.

use super::named_variants::named_variants;

named_variants! {
    /// Evidence for or against a candidate.
    #[allow(missing_docs, reason = "the names say it; the file of weights explains them")]
    Feature {
        Bias "bias",
        AfterBeside "after-beside",
        AfterApart "after-apart",
        AfterWords "after-words",
        AfterQuotations "after-quotations",
        AfterStops "after-stops",
        BeforeBeside "before-beside",
        BeforeApart "before-apart",
        BeforeWords "before-words",
        BeforeQuotations "before-quotations",
        BeforeStops "before-stops",
        BeforeColon "before-colon",
        CuesBetween "cues-between",
        Clause "clause",
        Utterance "utterance",
        Judgement "judgement",
        Gesture "gesture",
        Participle "participle",
        Phrase "phrase",
        Passive "passive",
        Inverted "inverted",
        Pronoun "pronoun",
        Name "name",
        Nominal "nominal",
        Relative "relative",
        Nobody "nobody",
        Subject "subject",
        SubjectColon "subject-colon",
        SubjectBeside "subject-beside",
        SubjectName "subject-name-colon",
        SubjectLong "subject-long",
        GestureApart "gesture-apart",
        GestureBefore "gesture-before",
        WhatCalled "what-called",
        Noun "noun",
        ParticipleAfter "participle-after",
        Infinitive "infinitive",
        NestedPronoun "nested-pronoun",
        NestedOther "nested-other",
        Parenthesis "parenthesis",
        Continue "continue",
        ContinueStarts "continue-starts",
        ContinueLong "continue-long",
    }
}

const COUNT: usize = Feature::ALL.len();

/// Feature values of one candidate.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Features([f32; COUNT]);

impl Default for Features {
    fn default() -> Self {
        Self([0.0; COUNT])
    }
}

impl Features {
    /// Returns the feature values in the order of [`Feature`].
    pub(crate) const fn as_slice(&self) -> &[f32] {
        &self.0
    }

    /// Sets `feature` to `value`.
    pub(crate) fn add(&mut self, feature: Feature, value: f32) {
        self.0[feature as usize] = value;
    }
}

/// Weights of the ranker, one per feature.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Weights([f32; COUNT]);

impl Weights {
    /// Returns the bundled weights.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        Self::parse(include_str!("../../assets/models/quotes.txt"))
    }

    /// Parses lines of the form `name weight`. Features without a line get the weight 0.
    #[must_use]
    pub(crate) fn parse(file: &str) -> Self {
        let mut weights = Self([0.0; COUNT]);
        for entry in crate::lexicon::entries(file) {
            if let Some((name, value)) = entry.split_once(' ')
                && let Some(feature) = Feature::ALL.iter().find(|feature| feature.name() == name)
            {
                weights.0[*feature as usize] = value.trim().parse().unwrap_or(0.0);
            }
        }
        weights
    }

    /// Formats the weights for [`Weights::parse`], without the header of the file.
    #[must_use]
    pub(crate) fn print(&self) -> String {
        let line = |(feature, weight): (&Feature, &f32)| format!("{} {weight:.3}", feature.name());
        let lines: Vec<String> = Feature::ALL.iter().zip(&self.0).map(line).collect();
        lines.join("\n") + "\n"
    }

    /// Creates weights from numbers in the order of [`Feature`]. Missing numbers count as 0.
    pub(crate) fn from_slice(numbers: &[f32]) -> Self {
        let mut weights = Self([0.0; COUNT]);
        for (weight, number) in weights.0.iter_mut().zip(numbers) {
            *weight = *number;
        }
        weights
    }

    /// Returns the weights in the order of [`Feature`].
    pub(crate) const fn as_slice(&self) -> &[f32] {
        &self.0
    }

    /// Returns the weighted sum of a candidate's features.
    #[must_use]
    pub(crate) fn score(&self, features: &Features) -> f32 {
        self.sum(&features.0)
    }

    /// Returns the weighted sum of raw values, given in the order of [`Feature`].
    #[must_use]
    pub(crate) fn sum(&self, values: &[f32]) -> f32 {
        self.0.iter().zip(values).map(|(weight, value)| weight * value).sum()
    }
}

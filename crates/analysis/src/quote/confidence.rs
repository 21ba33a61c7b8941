//! Estimates the confidence in a quotation with a logistic model: each indicator that holds adds its weight to the log
//! odds that content and speaker are correct. The trainer fits the weights.

use super::indicator::{COUNT, Evidence, Indicator};
use crate::lexicon::entries;
use crate::logistic::logistic;

/// Weight of each indicator, in log odds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Confidence {
    weights: [f32; COUNT],
}

impl Confidence {
    /// Returns the bundled weights.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        Self::parse(include_str!("../../assets/models/quotes_confidence.txt"))
    }

    /// Parses lines of the form `indicator weight`. Indicators without a line get weight 0.
    #[must_use]
    pub(crate) fn parse(file: &str) -> Self {
        let mut weights = [0.0; COUNT];
        for entry in entries(file) {
            let Some((name, weight)) = entry.split_once(' ') else { continue };
            let indicator = Indicator::ALL.iter().position(|indicator| indicator.name() == name);
            if let Some(place) = indicator.and_then(|index| weights.get_mut(index)) {
                *place = weight.trim().parse().unwrap_or(0.0);
            }
        }
        Self { weights }
    }

    /// Formats the weights for [`Confidence::parse`], without the header of the file.
    #[must_use]
    pub(crate) fn print(&self) -> String {
        let line = |(indicator, weight): (&Indicator, &f32)| format!("{} {weight:.2}\n", indicator.name());
        Indicator::ALL.iter().zip(&self.weights).map(line).collect()
    }

    /// Creates a model from weights in the order of [`Indicator::ALL`]. Missing weights count as 0.
    #[must_use]
    pub(crate) fn from_slice(numbers: &[f32]) -> Self {
        let mut weights = [0.0; COUNT];
        for (weight, number) in weights.iter_mut().zip(numbers) {
            *weight = *number;
        }
        Self { weights }
    }

    /// Returns the weights in the order of [`Indicator::ALL`].
    #[must_use]
    pub(crate) const fn as_slice(&self) -> &[f32] {
        &self.weights
    }

    /// Returns the probability, 0 to 1, that a quotation with this evidence is correct.
    #[must_use]
    pub(crate) fn of(&self, evidence: &Evidence) -> f32 {
        logistic(evidence.indicators().iter().map(|indicator| self.weights[*indicator as usize]).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_printing() {
        let confidence = Confidence::bundled();
        assert_eq!(Confidence::parse(&confidence.print()), confidence);
        assert_eq!(Confidence::from_slice(confidence.as_slice()), confidence);
        assert!(confidence.as_slice().iter().any(|weight| *weight != 0.0));
    }

    #[test]
    fn every_indicator_that_holds_adds_its_weight() {
        let confidence = Confidence::parse("after 2\nfragment -2\nshort -1");
        let mut evidence = Evidence::default();
        evidence.add(Indicator::After, true);
        evidence.add(Indicator::Short, false);
        assert!((confidence.of(&evidence) - 0.881).abs() < 0.001);
        evidence.add(Indicator::Fragment, true);
        assert!((confidence.of(&evidence) - 0.5).abs() < 0.001);
    }
}

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
    fn every_indicator_has_a_bundled_weight() {
        let file = include_str!("../../assets/models/quotes_confidence.txt");
        let named: Vec<&str> = entries(file).filter_map(|entry| entry.split_once(' ')).map(|(name, _)| name).collect();
        let indicators: Vec<&str> = Indicator::ALL.iter().map(|indicator| indicator.name()).collect();
        assert_eq!(named, indicators);
        assert!(Confidence::bundled().weights.iter().any(|weight| *weight != 0.0));
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

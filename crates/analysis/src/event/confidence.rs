//! Estimates the confidence in a timeline row by logistic regression on features of its clause, words and time. The
//! data file with the weights describes how they were fitted.

use super::Event;
use super::scrap::is_loose;
use super::signs::{Sign, Signs};
use crate::lexicon::entries;
use crate::logistic::logistic;

/// Bundled weights file, with the bias and one weight per feature.
const WEIGHTS: &str = include_str!("../../assets/models/rows.txt");

/// Confidence below which a row is more likely wrong than correct.
pub(super) const EVEN: f32 = 0.5;

/// Limit on folding: at most one row in four is folded.
const FOLDED: usize = 4;

/// Bias and feature weights, in log odds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Weights {
    bias: f32,
    signs: [f32; Sign::ALL.len()],
}

impl Weights {
    /// Returns the bundled weights.
    pub(super) fn bundled() -> Self {
        Self::parse(WEIGHTS)
    }

    /// Parses lines of the form `name weight`. A feature without a line gets the weight 0.
    fn parse(file: &str) -> Self {
        let mut weights = Self { bias: 0.0, signs: [0.0; Sign::ALL.len()] };
        for (name, weight) in entries(file).filter_map(|entry| entry.split_once(' ')) {
            let weight = weight.trim().parse().unwrap_or(0.0);
            if name == "bias" {
                weights.bias = weight;
            } else if let Some(at) = Sign::ALL.iter().position(|(_, known)| *known == name) {
                weights.signs[at] = weight;
            }
        }
        weights
    }

    /// Returns the confidence in a row with these features, from 0 to 1.
    pub(super) fn of(&self, signs: Signs) -> f32 {
        let odds: f32 = self.bias + self.parts(signs).map(|(_, weight)| weight).sum::<f32>();
        logistic(odds)
    }

    /// Returns the name and weight of each feature that a row has. Weights are in log odds.
    pub(super) fn parts(&self, signs: Signs) -> impl Iterator<Item = (&'static str, f32)> + '_ {
        let all = Sign::ALL.iter().zip(&self.signs);
        let known = all.filter(move |((sign, _), _)| signs.has(*sign));
        known.map(|((_, name), weight)| (*name, *weight))
    }

    /// Returns the log odds for a row that has none of the features.
    pub(super) const fn bias(&self) -> f32 {
        self.bias
    }
}

/// Folds rows that are more likely wrong than correct, and those that begin with a word whose antecedent is unknown,
/// because “It was repainted” means nothing without the text. Starts with the least confident row, and folds at most a
/// quarter of all rows.
pub(super) fn fold(events: &mut [Event]) {
    let is_doubtful = |event: &Event| event.confidence < EVEN || is_loose(&event.summary);
    let mut doubtful: Vec<usize> = (0..events.len()).filter(|index| is_doubtful(&events[*index])).collect();
    doubtful.sort_by(|first, second| events[*first].confidence.total_cmp(&events[*second].confidence));
    for index in doubtful.into_iter().take(events.len() / FOLDED) {
        events[index].folded = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::ANALYZER;
    use crate::{Event, Options};
    use dateline_core::article::Article;
    use jiff::civil::date;

    fn events(text: &str) -> Vec<Event> {
        let options = Options { reference: Some(date(2023, 9, 27)), ..Options::default() };
        ANALYZER.analyze(&Article::verbatim("", text), &options).events
    }

    #[test]
    fn each_sign_has_one_weight() {
        let names: Vec<&str> = entries(WEIGHTS).filter_map(|entry| entry.split(' ').next()).collect();
        let known: Vec<&str> = ["bias"].into_iter().chain(Sign::ALL.iter().map(|(_, name)| *name)).collect();
        assert_eq!(names, known);
    }

    #[test]
    fn signs_add_up_to_odds() {
        let weights = Weights::parse("bias 1.0\npronoun -1.0\nopen -2.0");
        let bits = |signs: &[Sign]| signs.iter().copied().collect::<Signs>();
        assert!((weights.of(bits(&[Sign::Pronoun])) - 0.5).abs() < 1e-6);
        assert!(weights.of(Signs::default()) > 0.7 && weights.of(bits(&[Sign::Pronoun, Sign::Open])) < 0.2);
    }

    #[test]
    fn a_row_that_says_who_did_what_is_surer_than_an_opinion() {
        let fact = &events("The board of Vell closed the pier on Monday.")[0];
        let opinion = &events("“They might do something this year,” said Ines Vale.")[0];
        assert!(fact.confidence > 0.7, "{}", fact.confidence);
        assert!(opinion.confidence + 0.2 < fact.confidence, "{}", opinion.confidence);
    }

    #[test]
    fn at_most_a_quarter_is_folded_the_least_sure_first() {
        let mut rows = vec![events("The board of Vell closed the pier on Monday.")[0].clone(); 9];
        for (row, confidence) in rows.iter_mut().zip([0.4, 0.9, 0.3, 0.45, 0.2, 0.6, 0.8, 0.7, 0.5]) {
            row.confidence = confidence;
        }
        fold(&mut rows);
        let folded: Vec<usize> = (0..9).filter(|index| rows[*index].folded).collect();
        assert_eq!(folded, [2, 4]);
        for row in &mut rows {
            (row.confidence, row.folded) = (0.9, false);
        }
        fold(&mut rows);
        assert!(rows.iter().all(|row| !row.folded));
    }
}

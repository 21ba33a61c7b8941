//! Fits the weights of the confidences: a logistic regression that is drawn towards weights set by hand.

use super::data::{Gold, Story};
use dateline_analysis::training::quotes::rated;
use dateline_analysis::{Analyzer, QuoteKind};
use dateline_core::article::Article;

/// Number of folds of the cross-validation.
const FOLDS: usize = 5;
/// Number of gradient steps, and their length.
const STEPS: usize = 600;
const LENGTH: f64 = 0.02;
/// Strength of the pull towards the weights set by hand, as the precision of a normal prior around them.
const PULL: f64 = 4.0;

/// Quotation or report with its verdict.
pub(super) struct Verdict {
    /// Index of the story.
    story: usize,
    kind: QuoteKind,
    /// Indicators that hold.
    indicators: Vec<usize>,
    right: bool,
}

/// Parses lines of the form `indicator weight`, in order.
pub(super) fn parse(file: &str) -> (Vec<&str>, Vec<f32>) {
    let lines = file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    lines.filter_map(|(name, weight)| Some((name, weight.parse::<f32>().ok()?))).unzip()
}

/// Formats the weights of the indicators with these `names` for [`parse`].
pub(super) fn print(names: &[&str], weights: &[f32]) -> String {
    names.iter().zip(weights).map(|(name, weight)| format!("{name} {weight:.2}\n")).collect()
}

/// Judges the quotations and reports that the analysis finds in `stories` with the ranker's `weights`. Leaves out those
/// that agree only with an optional annotation or with one of another form.
pub(super) fn judge(stories: &[Story], analyzer: &Analyzer, weights: &[f32], names: &[&str]) -> Vec<Verdict> {
    let mut out = Vec::new();
    for (index, story) in stories.iter().enumerate() {
        let article = Article::verbatim("", story.text.as_str());
        for (found, indicators) in rated(&article, analyzer, weights) {
            let speaker = found.speaker.as_ref().map(|speaker| speaker.mention);
            let indirect = found.kind == QuoteKind::Indirect;
            let (wanted, others): (Vec<&Gold>, Vec<&Gold>) =
                story.quotes.iter().partition(|gold| gold.indirect == indirect && !gold.optional);
            let named =
                |gold: &&&Gold| gold.speaker.is_none_or(|wanted| speaker.is_some_and(|words| words.overlaps(wanted)));
            let same: Vec<&&Gold> = wanted.iter().filter(|gold| gold.is_same(found.span)).collect();
            let right = same.iter().any(named);
            if same.is_empty() && others.iter().any(|gold| gold.covers_half(found.span)) {
                continue;
            }
            let place = |name: &&str| names.iter().position(|other| other == name);
            let indicators = indicators.iter().filter_map(place).collect();
            out.push(Verdict { story: index, kind: found.kind, indicators, right });
        }
    }
    out
}

/// Returns the weights that fit `verdicts`, drawn towards `start`.
pub(super) fn fit(verdicts: &[&Verdict], start: &[f32]) -> Vec<f32> {
    let start: Vec<f64> = start.iter().map(|weight| f64::from(*weight)).collect();
    let mut weights = start.clone();
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().zip(&start).map(|(now, then)| PULL * (then - now)).collect();
        for verdict in verdicts {
            let error = f64::from(u8::from(verdict.right)) - probability(&weights, verdict);
            for indicator in &verdict.indicators {
                gradient[*indicator] += error;
            }
        }
        for (weight, slope) in weights.iter_mut().zip(&gradient) {
            *weight += LENGTH * slope;
        }
    }
    weights.iter().map(|weight| *weight as f32).collect()
}

fn probability(weights: &[f64], verdict: &Verdict) -> f64 {
    let odds: f64 = verdict.indicators.iter().map(|indicator| weights[*indicator]).sum();
    1.0 / (1.0 + (-odds).exp())
}

/// Prints how well confidences separate right from wrong in a cross-validation over stories. For words in quotation
/// marks and for reports, prints the mean confidence, the proportion of correct ones and the area under the ROC curve.
pub(super) fn report(verdicts: &[Verdict], start: &[f32]) {
    let mut held_out: Vec<(bool, f64, bool)> = Vec::new();
    for fold in 0..FOLDS {
        let (judged, seen): (Vec<&Verdict>, Vec<&Verdict>) =
            verdicts.iter().partition(|verdict| verdict.story % FOLDS == fold);
        let weights: Vec<f64> = fit(&seen, start).into_iter().map(f64::from).collect();
        held_out.extend(
            judged
                .iter()
                .map(|verdict| (verdict.kind == QuoteKind::Indirect, probability(&weights, verdict), verdict.right)),
        );
    }
    for (name, indirect) in [("quoted", false), ("reports", true)] {
        let rows: Vec<(f64, bool)> =
            held_out.iter().filter(|row| row.0 == indirect).map(|(_, says, right)| (*says, *right)).collect();
        let right = rows.iter().filter(|(_, right)| *right).count() as f64;
        let says: f64 = rows.iter().map(|(says, _)| says).sum();
        let of = rows.len() as f64;
        println!("{name}: {of} rows, says {:.3}, right {:.3}, AUROC {:.3}", says / of, right / of, area(&rows));
    }
}

/// Returns the probability that a right row gets a higher confidence than a wrong one.
fn area(rows: &[(f64, bool)]) -> f64 {
    let (mut higher, mut pairs) = (0.0, 0.0);
    for (says, _) in rows.iter().filter(|(_, right)| *right) {
        for (other, _) in rows.iter().filter(|(_, right)| !*right) {
            pairs += 1.0;
            higher += if says > other { 1.0 } else { f64::from(u8::from((says - other).abs() < 1e-9)) / 2.0 };
        }
    }
    higher / pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(indicators: &[usize], right: bool) -> Verdict {
        Verdict { story: 0, kind: QuoteKind::Direct, indicators: indicators.to_vec(), right }
    }

    #[test]
    fn weights_move_towards_what_was_seen_and_stay_without_evidence() {
        let verdicts: Vec<Verdict> = (0..20).map(|index| verdict(&[0], index % 4 == 0)).collect();
        let weights = fit(&verdicts.iter().collect::<Vec<_>>(), &[2.0, 1.5]);
        assert!(weights[0] < 0.5 && (weights[1] - 1.5).abs() < 0.001, "{weights:?}");
    }

    #[test]
    fn weights_survive_printing() {
        let (names, weights) = parse("# Head.\nafter 3.5\nbefore -0.25\n");
        assert_eq!((names.as_slice(), weights.as_slice()), (["after", "before"].as_slice(), [3.5, -0.25].as_slice()));
        assert_eq!(print(&names, &weights), "after 3.50\nbefore -0.25\n");
    }

    #[test]
    fn the_area_is_the_share_of_pairs_in_order() {
        assert!((area(&[(0.9, true), (0.5, false), (0.4, true), (0.4, false)]) - 0.625).abs() < 0.001);
    }
}

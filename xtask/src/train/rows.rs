//! Fits the confidence of timeline rows: `train rows DATA…`.
//!
//! DATA is a folder in the format of the gold set, a folder of story files with the expected rows, or a file of news
//! records: `{"id", "text", "published", "rows": [{"begin", "status", "need", "not"}]}`.
//!
//! The model is a logistic regression with an L2 penalty on the features of each row. Its bias is that of the news,
//! because invented stories are easier. Before the weights are written, they are evaluated by cross-validation over
//! stories.

#[path = "rows/data.rs"]
mod data;

use data::{Row, Source};
use dateline_analysis::Analyzer;
use dateline_analysis::training::rows::sign_names;
use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;

/// Number of steps of gradient ascent.
const STEPS: usize = 600;
/// Learning rate of gradient ascent.
const RATE: f64 = 1.0;
/// Strength of the L2 penalty.
const PENALTY: f64 = 2.0;
/// Weight of a gold row in the fit, where all other rows have the weight 1. Gold rows are numerous, and their
/// annotation judges the clause less strictly.
const GOLD: f64 = 0.3;
/// Expected proportion of correct rows in news not seen during development. The rules fit the training stories too
/// well, so the bias is lowered until the mean confidence in news is this proportion.
const EXPECTED: f64 = 0.7;
/// Path of the file to which the weights are written.
const FILE: &str = "crates/analysis/assets/models/rows.txt";
/// First line of the weights file.
const HEAD: &str = "# Log odds that a timeline row is right: the bias, then the weight of each sign. See rows.md.";

/// Number of biases. The first is for news stories. The other two are added to the first for the gold set and for
/// invented stories.
const BIASES: usize = 3;

/// Weights in log odds: the biases, followed by one weight per feature.
type Weights = Vec<f64>;

/// Trains on the files and folders in `arguments`.
pub(super) fn train(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let analyzer = Analyzer::bundled();
    let mut rows = Vec::new();
    for path in arguments {
        rows.extend(data::read(&analyzer, Path::new(path))?);
    }
    if rows.is_empty() {
        return Err("name a folder of gold stories or of files of stories".into());
    }
    report(&rows);
    let mut weights = fit(&rows.iter().collect::<Vec<_>>());
    lower(&mut weights, &rows);
    let mut out = format!("{HEAD}\nbias {:.2}\n", weights[0]);
    for (name, weight) in sign_names().zip(&weights[BIASES..]) {
        let _ = writeln!(out, "{name} {weight:.2}");
    }
    std::fs::write(FILE, out)?;
    Ok(())
}

/// Returns the weight of a row in the fit.
fn share(row: &Row) -> f64 {
    if row.source == Source::Gold { GOLD } else { 1.0 }
}

/// Returns the probability that a row is correct, from 0 to 1.
fn probability(weights: &Weights, row: &Row) -> f64 {
    let own = if row.source == Source::News { 0.0 } else { weights[row.source as usize] };
    let odds: f64 = row.signs.iter().zip(&weights[BIASES..]).filter(|(has, _)| **has).map(|(_, weight)| weight).sum();
    1.0 / (1.0 + (-(weights[0] + own + odds)).exp())
}

/// Fits the weights by gradient ascent. The result is deterministic.
fn fit(rows: &[&Row]) -> Weights {
    let mut weights = vec![0.0; rows.first().map_or(0, |row| row.signs.len()) + BIASES];
    let total: f64 = rows.iter().map(|row| share(row)).sum::<f64>().max(1.0);
    for _ in 0..STEPS {
        let mut slope = vec![0.0; weights.len()];
        for row in rows {
            let error = share(row) * (f64::from(u8::from(row.right)) - probability(&weights, row));
            slope[0] += error;
            if row.source != Source::News {
                slope[row.source as usize] += error;
            }
            for (slope, _) in slope[BIASES..].iter_mut().zip(&row.signs).filter(|(_, has)| **has) {
                *slope += error;
            }
        }
        for (index, (weight, slope)) in weights.iter_mut().zip(slope).enumerate() {
            let penalty = if index < BIASES { 0.0 } else { PENALTY * *weight };
            *weight += RATE * (slope - penalty) / total * 4.0;
        }
    }
    weights
}

/// Lowers the bias until the mean probability of the news rows is at most [`EXPECTED`].
fn lower(weights: &mut Weights, rows: &[Row]) {
    /// Amount by which the bias is lowered per step, in log odds.
    const STEP: f64 = 0.01;
    let news: Vec<&Row> = rows.iter().filter(|row| row.source == Source::News).collect();
    let mean =
        |weights: &Weights| news.iter().map(|row| probability(weights, row)).sum::<f64>() / news.len().max(1) as f64;
    while mean(weights) > EXPECTED {
        weights[0] -= STEP;
    }
}

/// Prints the proportion of correct rows for each level of confidence. The rows of each story are evaluated with
/// weights fitted on other stories.
fn report(rows: &[Row]) {
    let stories: BTreeSet<&str> = rows.iter().map(|row| row.story.as_str()).collect();
    let groups: Vec<&str> = stories.into_iter().collect();
    let mut judged: Vec<(f64, bool)> = Vec::new();
    for held in groups.chunks(groups.len().div_ceil(20).max(1)) {
        let (out, rest): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| held.contains(&row.story.as_str()));
        let weights = fit(&rest);
        let strict = out.iter().filter(|row| row.source != Source::Gold);
        judged.extend(strict.map(|row| (probability(&weights, row), row.right)));
    }
    let right = rows.iter().filter(|row| row.right).count();
    println!(
        "{} of {} rows right; of those outside the gold set, judged by weights of other stories:",
        right,
        rows.len()
    );
    let mut error = 0.0;
    for low in [0.0, 0.5, 0.6, 0.7, 0.8, 0.9] {
        let high = if low < 0.5 { 0.5 } else { low + 0.1 };
        let bin: Vec<&(f64, bool)> = judged.iter().filter(|(p, _)| *p >= low && *p < high + 1e-9).collect();
        let count = bin.len() as f64;
        let seen = bin.iter().filter(|(_, right)| *right).count() as f64 / count.max(1.0);
        let expected = bin.iter().map(|(p, _)| p).sum::<f64>() / count.max(1.0);
        error += (seen - expected).abs() * count / judged.len().max(1) as f64;
        println!("  {low:.1} to {high:.1}: {count:4} rows, expected {expected:.2}, right {seen:.2}");
    }
    println!("  calibration error {error:.3}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_confidence_in_news_is_the_expected_share() {
        let row = |source| Row { story: String::new(), signs: vec![true], right: true, source };
        let rows = [row(Source::News), row(Source::Invented)];
        let mut weights = vec![3.0, 0.0, 0.0, 0.5];
        lower(&mut weights, &rows);
        assert!((probability(&weights, &rows[0]) - EXPECTED).abs() < 0.01);
    }

    #[test]
    fn a_sign_of_wrong_rows_gets_a_negative_weight() {
        let row = |sign, right| Row { story: String::new(), signs: vec![sign, true], right, source: Source::News };
        let rows: Vec<Row> = (0..40).map(|index| row(index % 2 == 0, index % 2 == 1 || index % 8 == 0)).collect();
        let weights = fit(&rows.iter().collect::<Vec<_>>());
        assert!(weights[BIASES] < -0.5, "{weights:?}");
        assert!(probability(&weights, &rows[1]) > probability(&weights, &rows[0]));
    }
}

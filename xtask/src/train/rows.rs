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

use data::{Row, Rows, Source};
use dateline_analysis::Analyzer;
use dateline_analysis::training::rows::sign_names;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::path::Path;

/// Number of steps of gradient ascent.
const STEPS: usize = 600;
/// Learning rate of gradient ascent.
const RATE: f64 = 1.0;
/// Strength of the L2 penalty.
const PENALTY: f64 = 2.0;
/// Weight of a news row in the fit, relative to a row of an invented story. News has more weight because it is what
/// users read, and there are fewer rows of it.
const NEWS: f64 = 2.0;
/// Weight of a gold row in the fit. Gold rows are numerous, and their annotation judges the clause less strictly.
const GOLD: f64 = 0.3;
/// Minimum confidence of a row that is shown.
const EVEN: f64 = 0.5;
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
    let mut found = Rows::default();
    for path in arguments {
        data::read(&analyzer, Path::new(path), &mut found)?;
    }
    let rows = &found.rows;
    if rows.is_empty() {
        return Err("name a folder of gold stories or of files of stories".into());
    }
    report(&found);
    let weights = fit(&rows.iter().collect::<Vec<_>>());
    let mut out = format!("{HEAD}\nbias {:.2}\n", weights[0]);
    for (name, weight) in sign_names().zip(&weights[BIASES..]) {
        let _ = writeln!(out, "{name} {weight:.2}");
    }
    std::fs::write(FILE, out)?;
    Ok(())
}

/// Returns the weight of a row in the fit.
fn share(row: &Row) -> f64 {
    match row.source {
        Source::News => NEWS,
        Source::Gold => GOLD,
        Source::Invented => 1.0,
    }
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

/// Row with the confidence that weights fitted on other stories give it.
struct Judged<'a> {
    confidence: f64,
    row: &'a Row,
}

/// Judges the rows of each story by weights fitted on other stories.
fn judge(rows: &[Row]) -> Vec<Judged<'_>> {
    /// Number of groups into which the stories are divided.
    const GROUPS: usize = 20;
    let stories: BTreeSet<&str> = rows.iter().map(|row| row.story.as_str()).collect();
    let group: BTreeMap<&str, usize> = stories.iter().enumerate().map(|(at, story)| (*story, at % GROUPS)).collect();
    let mut judged = Vec::new();
    for held in 0..GROUPS {
        let (out, rest): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| group[row.story.as_str()] == held);
        let weights = fit(&rest);
        judged.extend(out.into_iter().map(|row| Judged { confidence: probability(&weights, row), row }));
    }
    judged
}

/// Prints how well weights fitted on other stories judge the rows of a story.
fn report(found: &Rows) {
    let judged = judge(&found.rows);
    for source in [Source::News, Source::Gold, Source::Invented] {
        let needed: usize = found.needed.iter().filter(|(of, _)| *of == source).map(|(_, count)| count).sum();
        let shown = judged.iter().filter(|judged| judged.row.source == source && judged.confidence >= EVEN);
        let [shown, right, needed_right] = shown.fold([0, 0, 0], |[shown, right, needed], Judged { row, .. }| {
            [shown + 1, right + usize::from(row.right), needed + usize::from(row.needed)]
        });
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let (precision, recall) = (share(right, shown), share(needed_right, needed));
        let f = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        println!("{source:?}: {shown} rows shown, precision {precision:.3}, recall {recall:.3} of {needed}, F {f:.3}");
    }
    calibration(judged.iter().filter(|judged| judged.row.source != Source::Gold));
}

/// Prints the proportion of correct rows for each level of confidence.
fn calibration<'a>(judged: impl Iterator<Item = &'a Judged<'a>>) {
    let judged: Vec<(f64, bool)> = judged.map(|judged| (judged.confidence, judged.row.right)).collect();
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
    fn the_bias_is_that_of_news() {
        let row = |source, right| Row { story: String::new(), signs: vec![false], right, needed: right, source };
        let news = (0..40).map(|index| row(Source::News, index % 2 == 0));
        let rows: Vec<Row> = news.chain((0..400).map(|_| row(Source::Invented, true))).collect();
        let weights = fit(&rows.iter().collect::<Vec<_>>());
        assert!(probability(&weights, &rows[0]) < 0.6, "{weights:?}");
        assert!(probability(&weights, &rows[40]) > 0.8, "{weights:?}");
    }

    #[test]
    fn a_sign_of_wrong_rows_gets_a_negative_weight() {
        let row = |sign, right| Row {
            story: String::new(),
            signs: vec![sign, true],
            right,
            needed: right,
            source: Source::News,
        };
        let rows: Vec<Row> = (0..40).map(|index| row(index % 2 == 0, index % 2 == 1 || index % 8 == 0)).collect();
        let weights = fit(&rows.iter().collect::<Vec<_>>());
        assert!(weights[BIASES] < -0.5, "{weights:?}");
        assert!(probability(&weights, &rows[1]) > probability(&weights, &rows[0]));
    }
}

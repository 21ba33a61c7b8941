//! Fits the pair model that gathers stories: `train clusters FILE…`, with one record a line:
//! `{"id", "cluster", "published"?, "title"?, "text"}`.
//!
//! The model is three logistic regressions with an L2 penalty: one for pairs with days, one for other pairs with headlines
//! and one for the rest. The last two differ only in their bias. A third of the happenings is left out, by the checksum of
//! their names. Happenings without days get drawn ones, because days decide most: each happening a day, and each of its
//! stories the same day or a little later.

use crate::eval::clusters::{Story, checksum, load};
use dateline_analysis::{Analysis, Analyzer, Options};
use dateline_core::article::Article;
use dateline_library::training::pairs;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;

/// File to which the weights are written.
const FILE: &str = "crates/library/assets/models/clusters.txt";
/// First line of the weights file.
const HEAD: &str =
    "# Weights of the pair model that gathers stories, one a line: model, feature, weight. See clusters.md.";
/// Features that a model leaves out. With known days, names would weigh too much: the stories of the data have more of
/// them than the openings of others.
const LEFT_OUT: [&[&str]; 3] = [&["names", "numbers", "other_months", "other_years"], &["days"], &["days"]];
/// Names of the models, in the order of [`LEFT_OUT`] and [`BIASES`].
const MODELS: [&str; 3] = ["dated", "undated", "bare"];
/// Number of times that days are drawn.
const DRAWS: u32 = 8;
/// Days over which the happenings are drawn.
const SPAN: f64 = 10.0;
/// Mean delay of a story after its happening, in days.
const DELAY: f64 = 0.5;
/// Strength of the L2 penalty, per pair.
const PENALTY: f64 = 1e-3;
/// Number of steps of Newton's method, which converges in about ten.
const STEPS: usize = 30;
/// Addends to the biases. That of the undated stories with headlines was chosen on the stories of other outlets, those of
/// the others on the data.
const BIASES: [f64; 3] = [-0.25, 1.25, -0.6];

/// Pair of stories as the model sees it: its features, and whether both report the same happening.
type Pair = (Vec<(&'static str, f64)>, bool);

/// Trains on the files in `arguments`.
pub(super) fn train(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let analyzer = Analyzer::bundled();
    let (mut dated, mut undated) = (Vec::new(), Vec::new());
    for path in arguments {
        let stories: Vec<Story> =
            load(Path::new(path))?.into_iter().filter(|story| !is_left_out(&story.cluster)).collect();
        let articles: Vec<(Article, Analysis)> =
            stories.iter().enumerate().map(|(at, story)| annotated(&analyzer, story.article(at))).collect();
        let same = |a: usize, b: usize| stories[a].cluster == stories[b].cluster;
        let found = pairs(&articles, &vec![None; articles.len()]);
        undated.extend(found.into_iter().map(|(a, b, features)| (features.to_vec(), same(a, b))));
        let are_known = articles.iter().all(|(article, _)| article.published.is_some());
        for draw in 0..if are_known { 1 } else { DRAWS } {
            let days = if are_known { known(&articles) } else { drawn(&stories, draw) };
            dated.extend(pairs(&articles, &days).into_iter().map(|(a, b, features)| (features.to_vec(), same(a, b))));
        }
    }
    let Some((features, _)) = undated.first() else {
        return Err("name files of stories with their happenings".into());
    };
    let names: Vec<&str> = features.iter().map(|(name, _)| *name).collect();
    let mut out = format!("{HEAD}\n");
    for (at, model) in MODELS.into_iter().enumerate() {
        let pairs = if at == 0 { &dated } else { &undated };
        let weights = fit(pairs, LEFT_OUT[at]);
        println!("{model}: {} pairs, {} of one happening", pairs.len(), pairs.iter().filter(|pair| pair.1).count());
        writeln!(out, "{model} bias {:.2}", weights[names.len()] + BIASES[at])?;
        for (name, weight) in names.iter().zip(&weights).filter(|(name, _)| !LEFT_OUT[at].contains(name)) {
            writeln!(out, "{model} {name} {weight:.2}")?;
        }
    }
    std::fs::write(FILE, out)?;
    println!("wrote {FILE}");
    Ok(())
}

/// Annotates an article.
fn annotated(analyzer: &Analyzer, article: Article) -> (Article, Analysis) {
    let analysis = analyzer.analyze(&article, &Options::default());
    (article, analysis)
}

/// Returns whether the stories of a happening are left out of training.
fn is_left_out(cluster: &str) -> bool {
    checksum(cluster).is_multiple_of(3)
}

/// Returns the days of articles, counted from 1970-01-01.
fn known(articles: &[(Article, Analysis)]) -> Vec<Option<i64>> {
    let first = jiff::civil::date(1970, 1, 1);
    let day = |article: &Article| article.published.as_ref().map(|known| i64::from((known.date - first).get_days()));
    articles.iter().map(|(article, _)| day(article)).collect()
}

/// Draws the days of stories.
fn drawn(stories: &[Story], draw: u32) -> Vec<Option<i64>> {
    let share = |name: &str| checksum(&format!("{draw} {name}")) as f64 / u64::MAX as f64;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut day = |story: &Story| {
        let count = counts.entry(story.cluster.clone()).or_default();
        *count += 1;
        let delay = -DELAY * (1.0 - share(&format!("{} {count}", story.cluster))).max(1e-9).ln();
        (SPAN * share(&story.cluster) + delay.min(SPAN)) as i64
    };
    stories.iter().map(|story| Some(day(story))).collect()
}

/// Fits the weights, with the bias last, by Newton's method. The features in `left_out` get none.
fn fit(pairs: &[Pair], left_out: &[&str]) -> Vec<f64> {
    let bias = pairs.first().map_or(0, |(features, _)| features.len());
    let count = bias + 1;
    let mut weights = vec![0.0; count];
    for _ in 0..STEPS {
        // Rows of the equations: the curvature, with the slope as the last column.
        let mut rows = vec![vec![0.0; count + 1]; count];
        for (features, same) in pairs {
            let used = features.iter().map(|(name, value)| if left_out.contains(name) { 0.0 } else { *value });
            let inputs: Vec<f64> = used.chain([1.0]).collect();
            let sum: f64 = inputs.iter().zip(&weights).map(|(input, weight)| input * weight).sum();
            let probability = 1.0 / (1.0 + (-sum).exp());
            let error = probability - f64::from(u8::from(*same));
            for (row, one) in rows.iter_mut().zip(&inputs) {
                for (slot, other) in row.iter_mut().zip(&inputs) {
                    *slot += probability * (1.0 - probability) * one * other;
                }
                row[count] += error * one;
            }
        }
        let penalty = PENALTY * pairs.len() as f64;
        for (at, row) in rows.iter_mut().enumerate() {
            // A feature that no pair has gets no weight.
            row[at] += if at < bias { penalty } else { f64::EPSILON };
            row[count] += if at < bias { penalty * weights[at] } else { 0.0 };
        }
        for (weight, step) in weights.iter_mut().zip(solve(rows)) {
            *weight -= step;
        }
    }
    weights
}

/// Solves linear equations whose matrix is positive definite. Each row has its right-hand side as the last column.
fn solve(mut rows: Vec<Vec<f64>>) -> Vec<f64> {
    let count = rows.len();
    for at in 0..count {
        let pivot: Vec<f64> = rows[at].iter().map(|value| value / rows[at][at]).collect();
        for (other, row) in rows.iter_mut().enumerate() {
            let factor = row[at];
            for (slot, value) in row.iter_mut().zip(&pivot) {
                *slot = if other == at { *value } else { *slot - factor * value };
            }
        }
    }
    rows.into_iter().map(|row| row[count]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let found = solve(vec![vec![2.0, 1.0, 5.0], vec![1.0, 3.0, 10.0]]);
        assert!((found[0] - 1.0).abs() < 1e-9 && (found[1] - 3.0).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn the_feature_that_separates_the_pairs_gets_the_weight() {
        let pair = |text: f64, same| (vec![("text", text), ("lead", 0.5), ("days", text)], same);
        let pairs: Vec<Pair> = (0..20).map(|n| pair(f64::from(n) / 20.0, n > 10 || n == 3)).collect();
        let weights = fit(&pairs, &["days"]);
        assert!(weights[0] > 1.0 && weights[0] > 2.0 * weights[1].abs(), "{weights:?}");
        assert!(weights[2].abs() < f64::EPSILON, "{weights:?}");
    }
}

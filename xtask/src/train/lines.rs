//! Trains the classifier that separates the story on a page from the boilerplate.
//!
//! `train lines [--cross-validate K] FILE…`: each file contains one rendering of the same pages, as one JSON record per
//! line with the fields `id`, `domain`, `dump` and `gold_body`. By default, the weights are written to
//! `crates/ingest/assets/models/lines.bin`. With `--cross-validate`, nothing is written, and the score on held-out
//! domains is printed instead.

mod blend;
mod label;
mod list;
mod score;
mod thread;

use crate::train::boost::{Random, Rows, Settings, grow};
use dateline_ingest::training::{self, FeatureMatrix, FirstPass, Forest, Model, Unit, scores};
use rayon::prelude::*;
use serde::Deserialize;
use std::error::Error;
use std::fs;

/// Score below which a page is listed, for a developer to examine.
const WORTH_A_LOOK: f64 = 0.75;
/// Path of the file to which the weights are written.
const OUTPUT_PATH: &str = "crates/ingest/assets/models/lines.bin";
/// Number of models that are averaged into the final one.
const MODELS: u64 = 3;
/// Number of inner folds. For each, the first classifier is trained without that fold, so that the second one can learn
/// from out-of-fold scores.
const INNER: u64 = 4;
const FIRST: Settings = Settings { trees: 90, depth: 5, rate: 0.1, features: 0.3, rows: 0.7, least: 0.4, penalty: 1.0 };
const SECOND: Settings =
    Settings { trees: 60, depth: 4, rate: 0.1, features: 0.25, rows: 0.6, least: 25.0, penalty: 15.0 };
/// Maximum distance from the story, in lines, at which every line is a training row.
const SURROUNDINGS: usize = 12;
/// Of the lines farther from the story than [`SURROUNDINGS`], one in this many becomes a training row.
const THINNING: usize = 3;
/// Number of synthetic pages made from each page.
const BLENDS: usize = 2;
/// Cost of switching between kept and dropped lines. [`BIAS`] is added to the log-odds of each line.
const SWITCH: f32 = 0.3;
const BIAS: f32 = 0.3;

/// A record of the training data.
#[derive(Clone, Deserialize)]
struct Record {
    id: String,
    domain: String,
    dump: String,
    gold_body: String,
}

/// A rendered page with features, labels and weights for training.
struct Page {
    record: Record,
    rendering: usize,
    units: Vec<Unit>,
    view: FirstPass,
    labels: Vec<f32>,
    weights: Vec<f32>,
}

/// Trains on the files in `arguments`, or runs a cross-validation on them.
pub(super) fn train(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let (folds, files) = match arguments {
        [flag, count, files @ ..] if flag == "--cross-validate" => (Some(count.parse::<u64>()?), files),
        files => (None, files),
    };
    if files.is_empty() || folds.is_some_and(|folds| folds < 2) {
        return Err("lines: name the files to learn from, and two folds or more".into());
    }
    let pages = read(files)?;
    if let Some(folds) = folds {
        validate(&pages, files, folds);
    } else {
        let all: Vec<&Page> = pages.iter().collect();
        let bytes = fit(&all).to_bytes();
        println!("{} pages, {} bytes of weights to {OUTPUT_PATH}", pages.len(), bytes.len());
        fs::write(OUTPUT_PATH, bytes)?;
    }
    Ok(())
}

fn read(files: &[String]) -> Result<Vec<Page>, Box<dyn Error>> {
    let mut records = Vec::new();
    for (rendering, file) in files.iter().enumerate() {
        for line in fs::read_to_string(file)?.lines() {
            records.push((rendering, serde_json::from_str::<Record>(line)?));
        }
    }
    Ok(records.into_par_iter().map(|(rendering, record)| Page::new(record, rendering)).collect())
}

impl Page {
    fn new(record: Record, rendering: usize) -> Self {
        let units = training::units(&record.dump);
        let texts: Vec<&str> = units.iter().map(|unit| unit.text.as_str()).collect();
        let shares = label::shares(&texts, &record.gold_body);
        let labels = shares.iter().map(|share| f32::from(u8::from(*share > 0.5))).collect();
        Self::of_units(record, rendering, units, labels)
    }

    fn of_units(record: Record, rendering: usize, units: Vec<Unit>, labels: Vec<f32>) -> Self {
        let (view, words) = training::first_pass(&units);
        // Longer lines have more weight, but all pages have nearly the same total weight.
        let mut weights: Vec<f32> = words.iter().map(|words| (1.0 + *words as f32).sqrt()).collect();
        let sum: f32 = weights.iter().sum::<f32>().max(1.0);
        for weight in &mut weights {
            *weight *= 10.0 / sum.sqrt();
        }
        Self { record, rendering, units, view, labels, weights }
    }

    /// Returns the fold of the page's domain. All renderings of a page, and all pages of a domain, are in the same
    /// fold.
    fn fold(&self, folds: u64, salt: u64) -> u64 {
        let hash =
            self.record.domain.bytes().fold(salt, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Random(hash).next() % folds
    }
}

/// Builds synthetic pages from the stories of `pages` and the surroundings of other pages. Both are from the same
/// rendering and the same inner fold.
fn blends(pages: &[&Page], seed: u64) -> Vec<Page> {
    (0..pages.len() * BLENDS)
        .into_par_iter()
        .filter_map(|number| {
            let page = pages[number % pages.len()];
            let mut random = Random(seed + number as u64);
            let others: Vec<&&Page> = pages
                .iter()
                .filter(|other| {
                    other.rendering == page.rendering
                        && other.fold(INNER, 77) == page.fold(INNER, 77)
                        && other.record.domain != page.record.domain
                })
                .collect();
            let other = others.get(random.next() as usize % others.len().max(1))?;
            blend::blend(page, other, &mut random)
        })
        .collect()
}

/// Trains on `pages`. Returns the mean of several models, each trained with different synthetic pages and samples.
fn fit(pages: &[&Page]) -> Model {
    let models: Vec<Model> = (1..=MODELS).into_par_iter().map(|seed| fit_one(pages, seed * 1000)).collect();
    let first = Forest::mean(models.iter().map(|model| &model.first));
    let second = Forest::mean(models.iter().map(|model| &model.second));
    Model { first, second, switch: SWITCH, bias: BIAS }
}

/// Trains one model. Its second classifier learns from the scores that the first gives to held-out pages.
fn fit_one(pages: &[&Page], seed: u64) -> Model {
    let blends = blends(pages, seed);
    let pages: Vec<&Page> = pages.iter().copied().chain(&blends).collect();
    let pages = pages.as_slice();
    let unseen: Vec<(usize, Vec<f32>)> = (0..INNER)
        .into_par_iter()
        .flat_map(|fold| {
            let (held, rest): (Vec<usize>, Vec<usize>) =
                (0..pages.len()).partition(|at| pages[*at].fold(INNER, 77) == fold);
            let rest: Vec<&Page> = rest.into_iter().map(|at| pages[at]).collect();
            let tables: Vec<&FeatureMatrix> = rest.iter().map(|page| &page.view.table).collect();
            let forest = grow(&rows(&rest, &tables), &FIRST, seed + fold);
            held.into_iter().map(|at| (at, scores(&forest, &pages[at].view.table))).collect::<Vec<_>>()
        })
        .collect();
    let mut odds = vec![Vec::new(); pages.len()];
    for (at, of_page) in unseen {
        odds[at] = of_page;
    }
    let seconds: Vec<FeatureMatrix> =
        pages.iter().zip(&odds).map(|(page, odds)| training::second_pass(&page.view, odds)).collect();
    let firsts: Vec<&FeatureMatrix> = pages.iter().map(|page| &page.view.table).collect();
    let second_tables: Vec<&FeatureMatrix> = seconds.iter().collect();
    let (first, second) = rayon::join(
        || grow(&rows(pages, &firsts), &FIRST, seed + 100),
        || grow(&rows(pages, &second_tables), &SECOND, seed + 200),
    );
    Model { first, second, switch: SWITCH, bias: BIAS }
}

fn rows<'a>(pages: &[&'a Page], tables: &[&'a FeatureMatrix]) -> Rows<'a> {
    let mut out = Rows { features: Vec::new(), labels: Vec::new(), weights: Vec::new() };
    for (page, table) in pages.iter().zip(tables) {
        for at in 0..page.units.len() {
            // Deep inside a menu or a footer, every third line is as informative as all of them.
            let from = at.saturating_sub(SURROUNDINGS);
            let far = page.labels.iter().skip(from).take(2 * SURROUNDINGS + 1).all(|label| *label < 0.5);
            if far && at % THINNING != 0 {
                continue;
            }
            let weight = if far { page.weights[at] * THINNING as f32 } else { page.weights[at] };
            out.features.push(table.row(at));
            out.labels.push(page.labels[at]);
            out.weights.push(weight);
        }
    }
    out
}

/// Scores the articles extracted from pages of domains held out of training.
fn validate(pages: &[Page], files: &[String], folds: u64) {
    let scored: Vec<(usize, String, score::Score)> = (0..folds)
        .into_par_iter()
        .flat_map(|fold| {
            let (held, rest): (Vec<&Page>, Vec<&Page>) = pages.iter().partition(|page| page.fold(folds, 5) == fold);
            let model = fit(&rest);
            held.into_iter()
                .map(|page| {
                    let article = training::articles(&model, &page.record.id, &page.record.dump);
                    (page.rendering, page.record.id.clone(), score::of(article.first(), &page.record.gold_body))
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let mut sum = 0.0;
    for (rendering, file) in files.iter().enumerate() {
        let of_file: Vec<&score::Score> =
            scored.iter().filter(|(other, ..)| *other == rendering).map(|(.., score)| score).collect();
        let (precision, recall, f1) = score::mean(&of_file);
        sum += f1;
        println!("F1 {f1:.3}  P {precision:.3}  R {recall:.3}  {file}");
    }
    println!("mean F1 {:.4} over {} files, {folds} folds by domain", sum / files.len() as f64, files.len());
    let mut worst: Vec<_> = scored.iter().filter(|(.., score)| score.f1() < WORTH_A_LOOK).collect();
    worst.sort_by(|left, right| left.2.f1().total_cmp(&right.2.f1()));
    for (rendering, id, score) in worst {
        println!(
            "  {:.3}  P {:.3}  R {:.3}  {}  {id}",
            score.f1(),
            score.precision.unwrap_or(0.0),
            score.recall,
            files[*rendering]
        );
    }
}

//! Trains the weights of the name recogniser:
//!
//! ```text
//! train names [--out FILE] [--keep WEIGHTS] [--measure RECORDS]… [--errors RECORDS]… [--clusters RECORDS] DATA…
//! ```
//!
//! DATA are annotated text files, or folders of such files. Without DATA, `--measure` evaluates the bundled weights.
//! `--clusters` prints the entities into which the mentions in the records are clustered.

#[path = "names/corpus.rs"]
mod corpus;
#[path = "names/measure.rs"]
mod measure;
#[path = "names/perceptron.rs"]
mod perceptron;
#[path = "names/repair.rs"]
mod repair;
#[path = "names/template.rs"]
mod template;

use corpus::Annotated;
use dateline_analysis::training::names::{Example, Model, examples};
use dateline_analysis::training::{Document, Resources};
use dateline_core::article::{Article, Block, BlockKind};
use perceptron::Numbered;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Path of the file to which the weights are written by default.
const OUTPUT_PATH: &str = "crates/analysis/assets/models/names.bin";
/// Number of passes over the training data.
const ROUNDS: usize = 5;
/// Number of weights to keep by default; the smallest ones are dropped.
const KEEP: usize = 380_000;

/// Options on the command line, parsed.
#[derive(Default)]
struct Job {
    out: Option<String>,
    keep: Option<usize>,
    measure: Vec<(String, bool)>,
    clusters: Option<String>,
    data: Vec<String>,
}

/// Trains on the files in `arguments`.
pub(super) fn train(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let job = Job::parse(arguments)?;
    let resources = Resources::bundled();
    let model = if job.data.is_empty() {
        Model::bundled()
    } else {
        let bytes = weights(&job.data, &resources, job.keep.unwrap_or(KEEP))?;
        let out = job.out.as_deref().unwrap_or(OUTPUT_PATH);
        fs::write(out, &bytes).map_err(|error| format!("{out}: {error}"))?;
        eprintln!("{} bytes into {out}", bytes.len());
        Model::read(&bytes).ok_or("the weights cannot be read back")?
    };
    if let Some(records) = &job.clusters {
        measure::clusters(records, &resources)?;
    }
    for (records, errors) in &job.measure {
        measure::measure(records, &model, &resources, *errors)?;
    }
    Ok(())
}

impl Job {
    fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut job = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().cloned().ok_or(format!("{argument} wants a value"));
            match argument.as_str() {
                "--out" => job.out = Some(value()?),
                "--keep" => job.keep = Some(value()?.parse().map_err(|_| "--keep wants a number")?),
                "--measure" => job.measure.push((value()?, false)),
                "--errors" => job.measure.push((value()?, true)),
                "--clusters" => job.clusters = Some(value()?),
                data => job.data.push(data.to_owned()),
            }
        }
        Ok(job)
    }
}

/// Reads the training data and trains the weights on it.
fn weights(paths: &[String], resources: &Resources, keep: usize) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut examples = Vec::new();
    for path in files(paths)? {
        let documents = corpus::read(&path)?;
        let before = examples.len();
        for document in documents {
            read(document, resources, &mut examples);
        }
        eprintln!("{path}: {} stretches", examples.len() - before);
    }
    Ok(perceptron::train(&Numbered::new(examples), ROUNDS, keep))
}

/// Returns the given files, together with those in the given folders, in order.
fn files(paths: &[String]) -> Result<Vec<String>, Box<dyn Error>> {
    let mut files = Vec::new();
    for path in paths {
        if Path::new(path).is_dir() {
            let mut inside = Vec::new();
            for entry in fs::read_dir(path)? {
                inside.push(entry?.path().display().to_string());
            }
            inside.sort();
            files.extend(inside);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// Appends the training examples of a document.
fn read(annotated: Annotated, resources: &Resources, out: &mut Vec<Example>) {
    let blocks = annotated.lines.iter().map(|line| Block::new(BlockKind::Paragraph, *line)).collect();
    let article = Article { text: annotated.text, blocks, ..Article::default() };
    out.extend(examples(&Document::new(&article, resources), &annotated.names));
}

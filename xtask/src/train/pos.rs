//! Trains the weights of the part-of-speech tagger:
//!
//! ```text
//! train pos [--out FILE] [--keep WEIGHTS] [--rounds N] [--orders N] [--margin SCORE] [--drop PER-MILLE] [--least N]
//!           [--folds N] [--silver FILE]… [--gold N] [--cases N] [--without NAME]… DATA…
//! ```
//!
//! DATA are files of tagged text from a treebank. Those given by `--silver` were tagged by a program. `--gold` counts
//! each document of the treebank N times, because the texts tagged by a program are many times larger. `--cases` adds
//! N copies of each document in other letter case. `--folds` runs a cross-validation and writes no weights: for each
//! fold, it trains on the documents outside the fold and prints the accuracy on the fold. `--without` leaves out
//! documents whose name contains NAME.

#[path = "pos/letter_case.rs"]
mod letter_case;
#[path = "pos/perceptron.rs"]
mod perceptron;

use crate::eval::parts;
use crate::treebank::{self, Annotated};
use dateline_analysis::training::pos::{self, Weights};
use dateline_analysis::training::{Document, Resources};
use perceptron::{Corpus, Settings};
use std::error::Error;
use std::fs;
use std::str::FromStr;

/// Path of the file to which the weights are written by default.
const OUT: &str = "crates/analysis/assets/models/pos.bin";

/// Genres of documents, as they appear in the names of documents. The last one, an empty string, matches all genres.
const GENRES: [&str; 8] = ["news", "interview", "academic", "court", "speech", "textbook", "vlog", ""];

/// Options on the command line, parsed.
#[derive(Default)]
struct Job {
    out: Option<String>,
    folds: usize,
    without: Vec<String>,
    silver: Vec<String>,
    /// Additional times that each document of the treebank counts.
    repeats: usize,
    /// Copies of each document of the treebank in other letter case.
    cases: u64,
    settings: Settings,
    data: Vec<String>,
}

/// Trains on the files in `arguments`.
pub(super) fn train(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let job = Job::parse(arguments)?;
    let resources = Resources::bundled();
    let mut texts = Vec::new();
    for path in &job.data {
        texts.extend(treebank::read(path)?);
    }
    texts.retain(|text| !job.without.iter().any(|name| text.name.contains(name.as_str())));
    let mut silver = Vec::new();
    for path in &job.silver {
        silver.extend(treebank::read(path)?);
    }
    eprintln!("{} documents, {} with tags of another tagger", texts.len(), silver.len());
    if job.folds > 1 {
        return cross_validate(&texts, &silver, &job, &resources);
    }
    let gold: Vec<&Annotated> = texts.iter().collect();
    let bytes = weights(&gold, &silver, &job, &resources);
    let out = job.out.as_deref().unwrap_or(OUT);
    fs::write(out, &bytes).map_err(|error| format!("{out}: {error}"))?;
    eprintln!("{} bytes into {out}", bytes.len());
    Weights::read(&bytes).ok_or("the weights cannot be read back")?;
    Ok(())
}

impl Job {
    fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut job = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().cloned().ok_or(format!("{argument} needs a value"));
            match argument.as_str() {
                "--out" => job.out = Some(value()?),
                "--keep" => job.settings.keep = number(argument, &value()?)?,
                "--rounds" => job.settings.rounds = number(argument, &value()?)?,
                "--orders" => job.settings.orders = number(argument, &value()?)?,
                "--margin" => job.settings.margin = number(argument, &value()?)?,
                "--drop" => job.settings.drop = number(argument, &value()?)?,
                "--least" => job.settings.least = number(argument, &value()?)?,
                "--folds" => job.folds = number(argument, &value()?)?,
                "--gold" => job.repeats = number::<usize>(argument, &value()?)?.saturating_sub(1),
                "--cases" => job.cases = number(argument, &value()?)?,
                "--silver" => job.silver.push(value()?),
                "--without" => job.without.push(value()?),
                data => job.data.push(data.to_owned()),
            }
        }
        if job.data.is_empty() { Err("name the files to train on".to_owned()) } else { Ok(job) }
    }
}

fn number<T: FromStr>(argument: &str, text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{argument} needs a number, not {text}"))
}

/// Trains weights on documents of the treebank and texts tagged by a program.
fn weights(gold: &[&Annotated], silver: &[Annotated], job: &Job, resources: &Resources) -> Vec<u8> {
    let seeds = 1..=job.cases;
    let varied: Vec<Annotated> =
        seeds.flat_map(|seed| gold.iter().map(move |text| letter_case::varied(text, seed))).collect();
    let repeated = std::iter::repeat_n(gold, job.repeats + 1).flatten().copied();
    let mut corpus = Corpus::default();
    for text in repeated.chain(silver).chain(&varied) {
        let document = Document::new(&text.article, resources);
        let gold = text.gold(&document);
        let (reading, sentences) = pos::read(&document);
        let tags: Vec<_> = gold.iter().map(|gold| gold.map(|gold| gold.tag)).collect();
        corpus.push(reading, sentences, &tags);
    }
    perceptron::train(&corpus, &job.settings)
}

/// Prints the figures for each text, using weights trained without that text.
fn cross_validate(
    texts: &[Annotated],
    silver: &[Annotated],
    job: &Job,
    resources: &Resources,
) -> Result<(), Box<dyn Error>> {
    let mut scores = Vec::new();
    for fold in 0..job.folds {
        let (held, rest): (Vec<_>, Vec<_>) = texts.iter().enumerate().partition(|(index, _)| index % job.folds == fold);
        let gold: Vec<&Annotated> = rest.into_iter().map(|(_, text)| text).collect();
        let bytes = weights(&gold, silver, job, resources);
        let model = Weights::read(&bytes).ok_or("the weights cannot be read back")?;
        for (_, text) in held {
            let document = Document::new(&text.article, resources);
            let tags = pos::tags(&document, Some(&model));
            scores.push((text.name.clone(), parts::score(text, &document, &tags)));
        }
        eprintln!("fold {} of {}: {} bytes", fold + 1, job.folds, bytes.len());
    }
    let mut out = std::io::stdout().lock();
    for genre in GENRES {
        let some: Vec<_> =
            scores.iter().filter(|(name, _)| name.contains(genre)).map(|(_, score)| score.clone()).collect();
        if !some.is_empty() {
            parts::report(&mut out, if genre.is_empty() { "all" } else { genre }, &some, genre.is_empty())?;
        }
    }
    Ok(())
}

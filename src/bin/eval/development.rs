//! Scores development files: records of other people's annotation, one layer at a time.

use crate::quotes::{self, BLOCKS};
use crate::records::{self, Record};
use crate::{aliases, names, report, system, times};
use clap::ValueEnum;
use dateline::analysis::{Analysis, EntityKind};
use dateline::article::Article;
use std::io::{self, Write};
use std::path::Path;

/// The layers of annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Layer {
    /// Who said what.
    Quotes,
    /// People, organisations and places.
    Names,
    /// Names put together.
    Aliases,
    /// Time expressions.
    Times,
}

/// The types of names that such files annotate.
const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organization, EntityKind::Place];

/// Analyses the texts of a file and prints the scores of one layer, then up to `mistakes` single mistakes.
///
/// # Errors
/// When the file cannot be read or the scores not be written.
pub fn score(out: &mut dyn Write, layer: Layer, path: &Path, mistakes: usize) -> anyhow::Result<()> {
    let records = records::load(path)?;
    let articles: Vec<Article> =
        records.iter().map(|record| system::article(&record.id(), &record.text, record.date())).collect();
    let analyses = system::analyses(&articles);
    let pairs = || records.iter().zip(&analyses);
    writeln!(out, "{}: {} texts", path.display(), records.len())?;
    match layer {
        Layer::Quotes => score_quotes(out, pairs(), mistakes)?,
        Layer::Names => {
            let mut score = names::Score::default();
            pairs().for_each(|(record, analysis)| {
                score.add(&record.text, &record.names(), &names::found(analysis, &KINDS));
            });
            report::names(out, &score, &KINDS)?;
        }
        Layer::Aliases => {
            let mut score = aliases::Score::default();
            pairs().for_each(|(record, analysis)| score.add(&record.clusters(), &aliases::found(analysis)));
            report::aliases(out, &score)?;
        }
        Layer::Times => {
            let mut score = times::Score::default();
            pairs().for_each(|(record, analysis)| {
                score.add(&record.text, &record.times(), &times::found(analysis));
            });
            report::times(out, &score)?;
            report::mistakes(out, "times", &score.mistakes, mistakes)?;
        }
    }
    Ok(())
}

fn score_quotes<'a>(
    out: &mut dyn Write,
    pairs: impl Iterator<Item = (&'a Record, &'a Analysis)>,
    mistakes: usize,
) -> io::Result<()> {
    let mut scores = BLOCKS.map(|block| (block, quotes::Score::default()));
    for (record, analysis) in pairs {
        let (wanted, found) = (record.quotes(), quotes::found(&record.text, analysis));
        for (block, score) in &mut scores {
            score.add(&quotes::score(&record.text, &wanted, &found, *block));
        }
    }
    report::quotes(out, scores.iter().map(|(block, score)| (*block, score)))?;
    let all = scores.last().map_or(&[][..], |(_, score)| &score.mistakes);
    report::mistakes(out, "quotes", all, mistakes)
}

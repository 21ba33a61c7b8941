//! Scores the analysis: on our own gold in `tests/gold/`, and on any development files named.

mod aliases;
mod calibration;
mod development;
mod evaluation;
mod events;
mod floors;
mod gold;
mod matching;
mod measure;
mod names;
mod quotes;
mod records;
mod report;
mod speaker;
mod speed;
mod system;
mod times;

use clap::Parser;
use development::Layer;
use evaluation::Evaluation;
use gold::Story;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Scores the analysis on the gold set, or on a development file: `eval quotes FILE.jsonl`.
#[derive(Debug, Parser)]
struct Arguments {
    /// What to score in FILE; without it the gold set is scored.
    #[arg(requires = "file")]
    layer: Option<Layer>,
    /// One JSON record a line, offsets in code points.
    file: Option<PathBuf>,
    /// The folder of the gold set.
    #[arg(long, value_name = "FOLDER", default_value = "tests/gold")]
    gold: PathBuf,
    /// Print the main figures for each kind of story as well.
    #[arg(long)]
    by_kind: bool,
    /// Fail when a figure falls below its floor.
    #[arg(long, value_name = "FILE")]
    check_floors: Option<PathBuf>,
    /// Print every figure by the name that a floor would have.
    #[arg(long)]
    figures: bool,
    /// Print the speed of each stage over the texts of a file of records.
    #[arg(long, value_name = "FILE")]
    speed: Option<PathBuf>,
}

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    if let Some(path) = &arguments.speed {
        speed::report(path)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let (Some(layer), Some(path)) = (arguments.layer, &arguments.file) {
        development::score(layer, path)?;
        return Ok(ExitCode::SUCCESS);
    }
    own_gold(&arguments)
}

/// Scores the gold set and holds it to its floors.
fn own_gold(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let stories = gold::load(&arguments.gold)?;
    let articles: Vec<_> =
        stories.iter().map(|story| system::article(&story.name, &story.text, Some(story.published))).collect();
    let analyses = system::analyses(&articles);
    let mut all = Evaluation::default();
    let mut kinds: BTreeMap<&str, (usize, Evaluation)> = BTreeMap::new();
    for (story, analysis) in stories.iter().zip(&analyses) {
        all.add(story, analysis);
        let (count, evaluation) = kinds.entry(story.kind.as_str()).or_default();
        *count += 1;
        evaluation.add(story, analysis);
    }
    let figures = all.figures();
    if arguments.figures {
        for (name, figure) in &figures {
            println!("{name} = {figure:.1}");
        }
    } else {
        print(&stories, &arguments.gold, &all);
    }
    if arguments.by_kind {
        report::by_kind(kinds.iter().map(|(kind, (count, evaluation))| (*kind, *count, evaluation)));
    }
    let Some(path) = &arguments.check_floors else { return Ok(ExitCode::SUCCESS) };
    let broken = floors::broken(&floors::load(path)?, &figures);
    for sentence in &broken {
        eprintln!("eval: {sentence}");
    }
    Ok(if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(stories: &[Story], folder: &Path, evaluation: &Evaluation) {
    println!("{}: {} stories", folder.display(), stories.len());
    report::all(evaluation);
}

//! Scores the analysis on our own gold set in `tests/gold/`, or on a development file.

mod ablation;
mod aliases;
mod calibration;
pub(crate) mod clusters;
mod development;
mod evaluation;
mod events;
mod floors;
mod gold;
mod matching;
mod measure;
mod mistakes;
mod names;
mod novelty;
pub(crate) mod parts;
mod quotes;
mod records;
mod report;
mod speaker;
mod speed;
mod syntax;
mod system;
mod times;

use anyhow::Context;
use clap::Parser;
use dateline_analysis::Analyzer;
use development::Layer;
use evaluation::Evaluation;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Scores the analysis on the gold set, or on a development file: `eval quotes FILE.jsonl`.
#[derive(Debug, Parser)]
struct Arguments {
    /// Layer of annotations to score on FILE; without it, the gold set is scored.
    #[arg(requires = "file")]
    layer: Option<Layer>,
    /// Development file with one JSON record per line; offsets are in code points.
    file: Option<PathBuf>,
    /// With `syntax FILE`: read only documents whose number, divided by three, leaves one of these remainders; with
    /// `clusters FILE` or `novelty FILE`: read only happenings whose checksum does.
    #[arg(long, value_name = "RESTS", value_delimiter = ',', requires = "file")]
    thirds: Option<Vec<usize>>,
    /// With `quotes FILE`: a second annotation of the same texts, used to score the words in quotation marks.
    #[arg(long, value_name = "FILE", requires = "file")]
    quoted: Option<PathBuf>,
    /// With `novelty FILE`: the stories that contain its sentences.
    #[arg(long, value_name = "FILE", requires = "file")]
    stories: Option<PathBuf>,
    /// With `clusters FILE`: move the dated happenings into this many days, the stories of each as far apart as before,
    /// because a reader of many feeds gets more stories a day than the file has.
    #[arg(long, value_name = "DAYS", requires = "file")]
    squeeze: Option<u32>,
    /// Folder of the gold set.
    #[arg(long, value_name = "FOLDER", default_value = "tests/gold")]
    gold: PathBuf,
    /// Leave out each name pass in turn and print by how much each figure drops, on the gold set or, with `names FILE`,
    /// on a file.
    #[arg(long)]
    ablation: bool,
    /// Also print the main figures for each kind of story.
    #[arg(long)]
    by_kind: bool,
    /// List up to N mistakes per layer.
    #[arg(long, value_name = "N", default_value_t = 0)]
    mistakes: usize,
    /// Fail if a figure falls below its floor in this file.
    #[arg(long, value_name = "FILE")]
    check_floors: Option<PathBuf>,
    /// Print every figure under the name used in floors files.
    #[arg(long)]
    figures: bool,
    /// Print the speed of each stage on the texts of a file of records.
    #[arg(long, value_name = "FILE")]
    speed: Option<PathBuf>,
}

/// Runs the evaluation requested by `arguments`, which begin with the program name.
pub(crate) fn main(arguments: &[String]) -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse_from(arguments);
    let mut out = BufWriter::new(io::stdout().lock());
    match run(&mut out, &arguments).and_then(|code| Ok(out.flush().map(|()| code)?)) {
        // A closed pipe is not an error, since the user may want only the first lines (`| head`).
        Err(error) if is_closed_pipe(&error) => Ok(ExitCode::SUCCESS),
        other => other,
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn run(out: &mut dyn Write, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if let Some(path) = &arguments.speed {
        speed::report(out, path)?;
    } else if let (Some(layer), Some(path)) = (arguments.layer, &arguments.file) {
        if arguments.ablation {
            anyhow::ensure!(
                layer == Layer::Names,
                "--ablation measures passes over names: `eval --ablation names FILE`"
            );
            development::ablation(out, path)?;
            return Ok(ExitCode::SUCCESS);
        }
        if layer == Layer::Clusters {
            clusters::score(out, path, arguments.thirds.as_deref(), arguments.squeeze)?;
            return Ok(ExitCode::SUCCESS);
        }
        if layer == Layer::Novelty {
            let stories = arguments.stories.as_ref().context("the sentences need their stories: `--stories FILE`")?;
            novelty::score(out, path, stories, arguments.thirds.as_deref(), arguments.mistakes)?;
            return Ok(ExitCode::SUCCESS);
        }
        if layer == Layer::Syntax {
            syntax::score(out, path, arguments.thirds.as_deref(), arguments.mistakes)?;
            return Ok(ExitCode::SUCCESS);
        }
        development::score(out, layer, path, arguments.quoted.as_deref(), arguments.mistakes)?;
    } else {
        return score_gold(out, arguments);
    }
    Ok(ExitCode::SUCCESS)
}

/// Scores the gold set and compares the figures with their floors.
fn score_gold(out: &mut dyn Write, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let stories = gold::load(&arguments.gold)?;
    let articles: Vec<_> =
        stories.iter().map(|story| system::article(&story.name, &story.text, Some(story.published))).collect();
    if arguments.ablation {
        ablation::of_gold(out, &stories, &articles)?;
        return Ok(ExitCode::SUCCESS);
    }
    let analyses = system::analyses(&articles, &Analyzer::bundled());
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
            writeln!(out, "{name} = {figure:.1}")?;
        }
    } else {
        writeln!(out, "{}: {} stories", arguments.gold.display(), stories.len())?;
        report::all(out, &all)?;
    }
    for (layer, mistakes) in all.mistakes() {
        report::mistakes(out, layer, mistakes, arguments.mistakes)?;
    }
    if arguments.by_kind {
        report::by_kind(out, kinds.iter().map(|(kind, (count, evaluation))| (*kind, *count, evaluation)))?;
    }
    let Some(path) = &arguments.check_floors else { return Ok(ExitCode::SUCCESS) };
    let broken = floors::broken(&floors::load(path)?, &figures);
    for sentence in &broken {
        eprintln!("eval: {sentence}");
    }
    Ok(if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

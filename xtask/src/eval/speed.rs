//! Measures the speed of each stage of the analysis, in megabytes of text per second on one thread.

use crate::eval::{records, system};
use dateline_analysis::Resources;
use dateline_analysis::{Document, Options, entity, event, name, pronoun, quote, reference, time, unrelated_caption};
use dateline_core::article::Article;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// Stages in pipeline order.
const STAGES: [&str; 8] =
    ["tokens, sentences, classes", "names", "reference", "times", "strays", "entities", "quotes", "events"];

/// Number of rounds over the texts; the fastest one counts.
const ROUNDS: usize = 3;

/// Resources and models that the stages need besides the text.
struct Loaded {
    resources: Resources,
    names: name::Model,
    speakers: quote::Model,
}

/// Analyses the texts of a file of records and prints the speed of each stage.
///
/// # Errors
/// Returns an error if the file cannot be read or the report cannot be written.
pub(super) fn report(out: &mut dyn Write, path: &Path) -> anyhow::Result<()> {
    let records = records::load(path)?;
    let articles: Vec<Article> =
        records.iter().map(|record| system::article(&record.id(), &record.text, record.date())).collect();
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    let loaded =
        Loaded { resources: Resources::bundled(), names: name::Model::bundled(), speakers: quote::Model::bundled() };
    let mut fastest = [Duration::MAX; STAGES.len()];
    for _ in 0..ROUNDS {
        let mut spent = [Duration::ZERO; STAGES.len()];
        for article in &articles {
            stages(article, &loaded, &mut spent);
        }
        for (best, now) in fastest.iter_mut().zip(spent) {
            *best = now.min(*best);
        }
    }
    writeln!(out, "{} texts, {:.2} MB, the fastest of {ROUNDS} rounds", articles.len(), bytes as f64 / 1e6)?;
    let all = fastest.iter().sum();
    for (stage, spent) in STAGES.into_iter().zip(fastest).chain([("all", all)]) {
        let speed = bytes as f64 / 1e6 / spent.as_secs_f64();
        let share = spent.as_secs_f64() / all.as_secs_f64() * 100.0;
        writeln!(out, "  {stage:28} {speed:9.2} MB/s  {share:5.1} %")?;
    }
    Ok(())
}

/// Runs the stages on one article and adds the time spent in each.
fn stages(article: &Article, loaded: &Loaded, spent: &mut [Duration; STAGES.len()]) {
    let mut stage = 0;
    let mut started = Instant::now();
    let mut done = || {
        spent[stage] += started.elapsed();
        stage += 1;
        started = Instant::now();
    };
    let document = Document::new(article, &loaded.resources);
    done();
    let names = name::find(&document, &loaded.names);
    done();
    let reference = reference::find(&document, &Options::default());
    done();
    let times = time::find(&document, reference.as_ref());
    done();
    let unrelated_captions = unrelated_caption::find(&document, &names, &times, reference.as_ref());
    done();
    let mut entities = entity::find(&document, &names, &unrelated_captions);
    done();
    let quote::FoundQuotes { quotes, pronouns } = quote::find(&document, &entities, &loaded.speakers);
    pronoun::add_mentions(&mut entities, &pronouns);
    done();
    let _events = event::find(&document, &entities, &quotes, &times, &unrelated_captions, reference.as_ref());
    done();
}

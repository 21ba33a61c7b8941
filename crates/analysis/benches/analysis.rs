//! Benchmarks the throughput of each analysis stage on one core, in megabytes of text per second. Criterion prints the
//! throughput. Each benchmark's name includes the required minimum.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline_analysis::training::names::Model;
use dateline_analysis::training::{Document, Resources};
use dateline_analysis::{Analyzer, Options};
use dateline_core::article::Article;
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Length of the generated text, in bytes.
const LENGTH: usize = 200_000;

/// Generates a news story with names, quotes and dates in every paragraph. The names vary as in a real story.
fn story() -> Article {
    const PEOPLE: [&str; 6] =
        ["Agnes Holloway", "Rufus Pell", "Maria Ortega", "Tomas Brandt", "Li Wen", "Amina Diallo"];
    const PLACES: [&str; 5] = ["Tarn Bridge", "Lisbon", "Karsk", "Wellington", "Ohio"];
    let mut text = String::with_capacity(LENGTH + 1_000);
    let mut number = 0;
    while text.len() < LENGTH {
        let (person, other) = (PEOPLE[number % 6], PEOPLE[(number + 1) % 6]);
        let surname = person.rsplit(' ').next().unwrap_or_default();
        let place = PLACES[number % 5];
        number += 1;
        let _ = write!(
            text,
            "“We have listened to the anglers, and we have listened to the mill,” council leader {person} told reporters \
             in {place} on Monday. The mill’s owner, {other}, said he would appeal before the end of June, and that \
             nobody from the council had visited him since last autumn. {surname} denied it.\n\n\
             The committee of the Rivers Agency heard report {number} on 3 May 2024, without coming to an end of it. \
             Most of the water that the mill takes goes back to the river within a mile, but in a dry summer the bed \
             lies bare for weeks and the fish die where they are. Two inspectors came, measured and left again.\n\n"
        );
    }
    Article::verbatim("long", text)
}

/// Benchmarks, each with its name in the report and the stages that it measures, named as in
/// `Analyzer::analyze_in_stages`.
const STAGES: [(&str, &[&str]); 6] = [
    ("names (8 MB/s)", &["names"]),
    ("entities of names (50 MB/s)", &["entities"]),
    ("tokens to entities (5 MB/s)", &["tokens, sentences, classes", "names", "entities"]),
    ("times (50 MB/s)", &["times"]),
    ("quotes (20 MB/s)", &["quotes"]),
    ("events (10 MB/s)", &["events"]),
];

/// Returns the time spent in the given stages during one analysis.
fn time_of(stages: &[&str], analyzer: &Analyzer, article: &Article) -> Duration {
    let mut spent = Duration::ZERO;
    let mut started = Instant::now();
    let analysis = analyzer.analyze_in_stages(article, &Options::default(), |stage| {
        if stages.contains(&stage) {
            spent += started.elapsed();
        }
        started = Instant::now();
    });
    black_box(analysis);
    spent
}

fn stages(criterion: &mut Criterion) {
    let article = story();
    let resources = Resources::bundled();
    let analyzer = Analyzer::bundled();
    let mut group = criterion.benchmark_group("analysis");
    group.sample_size(20).throughput(Throughput::Bytes(article.text.len() as u64));
    group.bench_function("tokens, sentences, classes (20 MB/s)", |bencher| {
        bencher.iter(|| black_box(Document::new(&article, &resources)));
    });
    for (name, stages) in STAGES {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|rounds| (0..rounds).map(|_| time_of(stages, &analyzer, &article)).sum());
        });
    }
    group.bench_function("whole", |bencher| {
        bencher.iter(|| black_box(analyzer.analyze(&article, &Options::default())));
    });
    group.finish();
}

fn start(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("start");
    group.sample_size(20);
    group.bench_function("weights of names read (10 ms)", |bencher| bencher.iter(|| black_box(Model::bundled())));
    group.bench_function("word lists read", |bencher| bencher.iter(|| black_box(Resources::bundled())));
    group.finish();
}

criterion_group!(benches, stages, start);
criterion_main!(benches);

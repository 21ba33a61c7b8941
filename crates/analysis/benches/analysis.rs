//! Throughput of each stage of the analysis, in megabytes of text per second on one core. Criterion prints the
//! throughput; the required minimum is in the name.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline_analysis::Resources;
use dateline_analysis::{
    Analyzer, Document, Options, entity, event, name, pronoun, quote, reference, time, unrelated_caption,
};
use dateline_core::article::Article;
use std::fmt::Write;
use std::hint::black_box;

/// Length of the text in bytes.
const LENGTH: usize = 200_000;

/// Generates news with names, quotes and dates in every paragraph; the names vary as in a real story.
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

fn stages(criterion: &mut Criterion) {
    let article = story();
    let resources = Resources::bundled();
    let (model, speakers) = (name::Model::bundled(), quote::Model::bundled());
    let options = Options::default();
    let document = Document::new(&article, &resources);
    let names = name::find(&document, &model);
    let day = reference::find(&document, &options);
    let times = time::find(&document, day.as_ref());
    let unrelated_captions = unrelated_caption::find(&document, &names, &times, day.as_ref());
    let entities = entity::find(&document, &names, &unrelated_captions);
    let quote::FoundQuotes { quotes, pronouns } = quote::find(&document, &entities, &speakers);
    let mut quoted = entities.clone();
    pronoun::add_mentions(&mut quoted, &pronouns);
    let analyzer = Analyzer::bundled();

    let mut group = criterion.benchmark_group("analysis");
    group.sample_size(20).throughput(Throughput::Bytes(article.text.len() as u64));
    group.bench_function("tokens, sentences, classes (20 MB/s)", |bencher| {
        bencher.iter(|| black_box(Document::new(&article, &resources)));
    });
    group.bench_function("names (8 MB/s)", |bencher| bencher.iter(|| black_box(name::find(&document, &model))));
    group.bench_function("entities of names (50 MB/s)", |bencher| {
        bencher.iter(|| black_box(entity::find(&document, &names, &unrelated_captions)));
    });
    group.bench_function("tokens to entities (5 MB/s)", |bencher| {
        bencher.iter(|| {
            let document = Document::new(&article, &resources);
            let names = name::find(&document, &model);
            black_box(entity::find(&document, &names, &unrelated_captions))
        });
    });
    group.bench_function("times (50 MB/s)", |bencher| bencher.iter(|| black_box(time::find(&document, day.as_ref()))));
    group.bench_function("quotes (20 MB/s)", |bencher| {
        bencher.iter(|| black_box(quote::find(&document, &entities, &speakers)));
    });
    group.bench_function("events (10 MB/s)", |bencher| {
        bencher.iter(|| black_box(event::find(&document, &quoted, &quotes, &times, &unrelated_captions, day.as_ref())));
    });
    group.bench_function("whole", |bencher| bencher.iter(|| black_box(analyzer.analyze(&article, &options))));
    group.finish();
}

fn start(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("start");
    group.sample_size(20);
    group.bench_function("weights of names read (10 ms)", |bencher| bencher.iter(|| black_box(name::Model::bundled())));
    group.bench_function("word lists read", |bencher| bencher.iter(|| black_box(Resources::bundled())));
    group.finish();
}

criterion_group!(benches, stages, start);
criterion_main!(benches);

//! Measures the memory allocated by each stage: bytes per byte of text, peak bytes, and allocations per article.
//! Separate from the other benchmarks, because counting allocations would slow them down.

#[path = "../../library/benches/library/generator.rs"]
#[allow(dead_code, reason = "searches are measured elsewhere")]
mod generator;

use allocation_counter::{AllocationInfo, measure};
use dateline_analysis::{Analyzer, Options};
use dateline_core::article::Article;
use dateline_export::json;
use dateline_ingest::{self as ingest, Format};
use std::hint::black_box;

/// Number of stories of about 3 kB each, which is enough for a stable mean.
const STORIES: u64 = 300;

/// Maximum number of bytes that the analysis may allocate per byte of text. The per-token lists take about fifty. A
/// limit of twice that leaves some margin, but still reveals a stage that copies the text.
const LIMIT: f64 = 100.0;

/// Reads the articles of a text in the dump format.
fn read(text: &str) -> Vec<Article> {
    let mut articles = Vec::new();
    let _ = ingest::read("a", Some(Format::Dump), text.as_bytes(), &mut |article| {
        articles.extend(article.ok());
        true
    });
    articles
}

fn main() {
    let analyzer = Analyzer::bundled();
    let options = Options::default();
    let articles: Vec<_> = (0..STORIES).map(generator::story).collect();
    let texts: Vec<&str> = articles.iter().map(|article| article.text.as_str()).collect();
    let size = texts.iter().map(|text| text.len()).sum::<usize>() as f64;
    // Warm up, so that data built on first use is not counted for any article.
    let first: Vec<_> = articles.iter().map(|article| analyzer.analyze(article, &options)).collect();
    black_box(read(texts[0]));

    println!("{STORIES} stories of {:.1} kB each", size / STORIES as f64 / 1_000.0);
    report(
        "a text dump read",
        size,
        measure(|| {
            for text in &texts {
                black_box(read(text));
            }
        }),
    );
    let analysis = report(
        "the whole analysis",
        size,
        measure(|| {
            for article in &articles {
                black_box(analyzer.analyze(article, &options));
            }
        }),
    );
    report(
        "written as JSON",
        size,
        measure(|| {
            for (article, analysis) in articles.iter().zip(&first) {
                black_box(json::line(&json::article(article, analysis)));
            }
        }),
    );
    if analysis > LIMIT {
        println!("the analysis allocates more than {LIMIT} bytes a byte of text");
        std::process::exit(1);
    }
}

/// Prints the allocation counts. Returns the number of bytes allocated per byte of text.
fn report(what: &str, size: f64, info: AllocationInfo) -> f64 {
    let each = info.bytes_total as f64 / size;
    let (count, most) = (info.count_total / STORIES, info.bytes_max as f64 / 1e6);
    println!(
        "  {what:<20} {each:6.1} bytes a byte of text, {count:6} allocations a story, {most:5.1} MB at most at once"
    );
    each
}

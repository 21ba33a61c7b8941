//! Benchmarks for reading each format on one core, in pages and megabytes per second. The same run also measures a
//! third-party parser or extractor that does comparable work.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dateline_ingest as ingest;
use std::fmt::Write;
use std::hint::black_box;

const PARAGRAPH: &str = "The council met on Monday evening to talk about the bridge, which has been shut since a \
    lorry struck it in the spring, and “about the money for it”, said its leader, Agnes Holloway.";

/// Builds a page like the pages of news sites: 40 paragraphs and about as much boilerplate.
fn page() -> String {
    let mut out = String::from("<!DOCTYPE html><html lang=en><head><title>Bridge to open | The Post</title>");
    out.push_str("<meta property=article:published_time content=2024-05-03></head><body><nav><ul>");
    for number in 0..200 {
        let _ = write!(out, "<li class=\"menu-item\"><a href=\"/section/{number}\">Section {number}</a></li>");
    }
    out.push_str("</ul></nav><main><article><h1>Bridge to open</h1>");
    for number in 0..40 {
        let _ = write!(out, "<p class=\"body-text\">{PARAGRAPH} <a href=\"/{number}\">Read the report</a>.</p>");
    }
    out.push_str("</article></main><footer><p>© The Post</p></footer></body></html>");
    out
}

/// Builds a feed with items of four paragraphs each.
fn feed(items: usize) -> String {
    let mut out = String::from("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Post</title>");
    for number in 0..items {
        let _ =
            write!(out, "<item><title>Story {number}</title><link>https://post.example/{number}</link><description>");
        for _ in 0..4 {
            let _ = write!(out, "&lt;p&gt;{PARAGRAPH}&lt;/p&gt;");
        }
        out.push_str("</description><pubDate>Fri, 03 May 2024 10:15:00 GMT</pubDate></item>");
    }
    out.push_str("</channel></rss>");
    out
}

/// Builds a Markdown text with 40 paragraphs.
fn markdown() -> String {
    let mut out = String::from("---\ntitle: Bridge to open\n---\n");
    for number in 0..40 {
        let _ = write!(out, "{PARAGRAPH} See [the report](https://post.example/{number}).\n\n");
    }
    out
}

/// Builds a mailbox with 50 messages.
fn messages() -> String {
    let mut out = String::new();
    for number in 0..50 {
        let _ = write!(
            out,
            "From a@b.example Fri May  3 10:15:00 2024\nFrom: a@b.example\nSubject: Letter {number}\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n"
        );
    }
    out
}

fn formats(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reading");
    // 20 MB.
    let long = feed(20_000);
    let sources = [("html page", page()), ("feed", feed(100)), ("markdown", markdown()), ("mbox", messages())];
    for (name, source) in &sources {
        group.throughput(Throughput::Bytes(source.len() as u64));
        group.bench_with_input(BenchmarkId::new("dateline", name), source, |bencher, source| {
            bencher.iter(|| black_box(ingest::articles("x", source.as_bytes())));
        });
    }
    let feed = &sources[1].1;
    group.throughput(Throughput::Bytes(feed.len() as u64));
    group.bench_function("quick-xml events alone/feed", |bencher| {
        bencher.iter(|| {
            let mut reader = quick_xml::Reader::from_str(feed);
            let mut events = 0_usize;
            while let Ok(event) = reader.read_event() {
                if matches!(event, quick_xml::events::Event::Eof) {
                    break;
                }
                events += 1;
            }
            black_box(events)
        });
    });
    // Shows whether long feeds are slower. Ten runs are enough, because each takes half a second.
    group.sample_size(10);
    group.throughput(Throughput::Bytes(long.len() as u64));
    group.bench_with_input(BenchmarkId::new("dateline", "long feed"), &long, |bencher, source| {
        bencher.iter(|| black_box(ingest::articles("x", source.as_bytes())));
    });
    group.finish();
}

criterion_group!(benches, formats);
criterion_main!(benches);

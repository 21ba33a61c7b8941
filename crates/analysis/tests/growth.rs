//! Checks that the cost of analysing a text grows in proportion to its length for all kinds of content, including pages
//! that consist only of dates, names, quotations or captions. The cost is measured as requested memory, which, unlike
//! time, is the same in every run. The unit tests count work that requests no memory.

#![allow(clippy::unwrap_used, reason = "a test may fail with its input")]

#[path = "growth/shapes.rs"]
mod shapes;

use allocation_counter::{AllocationInfo, measure};
use dateline_analysis::{Analysis, Analyzer, Options};
use dateline_ingest as ingest;
use shapes::{Finds, Shape, page, shapes};

/// Size of the smaller text, in bytes.
const SIZE: usize = 8_000;
/// Size ratio of the larger text to the smaller one.
const TIMES: usize = 4;
/// Maximum ratio of requested memory. The ratio is four for linear growth and sixteen for quadratic growth.
const MORE: u64 = 6;

/// Reads and analyses `text`. Returns the memory allocated in the process, and the analyses.
fn read(analyzer: &Analyzer, text: &str) -> (AllocationInfo, Vec<Analysis>) {
    let mut analyses = Vec::new();
    let info = measure(|| {
        for article in ingest::articles("growth", text.as_bytes()).unwrap() {
            analyses.push(analyzer.analyze(&article, &Options::default()));
        }
    });
    (info, analyses)
}

/// Function that counts the results of one kind in an analysis.
type Count = fn(&Analysis) -> usize;

/// Returns the names of result lists that are empty although the page must fill them.
fn missing(finds: Finds, analyses: &[Analysis]) -> Vec<&'static str> {
    let empty = |count: Count| analyses.iter().map(count).sum::<usize>() == 0;
    let wanted = |among: &[Finds]| among.contains(&finds);
    let lists: [(bool, &str, Count); 5] = [
        (true, "sentences", |analysis| analysis.sentences.len()),
        (wanted(&[Finds::Everything]), "quotes", |analysis| analysis.quotes.len()),
        (wanted(&[Finds::Everything, Finds::EntitiesAndTimes, Finds::Entities]), "entities", |analysis| {
            analysis.entities.len()
        }),
        (wanted(&[Finds::Everything, Finds::EntitiesAndTimes, Finds::Times]), "times", |analysis| analysis.times.len()),
        (wanted(&[Finds::Everything]), "events", |analysis| analysis.events.len()),
    ];
    lists.into_iter().filter(|(wanted, _, count)| *wanted && empty(*count)).map(|(_, name, _)| name).collect()
}

#[test]
fn memory_grows_with_the_text() {
    let analyzer = Analyzer::bundled();
    // Warm up, so that tables built on first use are not counted for any text.
    for Shape { piece, .. } in shapes() {
        read(&analyzer, &page(piece, SIZE / 8));
    }
    let mut faults = Vec::new();
    for Shape { name, piece, finds } in shapes() {
        let (small, _) = read(&analyzer, &page(piece, SIZE));
        let (large, found) = read(&analyzer, &page(piece, SIZE * TIMES));
        for (what, small, large) in
            [("allocations", small.count_total, large.count_total), ("bytes", small.bytes_total, large.bytes_total)]
        {
            if large > small * MORE {
                faults.push(format!("{name}: {small} {what}, then {large}"));
            }
        }
        faults.extend(missing(finds, &found).into_iter().map(|list| format!("{name}: no {list}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn an_analysis_that_finds_nothing_is_noticed() {
    for Shape { finds, .. } in shapes() {
        assert!(missing(finds, &[Analysis::default()]).contains(&"sentences"));
    }
    assert_eq!(missing(Finds::Everything, &[]), ["sentences", "quotes", "entities", "times", "events"]);
}

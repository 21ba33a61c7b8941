//! Benchmarks libraries of 1,000, 10,000 and 100,000 stories of 3 kB: filling, opening, listing, searching while
//! typing, and re-annotating. Limits are printed beside the results, and a result that exceeds its limit fails the run.
//!
//! `cargo bench --bench library` measures the first two sizes, `cargo bench --bench library -- 100000` any other. Every
//! story is generated and analysed in full. The libraries are kept in `target/tmp`, so that later runs only have to
//! measure.

mod generator;

use dateline_analysis::{Analyzer, Options};
use dateline_library::query::Query;
use dateline_library::{Change, Flag, Incoming, Library, List, Order, OutdatedWalk, Prepared, Result};
use rayon::prelude::*;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// Number of stories requested per page of the list.
const PAGE: usize = 50;
/// Number of stories added to the library per batch.
const BATCH: u64 = 512;
/// Reference day for relative dates such as "yesterday".
const TODAY: jiff::civil::Date = jiff::civil::date(2024, 5, 15);

fn main() -> Result<()> {
    let sizes: Vec<u64> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let mut held = true;
    for size in if sizes.is_empty() { vec![1_000, 10_000] } else { sizes } {
        held &= measure(size)?;
    }
    if !held {
        std::process::exit(1);
    }
    Ok(())
}

/// Prints a measurement with its limit. Returns whether the measurement is within the limit.
fn report(what: &str, figure: f64, unit: &str, limit: Option<f64>) -> bool {
    let holds = limit.is_none_or(|limit| figure <= limit);
    let limit = limit.map_or_else(String::new, |limit| format!("(limit {limit} {unit})"));
    println!("  {what:<44} {figure:>10.2} {unit:<5} {limit} {}", if holds { "" } else { "BROKEN" });
    holds
}

fn measure(size: u64) -> Result<bool> {
    println!("{size} stories");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("library-{size}.db"));
    let text = fill(&path, size)?;
    let mut held = true;

    let begin = Instant::now();
    let library = Library::open(&path)?;
    let rows = library.page(List::Inbox, None, PAGE)?;
    held &= report("open and read the first page", ms(begin.elapsed()), "ms", Some(60.0));
    held &= report("resident after the first page", resident(), "MB", Some(60.0));
    let disk = std::fs::metadata(&path).map_or(0, |file| file.len()) as f64 / text;
    held &= report("disk, times the text", disk, "x", Some(3.0));

    // Read one page after another, each starting at the last row of the previous page.
    let mut last = rows.last().cloned();
    let mut times = Vec::new();
    for _ in 0..200.min(size as usize / PAGE) {
        times.push(time(|| library.page(List::Inbox, last.as_ref(), PAGE))?);
        let rows = library.page(List::Inbox, last.as_ref(), PAGE)?;
        last = rows.last().cloned();
    }
    held &= percentiles("the next page of the list", times, Some(5.0));
    held &= report("count of the list", time(|| library.count(List::Inbox))?, "ms", None);

    let mut times = Vec::new();
    let mut slowest = (0.0, String::new());
    for words in generator::typed() {
        let Ok(query) = Query::parse_typed(&words) else { continue };
        let taken = time(|| library.rows(&library.found(&query, TODAY, Order::Best, PAGE)?))?;
        if taken > slowest.0 {
            slowest = (taken, words.clone());
        }
        times.push(taken);
    }
    held &= percentiles("a search as typed", times, Some(if size > 100_000 { 100.0 } else { 20.0 }));
    println!("  {:<44} {:?} {:.2} ms", "slowest", slowest.1, slowest.0);

    let mut times = Vec::new();
    for words in generator::typed() {
        let Ok(query) = Query::parse_typed(&words) else { continue };
        times.push(time(|| library.count_found(&query, TODAY, 1_000))?);
    }
    held &= percentiles("counted up to a thousand, as a saved view", times, None);

    let mut times = Vec::new();
    for words in generator::typed() {
        let Ok(query) = Query::parse_typed(&words) else { continue };
        times.push(time(|| library.rows(&library.found(&query, TODAY, Order::Newest, PAGE)?))?);
    }
    held &= percentiles("the same, newest first", times, None);

    held &= report("resident at the end", resident(), "MB", None);
    held &= renewal(&path, size)?;
    Ok(held)
}

/// Re-annotates all stories on one thread, a few per transaction as in the TUI. Meanwhile, this thread lists, searches
/// and stars stories as a user would. Returns whether the results are within their limits.
fn renewal(path: &Path, size: u64) -> Result<bool> {
    let mut library = Library::open(path)?;
    library.mark_outdated(&(1..=size as i64).collect::<Vec<_>>())?;
    let place = path.to_owned();
    let begin = Instant::now();
    let renewing = thread::spawn(move || -> Result<(usize, f64, Vec<f64>)> {
        // Without a thread pool of its own, this thread would use all cores.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
        let mut library = Library::open(&place)?;
        let (analyzer, mut walk, mut count) = (Analyzer::bundled(), OutdatedWalk::default(), 0);
        let mut transactions = Vec::new();
        loop {
            let ids = library.next_outdated(&mut walk, 8)?;
            if ids.is_empty() {
                return Ok((count, begin.elapsed().as_secs_f64(), transactions));
            }
            let annotated = library.reannotate(&analyzer, &ids)?;
            let here = Instant::now();
            count += library.store_annotations(&annotated)?;
            transactions.push(ms(here.elapsed()));
        }
    });
    let (mut listed, mut searched, mut starred) = (Vec::new(), Vec::new(), Vec::new());
    let query = Query::parse("speaker:odell ferry").unwrap_or_default();
    let mut once = 0;
    while !renewing.is_finished() {
        listed.push(spent(|| library.page(List::Inbox, None, PAGE))?);
        searched.push(spent(|| library.rows(&library.found(&query, TODAY, Order::Best, PAGE)?))?);
        once += 1;
        let star = Change::Flag(Flag::Starred, once % 2 == 1);
        starred.push(spent(|| library.set(&[once % size as i64 + 1], &star))?);
        thread::sleep(Duration::from_millis(50));
    }
    let Ok(outcome) = renewing.join() else { return Ok(false) };
    let (count, seconds, transactions) = outcome?;
    let mut held = report("annotated again: stories a second, one thread", count as f64 / seconds, "/s", None);
    held &= percentiles("  a transaction of eight", transactions, None);
    held &= percentiles("  meanwhile: the first page", listed, Some(10.0));
    held &= percentiles("  meanwhile: a search", searched, Some(50.0));
    held &= percentiles("  meanwhile: a star, on the disk", starred, None);
    Ok(held)
}

/// Measures how long `work` takes, in milliseconds.
fn spent<T>(work: impl FnOnce() -> Result<T>) -> Result<f64> {
    let begin = Instant::now();
    black_box(work()?);
    Ok(ms(begin.elapsed()))
}

/// Creates the library unless it exists. Returns the estimated total size of its texts, in bytes.
fn fill(path: &PathBuf, size: u64) -> Result<f64> {
    let sample: usize = (0..100).map(|number| generator::story(number).text.len()).sum();
    let text = sample as f64 / 100.0 * size as f64;
    if path.exists() && Library::open(path)?.count(List::All)? == size as usize {
        return Ok(text);
    }
    let _ = std::fs::remove_file(path);
    let mut library = Library::open_or_create(path)?;
    let analyzer = Analyzer::bundled();
    let (mut analysing, mut storing) = (Duration::ZERO, Duration::ZERO);
    let begin = Instant::now();
    let mut first = 0;
    while first < size {
        let here = Instant::now();
        let batch: Result<Vec<Prepared>> = (first..size.min(first + BATCH))
            .into_par_iter()
            .map(|number| {
                let article = generator::story(number);
                let analysis = analyzer.analyze(&article, &Options::default());
                let source = format!("paper/{number}.html");
                Incoming::new(article, analysis, &source).prepare()
            })
            .collect();
        analysing += here.elapsed();
        let here = Instant::now();
        library.add(&batch?)?;
        storing += here.elapsed();
        first += BATCH;
    }
    let seconds = begin.elapsed().as_secs_f64();
    report("filled: stories a second", size as f64 / seconds, "/s", None);
    report("  generate, analyse and pack, all cores", analysing.as_secs_f64(), "s", None);
    report("  store and index, one writer", storing.as_secs_f64(), "s", None);
    Ok(text)
}

/// Returns the shortest of three run times, in milliseconds, since other work on the machine can only slow a run down.
fn time<T>(work: impl Fn() -> Result<T>) -> Result<f64> {
    let mut times = Vec::new();
    for _ in 0..3 {
        let begin = Instant::now();
        black_box(work()?);
        times.push(ms(begin.elapsed()));
    }
    Ok(times.into_iter().min_by(f64::total_cmp).unwrap_or_default())
}

/// Prints the median and the 99th percentile of some run times. Returns whether the 99th percentile is within the
/// limit.
fn percentiles(what: &str, mut times: Vec<f64>, limit: Option<f64>) -> bool {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get(((times.len() as f64 * share) as usize).min(times.len().max(1) - 1));
    report(&format!("{what}, median"), at(0.5).copied().unwrap_or_default(), "ms", None);
    report(&format!("{what}, p99"), at(0.99).copied().unwrap_or_default(), "ms", limit)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Returns the resident memory of this process in megabytes, as reported by Linux, or 0 on other systems.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes: Option<f64> = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.unwrap_or_default() / 1024.0
}

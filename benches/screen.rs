//! Measures the time from a key press to the bytes sent to the terminal, on a screen of 120 by 40 cells, in a list of a
//! hundred thousand stories and in a one-megabyte story with more than ten thousand marks.

use criterion::{Criterion, criterion_group, criterion_main};
use dateline::headless::{Reader, output};
use dateline_core::article::{Article, Datum};
use ratatui::layout::Size;
use std::fmt::Write;
use std::hint::black_box;
use std::io::{BufWriter, sink};
use std::time::{Duration, Instant};

const SIZE: Size = Size { width: 120, height: 40 };
/// Length of the story in bytes.
const LENGTH: usize = 1_000_000;
/// Number of stories in the list.
const STORIES: usize = 100_000;
/// Number of presses of each key for its median and maximum.
const PRESSES: usize = 300;

/// Builds a story with quotes, names and dates in every paragraph.
fn story() -> Article {
    let mut text = String::with_capacity(LENGTH + 1_000);
    let mut number = 0;
    while text.len() < LENGTH {
        number += 1;
        text.push_str("“We have listened to the anglers, and we have listened to the mill,” council leader Agnes Holloway told reporters in Tarn Bridge on Monday. ");
        text.push_str("The mill’s owner, Rufus Pell, said he would appeal before the end of June, and that nobody from the council had visited him since last autumn.\n\n");
        let _ = write!(
            text,
            "The committee of the Rivers Agency heard report {number} on 3 May 2024, without coming to an end of it.\n\n"
        );
    }
    Article::verbatim("long", text)
}

/// Opens the reader on that story, analysed, with all panels open.
fn reader() -> Reader {
    let others = (0..STORIES).map(|number| {
        let mut article = Article::verbatim(number.to_string(), "The committee met.");
        article.headline = Some(Datum::given(format!("Committee meets for the {number}th time")));
        article
    });
    let stories = std::iter::once(story()).chain(others).collect();
    let mut reader = Reader::open(stories, "auto", SIZE);
    press(&mut reader, "1 2 3 Enter");
    reader
}

fn press(reader: &mut Reader, keys: &str) {
    assert!(black_box(reader.press(keys)), "unknown key in {keys}");
}

fn keys(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("key to frame, 1 MB, 100,000 stories, 120x40");
    let turns = [
        ("line down and up", "j k"),
        ("half page down and up", "Ctrl-d Ctrl-u"),
        ("to the end and back", "G g"),
        ("next quote and back", "] q [ q"),
        ("panels off and on", "1 2 3 1 2 3"),
        ("wider and narrower", "+ -"),
        ("typing a search", "/ m i l l Esc"),
    ];
    for (name, keys) in turns {
        let mut reader = reader();
        let Ok(mut show) = output(BufWriter::new(sink()), SIZE) else { return };
        let each: Vec<String> = keys.replace("] q", "]q").replace("[ q", "[q").split(' ').map(str::to_owned).collect();
        // One iteration presses all keys of a turn, with a redraw after each.
        group.bench_function(format!("{name} ({} keys)", each.len()), |bencher| {
            bencher.iter(|| {
                for key in &each {
                    match key.as_str() {
                        "]q" => press(&mut reader, "] q"),
                        "[q" => press(&mut reader, "[ q"),
                        key => press(&mut reader, key),
                    }
                    let _ = black_box(show(&reader));
                }
            });
        });
    }
    group.finish();
}

fn first_frame(criterion: &mut Criterion) {
    criterion.bench_function("first frame with a story, settings and keymap read", |bencher| {
        let article = story();
        bencher.iter(|| black_box(Reader::open(vec![article.clone()], "auto", SIZE).draw()));
    });
}

/// Measures the median and maximum of single keys: a mean would hide a slow one.
fn worst(_: &mut Criterion) {
    let keys = [
        "j",
        "k",
        "Ctrl-d",
        "G",
        "g",
        "] q",
        "] e",
        "] t",
        ")",
        "}",
        "n",
        "p",
        "1",
        "1",
        "+",
        "-",
        "t",
        "z j",
        "z h",
        "v w",
        "Esc",
        "/ r i v e r",
        "n",
        "Enter",
        "n",
        "Esc",
    ];
    let mut reader = reader();
    println!("median and worst of {PRESSES} presses, event to bytes:");
    let Ok(mut show) = output(BufWriter::new(sink()), SIZE) else { return };
    let mut all: Vec<Duration> = Vec::new();
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); keys.len()];
    for _ in 0..PRESSES {
        for (spelling, times) in keys.iter().zip(&mut times) {
            // A key sequence is measured one key at a time, with a redraw after each.
            for key in spelling.split(' ') {
                let start = Instant::now();
                press(&mut reader, key);
                let _ = black_box(show(&reader));
                times.push(start.elapsed());
            }
        }
    }
    for (key, times) in keys.iter().zip(&mut times) {
        all.extend(times.iter());
        report(key, times);
    }
    report("all", &mut all);
}

fn report(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or_default();
    let worst = times.last().copied().unwrap_or_default();
    println!("  {what:14} median {:9.3?}  99 % {:9.3?}  worst {worst:9.3?}", at(50), at(99));
}

criterion_group!(benches, worst, keys, first_frame);
criterion_main!(benches);

//! Tests re-annotation by a process that is killed midway. The next process must resume it, and the user's own work
//! must be kept.

use crate::stories::{folder, prepared, story};
use dateline_analysis::correction::{Anchor, Correction, Layer};
use dateline_analysis::{Analysis, Analyzer};
use dateline_core::text::Span;
use dateline_library::{Change, Flag, Incoming, Library, List, OutdatedWalk};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Number of stories to be re-annotated.
const STORIES: usize = 200;
/// Number of stories re-annotated per transaction.
const BATCH: usize = 3;
/// Environment variable that passes the path of the library to the child process.
const PLACE: &str = "DATELINE_TEST_RENEWED";

/// Creates a library of outdated stories. Half of them have annotations, with corrections and marks. The others have
/// none, so that old and new annotations differ.
fn outdated(path: &Path) -> Library {
    let mut library = Library::open_or_create(path).unwrap();
    let stories = (0..STORIES).map(|n| match n % 2 {
        0 => prepared(story(n)),
        _ => Incoming::new(story(n), Analysis::default(), &n.to_string()).prepare().unwrap(),
    });
    library.add(&stories.collect::<Vec<_>>()).unwrap();
    for id in [1, 2, 31, 180] {
        let text = library.article(id).unwrap().article.text;
        library.highlight(id, Span::new(4, 9), "yellow", "Ask the harbour.").unwrap();
        let at = Anchor::of(&text, Span::new(90, 120));
        library.correct(id, &Correction::Dismiss { layer: Layer::Quotes, at }).unwrap();
        library.set_position(id, 40).unwrap();
    }
    let [odell, alvarez] = ["Mara Odell", "José Álvarez"].map(|name| library.find_entities(name, 1).unwrap()[0].id);
    library.merge_names(odell, alvarez).unwrap();
    library.set(&[3, 4], &Change::Flag(Flag::Starred, true)).unwrap();
    library.set(&[5], &Change::Binned(true)).unwrap();
    library.mark_outdated(&(1..=STORIES as i64).collect::<Vec<_>>()).unwrap();
    library
}

/// Returns everything that the user added or changed in the library, as text.
fn done_by_reader(library: &Library) -> String {
    let mut out = String::new();
    for id in 1..=STORIES as i64 {
        let row = &library.rows(&[id]).unwrap()[0];
        let (corrections, place) = (library.corrections(id).unwrap(), library.position(id).unwrap());
        let highlights = library.highlights(id).unwrap();
        let _ = writeln!(out, "{id} {} {:?} {highlights:?} {corrections:?} {place:?}", row.starred, row.binned_at);
    }
    let odell = library.name_id("person", "Mara Odell").unwrap().unwrap();
    let same = library.profile(odell, 0).unwrap().same;
    let changes: Vec<String> = library.journal().unwrap().into_iter().map(|entry| entry.label).collect();
    let _ = writeln!(out, "{same:?} {changes:?}");
    out
}

#[test]
#[ignore = "the one that is killed; the other test starts it"]
fn renewer() {
    let Ok(place) = std::env::var(PLACE) else { return };
    let mut library = Library::open(Path::new(&place)).unwrap();
    let (analyzer, mut walk) = (Analyzer::bundled(), OutdatedWalk::default());
    loop {
        let renewed = library.renew(&analyzer, &mut walk, BATCH).unwrap();
        println!("renewed {renewed}");
        std::io::stdout().flush().unwrap();
        if renewed == 0 {
            return;
        }
    }
}

/// Starts a process that re-annotates stories, and kills it after `wait`, if given. Returns the number of stories that
/// the process reported as stored.
fn run(path: &Path, wait: Option<Duration>) -> usize {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["renewed::renewer", "--exact", "--ignored", "--nocapture"])
        .env(PLACE, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let began = lines.by_ref().find(|line| line.contains("renewed "));
    if let Some(wait) = wait {
        std::thread::sleep(wait);
        child.kill().unwrap();
    }
    let counts = began.into_iter().chain(lines);
    let stored = counts.filter_map(|line| line.split_once("renewed ")?.1.trim().parse::<usize>().ok()).sum();
    child.wait().unwrap();
    stored
}

/// Checks that each story's row matches its annotations, and that the newest stories were re-annotated first. Returns
/// the number of stories that are still outdated.
fn check(library: &Library) -> usize {
    assert_eq!(library.check().unwrap().faults, Vec::<String>::new());
    let mut order: Vec<i64> = library.page(List::All, None, STORIES).unwrap().iter().map(|row| row.id).collect();
    order.extend(library.page(List::Bin, None, STORIES).unwrap().iter().map(|row| row.id));
    let stories: Vec<_> = order.iter().map(|&id| library.article(id).unwrap()).collect();
    for stored in &stories {
        let row = &library.rows(&[stored.id]).unwrap()[0];
        let counts = (stored.analysis.quotes.len(), stored.analysis.events.len());
        assert_eq!((row.quotes, row.events), counts, "story {}", stored.id);
        assert!(stored.outdated || row.quotes > 0, "story {}", stored.id);
    }
    let states: Vec<bool> = stories.iter().map(|stored| stored.outdated).collect();
    assert!(states.is_sorted(), "the newest come first: {states:?}");
    let left = states.iter().filter(|outdated| **outdated).count();
    assert_eq!(library.outdated_count().unwrap(), left);
    left
}

#[test]
fn annotating_again_goes_on_after_a_kill_and_keeps_what_the_reader_did() {
    let path = folder("renewed").join("library.db");
    let before = done_by_reader(&outdated(&path));
    let (mut left, mut seen) = (STORIES, BTreeSet::new());
    let mut dice = jiff::Timestamp::now().as_second() as u64;
    for _ in 0..4 {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let stored = run(&path, Some(Duration::from_micros(dice >> 33 & 0x3fff)));
        let library = Library::open(&path).unwrap();
        let now_left = check(&library);
        let renewed = left - now_left;
        // The kill may have truncated the last line and prevented the report of the last transaction.
        assert!((stored..=stored + 2 * BATCH).contains(&renewed), "{renewed} stored, {stored} reported");
        assert_eq!(done_by_reader(&library), before);
        left = now_left;
        seen.insert(left);
    }
    assert!(seen.len() > 1, "each run goes on where the last one was killed: {seen:?}");
    run(&path, None);
    let library = Library::open(&path).unwrap();
    assert_eq!(check(&library), 0);
    assert_eq!(done_by_reader(&library), before);
}

//! Tests a process that is killed while it marks, tags, annotates or highlights a story, or undoes a change. Every
//! change that it has reported must be stored, and no change may be stored in part.

use crate::stories::{folder, note_of, prepared, story, tags};
use dateline_core::text::Span;
use dateline_library::{Change, Direction, Error, Flag, Library};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Number of articles to be changed.
const ARTICLES: usize = 5;
/// Environment variable that passes the path of the library and the number of the first action to the child process.
const PLACE: &str = "DATELINE_TEST_PLACE";

/// Performs action number `n`. The same number always gives the same action.
fn act(library: &mut Library, n: usize) {
    let article = (n / 3 % ARTICLES + 1) as i64;
    let change = match n % 11 {
        0 | 5 => Change::Flag(Flag::Starred, n.is_multiple_of(2)),
        1 => Change::Tag(format!("tag {}", n % 7)),
        2 => Change::Note(format!("Note {n}. ").repeat(n % 40)),
        3 => Change::Flag(Flag::Read, n % 4 < 2),
        4 => Change::Untag(format!("tag {}", n % 5)),
        6 | 7 => {
            library.highlight(article, Span::new(4, 9 + n % 20), "yellow", &format!("why {n}")).unwrap();
            return;
        }
        8 => {
            replay(library, true);
            return;
        }
        9 => Change::Binned(n.is_multiple_of(2)),
        _ => {
            replay(library, false);
            return;
        }
    };
    library.set(&[1, article], &change).unwrap();
}

/// Undoes or redoes the first change in the journal. A change that conflicts with a newer one is left unchanged.
fn replay(library: &mut Library, undo: bool) {
    let first = library.journal().unwrap().into_iter().find(|entry| entry.undone != undo);
    let Some(id) = first.map(|entry| entry.id) else { return };
    match library.replay(if undo { Direction::Undo } else { Direction::Redo }, id) {
        Ok(_) | Err(Error::Conflict(_)) => {}
        Err(error) => panic!("{error}"),
    }
}

fn fresh(path: Option<&Path>) -> Library {
    let mut library = match path {
        Some(path) => Library::open_or_create(path).unwrap(),
        None => Library::open_in_memory().unwrap(),
    };
    library.add(&(0..ARTICLES).map(|n| prepared(story(n))).collect::<Vec<_>>()).unwrap();
    library
}

/// Returns everything in the library that the actions affect.
fn seen(library: &Library) -> String {
    let mut out = String::new();
    for id in 1..=ARTICLES as i64 {
        let row = &library.rows(&[id]).unwrap()[0];
        let highlights: Vec<_> = library.highlights(id).unwrap().into_iter().map(|h| (h.anchor, h.note)).collect();
        out.push_str(&format!(
            "{id} {} {} {} {:?} {:?} {highlights:?}\n",
            row.read,
            row.starred,
            row.binned_at.is_some(),
            tags(library, id),
            note_of(library, id),
        ));
    }
    for entry in library.journal().unwrap() {
        out.push_str(&format!("{} {} {}\n", entry.id, entry.label, entry.undone));
    }
    out
}

#[test]
#[ignore = "the one that is killed; the other test starts it"]
fn editor() {
    let Ok(place) = std::env::var(PLACE) else { return };
    let (first, path) = place.split_once(' ').unwrap();
    let mut library = Library::open(Path::new(path)).unwrap();
    for n in first.parse::<usize>().unwrap().. {
        act(&mut library, n);
        println!("did {n}");
        std::io::stdout().flush().unwrap();
    }
}

/// Set `DATELINE_KILLS=200` to kill the process more often.
#[test]
fn a_reader_that_is_killed_while_it_edits_loses_nothing_that_was_said_to_be_done() {
    let kills = std::env::var("DATELINE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12);
    let path = folder("edited").join("library.db");
    drop(fresh(Some(&path)));
    let mut model = fresh(None);
    let mut done = 0;
    let mut dice = jiff::Timestamp::now().as_second() as u64;
    for round in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["killed::editor", "--exact", "--ignored", "--nocapture"])
            .env(PLACE, format!("{done} {}", path.display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let began = lines.by_ref().find(|line| line.contains("did "));
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        std::thread::sleep(Duration::from_micros(dice >> 33 & 0x7fff));
        child.kill().unwrap();
        let said: Vec<String> = began.into_iter().chain(lines).collect();
        child.wait().unwrap();
        // The kill may have truncated the last line, so only complete lines are counted.
        let acts = said.iter().filter_map(|line| line.split_once("did ")?.1.parse::<usize>().ok());
        let acknowledged = acts.max().map_or(done, |last| last + 1).max(done);
        let library = Library::open(&path).unwrap();
        assert_eq!(library.check().unwrap().faults, Vec::<String>::new(), "round {round}");
        while done < acknowledged {
            act(&mut model, done);
            done += 1;
        }
        if seen(&library) != seen(&model) {
            // The action was stored, but the child process was killed before it could report this.
            act(&mut model, done);
            done += 1;
        }
        assert_eq!(seen(&library), seen(&model), "round {round}, {acknowledged} acts were told");
    }
    assert!(done > kills, "{done} acts");
}

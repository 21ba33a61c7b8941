//! Files that are damaged, cut, newer or half copied, libraries that were copied, and stories that are not there yet.

use super::{Folder, Machine, STORED, STORIES, opened};
use crate::pair::{Paired, folder, log_file};
use crate::{Change, Flag, Incoming, Library, Origin};
use dateline_analysis::Analysis;
use dateline_core::article::Article;
use dateline_core::text::Span;
use std::fs;

fn star(machine: &mut Machine, story: i64, is: bool) {
    machine.library.set(&[story], &Change::Flag(Flag::Starred, is)).unwrap();
}

fn note(machine: &mut Machine, story: i64, words: &str) {
    machine.library.set(&[story], &Change::Note(words.to_owned())).unwrap();
}

fn is_starred(machine: &Machine, story: i64) -> bool {
    machine.library.rows(&[story]).unwrap()[0].starred
}

/// Pairs a machine whose folder may hold files that it cannot read.
fn try_pair(machine: &mut Machine) -> Paired {
    machine.library.pair(&machine.shared, &machine.name, None).unwrap()
}

/// Returns the path of a machine's own file.
fn file_of(machine: &Machine) -> std::path::PathBuf {
    let path = folder::full_path(&machine.shared).unwrap();
    machine.shared.join(folder::find(machine.library.connection(), &path).unwrap().unwrap().file)
}

#[test]
fn a_damaged_line_is_named_and_the_rest_is_read_until_its_machine_repairs_it() {
    let folder = Folder::new();
    let (mut a, mut b) = (folder.machine("a"), folder.machine("b"));
    a.pair();
    for story in 1..=4 {
        star(&mut a, story, true);
    }
    a.pair();
    let file = file_of(&a);
    let whole = fs::read_to_string(&file).unwrap();
    let damaged = whole.replacen("\"value\":true", "\"value\":trve", 2).replacen("\"value\":trve", "\"value\":true", 1);
    fs::write(&file, &damaged).unwrap();
    let paired = try_pair(&mut b);
    assert_eq!(paired.faults.len(), 1);
    assert!(paired.faults[0].ends_with("of a is damaged in line 3; skipped 1 line, the rest was read"), "{paired:?}");
    assert_eq!([1, 2, 3, 4].map(|story| is_starred(&b, story)), [true, false, true, true]);
    assert_eq!(try_pair(&mut b).faults.len(), 1, "it is named until it is repaired");
    a.pair();
    assert_eq!(fs::read_to_string(&file).unwrap().lines().count(), whole.lines().count());
    b.pair();
    assert!(is_starred(&b, 2));
}

#[test]
fn a_file_of_mostly_superseded_lines_is_written_again_and_read_by_all() {
    let folder = Folder::new();
    let (mut a, mut b) = (folder.machine("a"), folder.machine("b"));
    a.pair();
    note(&mut a, 4, "Ask about the quay.");
    let mut longest = 0;
    for round in 0..140 {
        for story in 1..=4 {
            star(&mut a, story, round % 2 == 0);
        }
        assert_eq!(a.pair().sent, if round == 0 { 5 } else { 4 }, "only what is new counts as written");
        if round == 60 {
            b.pair();
        }
        longest = longest.max(fs::read_to_string(file_of(&a)).unwrap().lines().count());
    }
    assert!((500..510).contains(&longest), "{longest}");
    assert!(fs::read_to_string(file_of(&a)).unwrap().lines().count() < 100);
    star(&mut a, 2, true);
    a.pair();
    // A machine that has read some of the old file, one that is new, and the writer itself, with an old copy of the file.
    let mut c = folder.machine("c");
    for machine in [&mut b, &mut c] {
        machine.pair();
        assert_eq!([1, 2, 3, 4].map(|story| is_starred(machine, story)), [false, true, false, false]);
    }
    assert_eq!(b.state(), a.state());
    assert_eq!(c.state(), a.state());
    assert_eq!((a.pair().sent, b.pair().sent, c.pair().sent), (0, 0, 0));
    assert_eq!(b.state(), a.state());
}

#[test]
fn a_pairing_that_is_killed_after_the_file_was_written_again_goes_on() {
    let folder = Folder::new();
    let (mut a, mut b) = (folder.machine("a"), folder.machine("b"));
    a.pair();
    let mut before = None;
    for round in 0..140 {
        for story in 1..=4 {
            star(&mut a, story, round % 2 == 0);
        }
        let known = folder::find(a.library.connection(), &folder::full_path(&a.shared).unwrap()).unwrap().unwrap();
        let length = fs::metadata(file_of(&a)).unwrap().len();
        a.pair();
        if fs::metadata(file_of(&a)).unwrap().len() < length {
            before = Some(known);
            break;
        }
    }
    // The library does not know yet that the file was written again, as after a kill at that moment.
    let before = before.expect("the file was written again");
    a.library.write(|db| before.put(db, 0)).unwrap();
    b.pair();
    star(&mut a, 3, true);
    a.pair();
    b.pair();
    assert!(is_starred(&b, 3));
    assert_eq!(b.state(), a.state());
    assert_eq!(folder.files().len(), 2, "the library goes on with its own file");
}

#[test]
fn files_that_are_cut_newer_foreign_or_half_copied_are_named() {
    let folder = Folder::new();
    let (mut a, mut b) = (folder.machine("a"), folder.machine("b"));
    a.pair();
    b.pair();
    star(&mut a, 1, true);
    a.pair();
    let file = file_of(&a);
    let whole = fs::read(&file).unwrap();
    // Half of the last line has been copied.
    fs::write(&file, &whole[..whole.len() - 9]).unwrap();
    let paired = try_pair(&mut b);
    assert_eq!((paired.unfinished.len(), paired.faults.len(), is_starred(&b, 1)), (1, 0, false));
    fs::write(&file, &whole).unwrap();
    b.pair();
    assert!(is_starred(&b, 1));
    // What has been read is gone.
    let first = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    fs::write(&file, &whole[..first]).unwrap();
    assert!(try_pair(&mut b).faults[0].contains("is shorter than it was"));
    assert!(is_starred(&b, 1));
    a.pair();
    b.pair();
    // Other files do not keep this one from being read.
    let newer = log_file::Position::default().line(
        &serde_json::to_string(&log_file::Header::new("7", "new", 5))
            .unwrap()
            .replace("\"version\":1", "\"version\":2"),
    );
    fs::write(folder.shared().join("dateline-0.changes"), newer).unwrap();
    fs::write(folder.shared().join("dateline-1.changes"), "no changes\n").unwrap();
    fs::create_dir(folder.shared().join("dateline-2.changes")).unwrap();
    star(&mut a, 2, true);
    try_pair(&mut a);
    let faults = try_pair(&mut b).faults;
    assert!(faults[0].contains("was written by a newer Dateline (version 2)"), "{faults:?}");
    assert!(faults[1].contains("is damaged in its first line"), "{faults:?}");
    assert_eq!((faults.len(), is_starred(&b, 2)), (2, true));
}

#[test]
fn two_notes_and_two_highlights_of_the_same_words_are_both_kept() {
    let folder = Folder::new();
    let (mut a, mut b) = (folder.machine("a"), folder.machine("b"));
    note(&mut a, 1, "Call the mayor.");
    a.pair();
    b.pair();
    a.pair();
    for (machine, words) in [(&mut a, "Call the mayor on Monday."), (&mut b, "She has been called.")] {
        note(machine, 1, words);
        machine.library.highlight(1, Span::new(0, 10), "yellow", words).unwrap();
    }
    a.pair();
    b.pair();
    a.pair();
    assert_eq!(a.state(), b.state());
    let both = "Call the mayor on Monday.\n\nShe has been called.";
    assert_eq!(crate::present::note(a.library.connection(), 1).unwrap().as_deref(), Some(both));
    let highlights = a.library.highlights(1).unwrap();
    assert_eq!((highlights.len(), highlights[0].note.as_str()), (1, both));
    // An edit of the joined note replaces both.
    note(&mut b, 1, "Done.");
    b.pair();
    a.pair();
    assert_eq!(crate::present::note(a.library.connection(), 1).unwrap().as_deref(), Some("Done."));
}

#[test]
fn a_clock_that_is_ahead_does_not_win_over_a_later_change() {
    let folder = Folder::new();
    let (mut a, mut b) = (folder.machine("a"), folder.machine("b"));
    a.pair();
    b.pair();
    star(&mut a, 1, true);
    let ahead = "UPDATE pair_touched SET at = at + 3600000";
    a.library.connection().execute(ahead, []).unwrap();
    a.pair();
    b.pair();
    assert!(is_starred(&b, 1));
    star(&mut b, 1, false);
    b.pair();
    a.pair();
    assert!(!is_starred(&a, 1) && !is_starred(&b, 1));
}

#[test]
fn a_change_waits_for_its_story_and_a_text_travels_if_the_user_wants_it() {
    let folder = Folder::new();
    let mut a = folder.machine("a");
    star(&mut a, 1, true);
    note(&mut a, 2, "Ask Pell.");
    a.library.set(&[1], &Change::Split).unwrap();
    a.pair();
    let path = folder.0.join("b.db");
    let mut b = Machine { library: Library::open_or_create(&path).unwrap(), ..folder.machine("other") };
    assert_eq!(b.pair().waiting, (3, 2));
    // The story comes from a feed, under another name.
    let story = Article::verbatim("new", STORIES[0]);
    let story = Incoming::new(story, Analysis::default(), "feed").prepare().unwrap();
    let id = b.library.add(&[story]).unwrap()[0].id;
    assert_eq!(b.pair().waiting.1, 1);
    assert!(is_starred(&b, id));
    let shared = a.shared.clone();
    assert_eq!(a.library.pair(&shared, "a", Some(true)).unwrap().sent, 2);
    let paired = b.pair();
    assert_eq!((paired.stories, paired.waiting), (1, (0, 0)));
    assert_eq!(b.library.article(2).unwrap().article.text, STORIES[1]);
    assert_eq!(crate::present::note(b.library.connection(), 2).unwrap().as_deref(), Some("Ask Pell."));
    let sql = "SELECT count(*) FROM cluster_decisions WHERE NOT same";
    let split: i64 = b.library.connection().query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(split, 1);
    a.pair();
    assert_eq!(b.pair().sent, 0);
}

#[test]
fn a_copy_of_a_library_writes_a_file_of_its_own_and_an_old_copy_loses_nothing() {
    let folder = Folder::new();
    let mut a = folder.machine("a");
    a.pair();
    star(&mut a, 1, true);
    a.pair();
    let copy = folder.0.join("copy.db");
    a.library.back_up(&copy).unwrap();
    let mut b =
        Machine { library: opened(&copy), name: "b".to_owned(), shared: a.shared.clone(), ids: Vec::new(), time: 0 };
    star(&mut b, 2, true);
    b.pair();
    assert_eq!(folder.files().len(), 2);
    a.pair();
    assert!(is_starred(&a, 2));
    // The library is replaced by an older copy of itself on the same machine.
    star(&mut a, 3, true);
    a.pair();
    let path = a.library.path().unwrap().to_owned();
    let old = fs::read(&copy).unwrap();
    drop(std::mem::replace(&mut a.library, Library::open_in_memory().unwrap()));
    for ending in ["-wal", "-shm"] {
        fs::remove_file(crate::guard::beside(&path, ending)).ok();
    }
    fs::write(&path, old).unwrap();
    a.library = opened(&path);
    star(&mut a, 4, true);
    try_pair(&mut a);
    b.pair();
    for machine in [&a, &b] {
        assert_eq!([1, 2, 3, 4].map(|story| is_starred(machine, story)), [true; 4], "{}", machine.name);
    }
}

/// Puts an old copy of a library in its place.
fn put_back(machine: &mut Machine, copy: &std::path::Path) {
    let path = machine.library.path().unwrap().to_owned();
    drop(std::mem::replace(&mut machine.library, Library::open_in_memory().unwrap()));
    for ending in ["-wal", "-shm"] {
        fs::remove_file(crate::guard::beside(&path, ending)).ok();
    }
    fs::copy(copy, &path).unwrap();
    machine.library = opened(&path);
}

fn note_on(machine: &Machine, story: i64) -> String {
    crate::present::note(machine.library.connection(), story).unwrap().unwrap_or_default()
}

#[test]
fn an_old_copy_in_its_place_replaces_no_note_that_it_lacks() {
    // Changes written after the copy had been made may be in one folder of two.
    for is_in_second in [false, true] {
        let folder = Folder::new();
        let (mut a, mut b) = (folder.machine("a"), folder.machine("b"));
        let second = folder.0.join("second");
        fs::create_dir(&second).unwrap();
        note(&mut a, 1, "Before.");
        let pair = |machine: &mut Machine, at: &std::path::Path| {
            machine.library.pair(at, &machine.name, None).unwrap();
        };
        let shared = a.shared.clone();
        for at in [&shared, &second] {
            pair(&mut a, at);
            pair(&mut b, at);
        }
        pair(&mut a, &shared);
        let copy = folder.0.join("copy.db");
        a.library.back_up(&copy).unwrap();
        note(&mut a, 1, "Before. Later.");
        note(&mut a, 2, "Ask Pell.");
        let at = if is_in_second { &second } else { &shared };
        pair(&mut a, at);
        let file = fs::read_dir(at)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| fs::read_to_string(path).unwrap().contains("Ask Pell."));
        let written = fs::read(file.as_ref().unwrap()).unwrap();
        put_back(&mut a, &copy);
        note(&mut a, 1, "Before. But no.");
        note(&mut a, 2, "Ask Odell.");
        for at in [&shared, &second] {
            pair(&mut a, at);
            pair(&mut b, at);
        }
        for at in [&shared, &second] {
            pair(&mut a, at);
        }
        assert_eq!(fs::read(file.unwrap()).unwrap(), written, "the file of the lost library stays as it is");
        for machine in [&a, &b] {
            for (story, words) in [(1, ["Later.", "But no."]), (2, ["Ask Pell.", "Ask Odell."])] {
                let note = note_on(machine, story);
                assert!(words.iter().all(|words| note.contains(words)), "{}: {note:?} ({is_in_second})", machine.name);
            }
        }
    }
}

#[test]
fn the_texts_of_both_merged_stories_travel() {
    let folder = Folder::new();
    let mut a = folder.machine("a");
    a.library.set(&[3, 2], &Change::Merge).unwrap();
    let path = folder.0.join("b.db");
    let mut b = Machine { library: Library::open_or_create(&path).unwrap(), ..folder.machine("other") };
    let shared = a.shared.clone();
    a.library.pair(&shared, "a", Some(true)).unwrap();
    let paired = b.pair();
    // The first story was in a row with the second one before.
    assert_eq!((paired.stories, paired.waiting), (3, (0, 0)));
    let merged = |machine: &Machine| -> i64 {
        let sql = "SELECT count(*) FROM cluster_decisions WHERE same";
        machine.library.connection().query_row(sql, [], |row| row.get(0)).unwrap()
    };
    assert!(merged(&a) > 0);
    assert_eq!(merged(&a), merged(&b));
    a.pair();
    assert_eq!((a.pair().sent, b.pair().sent), (0, 0), "no text is sent twice");
}

#[test]
fn a_tab_and_the_lines_of_a_note_arrive_as_they_were_written() {
    let folder = Folder::new();
    let (mut a, mut b) = (folder.machine("a"), folder.machine("b"));
    note(&mut a, 1, "Pell\t3\nOdell\t14");
    a.pair();
    b.pair();
    assert_eq!(note_on(&b, 1), "Pell\t3\nOdell\t14");
}

#[test]
fn undo_and_a_removed_folder_work_as_ever() {
    let folder = Folder::new();
    let (mut a, mut b) = (folder.machine("a"), folder.machine("b"));
    a.pair();
    b.pair();
    note(&mut a, 1, "One.");
    a.pair();
    b.pair();
    let last = a.library.last_change(crate::Direction::Undo, crate::By::Session).unwrap().unwrap();
    a.library.replay(crate::Direction::Undo, last.id).unwrap();
    a.pair();
    b.pair();
    assert_eq!(crate::present::note(b.library.connection(), 1).unwrap(), None);
    assert!(b.library.unpair(&b.shared.clone()).unwrap());
    assert!(!b.library.unpair(&b.shared.clone()).unwrap());
    star(&mut b, 1, true);
    let touched: i64 =
        b.library.connection().query_row("SELECT count(*) FROM pair_touched", [], |row| row.get(0)).unwrap();
    assert_eq!((touched, b.library.paired_folders().unwrap().len()), (0, 0));
    b.pair();
    a.pair();
    assert!(is_starred(&a, 1));
}

#[test]
fn nothing_is_recorded_without_a_folder() {
    let folder = Folder::new();
    let mut a = folder.machine("a");
    star(&mut a, 1, true);
    note(&mut a, 1, "One.");
    let rows: i64 = a
        .library
        .connection()
        .query_row("SELECT (SELECT count(*) FROM pair_touched) + (SELECT count(*) FROM pair_registers)", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(rows, 0);
    assert!(
        !STORED.is_empty() && Library::open(a.library.path().unwrap()).unwrap().used_on(Origin::Screen).check().is_ok()
    );
}

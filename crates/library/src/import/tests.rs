//! Tests that neither a path nor a position makes one story take over another.

use super::{Importer, Summary};
use crate::{Change, Flag, Incoming, Library, Outcome};
use dateline_analysis::{Analysis, Analyzer, Options};
use dateline_core::article::Article;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Creates an empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("dateline-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// Adds the files in a folder without annotations.
fn add(library: &mut Library, folder: &Path) -> Summary {
    let importer = Importer { analyzer: Analyzer::bundled(), options: Options::default(), records: false, later: true };
    importer.run(library, &[folder.to_owned()], &AtomicBool::new(false), |_| ()).unwrap()
}

/// Returns the IDs and headlines of all stories.
fn headlines(library: &Library) -> Vec<(i64, String)> {
    let mut statement = library.connection.prepare("SELECT id, headline FROM articles ORDER BY id").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Writes a report of the kind that a council's office writes from one template.
fn report(subject: &str, street: &str, sum: u32, reason: &str) -> String {
    format!(
        "Council closes {subject}\n\nBy Nora Fenwick\n\nThe council of Ashby voted on Monday evening to close the {subject} in \
         {street} Street, because {reason}.\n\nIt will cost {sum} million crowns, the treasurer said after the meeting in the \
         town hall. Residents of {street} Street had asked for more time.\n\nThe council of Ashby meets again next week.\n"
    )
}

fn pool() -> String {
    report("swimming pool", "Weaver", 3, "the roof over the larger basin leaks and nobody has offered to mend it")
}

fn depot() -> String {
    report("bus depot", "Granary", 11, "the drivers of the night lines have moved to the yard behind the station")
}

fn archive() -> String {
    report("old archive", "Mercer", 7, "damp has spread from the cellar to the shelves with the parish registers")
}

/// Returns whether the texts are as alike as those of a template, which used to count as versions of one story.
fn are_alike(one: &str, other: &str) -> bool {
    (0.1..0.5).contains(&crate::identity::shared_runs(one, other))
}

#[test]
fn a_story_saved_under_the_name_of_a_renamed_file_is_another_story() {
    assert!(are_alike(&pool(), &depot()));
    let folder = folder("renamed");
    let mut library = Library::open_or_create(&folder.join("library.db")).unwrap();
    let inbox = folder.join("inbox");
    fs::create_dir(&inbox).unwrap();
    fs::write(inbox.join("today.txt"), pool()).unwrap();
    assert_eq!(add(&mut library, &inbox).new, 1);
    fs::rename(inbox.join("today.txt"), inbox.join("yesterday.txt")).unwrap();
    fs::write(inbox.join("today.txt"), depot()).unwrap();
    let summary = add(&mut library, &inbox);
    assert_eq!((summary.new, summary.changed, summary.known), (1, 0, 1));
    let all = headlines(&library);
    assert_eq!(all[0].1, "Council closes swimming pool");
    assert_eq!(all[1].1, "Council closes bus depot");
    // A changed story at the same path remains the same story.
    fs::write(inbox.join("today.txt"), depot().replace("Monday", "Tuesday").replace("11 million", "12 million"))
        .unwrap();
    let summary = add(&mut library, &inbox);
    assert_eq!((summary.new, summary.changed, headlines(&library).len()), (0, 1, 2));
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_story_put_in_front_of_others_in_a_text_takes_over_none_of_them() {
    let folder = folder("in-front");
    let mut library = Library::open_or_create(&folder.join("library.db")).unwrap();
    let inbox = folder.join("inbox");
    fs::create_dir(&inbox).unwrap();
    let wire = |stories: &[String]| fs::write(inbox.join("wire.txt"), stories.join("\n\n* * *\n\n")).unwrap();
    wire(&[pool(), depot()]);
    assert_eq!(add(&mut library, &inbox).new, 2);
    library.set(&[1], &Change::Flag(Flag::Starred, true)).unwrap();
    let was = headlines(&library);
    wire(&[archive(), pool(), depot()]);
    let summary = add(&mut library, &inbox);
    assert_eq!((summary.new, summary.changed, summary.known), (1, 0, 2));
    let all = headlines(&library);
    assert_eq!(all[..2], was[..]);
    assert_eq!(all[2].1, "Council closes old archive");
    // One of them changes while another moves to the front again.
    wire(&[depot(), archive().replace("7 million", "8 million"), pool()]);
    let summary = add(&mut library, &inbox);
    assert_eq!((summary.new, summary.changed, summary.known), (0, 1, 2));
    assert_eq!(headlines(&library), all);
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn standard_input_and_names_that_are_not_unicode_identify_no_story() {
    let mut library = Library::open_in_memory().unwrap();
    let longer = format!("{}\nA second pool in the valley stays open.\n", pool());
    for text in [pool(), longer.replace("Weaver", "Tanner")] {
        let incoming = Incoming::new(Article::verbatim("-", text), Analysis::default(), "-");
        assert_eq!(library.add(&[incoming.prepare().unwrap()]).unwrap()[0].outcome, Outcome::New);
    }
    let folder = folder("bytes");
    let mut library = Library::open_or_create(&folder.join("library.db")).unwrap();
    let inbox = folder.join("inbox");
    fs::create_dir(&inbox).unwrap();
    // The same word in two charsets that are not UTF-8.
    fs::write(inbox.join(OsStr::from_bytes(b"caf\xe9.txt")), pool()).unwrap();
    fs::write(inbox.join(OsStr::from_bytes(b"caf\x82.txt")), longer.replace("Weaver", "Tanner")).unwrap();
    let summary = add(&mut library, &inbox);
    assert_eq!((summary.new, summary.changed), (2, 0));
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_text_that_another_story_has_replaced_can_be_added_again() {
    let folder = folder("replaced");
    let mut library = Library::open_or_create(&folder.join("library.db")).unwrap();
    let inbox = folder.join("inbox");
    fs::create_dir(&inbox).unwrap();
    fs::write(inbox.join("pool.txt"), pool()).unwrap();
    add(&mut library, &inbox);
    let other = Incoming::new(Article::verbatim("depot", depot()), Analysis::default(), "depot");
    library.replace(1, &other.prepare().unwrap()).unwrap();
    fs::rename(inbox.join("pool.txt"), inbox.join("again.txt")).unwrap();
    assert_eq!(add(&mut library, &inbox).new, 1);
    assert_eq!(headlines(&library)[1].1, "Council closes swimming pool");
    let _ = fs::remove_dir_all(folder);
}

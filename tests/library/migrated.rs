//! Tests the migration of a library from 0.1.0. None of the user's work may be lost, even if the migration is
//! interrupted. `forms/make_form_3.py` creates the library by driving that release.

use crate::stories::{export, folder, values};
use dateline_analysis::Analyzer;
use dateline_library::{By, Direction, Error, Library, List, OutdatedWalk};
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const STORIES: i64 = 2_000;
/// Environment variable that passes the path of the library to the child process that the test kills.
const PLACE: &str = "DATELINE_TEST_MIGRATED";

/// Data that a migration must preserve: for each kind, its name and an SQL statement that returns JSON rows in a fixed
/// order.
const KEPT: &[(&str, &str)] = &[
    (
        "articles",
        "SELECT json_array(id, uid, source, format, url, hex(text_hash), headline, published, day, added, read, starred, archived,
            binned_at, versions, highlights, (SELECT url FROM feeds f WHERE f.id = feed_id)) FROM articles ORDER BY id",
    ),
    ("texts", "SELECT json_array(article_id, hex(article), hex(raw), source_id) FROM texts ORDER BY article_id"),
    (
        "versions",
        "SELECT json_array(id, article_id, added, replaced, hex(text_hash), hex(article), hex(raw)) FROM versions ORDER BY id",
    ),
    ("identities", "SELECT json_array(hex(key), article_id) FROM identities ORDER BY key"),
    (
        "tags",
        "SELECT json_array(t.article_id, n.name) FROM article_tags t JOIN tags n ON n.id = t.tag_id ORDER BY t.article_id, n.name",
    ),
    ("notes", "SELECT json_array(article_id, words, changed) FROM notes ORDER BY article_id"),
    (
        "highlights",
        "SELECT json_array(id, article_id, start, end, exact, prefix, suffix, colour, note, created) FROM highlights ORDER BY id",
    ),
    ("positions", "SELECT json_array(article_id, start, exact, prefix, suffix, changed) FROM positions ORDER BY article_id"),
    ("corrections", "SELECT json_array(id, article_id, kind, payload) FROM corrections ORDER BY id"),
    (
        "merged names",
        "SELECT json_array(n.kind, n.name, o.kind, o.name, a.same) FROM aliases a JOIN names n ON n.id = a.name_id
         JOIN names o ON o.id = a.other_id ORDER BY n.name, o.name",
    ),
    ("views", "SELECT json_array(name, query, place) FROM saved_views ORDER BY name"),
    ("searches", "SELECT json_array(query, at) FROM searches ORDER BY query"),
    (
        "feeds",
        "SELECT json_array(id, url, title, tags, etag, last_modified, next_due, failures, paused, full_text) FROM feeds ORDER BY id",
    ),
    ("fetches", "SELECT json_array(feed_id, url, at, status, bytes, added, error) FROM fetches ORDER BY id"),
    // One migration step rewrites the journal: opening a story no longer counts as a change, but a correction does.
    (
        "changes",
        "SELECT json_array(id, at, label, edits, undone) FROM changes
         WHERE label NOT IN ('marked 1 article as read', 'corrected an annotation') ORDER BY id",
    ),
];

/// Restores the library as the older program left it.
fn old(name: &str) -> PathBuf {
    let path = folder(name).join("library.db");
    fs::write(&path, zstd::decode_all(&include_bytes!("forms/form-3.db.zst")[..]).unwrap()).unwrap();
    path
}

/// Returns the path of the temporary copy that a migration of `path` makes.
fn copy_of(path: &Path) -> PathBuf {
    let newest = path.with_file_name("newest.db");
    drop(Library::open_or_create(&newest).unwrap());
    let form = sql(&newest).1;
    fs::remove_file(newest).unwrap();
    path.with_file_name(format!("library.db.before-{form}"))
}

/// Opens a library with plain SQLite. Returns the connection and the schema version.
fn sql(path: &Path) -> (Connection, i64) {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    let form = db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    (db, form)
}

fn kept(path: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let (db, _) = sql(path);
    let rows =
        |query: &str| db.prepare(query).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    KEPT.iter().map(|(what, query)| (*what, rows(query))).collect()
}

fn assert_same(now: &BTreeMap<&'static str, Vec<String>>, before: &BTreeMap<&'static str, Vec<String>>, when: &str) {
    for (what, rows) in before {
        assert_eq!(now[what].len(), rows.len(), "{what}, {when}");
        for (now, before) in now[what].iter().zip(rows) {
            assert_eq!(now, before, "{what}, {when}");
        }
    }
}

/// Returns the names of all other files in the folder of a library, except its lock, WAL and shared-memory files.
fn beside(path: &Path) -> Vec<String> {
    let names = fs::read_dir(path.parent().unwrap()).unwrap();
    let mut names: Vec<String> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names
        .retain(|name| !["library.db", "library.db-wal", "library.db-shm", "library.db.lock"].contains(&name.as_str()));
    names
}

#[test]
fn everything_of_an_older_library_is_in_the_new_one() {
    let path = old("migrated");
    let before = kept(&path);
    let (_, form) = sql(&path);
    for (what, least) in
        [("notes", 40), ("highlights", 252), ("corrections", 200), ("merged names", 2), ("changes", 55)]
    {
        assert!(before[what].len() >= least, "{} {what} in the fixture", before[what].len());
    }
    drop(Library::open(&path).unwrap());
    assert!(sql(&path).1 > form);
    assert_same(&kept(&path), &before, "after the migration");
    assert_eq!(beside(&path), Vec::<String>::new(), "the copy is removed once the migration is done");
    let library = Library::open(&path).unwrap();
    assert_eq!(library.check().unwrap().faults, Vec::<String>::new());
    assert_eq!(library.check().unwrap().articles, STORIES as usize);
}

/// Checks the same data through the functions that the TUI and the command line use.
#[test]
fn everything_of_an_older_library_is_read_by_the_program() {
    let path = old("migrated-read");
    let value = |row: &String| serde_json::from_str::<serde_json::Value>(row).unwrap();
    let rows: BTreeMap<_, Vec<_>> =
        kept(&path).into_iter().map(|(what, rows)| (what, rows.iter().map(value).collect())).collect();
    let of =
        |what: &str, column: usize, id: i64| rows[what].iter().filter(move |row| row[column] == id).collect::<Vec<_>>();
    let library = Library::open(&path).unwrap();
    let export: Vec<_> =
        export(&library).into_iter().filter(|line| line["kind"] == "note" || line["kind"] == "tag").collect();
    for id in 1..=STORIES {
        let (stored, article) = (library.article(id).unwrap(), of("articles", 0, id)[0]);
        assert_eq!(stored.uid, article[1].as_str().unwrap());
        let row = &library.rows(&[id]).unwrap()[0];
        assert_eq!((row.read, row.starred, row.binned_at), (article[10] == 1, article[11] == 1, article[13].as_i64()));
        let note = of("notes", 0, id).first().map(|row| row[1].as_str().unwrap().to_owned());
        assert_eq!(values(&export, &stored.uid, "note", "words").pop(), note);
        let expected: Vec<_> = of("tags", 0, id).iter().map(|row| row[1].as_str().unwrap().to_owned()).collect();
        assert_eq!(values(&export, &stored.uid, "tag", "tag"), expected);
        let position = of("positions", 0, id).first().and_then(|row| row[1].as_u64());
        assert_eq!(library.position(id).unwrap().map(|at| at as u64), position);
        let highlights = library.highlights(id).unwrap();
        assert_eq!(highlights.len(), of("highlights", 1, id).len());
        for highlight in highlights {
            let row = of("highlights", 0, highlight.id)[0];
            assert_eq!(highlight.anchor.span.unwrap().of(&stored.article.text), row[4].as_str().unwrap());
            assert_eq!(
                (highlight.colour.as_str(), highlight.note.as_str()),
                (row[7].as_str().unwrap(), row[8].as_str().unwrap())
            );
        }
        let corrections = library.corrections(id).unwrap();
        let payloads: Vec<_> =
            of("corrections", 1, id).iter().map(|row| value(&row[3].as_str().unwrap().to_owned())).collect();
        assert_eq!(corrections.iter().map(|one| serde_json::to_value(one).unwrap()).collect::<Vec<_>>(), payloads);
    }
    let views: Vec<String> = library.views().unwrap().into_iter().map(|(name, _)| name).collect();
    assert_eq!(views, ["Ferries", "Odell", "Sea", "Mills"]);
    let feeds: Vec<String> = library.feeds().unwrap().into_iter().map(|feed| feed.url).collect();
    assert_eq!(feeds.len(), rows["feeds"].len());
    let mara = library.name_id("person", "Mara Odell").unwrap().unwrap();
    assert_eq!(library.profile(mara, 0).unwrap().same[0].1, "Agnes Holt");
    assert_eq!(library.searches().unwrap().len(), rows["searches"].len());
}

#[test]
fn changes_of_the_older_program_can_be_undone_in_the_new_one() {
    let path = old("migrated-undo");
    let mut library = Library::open(&path).unwrap();
    let last = library.last_change(Direction::Redo, By::Anyone).unwrap().unwrap();
    assert_eq!(library.replay(Direction::Redo, last.id).unwrap().label, "starred 1 article");
    // In the older program, opening a story was a change. It no longer is.
    let mut undone = Vec::new();
    while undone.len() < 4 {
        let last = library.last_change(Direction::Undo, By::Anyone).unwrap().unwrap();
        undone.push(library.replay(Direction::Undo, last.id).unwrap().label);
    }
    assert_eq!(undone, ["starred 1 article", "saved the view “Mills”", "changed a highlight", "highlighted words"]);
    assert_eq!(library.views().unwrap().len(), 3);
}

#[test]
#[ignore = "the one that is killed; the other test starts it"]
fn migrator() {
    let Ok(path) = std::env::var(PLACE) else { return };
    println!("begins");
    drop(Library::open(Path::new(&path)).unwrap());
}

fn migrating(path: &Path) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["migrated::migrator", "--exact", "--ignored", "--nocapture"])
        .env(PLACE, path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Set `DATELINE_KILLS=200` to kill the process more often.
#[test]
fn a_migration_that_is_killed_leaves_the_old_library_or_the_new_one() {
    let kills: u32 = std::env::var("DATELINE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(25);
    let path = old("killed-migration");
    let (before, first) = (kept(&path), sql(&path).1);
    let begin = Instant::now();
    assert!(migrating(&path).wait().unwrap().success());
    let length = begin.elapsed();
    for round in 0..kills {
        let path = old("killed-migration");
        // In every other round, the process is killed twice with the same library, so the second migration resumes from
        // the state after the first kill.
        for again in 0..=round % 2 {
            let mut child = migrating(&path);
            std::thread::sleep(length.mul_f64(f64::from((round * 37 + again * 11) % 100) / 90.0));
            child.kill().unwrap();
            child.wait().unwrap();
            let (db, form) = sql(&path);
            let said: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
            assert_eq!(said, "ok", "round {round}");
            assert!(form >= first, "round {round}");
            assert_same(&kept(&path), &before, &format!("killed, round {round}, form {form}"));
        }
        let library = Library::open(&path).unwrap();
        assert_eq!(library.count(List::All).unwrap() as i64, STORIES - 49, "round {round}");
        drop(library);
        assert_same(&kept(&path), &before, &format!("round {round}"));
        assert_eq!(beside(&path), Vec::<String>::new(), "round {round}");
    }
}

#[test]
fn the_copy_is_the_old_library_and_goes_with_the_next_start() {
    let path = old("copied");
    let (before, bytes) = (kept(&path), fs::read(&path).unwrap());
    let copy = copy_of(&path);
    // These are the states after a kill during the copy, and after a kill between the copy and the commit.
    fs::write(copy.with_extension(format!("{}.unfinished", copy.extension().unwrap().display())), &bytes[..5_000])
        .unwrap();
    fs::write(&copy, &bytes[..9_000]).unwrap();
    drop(Library::open(&path).unwrap());
    assert_eq!(beside(&path), Vec::<String>::new());
    // This is the state after a kill between the commit and the end of the migration.
    fs::write(&copy, &bytes).unwrap();
    assert_same(&kept(&copy), &before, "in the copy");
    drop(Library::open(&path).unwrap());
    assert_eq!(beside(&path), Vec::<String>::new());
    assert_same(&kept(&path), &before, "in the new library");
}

fn dateline(path: &Path, limit: &str, arguments: &str) -> std::process::Output {
    let script =
        format!("{limit} exec '{}' {arguments} --library '{}'", env!("CARGO_BIN_EXE_dateline"), path.display());
    Command::new("bash").args(["-c", &script]).output().unwrap()
}

#[test]
fn without_room_for_the_copy_the_library_is_left_as_it_is() {
    let path = old("no-room");
    let before = fs::read(&path).unwrap();
    let output = dateline(&path, "trap '' XFSZ; ulimit -f 1500;", "list is:starred");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("no copy of the old one could be written") && said.contains("Free 4 MB there"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(fs::read(&path).unwrap() == before, "the library was touched");
    assert_eq!(beside(&path), Vec::<String>::new());
    let output = dateline(&path, "", "list is:starred");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8(output.stdout).unwrap().lines().count() > 100);
}

#[test]
fn a_damaged_old_library_is_left_and_can_be_rescued() {
    let path = old("damaged-old");
    let (page, bytes) = (16_384, fs::read(&path).unwrap());
    let root: u32 = sql(&path)
        .0
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'quotes'", [], |row| row.get(0))
        .unwrap();
    let mut spoilt = bytes.clone();
    spoilt[(root as usize - 1) * page..root as usize * page].fill(0xa5);
    fs::write(&path, &spoilt).unwrap();
    let error = Library::open(&path).unwrap_err();
    assert!(matches!(error, Error::Damaged(..)), "{error}");
    assert!(fs::read(&path).unwrap() == spoilt, "the library was touched");
    let new = path.with_file_name("new.db");
    let rescued = Library::rescue(&path, &new).unwrap();
    assert_eq!((rescued.articles as i64, rescued.lost), (STORIES, vec![]));
    fs::write(&path, &bytes).unwrap();
    let (before, after) = (kept(&path), kept(&new));
    for what in ["notes", "highlights", "views", "feeds", "tags", "positions"] {
        assert_eq!(after[what].len(), before[what].len(), "{what}");
    }
}

#[test]
fn annotations_of_an_older_analyser_are_made_again_and_corrections_stay() {
    let path = old("reannotated");
    let before = kept(&path);
    let mut library = Library::open(&path).unwrap();
    assert_eq!(library.check().unwrap().outdated, STORIES as usize);
    assert!(library.article(1).unwrap().outdated, "it is analysed when it is opened");
    let analyzer = Analyzer::bundled();
    assert_eq!(library.renew(&analyzer, &mut OutdatedWalk::default(), 300).unwrap(), 300);
    assert_eq!(library.check().unwrap().outdated, STORIES as usize - 300);
    assert_eq!(library.check().unwrap().faults, Vec::<String>::new());
    drop(library);
    assert_same(&kept(&path), &before, "after the analysis");
}

#[test]
fn two_that_open_an_older_library_at_once_migrate_it_once() {
    let path = old("migrated-twice");
    let before = kept(&path);
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let path = path.clone();
            std::thread::spawn(move || Library::open(&path).unwrap().count(List::All).unwrap() as i64)
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), STORIES - 49);
    }
    assert_same(&kept(&path), &before, "after four at once");
    assert_eq!(beside(&path), Vec::<String>::new());
}

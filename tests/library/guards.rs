//! Tests that a file that is not a library, or no longer is one, remains unchanged.

use crate::stories::{folder, prepared, story};
use dateline_library::{Error, Library, List};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};

/// Creates a library of two stories in a folder of its own.
fn stored(name: &str) -> PathBuf {
    let path = folder(name).join("library.db");
    let mut library = Library::open_or_create(&path).unwrap();
    library.add(&[prepared(story(0)), prepared(story(1))]).unwrap();
    path
}

/// Opens a file for writing, and checks that it is rejected and left unchanged. Returns the error message.
fn refused(path: &Path) -> String {
    let before = fs::read(path).unwrap();
    let error = Library::open_or_create(path).unwrap_err();
    assert_eq!(fs::read(path).unwrap(), before, "the file was touched");
    error.to_string()
}

#[test]
fn what_is_stored_is_there_when_opened_again() {
    let path = stored("again");
    assert_eq!(Library::open(&path).unwrap().count(List::All).unwrap(), 2);
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "something else lies there");
    assert_eq!(Library::open_read_only(&path).unwrap().article(1).unwrap().article, story(0));
}

/// Runs the program as a user without privileges, because permissions do not apply to root.
#[cfg(unix)]
fn run_unprivileged(arguments: &[&str]) -> std::process::Output {
    use std::process::Command;
    let program = env!("CARGO_BIN_EXE_dateline");
    let mut command = if rustix::process::geteuid().is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", program]);
        command
    } else {
        Command::new(program)
    };
    command.args(arguments).env("XDG_CONFIG_HOME", "/nonexistent").output().unwrap()
}

#[cfg(unix)]
#[test]
fn the_latest_changes_are_read_in_a_folder_that_cannot_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let path = stored("unshared");
    let open = Library::open(&path).unwrap();
    Connection::open(&path).unwrap().execute("UPDATE articles SET starred = 1 WHERE id = 1", []).unwrap();
    let folder = folder("unshared-copy");
    let copy = folder.join("library.db");
    let log = folder.join("library.db-wal");
    fs::copy(&path, &copy).unwrap();
    fs::copy(path.with_file_name("library.db-wal"), &log).unwrap();
    let permit = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    for (path, mode) in [(copy.as_path(), 0o444), (&log, 0o444), (&folder, 0o555)] {
        permit(path, mode);
    }
    let starred = ["list", "is:starred", "--to", "jsonl", "--library", copy.to_str().unwrap()];
    let output = run_unprivileged(&starred);
    let listed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(listed.lines().count(), 1, "{listed}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "something was created");

    permit(&log, 0o000);
    let output = run_unprivileged(&starred);
    let reason = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && reason.contains("library.db-wal holds its latest changes"), "{reason}");
    assert_eq!(output.stdout, b"");
    permit(&folder, 0o755);
    drop(open);
}

#[test]
fn a_library_that_is_not_there_is_made_only_when_asked_for() {
    let path = folder("missing").join("deep").join("library.db");
    assert!(matches!(Library::open(&path), Err(Error::Missing(_))));
    assert!(!path.exists());
    assert!(Library::open_or_create(&path).unwrap().count(List::All).unwrap() == 0);
}

#[test]
fn a_file_of_another_kind_is_not_touched() {
    let path = folder("foreign").join("library.db");
    fs::write(&path, "My notes of 2019, a page and a half of them.\n".repeat(50)).unwrap();
    assert!(refused(&path).contains("not a Dateline library"));
    fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
    assert!(refused(&path).contains("another program's"));
}

#[test]
fn a_library_of_a_newer_program_is_not_touched() {
    let path = stored("newer");
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(refused(&path).contains("newer Dateline (schema version 99"));
}

#[test]
fn a_library_that_was_cut_is_named_and_kept() {
    let path = stored("cut");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    assert!(refused(&path).contains("cut short"));
    fs::write(&path, &bytes[..50]).unwrap();
    assert!(refused(&path).contains("cut short"));
}

#[test]
fn a_stale_journal_does_not_empty_the_library() {
    let path = stored("journal");
    // SQLite takes this file for the rollback journal of a database that used to be empty. Rolling it back would
    // truncate the library to nothing.
    let mut journal = vec![0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
    journal.extend([0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0x10, 0]);
    journal.resize(512, 0);
    fs::write(path.with_file_name("library.db-journal"), &journal).unwrap();
    assert_eq!(Library::open(&path).unwrap().count(List::All).unwrap(), 2);
    assert_eq!(fs::read(path.with_file_name("library.db-journal.foreign0")).unwrap(), journal);
}

#[test]
fn a_locked_library_is_waited_for_and_reported() {
    let path = stored("locked");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut library = Library::open(&path).unwrap();
    assert_eq!(library.count(List::All).unwrap(), 2, "readers do not wait");
    let error = library.add(&[prepared(story(2))]).unwrap_err();
    assert!(error.to_string().contains("another program; waited 5 seconds"), "{error}");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(library.add(&[prepared(story(2))]).unwrap().len(), 1);
}

#[test]
fn two_processes_that_create_a_library_create_one() {
    let path = folder("race").join("library.db");
    let threads: Vec<_> = (0..6)
        .map(|n| {
            let path = path.clone();
            std::thread::spawn(move || Library::open_or_create(&path).unwrap().add(&[prepared(story(n))]).unwrap())
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(Library::open(&path).unwrap().count(List::All).unwrap(), 6);
}

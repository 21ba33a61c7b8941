//! Tests `extract --files-from LIST --output FILE --resume` by running, cutting and killing the real program.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Number of files in the list, besides the special ones.
const FILES: usize = 70;

/// Creates an empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// Returns the standard error of the program as text.
fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Writes stories, a feed with three stories, a damaged book and a list that also has a missing file and one file twice.
fn corpus(name: &str) -> PathBuf {
    let corpus = folder(name);
    let mut list = Vec::new();
    for n in 0..FILES {
        let path = format!("{n:03}.txt");
        let more = format!("The wall of quay {n} is old, Mara Odell said. ").repeat(20);
        fs::write(corpus.join(&path), format!("Quay {n} is shut\n\nThe quay was shut on 3 May 2024.\n\n{more}\n"))
            .unwrap();
        list.push(path);
    }
    let item = |n: usize| {
        format!("<item><guid>urn:{n}</guid><title>Pier {n}</title><description>Pier {n} is shut.</description></item>")
    };
    let items: String = (0..3).map(item).collect();
    fs::write(corpus.join("feed.xml"), format!("<rss version=\"2.0\"><channel>{items}</channel></rss>")).unwrap();
    fs::write(corpus.join("book.epub"), "PK\u{3}\u{4} cut").unwrap();
    list.insert(FILES / 3, "missing.txt".to_owned());
    list.insert(FILES / 2, "feed.xml".to_owned());
    list.insert(FILES / 2 + 1, "book.epub".to_owned());
    list.push("007.txt".to_owned());
    fs::write(corpus.join("list"), list.join("\n")).unwrap();
    corpus
}

/// Returns a command that annotates the files of the list into `file`.
fn extract(folder: &Path, file: &str, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(folder).args(["extract", "--files-from", "list", "--output", file]).args(more);
    command
}

/// Annotates the list in one run. Returns the lines.
fn in_one_run(corpus: &Path) -> String {
    let run = extract(corpus, "whole.jsonl", &[]).output().unwrap();
    assert_eq!(run.status.code(), Some(1), "{}", err(&run));
    let errors = err(&run);
    let errors: Vec<&str> = errors.lines().collect();
    assert!(errors[0].starts_with("dateline: missing.txt: no such file"), "{errors:?}");
    assert!(errors[1].starts_with("dateline: book.epub: "), "{errors:?}");
    let summary =
        format!("dateline: {} files read, 1 skipped, 2 failed; whole.jsonl holds {} lines", FILES + 1, FILES + 3);
    assert_eq!(errors[2..], [&summary]);
    fs::read_to_string(corpus.join("whole.jsonl")).unwrap()
}

#[test]
fn lines_are_those_of_jsonl_and_name_their_files() {
    let corpus = corpus("long-run-lines");
    let whole = in_one_run(&corpus);
    let (first, feed) = (whole.lines().next().unwrap(), whole.lines().nth(FILES / 2 + 1).unwrap());
    let plain = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .current_dir(&corpus)
        .args(["extract", "--to", "jsonl", "000.txt"])
        .output()
        .unwrap();
    assert_eq!(format!("{}\n", first.replace(",\"file\":\"000.txt\"}", "}")), String::from_utf8(plain.stdout).unwrap());
    let feed: Value = serde_json::from_str(feed).unwrap();
    assert_eq!((&feed["id"], &feed["file"]), (&Value::from("urn:2"), &Value::from("feed.xml")));

    let again = extract(&corpus, "whole.jsonl", &[]).output().unwrap();
    assert!(err(&again).contains("whole.jsonl: file already exists; --resume continues it"), "{}", err(&again));
    assert_eq!(fs::read_to_string(corpus.join("whole.jsonl")).unwrap(), whole);
}

#[test]
fn a_run_that_was_cut_anywhere_is_resumed_to_the_same_lines() {
    let corpus = corpus("long-run-cut");
    let whole = in_one_run(&corpus);
    let feed = whole.find("\"urn:1\"").unwrap();
    for cut in [1, feed, feed + whole[feed..].find('\n').unwrap() + 1, whole.len() - 1] {
        fs::write(corpus.join("cut.jsonl"), &whole[..cut]).unwrap();
        let run = extract(&corpus, "cut.jsonl", &["--resume"]).output().unwrap();
        assert_eq!(run.status.code(), Some(1), "{}", err(&run));
        assert!(err(&run).contains("missing.txt") && err(&run).contains("2 failed"), "{}", err(&run));
        assert!(fs::read_to_string(corpus.join("cut.jsonl")).unwrap() == whole, "cut at byte {cut}");
    }
    let skipped =
        format!("dateline: 1 file read, {} skipped, 2 failed; cut.jsonl holds {} lines\n", FILES + 1, FILES + 3);
    let last = extract(&corpus, "cut.jsonl", &["--resume"]).output().unwrap();
    assert!(err(&last).ends_with(&skipped), "{}", err(&last));
    // A file of another program is not touched.
    fs::write(corpus.join("diary"), "Monday").unwrap();
    let foreign = extract(&corpus, "diary", &["--resume"]).output().unwrap();
    assert!(err(&foreign).contains("diary: line 1 is not from `extract --output`"), "{}", err(&foreign));
    assert_eq!(fs::read_to_string(corpus.join("diary")).unwrap(), "Monday");
}

#[test]
fn a_run_that_is_killed_five_times_writes_the_lines_of_one_run() {
    let corpus = corpus("long-run-killed");
    let whole = in_one_run(&corpus);
    let path = corpus.join("killed.jsonl");
    for kill in 1..=5 {
        let mut run =
            extract(&corpus, "killed.jsonl", &["--resume", "--jobs", "1"]).stderr(Stdio::null()).spawn().unwrap();
        while run.try_wait().unwrap().is_none() {
            if fs::metadata(&path).is_ok_and(|found| found.len() as usize > whole.len() / 7 * kill) {
                run.kill().unwrap();
            }
        }
        let lines = fs::read_to_string(&path).unwrap();
        assert!(whole.starts_with(&lines), "kill {kill}");
    }
    let mut last = extract(&corpus, "killed.jsonl", &["--resume"]);
    assert_eq!(last.output().unwrap().status.code(), Some(1));
    assert!(fs::read_to_string(&path).unwrap() == whole);
}

#[test]
fn a_list_on_standard_input_and_records_that_fail_are_resumed_too() {
    let folder = folder("long-run-records");
    let records: String = (0..300)
        .map(|n| match n {
            40 => "{\"id\": 40, \"text\": null}\n".to_owned(),
            n => format!("{{\"id\": {n}, \"text\": \"Pier {n} was shut on 3 May 2024.\"}}\n"),
        })
        .collect();
    fs::write(folder.join("a.jsonl"), records).unwrap();
    let script = format!(
        "printf 'a.jsonl\\0' | '{}' extract --from jsonl --files-from - --output out.jsonl --resume",
        env!("CARGO_BIN_EXE_dateline")
    );
    let run = || Command::new("bash").args(["-c", &script]).current_dir(&folder).output().unwrap();
    assert_eq!(run().status.code(), Some(1));
    let path = folder.join("out.jsonl");
    let whole = fs::read_to_string(&path).unwrap();
    assert_eq!((whole.lines().count(), whole.matches("\"error\":").count()), (300, 1));
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    run();
    assert!(fs::read_to_string(&path).unwrap() == whole);
}

#[test]
fn a_full_disk_is_named_and_the_run_can_be_resumed() {
    let corpus = corpus("long-run-full");
    let whole = in_one_run(&corpus);
    let limited = |blocks: usize| {
        let program = env!("CARGO_BIN_EXE_dateline");
        let script =
            format!("ulimit -f {blocks}; exec '{program}' extract --files-from list --output full.jsonl --resume");
        Command::new("bash").args(["-c", &script]).current_dir(&corpus).output().unwrap()
    };
    // `ulimit` counts blocks of 1024 bytes.
    let full = limited(whole.len() / 2048);
    assert_eq!(full.status.code(), Some(1));
    assert!(err(&full).contains("full.jsonl: ") && err(&full).contains("--resume continues"), "{}", err(&full));
    limited(whole.len());
    assert!(fs::read_to_string(corpus.join("full.jsonl")).unwrap() == whole);
}

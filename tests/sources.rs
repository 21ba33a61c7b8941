//! Tests input files. The TUI, `extract` and `add` must accept the same files, must reject the same files with the same
//! messages, and must continue after an unreadable file.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod test_folder;

use dateline::headless::read_sources;
use dateline_ingest::Format;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use test_folder::{TestFolder, err, out};

/// Result of reading some sources with the TUI, `extract` or `add`: the IDs of the articles, and all messages that name
/// a source.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    ids: Vec<String>,
    said: Vec<String>,
}

/// Returns the messages on standard error in sorted order, without the summary of `add`.
fn sentences(output: &Output) -> Vec<String> {
    let err = err(output);
    let lines = err.lines().map(|line| line.strip_prefix("dateline: ").unwrap_or(line));
    let mut said: Vec<String> = lines.filter(|line| line.starts_with(['/', '-'])).map(str::to_owned).collect();
    said.sort();
    said
}

fn id(line: &str, article: impl Fn(&Value) -> &Value) -> Option<String> {
    let value: Value = serde_json::from_str(line).unwrap();
    article(&value)["id"].as_str().map(str::to_owned)
}

fn extracted(test_folder: &TestFolder, paths: &[&str]) -> (Found, Option<i32>) {
    let output = test_folder.dateline(&[&["extract", "--to", "jsonl"], paths].concat());
    let ids = out(&output).lines().filter_map(|line| id(line, |value| value)).collect();
    (Found { ids, said: sentences(&output) }, output.status.code())
}

fn added(test_folder: &TestFolder, paths: &[&str]) -> (Found, Option<i32>) {
    let library = test_folder.0.join("library.db");
    let _ = fs::remove_file(&library);
    let output = test_folder.dateline(&[&["add"], paths].concat());
    let export = out(&test_folder.dateline(&["export"]));
    let mut ids: Vec<String> = export.lines().filter_map(|line| id(line, |value| &value["article"])).collect();
    // The library exports articles in its own order, so the IDs are sorted.
    ids.sort();
    (Found { ids, said: sentences(&output) }, output.status.code())
}

fn opened(paths: &[&str]) -> Found {
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    let (ids, said) = read_sources(&paths);
    let mut found = Found { ids, said };
    found.said.sort();
    found
}

/// Reads sources with the TUI, `extract` and `add`, and checks that all three give the same result. Returns that
/// result.
fn same(test_folder: &TestFolder, paths: &[&str]) -> (Found, Option<i32>) {
    let (extracted, code) = extracted(test_folder, paths);
    assert_eq!(opened(paths), extracted, "the reader and extract");
    let (mut added, code_of_add) = added(test_folder, paths);
    let mut sorted = extracted.ids.clone();
    sorted.sort();
    added.said.retain(|line| !line.contains("added without its source"));
    assert_eq!((added.ids, added.said), (sorted, extracted.said.clone()), "add and extract");
    assert_eq!(code_of_add, code);
    (extracted, code)
}

fn story(name: &str) -> String {
    format!("Ferry {name} sails\n\nThe ferry {name} sailed on 3 May 2024, said Mara Odell, the harbour master.\n")
}

/// Creates a folder that contains unusual files of every kind.
fn odd_folder(test_folder: &TestFolder) -> PathBuf {
    let folder = test_folder.0.join("odd");
    for inner in ["inner/.hidden", "between"] {
        fs::create_dir_all(folder.join(inner)).unwrap();
    }
    let named = ["a.txt", "B.TXT", "c.asc", "noend", "d.Markdown", "inner/z.text", "inner/a b.txt", "between.txt"];
    for name in named.into_iter().chain(["between/x.dump", ".dot.txt", "inner/.hidden/no.txt", "p.PNG", "style.css"]) {
        fs::write(folder.join(name), story(name)).unwrap();
    }
    let records = "{\"id\": \"r1\", \"text\": \"The mill closed.\"}\nnot a record\n\
        {\"headline\": \"Quay shut\", \"body_html\": \"<p>The quay is shut.</p>\"}\n";
    fs::write(folder.join("wire.ndjson"), records).unwrap();
    let records = "{\"id\": \"t1\", \"text\": \"A pier burnt.\"}\n{\"id\": \"t2\", \"text\": \"It rained.\"}\nno\n";
    fs::write(folder.join("records.txt"), records).unwrap();
    fs::write(folder.join("zero.txt"), b"a\0b").unwrap();
    fs::write(folder.join("empty.txt"), b"\n").unwrap();
    fs::write(test_folder.0.join("outside"), story("outside")).unwrap();
    symlink("../outside", folder.join("link.txt")).unwrap();
    symlink("..", folder.join("round.txt")).unwrap();
    symlink("nowhere", folder.join("dangling.txt")).unwrap();
    assert!(Command::new("mkfifo").arg(folder.join("pipe.txt")).status().unwrap().success());
    folder
}

#[test]
fn the_reader_extract_and_add_read_the_same_files_of_a_folder() {
    let test_folder = TestFolder::new("odd");
    let folder = odd_folder(&test_folder);
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (found, code) = same(&test_folder, &[folder.to_str().unwrap()]);
    assert_eq!(code, Some(1));
    let files = ["B.TXT", "a.txt", "between/x.dump", "between.txt", "c.asc", "d.Markdown"];
    let more = ["inner/a b.txt", "inner/z.text", "link.txt", "noend"];
    let mut ids: Vec<String> = files.into_iter().chain(more).map(path).collect();
    ids.extend(["t1", "t2", "r1"].map(str::to_owned));
    ids.push(format!("{}#3", path("wire.ndjson")));
    assert_eq!(found.ids, ids);
    let skipped = "skipped 2 hidden files, 1 link to a folder, 1 broken link, 1 device or pipe, \
        2 files that are not stories (.css, .png)";
    assert_eq!(found.said.len(), 5, "{:?}", found.said);
    assert!(found.said[4].ends_with(skipped), "{:?}", found.said);
    for (said, name) in found.said.iter().zip(["empty.txt", "records.txt", "wire.ndjson", "zero.txt"]) {
        assert!(said.starts_with(&path(name)), "{said}");
    }
}

#[test]
fn what_has_no_end_is_refused_in_the_same_words() {
    let test_folder = TestFolder::new("endless");
    let (pipe, socket) = (test_folder.0.join("pipe.txt"), test_folder.0.join("socket"));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let _listener = UnixListener::bind(&socket).unwrap();
    let good = test_folder.0.join("good.txt");
    fs::write(&good, story("good")).unwrap();
    let kinds = [
        ("/dev/zero", "a device"),
        ("/dev/null", "a device"),
        (pipe.to_str().unwrap(), "a named pipe"),
        (socket.to_str().unwrap(), "a socket"),
    ];
    for (path, kind) in kinds {
        let (found, code) = same(&test_folder, &[path, good.to_str().unwrap()]);
        assert_eq!(found.said, [format!("{path}: it is {kind}, not a file")]);
        assert_eq!((found.ids.len(), code), (1, Some(1)), "the file after it is read");
        let quotes = test_folder.dateline(&["quotes", path]);
        assert_eq!((sentences(&quotes), quotes.status.code()), (found.said, Some(1)));
    }
}

/// A pipe opened by the shell is not a named pipe, although it has a path.
#[test]
fn a_pipe_of_the_shell_is_read() {
    let test_folder = TestFolder::new("substitution");
    let command = format!("'{}' extract <(printf 'The mill has closed.')", env!("CARGO_BIN_EXE_dateline"));
    let output = Command::new("bash").args(["-c", &command]).output().unwrap();
    assert!(output.status.success() && out(&output).contains("The mill has closed."), "{}", err(&output));
    let (found, code) = extracted(&test_folder, &["--from", "jsonl", test_folder.0.to_str().unwrap()]);
    assert_eq!((found.ids.len(), code), (0, Some(0)), "an empty folder of records ends");
}

#[test]
fn a_missing_file_is_named_whatever_its_extension() {
    let test_folder = TestFolder::new("missing");
    let extensions = Format::ALL.iter().flat_map(|format| format.extensions()).chain(&["gz", "zst"]);
    let paths: Vec<String> = extensions.map(|extension| format!("/nowhere/missing.{extension}")).collect();
    let said: Vec<String> = paths.iter().map(|path| format!("{path}: no such file")).collect();
    let all: Vec<&str> = paths.iter().map(String::as_str).collect();
    let (found, code) = same(&test_folder, &all);
    let mut said = said;
    said.sort();
    assert_eq!((found.said, code), (said, Some(1)));
    for path in all {
        for path in [path.to_owned(), path.to_uppercase()] {
            let output = test_folder.dateline(&["quotes", &path]);
            let said = vec![format!("{path}: no such file")];
            assert_eq!((sentences(&output), output.status.code()), (said, Some(1)));
        }
    }
    // A word without a known file extension is treated as a query.
    assert!(!err(&test_folder.dateline(&["quotes", "missing.harbour"])).contains("no such file"));
}

/// Creates a sparse file that is `length` bytes long and begins with `start`.
fn sparse(path: &Path, start: &str, length: u64) {
    let mut file = fs::File::create(path).unwrap();
    file.write_all(start.as_bytes()).unwrap();
    file.set_len(length).unwrap();
}

#[test]
fn a_file_that_is_too_long_is_named_and_the_others_are_read() {
    let test_folder = TestFolder::new("long");
    let folder = test_folder.0.join("long");
    fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name);
    fs::write(path("a.txt"), story("a")).unwrap();
    let letter =
        "From ana@post.example Fri May  3 10:15:00 2024\nFrom: ana@post.example\nSubject: Mill\n\nIt is shut.\n";
    let letters = format!("{letter}\n{}", letter.replace("Mill", "Quay").replace("It is", "The quay is"));
    sparse(&path("b.mbox"), &letters, 257 << 20);
    let text = "It rained on the mill. ".repeat(600);
    let record = |number: usize| format!("{{\"id\": \"r{number}\", \"text\": \"Mill {number} closed. {text}\"}}\n");
    fs::write(path("c.jsonl"), (0..3).map(record).collect::<String>()).unwrap();
    sparse(&path("d.txt"), &story("d").repeat(2_000), 257 << 20);
    sparse(&path("e.jsonl"), &(3..9).map(record).collect::<String>(), 257 << 20);
    fs::write(path("f.txt"), story("f")).unwrap();
    let (found, code) = same(&test_folder, &[folder.to_str().unwrap()]);
    let name = |name: &str| path(name).to_str().unwrap().to_owned();
    let mut ids = vec![name("a.txt")];
    ids.extend([1, 2].map(|number| format!("{}#{number}", name("b.mbox"))));
    ids.extend((0..9).map(|number| format!("r{number}")));
    ids.push(name("f.txt"));
    assert_eq!((found.ids, code), (ids, Some(1)));
    let refused =
        format!("{}: it is longer than 256 MB, the limit for a file that is read whole; split it", name("d.txt"));
    let cut = format!("{}: not a JSON record: line 7: longer than 32 MB", name("e.jsonl"));
    assert_eq!(found.said, [refused, cut]);
}

#[test]
fn a_text_of_too_many_lines_is_named_and_the_others_are_read() {
    let test_folder = TestFolder::new("lines");
    let folder = test_folder.0.join("lines");
    fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name);
    fs::write(path("a.txt"), story("a")).unwrap();
    fs::write(path("b.txt"), "word\n".repeat(1_000_000)).unwrap();
    fs::write(path("c.txt"), story("c")).unwrap();
    let (found, code) = same(&test_folder, &[folder.to_str().unwrap()]);
    let name = |name: &str| path(name).to_str().unwrap().to_owned();
    assert_eq!((found.ids, code), (vec![name("a.txt"), name("c.txt")], Some(1)));
    let refused = "it has 1000001 lines, more than the 300000 that its length allows; split it, or raise “max_lines” in \
                   the settings";
    assert_eq!(found.said, [format!("{}: {refused}", name("b.txt"))]);
}

#[test]
fn the_limit_of_lines_is_a_setting() {
    let test_folder = TestFolder::new("few");
    let text = test_folder.0.join("a.txt");
    fs::write(&text, "word\n".repeat(50)).unwrap();
    let run = || test_folder.dateline_with_settings(&test_folder.0, &["extract", text.to_str().unwrap()]);
    assert_eq!(run().status.code(), Some(0));
    let settings = test_folder.0.join("dateline");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join("config.toml"), "max_lines = 9\n").unwrap();
    let output = run();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("a.txt: it has 51 lines, more than the 14 that its length allows"),
        "{}",
        err(&output)
    );
}

#[test]
fn the_source_of_a_long_file_is_not_kept_which_is_said() {
    let test_folder = TestFolder::new("unkept");
    let mail = test_folder.0.join("years.mbox");
    let letter =
        "From ana@post.example Fri May  3 10:15:00 2024\nFrom: ana@post.example\nSubject: Mill\n\nIt is shut.\n";
    sparse(&mail, letter, 65 << 20);
    let output = test_folder.dateline(&["add", mail.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(
        err(&output).contains("years.mbox: added without its source, which is longer than 64 MB"),
        "{}",
        err(&output)
    );
    let uid = out(&output).split_whitespace().nth(1).unwrap().to_owned();
    assert!(err(&test_folder.dateline(&["show", "--raw", &uid])).contains("was not stored"));
    let export = out(&test_folder.dateline(&["export"]));
    assert!(export.contains("Its source is not kept in the library"), "{export}");
    assert!(err(&test_folder.dateline(&["add", mail.to_str().unwrap()])).contains("1 file unchanged"));
}

/// Runs `add` with at most `most` bytes on standard input, or fewer if the program stops reading. The memory of the
/// program is limited to one gigabyte.
fn add_endless(test_folder: &TestFolder, arguments: &str, piece: &[u8], most: usize) -> Output {
    let add = format!("ulimit -v 1000000; exec '{}' add --jobs 1 {arguments}", env!("CARGO_BIN_EXE_dateline"));
    let mut command = Command::new("bash");
    command.args(["-c", &add]).env("DATELINE_LIBRARY", test_folder.0.join("library.db"));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let block = piece.repeat((1 << 20) / piece.len());
    let mut written = 0;
    while written < most && input.write_all(&block).is_ok() {
        written += block.len();
    }
    drop(input);
    child.wait_with_output().unwrap()
}

#[test]
fn an_endless_standard_input_takes_bounded_memory() {
    let test_folder = TestFolder::new("yes");
    let output = add_endless(&test_folder, "-", b"y\n", 1 << 30);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("-: it is longer than 256 MB"), "{}", err(&output));
    let output = add_endless(&test_folder, "--from jsonl -", b"y", 1 << 30);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("-: line 1: longer than 32 MB"), "{}", err(&output));
}

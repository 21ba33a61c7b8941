//! Tests querying the library on the command line.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_analysis::{Analyzer, Options};
use dateline_ingest::article_of_record;
use dateline_library::{Incoming, Library, Raw};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Stories of the test library: title, publication date and text.
const STORIES: &[[&str; 3]] = &[
    [
        "Ferry service to resume",
        "2023-09-24",
        "The ferry to Ostrel Island will resume on Monday, the operator said.\n\n\
         “We have mended the ramp,” said Mara Odell, the harbour master, on Friday.",
    ],
    [
        "Budget vote put off",
        "2023-10-02",
        "The council put off its vote on Friday. “Nobody has read the ferry contract,” said Rufus Pell, a councillor.",
    ],
];

/// Creates a library with these stories for a test.
fn library(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("query-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("library.db");
    let mut library = Library::open_or_create(&path).unwrap();
    let analyzer = Analyzer::bundled();
    for [title, day, text] in STORIES {
        let url = format!("https://harbour.example/{day}");
        let line = json!({"id": day, "title": title, "published": day, "url": url, "text": text}).to_string();
        let article = article_of_record(&line, 1).unwrap();
        let analysis = analyzer.analyze(&article, &Options::default());
        let mut incoming = Incoming::new(article, analysis, &url);
        incoming.raw = Raw::Own(line.into_bytes());
        library.add(&[incoming.prepare().unwrap()]).unwrap();
    }
    path
}

fn dateline(library: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(arguments)
        .env("DATELINE_LIBRARY", library)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Runs a command that must succeed. Returns its output.
fn said(library: &Path, arguments: &[&str]) -> String {
    let output = dateline(library, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn rows(library: &Path, arguments: &[&str]) -> Vec<Value> {
    serde_json::from_str(&said(library, &[arguments, &["--to", "json"]].concat())).unwrap()
}

#[test]
fn a_list_is_newest_first_and_a_query_narrows_it() {
    let library = library("list");
    let titles = |arguments: &[&str]| -> Vec<String> {
        rows(&library, arguments).iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles(&["list"]), ["Budget vote put off", "Ferry service to resume"]);
    assert_eq!(titles(&["list", "--sort", "oldest", "--limit", "1"]), ["Ferry service to resume"]);
    assert_eq!(titles(&["list", "speaker:odell", "-tag:done", "is:unread"]), ["Ferry service to resume"]);
    assert_eq!(titles(&["list", "-title:ferry"]), ["Budget vote put off"]);
    assert_eq!(titles(&["list", "-has:quotes"]), [""; 0]);
    for format in ["table", "csv", "md"] {
        assert!(said(&library, &["list", "ferry", "--to", format]).contains("Budget vote put off"), "{format}");
    }
    assert_eq!(said(&library, &["list", "--to", "jsonl"]).lines().count(), 2);
}

#[test]
fn quotes_names_and_dates_are_asked_of_the_library_too() {
    let library = library("across");
    let quotes = rows(&library, &["quotes", "speaker:odell"]);
    assert_eq!(quotes.len(), 1, "{quotes:?}");
    assert_eq!((&quotes[0]["speaker"], &quotes[0]["published"]), (&json!("Mara Odell"), &json!("2023-09-24")));
    let everyone = rows(&library, &["entities", "--type", "person"]);
    assert!(everyone.iter().any(|row| row["name"] == "Rufus Pell"), "{everyone:?}");
    let days: Vec<String> = rows(&library, &["timeline", "ferry"]).iter().map(|row| row["begin"].to_string()).collect();
    assert!(days.len() > 1 && days.is_sorted(), "{days:?}");
    assert!(said(&library, &["timeline", "ferry", "--to", "ics"]).starts_with("BEGIN:VCALENDAR"));
}

#[test]
fn a_file_is_read_as_a_file_and_other_words_are_a_query() {
    let library = library("file");
    let file = library.with_file_name("story.txt");
    std::fs::write(&file, "“The mill is closed,” said Agnes Holloway, the owner, on Monday.").unwrap();
    let path = file.to_str().unwrap();
    for arguments in [&["quotes", path][..], &["quotes", "--file", path]] {
        let quotes = rows(&library, arguments);
        assert_eq!(quotes.len(), 1);
        assert_eq!(quotes[0]["speaker"], "Agnes Holloway");
    }
    assert_eq!(rows(&library, &["quotes", "contract"]).len(), 1);
}

#[test]
fn a_story_is_shown_as_plain_text_or_as_it_came() {
    let library = library("show");
    let id = rows(&library, &["list", "title:ferry"])[0]["id"].as_str().unwrap().to_owned();
    let text = said(&library, &["show", &id]);
    assert!(
        text.starts_with("Ferry service to resume\n2023-09-24\nhttps://harbour.example/2023-09-24\n\nThe ferry to"),
        "{text}"
    );
    assert_eq!(said(&library, &["show", &id[..6]]), text);
    assert_eq!(said(&library, &["show", "title:ferry"]), text);
    assert!(said(&library, &["show", &id, "--raw"]).starts_with("{\"id\":"));
    let both: Vec<Value> = serde_json::from_str(&said(&library, &["show", "ferry", "--to", "json"])).unwrap();
    assert_eq!(both.len(), 2);
    assert_eq!(dateline(&library, &["show", "zzzz"]).status.code(), Some(1));
}

#[test]
fn stories_are_cited() {
    let library = library("cite");
    let entries = said(&library, &["list", "--to", "bibtex"]);
    assert_eq!(entries.matches("@article{").count(), 2);
    let items: Vec<Value> = serde_json::from_str(&said(&library, &["list", "ferry", "--to", "csl-json"])).unwrap();
    assert_eq!(items[0]["issued"], json!({"date-parts": [[2023, 10, 2]]}));
    let none: Vec<Value> = serde_json::from_str(&said(&library, &["list", "zzzz", "--to", "csl-json"])).unwrap();
    assert!(none.is_empty());
}

#[test]
fn a_wrong_query_is_pointed_at_and_exits_with_two() {
    let library = library("wrong");
    let output = dateline(&library, &["list", "ferry", "speeker:odell"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("did you mean “speaker”?") && told.contains("\n        ^^^^^^^\n"), "{told}");
    assert_eq!(dateline(&library, &["quotes", "--nonsense"]).status.code(), Some(2));
}

#[test]
fn a_missing_library_is_reported_and_not_created() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("query-none/library.db");
    let output = dateline(&path, &["list"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no library"));
    assert!(!path.exists());
}

/// An error message must name the problem, its cause and a way out, and the exit status must be 1.
#[test]
fn an_error_leads_on() {
    let library = library("errors");
    let empty = library.with_file_name("urls");
    std::fs::write(&empty, "# nothing\n").unwrap();
    let empty = empty.to_str().unwrap();
    for (call, words) in [
        (&["mark", "zzzz", "--star"][..], ["“zzzz”", "`dateline list`"]),
        (&["show", "title:zeppelin"], ["“title:zeppelin”", "`dateline list`"]),
        (&["who", "Zeppelin"], ["“Zeppelin”", "`dateline list`"]),
        (&["fetch"], ["no feeds yet", "`dateline feed add URL`"]),
        (&["view", "show", "harbour"], ["“harbour”", "`dateline view list`"]),
        (&["feed", "remove", "harbour"], ["harbour", "`dateline feed list`"]),
        (&["feed", "add", "harbour feed"], ["harbour feed", "https://example.org/feed"]),
        (&["feed", "add", "ftp://harbour.example/"], ["ftp://harbour.example/", "only http and https"]),
        (&["feed", "import", empty], ["urls: no feeds found", "one URL per line"]),
        (&["man", "dateline-lst"], ["“dateline-lst”", "“dateline-list”"]),
    ] {
        let output = dateline(&library, call);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(words.iter().all(|word| said.contains(word)), "{call:?}: {said}");
        assert_eq!((said.lines().count(), output.status.code()), (1, Some(1)), "{call:?}: {said}");
    }
}

#[test]
fn a_fetch_names_the_feed_that_does_not_exist() {
    let library = library("no-feed");
    said(&library, &["feed", "add", "--no-fetch", "http://harbour.example/feed"]);
    let output = dateline(&library, &["fetch", "quay"]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(error, "dateline: no feed has the URL, title or tag “quay”; `dateline feed list` lists the feeds\n");
}

#[test]
fn an_empty_list_names_the_part_that_no_story_matches_and_the_nearest_word() {
    let path = library("misspelt");
    for (query, message) in [
        (&["fery", "ramp"][..], "dateline: no story matches fery; did you mean ferry ramp?\n"),
        (&["zebra"], "dateline: no story matches zebra\n"),
        (&["ferry"], ""),
    ] {
        let output = dateline(&path, &[&["list"], query].concat());
        assert!(output.status.success());
        assert_eq!(String::from_utf8(output.stderr).unwrap(), message);
    }
}

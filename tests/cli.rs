//! The command line as scripts see it: input, output and exit status.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// Returns the program, built for this test run.
fn dateline() -> Command {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
}

/// Runs the program with `input` on standard input.
fn run(arguments: &[&str], input: &str) -> Output {
    let mut child =
        dateline().args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that refuses its arguments may have exited before it reads, so a failed write is ignored.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complaints(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Creates a folder for this test only.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

const STORY: &str = "Ferry service to resume\n\nThe ferry to Ostrel Island will resume on Monday, the operator said.\n\n\
    “We have mended the ramp,” said Mara Odell, the harbour master, on Friday.\n";

#[test]
fn one_article_comes_out_as_one_object() {
    let output = run(&["extract", "-", "--date", "2024-05-18"], STORY);
    assert!(output.status.success(), "{}", complaints(&output));
    let value: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(value["schema"], 1);
    assert_eq!(value["published"], "2024-05-18");
    assert_eq!(value["published_source"], "option");
    let text: Vec<char> = value["text"].as_str().unwrap().chars().collect();
    for quote in value["quotes"].as_array().unwrap() {
        let (start, end) = (quote["start"].as_u64().unwrap() as usize, quote["end"].as_u64().unwrap() as usize);
        assert_eq!(text[start..end].iter().collect::<String>(), quote["text"].as_str().unwrap());
    }
}

#[test]
fn records_keep_their_order_and_a_bad_one_its_line() {
    let input: String = (0..600)
        .map(|n| match n {
            300 => "{\"id\": 300, \"text\": null}\n".to_owned(),
            _ => format!("{{\"id\": \"r{n}\", \"text\": \"Story {n}.\"}}\n"),
        })
        .collect();
    let output = run(&["extract", "--from", "jsonl"], &input);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaints(&output).contains("line 301"), "{}", complaints(&output));
    let lines: Vec<Value> = out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 600);
    assert_eq!(lines[299]["id"], "r299");
    assert_eq!((&lines[300]["id"], &lines[300]["line"]), (&Value::from(300), &Value::from(301)));
    assert_eq!(lines[599]["text"], "Story 599.");
}

#[test]
fn a_record_s_text_is_taken_verbatim() {
    let text = "  Two  blanks.\n\nShare this\u{85}story \u{202e}now";
    let output = run(&["extract", "--from", "jsonl"], &format!("{}\n", serde_json::json!({"id": "a", "text": text})));
    assert!(!out(&output).contains(['\u{85}', '\u{202e}']), "raw control characters");
    let value: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(value["text"], text);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_comes_out() {
    let folder = folder("rest");
    fs::write(folder.join("good.txt"), STORY).unwrap();
    fs::write(folder.join("zero.txt"), b"a\0b").unwrap();
    fs::write(folder.join("empty.txt"), b" \n").unwrap();
    let gone = folder.join("gone.txt");
    let output = dateline().arg("extract").arg(&folder).arg(&gone).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(out(&output).lines().count(), 1);
    for name in ["zero.txt", "empty.txt", "gone.txt"] {
        assert_eq!(complaints(&output).lines().filter(|line| line.contains(name)).count(), 1, "{name}");
    }
}

#[test]
fn a_wrong_call_exits_with_two() {
    for arguments in [&["extract"][..], &["extract", "--nonsense", "-"], &["extract", "-", "--date", "tomorrow"]] {
        assert_eq!(run(arguments, "").status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = folder("pipe");
    let record = serde_json::json!({"id": "a", "text": STORY.repeat(20)}).to_string();
    let input = folder.join("many.jsonl");
    fs::write(&input, format!("{record}\n").repeat(2000)).unwrap();
    let mut child = dateline()
        .args(["extract", "--from", "jsonl"])
        .arg(&input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(complaints(&output), "");
}

#[test]
fn every_report_has_its_formats() {
    for command in ["quotes", "entities", "timeline"] {
        for format in ["table", "json", "csv", "md"] {
            let output = run(&[command, "-", "--date", "2024-05-18", "--to", format], STORY);
            assert!(output.status.success(), "{command} {format}: {}", complaints(&output));
        }
    }
    let output = run(&["timeline", "-", "--date", "2024-05-18", "--to", "ics"], STORY);
    assert!(out(&output).starts_with("BEGIN:VCALENDAR\r\n"));
    assert!(out(&output).ends_with("END:VCALENDAR\r\n"));
}

#[test]
fn completions_and_manual_come_from_the_command_line_itself() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(out(&run(&["completions", shell], "")).contains("extract"), "{shell}");
    }
    assert!(out(&run(&["man"], "")).contains("dateline"));
}

#[test]
fn no_byte_of_a_file_name_reaches_the_terminal_as_a_control() {
    let output = run(&["extract", "no\u{1b}[31msuch\u{7}file"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(!complaints(&output).contains(['\u{1b}', '\u{7}']));
}

#[test]
fn a_file_that_is_not_there_is_named_and_no_query() {
    for arguments in [&["quotes", "nowhere.txt"][..], &["timeline", "Cargo.toml", "nowhere.md"]] {
        let output = dateline().args(arguments).output().unwrap();
        let told = complaints(&output);
        assert!(told.contains("nowhere."), "{told}");
        assert_eq!(output.status.code(), Some(1), "{told}");
    }
}

#[test]
fn what_only_plain_lines_obey_is_refused_in_the_reader() {
    let output = dateline().args(["read", "--from", "text", "x.txt"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(complaints(&output).contains("--plain"));
}

//! Tests the command line as scripts use it: input, output and exit status.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// Returns a command that runs the program under test.
fn dateline() -> Command {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
}

/// Runs the program with `input` as standard input.
fn run(arguments: &[&str], input: &str) -> Output {
    let mut child =
        dateline().args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A failed write is ignored because a program that rejects its arguments may exit without reading its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complaints(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Creates an empty folder for a test.
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
fn a_sentence_is_explained_with_its_clauses_and_rows() {
    let output = run(&["extract", "-", "--date", "2024-05-18", "--explain", "2"], STORY);
    assert!(output.status.success(), "{}", complaints(&output));
    let lines = out(&output);
    assert!(lines.starts_with("The/DT ferry/NN to/"), "{lines}");
    assert!(
        lines.contains("“will resume”") && lines.contains("  row: The ferry to Ostrel Island will resume"),
        "{lines}"
    );
    let output = run(&["extract", "-", "--date", "2024-05-18", "--explain", "40"], STORY);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaints(&output).contains("no sentence 40; the story has 3"), "{}", complaints(&output));
    let output = run(&["extract", "-", "--explain", "1"], "He said \u{1b}[31mno\u{7} twice.\n");
    assert!(!out(&output).contains(['\u{1b}', '\u{7}']), "{}", out(&output));
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
fn the_figures_of_a_story_are_listed_with_what_they_count_and_who_says_so() {
    let story = "“At least 12 people were killed,” said Mara Odell. The storm destroyed 40 homes.";
    let output = run(&["figures", "-", "--to", "csv"], story);
    let table = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows[0], "value,low,high,unit,counted,words,clause,source,day,confidence,story");
    assert!(
        rows[1].starts_with("12,12,,,people dead,At least 12,At least 12 people were killed,Mara Odell,,"),
        "{table}"
    );
    let words = "\"[“At least 12 people were killed,” said Mara Odell] The storm destroyed 40 homes\"";
    assert!(rows[2].starts_with(&format!("40,,,,homes destroyed,40,{words},,,")), "{table}");
    let output = run(&["figures", "-", "--counted", "home", "--to", "csv"], story);
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 2);
}

#[test]
fn every_report_has_its_formats() {
    for command in ["quotes", "entities", "timeline", "figures"] {
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
fn what_was_not_said_is_marked_and_can_be_left_out() {
    let story = "Mara Odell said that the ramp was mended.\n\nMara Odell did not say that the quay was safe.";
    let quotes = |more: &[&str]| -> Vec<(String, String)> {
        let output = run(&[&["quotes", "-", "--to", "json"], more].concat(), story);
        let rows: Vec<Value> = serde_json::from_str(&out(&output)).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        rows.iter().map(|row| (text(&row["polarity"]), text(&row["quote"]))).collect()
    };
    let denied = ("denied".to_owned(), "that the quay was safe".to_owned());
    assert_eq!(quotes(&[]).len(), 2);
    assert_eq!(quotes(&["--polarity", "denied"]), [denied]);
    assert_eq!(quotes(&["--polarity", "said"]).len(), 1);
    let result: Value = serde_json::from_str(&out(&run(&["extract", "-"], story))).unwrap();
    assert_eq!(result["quotes"][1]["polarity"], "denied");
}

#[test]
fn a_story_in_another_language_yields_quotes_only() {
    let story = "Der Rat der Stadt hat am 3. März 2024 beschlossen, die alte Brücke über den Fluss zu sperren.\n\n\
        „Wir haben keine andere Wahl“, sagte die Bürgermeisterin Petra Ahlers nach der Sitzung.";
    let result: Value = serde_json::from_str(&out(&run(&["extract", "-"], story))).unwrap();
    let quotes = result["quotes"].as_array().unwrap();
    assert_eq!(quotes.len(), 1, "{quotes:?}");
    assert_eq!((&quotes[0]["text"], &quotes[0]["kind"]), (&"Wir haben keine andere Wahl".into(), &"direct".into()));
    assert_eq!((&quotes[0]["speaker"], &quotes[0]["cue"]), (&Value::Null, &Value::Null));
    for layer in ["entities", "times", "events"] {
        assert_eq!(result[layer].as_array().map(Vec::len), Some(0), "{layer}");
    }
    assert!(result["notes"].as_array().unwrap().contains(&"quotes only: German".into()), "{}", result["notes"]);
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

/// Returns the commands listed in the help of the command `words`.
fn commands(words: &[&str]) -> Vec<String> {
    let help = out(&dateline().args(words).arg("-h").output().unwrap());
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.map(|line| line.split_whitespace().next().unwrap().to_owned()).filter(|name| name != "help").collect()
}

/// Returns all commands, including subcommands.
fn every_command() -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for command in commands(&[]) {
        all.extend(commands(&[&command]).into_iter().map(|inner| vec![command.clone(), inner]));
        all.push(vec![command]);
    }
    all
}

#[test]
fn a_library_can_be_named_before_and_after_every_command() {
    let folder = folder("anywhere");
    let library = folder.join("l.db");
    let named = ["--library", library.to_str().unwrap()];
    for address in ["http://example.org/a", "http://example.org/b", "http://example.org/c"] {
        let rest = ["add", "--no-fetch", address];
        let call: Vec<&str> = match address.as_bytes().last() {
            Some(b'a') => [&named[..], &["feed"], &rest].concat(),
            Some(b'b') => [&["feed"][..], &named, &rest].concat(),
            _ => [&["feed"][..], &rest, &named].concat(),
        };
        assert!(dateline().args(&call).output().unwrap().status.success(), "{call:?}");
    }
    let listed = out(&dateline().args(named).args(["feed", "list"]).output().unwrap());
    assert_eq!(listed.matches("http://example.org/").count(), 3, "{listed}");
    let mut seen = 0;
    for words in every_command() {
        let before = dateline().args(named).args(&words).arg("-h").output().unwrap();
        let help = out(&before);
        assert!(before.status.success() && help.contains("--library <FILE>"), "{words:?}\n{help}");
        seen += 1;
    }
    assert!(seen > 30, "{seen} commands");
}

/// Value names must be drawn from a small set, and an option must have the same meaning in every command.
#[test]
fn an_option_means_the_same_everywhere() {
    let option = regex::Regex::new(r"(--[a-z-]+) <([^>]+)>").unwrap();
    let mut values = std::collections::BTreeMap::new();
    for words in every_command() {
        let help = out(&dateline().args(&words).arg("-h").output().unwrap());
        let options = help.split("\nOptions:\n").nth(1).unwrap_or_default();
        for found in option.captures_iter(options) {
            let (name, value) = (found[1].to_owned(), found[2].to_owned());
            let first = values.entry(name.clone()).or_insert_with(|| value.clone());
            // The command `man` writes a folder of pages, but every other command writes a single file.
            assert!(*first == value || (name == "--output" && words == ["man"]), "{words:?}: {name} <{value}>");
        }
    }
    for (name, value) in
        [("--from", "FORMAT"), ("--to", "FORMAT"), ("--since", "DATE"), ("--until", "DATE"), ("--date", "DATE")]
    {
        assert_eq!(values[name], value, "{name}");
    }
}

#[test]
fn a_word_that_is_neither_a_command_nor_a_file_is_named_with_the_nearest_command() {
    let folder = folder("neither");
    fs::write(folder.join("exprot-me"), STORY).unwrap();
    for (call, reason) in [
        (&["exprot"][..], "'exprot' is neither a command nor a file; did you mean 'export'?"),
        (&["lst", "is:unread", "--to", "csv"], "'lst' is neither a command nor a file; did you mean 'list'?"),
        (&["--library", "l.db", "fetsh"], "'fetsh' is neither a command nor a file; did you mean 'fetch'?"),
        (&["--library=l.db", "qutoes"], "'qutoes' is neither a command nor a file; did you mean 'quotes'?"),
        (&["xyzzyxyzzy"], "'xyzzyxyzzy' is neither a command nor a file; `dateline --help` lists the commands"),
        (&["\u{1b}[31mlist"], "[31mlist' is neither a command nor a file"),
    ] {
        let output = dateline().args(call).current_dir(&folder).output().unwrap();
        let said = complaints(&output);
        assert!(said.contains(reason) && !said.contains('\u{1b}'), "{call:?}: {said}");
        assert_eq!((output.status.code(), out(&output)), (Some(2), String::new()), "{call:?}");
    }
    // These arguments could be files, so they start the TUI, which requires a terminal.
    for call in [&["exprot-me"][..], &["gone.txt"], &["sub/gone"], &["-"], &["--help", "exprot"]] {
        let output = dateline().args(call).current_dir(&folder).output().unwrap();
        assert!(!complaints(&output).contains("neither"), "{call:?}: {}", complaints(&output));
    }
}

#[test]
fn a_file_before_a_command_is_refused() {
    let output = dateline().args(["Cargo.toml", "--library", "l.db", "list"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(complaints(&output).contains("files cannot precede a command"), "{}", complaints(&output));
}

#[test]
fn a_wrong_date_and_a_missing_library_lead_to_the_right_ones() {
    let date = complaints(&run(&["timeline", "--since", "tomorrow", "-"], ""));
    assert!(date.contains("'--since <DATE>': not a date; write it as YYYY-MM-DD"), "{date}");
    let gone = folder("gone").join("gone.db");
    for command in [&[][..], &["list"], &["check"]] {
        let output = dateline().arg("--library").arg(&gone).args(command).output().unwrap();
        let said = complaints(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("there is no library at") && said.contains("`dateline add FILE` creates one"), "{said}");
    }
    let output = dateline().arg("--library").arg(&gone).args(["quotes", "nosuch"]).output().unwrap();
    let said = complaints(&output);
    assert!(said.starts_with("dateline: “nosuch” is not a file, and there is no library at"), "{said}");
}

#[test]
fn feeds_are_exported_to_a_file_that_does_not_exist_yet() {
    let folder = folder("opml");
    let file = folder.join("feeds.opml");
    let export = || {
        let mut command = dateline();
        command.args(["feed", "export", "--library"]).arg(folder.join("l.db")).arg("--output").arg(&file);
        command.output().unwrap()
    };
    assert_eq!(complaints(&export()), "");
    assert!(fs::read_to_string(&file).unwrap().contains("<opml"));
    let again = export();
    assert_eq!(again.status.code(), Some(1));
    assert!(complaints(&again).contains("feeds.opml"), "{}", complaints(&again));
}

#[test]
fn all_faults_of_the_settings_are_reported_at_once() {
    let folder = folder("config-check");
    let settings = folder.join("dateline");
    fs::create_dir_all(&settings).unwrap();
    let check = || dateline().args(["config", "check"]).env("XDG_CONFIG_HOME", &folder).env("HOME", &folder).output();
    let settings =
        if cfg!(target_os = "macos") { folder.join("Library/Application Support/dateline") } else { settings };
    fs::create_dir_all(&settings).unwrap();
    let output = check().unwrap();
    assert!(output.status.success() && out(&output).contains("no settings files in "), "{}", out(&output));

    fs::write(settings.join("config.toml"), "theme = \"drak\"\nmeasrue = 60\nmouse = \"no\"\n").unwrap();
    fs::write(settings.join("keymap.toml"), "[any]\n\"F2\" = \"quti\"\n\"g\" = \"top\"\n[lst]\n").unwrap();
    let output = check().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let found = out(&output);
    for fault in [
        "config.toml, line 1: no theme is called “drak”; did you mean “dark”?",
        "config.toml, line 2: no setting is called “measrue”; did you mean “measure”?",
        "config.toml, line 3: “mouse” must be true or false",
        "keymap.toml, line 2: no action is called “quti”; did you mean “quit”?",
        "keymap.toml, line 4: no context is called “lst”; did you mean “list”?",
        "checked 2 files in ",
        ": 5 faults; the other rows apply",
    ] {
        assert!(found.contains(fault), "{fault}\n{found}");
    }

    fs::write(settings.join("config.toml"), "mouse = false\n").unwrap();
    fs::remove_file(settings.join("keymap.toml")).unwrap();
    let output = check().unwrap();
    assert!(output.status.success() && out(&output).contains("checked 1 file in "), "{}", out(&output));
}

#[test]
fn the_default_settings_files_are_printed() {
    for (name, row) in [("config", "theme = \"terminal\""), ("keymap", "\"q\" = \"leave\""), ("theme", "[roles]")] {
        let output = run(&["config", "--print-default", name], "");
        assert!(output.status.success() && out(&output).contains(row), "{name}");
    }
    assert_eq!(out(&run(&["config", "--print-default"], "")), out(&run(&["config", "--print-default", "config"], "")));
    assert_eq!(run(&["config"], "").status.code(), Some(2));
}

/// The names are those of the whole story, with its headline and standfirst.
#[test]
fn extract_and_entities_list_the_same_names() {
    let stories = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/stories");
    let lines = |command: &str| -> Vec<Value> {
        let output = dateline().args([command, "--to", "jsonl"]).arg(&stories).output().unwrap();
        assert!(output.status.success(), "{}", complaints(&output));
        out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let name = |entity: &Value| format!("{} {}", entity["type"], entity["name"]);
    let extracted: Vec<Value> = lines("extract");
    let extracted: Vec<&Value> = extracted.iter().flat_map(|story| story["entities"].as_array().unwrap()).collect();
    let only_above = extracted.iter().filter(|entity| entity["mentions"].as_array().unwrap().is_empty()).count();
    assert!(only_above > 0, "a name is only in a headline or standfirst");
    let listed: Vec<String> = lines("entities").iter().map(name).collect();
    assert_eq!(extracted.into_iter().map(name).collect::<Vec<_>>(), listed);
}

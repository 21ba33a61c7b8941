//! Checks the manual. All pages must be valid roff, all pages referred to must exist, and all options, actions, fields,
//! settings and theme roles must be explained.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use dateline_library::query::FIELDS;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn dateline(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline")).args(arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Writes all pages. Returns the file and text of each page by its name and section, such as `dateline-feed-add(1)`.
fn pages(folder: &str) -> BTreeMap<String, (PathBuf, String)> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let _ = fs::remove_dir_all(&folder);
    let output = dateline(&["man", "--output", folder.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut pages = BTreeMap::new();
    for section in ["1", "5", "7"] {
        for entry in fs::read_dir(folder.join(format!("man{section}"))).unwrap() {
            let path = entry.unwrap().path();
            assert_eq!(path.extension().unwrap(), section);
            let name = format!("{}({section})", path.file_stem().unwrap().to_str().unwrap());
            let text = fs::read_to_string(&path).unwrap();
            pages.insert(name, (path, text));
        }
    }
    pages
}

/// Removes the roff escapes that occur in the pages.
fn plain(roff: &str) -> String {
    let mut text = roff.to_owned();
    for (escape, plain) in [
        ("\\fB", ""),
        ("\\fI", ""),
        ("\\fR", ""),
        ("\\-", "-"),
        ("\\&", ""),
        ("\\(aq", "'"),
        ("\\*(Aq", "'"),
        ("\\(dq", "\""),
    ] {
        text = text.replace(escape, plain);
    }
    text
}

/// Returns the options that a page mentions.
fn options(page: &str) -> BTreeSet<String> {
    let option = Regex::new(r"--[a-z][a-z-]+").unwrap();
    option.find_iter(&plain(page)).map(|found| found.as_str().to_owned()).collect()
}

/// The help must list every command, and a subcommand must have a page of its own.
#[test]
fn every_command_has_a_page_with_its_options() {
    let pages = pages("man-commands");
    let option = Regex::new(r"--[a-z][a-z-]+").unwrap();
    let command = Regex::new(r"(?m)^  ([a-z-]+)  ").unwrap();
    let mut waiting = vec![Vec::new()];
    let mut seen = 0;
    while let Some(words) = waiting.pop() {
        let words: Vec<&str> = words.iter().map(String::as_str).collect::<Vec<_>>();
        let help = out(&dateline(&[&words[..], &["--help"]].concat()));
        let name = format!("{}(1)", [&["dateline"][..], &words].concat().join("-"));
        let page = options(&pages.get(&name).unwrap_or_else(|| panic!("there is no {name}")).1);
        for option in option.find_iter(help.split("\nOptions:").nth(1).unwrap()) {
            assert!(page.contains(option.as_str()), "{name} has no {}", option.as_str());
            seen += 1;
        }
        let inner = help.split("\nCommands:").nth(1).unwrap_or_default().split("\n\n").next().unwrap_or_default();
        for inner in command.captures_iter(inner).filter(|inner| &inner[1] != "help") {
            waiting.push(words.iter().map(|word| (*word).to_owned()).chain([inner[1].to_owned()]).collect());
        }
    }
    assert!(seen > 120, "{seen} options");
    let commands = pages.keys().filter(|name| name.ends_with("(1)")).count();
    assert!(commands > 30, "{commands} pages");
}

#[test]
fn every_page_that_is_referred_to_exists() {
    let pages = pages("man-references");
    let reference = Regex::new(r"dateline[a-z-]* ?\([0-9]\)").unwrap();
    for (name, (_, text)) in &pages {
        let text = plain(text);
        let references: Vec<String> = reference.find_iter(&text).map(|found| found.as_str().replace(' ', "")).collect();
        assert!(text.contains(".SH SEE ALSO\n") && references.len() > 2, "{name}");
        for other in references {
            assert!(pages.contains_key(&other), "{name} refers to {other}");
        }
    }
}

#[test]
fn every_name_in_the_tables_is_in_its_page() {
    let pages = pages("man-tables");
    let page = |name: &str| plain(&pages[name].1);
    let has = |page: &str, term: &str| page.lines().any(|line| line.split("  ").next() == Some(term));
    let keys = page("dateline-keys(5)");
    let keymap: toml::Table = include_str!("../assets/keymap.toml").parse().unwrap();
    for action in keymap.values().filter_map(toml::Value::as_table).flat_map(toml::Table::values) {
        let action = action.as_str().unwrap();
        assert!(has(&keys, action), "{action}");
    }
    let query = page("dateline-query(7)");
    for field in FIELDS {
        assert!(has(&query, &format!("{}:", field.name)), "{}", field.name);
    }
    let config = page("dateline-config(5)");
    let settings: toml::Table = include_str!("old_names/config.toml").parse().unwrap();
    for setting in settings.keys() {
        assert!(config.lines().any(|line| line.starts_with(&format!("{setting} = "))), "{setting}");
    }
    let theme: toml::Table = include_str!("../assets/themes/dark.toml").parse().unwrap();
    for role in theme["roles"].as_table().unwrap().keys() {
        assert!(has(&config, role), "{role}");
    }
    let keymap: toml::Table = include_str!("../assets/keymap.toml").parse().unwrap();
    for context in keymap.keys() {
        assert!(has(&keys, context), "{context}");
    }
}

/// Requests of the man macros and of roff that the pages may use.
const REQUESTS: &[&str] =
    &["TH", "SH", "SS", "PP", "TP", "B", "I", "BR", "RB", "RI", "EX", "EE", "br", "ie", "el", "RS", "RE", "IP"];

#[test]
fn the_pages_are_valid_roff() {
    let pages = pages("man-roff");
    let groff = Command::new("groff").arg("--version").output().is_ok();
    for (name, (path, text)) in &pages {
        for (number, line) in text.lines().enumerate() {
            let request = line.strip_prefix('.').map(|line| line.split([' ', '\\']).next().unwrap());
            assert!(request.is_none_or(|request| REQUESTS.contains(&request)), "{name}, line {}: {line}", number + 1);
            assert!(!line.starts_with('\'') && !line.ends_with(' ') || line.starts_with(".TH"), "{name}: {line:?}");
        }
        assert_eq!(text.matches(".TH ").count(), 1, "{name}");
        let examples = |request| text.lines().filter(|line| *line == request).count();
        assert_eq!(examples(".EX"), examples(".EE"), "{name}");
        if groff {
            let checked = Command::new("groff").args(["-man", "-Tutf8", "-ww", "-z"]).arg(path).output().unwrap();
            assert_eq!(String::from_utf8_lossy(&checked.stderr), "", "{name}");
        }
    }
}

#[test]
fn a_page_is_printed_by_its_name() {
    for (page, title) in
        [("dateline", ".TH dateline 1"), ("feed-add", ".TH dateline-feed-add 1"), ("query", ".TH dateline-query 7")]
    {
        let output = dateline(&["man", page]);
        assert!(plain(&out(&output)).contains(title), "{page}: {}", out(&output).lines().next().unwrap_or_default());
    }
    assert_eq!(out(&dateline(&["man"])), out(&dateline(&["man", "dateline"])));
    let wrong = dateline(&["man", "dateline-quary"]);
    assert_eq!(wrong.status.code(), Some(1));
    let said = String::from_utf8(wrong.stderr).unwrap();
    assert_eq!(said, "dateline: no manual page “dateline-quary”; did you mean “dateline-query”?\n");
}

/// Reads all source files of the program.
fn sources(folder: &Path) -> String {
    let mut out = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.push_str(&sources(&path));
        } else {
            out.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
    out
}

/// Error messages refer to commands, options and pages, all of which must exist.
#[test]
fn messages_name_what_exists() {
    let pages = pages("man-messages");
    let code = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    // A backslash at the end of a line continues a string on the next line.
    let code = Regex::new(r"\\\n\s*").unwrap().replace_all(&code, "");
    let page = Regex::new(r"`man (dateline-[a-z]+)`").unwrap();
    for found in page.captures_iter(&code) {
        assert!(pages.keys().any(|name| name.starts_with(&format!("{}(", &found[1]))), "{}", &found[1]);
    }
    let call = Regex::new(r"`dateline ([^`\n]+)`").unwrap();
    let mut seen = 0;
    for found in call.captures_iter(&code) {
        let words: Vec<&str> = found[1].split_whitespace().collect();
        let command = |count: usize| [&["dateline"], &words[..count.min(words.len())]].concat().join("-");
        let named = [2, 1, 0].into_iter().find_map(|count| pages.get(&format!("{}(1)", command(count)))).unwrap();
        let is_known = words[0].starts_with('-') || pages.contains_key(&format!("{}(1)", command(1)));
        // All-caps words such as `FILE` are arguments of an invocation without a subcommand.
        assert!(is_known || words[0].chars().all(|c| c.is_uppercase() || c == '…'), "`dateline {}`", &found[1]);
        for option in words.iter().filter(|word| word.starts_with("--")) {
            assert!(options(&named.1).contains(*option), "`dateline {}`", &found[1]);
            seen += 1;
        }
    }
    assert!(seen > 8 && page.is_match(&code), "{seen} options");
}

//! Checks that the README and the pages in `docs/` agree with the program. Generated tables must be up to date, and all
//! commands, files and tests mentioned must exist.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline::headless::key_table;
use dateline_core::Named;
use dateline_ingest::Format;
use dateline_library::query::FIELDS;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Pages outside `docs/` in which commands, files and tests are checked. All pages in `docs/` are checked as well.
const PAGES: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "COMPARED.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "fuzz/README.md",
    "tests/gold/README.md",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads all pages. Returns the path and the text of each.
fn pages() -> Vec<(PathBuf, String)> {
    let docs = std::fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let paths = PAGES.iter().map(|page| root().join(page)).chain(docs);
    paths
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path.strip_prefix(root()).unwrap().to_owned(), text)
        })
        .collect()
}

/// Formats the table of query fields.
fn fields() -> String {
    let mut out = "| field | finds | for example |\n|---|---|---|\n".to_owned();
    for row in FIELDS {
        let _ = writeln!(out, "| `{}:` | {} | `{}` |", row.name, row.help, row.example);
    }
    out
}

/// Formats the table of input formats.
fn formats() -> String {
    let mut out = "| input | `--from` | extensions | what becomes of it |\n|---|---|---|---|\n".to_owned();
    for format in Format::ALL {
        let extensions: Vec<String> = format.extensions().iter().map(|extension| format!("`.{extension}`")).collect();
        let _ = writeln!(
            out,
            "| {} | `{}` | {} | {} |",
            format.help(),
            format.name(),
            extensions.join(" "),
            format.result()
        );
    }
    out
}

/// Compares the generated part of a page, identified by `name`, with `table`. If `UPDATE_README` is set, updates the
/// page instead.
fn check_part(page: &str, name: &str, table: &str) {
    let path = root().join(page);
    let text = std::fs::read_to_string(&path).unwrap();
    let (begin, end) = (format!("<!-- {name}: "), format!("<!-- end of {name} -->"));
    let (before, rest) = text.split_once(&begin).unwrap();
    let (comment, rest) = rest.split_once('\n').unwrap();
    let (found, after) = rest.split_once(&end).unwrap();
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, format!("{before}{begin}{comment}\n{table}{end}{after}")).unwrap();
    } else {
        assert_eq!(found, table, "{page} is not current: UPDATE_README=1 cargo test --test readme");
    }
}

#[test]
fn the_tables_are_those_of_the_program() {
    check_part("docs/keys.md", "keys", &key_table());
    check_part("docs/queries.md", "fields", &fields());
    check_part("docs/formats.md", "formats", &formats());
}

#[test]
fn every_command_of_the_documents_exists() {
    let help = Command::new(env!("CARGO_BIN_EXE_dateline")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let mut seen = 0;
    for (page, text) in pages() {
        for line in text.lines().filter_map(|line| line.strip_prefix("    dateline ")) {
            for call in line.split("; dateline ") {
                let command = call.split_whitespace().next().unwrap();
                let known = help.contains(&format!("  {command} ")) || help.contains(&format!("  {command}\n"));
                assert!(known, "{}: dateline {command}", page.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 30, "{seen} commands");
}

#[test]
fn every_option_of_the_documents_exists() {
    let option = regex::Regex::new(r"--[a-z][a-z-]+").unwrap();
    for (page, text) in pages() {
        for line in text.lines().filter_map(|line| line.strip_prefix("    dateline ")) {
            for call in line.split("; dateline ") {
                let words: Vec<&str> = call.split(" #").next().unwrap().split_whitespace().collect();
                let nested = ["feed", "sync", "view"].contains(&words[0]) && words.len() > 1;
                let names = &words[..if nested { 2 } else { 1 }];
                let help = Command::new(env!("CARGO_BIN_EXE_dateline")).args(names).arg("--help").output().unwrap();
                let help = String::from_utf8(help.stdout).unwrap();
                for option in option.find_iter(call) {
                    assert!(help.contains(option.as_str()), "{}: dateline {call}", page.display());
                }
            }
        }
    }
}

#[test]
fn every_file_of_the_documents_is_there() {
    let mut seen = 0;
    for (page, text) in pages() {
        let folder = root().join(&page).parent().unwrap().to_owned();
        for part in text.split("](").skip(1) {
            let target = part.split(')').next().unwrap();
            if !target.starts_with("https://") && !target.starts_with('#') {
                let target = target.split('#').next().unwrap();
                assert!(folder.join(target).exists(), "{}: {target}", page.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 40, "{seen} links");
}

/// Paths in backticks, such as `crates/ingest/src/format.rs`, are relative to the root folder. Paths with capitalised
/// placeholders (`NAME.rs`) and build products are not checked.
#[test]
fn every_path_of_the_documents_is_there() {
    let path =
        regex::Regex::new(r"`((?:src|crates|tests|xtask|benches|fuzz|docs|assets|\.ci)/[A-Za-z0-9_./-]*)[`:]").unwrap();
    let placeholder = regex::Regex::new(r"[A-Z]{3}").unwrap();
    let mut seen = 0;
    for (page, text) in pages() {
        for found in path.captures_iter(&text) {
            if !placeholder.is_match(&found[1]) || found[1].ends_with("README.md") {
                assert!(root().join(&found[1]).exists(), "{}: {}", page.display(), &found[1]);
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen} paths");
}

/// Checks that all tests to which a page refers as `file::test` exist. Returns their number.
fn tests_named(page: &str) -> usize {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    let named = text.split('`').filter_map(|piece| piece.split_once("::")).filter(|(file, _)| file.contains(".rs"));
    let check = |(file, test): (&str, &str)| {
        let code = std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(code.contains(&format!("fn {test}(")), "{page}: {file} has no test {test}");
    };
    named.map(check).count()
}

/// Every promise in SECURITY.md must name the tests for it. So must every claim about other readers in COMPARED.md.
#[test]
fn what_is_promised_has_its_tests() {
    for (page, minimum) in [("SECURITY.md", 70), ("COMPARED.md", 50)] {
        let named = tests_named(page);
        assert!(named > minimum, "{page} names {named} tests");
    }
    for (page, _) in pages() {
        tests_named(page.to_str().unwrap());
    }
}

/// The README must be easy to read on a screen of any width and in a pager.
#[test]
fn the_readme_is_short() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.lines().count() <= 60);
    assert!(readme.lines().all(|line| line.chars().count() <= 120));
}

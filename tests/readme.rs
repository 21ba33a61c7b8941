//! The README tells the truth: its table of keys is the keymap's, its commands exist.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline::tui::help::{self, Entry};
use dateline::tui::keymap::Keymap;
use dateline_ingest::Format;
use dateline_library::query::FIELDS;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const BEGIN: &str = "<!-- keys: made from the keymap by `UPDATE_README=1 cargo test --test readme` -->\n";
const END: &str = "<!-- end of keys -->";
const FIELDS_BEGIN: &str =
    "<!-- fields: made from the query language by `UPDATE_README=1 cargo test --test readme` -->\n";
const FIELDS_END: &str = "<!-- end of fields -->";
const FORMATS_BEGIN: &str =
    "<!-- formats: made from the table of formats by `UPDATE_README=1 cargo test --test readme` -->\n";
const FORMATS_END: &str = "<!-- end of formats -->";

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

/// The table of keys as the help screen has it.
fn keys() -> String {
    let mut out = String::new();
    for entry in help::entries(&Keymap::bundled()) {
        let _ = match entry {
            Entry::Blank => writeln!(out),
            Entry::Group(name) => writeln!(out, "| {name} | |\n|---|---|"),
            Entry::Action(keys, help) => {
                let keys: Vec<String> = keys.split(' ').map(|key| format!("`{}`", key.replace('|', "\\|"))).collect();
                writeln!(out, "| {} | {help} |", keys.join(" "))
            }
        };
    }
    out
}

/// The table of the fields of queries.
fn fields() -> String {
    let mut out = "| field | finds | for example |\n|---|---|---|\n".to_owned();
    for row in FIELDS {
        let _ = writeln!(out, "| `{}:` | {} | `{}` |", row.name, row.help, row.example);
    }
    out
}

/// The table of input formats.
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

/// Holds what stands between two lines of the README against `table`, or puts it there.
fn hold(begin: &str, end: &str, table: &str) {
    let readme = std::fs::read_to_string(path()).unwrap();
    let (before, rest) = readme.split_once(begin).unwrap();
    let (found, after) = rest.split_once(end).unwrap();
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path(), format!("{before}{begin}{table}{end}{after}")).unwrap();
    } else {
        assert_eq!(found, table, "UPDATE_README=1 cargo test --test readme");
    }
}

#[test]
fn the_tables_are_those_of_the_program() {
    hold(BEGIN, END, &keys());
    hold(FIELDS_BEGIN, FIELDS_END, &fields());
    hold(FORMATS_BEGIN, FORMATS_END, &formats());
}

#[test]
fn every_command_of_the_readme_exists() {
    let readme = std::fs::read_to_string(path()).unwrap();
    let help = Command::new(env!("CARGO_BIN_EXE_dateline")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let mut seen = 0;
    for line in readme.lines().filter_map(|line| line.strip_prefix("    dateline ")) {
        for call in line.split("; dateline ") {
            let command = call.split_whitespace().next().unwrap();
            assert!(help.contains(&format!("  {command} ")) || help.contains(&format!("  {command}\n")), "{command}");
            seen += 1;
        }
    }
    assert!(seen > 5);
}

#[test]
fn every_file_of_the_readme_is_there() {
    let readme = std::fs::read_to_string(path()).unwrap();
    for part in readme.split("](").skip(1) {
        let target = part.split(')').next().unwrap();
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(target).exists(), "{target}");
    }
}

/// How many tests a page names; all of them are there.
fn tests_named(page: &str) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let told = std::fs::read_to_string(root.join(page)).unwrap();
    let named = told.split('`').filter_map(|piece| piece.split_once("::")).filter(|(file, _)| file.contains(".rs"));
    let check = |(file, test): (&str, &str)| {
        let code = std::fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(code.contains(&format!("fn {test}(")), "{file} has no test {test}");
    };
    named.map(check).count()
}

/// Every promise of SECURITY.md names tests, and so does what COMPARED.md says of other readers; they are there.
#[test]
fn what_is_promised_has_its_tests() {
    for page in ["SECURITY.md", "COMPARED.md"] {
        let named = tests_named(page);
        assert!(named > 30, "{page} names {named} tests");
    }
}

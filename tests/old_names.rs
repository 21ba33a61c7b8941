//! Tests names from 0.1.0 in scripts and saved views. They must give the same result as the current names, and each
//! must be reported in one line.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod test_folder;

use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};
use test_folder::{TestFolder, err, out};

/// Returns the folder with files written for 0.1.0.
fn files() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/old_names"))
}

/// Runs a script in a folder. `dateline` in the script is the program built for this test.
fn run(folder: &TestFolder, script: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_dateline")).parent().unwrap();
    let path = format!("{}:{}", program.display(), env::var("PATH").unwrap());
    fs::copy(files().join("ferry.txt"), folder.0.join("ferry.txt")).unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", script]).current_dir(&folder.0).env("PATH", path);
    shell.env("DATELINE_LIBRARY", folder.0.join("library.db")).output().unwrap()
}

#[test]
fn a_script_of_0_1_0_has_the_same_result() {
    let script = fs::read_to_string(files().join("script.sh")).unwrap();
    let present = script
        .replace("--from 2024", "--since 2024")
        .replace("--from=2024", "--since=2024")
        .replace("--format", "--from")
        .replace("--records", "--from jsonl")
        .replace("--to all", "--output all");
    let (before, after) = (TestFolder::new("script-old"), TestFolder::new("script-new"));
    let (old, new) = (run(&before, &script), run(&after, &present));
    assert!(old.status.success(), "{}", err(&old));
    assert_eq!(out(&old), out(&new));
    let rows = out(&old);
    for row in ["2024-05-20,2024-05-20,day,20 May 2024", "Mara Odell", "http://example.org/feed", "harbour"] {
        assert!(rows.contains(row), "{row} is not in\n{rows}");
    }
    assert!(!rows.contains("18 May 2024,The"), "an event before --from came out\n{rows}");
    assert_eq!(fs::read_to_string(before.0.join("all.jsonl")).unwrap().matches("\"kind\":\"article\"").count(), 1);
    let notices = |output: &Output| -> Vec<String> {
        err(output).lines().filter(|line| line.contains("is now")).map(str::to_owned).collect()
    };
    assert_eq!(
        notices(&old),
        [
            "dateline: `timeline --format FORMAT` is now `timeline --from FORMAT`; the old name works until 1.0",
            "dateline: `timeline --from DATE` is now `timeline --since DATE`; the old name works until 1.0",
            "dateline: `timeline --from DATE` is now `timeline --since DATE`; the old name works until 1.0",
            "dateline: `add --records` is now `add --from jsonl`; the old name works until 1.0",
            "dateline: `export --to FILE` is now `export --output FILE`; the old name works until 1.0",
        ]
    );
    assert_eq!(notices(&new), [""; 0]);
    // The only other reports are those of the two phases of `add`.
    assert_eq!(err(&old).lines().count(), 7, "{}", err(&old));
}

/// The saved view uses every field of the query language of 0.1.0.
#[test]
fn a_saved_view_of_0_1_0_finds_the_same() {
    let folder = TestFolder::new("view-old");
    let export = files().join("library.jsonl");
    let imported = folder.dateline(&["import", export.to_str().unwrap()]);
    assert!(imported.status.success(), "{}", err(&imported));
    let shown = folder.dateline(&["view", "show", "harbour", "--to", "csv"]);
    assert!(out(&shown).contains("Ferry service to resume"), "{}{}", out(&shown), err(&shown));
    assert!(!err(&shown).contains("is now"), "{}", err(&shown));
}

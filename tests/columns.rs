//! Tests `extract --to parquet` by running the real program. `DuckDB` and Polars read the tables back, if Python has them.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Creates an empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn dateline(folder: &Path, arguments: &str) -> Output {
    let program = env!("CARGO_BIN_EXE_dateline");
    Command::new(program).current_dir(folder).args(arguments.split(' ')).output().unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[cfg(not(feature = "parquet"))]
#[test]
fn without_the_feature_a_sentence_says_how_to_build_it() {
    let output = dateline(&folder("columns-off"), "extract --to parquet tables a.txt");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("`cargo install --path . --features parquet` builds one with it"),
        "{}",
        err(&output)
    );
}

#[cfg(feature = "parquet")]
mod with_the_feature {
    use super::*;

    /// Writes stories of two outlets on two days, one without a date, and records that cannot be read.
    fn corpus(name: &str) -> PathBuf {
        let folder = folder(name);
        let story = |n: usize| {
            let date = ["\"2024-05-17\"", "\"2024-05-18T10:30:00+02:00\"", "null"][n % 3];
            let outlet = ["vale", "www.ostrel"][n % 2];
            format!(
                "{{\"id\": \"s{n}\", \"title\": \"Quay {n} is shut\", \"published\": {date}, \"url\": \"https://{outlet}.example/{n}\", \
                 \"text\": \"“Quay {n} is – ünsafe,” said Mara Odell, the harbour master, on 3 May 2024. At least {n} people were hurt. \
                 She met Peter Novak in Ostrel on Monday.\"}}\n"
            )
        };
        let stories: String = (0..40).map(story).collect();
        fs::write(folder.join("a.jsonl"), format!("{stories}{{\"id\": 7, \"text\": null}}\n")).unwrap();
        fs::write(folder.join("b.jsonl"), story(41)).unwrap();
        folder
    }

    /// Returns the names in a folder, sorted.
    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Runs a Python script with the folder as its argument, unless Python lacks one of the modules.
    fn python(folder: &Path, modules: &str, script: &str) -> Option<String> {
        let python = std::env::var("DATELINE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let has = Command::new(&python).args(["-c", &format!("import {modules}")]).output();
        if !has.is_ok_and(|has| has.status.success()) {
            eprintln!("SKIPPED: Python has no {modules}; `pip install duckdb polars` installs them");
            return None;
        }
        let output = Command::new(&python).current_dir(folder).args(["-c", script]).output().unwrap();
        assert!(output.status.success(), "{}", err(&output));
        Some(String::from_utf8(output.stdout).unwrap())
    }

    #[test]
    fn the_tables_hold_what_the_lines_do() {
        let folder = corpus("columns-equal");
        assert_eq!(
            dateline(&folder, "extract --from jsonl a.jsonl b.jsonl --output lines.jsonl").status.code(),
            Some(1)
        );
        let tables = dateline(&folder, "extract --from jsonl --to parquet tables a.jsonl b.jsonl");
        assert_eq!(tables.status.code(), Some(1), "{}", err(&tables));
        assert!(err(&tables).contains("1 file read, 1 failed; tables holds 42 stories"), "{}", err(&tables));
        let all = ["articles", "entities", "events", "figures", "mentions", "quotes", "times"];
        assert_eq!(names(&folder.join("tables")), all.map(|name| format!("{name}.parquet")));
        python(&folder, "duckdb, polars", include_str!("columns/equal.py"));
    }

    #[test]
    fn partitions_hold_the_same_rows() {
        let folder = corpus("columns-partition");
        for by in ["day", "file"] {
            let call = format!("extract --from jsonl --to parquet {by} --partition {by} a.jsonl b.jsonl");
            assert_eq!(dateline(&folder, &call).status.code(), Some(1));
        }
        let undated = "day=__HIVE_DEFAULT_PARTITION__";
        // The day of the stories without a date is inferred, and a record that cannot be read has none.
        let days = ["day=2024-05-06", "day=2024-05-17", "day=2024-05-18", undated];
        assert_eq!(names(&folder.join("day/quotes")), days);
        assert_eq!(names(&folder.join("day")).len(), 7);
        assert_eq!(names(&folder.join("file/quotes")), ["source=a.jsonl", "source=b.jsonl"]);
        assert_eq!(names(&folder.join("file/quotes/source=a.jsonl")), ["part-0.parquet"]);
        dateline(&folder, "extract --from jsonl --to parquet whole a.jsonl b.jsonl");
        python(&folder, "duckdb", include_str!("columns/partitions.py"));
    }

    #[test]
    fn nothing_is_left_of_tables_that_fail() {
        let folder = corpus("columns-full");
        for partition in ["", "--partition day", "--partition file"] {
            let program = env!("CARGO_BIN_EXE_dateline");
            // `ulimit` counts blocks of 1024 bytes.
            let script =
                format!("ulimit -f 1; exec '{program}' extract --from jsonl a.jsonl --to parquet t {partition}");
            let full = Command::new("bash").args(["-c", &script]).current_dir(&folder).output().unwrap();
            assert_eq!(full.status.code(), Some(1), "{}", err(&full));
            assert!(err(&full).contains("dateline: t: File too large"), "{}", err(&full));
            assert_eq!(names(&folder), ["a.jsonl", "b.jsonl"], "{partition}");
        }
        fs::create_dir(folder.join("t")).unwrap();
        fs::write(folder.join("t/diary"), "Monday").unwrap();
        let taken = dateline(&folder, "extract --from jsonl b.jsonl --to parquet t");
        assert!(err(&taken).contains("t: already exists; not overwritten"), "{}", err(&taken));
        assert_eq!(names(&folder.join("t")), ["diary"]);
        assert_eq!(dateline(&folder, "extract b.jsonl --to parquet --resume --output u").status.code(), Some(2));
    }
}

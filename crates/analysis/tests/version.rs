//! Checks that the analysis version matches the results. If the results change, the version must change, because a
//! library recomputes stored results only for a new version.
//!
//! `tests/gold/versions.tsv` has a row for each version. The row of a released version is final.

#![allow(clippy::unwrap_used, reason = "a test may fail with its input")]

use dateline_analysis::{Analyzer, Options, VERSION};
use dateline_core::article::{Article, DateSource, Published};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Release column of a version that has not been released yet.
const UNRELEASED: &str = "-";

/// Fractions are scaled by `THOUSANDTHS` and rounded to whole numbers. A scaled fraction must be more than `MARGIN`
/// away from the midpoint between two whole numbers. Nearer to the midpoint, two machines could round differently,
/// because functions such as `exp` may differ in their last bit.
const THOUSANDTHS: f64 = 1_000.0;
const MARGIN: f64 = 1e-4;

/// Row of the version table.
#[derive(Debug, PartialEq)]
struct Row {
    version: u32,
    release: String,
    /// Number of gold stories covered by this row, counted in the order of their names. Stories added later do not
    /// change earlier rows.
    stories: usize,
    fingerprint: String,
    /// Checksum of this row and of the previous row's seal.
    seal: String,
}

impl Row {
    /// Computes the seal of this row from the seal of the previous row, `before`.
    fn sealed(&self, before: &str) -> String {
        let Self { version, release, stories, fingerprint, .. } = self;
        hex(format!("{before} {version} {release} {stories} {fingerprint}").as_bytes())[..16].to_owned()
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/gold")
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads the rows of a version table.
fn rows(table: &str) -> Vec<Row> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let [version, release, stories, fingerprint, seal] = line.split_whitespace().collect::<Vec<_>>()[..] else {
                panic!("not a row: {line}");
            };
            Row {
                version: version.parse().unwrap(),
                release: release.to_owned(),
                stories: stories.parse().unwrap(),
                fingerprint: fingerprint.to_owned(),
                seal: seal.to_owned(),
            }
        })
        .collect()
}

/// Replaces every fraction with whole thousandths, so that the text of a result contains no floating-point digits.
fn canonical(value: &mut Value, at: &str) {
    match value {
        Value::Number(number) if number.is_f64() => {
            let scaled = number.as_f64().unwrap() * THOUSANDTHS;
            let from_middle = (scaled - scaled.floor() - 0.5).abs();
            assert!(from_middle > MARGIN, "{at}: {number} could be rounded up or down: make it a multiple of 0.001");
            *value = Value::from(scaled.round() as i64);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| canonical(item, at)),
        Value::Object(fields) => fields.values_mut().for_each(|field| canonical(field, at)),
        _ => {}
    }
}

/// Reads the first `stories` gold stories in the order of their names, each with its reference date.
fn gold(stories: usize) -> Vec<Article> {
    let mut texts: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    texts.retain(|path| {
        path.extension().is_some_and(|extension| extension == "txt") && path.with_extension("toml").exists()
    });
    texts.sort();
    assert!(texts.len() >= stories, "a story of the gold set is missing");
    let read = |path: &PathBuf| {
        let notes = fs::read_to_string(path.with_extension("toml")).unwrap();
        let date = notes.lines().find_map(|line| line.strip_prefix("published = \"")?.get(..10)).unwrap();
        let published =
            Published { date: date.parse().unwrap(), moment: None, source: DateSource::Metadata, evidence: None };
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        Article { published: Some(published), ..Article::verbatim(name, fs::read_to_string(path).unwrap()) }
    };
    texts[..stories].iter().map(read).collect()
}

/// Computes the checksum of the results for some articles, in the form in which a library stores them. Results contain
/// no maps and every list has a defined order, so the text is the same on every machine once its fractions are whole
/// numbers.
fn fingerprint(articles: &[Article]) -> String {
    let analyzer = Analyzer::bundled();
    let mut all = String::new();
    for article in articles {
        let mut result = serde_json::to_value(analyzer.analyze(article, &Options::default())).unwrap();
        canonical(&mut result, &article.id);
        all.push_str(&format!("{result}\n"));
    }
    hex(all.as_bytes())
}

#[test]
fn a_new_result_has_a_new_version() {
    let rows = rows(&fs::read_to_string(folder().join("versions.tsv")).unwrap());
    let last = rows.last().unwrap();
    assert_eq!(last.version, VERSION, "analysis::VERSION and the last row of tests/gold/versions.tsv differ");
    let found = fingerprint(&gold(last.stories));
    if found != last.fingerprint {
        let released = last.release != UNRELEASED;
        let mut new = Row {
            version: VERSION + u32::from(released),
            release: UNRELEASED.to_owned(),
            stories: last.stories,
            fingerprint: found,
            seal: String::new(),
        };
        let before = if released { rows.len() } else { rows.len() - 1 };
        new.seal = new.sealed(before.checked_sub(1).map_or("", |before| rows[before].seal.as_str()));
        let how = if released { "raise analysis::VERSION and add" } else { "replace the last row of" };
        panic!(
            "the results changed: {how} tests/gold/versions.tsv with\n{}\t{}\t{}\t{}\t{}",
            new.version, new.release, new.stories, new.fingerprint, new.seal
        );
    }
}

#[test]
fn no_row_of_a_version_was_edited() {
    let rows = rows(&fs::read_to_string(folder().join("versions.tsv")).unwrap());
    let mut before = "";
    for row in &rows {
        let seal = row.sealed(before);
        // Only the last row may change. It changes when results change before the release, and when the release is
        // entered.
        let how =
            if row == rows.last().unwrap() { format!("seal it with {seal}") } else { "rows are final".to_owned() };
        assert_eq!(row.seal, seal, "the row of version {} was edited: {how}", row.version);
        before = &row.seal;
    }
    assert!(rows.windows(2).all(|pair| pair[0].version < pair[1].version), "versions go up");
    let unreleased = rows.iter().filter(|row| row.release == UNRELEASED).count();
    assert!(unreleased <= 1, "an unreleased row is replaced, not followed");
}

#[test]
fn an_edit_of_any_column_breaks_the_seals_from_there_on() {
    let first = Row { version: 4, release: "0.1.0".into(), stories: 2, fingerprint: "aa".into(), seal: String::new() };
    let seal = first.sealed("");
    let other = |row: Row| assert_ne!(row.sealed(""), seal);
    other(Row { version: 5, ..rows("4 0.1.0 2 aa -").remove(0) });
    other(Row { release: "0.2.0".into(), ..rows("4 0.1.0 2 aa -").remove(0) });
    other(Row { stories: 3, ..rows("4 0.1.0 2 aa -").remove(0) });
    other(Row { fingerprint: "ab".into(), ..rows("4 0.1.0 2 aa -").remove(0) });
    assert_ne!(first.sealed("x"), seal, "the seal before counts");
}

#[test]
fn the_last_bit_of_a_confidence_does_not_count() {
    let text = |confidence: f32| {
        let mut value = serde_json::json!({"confidence": confidence, "start": 7});
        canonical(&mut value, "test");
        value.to_string()
    };
    assert_eq!(text(0.93), text(f32::from_bits(0.93_f32.to_bits() + 1)));
    assert_ne!(text(0.93), text(0.931));
}

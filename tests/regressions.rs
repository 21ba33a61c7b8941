//! Replays inputs that once violated a property of `fuzz/src/lib.rs`. Each input is in the folder of that property.
//! Most of them were found by fuzzing, as described in `fuzz/README.md`.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

#[allow(unreachable_pub, reason = "the fuzz targets, which are other crates, call these functions")]
#[path = "../fuzz/src/lib.rs"]
mod properties;

use std::fs;
use std::path::Path;

/// A property that must hold for any bytes. It panics if it is violated.
type Property = fn(&[u8]);

/// All properties, each with the name of its fuzz target.
const PROPERTIES: &[(&str, Property)] = &[
    ("clean", properties::clean),
    ("gate", properties::gate),
    ("decode", properties::decode),
    ("formats", properties::formats),
    ("html", properties::html),
    ("feed", properties::feed),
    ("date", properties::date),
    ("dump", properties::dump),
    ("markdown", properties::markdown),
    ("epub", properties::epub),
    ("mail", properties::mail),
    ("json", properties::json),
    ("query", properties::query),
    ("config", properties::config),
    ("analysis", properties::analysis),
    ("reflow", properties::reflow),
    ("import", properties::import),
    ("identity", properties::identity),
    ("anchor", properties::anchor),
    ("sync", properties::sync),
    ("pair", properties::pair),
];

/// Reads all files in a folder, sorted by name. Returns nothing if the folder does not exist.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    paths.map(|path| (path.display().to_string(), fs::read(path).unwrap())).collect()
}

#[test]
fn what_once_broke_a_property_breaks_it_no_more() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/regressions");
    for (name, property) in PROPERTIES {
        for (file, bytes) in files(&root.join(name)) {
            println!("{file}");
            property(&bytes);
        }
    }
}

#[test]
fn every_property_holds_for_the_bundled_stories() {
    let stories = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/stories"));
    assert!(stories.len() >= 8);
    for (name, property) in PROPERTIES {
        for (file, bytes) in &stories {
            println!("{name}: {file}");
            property(bytes);
        }
    }
}

#[test]
fn every_target_of_the_fuzzer_is_replayed() {
    let targets = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/targets"));
    let mut targets: Vec<&str> = targets.iter().filter_map(|(path, _)| Path::new(path).file_stem()?.to_str()).collect();
    let mut known: Vec<&str> = PROPERTIES.iter().map(|(name, _)| *name).collect();
    targets.sort_unstable();
    known.sort_unstable();
    assert_eq!(targets, known);
}

#[test]
fn the_targets_of_the_fuzzer_can_call_every_property() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/src");
    let sources: String = files(&folder).into_iter().map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect();
    for (name, _) in PROPERTIES {
        assert!(sources.contains(&format!("pub fn {name}(bytes: &[u8])")), "{name} is not public");
    }
    assert!(!sources.contains("pub(crate) use"), "a property is not public outside its crate");
}

//! Tests the user's own name lists by running the real program: on files, in the library and in the settings check.

#![allow(clippy::unwrap_used, reason = "a test may fail with its input")]

mod test_folder;

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use test_folder::{TestFolder, err, out};

const STORY: &str = "The Vessa Tarn Trust met on 3 May 2024. “It is sold,” said Ilka Ostrowa of VTT.";

/// Writes the story, and a list into `dateline/names` inside the folder. Returns the path of the list.
fn folder_with(test_folder: &TestFolder, list: &str) -> PathBuf {
    let names = test_folder.0.join("dateline/names");
    fs::create_dir_all(&names).unwrap();
    fs::write(test_folder.0.join("story.txt"), STORY).unwrap();
    fs::write(names.join("people.csv"), list).unwrap();
    names
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_string_lossy().into_owned()
}

/// Returns the name, type and ID of each entity in a result.
fn entities(json: &str) -> Vec<(String, String, Option<String>)> {
    let story: Value = serde_json::from_str(json).unwrap();
    let text = |entity: &Value, field: &str| entity[field].as_str().map(str::to_owned);
    let entity =
        |entity: &Value| (text(entity, "name").unwrap(), text(entity, "type").unwrap(), text(entity, "list_id"));
    story["entities"].as_array().unwrap().iter().map(entity).collect()
}

fn found(name: &str, kind: &str, id: Option<&str>) -> (String, String, Option<String>) {
    (name.to_owned(), kind.to_owned(), id.map(str::to_owned))
}

const LIST: &str = "name,type,aliases,id\nVessa Tarn Trust,work,VTT,Q1\nIlka Ostrova,person,Ilka Ostrowa,\n";

#[test]
fn extract_uses_the_lists_of_a_folder_or_of_the_settings() {
    let test_folder = TestFolder::new("names-extract");
    let names = folder_with(&test_folder, LIST);
    let story = path(&test_folder.0, "story.txt");
    let expected = [found("Vessa Tarn Trust", "work", Some("Q1")), found("Ilka Ostrova", "person", None)];
    let of_settings = test_folder.dateline_with_settings(&test_folder.0, &["extract", &story]);
    assert_eq!((entities(&out(&of_settings)), of_settings.status.code()), (expected.to_vec(), Some(0)));
    let named = test_folder.dateline(&["extract", "--names", &names.to_string_lossy(), &story]);
    assert_eq!(entities(&out(&named)), expected);
    let plain = entities(&out(&test_folder.dateline(&["extract", &story])));
    assert!(plain.iter().all(|(name, kind, id)| name != "Ilka Ostrova" && kind != "work" && id.is_none()), "{plain:?}");
    let missing = test_folder.dateline(&["extract", "--names", "/nonexistent/names", &story]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(err(&missing).contains("/nonexistent/names: "), "{}", err(&missing));
    assert!(!out(&missing).is_empty(), "the story is still read");
}

#[test]
fn a_bad_row_is_named_with_its_file_and_line() {
    let test_folder = TestFolder::new("names-bad");
    folder_with(&test_folder, &format!("{LIST}Tarn Bridge,plaice,,\n"));
    let story = path(&test_folder.0, "story.txt");
    let read = test_folder.dateline_with_settings(&test_folder.0, &["extract", &story]);
    let fault = "people.csv, line 4: no type is called “plaice”; did you mean “place”?";
    assert!(err(&read).contains(fault), "{}", err(&read));
    assert_eq!((entities(&out(&read)).len(), read.status.code()), (2, Some(1)));
    let check = test_folder.dateline_with_settings(&test_folder.0, &["config", "check"]);
    assert!(out(&check).contains(fault) && out(&check).contains("checked 1 file"), "{}", out(&check));
    assert_eq!(check.status.code(), Some(1));
}

#[test]
fn the_library_annotates_its_stories_again_when_the_lists_change() {
    let test_folder = TestFolder::new("names-renew");
    let names = folder_with(&test_folder, LIST);
    let story = path(&test_folder.0, "story.txt");
    let run = |arguments: &[&str]| test_folder.dateline_with_settings(&test_folder.0, arguments);
    assert!(run(&["add", &story]).status.success());
    let check = out(&run(&["check"]));
    assert!(!check.contains("annotated by another"), "{check}");
    assert!(out(&run(&["who", "Ilka Ostrova", "--to", "csv"])).contains("It is sold"));
    fs::write(names.join("people.csv"), LIST.replace("Ilka Ostrova", "Ilka Vessa")).unwrap();
    assert!(err(&run(&["who", "Ilka Ostrova"])).contains("1 story"), "the story is outdated");
    let renewed = out(&run(&["check", "--reanalyse"]));
    assert!(renewed.contains("annotated 1 story"), "{renewed}");
    assert!(out(&run(&["who", "Ilka Vessa", "--to", "csv"])).contains("It is sold"));
    fs::remove_dir_all(&names).unwrap();
    assert!(out(&run(&["check", "--reanalyse"])).contains("annotated 1 story"), "without lists, too");
    assert!(!run(&["who", "Ilka Vessa"]).status.success());
}

//! Imports into a library that knows the stories already, in other texts or with other answers.

use super::Imported;
use crate::{Incoming, Library, testing};
use dateline_analysis::Analysis;
use dateline_core::article::Article;

/// Adds a text of a story, which is recognised by its URL.
fn add(library: &mut Library, text: &str) {
    let article = Article { url: Some("https://a.example/weir".into()), ..Article::verbatim("weir", text) };
    library.add(&[Incoming::new(article, Analysis::default(), "weir").prepare().unwrap()]).unwrap();
}

/// Imports everything of a library into another.
fn import(from: &Library, to: &mut Library) -> Imported {
    let mut lines = Vec::new();
    from.export(&mut lines).unwrap();
    to.import(lines.as_slice()).unwrap()
}

/// Returns all texts of the first story, oldest first.
fn texts(library: &Library) -> Vec<String> {
    let mut lines = Vec::new();
    library.export(&mut lines).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    let line = lines.lines().find(|line| line.contains("\"kind\":\"article\"")).unwrap();
    let story: serde_json::Value = serde_json::from_str(line).unwrap();
    let older = story["versions"].as_array().unwrap().iter().chain([&story]);
    older.map(|version| version["article"]["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn newer_texts_of_a_story_are_added_and_others_are_counted() {
    let (mut a, mut b) = (Library::open_in_memory().unwrap(), Library::open_in_memory().unwrap());
    let all = ["The weir holds.", "The weir holds so far.", "The weir has broken."];
    add(&mut a, all[0]);
    assert_eq!(import(&a, &mut b).new, 1);
    add(&mut a, all[1]);
    add(&mut a, all[2]);
    let imported = import(&a, &mut b);
    assert_eq!((imported.known, imported.merged.get("newer text")), (1, Some(&2)));
    assert_eq!(texts(&b), all);
    // The same again, and an older export, change nothing.
    assert_eq!((import(&a, &mut b).merged.len(), texts(&b).len()), (0, 3));
    add(&mut b, "The weir is being mended.");
    let imported = import(&a, &mut b);
    assert_eq!((imported.merged.len(), imported.left_out.len(), texts(&b).len()), (0, 0, 4));
    // Each has a text that the other lacks.
    add(&mut a, "The weir is gone.");
    let imported = import(&a, &mut b);
    assert_eq!(imported.left_out.get("other text"), Some(&1));
    assert_eq!(texts(&b).last().map(String::as_str), Some("The weir is being mended."));
}

#[test]
fn answers_on_names_that_differ_are_counted_and_those_of_the_library_stay() {
    let stories = ["Mara Odell opened the weir on Monday, Rufus Pell said. Tilda Marsh of Port Anselm was there."];
    let (mut a, mut b) = (testing::library(&stories), testing::library(&stories));
    let sql = "SELECT id FROM names WHERE kind = 'person' ORDER BY name LIMIT 3";
    let ids = |library: &Library| -> Vec<i64> {
        let mut names = library.connection.prepare(sql).unwrap();
        names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let (of_a, of_b) = (ids(&a), ids(&b));
    a.merge_names(of_a[0], of_a[1]).unwrap();
    b.split_name(of_b[0], Some(of_b[1])).unwrap();
    let answers = |library: &Library| -> Vec<(i64, i64, bool)> {
        let mut all = library.connection.prepare("SELECT name_id, other_id, same FROM aliases").unwrap();
        all.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().map(Result::unwrap).collect()
    };
    let was = answers(&b);
    assert_eq!(import(&a, &mut b).left_out.get("answer on a name"), Some(&1));
    assert_eq!(answers(&b), was);
    assert!(import(&b, &mut Library::open_in_memory().unwrap()).left_out.is_empty());
}

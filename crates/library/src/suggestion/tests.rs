//! Tests the suggestions of names to merge: which are made, with which evidence, and how the user's answers are kept.

use super::*;
use crate::testing::library;
use crate::{By, Direction};

const STORIES: &[&str] = &[
    "Samuel Pell, the finance minister, met Ilka Ostrova on 3 May 2024. “It holds,” said Samuel Pell.",
    "Sam Pell, the finance minister, thanked Ilka Ostrova on 5 May 2024.",
    "Sarah Pell, a baker, sold bread on 5 May 2024. Mara Odell bought it.",
    "Mara J. Odell, a painter, died on 9 September 2021.",
];

fn pairs(library: &Library, name: Option<i64>) -> Vec<[String; 2]> {
    library.suggestions(name, 9).unwrap().into_iter().map(|one| one.names.map(|name| name.name)).collect()
}

fn name(library: &Library, name: &str) -> i64 {
    library.name_id("person", name).unwrap().unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn names_with_the_same_role_and_company_are_suggested_with_their_evidence() {
    let library = library(STORIES);
    let found = library.suggestions(None, 9).unwrap();
    assert_eq!(pairs(&library, None), [["Samuel Pell", "Sam Pell"]]);
    let reasons = found[0].reasons.join("; ");
    assert!(reasons.contains("a short form") && reasons.contains("the same role: finance, minister"), "{reasons}");
    assert!(reasons.contains("both with Ilka Ostrova") && reasons.contains("in the same week"), "{reasons}");
    assert_eq!(found[0].passages.each_ref().map(|passage| passage.article), [1, 2]);
    assert_eq!(pairs(&library, Some(name(&library, "Sam Pell"))).len(), 1);
    assert_eq!(pairs(&library, Some(name(&library, "Sarah Pell"))), Vec::<[String; 2]>::new());
}

#[test]
fn names_in_one_story_are_different_people() {
    let mut stories = STORIES.to_vec();
    stories.push("Samuel Pell, the finance minister, thanked his cousin. Sam Pell, the finance minister, agreed.");
    let library = library(&stories);
    let ids = [name(&library, "Samuel Pell"), name(&library, "Sam Pell")];
    let both = |id: i64| library.stories_naming(id, 0).unwrap().iter().any(|named| named.passage.article == 5);
    if ids.into_iter().all(both) {
        assert_eq!(pairs(&library, None), Vec::<[String; 2]>::new());
    }
    let db = library.connection();
    db.execute(
        "INSERT OR IGNORE INTO mentions (article_id, name_id, entity, count, first_start) VALUES (1, ?, 9, 1, 0)",
        [ids[1]],
    )
    .unwrap();
    assert_eq!(pairs(&library, None), Vec::<[String; 2]>::new());
}

#[test]
fn an_answer_is_remembered_undone_and_exported() {
    let mut library = library(STORIES);
    let (samuel, sam) = (name(&library, "Samuel Pell"), name(&library, "Sam Pell"));
    library.split_name(samuel, Some(sam)).unwrap();
    assert!(pairs(&library, None).is_empty());
    let mut export = Vec::new();
    library.export(&mut export).unwrap();
    let mut copy = Library::open_in_memory().unwrap();
    copy.import(export.as_slice()).unwrap();
    assert!(pairs(&copy, None).is_empty(), "the answer is in the export");
    let last = library.last_change(Direction::Undo, By::Session).unwrap().unwrap().id;
    let undone = library.replay(Direction::Undo, last).unwrap().label;
    assert_eq!(undone, "kept apart “Samuel Pell” and “Sam Pell”");
    assert_eq!(pairs(&library, None).len(), 1);
    library.merge_names(samuel, sam).unwrap();
    assert!(pairs(&library, None).is_empty());
    library.split_name(samuel, Some(sam)).unwrap();
    assert!(library.same_as(sam).unwrap().is_empty(), "they are no longer merged");
}

#[test]
fn candidates_are_found_by_the_index() {
    let library = library(&[]);
    for sql in [BY_FORM, BETWEEN_FORMS] {
        let mut statement = library.connection().prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let count = statement.parameter_count();
        let steps = statement.query_map(rusqlite::params_from_iter(vec!["1"; count]), |row| row.get::<_, String>(3));
        let plan: Vec<String> = steps.unwrap().map(|step| step.unwrap()).collect();
        assert!(plan.iter().all(|step| step.starts_with("SEARCH")), "{plan:?}");
    }
}

//! Tests cross-story queries and saved views on the command line by running the real program.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod test_folder;

use test_folder::{TestFolder, err, out};

/// Creates a library with two stories that quote the same person.
fn stories_of_one(name: &str) -> TestFolder {
    let test_folder = TestFolder::new(&format!("across-{name}"));
    let stories = [
        "The ferry waits\n\n“The ferry will not run,” Agnes Holloway, the council leader, said on 4 May 2024.",
        "Bread is dear\n\n“Bread is dear,” said Agnes Holloway, the council leader, on 9 May 2024. Rufus Pell left.",
    ];
    for (number, words) in stories.iter().enumerate() {
        std::fs::write(test_folder.0.join(format!("{number}.txt")), words).unwrap();
    }
    let added = test_folder.dateline(&["add", test_folder.0.to_str().unwrap()]);
    assert!(added.status.success(), "{}", err(&added));
    test_folder
}

#[test]
fn a_person_is_found_in_all_stories_and_merged_names_can_be_split() {
    let test_folder = stories_of_one("who");
    let found = out(&test_folder.dateline(&["who", "Agnes Holloway", "--to", "csv"]));
    assert!(found.contains("The ferry will not run") && found.contains("Bread is dear"), "{found}");
    let merged = test_folder.dateline(&["who", "Rufus Pell", "--same-as", "Agnes Holloway"]);
    assert!(out(&merged).contains("merged "), "{}", err(&merged));
    let pell = || out(&test_folder.dateline(&["who", "Rufus Pell", "--to", "csv"]));
    assert!(pell().contains("The ferry will not run"), "{}", pell());
    assert!(out(&test_folder.dateline(&["undo"])).contains("undid: merged"));
    assert!(!pell().contains("The ferry will not run"), "{}", pell());
    let nobody = test_folder.dateline(&["who", "Nobody Atall"]);
    assert_eq!((nobody.status.code(), err(&nobody).lines().count()), (Some(1), 1));
}

#[test]
fn names_that_may_be_the_same_are_listed_with_evidence_and_kept_apart() {
    let test_folder = TestFolder::new("across-suggest");
    for (number, words) in [
        "Quay opens\n\nSamuel Orrin, the finance minister, opened the quay on 3 May 2024.",
        "Quay closes\n\nSam Orrin, the finance minister, closed the quay on 5 May 2024.",
    ]
    .iter()
    .enumerate()
    {
        std::fs::write(test_folder.0.join(format!("{number}.txt")), words).unwrap();
    }
    assert!(test_folder.dateline(&["add", test_folder.0.to_str().unwrap()]).status.success());
    let listed = || out(&test_folder.dateline(&["who", "--suggest", "--to", "csv"]));
    let first = listed();
    assert!(first.contains("Orrin") && first.contains("the same role: finance, minister"), "{first}");
    assert_eq!(first, listed(), "the same in every run");
    let one = out(&test_folder.dateline(&["who", "Sam Orrin", "--suggest", "--to", "csv"]));
    assert!(one.contains("Samuel Orrin"), "{one}");
    let apart = test_folder.dateline(&["who", "Sam Orrin", "--not-same-as", "Samuel Orrin"]);
    assert!(out(&apart).contains("kept Sam Orrin and Samuel Orrin apart"), "{}", err(&apart));
    assert!(!listed().contains("Orrin"));
    assert!(test_folder.dateline(&["undo"]).status.success());
    assert_eq!(listed(), first);
}

#[test]
fn a_view_is_saved_counted_shown_moved_and_brought_back() {
    let test_folder = stories_of_one("view");
    assert!(out(&test_folder.dateline(&["view", "add", "Bread", "bread"])).contains("saved"));
    test_folder.dateline(&["view", "add", "Holloway", "speaker:holloway", "OR", "ferry"]);
    let list = || out(&test_folder.dateline(&["view", "list", "--to", "csv"]));
    assert!(list().contains("Bread,1,1,bread") && list().contains("Holloway,2,2,"), "{}", list());
    assert!(out(&test_folder.dateline(&["view", "show", "bread"])).contains("Bread is dear"));
    test_folder.dateline(&["view", "up", "Holloway"]);
    assert!(list().find("Holloway") < list().find("Bread"), "{}", list());
    test_folder.dateline(&["view", "remove", "Bread"]);
    assert!(!list().contains("Bread"), "{}", list());
    test_folder.dateline(&["undo"]);
    assert!(list().contains("Bread"), "{}", list());
    let wrong = test_folder.dateline(&["view", "add", "Wrong", "speeker:x"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert_eq!(test_folder.dateline(&["view", "show", "Nowhere"]).status.code(), Some(1));
}

/// Creates a library with three stories: one with a date of its own, one whose date is inferred from a caption, and one
/// without a date.
fn dated_and_undated() -> TestFolder {
    let test_folder = TestFolder::new("across-dates");
    let stories = [
        (
            "own.txt",
            "Bread is dear\n3 May 2024\n\n“Bread is dear,” said Agnes Holloway, the council leader. Rufus Pell left the hall.",
        ),
        (
            "inferred.txt",
            "The ferry waits\n\n“The ferry will not run,” Agnes Holloway, the council leader, said on Saturday, 4 May 2024.",
        ),
        (
            "undated.txt",
            "The bridge stays\n\n“The bridge stays,” said Agnes Holloway, the council leader, and went home.",
        ),
    ];
    for (name, words) in stories {
        std::fs::write(test_folder.0.join(name), words).unwrap();
    }
    let added = test_folder.dateline(&["add", test_folder.0.to_str().unwrap()]);
    assert!(added.status.success(), "{}", err(&added));
    test_folder
}

#[test]
fn an_inferred_date_is_kept_with_its_mark_and_no_date_is_made_up() {
    let test_folder = dated_and_undated();
    let list = |words: &str| out(&test_folder.dateline(&["list", words, "--to", "md"]));
    let row = |text: &str, title: &str| text.lines().find(|line| line.contains(title)).unwrap_or_default().to_owned();
    let all = list("");
    assert!(row(&all, "Bread is dear").contains("| 2024-05-03 |"), "{all}");
    assert!(row(&all, "The ferry waits").contains("| ~2024-05-04 |"), "{all}");
    assert!(row(&all, "The bridge stays").contains("|  |"), "{all}");
    let found = list("published:2024-05");
    assert!(found.contains("Bread is dear") && found.contains("The ferry waits"), "{found}");
    assert!(!list("published:2000..2100").contains("The bridge stays"));

    let who = out(&test_folder.dateline(&["who", "Agnes Holloway", "--to", "jsonl"]));
    let said: Vec<serde_json::Value> = who
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|row: &serde_json::Value| row["what"] == "said")
        .collect();
    let days: Vec<_> = said.iter().map(|row| (row["day"].as_str(), row["inferred"].as_bool())).collect();
    assert_eq!(
        days,
        [(Some("2024-05-04"), Some(true)), (Some("2024-05-03"), Some(false)), (None, Some(false))],
        "{who}"
    );
    let table = out(&test_folder.dateline(&["who", "Agnes Holloway"]));
    assert!(table.contains("~2024-05-04"), "{table}");
}

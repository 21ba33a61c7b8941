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

/// Creates a library in which two sites report one happening, and a third reprints one of their stories.
fn one_happening() -> TestFolder {
    let test_folder = TestFolder::new("across-story");
    let aground = "The ferry Corrigan ran aground on a sandbank off Selmouth on Monday evening with 212 passengers on board. \
        Nobody was hurt, the coastguard said. The vessel had left Port Anselm an hour earlier in thick fog, and its captain \
        reported a fault of the steering. Lifeboats brought the passengers ashore during the night.";
    let stranded = "More than 200 passengers were taken off the ferry Corrigan after it struck a sandbank near Selmouth in fog. \
        The coastguard said there were no injuries. Lifeboats and a fishing boat carried the passengers ashore until after \
        midnight. The steering of the vessel may have failed, its captain said.";
    let strike = "Bakers in Varnholt will strike on Friday over pay, their union said after talks broke down. It wants seven per \
        cent more and shorter shifts in winter. The guild of bakers called the walkout irresponsible.";
    let stories = [
        ("https://www.vale.example/ferry", "2024-05-06", "Ferry runs aground", aground.to_owned()),
        ("https://quay.example/1", "2024-05-07", "Passengers taken off stranded ferry", stranded.to_owned()),
        ("https://wire.example/2", "2024-05-07", "Ferry runs aground", format!("{aground} Trains ran late.")),
        ("https://vale.example/bread", "2024-05-07", "Bakers to strike", strike.to_owned()),
    ];
    let record = |(url, published, title, text): &(&str, &str, &str, String)| {
        serde_json::json!({"id": url, "url": url, "published": published, "title": title, "text": text}).to_string()
    };
    let lines: Vec<String> = stories.iter().map(record).collect();
    let file = test_folder.0.join("stories.jsonl");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let added = test_folder.dateline(&["add", "--from", "jsonl", file.to_str().unwrap()]);
    assert!(added.status.success(), "{}", err(&added));
    test_folder
}

#[test]
fn the_stories_of_one_happening_are_listed_split_and_merged() {
    let test_folder = one_happening();
    let run = |words: &[&str]| out(&test_folder.dateline(words));
    let json = |words: &[&str]| -> serde_json::Value { serde_json::from_str(&run(words)).unwrap() };
    let list = json(&["list", "--to", "json", "--sort", "oldest"]);
    let id = |title: &str| -> String {
        let row =
            list.as_array().unwrap().iter().find(|row| row["title"].as_str().unwrap().starts_with(title)).unwrap();
        row["id"].as_str().unwrap().to_owned()
    };
    let (taken, bread) = (id("Passengers"), id("Bakers"));

    let cluster = json(&["story", &taken, "--to", "json"]);
    let members = cluster["members"].as_array().unwrap();
    assert_eq!(cluster["outlets"].as_array().unwrap().len(), 3, "{cluster:#}");
    assert_eq!(members.iter().filter(|one| one["reprint"] == true).count(), 1, "{cluster:#}");
    assert_eq!(run(&["story", &taken, "--to", "jsonl"]).lines().count(), 3);
    assert!(run(&["story", &taken, "--to", "md"]).contains("| wire.example |"));
    assert!(run(&["story", &taken]).contains("reprint"));
    let none = test_folder.dateline(&["story", &bread]);
    assert!(none.status.success() && err(&none).contains("no other story"), "{}", err(&none));

    let gathered = json(&["list", "--gather", "--to", "json"]);
    let rows = gathered.as_array().unwrap();
    assert_eq!(rows.len(), 2, "{gathered:#}");
    let row = rows.iter().find(|row| row["stories"] == 3).unwrap();
    assert_eq!(row["also"].as_array().unwrap().len(), 2);
    assert_eq!(json(&["list", "--gather=copies", "--to", "json"]).as_array().unwrap().len(), 3);
    assert_eq!(list.as_array().unwrap().len(), 4, "a list without --gather has every story");

    let found = |query: &str| json(&["list", query, "--to", "json"]).as_array().unwrap().len();
    assert_eq!((found("outlets:>2"), found("also:quay.example"), found("outlets:1")), (3, 2, 1));
    let wrong = test_folder.dateline(&["list", "outlets:many"]);
    assert!(err(&wrong).contains("is not a number of outlets"), "{}", err(&wrong));

    assert!(run(&["story", &taken, "--split"]).contains("took 1 story out of its cluster"));
    assert_eq!((found("outlets:>2"), found("outlets:2")), (0, 2));
    assert!(run(&["undo"]).contains("took 1 story out of its cluster"));
    assert_eq!(found("outlets:>2"), 3);
    assert!(run(&["story", &taken, "--merge", &bread]).contains("merged the clusters of 4 stories"));
    assert_eq!(json(&["list", "--gather", "--to", "json"]).as_array().unwrap().len(), 1);
}

#[test]
fn the_stories_of_one_happening_are_compared() {
    let test_folder = TestFolder::new("across-compared");
    let text = |dead: &str, said: &str, more: &str| {
        format!(
            "{dead} people died when the ferry Orla ran aground off Tarnmouth on Thursday, the coastguard said.\n\n\
             “We heard a long scraping noise and then the lights went out{said},” said Mara Odell, a passenger from \
             Brinleigh. The ferry was carrying 80 passengers and 12 crew members when it left Port Anselm in thick fog.\
             {more}"
        )
    };
    let stories = [
        ("https://www.vale.example/orla", "2024-05-03T09:10:00Z", text("Five", "", "")),
        (
            "https://quay.example/orla",
            "2024-05-03T11:40:00Z",
            text("Six", ", and nobody knew where to go", " The harbour authority opened an inquiry on Friday."),
        ),
    ];
    let record = |(url, published, text): &(&str, &str, String)| {
        let title = "Ferry runs aground off Tarnmouth";
        serde_json::json!({"id": url, "url": url, "published": published, "title": title, "text": text}).to_string()
    };
    let lines: Vec<String> = stories.iter().map(record).collect();
    let file = test_folder.0.join("stories.jsonl");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let added = test_folder.dateline(&["add", "--from", "jsonl", file.to_str().unwrap()]);
    assert!(added.status.success(), "{}", err(&added));
    let run = |words: &[&str]| out(&test_folder.dateline(words));
    let list: serde_json::Value = serde_json::from_str(&run(&["list", "--to", "json"])).unwrap();
    let id = list[0]["id"].as_str().unwrap();

    let cluster: serde_json::Value = serde_json::from_str(&run(&["story", id, "--to", "json"])).unwrap();
    let texts = |found: &serde_json::Value| -> Vec<String> {
        found.as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect()
    };
    let later = &cluster["members"][1];
    assert_eq!(texts(&later["new"]), ["Six", "The harbour authority opened an inquiry on Friday."], "{cluster:#}");
    assert_eq!(later["heard"].as_array().unwrap().len(), 1, "{cluster:#}");
    assert_eq!(later["heard"][0]["from"]["id"], cluster["members"][0]["id"]);
    assert_eq!(later["repeated"].as_array().unwrap().len(), 1, "{cluster:#}");
    assert!(cluster["members"][0]["new"].as_array().unwrap().is_empty());
    let difference = &cluster["differences"][0];
    assert_eq!((&difference["differs"], &difference["about"]), (&"figure".into(), &"people dead".into()));
    assert_eq!(texts(&difference["claims"]), ["5", "6"]);
    assert_eq!(difference["claims"][1]["later"], true);
    assert_eq!(texts(&difference["claims"][1]["passages"]), ["Six"]);

    assert_eq!(run(&["story", id, "--to", "jsonl"]).lines().count(), 4, "two stories, a figure and a quote");
    let md = run(&["story", id, "--to", "md"]);
    assert!(md.contains("| quay.example | new | Six |"), "{md}");
    let table = run(&["story", id]);
    assert!(table.contains("DIFFERS") && table.contains("repeats") && table.contains("1 of "), "{table}");
}

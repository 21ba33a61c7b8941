//! Tests of search results in a small library.

use super::*;
use crate::testing::index_together;
use crate::{Incoming, List, StoryRow};
use dateline_analysis::{Analyzer, Options};
use dateline_core::article::Article;
use dateline_ingest::article_of_record;
use jiff::civil::date;
use serde_json::json;
use std::sync::LazyLock;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::bundled);

const TODAY: Date = date(2024, 5, 15);

/// Stories of the test library, oldest first: title, day, URL and text.
const STORIES: &[[&str; 4]] = &[
    [
        "Ferry service to resume",
        "2023-09-24",
        "https://harbour.example/1",
        "The ferry to Ostrel Island will resume on Monday, the operator said.\n\n\
         “We have mended the ramp,” said Mara Odell, the harbour master, on Friday.",
    ],
    [
        "Budget vote put off",
        "2023-10-02",
        "https://council.example/2",
        "The council put off its vote. “Nobody has read the ferry contract,” said Rufus Pell, a councillor.\n\n\
         Mara Odell of the Port Authority declined to comment. The café in Geneva stayed open.",
    ],
    [
        "Storm closes the harbour",
        "2024-05-14",
        "https://harbour.example/3",
        "A storm closed the harbour yesterday. Agnes Odell, a baker, said the sea wall had cracked.",
    ],
];

fn library() -> Library {
    let mut library = Library::open_in_memory().unwrap();
    for [title, day, url, text] in STORIES {
        let line = json!({"id": url, "title": title, "published": day, "url": url, "text": text}).to_string();
        let article = article_of_record(&line, 1).unwrap();
        let analysis = ANALYZER.analyze(&article, &Options::default());
        library.add(&[Incoming::new(article, analysis, url).prepare().unwrap()]).unwrap();
    }
    library
}

/// Returns the numbers of the stories found by a query, oldest first. Stories are numbered from 1.
fn found(library: &Library, words: &str) -> Vec<i64> {
    let query = Query::parse(words).unwrap();
    let ids = library.found(&query, TODAY, Order::Oldest, usize::MAX).unwrap();
    let mut best = library.found(&query, TODAY, Order::Best, 10).unwrap();
    best.sort_unstable();
    assert_eq!(best, ids, "{words}");
    assert_eq!(library.count_found(&query, TODAY, 10).unwrap(), Count { counted: ids.len(), more: false });
    ids
}

/// Queries, and the stories that each finds.
const QUERIES: &[(&str, &[i64])] = &[
    ("", &[1, 2, 3]),
    ("ferry", &[1, 2]),
    ("FERRY -title:ferry", &[2]),
    ("title:ferry", &[1]),
    ("title:\"ferry service\"", &[1]),
    ("title:\"Ferry-SERVICE to\"", &[1]),
    ("title:\"service ferry\"", &[]),
    ("title:\"closes the har\"*", &[3]),
    ("title:\"the closes har\"*", &[]),
    ("-title:\"ferry service\"", &[2, 3]),
    ("title:\"ferry service\" OR title:\"budget vote\"", &[1, 2]),
    ("odell -title:\"service to resume\"", &[2, 3]),
    ("\"The sea WAL\"*", &[3]),
    ("\"wall the sea\"*", &[]),
    ("\"the caf\"*", &[2]),
    ("text:harbour", &[1, 3]),
    ("quote:contract", &[2]),
    ("quote:\"mended the ramp\"", &[1]),
    ("speaker:odell", &[1, 3]),
    ("speaker:\"mara odell\"", &[1]),
    ("speaker:pel*", &[2]),
    ("person:odell", &[1, 2, 3]),
    ("org:\"port authority\"", &[2]),
    ("place:geneva", &[2]),
    ("source:harbour.example", &[1, 3]),
    ("published:2023-09..2023-10", &[1, 2]),
    ("published:yesterday", &[3]),
    ("event:2024-05-13", &[3]),
    ("is:unread", &[1, 2, 3]),
    ("is:starred OR title:storm", &[3]),
    ("has:quotes -has:tags", &[1, 2, 3]),
    ("cafe", &[2]),
    ("counc*", &[2]),
    ("fer*", &[1, 2]),
    ("title:bu*", &[2]),
    ("quote:no*", &[2]),
    ("-fe*", &[3]),
    ("(st* OR title:vote) -geneva", &[3]),
    ("person:od* fer*", &[1, 2]),
    ("speaker:mara OR place:ge*", &[1, 2]),
    ("/sea\\s+wall/", &[3]),
    ("title:/^(ferry|budget)/", &[1, 2]),
    ("quote:/nobody|mended/", &[1, 2]),
    ("speaker:/^rufus/", &[2]),
    ("-ferry", &[3]),
    ("NOT (ferry OR storm)", &[]),
    ("(ferry budget) OR storm", &[2, 3]),
    ("tag:done OR note:verify OR feed:harbour", &[]),
    ("is:binned", &[]),
    ("/err(y|ies) CON/", &[2]),
    ("quote:/have\\s+mend/", &[1]),
    ("-/harbour\\b/ ferry", &[2]),
    ("/[a-z]+ceed|opera/", &[1]),
    ("/xylophon/", &[]),
    ("quote:ferry storm", &[]),
    ("(quote:contract OR storm) -speaker:pell", &[3]),
    ("quote:wall OR quote:\"the ramp\"", &[1, 3]),
    ("ferry -quote:contract", &[1]),
    ("-quote:\"ferry contract\" -speaker:agnes", &[1]),
    ("quote:\"the ferry con\"*", &[2]),
    ("title:ferry OR quote:ferry", &[1, 2]),
    ("place:geneva quote:nobody cafe", &[2]),
];

fn assert_finds(library: &Library, when: &str) {
    for (words, expected) in QUERIES {
        assert_eq!(found(library, words), *expected, "{words} {when}");
    }
}

#[test]
fn every_field_finds_what_it_says() {
    assert_finds(&library(), "");
}

#[test]
fn stories_that_an_older_program_indexed_are_found_before_and_after_they_are_annotated_again() {
    for older in [&[1][..], &[2, 3], &[1, 2, 3]] {
        let mut library = library();
        for id in older {
            index_together(&library, *id);
        }
        assert_finds(&library, "before");
        assert_eq!(library.check().unwrap().faults, Vec::<String>::new());
        library.mark_outdated(&[1, 2, 3]).unwrap();
        while library.renew(&ANALYZER, &mut crate::OutdatedWalk::default(), 2).unwrap() > 0 {}
        assert_finds(&library, "after");
        assert_eq!(library.check().unwrap().faults, Vec::<String>::new());
        let together =
            "SELECT count(*) FROM search WHERE search MATCH '{quote names} : (\"ferry\" OR \"\u{e000}odell\")'";
        let left: i64 = library.connection().query_row(together, [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0, "they are no longer in the index of texts");
    }
}

#[test]
fn annotating_a_story_does_not_index_its_words_again() {
    let mut library = library();
    let indexed = |library: &Library, index: &str| -> String {
        let sql = format!("SELECT group_concat(origin) FROM {index}_docsize");
        library.connection().query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    let all = crate::index::FULL_TEXT;
    let before = all.map(|index| indexed(&library, index));
    library.mark_outdated(&[1, 2, 3]).unwrap();
    assert_eq!(library.renew(&ANALYZER, &mut crate::OutdatedWalk::default(), 9).unwrap(), 3);
    let changed: Vec<&str> = all
        .into_iter()
        .zip(before)
        .filter(|(index, was)| indexed(&library, index) != *was)
        .map(|(index, _)| index)
        .collect();
    assert_eq!(changed, ["annotation_search", "annotation_terms"]);
}

#[test]
fn words_of_a_query_are_words_and_never_sql_nor_fts() {
    let library = library();
    for words in [
        "\"' OR 1=1 --\"",
        "title:\"x\\\" OR ferry\"",
        "tag:\"'); DROP TABLE articles; --\"",
        "\"NEAR(ferry\"",
        "speaker:\"%\u{1}a\"",
        "ferry* AND \"a*b\"",
    ] {
        let query = Query::parse(words).unwrap();
        let _ = library.found(&query, TODAY, Order::Newest, usize::MAX).unwrap();
    }
    assert_eq!(library.count(List::All).unwrap(), 3);
}

#[test]
fn a_word_of_the_headline_counts_more() {
    let library = library();
    assert_eq!(library.found(&Query::parse("ferry").unwrap(), TODAY, Order::Best, 1).unwrap(), [1]);
}

#[test]
fn many_matches_are_walked_to_the_same_rows_as_few_are_sorted() {
    let library = library();
    let query = Query::parse("odell").unwrap();
    let db = library.connection();
    let ready = ready(db, &query, TODAY).unwrap();
    for order in [Order::Newest, Order::Oldest] {
        let walked = sorted(db, ready.source_up_to(0), order, 2).unwrap();
        assert_eq!(walked, sorted(db, ready.source(), order, 2).unwrap(), "{order:?}");
    }
}

#[test]
fn a_prefix_is_found_on_a_read_only_connection() {
    let place = folder("begun");
    let path = place.join("library.db");
    let mut library = Library::open_or_create(&path).unwrap();
    let text = "The harbourmaster met the harbour's board. Ålesund is far. Elections and electricity.";
    let article = dateline_core::article::Article::verbatim("a", text);
    let analysis = ANALYZER.analyze(&article, &Options::default());
    library.add(&[Incoming::new(article, analysis, "a").prepare().unwrap()]).unwrap();
    drop(library);
    let library = Library::open_read_only(&path).unwrap();
    for (words, count) in [("harb", 1), ("harbourm", 1), ("Ålesu", 1), ("elec", 1), ("elect -electri", 0), ("harbx", 0)]
    {
        let query = Query::parse_typed(words).unwrap();
        assert_eq!(library.found(&query, TODAY, Order::Best, 10).unwrap().len(), count, "{words}");
    }
    std::fs::remove_dir_all(place).unwrap();
}

fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("dateline-search-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Creates a library with one story per text.
fn library_of(texts: &[&str]) -> Library {
    let mut library = Library::open_in_memory().unwrap();
    for text in texts {
        let article = Article::verbatim(*text, *text);
        let analysis = ANALYZER.analyze(&article, &Options::default());
        library.add(&[Incoming::new(article, analysis, text).prepare().unwrap()]).unwrap();
    }
    library
}

#[test]
fn words_are_found_as_they_are_typed_without_strokes_ligatures_and_accents() {
    let library = library_of(&[
        "Trams in Łódź stopped.",
        "The Schloßstraße was closed.",
        "Søren Kærgård resigned.",
        "Ёлка стоит у музея Цой.",
        "Η Αθήνα περιμένει τον Οδυσσέα.",
    ]);
    for (words, story) in [
        ("lodz", 1),
        ("Łódź", 1),
        ("lod*", 1),
        ("schlossstrasse", 2),
        ("Schloßstraße", 2),
        ("soren", 3),
        ("\"soren kaergard\"", 3),
        ("title:kærgård", 3),
        ("елка", 4),
        ("цои", 4),
        ("αθηνα", 5),
        ("ΟΔΥΣΣΈΑ", 5),
    ] {
        assert_eq!(found(&library, words), [story], "{words}");
    }
}

#[test]
fn scripts_without_spaces_are_found_by_any_of_their_words() {
    let library = library_of(&[
        "港の工事は東京都が来月に始める。",
        "京都の祭りに三万人が集まった。",
        "NHK大阪は新しい橋を映した。",
        "เรือข้ามฟากกลับมาวิ่งอีกครั้งในกรุงเทพ",
    ]);
    for (words, stories) in [
        ("東京", &[1_i64][..]),
        ("東京都", &[1]),
        ("工事", &[1]),
        ("京都", &[1, 2]),
        ("京都の祭り", &[2]),
        ("都", &[1, 2]),
        ("NHK大阪", &[3]),
        ("大阪", &[3]),
        ("東京 来月", &[1]),
        ("\"東京 来月\"", &[1]),
        ("กรุงเทพ", &[4]),
        ("京東", &[]),
    ] {
        assert_eq!(found(&library, words), stories, "{words}");
    }
}

#[test]
fn stories_of_a_day_are_listed_by_the_hour_in_every_order() {
    let mut library = Library::open_in_memory().unwrap();
    // A feed lists its latest item first, so sorting by order of arrival would be wrong.
    for (id, published) in
        [("noon", "2024-05-14T12:00:00Z"), ("dawn", "2024-05-14T08:00:00+03:00"), ("some time", "2024-05-14")]
    {
        let line = json!({"id": id, "title": id, "published": published, "text": format!("Ferry {id}.")}).to_string();
        let article = article_of_record(&line, 1).unwrap();
        let analysis = ANALYZER.analyze(&article, &Options::default());
        library.add(&[Incoming::new(article, analysis, id).prepare().unwrap()]).unwrap();
    }
    let list = |row: Option<&StoryRow>| library.page(crate::List::Inbox, row, 1).unwrap().into_iter().next();
    let first = list(None).unwrap();
    let second = list(Some(&first)).unwrap();
    let third = list(Some(&second)).unwrap();
    assert_eq!([first, second, third].map(|row| row.headline), ["noon", "dawn", "some time"]);
    let query = Query::parse("ferry").unwrap();
    assert_eq!(library.found(&query, TODAY, Order::Newest, usize::MAX).unwrap(), [1, 2, 3]);
    assert_eq!(library.found(&query, TODAY, Order::Oldest, usize::MAX).unwrap(), [3, 2, 1]);
}

#[test]
fn a_pasted_address_finds_its_story() {
    let library = library();
    for address in [
        "https://harbour.example/3",
        " http://www.harbour.example/3/#top ",
        "https://harbour.example/3?utm_source=mail",
    ] {
        assert_eq!(found(&library, address), [3], "{address}");
    }
    assert_eq!(found(&library, "https://harbour.example/4"), Vec::<i64>::new());
    let typed = Query::parse_typed("https://harbour.exa").unwrap();
    assert!(library.found(&typed, TODAY, Order::Best, 9).unwrap().is_empty());
    let printed = Query::parse("https://harbour.example/3").unwrap().to_string();
    assert_eq!(found(&library, &printed), [3], "{printed}");
}

#[test]
fn a_story_is_found_by_what_its_figures_count() {
    let mut library = library();
    let text = "At least 12 people were killed by the storm. The mill will cut 40 jobs.";
    let line = json!({"id": "4", "title": "Storm", "published": "2024-05-14", "url": "4", "text": text}).to_string();
    let article = article_of_record(&line, 1).unwrap();
    let analysis = ANALYZER.analyze(&article, &Options::default());
    library.add(&[Incoming::new(article, analysis, "4").prepare().unwrap()]).unwrap();
    let asked = ["figure:dead", "figure:job*", "figure:\"people dead\"", "figure:/^jobs/", "figure:dead -figure:hurt"];
    for words in asked {
        assert_eq!(found(&library, words), [4], "{words}");
    }
    assert!(found(&library, "figure:hurt").is_empty() && found(&library, "figure:killed").is_empty());
    assert_eq!(found(&library, "-figure:dead"), [1, 2, 3]);
    assert!(Query::parse("figure:dead").unwrap().asks_annotations());
    let query = Query::parse("storm figure:dead").unwrap();
    assert!(query.holds_figure("people dead") && !query.holds_figure("jobs cut"));
}

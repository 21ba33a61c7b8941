//! Tests stories in which an older version joined several feed items. They must be detected and split, and their items
//! must not be added twice. `forms/joined.db.zst` was filled by the program with schema version 3, which fetched the
//! feeds in the same folder twice. One highlight covers words that have since disappeared.

use crate::stories::{folder, note_of, tags};
use dateline_analysis::{Analyzer, Options};
use dateline_ingest as ingest;
use dateline_library::{Document, Incoming, Library, List, Outcome, Prepared};
use std::fs;

/// Feeds from which the library was filled: the URL that each had, and its content.
const FEEDS: [(&str, &str); 3] = [
    ("http://127.0.0.1:8931/polls.xml", include_str!("feeds/polls.xml")),
    ("http://127.0.0.1:8931/live.xml", include_str!("feeds/live.xml")),
    ("http://127.0.0.1:8931/news.xml", include_str!("feeds/news.xml")),
];

fn joined(name: &str) -> Library {
    let path = folder(&format!("joined-{name}")).join("library.db");
    fs::write(&path, zstd::decode_all(include_bytes!("forms/joined.db.zst").as_slice()).unwrap()).unwrap();
    Library::open(&path).unwrap()
}

/// Reads the items of all feeds and prepares them as a fetch would.
fn fetched(analyzer: &Analyzer) -> Vec<Prepared> {
    let feeds = FEEDS.iter().map(|(source, feed)| {
        let articles = ingest::articles(source, feed.as_bytes()).unwrap();
        let document = Document::of(source, &articles);
        let items = articles.into_iter().map(|article| {
            let (item, unique) = (article.id.clone(), Some(document.unique(&article)));
            let analysis = analyzer.analyze(&article, &Options::default());
            Incoming { item, unique, ..Incoming::new(article, analysis, source) }.prepare().unwrap()
        });
        items.collect::<Vec<_>>()
    });
    feeds.flatten().collect()
}

fn outcomes(library: &mut Library, analyzer: &Analyzer) -> (usize, usize) {
    let added = library.add(&fetched(analyzer)).unwrap();
    let count = |outcome| added.iter().filter(|one| one.outcome == outcome).count();
    (count(Outcome::New), count(Outcome::Changed))
}

#[test]
fn the_stories_that_hold_several_items_are_found_and_no_other() {
    let library = joined("found");
    let titles: Vec<Vec<String>> = library.joined().unwrap().into_iter().map(|story| story.titles).collect();
    assert_eq!(
        titles,
        [
            ["Poll: the clock", "Poll: the weir", "Poll: the market"],
            ["Storm warning for the coast", "Trees fall in the park", "Ferry stays in port"]
        ]
    );
}

#[test]
fn each_item_becomes_a_story_and_takes_what_the_reader_added_to_its_words() {
    let (mut library, analyzer) = (joined("split"), Analyzer::bundled());
    let before = library.count(List::All).unwrap();
    let polls = library.joined().unwrap().remove(0);
    let split = library.split(polls.id, &analyzer).unwrap();
    assert_eq!(split.moved, 1);
    let ids: Vec<i64> = split.stories.iter().map(|(uid, _)| library.id_of(uid).unwrap()).collect();
    let [clock, weir, market] = ids[..] else { panic!("{ids:?}") };
    assert_eq!(clock, polls.id);
    let marks = library.highlights(market).unwrap();
    let text = library.article(market).unwrap().article.text;
    assert_eq!(marks[0].anchor.span.unwrap().of(&text), "Most traders refused");
    assert!(library.highlights(clock).unwrap().is_empty());
    assert_eq!(note_of(&library, market).as_deref(), Some("Ask the traders of the market"));
    assert_eq!(note_of(&library, clock), None);
    assert_eq!((tags(&library, weir), tags(&library, clock)), (vec!["weir".into()], vec!["town".into()]));
    let starred: Vec<bool> = library.rows(&ids).unwrap().iter().map(|row| row.starred).collect();
    assert_eq!(starred, [false, false, true]);
    // The older program had stored the same text at every fetch.
    assert!(ids.iter().all(|id| library.versions(*id).unwrap().is_empty()));
    assert_eq!(library.count(List::All).unwrap(), before + 2);
    assert_eq!(library.joined().unwrap().len(), 1);
    assert_eq!(library.check().unwrap().faults, Vec::<String>::new());
}

#[test]
fn feeds_that_an_older_program_fetched_bring_no_story_twice() {
    let analyzer = Analyzer::bundled();
    let mut split = joined("again-split");
    for story in split.joined().unwrap() {
        split.split(story.id, &analyzer).unwrap();
    }
    assert_eq!(outcomes(&mut split, &analyzer), (0, 0));
    // The remaining items of the joined stories are added once.
    let mut library = joined("again");
    let before = library.count(List::All).unwrap();
    assert_eq!(outcomes(&mut library, &analyzer), (4, 0));
    assert_eq!(outcomes(&mut library, &analyzer), (0, 0));
    for story in library.joined().unwrap() {
        library.split(story.id, &analyzer).unwrap();
    }
    assert_eq!((library.count(List::All).unwrap(), library.joined().unwrap().len()), (before + 4, 0));
    assert_eq!(outcomes(&mut library, &analyzer), (0, 0));
    assert_eq!(library.check().unwrap().faults, Vec::<String>::new());
}

#[test]
fn an_export_keeps_what_is_known_of_the_versions() {
    let library = joined("export");
    let mut lines = Vec::new();
    library.export(&mut lines).unwrap();
    let mut other = Library::open_in_memory().unwrap();
    other.import(lines.as_slice()).unwrap();
    assert_eq!(other.joined().unwrap().len(), 2);
}

//! Tests of gathering on a library in memory: ferries of invented ports.

use super::{Cluster, Gather};
use crate::{By, Change, Direction, Incoming, Library, List};
use dateline_analysis::Analysis;
use dateline_core::article::{Article, DateSource, Published};
use jiff::civil::{Date, date};

const AGROUND: &str = "The ferry Corrigan ran aground on a sandbank off Selmouth on Monday evening with 212 passengers on \
    board. Nobody was hurt, the coastguard said. The vessel had left Port Anselm an hour earlier in thick fog, and its captain \
    reported a fault of the steering. Lifeboats brought the passengers ashore during the night. Divers will inspect the hull \
    before tugs tow the Corrigan back to Port Anselm.";
const STRANDED: &str = "More than 200 passengers were taken off the ferry Corrigan after it struck a sandbank near Selmouth \
    in fog. The coastguard said there were no injuries. Lifeboats and a fishing boat carried people to the quay until after \
    midnight. Passengers spoke of a jolt and of long waiting. The steering of the vessel may have failed, its owner said, and \
    divers are to look at the hull.";
const TOWED: &str = "The stranded ferry Corrigan has been towed from Selmouth to Port Anselm, where divers will inspect its \
    hull. Tugs freed the vessel from the sandbank at high tide. Its captain told investigators that the steering had failed in \
    the fog. All 212 passengers were brought ashore by lifeboats on Monday night, and the coastguard reported no injuries.";
const STRIKE: &str = "Ferry crews in Selmouth will strike on Friday over pay, their union said after talks broke down. It \
    wants seven per cent more and shorter shifts in winter. The operator called the walkout irresponsible, offered four per \
    cent and advised commuters to work at home. A mediator has invited both sides to a meeting on Thursday.";

/// A story of a site, published on a day of May 2024, or undated for day 0.
fn story(site: &str, day: i8, text: &str) -> Incoming {
    let url = format!("https://{site}/{}", text.len());
    let published = (day > 0).then(|| published(date(2024, 5, day)));
    let article = Article { url: Some(url.clone()), published, ..Article::verbatim(url.clone(), text) };
    Incoming::new(article, Analysis::default(), &url)
}

fn published(date: Date) -> Published {
    Published { date, moment: None, source: DateSource::Metadata, evidence: None }
}

fn library(stories: &[(&str, i8, &str)]) -> Library {
    let mut library = Library::open_in_memory().unwrap().gathering(Gather::Stories);
    for (site, day, text) in stories {
        add(&mut library, site, *day, text);
    }
    library
}

fn add(library: &mut Library, site: &str, day: i8, text: &str) -> i64 {
    library.add(&[story(site, day, text).prepare().unwrap()]).unwrap()[0].id
}

/// IDs of the stories in each cluster.
fn clusters(library: &Library) -> Vec<Vec<i64>> {
    let all: Vec<i64> = (1..=20).collect();
    let ids = |cluster: Cluster| {
        let mut ids: Vec<i64> = cluster.members.iter().map(|member| member.row.id).collect();
        ids.sort_unstable();
        ids
    };
    library.clusters(&all).unwrap().into_iter().map(ids).collect()
}

fn replay(library: &mut Library, direction: Direction) -> String {
    let id = library.last_change(direction, By::Session).unwrap().unwrap().id;
    library.replay(direction, id).unwrap().label
}

const FERRY: [(&str, i8, &str); 4] =
    [("a.example", 6, AGROUND), ("b.example", 6, STRANDED), ("a.example", 7, STRIKE), ("c.example", 7, TOWED)];

#[test]
fn the_stories_of_one_happening_are_gathered_in_any_order() {
    assert_eq!(clusters(&library(&FERRY)), [[1, 2, 4]]);
    let mut reversed = FERRY;
    reversed.reverse();
    assert_eq!(clusters(&library(&reversed)), [[1, 3, 4]]);
}

#[test]
fn days_far_apart_are_two_happenings_and_a_story_without_a_day_is_compared_by_its_words() {
    assert_eq!(clusters(&library(&[("a.example", 1, AGROUND), ("b.example", 20, STRANDED)])), [[0_i64; 0]; 0]);
    assert_eq!(clusters(&library(&[("a.example", 1, AGROUND), ("b.example", 0, STRANDED)])), [[1, 2]]);
    assert_eq!(clusters(&library(&[("a.example", 0, AGROUND), ("b.example", 9, STRANDED)])), [[1, 2]]);
}

#[test]
fn a_cluster_is_headed_by_its_longest_unread_story() {
    let mut library = library(&FERRY);
    let [cluster] = &library.clusters(&[4, 1]).unwrap()[..] else { panic!() };
    assert_eq!((cluster.id, cluster.head), (1, 1));
    assert_eq!(cluster.outlets, ["a.example", "b.example", "c.example"]);
    let order: Vec<i64> = cluster.members.iter().map(|member| member.row.id).collect();
    assert_eq!(order, [1, 2, 4]);
    library.mark_opened(1).unwrap();
    let head = |library: &Library| library.clusters(&[1]).unwrap()[0].head;
    assert_eq!(head(&library), 2);
    assert_eq!(library.clusters(&[1]).unwrap()[0].outlets, ["b.example", "a.example", "c.example"]);
    library.mark_opened(2).unwrap();
    library.mark_opened(4).unwrap();
    assert_eq!(head(&library), 1);
}

#[test]
fn a_list_has_one_row_for_a_cluster_and_no_story_is_lost() {
    let mut library = library(&FERRY);
    let rows = |library: &Library, list: List| -> Vec<i64> {
        library.gathered_page(list, None, 9).unwrap().into_iter().map(|row| row.id).collect()
    };
    assert_eq!(rows(&library, List::Inbox), [4, 3]);
    assert_eq!(library.count(List::Inbox).unwrap(), 4);
    // In a list without the newest story of the cluster, the next one has the row.
    library.mark_opened(4).unwrap();
    assert_eq!(rows(&library, List::Unread), [3, 2]);
    assert_eq!(rows(&library, List::All), [4, 3]);
    let first = library.gathered_page(List::Inbox, None, 1).unwrap();
    let rest = library.gathered_page(List::Inbox, first.last(), 9).unwrap();
    assert_eq!(rest.iter().map(|row| row.id).collect::<Vec<_>>(), [3]);
    library.set(&[4], &Change::Binned(true)).unwrap();
    assert_eq!(rows(&library, List::Inbox), [3, 2]);
    assert_eq!(rows(&library, List::Bin), [4]);
    let library = library.gathering(Gather::Off);
    assert_eq!((rows(&library, List::Inbox), clusters(&library)), (vec![3, 2, 1], vec![]));
}

#[test]
fn copies_are_the_stories_with_the_same_words_in_another_outlet() {
    let copy = format!("{AGROUND} Trains were late as well.");
    let library = library(&[("a.example", 6, AGROUND), ("b.example", 6, STRANDED), ("c.example", 7, &copy)]);
    assert_eq!(clusters(&library), [[1, 2, 3]]);
    let [cluster] = &library.clusters(&[1]).unwrap()[..] else { panic!() };
    let reprints: Vec<(i64, bool)> = cluster.members.iter().map(|member| (member.row.id, member.reprint)).collect();
    assert_eq!(reprints, [(1, false), (2, false), (3, true)]);
    assert_eq!(clusters(&library.gathering(Gather::Copies)), [[1, 3]]);
}

#[test]
fn a_split_story_stays_apart_although_a_third_resembles_both() {
    let mut library = library(&FERRY[..2]);
    assert_eq!(library.set(&[2], &Change::Split).unwrap(), 1);
    assert_eq!(clusters(&library), [[0_i64; 0]; 0]);
    let towed = add(&mut library, "c.example", 7, TOWED);
    let found = clusters(&library);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains(&towed) && !(found[0].contains(&1) && found[0].contains(&2)), "{found:?}");
    // A new text of the split story does not bring it back either.
    let text = format!("{STRANDED} Nobody was hurt.");
    let again = story("b.example", 6, &text);
    library.replace(2, &again.prepare().unwrap()).unwrap();
    let found = clusters(&library);
    assert!(found.iter().all(|cluster| !(cluster.contains(&1) && cluster.contains(&2))), "{found:?}");
}

#[test]
fn splitting_is_undone_and_redone() {
    let mut library = library(&FERRY);
    library.set(&[4], &Change::Split).unwrap();
    assert_eq!(clusters(&library), [[1, 2]]);
    assert_eq!(replay(&mut library, Direction::Undo), "took 1 story out of its cluster");
    assert_eq!(clusters(&library), [[1, 2, 4]]);
    replay(&mut library, Direction::Redo);
    assert_eq!(clusters(&library), [[1, 2]]);
    assert_eq!(library.set(&[3], &Change::Split).unwrap(), 0, "a story without a cluster");
}

#[test]
fn merged_stories_stay_together_until_they_are_split() {
    let mut library = library(&FERRY);
    assert_eq!(library.set(&[3, 1], &Change::Merge).unwrap(), 4);
    assert_eq!(clusters(&library), [[1, 2, 3, 4]]);
    assert_eq!(library.set(&[3, 1], &Change::Merge).unwrap(), 0, "they are one already");
    let text = format!("{STRIKE} Talks have failed.");
    library.replace(3, &story("a.example", 7, &text).prepare().unwrap()).unwrap();
    assert_eq!(clusters(&library), [[1, 2, 3, 4]]);
    library.set(&[3], &Change::Split).unwrap();
    assert_eq!(clusters(&library), [[1, 2, 4]]);
    replay(&mut library, Direction::Undo);
    assert_eq!(clusters(&library), [[1, 2, 3, 4]]);
    assert_eq!(replay(&mut library, Direction::Undo), "merged the clusters of 4 stories");
    assert_eq!(clusters(&library), [[1, 2, 4]]);
}

#[test]
fn merging_takes_back_a_split() {
    let mut library = library(&FERRY[..2]);
    library.set(&[2], &Change::Split).unwrap();
    library.set(&[1, 2], &Change::Merge).unwrap();
    assert_eq!(clusters(&library), [[1, 2]]);
    replay(&mut library, Direction::Undo);
    assert_eq!(clusters(&library), [[0_i64; 0]; 0]);
}

#[test]
fn a_changed_text_leaves_the_cluster_that_it_no_longer_resembles() {
    let mut library = library(&FERRY);
    library.replace(4, &story("c.example", 7, STRIKE).prepare().unwrap()).unwrap();
    assert!(!clusters(&library)[0].contains(&4), "{:?}", clusters(&library));
    let words: i64 = library
        .connection()
        .query_row("SELECT count(*) FROM story_words WHERE article_id = 4", [], |row| row.get(0))
        .unwrap();
    assert_eq!(words, 12);
}

#[test]
fn a_deleted_story_leaves_nothing_to_be_found_by() {
    let mut library = library(&FERRY);
    library.set(&[4], &Change::Binned(true)).unwrap();
    library.purge(i64::MAX).unwrap();
    let left: i64 = library
        .connection()
        .query_row("SELECT count(*) FROM story_words WHERE article_id = 4", [], |row| row.get(0))
        .unwrap();
    assert_eq!((left, clusters(&library)), (0, vec![vec![1, 2]]));
    assert_eq!(library.check().unwrap().faults, Vec::<String>::new());
}

#[test]
fn stories_are_gathered_once_they_are_annotated() {
    let mut library = Library::open_in_memory().unwrap().gathering(Gather::Stories);
    for (site, day, text) in FERRY {
        let incoming = Incoming { unannotated: true, ..story(site, day, text) };
        library.add(&[incoming.prepare().unwrap()]).unwrap();
    }
    assert_eq!(clusters(&library), [[0_i64; 0]; 0]);
    let analyzer = dateline_analysis::Analyzer::bundled();
    library.annotate(&analyzer, &std::sync::atomic::AtomicBool::new(false), |_| ()).unwrap();
    assert_eq!(clusters(&library), [[1, 2, 4]]);
}

#[test]
fn queries_ask_for_the_number_and_the_names_of_the_outlets() {
    let mut library = library(&FERRY);
    let found = |library: &Library, query: &str| {
        let query = crate::query::Query::parse(query).unwrap();
        library.found(&query, date(2024, 6, 1), crate::Order::Oldest, 9).unwrap()
    };
    assert_eq!(found(&library, "outlets:>2"), [1, 2, 4]);
    assert_eq!(found(&library, "outlets:1"), [3]);
    assert_eq!(found(&library, "outlets:<=3"), [1, 2, 3, 4]);
    assert_eq!(found(&library, "outlets:2 OR outlets:>3"), [0_i64; 0]);
    assert_eq!(found(&library, "also:b.example"), [1, 4]);
    assert_eq!(found(&library, "source:a.example -also:b.example"), [3]);
    assert_eq!(found(&library, "also:/^ *c/"), [1, 2]);
    library.set(&[4], &Change::Binned(true)).unwrap();
    assert_eq!((found(&library, "outlets:2"), found(&library, "also:c.example")), (vec![1, 2], vec![]));
}

#[test]
fn decisions_are_exported_and_hold_in_the_library_that_imports_them() {
    let mut library = library(&FERRY);
    library.set(&[4], &Change::Split).unwrap();
    library.set(&[3, 1], &Change::Merge).unwrap();
    assert_eq!(clusters(&library), [[1, 2, 3]]);
    let mut export = Vec::new();
    assert_eq!(library.export(&mut export).unwrap(), Vec::<String>::new());
    let mut other = Library::open_in_memory().unwrap().gathering(Gather::Stories);
    let imported = other.import(export.as_slice()).unwrap();
    assert_eq!((imported.new, imported.failed.len()), (4, 0));
    assert_eq!(clusters(&other), [[1, 2, 3]]);
    let mut again = Vec::new();
    other.export(&mut again).unwrap();
    assert_eq!(String::from_utf8(again).unwrap(), String::from_utf8(export.clone()).unwrap());
    // The decisions of a library stay when others are imported.
    let mut third = self::library(&FERRY);
    third.set(&[4, 1], &Change::Merge).unwrap();
    third.set(&[1, 3], &Change::Merge).unwrap();
    third.import(export.as_slice()).unwrap();
    assert_eq!(clusters(&third), [[1, 2, 3, 4]]);
}

//! Tests storing articles and reading them back.

use crate::stories::{library, prepared, story};
use dateline_analysis::{Analyzer, Options};
use dateline_library::{Library, List, Outcome};

#[test]
fn an_article_comes_out_as_it_went_in() {
    let library = library(3);
    let stored = library.article(2).unwrap();
    assert_eq!(stored.article, story(1));
    let mut analysis = Analyzer::bundled().analyze(&story(1), &Options::default());
    analysis.doubtful_types.clear(); // they are not stored
    assert_eq!(stored.analysis, analysis);
    assert!(!stored.outdated);
    assert_eq!(library.raw(2).unwrap().unwrap(), story(1).text.as_bytes());
    assert_eq!(library.id_of(&stored.uid).unwrap(), 2);
    assert_eq!(library.id_of(&stored.uid[..8]).unwrap(), 2);
}

#[test]
fn the_same_article_twice_is_one() {
    let mut library = library(1);
    let again = library.add(&[prepared(story(0))]).unwrap();
    assert_eq!((again[0].id, again[0].outcome), (1, Outcome::Known));
    // An article is recognised by its text, even if it has a different URL.
    let mut elsewhere = story(0);
    elsewhere.url = Some("https://other.example/wire".into());
    elsewhere.id = "other".into();
    assert_eq!(library.add(&[prepared(elsewhere.clone())]).unwrap()[0].outcome, Outcome::Known);
    // From then on, both URLs identify the article.
    elsewhere.text.push_str(" More is known.");
    let changed = library.add(&[prepared(elsewhere)]).unwrap();
    assert_eq!((changed[0].id, changed[0].outcome), (1, Outcome::Changed));
    assert_eq!(library.count(List::All).unwrap(), 1);
}

#[test]
fn another_story_at_the_same_place_is_another_article() {
    let mut library = library(1);
    let mut other = story(0);
    other.url = None;
    other.headline = None;
    other.text = "Voters in the valley chose a new council on a rainy Sunday, officials said.".into();
    assert_eq!(library.add(&[prepared(other)]).unwrap()[0].outcome, Outcome::New);
}

#[test]
fn a_batch_is_stored_whole_and_in_order() {
    let mut library = Library::open_in_memory().unwrap();
    let twice = [prepared(story(0)), prepared(story(1)), prepared(story(0))];
    let outcomes: Vec<Outcome> = library.add(&twice).unwrap().iter().map(|added| added.outcome).collect();
    assert_eq!(outcomes, [Outcome::New, Outcome::New, Outcome::Known]);
}

#[test]
fn a_list_is_read_window_by_window_in_both_directions() {
    let library = library(60);
    let all = library.page(List::Inbox, None, 100).unwrap();
    assert_eq!(all.len(), 60);
    assert!(all.is_sorted_by_key(|row| std::cmp::Reverse((row.day, row.id))));
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let window = library.page(List::Inbox, after.as_ref(), 7).unwrap();
        let Some(last) = window.last() else { break };
        after = Some(last.clone());
        seen.extend(window);
    }
    assert_eq!(seen, all);
    assert_eq!(all[0].quotes, library.article(all[0].id).unwrap().analysis.quotes.len());
}

//! Tests rescuing a damaged library by copying all readable parts into a new one.

use crate::stories::{folder, prepared, story, tags};
use dateline_library::{Change, Library, List};
use std::fs;
use std::path::{Path, PathBuf};

const ARTICLES: usize = 60;

/// Creates a library of several database pages, with a tag and a note.
fn stored(name: &str) -> PathBuf {
    let path = folder(name).join("library.db");
    let mut library = Library::open_or_create(&path).unwrap();
    library.add(&(0..ARTICLES).map(|n| prepared(story(n))).collect::<Vec<_>>()).unwrap();
    library.set(&[7], &Change::Tag("sea".into())).unwrap();
    library.set(&[7], &Change::Note("Ask the harbour.".into())).unwrap();
    path
}

fn rescued(path: &Path) -> (Library, dateline_library::Rescued) {
    let before = fs::read(path).unwrap();
    let to = path.with_file_name("new.db");
    let report = Library::rescue(path, &to).unwrap();
    assert_eq!(fs::read(path).unwrap(), before, "the damaged file was touched");
    assert!(Library::rescue(path, &to).is_err(), "a file was overwritten");
    let library = Library::open(&to).unwrap();
    assert_eq!(library.check().unwrap().faults, Vec::<String>::new());
    assert_eq!(library.count(List::All).unwrap(), report.articles);
    (library, report)
}

#[test]
fn a_whole_library_is_rescued_whole() {
    let (library, report) = rescued(&stored("rescue-whole"));
    assert_eq!((report.articles, report.lost), (ARTICLES, vec![]));
    assert_eq!(tags(&library, 7), ["sea"]);
    assert_eq!(library.article(7).unwrap().article, story(6));
}

#[test]
fn everything_before_a_cut_is_rescued() {
    let path = stored("rescue-cut");
    let bytes = fs::read(&path).unwrap();
    // Each table has a page near the start of the file, so that the stories are at its end. Every page holds some twenty.
    fs::write(&path, &bytes[..bytes.len() - 3 * 16_384]).unwrap();
    let (_, report) = rescued(&path);
    assert!(!report.lost.is_empty() && report.articles > 0, "{report:?}");
}

#[test]
fn every_page_may_be_spoilt_without_harm_to_most_of_the_rest() {
    let path = stored("rescue-page");
    let whole = fs::read(&path).unwrap();
    let page = 16_384;
    for at in (1..whole.len() / page).step_by(5) {
        let mut bytes = whole.clone();
        bytes[at * page..(at + 1) * page].fill(0xa5);
        fs::write(&path, &bytes).unwrap();
        let to = path.with_file_name(format!("new-{at}.db"));
        // Either the new library is intact and all losses are reported, or the rescue fails with an error.
        match Library::rescue(&path, &to) {
            Ok(report) => {
                let library = Library::open(&to).unwrap();
                assert_eq!(library.check().unwrap().faults, Vec::<String>::new(), "page {at}");
                assert!(report.articles == ARTICLES || !report.lost.is_empty(), "page {at}: {report:?}");
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        let _ = fs::remove_file(to);
    }
}

//! Stories and folders for the tests of the library.

use dateline_analysis::{Analyzer, Options};
use dateline_core::article::{Article, DateSource, Datum, Published};
use dateline_library::{By, Direction, Incoming, Library, Prepared, Raw};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Creates an empty folder for a test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("library").join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// Builds a short story with the number `n`, dated in May 2024.
pub(crate) fn story(n: usize) -> Article {
    let text = format!(
        "The ferry to Ostrel Island sailed {n} times on Monday, harbour master Mara Odell said.\n\n\
         “We have mended ramp {n},” Odell said. “The crews of the Northern Shipping Company worked all night.”\n\n\
         Number {n} of the new boats will arrive in June, José Álvarez told reporters in Port Vessel."
    );
    let mut article = Article::verbatim(format!("story-{n}"), text);
    article.headline = Some(Datum::given(format!("Ferry number {n} sails again")));
    article.url = Some(format!("https://news.example/ferry/{n}"));
    let date = format!("2024-05-{:02}", n % 28 + 1).parse().unwrap();
    article.published = Some(Published { date, moment: None, source: DateSource::Metadata, evidence: None });
    article
}

/// Analyses a story and prepares it for storage.
pub(crate) fn prepared(article: Article) -> Prepared {
    static ANALYZER: OnceLock<Analyzer> = OnceLock::new();
    let analysis = ANALYZER.get_or_init(Analyzer::bundled).analyze(&article, &Options::default());
    let raw = Raw::Own(article.text.clone().into_bytes());
    let item = article.id.clone();
    Incoming { article, analysis, source: "corpus.jsonl".into(), item, raw, ..Incoming::default() }.prepare().unwrap()
}

/// Creates a library in memory with `count` stories.
pub(crate) fn library(count: usize) -> Library {
    let mut library = Library::open_in_memory().unwrap();
    let stories: Vec<Prepared> = (0..count).map(|n| prepared(story(n))).collect();
    library.add(&stories).unwrap();
    library
}

/// Undoes the last change, whatever its origin. Returns the label of the change.
pub(crate) fn undo(library: &mut Library) -> Option<String> {
    let last = library.last_change(Direction::Undo, By::Anyone).unwrap()?;
    Some(library.replay(Direction::Undo, last.id).unwrap().label)
}

/// Redoes the last undone change, whatever its origin. Returns the label of the change.
pub(crate) fn redo(library: &mut Library) -> Option<String> {
    let last = library.last_change(Direction::Redo, By::Anyone).unwrap()?;
    Some(library.replay(Direction::Redo, last.id).unwrap().label)
}

/// Returns the tags of an article, in alphabetical order.
pub(crate) fn tags(library: &Library, article: i64) -> Vec<String> {
    exported(library, article, "tag", "tag")
}

/// Returns the user's note on an article.
pub(crate) fn note_of(library: &Library, article: i64) -> Option<String> {
    exported(library, article, "note", "words").pop()
}

/// Returns the value of `key` in each line of the export that is of this kind and belongs to the article.
fn exported(library: &Library, article: i64, kind: &str, key: &str) -> Vec<String> {
    values(&export(library), &library.article(article).unwrap().uid, kind, key)
}

/// Returns the lines of the library's export.
pub(crate) fn export(library: &Library) -> Vec<Value> {
    let mut export = Vec::new();
    library.export(&mut export).unwrap();
    export.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect()
}

/// Returns the value of `key` in each line of an export that is of this kind and belongs to the article.
pub(crate) fn values(export: &[Value], uid: &str, kind: &str, key: &str) -> Vec<String> {
    let own = export.iter().filter(|line| line["kind"] == kind && line["uid"] == uid);
    own.filter_map(|line| line[key].as_str().map(str::to_owned)).collect()
}

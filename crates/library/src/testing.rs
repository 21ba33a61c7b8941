//! Libraries for the tests of several modules.

use crate::incoming::Derived;
use crate::index::FULL_TEXT;
use crate::{Incoming, Library};
use dateline_analysis::{Analyzer, Options};
use dateline_core::article::Article;

/// Creates a library in memory that holds these annotated stories, whose IDs count from 1.
pub(crate) fn library(stories: &[&str]) -> Library {
    let mut library = Library::open_in_memory().unwrap();
    let analyzer = Analyzer::bundled();
    for (index, text) in stories.iter().enumerate() {
        let article = Article::verbatim(index.to_string(), *text);
        let analysis = analyzer.analyze(&article, &Options::default());
        library.add(&[Incoming::new(article, analysis, &index.to_string()).prepare().unwrap()]).unwrap();
    }
    library
}

/// Indexes a story as programs before schema version 6 did: its quotes and names together with its words.
pub(crate) fn index_together(library: &Library, id: i64) {
    let stored = library.article(id).unwrap();
    let Derived { words, found, .. } = Derived::with_words(&stored.article, &stored.analysis).unwrap();
    let words = words.unwrap();
    let db = library.connection();
    for index in FULL_TEXT {
        db.execute(&format!("DELETE FROM {index} WHERE rowid = ?"), [id]).unwrap();
    }
    let terms = words.terms() + &found.terms();
    let row = (id, words.headline, words.body, found.quoted, found.names);
    db.execute("INSERT INTO search (rowid, headline, body, quote, names) VALUES (?, ?, ?, ?, ?)", row).unwrap();
    db.execute("INSERT INTO terms (rowid, words) VALUES (?, ?)", (id, terms)).unwrap();
    db.execute("UPDATE articles SET indexed_apart = 0 WHERE id = ?", [id]).unwrap();
}

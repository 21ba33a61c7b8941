//! Libraries for the tests of several modules.

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

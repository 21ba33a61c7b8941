//! Annotations made anew after the analyser changed: a few articles at a time, so that whoever
//! reads or adds meanwhile does not wait long.

use super::{Library, Result, highlight};
use dateline_analysis::{Analysis, Analyzer, Options};
use dateline_core::article::Article;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The annotations of an article; none when the analyser failed on it, which is no reason to stop.
pub(super) fn annotations(analyzer: &Analyzer, article: &Article, options: &Options) -> Option<Analysis> {
    unharmed(|| analyzer.analyze(article, options))
}

/// What `work` gives, unless it panics.
pub(super) fn unharmed<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

impl Library {
    /// Annotates anew at most `most` of the articles that another version of the analyser
    /// annotated, on all cores: how many it were. What the analyser fails on stands without
    /// annotations until its next version; what cannot be read back is left as it is.
    ///
    /// # Errors
    /// When the library cannot be read or written to.
    pub fn renew(&mut self, analyzer: &Analyzer, most: usize) -> Result<usize> {
        let ids = self.outdated(most)?;
        let articles: Vec<(i64, Article)> =
            ids.iter().filter_map(|&id| Some((id, highlight::article(&self.connection, id).ok()?))).collect();
        let annotated: Vec<(i64, Analysis)> = articles
            .into_par_iter()
            .map(|(id, article)| (id, annotations(analyzer, &article, &Options::default()).unwrap_or_default()))
            .collect();
        if !annotated.is_empty() {
            self.annotate(&annotated)?;
        }
        Ok(annotated.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Incoming;

    #[test]
    fn what_an_older_analyser_annotated_is_done_again_a_few_at_a_time() {
        let mut library = Library::open_in_memory().unwrap();
        for n in 0..5 {
            let article =
                Article::verbatim(n.to_string(), format!("The ferry sailed, said pilot number {n}, Mara Odell."));
            let incoming = Incoming::new(article, Analysis::default(), &n.to_string());
            library.add(&[incoming.prepare().unwrap()]).unwrap();
        }
        library.connection.execute("UPDATE texts SET analyser = 0 WHERE article_id > 1", []).unwrap();
        assert!(library.article(2).unwrap().outdated);
        let analyzer = Analyzer::bundled();
        let counts: Vec<usize> = (0..3).map(|_| library.renew(&analyzer, 3).unwrap()).collect();
        assert_eq!(counts, [3, 1, 0]);
        assert!(library.article(1).unwrap().analysis.quotes.is_empty(), "it was not outdated");
        assert!(!library.article(5).unwrap().analysis.entities.is_empty());
        assert_eq!(library.check().unwrap().faults, Vec::<String>::new());
    }

    #[test]
    fn a_date_inferred_by_a_newer_analyser_goes_into_the_lists() {
        let mut library = Library::open_in_memory().unwrap();
        let article = Article::verbatim("", "The ferry sailed on Saturday, 4 May 2024, said Mara Odell.");
        library.add(&[Incoming::new(article, Analysis::default(), "").prepare().unwrap()]).unwrap();
        let row = |library: &Library| library.rows(&[1]).unwrap().remove(0);
        assert_eq!((row(&library).published, row(&library).inferred), (None, false));
        library.connection.execute("UPDATE texts SET analyser = 0", []).unwrap();
        library.renew(&Analyzer::bundled(), 1).unwrap();
        assert_eq!((row(&library).published.as_deref(), row(&library).inferred), (Some("2024-05-04"), true));
        library.annotate(&[(1, Analysis::default())]).unwrap();
        assert_eq!((row(&library).published, row(&library).day), (None, row(&library).added / 86_400));
    }

    #[test]
    fn a_panic_in_the_analysis_is_no_end() {
        assert_eq!(unharmed(|| 7), Some(7));
        assert_eq!(unharmed(|| -> u8 { panic!("as if a rule were wrong") }), None);
    }
}

//! Interface for training the confidence in timeline rows: the features of each row.

use super::Document;
use crate::event::{self, Event};
use crate::{Analyzer, Options};
use dateline_core::article::Article;

/// Timeline row with the features from which its confidence is computed.
#[derive(Clone, Debug)]
pub struct Example {
    /// The row.
    pub event: Event,
    /// Whether the row has each feature, in the order of [`sign_names`].
    pub signs: Vec<bool>,
}

/// Returns the timeline rows of an article, before any unlikely rows are folded under a count.
#[must_use]
pub fn examples(analyzer: &Analyzer, article: &Article, options: &Options) -> Vec<Example> {
    let found = analyzer.analyze(article, options);
    let document = Document::new(article, &analyzer.resources);
    let finder =
        event::EventFinder::new(&document, &found.entities, &found.quotes, &found.times, found.reference.as_ref());
    event::candidates(&finder, &found.unrelated_captions)
        .into_iter()
        .map(|row| Example { signs: row.signs.named().map(|(_, has)| has).collect(), event: row.event })
        .collect()
}

/// Returns the names of the features, in the order of the weights file.
pub fn sign_names() -> impl Iterator<Item = &'static str> {
    event::Signs::default().named().map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::ANALYZER;

    #[test]
    fn an_example_has_one_value_for_each_sign() {
        let article = Article::verbatim("", "The bridge opened in 1994. They might widen it in 2030.");
        let rows = examples(&ANALYZER, &article, &Options::default());
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| row.signs.len() == sign_names().count()));
        let open = sign_names().position(|name| name == "open").unwrap_or_default();
        assert_eq!(rows.iter().map(|row| row.signs[open]).collect::<Vec<_>>(), [false, true]);
    }
}

//! Training of the confidence of timeline rows: what each row rests on, and the file of weights.

use super::Document;
use crate::event::{self, Event};
use crate::{Analyzer, Options};
use dateline_core::article::Article;

/// Row of a timeline with the signs from which its confidence is computed.
#[derive(Clone, Debug)]
pub struct Example {
    /// The row.
    pub event: Event,
    /// Whether the row has each sign, in the order of [`sign_names`].
    pub signs: Vec<bool>,
}

/// Returns the rows of an article, before the least certain ones are folded.
#[must_use]
pub fn examples(analyzer: &Analyzer, article: &Article, options: &Options) -> Vec<Example> {
    let found = analyzer.analyze(article, options);
    let document = Document::new(article, &analyzer.resources);
    let reference = found.reference.as_ref();
    let rows = event::candidates(
        &document,
        &found.entities,
        &found.quotes,
        &found.times,
        &found.unrelated_captions,
        reference,
    );
    rows.into_iter()
        .map(|row| Example { signs: row.signs.named().map(|(_, has)| has).collect(), event: row.event })
        .collect()
}

/// Returns the names of the signs, in the order of the file of weights.
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

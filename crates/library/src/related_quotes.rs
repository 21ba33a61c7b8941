//! Finds quotes of a speaker in stories other than the open one: their number, and the latest of them.

use super::{Library, Result, SpeakerQuote};
use dateline_core::text::folded;
use std::collections::HashSet;

/// Quotes of a speaker in stories other than the open one.
#[derive(Clone, Debug, PartialEq)]
pub struct RelatedQuotes {
    /// ID of the speaker's name.
    pub name: i64,
    /// Number of quotes in other stories.
    pub quotes: usize,
    /// Number of stories that contain the quotes.
    pub stories: usize,
    /// Latest quotes, each with its words.
    pub latest: Vec<(SpeakerQuote, String)>,
}

impl Library {
    /// Counts the quotes of a speaker in stories other than `seen_in`, and returns the `most` latest ones with their
    /// words. A name that is too ambiguous is not searched in other stories.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn related_quotes(&self, name: i64, seen_in: i64, most: usize) -> Result<RelatedQuotes> {
        self.snapshot(|| self.related_quotes_now(name, seen_in, most))
    }

    fn related_quotes_now(&self, name: i64, seen_in: i64, most: usize) -> Result<RelatedQuotes> {
        let mut said = self.quotes_by(name, seen_in)?;
        said.retain(|said| said.passage.article != seen_in);
        let stories: HashSet<i64> = said.iter().map(|said| said.passage.article).collect();
        let quotes = said.len();
        let latest = said.into_iter().rev().take(most).map(|said| {
            let stored = self.article(said.passage.article)?;
            let words = folded(said.passage.span.of(&stored.article.text));
            let polarity = said.polarity_in(&stored.analysis);
            Ok((SpeakerQuote { polarity, ..said }, words))
        });
        Ok(RelatedQuotes { name, quotes, stories: stories.len(), latest: latest.collect::<Result<_>>()? })
    }
}

#[cfg(test)]
mod tests {
    use crate::{Incoming, Library};
    use dateline_analysis::{Analyzer, Options};
    use dateline_core::article::Article;

    #[test]
    fn the_latest_related_quotes_are_returned_and_all_are_counted() {
        let mut library = Library::open_in_memory().unwrap();
        let texts = [
            "“We have mended the ramp,” said Mara Odell, the harbour master, on 3 May 2024.",
            "“The ferry will run,” said Mara Odell, the harbour master. “It is late,” Odell said.",
            "“I am glad,” said Mara Odell, the harbour master.",
        ];
        for (index, text) in texts.iter().enumerate() {
            let article = Article::verbatim(index.to_string(), *text);
            let analysis = Analyzer::bundled().analyze(&article, &Options::default());
            library.add(&[Incoming::new(article, analysis, &index.to_string()).prepare().unwrap()]).unwrap();
        }
        let name = library.name_id("person", "Mara Odell").unwrap().unwrap();
        // The only dated story is sorted last, after the undated ones.
        let here = library.quotes_by(name, 0).unwrap().last().map(|said| said.passage.article).unwrap();
        let found = library.related_quotes(name, here, 2).unwrap();
        assert_eq!((found.quotes, found.stories, found.latest.len()), (3, 2, 2));
        assert!(found.latest.iter().all(|(said, words)| said.passage.article != here && !words.contains("ramp")));
    }
}

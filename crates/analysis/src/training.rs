//! Access for the trainers and scorers: examples as numbers, decoding, and the files of weights.
//!
//! An analysis needs none of this. It is public because training happens outside this crate, and it is narrow so that
//! the stages can change without a change in the trainers.

pub mod names;
pub mod pos;
pub mod quotes;
pub mod rows;
pub mod syntax;
pub mod words;

pub use crate::document::Document;
pub use crate::resources::Resources;

use crate::lexicon::names::Kinds;
use crate::name::postprocess::Pass;
use crate::{Analyzer, lexicon};

/// Weights of one feature: its key, then pairs of label and weight.
pub type Row = (u32, Vec<(u8, i8)>);

/// Word list that decides how training data is converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordList {
    /// Titles before persons' names.
    Titles,
    /// Surnames.
    Surnames,
    /// Countries.
    Countries,
    /// Inhabitants and adjectives of countries and regions.
    Demonyms,
    /// Words that are common in small letters.
    CommonWords,
}

impl WordList {
    /// Returns whether the list contains `word`.
    #[must_use]
    pub fn contains(self, word: &str, resources: &Resources) -> bool {
        resources.names().of(word).any(match self {
            Self::Titles => Kinds::TITLE,
            Self::Surnames => Kinds::SURNAME,
            Self::Countries => Kinds::COUNTRY,
            Self::Demonyms => Kinds::DEMONYM,
            Self::CommonWords => Kinds::COMMON,
        })
    }
}

/// Parses a word list: one entry per line; `#` begins a comment, blank lines are skipped.
pub fn entries(file: &str) -> impl Iterator<Item = &str> {
    lexicon::entries(file)
}

/// Returns each pass over the names with an analyser that skips it, to measure the gain of the pass.
pub fn ablations() -> impl Iterator<Item = (&'static str, Analyzer)> {
    Pass::ALL.into_iter().map(|pass| (pass.name(), Analyzer::without(pass)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use dateline_core::article::Article;

    #[test]
    fn an_analyser_without_a_pass_loses_the_names_of_that_pass() {
        let text = "Voters back Tarn County Sheriff Peter Novak. It is Japan's Toyo Corp today. Then Mrs Orlo left. The \
                    Board of Fish Welfare (BFW) met. Later the BFW and ORLO agreed. The Norwegians saw “The Long Night”.";
        let article = Article::verbatim("", text);
        let all = Analyzer::bundled().analyze(&article, &Options::default());
        let names: Vec<&str> = ablations().map(|(name, _)| name).collect();
        assert_eq!(names.len(), Pass::ALL.len());
        let differs = ablations().any(|(_, analyzer)| analyzer.analyze(&article, &Options::default()) != all);
        assert!(differs);
    }

    #[test]
    fn a_list_contains_its_own_words() {
        let resources = Resources::bundled();
        assert!(WordList::Titles.contains("President", &resources));
        assert!(WordList::Demonyms.contains("Norwegian", &resources));
        assert!(!WordList::Countries.contains("President", &resources));
    }
}

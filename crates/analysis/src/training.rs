//! Interface for trainers and scorers: examples as numbers, decoding, and weights files.
//!
//! The analysis itself does not use this module. It is public because training happens outside this crate, and small so
//! that the stages can change without changes to the trainers.

pub mod names;
pub mod pos;
pub mod quotes;
pub mod rows;
mod syntax;
mod words;

pub use crate::document::Document;
pub use crate::resources::Resources;
pub use syntax::{Clauses, clauses};
pub use words::{index as word_index, type_hints};

use crate::Analyzer;
use crate::lexicon::names::Kinds;
use crate::name::postprocess::Pass;

/// Key of a feature with its weights, as pairs of label and weight.
pub type Row = (u32, Vec<(u8, i8)>);

/// Word list that decides how training data is converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordList {
    /// Titles before the names of people.
    Titles,
    /// Family names.
    Surnames,
    /// Names of countries.
    Countries,
    /// Inhabitants and adjectives of countries and regions.
    Demonyms,
    /// Common words usually written in lower case.
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

/// Returns one analyser per pass of the name recogniser. Each analyser skips that pass, so that the gain of the pass
/// can be measured.
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
                    Board of Fish Welfare (BFW) met. Later the BFW and ORLO agreed. The Norwegians saw “The Long \
                    Night”. Harrow beat Tarn BK. Crowds in Harrow sang. Yara Chief Ola Moen saw U.S. June figures in Malmö.";
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

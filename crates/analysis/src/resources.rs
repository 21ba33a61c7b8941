//! Data shared by all stages: the word lists and the tables built from them. This module is a layer above both, because
//! some of the tables are built from lists.

use super::language::Languages;
use super::lexicon::Lexicon;
use super::lexicon::names::NameLists;
use super::lexicon::type_hints::TypeHints;
use super::lexicon::word_index::WordIndex;
use super::pos;
use super::quote::complement::Complements;
use super::word_class::Vocabulary;

/// Word lists and tables of one language, built once and shared by all documents.
#[derive(Debug, Default)]
pub struct Resources {
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    pos: pos::Weights,
    names: NameLists,
    words: WordIndex,
    type_hints: TypeHints,
    complements: Complements,
    languages: Languages,
}

impl Resources {
    /// Builds the tables from the bundled lists.
    #[must_use]
    pub fn bundled() -> Self {
        let lexicon = Lexicon::bundled();
        let vocabulary = Vocabulary::bundled(lexicon.speech_verbs());
        let names = NameLists::bundled(&lexicon);
        let (pos, languages) = (pos::Weights::bundled(), Languages::bundled());
        let (words, type_hints) = (WordIndex::bundled(), TypeHints::bundled());
        let complements = Complements::bundled();
        Self { lexicon, vocabulary, pos, names, words, type_hints, complements, languages }
    }

    /// Returns the abbreviations and reporting verbs.
    #[must_use]
    #[inline]
    pub(crate) const fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Returns the vocabulary of word forms with their possible classes.
    #[must_use]
    #[inline]
    pub(crate) const fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Returns the weights of the part-of-speech tagger.
    #[must_use]
    #[inline]
    pub(crate) const fn pos(&self) -> &pos::Weights {
        &self.pos
    }

    /// Returns the gazetteer of words in names.
    #[must_use]
    #[inline]
    pub(crate) const fn names(&self) -> &NameLists {
        &self.names
    }

    /// Returns the index of words in large public lists.
    #[must_use]
    #[inline]
    pub(crate) const fn words(&self) -> &WordIndex {
        &self.words
    }

    /// Returns the types of names that capitalised words belong to.
    #[must_use]
    #[inline]
    pub(crate) const fn type_hints(&self) -> &TypeHints {
        &self.type_hints
    }

    /// Returns the languages distinguished from English.
    #[must_use]
    #[inline]
    pub(crate) const fn languages(&self) -> &Languages {
        &self.languages
    }

    /// Returns the complements of each reporting verb.
    #[must_use]
    #[inline]
    pub(crate) const fn complements(&self) -> &Complements {
        &self.complements
    }
}

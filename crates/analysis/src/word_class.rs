//! Rule-based part-of-speech tagging from word lists, endings and neighbouring words. The quotation rules use the
//! classes to find subjects and clause boundaries, and the time rules use them to determine the tense. This module is
//! independent of names, quotations and times.

mod capital;
mod ending;
mod function;
mod nominal;
mod senses;
mod state;
mod tagger;
mod verbal;
mod vocabulary;

pub(crate) use senses::{Senses, Trait};
pub(crate) use vocabulary::Vocabulary;

use super::distinct_words::DistinctWords;
use super::sentence::Sentence;
use super::token::{Token, TokenKind};

/// Part of speech of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum WordClass {
    /// Singular or mass noun: "report", "water".
    Noun,
    /// Plural noun: "officials", "people".
    NounPlural,
    /// Proper noun, recognised by its capital letter.
    Proper,
    /// Personal, demonstrative or indefinite pronoun, or "there" in "there is".
    Pronoun,
    /// Possessive: "my", "their", "her" before its noun, or the clitic "'s" after a noun.
    Possessive,
    /// Determiner: "the", "some", "this" before its noun.
    Determiner,
    /// Adjective, or a participle or ordinal before its noun.
    Adjective,
    /// Adverb or verb particle.
    Adverb,
    /// Bare verb: after "to", a modal or "do", or as an imperative.
    VerbBase,
    /// Finite verb in the present tense, in any person.
    VerbPresent,
    /// Finite verb in the past tense.
    VerbPast,
    /// Past participle: "has said", "was seen", "a man accused of".
    VerbParticiple,
    /// Verb form in -ing, unless used as a noun.
    VerbGerund,
    /// Modal verb: "will", "would", "can", "may" …
    Modal,
    /// The word "to" before a verb or a noun.
    To,
    /// Preposition.
    Preposition,
    /// Coordinating conjunction: "and", "or", "but".
    Conjunction,
    /// Word that opens a dependent clause: "that", "whether", "because", "after he left".
    Subordinator,
    /// Question word or relative pronoun: "who", "which", "what", relative "that".
    Wh,
    /// Number in digits or words.
    Number,
    /// Negation: "not", "n't".
    Negation,
    /// Interjection: "yes", "oh".
    Interjection,
    /// Punctuation mark.
    Mark,
}

impl WordClass {
    /// Returns whether the class is a verb of any form, including modals.
    #[must_use]
    #[inline]
    pub(crate) const fn is_verb(self) -> bool {
        matches!(self, Self::VerbBase | Self::VerbParticiple | Self::VerbGerund) || self.is_finite()
    }

    /// Returns whether the class is a verb form that can head a main clause: present, past or modal.
    #[must_use]
    #[inline]
    pub(crate) const fn is_finite(self) -> bool {
        matches!(self, Self::VerbPresent | Self::VerbPast | Self::Modal)
    }

    /// Returns whether the class is a common or proper noun.
    #[must_use]
    #[inline]
    pub(crate) const fn is_noun(self) -> bool {
        matches!(self, Self::Noun | Self::NounPlural | Self::Proper)
    }

    /// Returns whether a word of this class can precede the noun inside a noun phrase.
    #[must_use]
    #[inline]
    pub(crate) const fn is_modifier(self) -> bool {
        matches!(self, Self::Determiner | Self::Possessive | Self::Adjective | Self::Number)
    }
}

/// Determines the senses and the class of each token by rules over its sentence.
#[must_use]
pub(crate) fn classify(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    distinct: &DistinctWords,
    vocabulary: &Vocabulary,
) -> (Vec<Senses>, Vec<WordClass>) {
    let mut senses: Vec<Senses> = distinct.each(|index| {
        let (word, kind) = tokens.get(index).map_or(("", TokenKind::Mark), |token| (token.span.of(text), token.kind));
        vocabulary.senses(word, kind)
    });
    let mut classes: Vec<WordClass> = senses.iter().map(|sense| sense.likeliest()).collect();
    let capitals = capital::Capitals::new(text, tokens, sentences, &senses);
    for sentence in sentences {
        if let (Some(words), Some(senses), Some(classes)) = (
            tokens.get(sentence.tokens.clone()),
            senses.get_mut(sentence.tokens.clone()),
            classes.get_mut(sentence.tokens.clone()),
        ) {
            capitals.mark(words, senses);
            tagger::tag(text, words, senses, classes);
        }
    }
    (senses, classes)
}

#[cfg(test)]
mod tests;

//! Part-of-speech tagging from word lists, endings and neighbouring words. Quotes use it for subjects and clause
//! boundaries, times for tense. Knows nothing of names, quotes or times.

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

use super::sentence::Sentence;
use super::token::Token;

/// Part of speech of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum WordClass {
    /// A common noun in the singular or without number: "report", "water".
    Noun,
    /// A common noun in the plural: "officials", "people".
    NounPlural,
    /// A word capitalised as a name.
    Proper,
    /// A personal, demonstrative or indefinite pronoun, and "there" in "there is".
    Pronoun,
    /// "my", "their", "her" before its noun, and the clitic "'s" of a noun.
    Possessive,
    /// "the", "some", "this" before its noun.
    Determiner,
    /// An adjective, a participle or an ordinal before its noun.
    Adjective,
    /// An adverb or a verb's particle.
    Adverb,
    /// The bare verb after "to", modals and "do", and imperatives.
    VerbBase,
    /// A finite verb of the present, any person.
    VerbPresent,
    /// A finite verb of the past.
    VerbPast,
    /// A past participle: "has said", "was seen", "a man accused of".
    VerbParticiple,
    /// A form in -ing that is not a noun.
    VerbGerund,
    /// "will", "would", "can", "may" …
    Modal,
    /// "to", before a verb or a noun.
    To,
    /// A preposition.
    Preposition,
    /// "and", "or", "but".
    Conjunction,
    /// A word that opens a dependent clause: "that", "whether", "because", "after he left".
    Subordinator,
    /// A question word or relative pronoun: "who", "which", "what", relative "that".
    Wh,
    /// A number in digits or letters.
    Number,
    /// "not", "n't".
    Negation,
    /// "yes", "oh".
    Interjection,
    /// A punctuation mark.
    Mark,
}

impl WordClass {
    /// Returns whether this is a verb in any form, including modals.
    #[must_use]
    #[inline]
    pub(crate) const fn is_verb(self) -> bool {
        matches!(self, Self::VerbBase | Self::VerbParticiple | Self::VerbGerund) || self.is_finite()
    }

    /// Returns whether this is a verb form that can head a main clause: present, past or modal.
    #[must_use]
    #[inline]
    pub(crate) const fn is_finite(self) -> bool {
        matches!(self, Self::VerbPresent | Self::VerbPast | Self::Modal)
    }

    /// Returns whether this is a noun or name.
    #[must_use]
    #[inline]
    pub(crate) const fn is_noun(self) -> bool {
        matches!(self, Self::Noun | Self::NounPlural | Self::Proper)
    }

    /// Returns whether the word can precede the noun inside a noun phrase.
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
    vocabulary: &Vocabulary,
) -> (Vec<Senses>, Vec<WordClass>) {
    let mut senses: Vec<Senses> =
        tokens.iter().map(|token| vocabulary.senses(token.span.of(text), token.kind)).collect();
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

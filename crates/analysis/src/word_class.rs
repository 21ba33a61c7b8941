//! The class of each word: what part of speech it is as far as word lists, endings and
//! neighbours tell. Quotes want subjects and clause ends of it, times want tense.
//! Knows nothing of names, quotes or times.

mod capital;
mod ending;
mod function;
mod nominal;
mod senses;
mod state;
mod tagger;
mod verbal;
mod vocabulary;

pub use senses::{Senses, Trait};
pub use vocabulary::Vocabulary;

use super::sentence::Sentence;
use super::token::Token;

/// The class of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordClass {
    /// A common noun in the singular, or one that has no number: "report", "water".
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
    /// An adjective, a participle or an ordinal that stands before its noun.
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
    /// A form in -ing that is no noun.
    VerbGerund,
    /// "will", "would", "can", "may" …
    Modal,
    /// "to", before a verb or a noun.
    To,
    /// A preposition.
    Preposition,
    /// "and", "or", "but".
    Conjunction,
    /// What opens a dependent clause: "that", "whether", "because", "after he left".
    Subordinator,
    /// A question word or relative: "who", "which", "what", relative "that".
    Wh,
    /// A number in digits or letters.
    Number,
    /// "not", "n't".
    Negation,
    /// "yes", "oh".
    Interjection,
    /// A mark.
    Mark,
}

impl WordClass {
    /// Whether a verb in any form, modals included.
    #[must_use]
    #[inline]
    pub const fn is_verb(self) -> bool {
        matches!(self, Self::VerbBase | Self::VerbParticiple | Self::VerbGerund) || self.is_finite()
    }

    /// Whether a verb that can be the one of a whole clause: present, past or modal.
    #[must_use]
    #[inline]
    pub const fn is_finite(self) -> bool {
        matches!(self, Self::VerbPresent | Self::VerbPast | Self::Modal)
    }

    /// Whether a noun or name.
    #[must_use]
    #[inline]
    pub const fn is_noun(self) -> bool {
        matches!(self, Self::Noun | Self::NounPlural | Self::Proper)
    }

    /// Whether it can stand inside a noun phrase before the noun.
    #[must_use]
    #[inline]
    pub const fn is_modifier(self) -> bool {
        matches!(self, Self::Determiner | Self::Possessive | Self::Adjective | Self::Number)
    }
}

/// The senses and the one class of each token, by rules over its whole sentence.
#[must_use]
pub fn classify(
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

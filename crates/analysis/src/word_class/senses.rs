//! Tag lexicon entry: the possible word classes of a word form.

use super::WordClass::{self, Noun, VerbBase, VerbPast, VerbPresent};

/// Possible classes of a word, with the likeliest of them and the word's [`Trait`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Senses {
    classes: u32,
    traits: u16,
    pub(super) likeliest: WordClass,
}

/// Property of a word, independent of its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trait {
    /// Form of "be".
    Be = 1,
    /// Form of "have".
    Have = 2,
    /// Form of "do".
    Do = 4,
    /// Pronoun that can only be a subject: "he", "they".
    Subject = 8,
    /// Form of a reporting verb.
    Reporting = 16,
    /// Word in one of the lists of function words.
    Function = 32,
    /// Word that begins with a capital letter.
    Capital = 64,
    /// Word in at least one list.
    Listed = 128,
    /// Name of a weekday or month.
    Calendar = 256,
}

impl Senses {
    /// Creates senses from `classes`, likeliest first.
    #[must_use]
    #[inline]
    pub(crate) fn of(classes: &[WordClass]) -> Self {
        let mut senses = Self { classes: 0, traits: 0, likeliest: classes.first().copied().unwrap_or(Noun) };
        for class in classes {
            senses.classes |= 1 << (*class as u32);
        }
        senses
    }

    /// Returns whether the word can have `class`.
    #[must_use]
    pub(crate) const fn may_be(self, class: WordClass) -> bool {
        self.classes & (1 << (class as u32)) != 0
    }

    /// Returns whether the word can have any of `classes`.
    #[must_use]
    pub(crate) fn may_be_any(self, classes: &[WordClass]) -> bool {
        classes.iter().any(|class| self.may_be(*class))
    }

    /// Returns whether `class` is the only class of the word.
    #[must_use]
    pub(crate) const fn is_only(self, class: WordClass) -> bool {
        self.classes == 1 << (class as u32)
    }

    /// Returns whether the word has the trait.
    #[must_use]
    #[inline]
    pub(crate) const fn has(self, wanted: Trait) -> bool {
        self.traits & wanted as u16 != 0
    }

    /// Returns the classes and traits as a bit set.
    #[must_use]
    #[inline]
    pub(crate) const fn bits(self) -> u64 {
        self.classes as u64 | (self.traits as u64) << 32
    }

    /// Returns the most frequent class of the word.
    #[must_use]
    pub(crate) const fn likeliest(self) -> WordClass {
        self.likeliest
    }

    /// Returns whether the word is a form of "be", "have" or "do".
    #[must_use]
    pub(crate) const fn is_auxiliary(self) -> bool {
        self.traits & (Trait::Be as u16 | Trait::Have as u16 | Trait::Do as u16) != 0
    }

    /// Returns whether the word can only be a finite verb or a bare form.
    #[must_use]
    pub(crate) fn is_surely_finite(self) -> bool {
        let finite =
            [VerbPresent, VerbPast, WordClass::Modal].iter().fold(0, |bits, class| bits | 1 << (*class as u32));
        let bare = 1 << (VerbBase as u32);
        self.classes & finite != 0 && self.classes & !(finite | bare) == 0
    }

    pub(super) fn with(mut self, more: Trait) -> Self {
        self.traits |= more as u16;
        self
    }

    pub(crate) fn add(&mut self, class: WordClass) {
        self.classes |= 1 << (class as u32);
    }
}

//! Tag lexicon entry: the word classes that a word form can have.

use super::WordClass::{self, Noun, VerbBase, VerbPast, VerbPresent};

/// The classes that one word can have, the likeliest of them, and its [`Trait`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Senses {
    classes: u32,
    traits: u16,
    pub(super) likeliest: WordClass,
}

/// What is known of a word beside its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// A form of "be".
    Be = 1,
    /// A form of "have".
    Have = 2,
    /// A form of "do".
    Do = 4,
    /// A pronoun that can only be a subject: "he", "they".
    Subject = 8,
    /// A form of a verb that reports speech.
    Reporting = 16,
    /// Known to a list of closed classes.
    Function = 32,
    /// Written with a capital letter.
    Capital = 64,
    /// Known to any list.
    Listed = 128,
    /// The name of a weekday or month.
    Calendar = 256,
}

impl Senses {
    /// Senses of the given classes, the likeliest first.
    #[must_use]
    #[inline]
    pub(super) fn of(classes: &[WordClass]) -> Self {
        let mut senses = Self { classes: 0, traits: 0, likeliest: classes.first().copied().unwrap_or(Noun) };
        for class in classes {
            senses.classes |= 1 << (*class as u32);
        }
        senses
    }

    /// Whether the word can be of `class`.
    #[must_use]
    pub const fn may_be(self, class: WordClass) -> bool {
        self.classes & (1 << (class as u32)) != 0
    }

    /// Whether the word can be of one of `classes`.
    #[must_use]
    pub fn may_be_any(self, classes: &[WordClass]) -> bool {
        classes.iter().any(|class| self.may_be(*class))
    }

    /// Whether the word is of `class` wherever it stands.
    #[must_use]
    pub const fn is_only(self, class: WordClass) -> bool {
        self.classes == 1 << (class as u32)
    }

    /// Whether the word has the trait.
    #[must_use]
    #[inline]
    pub const fn has(self, wanted: Trait) -> bool {
        self.traits & wanted as u16 != 0
    }

    /// The class it has most often.
    #[must_use]
    pub const fn likeliest(self) -> WordClass {
        self.likeliest
    }

    /// Whether a form of "be", "have" or "do".
    #[must_use]
    pub const fn is_auxiliary(self) -> bool {
        self.traits & (Trait::Be as u16 | Trait::Have as u16 | Trait::Do as u16) != 0
    }

    /// Whether a finite verb and nothing else.
    #[must_use]
    pub fn is_surely_finite(self) -> bool {
        let finite =
            [VerbPresent, VerbPast, WordClass::Modal].iter().fold(0, |bits, class| bits | 1 << (*class as u32));
        let bare = 1 << (VerbBase as u32);
        self.classes & finite != 0 && self.classes & !(finite | bare) == 0
    }

    pub(super) fn with(mut self, more: Trait) -> Self {
        self.traits |= more as u16;
        self
    }

    pub(super) fn add(&mut self, class: WordClass) {
        self.classes |= 1 << (class as u32);
    }
}

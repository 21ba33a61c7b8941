//! Describes a clause.

use std::ops::Range;

/// Verb group with what belongs to it. Token ranges count from the start of the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Verb group, from the first auxiliary to the main verb.
    pub verbs: Range<usize>,
    /// Main verb.
    pub head: usize,
    /// Whether the verb is finite.
    pub form: ClauseForm,
    /// Role in the sentence.
    pub kind: ClauseKind,
    /// Time that the verb group expresses.
    pub tense: Tense,
    /// Mood of the verb group.
    pub mood: Mood,
    /// Whether the verb group is passive: "was seen", or a past participle that describes a noun.
    pub passive: bool,
    /// Whether the verb group is negated.
    pub negated: bool,
    /// Subject; that of another clause when it shares one.
    pub subject: Option<Subject>,
    /// All tokens of the clause with the clauses inside it, from its opening word, without marks at its ends.
    pub extent: Range<usize>,
    /// Word that opens it: a conjunction, relative or question word.
    pub opener: Option<usize>,
    /// Noun phrase that it describes.
    pub described: Option<Range<usize>>,
    /// Index of the clause that contains or precedes it.
    pub parent: Option<usize>,
    /// Index of the clause with which a conjunction coordinates it.
    pub joined: Option<usize>,
    /// Phrase without a verb that says what the subject or object is or becomes: "open" in "kept it open".
    pub predicate: Option<Range<usize>>,
    /// Certainty of subject and kind, from 0 (guessed) to 3 (no other candidate).
    pub margin: u8,
}

/// Subject of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    /// Noun phrase without relative clauses and appositions.
    pub core: Range<usize>,
    /// All tokens between the start of the noun phrase and the verb that belong to it.
    pub whole: Range<usize>,
    /// Main noun, pronoun or relative word.
    pub head: usize,
    /// Whether the noun phrase belongs to another clause: shared over coordination, or described by a participle.
    pub shared: bool,
    /// Whether it is a clause: "Measuring it" in "Measuring it is hard".
    pub clausal: bool,
    /// Noun phrase that a relative word refers to.
    pub antecedent: Option<Range<usize>>,
}

/// Form of the verb group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ClauseForm {
    /// "met", "has met", "will meet".
    Finite,
    /// "to meet", "meet".
    Infinitive,
    /// "meeting".
    Gerund,
    /// "met" in "a man met there".
    Participle,
}

/// Role of a clause in the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ClauseKind {
    /// Main clause.
    Main,
    /// "who came": describes a noun.
    Relative,
    /// "that he came", "to come" as the content of a verb or adjective.
    Complement,
    /// "because he came".
    Adverbial,
    /// "to close" in "is to close"; "to go" in "It is hard to go".
    Predicate,
    /// Participle or infinitive with the noun that it describes.
    Reduced,
}

/// Time that a verb group expresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Tense {
    /// "met", "has met".
    Past,
    /// "meets".
    Present,
    /// "will meet".
    Future,
    /// None: participles and infinitives.
    None,
}

/// Mood of a verb group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mood {
    /// "met".
    Indicative,
    /// "would meet", "may meet".
    Conditional,
    /// "Meet him".
    Imperative,
}

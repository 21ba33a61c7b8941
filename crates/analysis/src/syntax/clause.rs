//! Clauses with their subjects, forms, kinds, tenses and moods.

use std::ops::Range;

/// Verb group with the subject and other constituents that belong to it. Token indices count from the start of the
/// sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Tokens of the verb group, from the first auxiliary to the main verb.
    pub verbs: Range<usize>,
    /// Index of the main verb.
    pub head: usize,
    /// Form of the verb group: finite, infinitive, gerund or participle.
    pub form: ClauseForm,
    /// Role of the clause in the sentence.
    pub kind: ClauseKind,
    /// Tense of the verb group.
    pub tense: Tense,
    /// Mood of the verb group.
    pub mood: Mood,
    /// Whether the verb group is passive ("was seen") or a past participle that modifies a noun.
    pub passive: bool,
    /// Whether the verb group is negated.
    pub negated: bool,
    /// Subject of the clause, possibly shared with another clause; `None` if unknown.
    pub subject: Option<Subject>,
    /// All tokens of the clause from its opening word, including embedded clauses but not punctuation at the ends.
    pub extent: Range<usize>,
    /// Index of the conjunction, relative word or question word that opens the clause, if any.
    pub opener: Option<usize>,
    /// Noun phrase that the clause modifies; `None` if the clause does not modify a noun.
    pub described: Option<Range<usize>>,
    /// Index of the clause that contains or precedes this one.
    pub parent: Option<usize>,
    /// Index of the earlier clause coordinated with this one.
    pub joined: Option<usize>,
    /// Predicative complement: a phrase without a verb that says what the subject or object is or becomes, such as
    /// "open" in "kept it open".
    pub predicate: Option<Range<usize>>,
    /// Certainty of the subject and kind, from 0 (guessed) to 3 (no other candidate).
    pub margin: u8,
}

/// Subject of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    /// Tokens of the noun phrase without relative clauses and appositions.
    pub core: Range<usize>,
    /// All tokens of the subject, including relative clauses and appositions.
    pub whole: Range<usize>,
    /// Index of the main noun, pronoun or relative word.
    pub head: usize,
    /// Whether the noun phrase belongs to another clause, through coordination or because a participle modifies it.
    pub shared: bool,
    /// Whether the subject is itself a clause: "Measuring it" in "Measuring it is hard".
    pub clausal: bool,
    /// Antecedent of a relative word; `None` for all other subjects.
    pub antecedent: Option<Range<usize>>,
}

/// Form of a verb group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ClauseForm {
    /// Verb group with a tense or modal: "met", "has met", "will meet".
    Finite,
    /// Infinitive, with or without "to": "to meet", "meet".
    Infinitive,
    /// Verb form in -ing: "meeting".
    Gerund,
    /// Past participle: "met" in "a man met there".
    Participle,
}

/// Role of a clause in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ClauseKind {
    /// Main clause.
    Main,
    /// Relative clause, which modifies a noun: "who came".
    Relative,
    /// Complement of a verb or adjective: "that he came", "to come".
    Complement,
    /// Adverbial clause: "because he came".
    Adverbial,
    /// Predicative infinitive or extraposed subject: "to close" in "is to close", "to go" in "It is hard to go".
    Predicate,
    /// Participle or infinitive that modifies a noun.
    Reduced,
}

/// Tense of a verb group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Tense {
    /// Past tense, including the perfect: "met", "has met".
    Past,
    /// Present tense: "meets".
    Present,
    /// Future tense: "will meet".
    Future,
    /// No tense, as in participles and infinitives.
    None,
}

/// Mood of a verb group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mood {
    /// Statement of fact: "met".
    Indicative,
    /// Possibility or condition: "would meet", "may meet".
    Conditional,
    /// Command: "Meet him".
    Imperative,
}

//! Features of timeline rows, from which their confidence is computed.

use super::governing_clause::GoverningClause;
use super::phrase::class;
use super::predicate::Predication;
use super::{Event, Granularity, Status, scrap};
use crate::clause::Tense;
use crate::document::Document;
use crate::lexicon::lists;
use crate::syntax::{Clause, ClauseKind, Parsed};
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Margin of the part-of-speech tagger, in units of the tagger's weights, below which a verb counts as doubtful.
const CLOSE: i32 = 2000;

/// Feature that makes a row more or less likely to be correct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Sign {
    /// The clause parser found no predication for the row.
    Unparsed,
    /// The row is a stretch of text, because no verb governs the time.
    Stretch,
    /// The part-of-speech tag of the verb is uncertain.
    DoubtfulVerb,
    /// The verb is a participle that describes a noun.
    Participle,
    /// The row begins with a pronoun whose antecedent is unknown.
    Pronoun,
    /// The row contains a pronoun in the first or second person.
    Speaking,
    /// The verb is in the present tense.
    Present,
    /// The verb is conditional.
    Conditional,
    /// The verb is a form of "be" or "have".
    Be,
    /// The time is a month or longer.
    Coarse,
    /// The time is a range.
    Range,
    /// The time is a time of day.
    Clock,
    /// The row is part of a quote.
    Reported,
    /// The row mentions no entity.
    Nameless,
    /// The row has at most three words.
    Short,
    /// The row is truncated or longer than 70 characters.
    Long,
    /// The time precedes the verb.
    TimeFirst,
    /// The time is more than ten tokens from the verb.
    Far,
    /// The verb is a reporting verb.
    Says,
    /// The event is expected to happen.
    Ahead,
    /// The event is hypothetical.
    Open,
    /// The time is relative to the day of publication, such as "today" or "this year".
    Deictic,
    /// The verb has neither an object nor a noun in its complements.
    Bare,
    /// The time is a period up to the day of publication, such as "the past nine years".
    Background,
    /// The subject of the verb is uncertain.
    DoubtfulSubject,
    /// The time was resolved relative to another date.
    Relative,
    /// The row contains a third-person pronoun after its first word.
    Inside,
    /// The clause begins with a subordinating word, such as "because" or "if".
    Subordinate,
    /// The row begins with a pronoun or a possessive whose antecedent is unknown.
    Loose,
    /// The verb is that of an adverbial clause.
    InAdverbial,
    /// The verb is negated.
    Negated,
    /// The subject follows a preposition, so it can be part of another phrase.
    Governed,
    /// The subject follows a verb, so it can be the object of that verb.
    AfterVerb,
    /// The row begins with a number.
    Numeric,
    /// The row begins with a name.
    Named,
}

impl Sign {
    /// All features with their names, in the order of the weights file.
    pub(super) const ALL: [(Self, &'static str); 35] = [
        (Self::Unparsed, "unparsed"),
        (Self::Stretch, "stretch"),
        (Self::DoubtfulVerb, "doubtful-verb"),
        (Self::Participle, "participle"),
        (Self::Pronoun, "pronoun"),
        (Self::Speaking, "speaking"),
        (Self::Present, "present"),
        (Self::Conditional, "conditional"),
        (Self::Be, "be"),
        (Self::Coarse, "coarse"),
        (Self::Range, "range"),
        (Self::Clock, "clock"),
        (Self::Reported, "reported"),
        (Self::Nameless, "nameless"),
        (Self::Short, "short"),
        (Self::Long, "long"),
        (Self::TimeFirst, "time-first"),
        (Self::Far, "far"),
        (Self::Says, "says"),
        (Self::Ahead, "ahead"),
        (Self::Open, "open"),
        (Self::Deictic, "deictic"),
        (Self::Bare, "bare"),
        (Self::Background, "background"),
        (Self::DoubtfulSubject, "doubtful-subject"),
        (Self::Relative, "relative"),
        (Self::Inside, "inside"),
        (Self::Subordinate, "subordinate"),
        (Self::Loose, "loose"),
        (Self::InAdverbial, "in-adverbial"),
        (Self::Negated, "negated"),
        (Self::Governed, "governed"),
        (Self::AfterVerb, "after-verb"),
        (Self::Numeric, "numeric"),
        (Self::Named, "named"),
    ];
}

/// Features of one row, as a bit set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signs(u64);

impl Signs {
    /// Returns the names of all features and whether the row has them, in the order of the weights file.
    pub(crate) fn named(self) -> impl Iterator<Item = (&'static str, bool)> {
        Sign::ALL.iter().map(move |(sign, name)| (*name, self.has(*sign)))
    }

    pub(super) const fn has(self, sign: Sign) -> bool {
        self.0 & 1 << sign as u32 != 0
    }
}

impl FromIterator<Sign> for Signs {
    fn from_iter<I: IntoIterator<Item = Sign>>(signs: I) -> Self {
        Self(signs.into_iter().fold(0, |all, sign| all | 1 << sign as u32))
    }
}

/// Analyses from which the features of a row are computed.
pub(super) struct Grounds<'a> {
    pub document: &'a Document<'a>,
    pub governing: &'a GoverningClause,
    /// Predication found by the clause parser.
    pub parsed: Option<&'a Predication>,
    /// Tokens of the time expression.
    pub time: Range<usize>,
    /// Whether the time was resolved relative to another date.
    pub relative: bool,
    /// Clauses of the sentence.
    pub sentence: &'a Parsed,
}

impl Grounds<'_> {
    /// Computes the features of a row.
    pub(super) fn signs(&self, event: &Event) -> Signs {
        let present = Sign::ALL.iter().filter(|(sign, _)| self.has(*sign, event));
        present.map(|(sign, _)| *sign).collect()
    }

    fn has(&self, sign: Sign, event: &Event) -> bool {
        /// Maximum length, in characters, of a row that does not count as long.
        const LONG: usize = 70;
        /// Maximum distance, in tokens, between a verb and a time that does not count as far.
        const NEAR: usize = 10;
        let governing = self.governing;
        let verb = governing.verb.filter(|verb| !self.time.contains(verb));
        let sense = |wanted| verb.is_some_and(|verb| self.senses(verb, wanted));
        let word = |index: usize| self.document.word(index);
        match sign {
            Sign::Unparsed => self.parsed.is_none(),
            Sign::Stretch => governing.verb.is_none(),
            Sign::DoubtfulVerb => verb.is_some_and(|verb| self.document.pos_margin(verb) < CLOSE),
            Sign::Participle => self.parsed.is_some_and(|parsed| parsed.describes),
            Sign::Pronoun => {
                let first = event.summary.split([' ', '’', '\'']).next().unwrap_or_default();
                lists::LOOSE_SUBJECTS.contains_any_case(first)
            }
            Sign::Speaking => event.summary.split([' ', '’', '\'']).any(|word| lists::SPEAKING.contains_any_case(word)),
            Sign::Present => governing.tense == Some(Tense::Present),
            Sign::Conditional => governing.tense == Some(Tense::Conditional),
            Sign::Be => sense(Trait::Be),
            Sign::Coarse => event.granularity >= Granularity::Month && event.granularity != Granularity::Range,
            Sign::Range => event.granularity == Granularity::Range,
            Sign::Clock => event.granularity == Granularity::Time,
            Sign::Reported => event.reported.is_some(),
            Sign::Nameless => event.entities.is_empty(),
            Sign::Short => event.summary.split(' ').count() <= 3,
            Sign::Long => event.summary.chars().count() > LONG || event.summary.ends_with('…'),
            Sign::TimeFirst => verb.is_some_and(|verb| self.time.end <= verb),
            Sign::Far => verb.is_some_and(|verb| verb.abs_diff(self.time.start) > NEAR),
            Sign::Says => governing.says,
            Sign::Ahead => event.status == Status::Scheduled,
            Sign::Open => event.status == Status::Hypothetical,
            Sign::Deictic => self.time.clone().any(|index| lists::DEICTIC_TIMES.contains_any_case(word(index))),
            Sign::Bare => self.parsed.is_some_and(|parsed| {
                let content = |index: usize| !self.time.contains(&index) && class(self.document, index).is_noun();
                parsed.arguments.object.is_none() && !parsed.complement.clone().any(content)
            }),
            Sign::Background => ["past", "last"].iter().any(|past| {
                self.time.len() > 1
                    && event.granularity == Granularity::Range
                    && self.time.clone().any(|index| word(index) == *past)
            }),
            Sign::DoubtfulSubject => self.parsed.is_some_and(|parsed| !parsed.describes && parsed.margin < 2),
            Sign::Relative => self.relative,
            Sign::Inside => {
                let mut words = event.summary.split([' ', '’', '\'']).skip(1);
                words.any(|word| lists::LOOSE_SUBJECTS.contains(word))
            }
            Sign::Subordinate => {
                let first = self.governing.tokens.start;
                matches!(class(self.document, first), WordClass::Subordinator | WordClass::Wh)
            }
            Sign::Loose => scrap::is_loose(&event.summary),
            Sign::InAdverbial => self.kind() == Some(ClauseKind::Adverbial),
            Sign::Negated => self.clause().is_some_and(|clause| clause.negated),
            Sign::Governed => self
                .before_subject()
                .is_some_and(|before| matches!(class(self.document, before), WordClass::Preposition | WordClass::To)),
            Sign::AfterVerb => self.before_subject().is_some_and(|before| class(self.document, before).is_verb()),
            Sign::Numeric => event.summary.starts_with(|first: char| first.is_ascii_digit()),
            Sign::Named => self
                .parsed
                .is_some_and(|parsed| class(self.document, parsed.arguments.subject.start) == WordClass::Proper),
        }
    }

    /// Returns the parsed clause of the verb.
    fn clause(&self) -> Option<&Clause> {
        let verb = self.governing.verb?.checked_sub(self.sentence.tokens.start)?;
        self.sentence.syntax().clauses.iter().find(|clause| clause.verbs.start == verb)
    }

    /// Returns the token before the subject. Returns `None` for a relative clause, whose subject is in another clause.
    fn before_subject(&self) -> Option<usize> {
        let subject = &self.parsed?.arguments.subject;
        let before = subject.start.checked_sub(1).filter(|before| *before >= self.sentence.tokens.start)?;
        (self.kind() != Some(ClauseKind::Relative)).then_some(before)
    }

    /// Returns the kind of the parsed clause.
    fn kind(&self) -> Option<ClauseKind> {
        self.clause().map(|clause| clause.kind)
    }

    fn senses(&self, verb: usize, wanted: Trait) -> bool {
        class(self.document, verb) != WordClass::Mark
            && self.document.senses.get(verb).is_some_and(|senses| senses.has(wanted))
    }
}

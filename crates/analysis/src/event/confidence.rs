//! Estimates the confidence in a timeline row by logistic regression on features of its clause, words and time. The
//! data file with the weights describes how they were fitted.

use super::governing_clause::GoverningClause;
use super::phrase::class;
use super::predicate::Predication;
use super::{Event, Granularity, Status};
use crate::clause::Tense;
use crate::document::Document;
use crate::lexicon::{entries, lists};
use crate::logistic::logistic;
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Bundled weights file, with the bias and one weight per feature.
const WEIGHTS: &str = include_str!("../../assets/models/rows.txt");

/// Confidence below which a row is more likely wrong than correct.
const EVEN: f32 = 0.5;

/// Limit on folding: at most one row in four is folded.
const FOLDED: usize = 4;

/// Margin of the part-of-speech tagger, in units of the tagger's weights, below which a verb counts as doubtful.
const CLOSE: i32 = 2000;

/// Feature that makes a row more or less likely to be correct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
enum Sign {
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
}

impl Sign {
    /// All features with their names, in the order of the weights file.
    const ALL: [(Self, &'static str); 28] = [
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
    ];
}

/// Features of one row, as a bit set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signs(u32);

impl Signs {
    /// Returns the names of all features and whether the row has them, in the order of the weights file.
    pub(crate) fn named(self) -> impl Iterator<Item = (&'static str, bool)> {
        Sign::ALL.iter().map(move |(sign, name)| (*name, self.has(*sign)))
    }

    const fn has(self, sign: Sign) -> bool {
        self.0 & 1 << sign as u32 != 0
    }
}

/// Bias and feature weights, in log odds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Weights {
    bias: f32,
    signs: [f32; Sign::ALL.len()],
}

impl Weights {
    /// Returns the bundled weights.
    pub(super) fn bundled() -> Self {
        Self::parse(WEIGHTS)
    }

    /// Parses lines of the form `name weight`. A feature without a line gets the weight 0.
    fn parse(file: &str) -> Self {
        let mut weights = Self { bias: 0.0, signs: [0.0; Sign::ALL.len()] };
        for (name, weight) in entries(file).filter_map(|entry| entry.split_once(' ')) {
            let weight = weight.trim().parse().unwrap_or(0.0);
            if name == "bias" {
                weights.bias = weight;
            } else if let Some(at) = Sign::ALL.iter().position(|(_, known)| *known == name) {
                weights.signs[at] = weight;
            }
        }
        weights
    }

    /// Returns the confidence in a row with these features, from 0 to 1.
    pub(super) fn of(&self, signs: Signs) -> f32 {
        let odds: f32 = self.bias + self.parts(signs).map(|(_, weight)| weight).sum::<f32>();
        logistic(odds)
    }

    /// Returns the name and weight of each feature that a row has. Weights are in log odds.
    pub(super) fn parts(&self, signs: Signs) -> impl Iterator<Item = (&'static str, f32)> + '_ {
        let all = Sign::ALL.iter().zip(&self.signs);
        let known = all.filter(move |((sign, _), _)| signs.has(*sign));
        known.map(|((_, name), weight)| (*name, *weight))
    }

    /// Returns the log odds for a row that has none of the features.
    pub(super) const fn bias(&self) -> f32 {
        self.bias
    }
}

/// Analyses from which the features of a row are computed.
pub(super) struct Grounds<'a> {
    pub document: &'a Document<'a>,
    pub governing: &'a GoverningClause,
    /// Predication found by the clause parser.
    pub parsed: Option<&'a Predication>,
    pub time: &'a Range<usize>,
    /// Whether the time was resolved relative to another date.
    pub relative: bool,
}

impl Grounds<'_> {
    /// Computes the features of a row.
    pub(super) fn signs(&self, event: &Event) -> Signs {
        let present = Sign::ALL.iter().filter(|(sign, _)| self.has(*sign, event));
        Signs(present.fold(0, |all, (sign, _)| all | 1 << *sign as u32))
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
        }
    }

    fn senses(&self, verb: usize, wanted: Trait) -> bool {
        class(self.document, verb) != WordClass::Mark
            && self.document.senses.get(verb).is_some_and(|senses| senses.has(wanted))
    }
}

/// Folds rows that are more likely wrong than correct, starting with the least confident. Folds at most a quarter of
/// all rows.
pub(super) fn fold(events: &mut [Event]) {
    let mut doubtful: Vec<usize> = (0..events.len()).filter(|index| events[*index].confidence < EVEN).collect();
    doubtful.sort_by(|first, second| events[*first].confidence.total_cmp(&events[*second].confidence));
    for index in doubtful.into_iter().take(events.len() / FOLDED) {
        events[index].folded = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::ANALYZER;
    use crate::{Event, Options};
    use dateline_core::article::Article;
    use jiff::civil::date;

    fn events(text: &str) -> Vec<Event> {
        let options = Options::default().reference(Some(date(2023, 9, 27)));
        ANALYZER.analyze(&Article::verbatim("", text), &options).events
    }

    #[test]
    fn each_sign_has_one_weight() {
        let names: Vec<&str> = entries(WEIGHTS).filter_map(|entry| entry.split(' ').next()).collect();
        let known: Vec<&str> = ["bias"].into_iter().chain(Sign::ALL.iter().map(|(_, name)| *name)).collect();
        assert_eq!(names, known);
    }

    #[test]
    fn signs_add_up_to_odds() {
        let weights = Weights::parse("bias 1.0\npronoun -1.0\nopen -2.0");
        let bits = |signs: &[Sign]| Signs(signs.iter().fold(0, |all, sign| all | 1 << *sign as u32));
        assert!((weights.of(bits(&[Sign::Pronoun])) - 0.5).abs() < 1e-6);
        assert!(weights.of(Signs(0)) > 0.7 && weights.of(bits(&[Sign::Pronoun, Sign::Open])) < 0.2);
    }

    #[test]
    fn a_row_that_says_who_did_what_is_surer_than_an_opinion() {
        let fact = &events("The board of Vell closed the pier on Monday.")[0];
        let opinion = &events("“They might do something this year,” said Ines Vale.")[0];
        assert!(fact.confidence > 0.7, "{}", fact.confidence);
        assert!(opinion.confidence < 0.5, "{}", opinion.confidence);
    }

    #[test]
    fn at_most_a_quarter_is_folded_the_least_sure_first() {
        let mut rows = vec![events("The board of Vell closed the pier on Monday.")[0].clone(); 9];
        for (row, confidence) in rows.iter_mut().zip([0.4, 0.9, 0.3, 0.45, 0.2, 0.6, 0.8, 0.7, 0.5]) {
            row.confidence = confidence;
        }
        fold(&mut rows);
        let folded: Vec<usize> = (0..9).filter(|index| rows[*index].folded).collect();
        assert_eq!(folded, [2, 4]);
        for row in &mut rows {
            (row.confidence, row.folded) = (0.9, false);
        }
        fold(&mut rows);
        assert!(rows.iter().all(|row| !row.folded));
    }
}

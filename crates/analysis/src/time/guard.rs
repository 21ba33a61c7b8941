//! Guards: conditions on the context of a time expression. For example, "March" is a month after "in", a name after
//! "Ms", and a verb before "on parliament".

use super::atom::Atom;
use super::vocabulary::Class;
use crate::document::Document;
use crate::lexicon::lists;
use crate::token::TokenKind;
use crate::word_class::{Trait, WordClass};

/// Condition that a group of patterns may require.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guard {
    /// No condition.
    None,
    /// The month is neither a name nor a verb.
    Month,
    /// The number is a year rather than a count.
    Year,
    /// The season is not a verb such as "spring" or "fall".
    Season,
    /// The time of day is not a score.
    Clock,
    /// The unit follows "the" and a preposition.
    Unit,
    /// The plural has no article and follows a preposition.
    Units,
    /// A unit such as "a year" follows an amount.
    Rate,
    /// The expression ends its clause.
    ClauseEnd,
    /// The sentence is about financial results. Elsewhere, a quarter may be part of a game.
    Figures,
    /// The holiday is capitalised and does not describe a noun.
    Holiday,
    /// The weekday is not a person's first name, as it is in "Wednesday Addo agreed".
    Weekday,
    /// The first and last words are capitalised, as in "the Sunday Times".
    Titled,
    /// The expression follows "between".
    Between,
    /// The expression does not describe a noun after it.
    Alone,
    /// "That" is a demonstrative rather than the beginning of a clause.
    Pointer,
    /// "That" before a month is a demonstrative: no reporting verb precedes and no verb follows.
    PointedMonth,
    /// "Overnight" refers to a night. It does not mean "at once", as it does after "do not".
    Night,
    /// The expression is in lower case or begins the sentence.
    Small,
    /// No article or possessive precedes the expression. This accepts "last night" but not "his last night".
    Bare,
    /// A word such as "ended" or "ending" follows the expression.
    Ending,
    /// A word that limits the duration follows, as in "the days before the vote".
    Bounded,
    /// "Before", "after" or "ahead of" follows, and no noun precedes, as in "weeks before the vote".
    CountedFrom,
    /// "Of" and a noun without an article follow, as in "years of unrest".
    OfWhat,
    /// The expression begins the sentence.
    Opening,
    /// The expression does not begin with a verb, as it does in "will last two days".
    NoVerb,
    /// The expression is hyphenated, as in "decades-old".
    Joined,
    /// "One day" is inside a verb group, as in "may one day return".
    Someday,
    /// More ordinals and "century" follow, as in "the 16th and 17th centuries".
    OfList,
    /// The decade is written in digits after an apostrophe, as in "the 1970s and '80s".
    ShortDecade,
    /// The word ends with the period of an abbreviation.
    Abbreviated,
    /// The number continues a list of days, as in "July 10 and 11".
    Listed,
    /// The ordinal is in digits and follows "on", "by", "until" or "since", as in "on the 12th".
    Dated,
    /// "Of" and a noun precede, as in "the towns of tomorrow".
    OfNoun,
    /// The word is not part of a name such as "USA Today" or "the Daily Mail".
    Unnamed,
}

/// Position of a time expression in its sentence.
pub(super) struct Site<'a> {
    /// Document that contains the expression.
    pub document: &'a Document<'a>,
    /// Atoms of the sentence.
    pub atoms: &'a [Atom],
    /// Index of the expression's first atom.
    pub start: usize,
    /// Index after the expression's last atom.
    pub end: usize,
}

impl Site<'_> {
    /// Returns the text of an atom, or an empty string if the index is outside the sentence.
    #[inline]
    fn word(&self, index: Option<usize>) -> &str {
        index.and_then(|index| self.atoms.get(index)).map_or("", |atom| atom.span.of(self.document.text))
    }

    /// Returns the atom before the expression.
    #[inline]
    fn before(&self) -> Option<&Atom> {
        self.start.checked_sub(1).and_then(|index| self.atoms.get(index))
    }

    /// Returns whether the atom before the expression has the class `class`.
    fn after_class(&self, class: Class) -> bool {
        self.before().is_some_and(|atom| atom.interpretations.value(class).is_some())
    }

    /// Returns the word before the expression.
    fn previous(&self) -> &str {
        self.word(self.start.checked_sub(1))
    }

    /// Returns the word after the expression.
    fn next(&self) -> &str {
        self.word(Some(self.end))
    }

    /// Returns the word class of the word after the expression.
    fn next_class(&self) -> Option<WordClass> {
        self.class_at(Some(self.end))
    }

    /// Returns the word class of the atom at `index`.
    fn class_at(&self, index: Option<usize>) -> Option<WordClass> {
        let atom = self.atoms.get(index?)?;
        self.document.classes.get(atom.token).copied()
    }

    /// Returns the first word of the expression.
    fn first(&self) -> &str {
        self.word(Some(self.start))
    }

    /// Returns the last word of the expression.
    fn last(&self) -> &str {
        self.word(self.end.checked_sub(1))
    }
}

impl Guard {
    /// Looks up a guard by its name in the table.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "month" => Self::Month,
            "year" => Self::Year,
            "season" => Self::Season,
            "clock" => Self::Clock,
            "unit" => Self::Unit,
            "units" => Self::Units,
            "rate" => Self::Rate,
            "clause-end" => Self::ClauseEnd,
            "figures" => Self::Figures,
            "weekday" => Self::Weekday,
            "titled" => Self::Titled,
            "between" => Self::Between,
            "alone" => Self::Alone,
            "pointer" => Self::Pointer,
            "pointed-month" => Self::PointedMonth,
            "night" => Self::Night,
            "small" => Self::Small,
            "bare" => Self::Bare,
            "ending" => Self::Ending,
            "bounded" => Self::Bounded,
            "counted-from" => Self::CountedFrom,
            "of-what" => Self::OfWhat,
            "opening" => Self::Opening,
            "no-verb" => Self::NoVerb,
            "joined" => Self::Joined,
            "someday" => Self::Someday,
            "of-list" => Self::OfList,
            "short-decade" => Self::ShortDecade,
            "abbreviated" => Self::Abbreviated,
            "listed" => Self::Listed,
            "dated" => Self::Dated,
            "of-noun" => Self::OfNoun,
            "unnamed" => Self::Unnamed,
            _ => return None,
        })
    }

    /// Returns whether the context satisfies the guard.
    pub(super) fn holds(self, site: &Site<'_>) -> bool {
        match self {
            Self::None => true,
            Self::Month => month(site),
            Self::Year => year(site),
            Self::Season => season(site),
            Self::Clock => clock(site),
            Self::Unit => {
                let edge = site.start.checked_sub(2).map_or("", |index| site.word(Some(index)));
                site.next().starts_with(['\'', '’'])
                    || (site.previous() == "of" && lists::EDGES.contains(edge))
                    || matches!(
                        site.previous(),
                        "in" | "for" | "during" | "over" | "throughout" | "In" | "For" | "During" | "Over"
                    )
            }
            // In "only minutes apart", "minutes" is a distance between events rather than a duration.
            Self::Units => site.after_class(Class::BeforeLength) && site.next() != "apart",
            Self::Rate => rate(site),
            Self::ClauseEnd => matches!(site.next(), "" | "," | "." | ";" | "\"" | "”" | ":" | "and" | "but" | ")"),
            Self::Figures => site.atoms.iter().any(|atom| atom.interpretations.value(Class::Figures).is_some()),
            Self::Holiday => {
                (site.start..site.end).any(|index| capital(site.word(Some(index))))
                    && site.next_class().is_none_or(|class| !class.is_noun())
            }
            Self::Weekday => !is_first_name(site),
            Self::Titled => capital(site.first()) && capital(site.last()),
            Self::Between => site.previous().eq_ignore_ascii_case("between"),
            Self::Alone => site.next_class().is_none_or(|class| !class.is_noun()),
            Self::Pointer => {
                !site.first().eq_ignore_ascii_case("that") || site.next_class().is_none_or(|class| !class.is_noun())
            }
            Self::PointedMonth => {
                let reports = site.before().is_some_and(|atom| {
                    site.document.senses.get(atom.token).is_some_and(|senses| senses.has(Trait::Reporting))
                });
                let clause = reports || site.next_class().is_some_and(WordClass::is_finite);
                !clause && Self::Alone.holds(site)
            }
            Self::Night => !is_at_once(site),
            Self::Small => site.start == 0 || !capital(site.first()),
            Self::Bare => !lists::BEFORE_LAST.contains_any_case(site.previous()),
            Self::Ending => matches!(site.next(), "ended" | "ending" | "that" | "to"),
            Self::Bounded => {
                let clause = site.next() == "that" && site.word(Some(site.end + 1)) == "followed";
                clause || lists::BOUNDS.contains(site.next())
            }
            Self::CountedFrom => counted_from(site),
            Self::OfWhat => {
                let free =
                    !is_determined(site) && !site.class_at(site.start.checked_sub(1)).is_some_and(WordClass::is_noun);
                let noun = site.word(Some(site.end + 1)).starts_with(char::is_lowercase)
                    && site
                        .class_at(Some(site.end + 1))
                        .is_some_and(|class| class.is_noun() || class == WordClass::Adjective);
                free && site.next() == "of" && noun
            }
            Self::Opening => site.start == 0,
            Self::NoVerb => site.class_at(Some(site.start)).is_none_or(|class| !class.is_verb()),
            Self::Joined => site.atoms.get(site.end.saturating_sub(1)).is_some_and(|atom| atom.hyphened),
            Self::Someday => {
                let group = matches!(site.class_at(site.start.checked_sub(1)), Some(WordClass::Modal | WordClass::To));
                group || site.next_class() == Some(WordClass::VerbBase)
            }
            Self::OfList => lists_centuries(site),
            Self::ShortDecade => site.first().starts_with(['\'', '’', '‘']),
            Self::Abbreviated => site.last().ends_with('.'),
            Self::Listed => listed(site),
            Self::Dated => dated(site),
            Self::OfNoun => {
                site.previous() == "of" && site.class_at(site.start.checked_sub(2)).is_some_and(WordClass::is_noun)
            }
            Self::Unnamed => !is_named(site),
        }
    }
}

/// Returns whether more ordinals and "century" or "centuries" follow, as in "the 16th and early 17th centuries".
fn lists_centuries(site: &Site<'_>) -> bool {
    /// Maximum distance to "century", in atoms.
    const MAX_DISTANCE: usize = 7;
    let rest = site.atoms.get(site.end..).unwrap_or_default().iter().take(MAX_DISTANCE);
    let mut ordinals = 0;
    for atom in rest {
        let word = atom.span.of(site.document.text);
        if atom.interpretations.value(Class::Ordinal).is_some() {
            ordinals += 1;
        } else if matches!(word, "century" | "centuries") {
            return ordinals > 0;
        } else if !lists::BETWEEN_CENTURIES.contains(word) {
            return false;
        }
    }
    false
}

/// Returns whether a number continues a list of days. The last day follows "and" or "or", and the others are between
/// commas. A noun after the number would make it a count, as in "on July 10 and 11 people".
fn listed(site: &Site<'_>) -> bool {
    let is_day =
        |index: usize| site.atoms.get(index).is_some_and(|atom| atom.interpretations.value(Class::Day).is_some());
    let joins = |index: usize| matches!(site.word(Some(index)), "and" | "or" | "&");
    match site.previous() {
        "," => {
            (site.next() == "," || joins(site.end))
                && (is_day(site.end + 1) || joins(site.end + 1) && is_day(site.end + 2))
        }
        "and" | "or" | "&" => stays_a_date(site),
        _ => false,
    }
}

/// Returns whether a bare number can be a day, judged by the word after it: not a noun, an adjective, another number or
/// "of", which would make it a count.
fn stays_a_date(site: &Site<'_>) -> bool {
    let counted = site.next_class().is_some_and(|class| class.is_noun() || class.is_modifier());
    let number = site.atoms.get(site.end).is_some_and(|atom| {
        [Class::Number, Class::Scale, Class::Month, Class::Units]
            .iter()
            .any(|class| atom.interpretations.value(*class).is_some())
    });
    !counted && !number && !matches!(site.next(), "of" | "%" | "-" | "–" | ":")
}

/// Returns whether "the" and an ordinal in digits name a day of the month, as in "on the 12th" but not in "on the 12th
/// floor".
fn dated(site: &Site<'_>) -> bool {
    let led = ["on", "by", "until", "since"].iter().any(|word| site.previous().eq_ignore_ascii_case(word));
    let digits = site.last().starts_with(|first: char| first.is_ascii_digit()) && site.last().len() > 2;
    let ordinal =
        |index: usize| site.atoms.get(index).is_some_and(|atom| atom.interpretations.value(Class::Ordinal).is_some());
    led && digits && stays_a_date(site) && !ordinal(site.end + 1)
}

/// Returns whether a word such as "Today" or "Daily" is part of a name. Its neighbour must also be capitalised, and the
/// sentence must not be a headline in title case.
fn is_named(site: &Site<'_>) -> bool {
    if !capital(site.first()) {
        return false;
    }
    let frequency =
        site.atoms.get(site.start).is_some_and(|atom| atom.interpretations.value(Class::Frequency).is_some());
    let named = site.class_at(site.start.checked_sub(1)) == Some(WordClass::Proper) && capital(site.previous());
    let lower = |atom: &Atom| {
        let word = atom.span.of(site.document.text);
        word.len() > 3 && word.starts_with(char::is_lowercase)
    };
    (named || frequency && site.start > 0 && capital(site.next())) && site.atoms.iter().any(lower)
}

/// Returns whether a plural without an article measures the distance from another time, as in "weeks before the vote"
/// or "days ahead of the talks".
fn counted_from(site: &Site<'_>) -> bool {
    let from =
        matches!(site.next(), "before" | "after") || site.next() == "ahead" && site.word(Some(site.end + 1)) == "of";
    let lead = site.class_at(site.start.checked_sub(1));
    let free = lead.is_none_or(|class| !class.is_noun() && !class.is_modifier() || class == WordClass::Proper);
    from && free && site.previous() != "of"
}

/// Returns whether a negated present tense or modal makes "overnight" mean "at once", as in "Trust does not come
/// overnight".
fn is_at_once(site: &Site<'_>) -> bool {
    /// Maximum distance back to the negation, in atoms.
    const MAX_DISTANCE: usize = 5;
    let first = site.start.saturating_sub(MAX_DISTANCE);
    let negates = |index: &usize| {
        matches!(site.word(Some(*index)), "not" | "cannot") || site.class_at(Some(*index)) == Some(WordClass::Negation)
    };
    let Some(denied) = (first..site.start).rev().find(negates) else { return false };
    !matches!(site.word(denied.checked_sub(1)), "did" | "had" | "was" | "were")
}

/// Returns whether an article, a demonstrative or a possessive directly precedes the expression.
fn is_determined(site: &Site<'_>) -> bool {
    site.class_at(site.start.checked_sub(1))
        .is_some_and(|class| matches!(class, WordClass::Determiner | WordClass::Possessive))
        || matches!(site.previous(), "'s" | "’s" | "'" | "’")
}

/// Returns whether a word is capitalised.
fn capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Returns whether a word is a month. A word that can also be a name or a verb needs a date preposition or similar
/// context.
fn month(site: &Site<'_>) -> bool {
    let word = site.first();
    let ambiguous = lists::AMBIGUOUS_MONTHS.contains(word);
    let joined = site.atoms.get(site.start).is_some_and(|atom| atom.hyphened);
    let number_follows = site.next().starts_with(|first: char| first.is_ascii_digit());
    if matches!(word, "Jan" | "Mar" | "Apr" | "Dec" | "Feb") && !number_follows {
        return false;
    }
    let names_follow = matches!(site.previous(), "and" | "or" | "by" | "for" | "to" | "with" | "than");
    if site.after_class(Class::Title)
        || (names_follow && capital(site.next()) && ambiguous)
        || (capital(site.next()) && ambiguous && !site.after_class(Class::BeforeDate))
    {
        return false;
    }
    // An article before the month and a noun after it are such a context, as in "the April truce" but not in "the March
    // on Washington".
    let modifies = is_determined(site)
        && site.next().starts_with(char::is_lowercase)
        && site.next_class().is_some_and(WordClass::is_noun);
    !ambiguous || modifies || joined || site.after_class(Class::BeforeDate) || matches!(site.next(), "'s" | "’s")
}

/// Returns whether a weekday is a person's first name. The weekday must either follow a title or directly precede a
/// capitalised word. In the latter case, the two words must be the subject at the start of the sentence or an
/// apposition between commas.
fn is_first_name(site: &Site<'_>) -> bool {
    let surname = site.atoms.get(site.end).filter(|atom| {
        let word = atom.span.of(site.document.text);
        atom.interpretations.is_empty() && capital(word) && word.chars().any(char::is_lowercase)
    });
    if surname.is_none() || !capital(site.first()) || site.after_class(Class::Title) {
        return surname.is_some() && site.after_class(Class::Title);
    }
    let after = Some(site.end + 1);
    let subject = site.start == 0 && site.class_at(after).is_some_and(WordClass::is_finite);
    let apposed = site.previous() == "," && matches!(site.word(after), "," | "." | "");
    subject || apposed
}

/// Returns whether a four-digit number is a year rather than a count, a label or a price.
fn year(site: &Site<'_>) -> bool {
    let (previous, next) = (site.previous(), site.next());
    let text = site.first();
    let number: i32 = text.parse().unwrap_or(0);
    if lists::NUMBERED.contains(previous) {
        return false;
    }
    if matches!(next, "%" | "/" | "°") || site.atoms.get(site.end).is_some_and(|atom| atom.hyphened) {
        return false;
    }
    let follows = site.after_class(Class::BeforeDate);
    let plural = next.len() > 3
        && next.ends_with('s')
        && !next.ends_with("ss")
        && !next.ends_with("sis")
        && next.starts_with(char::is_lowercase);
    let recent = (1900..=2049).contains(&number) || number == 0;
    if follows {
        return recent || (!plural && number >= 1400);
    }
    // In "the 2014 protests", the number is a year, but in "the 2000 protests" it may be a count.
    if is_determined(site)
        && recent
        && site.next_class().is_some_and(WordClass::is_noun)
        && !(plural && number % 100 == 0)
    {
        return true;
    }
    let name = capital(previous) && site.start > 1 && previous.len() > 1;
    let counts =
        plural || site.atoms.get(site.end).is_some_and(|atom| atom.interpretations.value(Class::Units).is_some());
    recent && !counts && !name
        || (capital(previous) && recent && matches!(next, "," | "." | ")" | "" | ";"))
        || (number >= 1400 && matches!((previous, next), ("(", ")" | "-" | "–")))
}

/// Returns whether a word is a season, as after a preposition. Phrases such as "fall of the house" are excluded.
fn season(site: &Site<'_>) -> bool {
    let word = site.last();
    let falls = matches!(word, "fall" | "Fall" | "spring" | "Spring" | "falls");
    if capital(site.next()) || (falls && matches!(site.next(), "of" | "in" | "to" | "from" | "into" | "by")) {
        return false;
    }
    site.after_class(Class::BeforeDate)
        && !matches!(site.previous(), "to" | "To" | "of" if falls)
        && !(matches!(site.previous(), "and" | "or") && falls && site.end - site.start == 1)
}

/// Returns whether a time has an "am" or "pm", a part of the day or a time zone, or follows a word such as "at".
fn clock(site: &Site<'_>) -> bool {
    let marked = site.atoms.get(site.start..site.end).unwrap_or_default().iter().any(|atom| {
        [Class::AmPm, Class::Zone, Class::ClockWord, Class::Part]
            .iter()
            .any(|class| atom.interpretations.value(*class).is_some())
    });
    if site.previous().eq_ignore_ascii_case("high") {
        return false;
    }
    marked || site.last().contains("clock") || site.after_class(Class::BeforeClock)
}

/// Returns whether an amount precedes the expression, as in "$3 million a year", "10 times a day" or "40 hours a week".
fn rate(site: &Site<'_>) -> bool {
    let Some(before) = site.before() else { return false };
    let token = site.document.tokens.get(before.token);
    let number =
        |atom: &Atom| [Class::Number, Class::Tenths].iter().any(|class| atom.interpretations.value(*class).is_some());
    let far = site.start.checked_sub(2).and_then(|index| site.atoms.get(index));
    token.is_some_and(|token| token.kind == TokenKind::Number)
        || site.after_class(Class::BeforeRate)
        || (site.previous().ends_with('s') && far.is_some_and(number))
}

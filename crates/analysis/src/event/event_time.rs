//! Decides which time expressions date an event, and determines the first and last day of that event.

use super::Granularity;
use crate::document::Document;
use crate::lexicon::lists::{self, WordList};
use crate::pos::PennTag;
use crate::time::{Timex, TimexKind};
use crate::word_class::{Trait, WordClass};
use dateline_core::article::BlockKind;
use jiff::ToSpan;
use jiff::civil::Date;
use std::ops::Range;

/// Maximum distance, in tokens, from a time back to a comparing word, as in "compared with $84.9 million, or $1.24 a
/// share, a year earlier".
const MAX_COMPARISON_DISTANCE: usize = 18;

/// Date of an event, with its precision.
pub(super) struct EventTime {
    /// First and last day of the event, or `None` if the time expression cannot be placed on the calendar.
    pub interval: Option<(Date, Date)>,
    /// Precision of the date.
    pub granularity: Granularity,
    /// Whether the event continues up to the reference date.
    pub ongoing: bool,
}

impl EventTime {
    /// Creates the time of an event that is not ongoing.
    #[inline]
    const fn of(interval: Option<(Date, Date)>, granularity: Granularity) -> Self {
        Self { interval, granularity, ongoing: false }
    }
}

/// Returns the event time for a date or time of day, regardless of the words around it.
pub(super) fn of_calendar(time: &Timex) -> Option<EventTime> {
    let dates = matches!(time.kind, TimexKind::Date | TimexKind::Time);
    time.interval.filter(|_| dates).map(|interval| EventTime::of(Some(interval), granularity(time)))
}

/// Returns the time of the event dated by `time`, or `None` if the expression dates no event. `happening` checks
/// whether the expression describes a noun for an event that is the subject of its clause, as in "Monday's meeting".
pub(super) fn resolve(
    document: &Document<'_>,
    time: &Timex,
    tokens: &Range<usize>,
    happening: impl FnOnce() -> bool,
    reference: Option<Date>,
) -> Option<EventTime> {
    if time.kind == TimexKind::Set
        || time.anchor
        || is_dateline(document, time)
        || !is_in_story(document, time)
        || is_habit(document, tokens)
        || is_opening_time(document, time, tokens)
        || is_stamp(document, time, tokens)
        || is_attributive(document, tokens) && !happening()
    {
        return None;
    }
    if time.kind == TimexKind::Duration {
        let interval = time.interval.or_else(|| coming_period(document, time, tokens, reference?));
        return Some(EventTime::of(Some(interval?), Granularity::Range));
    }
    if compares(document, time, tokens) || bounds_period(document, tokens) || is_anchor(document, tokens) {
        return None;
    }
    let since = since_noun(document, tokens);
    let lead = since.or_else(|| tokens.start.checked_sub(1)).map_or("", |before| document.word(before));
    // A date after "until" counts only if it is in the future, as in "closed until Thursday".
    let ends = lead.eq_ignore_ascii_case("until") || lead.eq_ignore_ascii_case("till");
    let ahead = time.interval.zip(reference).is_some_and(|((begin, _), now)| begin > now);
    let ranked = tokens.start.checked_sub(1).is_some_and(|lead| ranks(document, lead));
    if ends && !ahead || since.is_none() && is_scope(document, time, tokens) || ranked {
        return None;
    }
    let Some(interval) = time.interval else {
        // A day such as "on Monday" counts even in a story without a date, but words such as "recently" or "now" do
        // not.
        return (!time.value.ends_with("_REF")).then(|| EventTime::of(None, granularity(time)));
    };
    if lead.eq_ignore_ascii_case("since")
        && let Some(now) = reference.filter(|now| *now > interval.0)
    {
        return Some(EventTime { interval: Some((interval.0, now)), granularity: Granularity::Range, ongoing: true });
    }
    Some(EventTime::of(Some(interval), granularity(time)))
}

/// Returns the interval from the reference date to the end of a coming period of unknown length, which is assumed to be
/// three units: "over the next few days".
fn coming_period(
    document: &Document<'_>,
    time: &Timex,
    tokens: &Range<usize>,
    reference: Date,
) -> Option<(Date, Date)> {
    /// Number of units that "few" and "several" are taken for.
    const FEW: i64 = 3;
    let coming = tokens.clone().any(|index| matches!(document.word(index), "next" | "coming"));
    let length = match time.value.as_str() {
        "PXD" => FEW.days(),
        "PXW" => FEW.weeks(),
        "PXM" => FEW.months(),
        "PXY" => FEW.years(),
        _ => return None,
    };
    Some((reference, reference.checked_add(length).ok()?)).filter(|_| coming)
}

/// Returns the token of "since" before a noun that is dated by `tokens`: "since the election of October 2022".
fn since_noun(document: &Document<'_>, tokens: &Range<usize>) -> Option<usize> {
    let of = tokens.start.checked_sub(1).filter(|of| document.word(*of) == "of")?;
    let noun = |index: &usize| document.classes.get(*index).is_some_and(|class| class.is_noun() || class.is_modifier());
    let first = (of.saturating_sub(4)..of).rev().take_while(noun).last()?;
    first.checked_sub(1).filter(|since| document.word(*since).eq_ignore_ascii_case("since"))
}

/// Returns whether another time is counted from the expression, as in "three days before Christmas" or "two weeks after
/// the election of 28 April". The event itself is then on another day.
fn is_anchor(document: &Document<'_>, tokens: &Range<usize>) -> bool {
    /// Maximum distance from a time back to "before" or "after", in tokens.
    const NEAR: usize = 5;
    let relates = |index: &usize| lists::RELATING_PREPOSITIONS.contains_any_case(document.word(*index));
    let inside = |index: &usize| {
        let class = document.classes.get(*index).copied().unwrap_or(WordClass::Mark);
        class.is_noun() || class.is_modifier() || class == WordClass::Preposition && !relates(index)
    };
    let start = tokens.start.saturating_sub(NEAR);
    let first = (start..tokens.start).rev().take_while(inside).last().unwrap_or(tokens.start);
    let Some(lead) = first.checked_sub(1).filter(relates) else { return false };
    let counted = lead.checked_sub(1).map_or("", |unit| document.word(unit));
    lists::TIME_NOUNS.contains_any_case(counted.trim_end_matches('s')) || lists::EVES.contains_any_case(counted)
}

/// Returns whether the expression is a plural that means any such day or part of a day, as in "such as Saturday
/// evenings".
fn is_habit(document: &Document<'_>, tokens: &Range<usize>) -> bool {
    let last = document.word(tokens.end.saturating_sub(1));
    last.strip_suffix('s')
        .is_some_and(|day| lists::WEEKDAYS.contains_any_case(day) || lists::DAY_PARTS.contains_any_case(day))
}

/// Returns whether a time of day is the start or end of opening hours or working hours, as in "from 6am to midnight".
fn is_opening_time(document: &Document<'_>, time: &Timex, tokens: &Range<usize>) -> bool {
    let word = |index: Option<usize>| index.map_or("", |index| document.word(index));
    let to = |word: &str| matches!(word, "to" | "until" | "till" | "-" | "–");
    let lead = tokens.start.checked_sub(1);
    let first = word(lead).eq_ignore_ascii_case("from") && to(document.word(tokens.end));
    let from =
        (tokens.start.saturating_sub(5)..tokens.start).any(|index| document.word(index).eq_ignore_ascii_case("from"));
    time.kind == TimexKind::Time && time.relative && (first || to(word(lead)) && from)
}

/// Returns whether the expression is a timestamp rather than part of a sentence. Timestamps appear after the author of
/// a post ("(@valeport) March 4, 2016"), after a label ("Posted: March 4, 2016"), or in a markup attribute.
fn is_stamp(document: &Document<'_>, time: &Timex, tokens: &Range<usize>) -> bool {
    let lead = tokens.start.checked_sub(1).map_or("", |lead| document.word(lead));
    let handle = (tokens.start.saturating_sub(5)..tokens.start).any(|index| document.word(index).starts_with('@'));
    let sentence = document.sentence_of(tokens.start).and_then(|index| document.sentences.get(index));
    let label = sentence.is_some_and(|sentence| sentence.tokens.start + 2 == tokens.start);
    let attribute = document.text.get(..time.span.start).is_some_and(|before| before.ends_with("=\""));
    lead == ")" && handle || lead == ":" && label || attribute
}

/// Returns whether the expression is in body text: a paragraph, quote or list item.
fn is_in_story(document: &Document<'_>, time: &Timex) -> bool {
    let block = document.article.block_at(time.span.start).and_then(|index| document.article.blocks.get(index));
    block.is_none_or(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem))
}

/// Returns whether the expression is part of the dateline, that is, among the first words before a dash.
fn is_dateline(document: &Document<'_>, time: &Timex) -> bool {
    if document.article.dateline.as_ref().is_some_and(|line| line.span.covers(time.span)) {
        return true;
    }
    let tokens = document.tokens_in(time.span);
    let Some(sentence) = document.sentence_of(tokens.start).and_then(|index| document.sentences.get(index)) else {
        return false;
    };
    let dash = |index: &usize| matches!(document.word(*index), "—" | "–" | "--" | "-" | "_");
    let early = sentence.tokens.start..(sentence.tokens.start + 14).min(sentence.tokens.end);
    let upper = document.word(sentence.tokens.start).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    upper && early.clone().find(dash).is_some_and(|dash| dash > tokens.start && dash <= tokens.end + 5)
}

/// Returns whether the sentence is a credit or label rather than a statement, such as a quoted title with its source
/// and date, "Last updated: 3 May", or a caption in lower case.
pub(super) fn is_credit(document: &Document<'_>, sentence: &Range<usize>, tokens: &Range<usize>) -> bool {
    /// Maximum number of words before the colon of a label.
    const LABEL: usize = 3;
    let finite = |index: usize| document.classes.get(index).is_some_and(|class| class.is_finite());
    if document.word(sentence.start).starts_with(char::is_lowercase) && !sentence.clone().any(finite) {
        return true;
    }
    let closing = |index: &usize| matches!(document.word(*index), "”" | "\"" | "''" | "»");
    let last = sentence.end - usize::from(document.word(sentence.end.saturating_sub(1)) == ".");
    let led = tokens.start.checked_sub(1).map_or("", |lead| document.word(lead));
    if let Some(close) = (sentence.start + 1..tokens.start).rev().find(closing) {
        let opened = matches!(document.word(sentence.start), "“" | "\"" | "``" | "«");
        // A title with its source, as in "“Pier unsafe after storm” — Ostrel Courier, September 25".
        let sourced = matches!(document.word(close + 1), "—" | "–" | "--" | "-") && !(close..sentence.end).any(finite);
        return opened && (sourced || tokens.end >= last && led == "," && !(close..tokens.start).any(finite));
    }
    let label = (sentence.start + 1..tokens.start).take(LABEL).find(|index| document.word(*index) == ":");
    label.is_some() && !sentence.clone().any(finite)
}

/// Returns whether the expression dates only a figure with which another figure is compared.
fn compares(document: &Document<'_>, time: &Timex, tokens: &Range<usize>) -> bool {
    let words = time.span.of(document.text);
    let backward = words.ends_with("ago") || words.ends_with("earlier") || words.starts_with("last");
    let verb = |index: &usize| document.classes.get(*index).is_some_and(|class| class.is_verb());
    let number = |index: usize| document.classes.get(index) == Some(&WordClass::Number);
    let among = |words: &WordList, index: usize| words.contains_any_case(document.word(index));
    let comparing = |index: usize| among(&lists::COMPARING, index);
    let near = (tokens.start.saturating_sub(MAX_COMPARISON_DISTANCE)..tokens.start).rev();
    // A change names the time of the other figure, as in "a 15 percent increase from 2016".
    let changed = tokens.start.checked_sub(2).is_some_and(|change| {
        among(&lists::CHANGES, change) && matches!(document.word(change + 1), "from" | "on" | "over")
    });
    changed
        || near.take_while(|index| comparing(*index) || !verb(index)).any(|index| {
            let figures = (index + 1..tokens.start).any(number);
            // After a figure, "on" makes a comparison, as in "up 9% on a year earlier".
            let figure = index.checked_sub(1).is_some_and(|figure| number(figure) || document.word(figure) == "%");
            let beside = index + 1 == tokens.start;
            let against = beside && figure && document.word(index) == "on";
            let backward = backward && (comparing(index) && (figures || beside) || against);
            backward || figures && (among(&lists::ONLY_COMPARING, index) || is_former(document, index, tokens.end))
        })
}

/// Returns whether the word at token `from` introduces the former of two figures, whose time ends before token `end`: "up
/// from 2 million in 2019", "from 2 million in 2019 to 3 million".
fn is_former(document: &Document<'_>, from: usize, end: usize) -> bool {
    let moved = from.checked_sub(1).is_some_and(|lead| matches!(document.word(lead), "up" | "down"));
    let figure = |index: usize| document.classes.get(index) == Some(&WordClass::Number);
    let latter = document.word(end) == "to" && (end + 1..end + 3).any(figure);
    document.word(from) == "from" && (moved || latter)
}

/// Maximum distance from "since" back to the ranking word, in tokens.
const MAX_RANK_DISTANCE: usize = 8;

/// Returns whether the word at token `lead` is "since" and limits a ranking, as in "the first time since 1998" or "the
/// worst flood since 1953".
pub(super) fn ranks(document: &Document<'_>, lead: usize) -> bool {
    document.word(lead).eq_ignore_ascii_case("since")
        && (lead.saturating_sub(MAX_RANK_DISTANCE)..lead).rev().take_while(|index| document.word(*index) != ",").any(
            |index| {
                let word = document.word(index);
                let superlative = word.ends_with("est")
                    && (document.classes.get(index) == Some(&WordClass::Adjective)
                        || document.penn(index) == PennTag::Jjs)
                    || matches!(word, "most" | "least" | "worst" | "best");
                let counted = document.word(index + 1) == "time" || index + 1 == lead;
                superlative || counted && lists::ORDINALS.contains(word)
            },
        )
}

/// Returns whether the expression only identifies a period by its end, as in "the year ended June 30".
fn bounds_period(document: &Document<'_>, tokens: &Range<usize>) -> bool {
    let word = |steps: usize| tokens.start.checked_sub(steps).map_or("", |index| document.word(index));
    let steps = if word(1) == "on" { 2 } else { 1 };
    matches!(word(steps), "ended" | "ending" | "to") && lists::PERIODS.contains_any_case(word(steps + 1))
}

/// Returns whether the expression limits a noun rather than dating an event, as in "the papers for 2024".
fn is_scope(document: &Document<'_>, time: &Timex, tokens: &Range<usize>) -> bool {
    let mut start = tokens.start;
    // Skip the other years in a list, as in "for 2024 and 2025".
    while start > 2
        && matches!(document.word(start - 1), "and" | "or" | ",")
        && document.classes.get(start - 2) == Some(&WordClass::Number)
    {
        start -= 2;
    }
    let before = |steps: usize| start.checked_sub(steps);
    let class = |steps: usize| before(steps).and_then(|index| document.classes.get(index));
    // A noun and "for" or "of" precede the expression, as in "the papers for 2024" or "the primary of 2008".
    before(1).is_some_and(|index| ["for", "of"].iter().any(|lead| document.word(index).eq_ignore_ascii_case(lead)))
        && class(2).is_some_and(|class| class.is_noun())
        && granularity(time) > Granularity::Day
}

/// Returns whether the expression only describes the noun after it ("Friday's vote", "the 1999 storm", "a Tuesday
/// breakfast") or is the object of a verb ("ended the night").
fn is_attributive(document: &Document<'_>, tokens: &Range<usize>) -> bool {
    let class = |index: Option<usize>| index.and_then(|index| document.classes.get(index).copied());
    let joined = document.tokens.get(tokens.end).is_some_and(|next| !next.spaced);
    // Possessive, as in "Friday's vote".
    if joined && matches!(document.word(tokens.end), "'s" | "’s") {
        return true;
    }
    let before = class(tokens.start.checked_sub(1));
    let next = class(Some(tokens.end)).is_some_and(WordClass::is_noun);
    let lead = tokens.start.checked_sub(1).map_or("", |lead| document.word(lead));
    if next && tokens.len() == 1 && document.word(tokens.start).contains('-') {
        // Compound, as in "third-quarter results" or "a 17th-century map".
        return true;
    }
    let weekday =
        tokens.len() == 1 && document.senses.get(tokens.start).is_some_and(|senses| senses.has(Trait::Calendar));
    if weekday && lists::ANY_DAY.contains_any_case(lead) {
        // Any day of that name, as in "on a Friday".
        return true;
    }
    let own = document.word(tokens.start).eq_ignore_ascii_case("the") && tokens.len() == 2;
    // Object of a verb, as in "ended the night".
    if own && before.is_some_and(WordClass::is_verb) {
        return true;
    }
    let year = tokens.len() == 1 && document.word(tokens.start).bytes().all(|byte| byte.is_ascii_digit());
    let auxiliary = |index: usize| document.senses.get(index).is_some_and(|senses| senses.is_auxiliary());
    let subject = class(Some(tokens.end)).is_some_and(WordClass::is_finite);
    if year && !subject && before.is_some_and(WordClass::is_verb) && !tokens.start.checked_sub(1).is_some_and(auxiliary)
    {
        // Year as the object of a verb: "We remember 2013".
        return true;
    }
    if year && next && before.is_some_and(|class| class != WordClass::Preposition && class != WordClass::Mark) {
        // Year before a noun, as in "that 1978 resolution".
        return true;
    }
    // Weekday before a noun, as in "a Tuesday breakfast".
    let described = class(Some(tokens.end)).is_some_and(|class| class.is_noun() || class == WordClass::Adjective);
    let modified = before.is_some_and(|class| class.is_modifier() && class != WordClass::Number);
    described && modified && document.sentence_of(tokens.start) == document.sentence_of(tokens.end)
}

/// Returns the precision of an expression's normalised value.
fn granularity(time: &Timex) -> Granularity {
    let value = time.value.as_str();
    if value.contains('/') {
        return Granularity::Range;
    }
    if time.kind == TimexKind::Time {
        return Granularity::Time;
    }
    let rest = value.get(4..).unwrap_or_default();
    match (value.len(), rest.get(..2)) {
        (..=2, _) => Granularity::Century,
        (3, _) => Granularity::Decade,
        (4, _) => Granularity::Year,
        (_, Some("-W")) if rest.contains("WI") => Granularity::Season,
        (_, Some("-W")) => Granularity::Week,
        (_, Some("-Q")) => Granularity::Quarter,
        (_, Some("-S" | "-F")) => Granularity::Season,
        (_, Some("-H")) => Granularity::Range,
        (7, _) => Granularity::Month,
        _ => Granularity::Day,
    }
}

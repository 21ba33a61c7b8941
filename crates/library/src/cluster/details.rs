//! Details by which stories about two happenings of one kind differ: names, numbers, and days of the calendar.

use super::terms::{Term, term, weight};
use crate::publication::Publication;
use dateline_analysis::{Analysis, Entity, EntityKind, Mention, MentionKind};
use dateline_core::article::Article;
use dateline_core::text::fold;
use jiff::{Span, civil::date};
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of words of the text that are kept.
const WORDS: usize = 1_000;
/// Maximum number of words of names that are kept: those that weigh most.
const NAMES: usize = 48;
/// Maximum number of numbers that are kept.
const NUMBERS: usize = 48;
/// Maximum number of years that are kept.
const YEARS: usize = 12;
/// Number of words of headline and body whose weekdays and months count.
const CALENDAR: usize = 400;
/// Years that count. Others are rather numbers of things.
const CENTURY: std::ops::Range<u16> = 1950..2040;
/// Minimum weight of each word of a town. Countries and capitals are named in too many stories to distinguish them.
const TOWN: f32 = 4.5;
/// Steps per unit in the packed weight of a name.
const STEPS: f32 = 4.0;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Hash of a word, of 16 bits. One of a hundred words is confused with a word of another text, which is enough because
/// all words of a name or a lead are asked for together.
type ShortHash = u16;

/// Details of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Details {
    /// Whether the article has a headline.
    pub(super) has_headline: bool,
    /// Weighty words of headline and body that the signature has no weights for, in order of their hashes.
    words: Vec<ShortHash>,
    /// Words of names, in order of their hashes.
    pub(super) names: Vec<Name>,
    /// Numbers in headline and lead, in order of their hashes.
    pub(super) lead_numbers: Vec<ShortHash>,
    /// Numbers in headline and body, in order of their hashes.
    pub(super) numbers: Vec<ShortHash>,
    /// Weekdays named in headline and body, one bit each.
    pub(super) weekdays: u16,
    /// Months named in headline and body, and that of publication, one bit each.
    pub(super) months: u16,
    /// Years named in headline and body, and that of publication, in ascending order, counted from the first of
    /// [`CENTURY`].
    pub(super) years: Vec<u8>,
}

/// Word of a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Name {
    pub(super) term: Term,
    /// Weight of the word, which grows with the mentions of the name.
    pub(super) weight: f32,
    /// Whether the word is part of a town that is named in headline or lead.
    pub(super) is_town: bool,
    /// Whether the word is part of a name in the headline.
    pub(super) is_in_headline: bool,
    /// Whether the word is part of a name in headline or lead that shows whom or where the story is about: a place, or
    /// a name that is in the headline or mentioned again. This excludes bylines.
    pub(super) is_salient: bool,
}

/// Words of an article, folded.
pub(super) struct Words<'a> {
    /// Words of the headline.
    pub(super) headline: &'a [&'a str],
    /// Words of the body.
    pub(super) body: &'a [&'a str],
    /// Number of words of the body that count as the lead.
    pub(super) lead: usize,
    /// Returns whether the signature has a weight for a word.
    pub(super) has_weight: &'a dyn Fn(Term) -> bool,
}

impl Details {
    /// Collects the details of an article.
    pub(super) fn of(article: &Article, analysis: &Analysis, words: &Words<'_>) -> Self {
        let all = || words.headline.iter().chain(words.body).copied();
        let hashes = |found: &mut dyn Iterator<Item = &str>, most: usize| -> Vec<ShortHash> {
            found.map(|word| short(term(word))).collect::<BTreeSet<_>>().into_iter().take(most).collect()
        };
        let weighty = &mut all().filter(|word| weight(term(word)).is_some() && !(words.has_weight)(term(word)));
        let lead = words.headline.iter().chain(words.body.iter().take(words.lead)).copied();
        let mut out = Self {
            has_headline: article.headline.is_some(),
            words: hashes(weighty, WORDS),
            names: names(article, analysis, words),
            lead_numbers: hashes(&mut lead.filter(|word| is_number(word)), NUMBERS),
            numbers: hashes(&mut all().filter(|word| is_number(word)), NUMBERS),
            ..Self::default()
        };
        let mut years: BTreeSet<u16> = all().filter_map(year).collect();
        let first: Vec<&str> = all().take(CALENDAR).collect();
        for (at, word) in first.iter().enumerate() {
            let day = |at: Option<usize>| at.and_then(|at| first.get(at)).is_some_and(|word| is_day(word));
            out.weekdays |= bit(WEEKDAYS.iter().position(|weekday| weekday == word));
            out.months |= bit(month(word, day(at.checked_sub(1)) || day(at.checked_add(1))));
        }
        if let Some(day) = Publication::of(article, analysis).day {
            let day = date(1970, 1, 1).saturating_add(Span::new().days(day));
            out.months |= bit(usize::try_from(day.month() - 1).ok());
            years.extend(u16::try_from(day.year()).ok().filter(|year| CENTURY.contains(year)));
        }
        out.years = years.into_iter().take(YEARS).map(|year| (year - CENTURY.start) as u8).collect();
        out
    }

    /// Returns whether the story has a weighty word that the signature has no weight for.
    pub(super) fn has(&self, word: Term) -> bool {
        self.words.binary_search(&short(word)).is_ok()
    }

    /// Appends the details in packed form.
    pub(super) fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(self.has_headline));
        for list in [&self.words, &self.lead_numbers, &self.numbers] {
            out.extend((list.len() as u16).to_be_bytes());
            out.extend(list.iter().flat_map(|hash| hash.to_be_bytes()));
        }
        out.push(self.names.len() as u8);
        for name in &self.names {
            out.extend(name.term.to_be_bytes().iter().skip(1));
            out.push((name.weight * STEPS).round() as u8);
            let marks = [name.is_town, name.is_in_headline, name.is_salient].map(u8::from);
            out.push(marks[0] << 2 | marks[1] << 1 | marks[2]);
        }
        out.extend(self.weekdays.to_be_bytes());
        out.extend(self.months.to_be_bytes());
        out.extend(&self.years);
    }

    /// Unpacks details. Damaged ones are empty, so that they neither join nor separate stories.
    pub(super) fn unpack(bytes: &[u8]) -> Self {
        Self::parsed(&mut Reader(bytes)).unwrap_or_default()
    }

    fn parsed(reader: &mut Reader<'_>) -> Option<Self> {
        let has_headline = reader.byte()? != 0;
        let [words, lead_numbers, numbers] = [reader.hashes()?, reader.hashes()?, reader.hashes()?];
        let count = reader.byte()?;
        let name = |[a, b, c, weight, marks]: [u8; 5]| Name {
            term: u32::from_be_bytes([0, a, b, c]),
            weight: f32::from(weight) / STEPS,
            is_town: marks & 4 != 0,
            is_in_headline: marks & 2 != 0,
            is_salient: marks & 1 != 0,
        };
        let names = (0..count).map(|_| reader.array().map(name)).collect::<Option<Vec<Name>>>()?;
        let [weekdays, months] = [reader.array()?, reader.array()?].map(u16::from_be_bytes);
        Some(Self { has_headline, words, names, lead_numbers, numbers, weekdays, months, years: reader.0.to_vec() })
    }
}

/// Reads packed details.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    fn hashes(&mut self) -> Option<Vec<ShortHash>> {
        let count = u16::from_be_bytes(self.array()?);
        (0..count).map(|_| self.array().map(ShortHash::from_be_bytes)).collect()
    }
}

/// Shortens the hash of a word.
fn short(word: Term) -> ShortHash {
    word as ShortHash
}

/// Returns the bit of an index below 16, or no bit.
fn bit(index: Option<usize>) -> u16 {
    index.map_or(0, |index| 1 << index)
}

/// Returns whether a word is a number, but not a year.
fn is_number(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit()) && year(word).is_none()
}

/// Returns the year that a word is.
fn year(word: &str) -> Option<u16> {
    word.parse().ok().filter(|year| CENTURY.contains(year) && word.len() == 4)
}

/// Returns whether a word is the number of a day in a month, such as "5" or "5th".
fn is_day(word: &str) -> bool {
    let number = word.trim_end_matches(|last: char| last.is_ascii_alphabetic());
    number.parse().is_ok_and(|day: u32| (1..=31).contains(&day))
}

/// Returns the index of the month that a word names. "May" and "March" count only beside the number of a day.
fn month(word: &str, beside_day: bool) -> Option<usize> {
    let is_prefix = |month: &&str| match word.len() {
        3 => month.starts_with(word),
        4 if word == "sept" => month.starts_with(word),
        _ => *month == word,
    };
    let is_other_word = matches!(word, "may" | "march" | "mar");
    MONTHS.iter().position(is_prefix).filter(|_| beside_day || !is_other_word)
}

/// Returns the words of the names that weigh most, in order of their hashes.
fn names(article: &Article, analysis: &Analysis, words: &Words<'_>) -> Vec<Name> {
    let body = article.text.get(article.body..).unwrap_or_default();
    let headline: BTreeSet<Term> = words.headline.iter().map(|word| term(word)).collect();
    let lead_end = article.body + nth_word(body, words.lead);
    let end = article.body + nth_word(body, CALENDAR);
    let mut out: BTreeMap<Term, Name> = BTreeMap::new();
    for entity in &analysis.entities {
        let terms = entity_terms(entity);
        let is_in_headline = !terms.is_empty() && terms.iter().all(|(term, _)| headline.contains(term));
        let mut named = entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
        let is_in_lead = is_in_headline || named.any(|mention| mention.span.start < lead_end);
        let mentions = entity.mentions.iter().filter(|mention: &&Mention| mention.span.start < end).count();
        let is_place = is_in_lead && entity.kind == EntityKind::Place;
        let is_town = is_place && terms.iter().all(|(_, weight)| *weight > TOWN);
        let is_salient = is_place || is_in_lead && (is_in_headline || mentions > 1);
        for (term, weight) in terms {
            let weight = ((1.0 + (mentions.max(1) as f32).ln()) * weight * STEPS).round().min(255.0) / STEPS;
            let new = Name { term, weight, is_town, is_in_headline, is_salient };
            let name = out.entry(term).or_insert(new);
            name.weight = name.weight.max(weight);
            name.is_town |= is_town;
            name.is_in_headline |= is_in_headline;
            name.is_salient |= is_salient;
        }
    }
    let mut names: Vec<Name> = out.into_values().collect();
    names.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.term.cmp(&b.term)));
    names.truncate(NAMES);
    names.sort_by_key(|name| name.term);
    names
}

/// Returns the weighty words of the fullest name of an entity, with their weights.
fn entity_terms(entity: &Entity) -> Vec<(Term, f32)> {
    let name = fold(&entity.name);
    let terms = super::terms::words(&name).into_iter().map(term);
    terms.filter_map(|term| Some((term, weight(term)?))).collect()
}

/// Returns the byte offset after the first `count` words of a text.
fn nth_word(text: &str, count: usize) -> usize {
    let word = text.split_whitespace().nth(count);
    word.map_or(text.len(), |word| word.as_ptr() as usize - text.as_ptr() as usize)
}

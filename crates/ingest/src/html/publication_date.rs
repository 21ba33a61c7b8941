//! Finds the publication date of a page: in its metadata, in marked elements, in its lines. Sources are tried in order
//! of their measured reliability; dates of changes, comments or other stories are the last resort.

use super::class_hints::{self, ClassHints};
use super::linked_data::text_at;
use super::text_block::TextBlock;
use crate::lexicon::{
    CHANGED_CLASSES, CHANGED_WORDS, DATE_ATTRIBUTES, DATED_CLASSES, DAY_LABELS, PUBLISHED_CLASSES, PUBLISHED_META,
    PUBLISHED_PROPERTIES, PUBLISHED_WORDS, WordList,
};
use crate::metadata::datetime::written::{self, Order};
use crate::metadata::datetime::{self, DateTime};
use crate::metadata::timestamp_line::Surroundings;
use dateline_core::text::Span;
use dom_query::{Document, NodeRef};
use serde_json::Value;

/// Maximum distance of a timestamp line before and after the headline, in blocks.
const MAX_BLOCKS_BEFORE: usize = 5;
const MAX_BLOCKS_AFTER: usize = 14;
/// Maximum length of a line that is searched for a date, in bytes.
const LINE: usize = 160;
/// Maximum number of words besides the date in such a line.
const WORDS: usize = 12;
/// Maximum number of nodes in an element that is searched for a date.
const NODES: usize = 40;
/// Maximum number of levels between a paragraph and an inline date in it.
const INLINE: usize = 4;
/// Maximum number of marked elements to read.
const ELEMENTS: usize = 400;

/// Maximum difference between two zones, in minutes.
const ZONE_MINUTES: i64 = 14 * 60;

/// Known facts about the page.
pub(super) struct PageInfo<'a> {
    /// All `meta` elements, with lower-case names.
    pub metas: &'a [(String, String)],
    /// The story of the page's JSON-LD.
    pub story: Option<&'a Value>,
    /// The page's own address.
    pub url: Option<&'a str>,
    /// The headline.
    pub title: Option<&'a str>,
    /// Hints of the headline's position.
    pub home: ClassHints,
    /// Order of day and month in numeric dates.
    pub order: Order,
}

/// Returns the publication date that the page declares or marks as such.
pub(super) fn declared(document: &Document, page: &PageInfo<'_>) -> Option<DateTime> {
    let from_story = ["datePublished", "dateCreated", "uploadDate"]
        .iter()
        .find_map(|key| parse(&text_at(page.story?, key)?, page.order));
    let stated = from_story.or_else(|| from_meta(page)).or_else(|| marked(document, page, Rank::Microdata));
    let in_url = page.url.and_then(datetime::in_url).filter(plausible);
    // Prefer the date in the URL: a URL is created once, on that day, but a declared date may have been updated since.
    match (in_url, stated) {
        (Some(day), Some(other)) if day.date == other.date => Some(other),
        (Some(day), _) => Some(day),
        (None, stated) => stated
            .or_else(|| marked(document, page, Rank::Inside))
            .or_else(|| page.url.and_then(datetime::compact_in_url)),
    }
}

/// Returns the date in the `meta` elements, most reliable name first.
fn from_meta(page: &PageInfo<'_>) -> Option<DateTime> {
    PUBLISHED_META.iter().find_map(|name| {
        let mut named = page.metas.iter().filter(|(key, _)| key == name);
        named.find_map(|(_, value)| parse(value, page.order))
    })
}

/// Returns the date shown in the lines of a page, or in its less reliable elements.
pub(super) fn shown(document: &Document, page: &PageInfo<'_>, blocks: &[TextBlock]) -> Option<DateTime> {
    let headline = blocks.iter().position(|block| Some(block.text.as_str()) == page.title).unwrap_or(0);
    let near = blocks.get(headline.saturating_sub(MAX_BLOCKS_BEFORE)..).unwrap_or_default();
    let near = near.get(..MAX_BLOCKS_BEFORE + MAX_BLOCKS_AFTER).unwrap_or(near);
    let own = |block: &&TextBlock| !class_hints::is_apart(block.above, page.home);
    let labelled =
        |blocks: &[TextBlock]| blocks.iter().filter(own).find_map(|block| line(block, page.order, Label::Published));
    let bare = |blocks: &[TextBlock]| blocks.iter().filter(own).find_map(|block| line(block, page.order, Label::None));
    let termed = || near.windows(2).find_map(|pair| termed(pair, page.order));
    let date = labelled(near).or_else(termed).or_else(|| bare(near)).or_else(|| labelled(blocks));
    let of_day = |date| DateTime { date, stamp: None };
    date.map(of_day).or_else(|| marked(document, page, Rank::Any)).or_else(|| {
        bare(blocks).or_else(|| blocks.iter().find_map(|block| line(block, page.order, Label::Changed))).map(of_day)
    })
}

/// Returns the day of a list of terms, `<dt>Date</dt><dd>3 May 2024</dd>`, wherever it is.
fn termed(pair: &[TextBlock], order: Order) -> Option<jiff::civil::Date> {
    let [term, value] = pair else { return None };
    let label = term.text.trim_end_matches([':', ' ']).to_lowercase();
    if !DAY_LABELS.contains(&label) {
        return None;
    }
    line(value, order, Label::None).or_else(|| line(value, order, Label::Published))
}

/// Returns the declared day as the lines near the headline show it: in the zone of the page, if the page declares its
/// moment in UTC, and with day and month in the order of the page, if the declared numbers leave that open.
pub(super) fn as_shown(declared: DateTime, page: &PageInfo<'_>, blocks: &[TextBlock]) -> DateTime {
    let headline = blocks.iter().position(|block| Some(block.text.as_str()) == page.title).unwrap_or(0);
    let near = blocks.get(headline.saturating_sub(MAX_BLOCKS_BEFORE)..).unwrap_or_default();
    let near = near.get(..MAX_BLOCKS_BEFORE + MAX_BLOCKS_AFTER).unwrap_or(near);
    let short = |block: &&TextBlock| block.text.len() <= LINE && !class_hints::is_apart(block.above, page.home);
    if let Some(local) = near.iter().filter(short).find_map(|block| local(&declared, &block.text, page.order)) {
        return local;
    }
    let (day, month) = (declared.date.day(), declared.date.month());
    let swapped = jiff::civil::Date::new(declared.date.year(), day, month).ok();
    let Some(swapped) = swapped.filter(|_| day != month && numeric_only(&declared, page)) else { return declared };
    let dates = |label| blocks.iter().filter_map(move |block| line(block, page.order, label));
    let mut shown = dates(Label::Published).chain(dates(Label::None)).peekable();
    let found = shown.any(|date| date == swapped);
    let other = dates(Label::Published).chain(dates(Label::None)).any(|date| date == declared.date);
    if found && !other { DateTime { date: swapped, stamp: None } } else { declared }
}

/// Returns whether a day is known only from numbers whose order is open: `11/01/2023`.
fn numeric_only(declared: &DateTime, page: &PageInfo<'_>) -> bool {
    let open = |value: &str| {
        let days = written::days(value, page.order);
        let numbers = value.split(|c: char| !c.is_ascii_digit()).take(3).map(str::len).collect::<Vec<_>>();
        matches!(numbers.as_slice(), [1 | 2, 1 | 2, 4]) && days.first().is_some_and(|(_, date)| *date == declared.date)
    };
    let mut values = PUBLISHED_META.iter().flat_map(|name| page.metas.iter().filter(move |(key, _)| key == name));
    declared.stamp.is_none() && values.any(|(_, value)| open(value))
}

/// Returns the declared moment in the zone of a line that shows it: another day, the same minute, and a difference
/// that a zone may have.
fn local(declared: &DateTime, text: &str, order: Order) -> Option<DateTime> {
    let stamp: jiff::Timestamp = declared.stamp.as_deref().filter(|stamp| is_utc(stamp))?.parse().ok()?;
    let (_, date) = *written::days(text, order).first()?;
    if date == declared.date {
        return None;
    }
    // Read the time as if the page were in Greenwich; the difference is then the zone.
    let there: jiff::Timestamp = datetime::clock_of(text, date)?.parse().ok()?;
    let minutes = there.as_second().div_euclid(60) - stamp.as_second().div_euclid(60);
    if minutes.abs() > ZONE_MINUTES || minutes % 15 != 0 || minutes == 0 {
        return None;
    }
    let (sign, size) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
    let civil = there.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    Some(DateTime { date, stamp: Some(format!("{civil}{sign}{:02}:{:02}", size / 60, size % 60)) })
}

/// Returns whether a moment is given in UTC.
fn is_utc(stamp: &str) -> bool {
    stamp.ends_with(['Z', 'z']) || stamp.ends_with("+00:00") || stamp.ends_with("+0000")
}

/// Returns whether a date is plausible for a web page.
fn plausible(moment: &DateTime) -> bool {
    // Exclude 1 January 1970: software writes it when the date is unknown.
    moment.date.year() >= 1800 && moment.date.to_string() != "1970-01-01"
}

/// Parses a date as written in `meta`, an attribute or an element.
fn parse(text: &str, order: Order) -> Option<DateTime> {
    let numeric = || written::days(text, order).first().map(|(_, date)| DateTime { date: *date, stamp: None });
    datetime::parse(text).or_else(numeric).filter(plausible)
}

/// Label of a date in a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Published,
    None,
    Changed,
}

/// Returns the first date of a line that consists of a date and little else, provided that it has the wanted label.
fn line(block: &TextBlock, order: Order, wanted: Label) -> Option<jiff::civil::Date> {
    let text = &block.text;
    if text.len() > LINE || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let days = written::days(text, order);
    let mut from = 0;
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    let spans: Vec<Span> = days.iter().map(|(span, _)| *span).collect();
    if words > WORDS + 3 || Surroundings::of(text, &spans).is_prose() {
        return None;
    }
    days.into_iter().find_map(|(span, date)| {
        let before = text.get(from..span.start).unwrap_or_default().to_lowercase();
        from = span.end;
        let says = |words: &WordList| words.iter().any(|word| before.contains(word));
        let label = if says(&CHANGED_WORDS) {
            Label::Changed
        } else if says(&PUBLISHED_WORDS) {
            Label::Published
        } else {
            Label::None
        };
        (label == wanted).then_some(date)
    })
}

/// Reliability of an element's date mark, most reliable first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Microdata,
    Published,
    Time,
    /// Last rank tried before the page's lines.
    Inside,
    Any,
}

/// Returns the date of the most reliable marked element with rank `worst` or better; the first one of its rank.
fn marked(document: &Document, page: &PageInfo<'_>, worst: Rank) -> Option<DateTime> {
    let body = document.body()?;
    let mut best: Option<(Rank, DateTime)> = None;
    let mut read = 0;
    for node in body.descendants_it() {
        let Some(rank) = rank(&node).filter(|rank| *rank <= worst && read < ELEMENTS) else { continue };
        if best.as_ref().is_some_and(|(found, _)| *found <= rank) {
            continue;
        }
        read += 1;
        let rank = if class_hints::is_outside_story(&node, page.home) { Rank::Any } else { rank };
        if within_prose(&node) {
            continue;
        }
        if rank > worst || best.as_ref().is_some_and(|(found, _)| *found <= rank) {
            continue;
        }
        if let Some(moment) = stamp(&node, page.order) {
            best = Some((rank, moment));
            if rank == Rank::Microdata {
                break;
            }
        }
    }
    best.map(|(_, moment)| moment)
}

/// Returns whether an element is just a few words in a paragraph: `<p>The bridge was opened on <time>1 May
/// 1931</time>.</p>`.
fn within_prose(node: &NodeRef<'_>) -> bool {
    let own = node.text().len();
    let paragraph = node.ancestors_it(Some(INLINE)).find(|above| above.has_name("p") || above.has_name("li"));
    let Some(words) = paragraph.and_then(|paragraph| super::words_apart(&paragraph, NODES * 4)) else { return false };
    let words = dateline_core::text::folded(&words);
    let date = node.text();
    let date = dateline_core::text::folded(&date);
    let at = words.find(&date).filter(|_| !date.is_empty());
    let span = at.map(|at| Span::new(at, at + date.len()));
    own < words.len() && Surroundings::of(&words, span.as_slice()).is_prose()
}

/// Ranks an element by its attributes.
fn rank(node: &NodeRef<'_>) -> Option<Rank> {
    let element = node.element_ref()?;
    let time = matches!(&*element.name.local, "time" | "abbr");
    let mut named = String::new();
    let mut property = String::new();
    let mut stated = false;
    for attribute in &element.attrs {
        match &*attribute.name.local {
            "class" | "id" => named.push_str(&attribute.value.to_ascii_lowercase()),
            "itemprop" | "property" => property.push_str(&attribute.value.to_ascii_lowercase()),
            "pubdate" => named.push_str(" pubdate"),
            "datetime" => stated = true,
            "title" => stated |= &*element.name.local == "abbr",
            _ => {}
        }
    }
    let says = |name: &str, words: &WordList| words.iter().any(|word| name.contains(word));
    if says(&property, &PUBLISHED_PROPERTIES) {
        return Some(Rank::Microdata);
    }
    let changed = says(&property, &CHANGED_CLASSES) || says(&named, &CHANGED_CLASSES);
    if says(&named, &PUBLISHED_CLASSES) && (time || !changed) {
        return Some(if time || stated { Rank::Published } else { Rank::Inside });
    }
    if time && (stated || &*element.name.local == "time") {
        return Some(if changed { Rank::Any } else { Rank::Time });
    }
    says(&named, &DATED_CLASSES).then_some(if changed { Rank::Any } else { Rank::Inside })
}

/// Returns the date of an element, from its attributes or, if they have none, from its words.
fn stamp(node: &NodeRef<'_>, order: Order) -> Option<DateTime> {
    let stated = DATE_ATTRIBUTES.iter().filter_map(|key| node.attr(key)).find_map(|value| parse(&value, order));
    stated.or_else(|| {
        let text = dateline_core::text::folded(&super::words_apart(node, NODES)?);
        let lower = text.to_lowercase();
        let changed = CHANGED_WORDS.iter().any(|word| lower.starts_with(word));
        if text.len() > LINE || changed { None } else { parse(&text, order) }
    })
}

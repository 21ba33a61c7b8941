//! Finds the publication date of a page in its metadata, marked elements or text. Sources are tried in order of their
//! measured reliability. Dates of changes, comments or other stories are the last resort.

use super::author;
use super::class_hints::{self, ClassHints};
use super::linked_data::text_at;
use super::text_block::TextBlock;
use crate::lexicon::{
    CHANGED_CLASSES, CHANGED_WORDS, DATE_ATTRIBUTES, DATED_CLASSES, DAY_LABELS, PUBLISHED_CLASSES, PUBLISHED_META,
    PUBLISHED_PROPERTIES, PUBLISHED_WORDS, WordList,
};
use crate::metadata::byline;
use crate::metadata::datetime::written::{self, Order};
use crate::metadata::datetime::{self, DateTime};
use crate::metadata::timestamp_line::Surroundings;
use dateline_core::text::Span;
use dom_query::{Document, NodeRef};
use serde_json::Value;

/// Maximum distance between a timestamp line and the headline, in blocks, above and below the headline.
const MAX_BLOCKS_BEFORE: usize = 5;
const MAX_BLOCKS_AFTER: usize = 14;
/// Maximum distance between a date and the byline that it belongs to, in blocks.
const BESIDE: usize = 2;
/// Maximum length of a line to search for a date, in bytes.
const LINE: usize = 160;
/// Maximum number of words in a line besides its date.
const WORDS: usize = 12;
/// Maximum number of nodes in an element to search for a date.
const NODES: usize = 40;
/// Maximum number of levels between a paragraph and a date element inside it.
const INLINE: usize = 4;
/// Maximum number of marked elements to read.
const ELEMENTS: usize = 400;

/// JSON-LD keys of the publication date, most reliable first.
const DATE_KEYS: [&str; 3] = ["datePublished", "dateCreated", "uploadDate"];

/// Maximum UTC offset, in minutes.
const ZONE_MINUTES: i64 = 14 * 60;

/// Page metadata that is used to find the publication date.
pub(super) struct PageInfo<'a> {
    /// Names (in lower case) and contents of all `meta` elements.
    pub metas: &'a [(String, String)],
    /// JSON-LD object of the story.
    pub story: Option<&'a Value>,
    /// URL that the page declares as its own.
    pub url: Option<&'a str>,
    /// Headline of the story.
    pub title: Option<&'a str>,
    /// Class hints of the headline's position in the page.
    pub home: ClassHints,
    /// Order of day and month in numeric dates.
    pub order: Order,
}

/// Returns the publication date that the page declares in metadata, marked elements or its URL.
pub(super) fn declared(document: &Document, page: &PageInfo<'_>) -> Option<DateTime> {
    let from_story = DATE_KEYS.iter().find_map(|key| parse(&text_at(page.story?, key)?, page.order));
    let stated = from_story.or_else(|| from_meta(page)).or_else(|| marked(document, page, Rank::Microdata));
    let in_url = page.url.and_then(datetime::in_url).filter(plausible);
    // Prefer the date in the URL: it never changes, but a declared date may have been updated since.
    match (in_url, stated) {
        (Some(day), Some(other)) if day.date == other.date => Some(other),
        (Some(day), _) => Some(day),
        (None, stated) => stated
            .or_else(|| marked(document, page, Rank::Inside))
            .or_else(|| page.url.and_then(datetime::compact_in_url)),
    }
}

/// Returns the date in the `meta` element with the most reliable name.
fn from_meta(page: &PageInfo<'_>) -> Option<DateTime> {
    PUBLISHED_META.iter().find_map(|name| {
        let mut named = page.metas.iter().filter(|(key, _)| key == name);
        named.find_map(|(_, value)| parse(value, page.order))
    })
}

/// Returns a date from the text of a page, or from its less reliable elements.
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
        bare(blocks)
            .or_else(|| beside_byline(near, page.order))
            .or_else(|| blocks.iter().find_map(|block| line(block, page.order, Label::Changed)))
            .map(of_day)
    })
}

/// Returns the only date beside a byline near the headline, even if both are in a sidebar.
fn beside_byline(near: &[TextBlock], order: Order) -> Option<jiff::civil::Date> {
    let is_byline = |block: &TextBlock| {
        let text = &block.text;
        text.len() <= LINE
            && (byline::is_opening(text) || byline::signed(text).is_some() || author::links_to_author(block))
    };
    let signed = |at: usize| {
        let beside = near.get(at.saturating_sub(BESIDE)..near.len().min(at + BESIDE + 1));
        beside.unwrap_or_default().iter().any(is_byline)
    };
    let day = |block| line(block, order, Label::Published).or_else(|| line(block, order, Label::None));
    let mut dates = near.iter().enumerate().filter_map(|(at, block)| day(block).filter(|_| signed(at)));
    let first = dates.next()?;
    dates.all(|date| date == first).then_some(first)
}

/// Returns the date in a description list: `<dt>Date</dt><dd>3 May 2024</dd>`.
fn termed(pair: &[TextBlock], order: Order) -> Option<jiff::civil::Date> {
    let [term, value] = pair else { return None };
    let label = term.text.trim_end_matches([':', ' ']).to_lowercase();
    if !DAY_LABELS.contains(&label) {
        return None;
    }
    line(value, order, Label::None).or_else(|| line(value, order, Label::Published))
}

/// Corrects the declared date using the lines near the headline. A time declared in UTC is converted to the time zone
/// of the page. Day and month are swapped if the page shows the other order and the declared numbers are ambiguous.
pub(super) fn as_shown(declared: DateTime, page: &PageInfo<'_>, blocks: &[TextBlock]) -> DateTime {
    let headline = blocks.iter().position(|block| Some(block.text.as_str()) == page.title).unwrap_or(0);
    let near = blocks.get(headline.saturating_sub(MAX_BLOCKS_BEFORE)..).unwrap_or_default();
    let near = near.get(..MAX_BLOCKS_BEFORE + MAX_BLOCKS_AFTER).unwrap_or(near);
    let short = |block: &&TextBlock| block.text.len() <= LINE && !class_hints::is_apart(block.above, page.home);
    if let Some(local) = near.iter().filter(short).find_map(|block| local(&declared, &block.text, page)) {
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

/// Returns whether a date was declared only in ambiguous numbers, as in `11/01/2023`.
fn numeric_only(declared: &DateTime, page: &PageInfo<'_>) -> bool {
    let open = |value: &str| {
        let days = written::days(value, page.order);
        let numbers = value.split(|c: char| !c.is_ascii_digit()).take(3).map(str::len).collect::<Vec<_>>();
        matches!(numbers.as_slice(), [1 | 2, 1 | 2, 4]) && days.first().is_some_and(|(_, date)| *date == declared.date)
    };
    let mut values = PUBLISHED_META.iter().flat_map(|name| page.metas.iter().filter(move |(key, _)| key == name));
    declared.stamp.is_none() && values.any(|(_, value)| open(value))
}

/// Converts the declared time to the time zone of a visible line. The line must show a different day, and the times
/// must differ by a valid UTC offset. A time declared without a zone is that of the server, so only its day is
/// corrected.
fn local(declared: &DateTime, text: &str, page: &PageInfo<'_>) -> Option<DateTime> {
    let (_, date) = *written::days(text, page.order).first()?;
    if date == declared.date {
        return None;
    }
    let zoned = declared.stamp.as_deref();
    let stamp: jiff::Timestamp = match zoned {
        Some(stamp) => Some(stamp.to_owned()).filter(|stamp| is_utc(stamp))?.parse().ok()?,
        None => clock_without_zone(declared, page)?.parse().ok()?,
    };
    // Parse the line's time as if it were UTC. Its difference from the declared time is then the UTC offset of the
    // page's time zone.
    let there: jiff::Timestamp = datetime::clock_of(text, date)?.parse().ok()?;
    let minutes = there.as_second().div_euclid(60) - stamp.as_second().div_euclid(60);
    if minutes.abs() > ZONE_MINUTES || minutes % 15 != 0 || minutes == 0 {
        return None;
    }
    if zoned.is_none() {
        return Some(DateTime { date, stamp: None });
    }
    let (sign, size) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
    let civil = there.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    Some(DateTime { date, stamp: Some(format!("{civil}{sign}{:02}:{:02}", size / 60, size % 60)) })
}

/// Returns the declared time of day, as a timestamp in UTC, of a date that is declared without a time zone.
fn clock_without_zone(declared: &DateTime, page: &PageInfo<'_>) -> Option<String> {
    let in_story = DATE_KEYS.iter().filter_map(|key| text_at(page.story?, key));
    let in_metas = PUBLISHED_META.iter().flat_map(|name| page.metas.iter().filter(move |(key, _)| key == name));
    let mut values = in_story.chain(in_metas.map(|(_, value)| value.clone()));
    values.find_map(|value| {
        parse(&value, page.order).filter(|found| found.date == declared.date)?;
        datetime::clock_of(&value, declared.date)
    })
}

/// Returns whether a timestamp is in UTC.
fn is_utc(stamp: &str) -> bool {
    stamp.ends_with(['Z', 'z']) || stamp.ends_with("+00:00") || stamp.ends_with("+0000")
}

/// Returns whether a date is plausible for a publication on the web.
fn plausible(moment: &DateTime) -> bool {
    // Software writes 1 January 1970 if it does not know the date.
    moment.date.year() >= 1800 && moment.date.to_string() != "1970-01-01"
}

/// Parses a date from a `meta` element, an attribute or the text of an element.
fn parse(text: &str, order: Order) -> Option<DateTime> {
    let numeric = || written::days(text, order).first().map(|(_, date)| DateTime { date: *date, stamp: None });
    datetime::parse(text).or_else(numeric).filter(plausible)
}

/// Kind of label that a date in a line has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Published,
    None,
    Changed,
}

/// Returns the first date in a line if its label is `wanted`. The line must contain few other words.
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

/// Reliability of the markup on a date element, most reliable first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Microdata,
    Published,
    Time,
    /// Least reliable rank that takes precedence over the text of the page.
    Inside,
    Any,
}

/// Returns the date of the most reliable marked element, if its rank is `worst` or better. Of several elements with the
/// same rank, the first one is used.
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

/// Returns whether an element is only a few words in a paragraph, as in `<p>The bridge was opened on <time>1 May
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

/// Returns the rank of an element, judging by its attributes. Returns `None` if it is not marked as a date.
fn rank(node: &NodeRef<'_>) -> Option<Rank> {
    let element = node.element_ref()?;
    // An element that the site defines itself, as in `<x-post created-at="2024-05-03T10:00:00Z">`.
    let custom = element.name.local.contains('-');
    let time = custom || matches!(&*element.name.local, "time" | "abbr");
    let mut named = String::new();
    let mut property = String::new();
    let mut stated = false;
    for attribute in &element.attrs {
        match &*attribute.name.local {
            "class" | "id" => push_lowered(&mut named, &attribute.value),
            "itemprop" | "property" => push_lowered(&mut property, &attribute.value),
            "pubdate" => named.push_str(" pubdate"),
            "datetime" => stated = true,
            "created-timestamp" | "created-at" | "date" => stated |= custom,
            "title" => stated |= &*element.name.local == "abbr",
            _ => {}
        }
    }
    let says = |name: &str, words: &WordList| words.is_within(name);
    if !time && property.is_empty() && named.is_empty() {
        return None;
    }
    if says(&property, &PUBLISHED_PROPERTIES) {
        return Some(Rank::Microdata);
    }
    // Called only where the answer matters, because nearly all elements have classes and few are dates.
    let changed = || says(&property, &CHANGED_CLASSES) || says(&named, &CHANGED_CLASSES);
    if says(&named, &PUBLISHED_CLASSES) && (time || !changed()) {
        return Some(if time || stated { Rank::Published } else { Rank::Inside });
    }
    if time && (stated || &*element.name.local == "time") {
        return Some(if changed() { Rank::Any } else { Rank::Time });
    }
    says(&named, &DATED_CLASSES).then(|| if changed() { Rank::Any } else { Rank::Inside })
}

/// Appends the lower-case form of `value` to `out`. Only ASCII letters are converted.
fn push_lowered(out: &mut String, value: &str) {
    let start = out.len();
    out.push_str(value);
    if let Some(added) = out.get_mut(start..) {
        added.make_ascii_lowercase();
    }
}

/// Returns the date in the attributes of an element or, if they have none, in its text.
fn stamp(node: &NodeRef<'_>, order: Order) -> Option<DateTime> {
    let stated = DATE_ATTRIBUTES.iter().filter_map(|key| node.attr(key)).find_map(|value| parse(&value, order));
    stated.or_else(|| {
        let text = dateline_core::text::folded(&super::words_apart(node, NODES)?);
        let lower = text.to_lowercase();
        let changed = CHANGED_WORDS.iter().any(|word| lower.starts_with(word));
        if text.len() > LINE || changed { None } else { parse(&text, order) }
    })
}

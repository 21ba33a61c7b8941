//! When a page was published: what it declares, what its elements are marked as, what its lines
//! say. Sources are asked in the order in which they were right most often; the day of a change, of a
//! comment or of another story is the last that is believed.

use super::linked_data::text_at;
use super::marks::{self, Marks};
use super::piece::Piece;
use crate::lexicon::{
    CHANGED_CLASSES, CHANGED_WORDS, DATE_ATTRIBUTES, DATED_CLASSES, PUBLISHED_CLASSES, PUBLISHED_META,
    PUBLISHED_PROPERTIES, PUBLISHED_WORDS, WordList,
};
use crate::metadata::date_line::Beside;
use crate::metadata::moment::written::{self, Order};
use crate::metadata::moment::{self, Moment};
use dateline_core::text::Span;
use dom_query::{Document, NodeRef};
use serde_json::Value;

/// How far before and behind the headline a line of date is looked for, in pieces.
const BEFORE: usize = 5;
const BEHIND: usize = 14;
/// The longest line that is read for its date, in bytes.
const LINE: usize = 160;
/// The most words such a line has beside the date.
const WORDS: usize = 12;
/// The most nodes of an element that is read for its date.
const NODES: usize = 40;
/// Most elements between a date inside a paragraph and the paragraph.
const INLINE: usize = 4;
/// The most elements so marked that are read.
const ELEMENTS: usize = 400;

/// What a page is known by when its day is sought.
pub(super) struct Known<'a> {
    /// All `meta`, names in lower case.
    pub metas: &'a [(String, String)],
    /// The story of the page's JSON-LD.
    pub story: Option<&'a Value>,
    /// The page's own address.
    pub url: Option<&'a str>,
    /// The headline.
    pub title: Option<&'a str>,
    /// The marks of the place where the headline stands.
    pub home: Marks,
    /// Which number is the day.
    pub order: Order,
}

/// The day that the page declares or marks as that of its publication.
pub(super) fn declared(document: &Document, known: &Known<'_>) -> Option<Moment> {
    let from_story = ["datePublished", "dateCreated", "uploadDate"]
        .iter()
        .find_map(|key| parse(&text_at(known.story?, key)?, known.order));
    let stated = from_story.or_else(|| from_meta(known)).or_else(|| marked(document, known, Rank::Microdata));
    let in_url = known.url.and_then(moment::in_url).filter(plausible);
    // The address is made once, on the day itself; what is declared may have been made again since.
    match (in_url, stated) {
        (Some(day), Some(other)) if day.date == other.date => Some(other),
        (Some(day), _) => Some(day),
        (None, stated) => stated
            .or_else(|| marked(document, known, Rank::Inside))
            .or_else(|| known.url.and_then(moment::packed_in_url)),
    }
}

/// The day of `meta`, by the surest name first.
fn from_meta(known: &Known<'_>) -> Option<Moment> {
    PUBLISHED_META.iter().find_map(|name| {
        let mut named = known.metas.iter().filter(|(key, _)| key == name);
        named.find_map(|(_, value)| parse(value, known.order))
    })
}

/// The day that the lines of a page give, or its less sure elements.
pub(super) fn shown(document: &Document, known: &Known<'_>, pieces: &[Piece]) -> Option<Moment> {
    let headline = pieces.iter().position(|piece| Some(piece.text.as_str()) == known.title).unwrap_or(0);
    let near = pieces.get(headline.saturating_sub(BEFORE)..).unwrap_or_default();
    let near = near.get(..BEFORE + BEHIND).unwrap_or(near);
    let own = |piece: &&Piece| !marks::is_apart(piece.above, known.home);
    let labelled =
        |pieces: &[Piece]| pieces.iter().filter(own).find_map(|piece| line(piece, known.order, Label::Published));
    let bare = |pieces: &[Piece]| pieces.iter().filter(own).find_map(|piece| line(piece, known.order, Label::None));
    let date = labelled(near).or_else(|| bare(near)).or_else(|| labelled(pieces));
    let of_day = |date| Moment { date, stamp: None };
    date.map(of_day).or_else(|| marked(document, known, Rank::Any)).or_else(|| {
        bare(pieces).or_else(|| pieces.iter().find_map(|piece| line(piece, known.order, Label::Changed))).map(of_day)
    })
}

/// A day that the web can have.
fn plausible(moment: &Moment) -> bool {
    // Machines that know no day write the first of 1970.
    moment.date.year() >= 1800 && moment.date.to_string() != "1970-01-01"
}

/// A day as `meta`, an attribute or an element writes it.
fn parse(text: &str, order: Order) -> Option<Moment> {
    let numeric = || written::days(text, order).first().map(|(_, date)| Moment { date: *date, stamp: None });
    moment::parse(text).or_else(numeric).filter(plausible)
}

/// What a line calls its date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Published,
    None,
    Changed,
}

/// The first date of a line that is a date and little else, if the line calls it so.
fn line(piece: &Piece, order: Order, wanted: Label) -> Option<jiff::civil::Date> {
    let text = &piece.text;
    if text.len() > LINE || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let days = written::days(text, order);
    let mut from = 0;
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    let spans: Vec<Span> = days.iter().map(|(span, _)| *span).collect();
    if words > WORDS + 3 || Beside::of(text, &spans).is_prose() {
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

/// How sure the mark of an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Microdata,
    Published,
    Time,
    /// The last of those that come before the page's lines.
    Inside,
    Any,
}

/// The day of the surest element that is marked at least as `worst`: the first of its rank.
fn marked(document: &Document, known: &Known<'_>, worst: Rank) -> Option<Moment> {
    let body = document.body()?;
    let mut best: Option<(Rank, Moment)> = None;
    let mut read = 0;
    for node in body.descendants_it() {
        let Some(rank) = rank(&node).filter(|rank| *rank <= worst && read < ELEMENTS) else { continue };
        if best.as_ref().is_some_and(|(found, _)| *found <= rank) {
            continue;
        }
        read += 1;
        let rank = if marks::stands_apart(&node, known.home) { Rank::Any } else { rank };
        if within_prose(&node) {
            continue;
        }
        if rank > worst || best.as_ref().is_some_and(|(found, _)| *found <= rank) {
            continue;
        }
        if let Some(moment) = stamp(&node, known.order) {
            best = Some((rank, moment));
            if rank == Rank::Microdata {
                break;
            }
        }
    }
    best.map(|(_, moment)| moment)
}

/// Whether an element is a few words of a paragraph: `<p>The bridge was opened on <time>1 May 1931</time>.</p>`.
fn within_prose(node: &NodeRef<'_>) -> bool {
    let own = node.text().len();
    let paragraph = node.ancestors_it(Some(INLINE)).find(|above| above.has_name("p") || above.has_name("li"));
    let Some(words) = paragraph.and_then(|paragraph| super::words_apart(&paragraph, NODES * 4)) else { return false };
    let words = dateline_core::text::folded(&words);
    let date = node.text();
    let date = dateline_core::text::folded(&date);
    let at = words.find(&date).filter(|_| !date.is_empty());
    let span = at.map(|at| Span::new(at, at + date.len()));
    own < words.len() && Beside::of(&words, span.as_slice()).is_prose()
}

/// What an element's attributes make of it.
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

/// The day of an element: of its attributes, else of its words.
fn stamp(node: &NodeRef<'_>, order: Order) -> Option<Moment> {
    let stated = DATE_ATTRIBUTES.iter().filter_map(|key| node.attr(key)).find_map(|value| parse(&value, order));
    stated.or_else(|| {
        let text = dateline_core::text::folded(&super::words_apart(node, NODES)?);
        let lower = text.to_lowercase();
        let changed = CHANGED_WORDS.iter().any(|word| lower.starts_with(word));
        if text.len() > LINE || changed { None } else { parse(&text, order) }
    })
}

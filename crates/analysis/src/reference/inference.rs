//! Infers a missing reference date from the dateline, dates in captions and in the lead, and named weekdays. Weekdays
//! in the news normally refer to the last few days. For example, if a picture was taken on a Saturday and something was
//! announced "on Sunday", the article is from that Sunday. If there is no such evidence, no date is inferred.

use super::Reference;
use crate::document::Document;
use crate::lexicon::lists;
use crate::time::{Undated, UnresolvedTimes};
use dateline_core::article::{BlockKind, DateSource};
use dateline_core::text::Span;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Number of opening paragraphs that count as the lead.
const LEAD: usize = 2;

/// Earliest year for which a date in the lead can be the date of the news. Older dates are treated as background.
const FIRST_YEAR: i16 = 1991;

/// Maximum distance from the last dated picture to the article, in days.
const MAX_DISTANCE: i64 = 6;

/// Maximum distance, in years, from the last year named in a story to the story itself, if the dateline gives no year.
const MAX_YEARS: i16 = 2;

/// Maximum distance, in years, from the last year named to the story if the story's weekdays contradict every year
/// within [`MAX_YEARS`].
const MAX_YEARS_LATER: i16 = 6;

/// Full date that appears in the article, so that the article cannot predate it.
struct DatedSpan {
    date: Date,
    span: Span,
}

/// Weekday named in the text. `ahead` is set if the sentence is about the future.
struct NamedWeekday {
    weekday: Weekday,
    ahead: bool,
    span: Span,
}

/// Infers the reference date from the article's own text.
pub(super) fn infer(document: &Document<'_>, times: &UnresolvedTimes<'_>) -> Option<Reference> {
    let times = times.undated();
    if let Some(reference) = from_stamp(document, &times) {
        return Some(reference);
    }
    let anchor = latest_date(document, &times);
    if let Some(reference) = from_dateline(document, &times, anchor.as_ref()) {
        return Some(reference);
    }
    let anchor = anchor?;
    let named = weekdays(document, &times);
    let date = nearest_date(anchor.date, &named)?;
    let mut evidence = vec![anchor.span];
    evidence
        .extend(named.iter().filter(|named| !named.ahead && named.weekday == date.weekday()).map(|named| named.span));
    evidence.truncate(3);
    Some(Reference { date, source: DateSource::Inferred, evidence })
}

/// Finds a date on its own line above or below the story, such as "March 15, 2024".
fn from_stamp(document: &Document<'_>, times: &[Undated]) -> Option<Reference> {
    /// Number of blocks to search for such a line at each end of the article.
    const MAX_EDGE_BLOCKS: usize = 3;
    let blocks = &document.article.blocks;
    let stamp = |time: &&Undated| {
        let Some(index) = document.article.block_at(time.span.start) else { return false };
        let edge = index < MAX_EDGE_BLOCKS || index + MAX_EDGE_BLOCKS >= blocks.len();
        edge && blocks.len() > 1
            && blocks.get(index).is_some_and(|block| {
                block.span.of(document.text).trim().trim_end_matches('.') == time.span.of(document.text)
            })
    };
    let mut stamps = times.iter().filter(|time| time.day.is_some()).filter(stamp);
    let time = stamps.next()?;
    // Several lines with different dates belong to a chronology.
    if stamps.any(|other| other.day != time.day) {
        return None;
    }
    Some(Reference { date: time.day?, source: DateSource::Inferred, evidence: vec![time.span] })
}

/// Returns the date in the dateline. A missing year is inferred from the latest date in the article.
fn from_dateline(document: &Document<'_>, times: &[Undated], anchor: Option<&DatedSpan>) -> Option<Reference> {
    let dateline = document.article.dateline.as_ref()?;
    let time = times.iter().find(|time| dateline.span.covers(time.span))?;
    if let Some(date) = time.day {
        return Some(Reference { date, source: DateSource::Dateline, evidence: vec![time.span] });
    }
    let (month, day) = time.month_day?;
    let bound = |time: &Undated| {
        let lead = document.tokens_in(time.span).start.checked_sub(1).map_or("", |lead| document.word(lead));
        lists::YEAR_LIMITS.contains_any_case(lead)
    };
    let (year, evidence) = anchor.map(|anchor| (anchor.date.year(), anchor.span)).or_else(|| {
        times
            .iter()
            .filter(|time| !time.ahead && !bound(time))
            .filter_map(|time| Some((time.year?, time.span)))
            .max_by_key(|(year, _)| *year)
    })?;
    let named = weekdays(document, times);
    // Pick the year in which the named weekdays are closest before the day.
    let years = |later: std::ops::RangeInclusive<i16>| {
        later.filter_map(|later| Date::new(year.checked_add(later)?, month, day).ok())
    };
    let date = if anchor.is_none() {
        let nearest = years(0..=MAX_YEARS).min_by_key(|date| distance(*date, &named))?;
        // If no past weekday falls on that day or the day before, the last year named is too old, so try later years.
        let fresh = |date: &Date| named.iter().any(|named| !named.ahead && distance_to(*date, named) <= 1);
        let later = if fresh(&nearest) { None } else { years(MAX_YEARS + 1..=MAX_YEARS_LATER).find(fresh) };
        later.unwrap_or(nearest)
    } else {
        Date::new(year, month, day).ok()?
    };
    // A dateline is at least as recent as the pictures in its story.
    let date = match anchor {
        Some(anchor) if date < anchor.date.checked_sub(30.days()).ok()? => {
            Date::new(year.checked_add(1)?, month, day).ok()?
        }
        _ => date,
    };
    Some(Reference { date, source: DateSource::Inferred, evidence: vec![time.span, evidence] })
}

/// Finds the latest full date in a caption, in the lead or next to its weekday. Dates in sentences about the future are
/// excluded.
fn latest_date(document: &Document<'_>, times: &[Undated]) -> Option<DatedSpan> {
    let counts = |time: &&Undated| {
        let Some(block) = document.article.block_at(time.span.start) else { return false };
        let kind = document.article.blocks.get(block).map(|block| block.kind);
        let fresh = || in_lead(document, block) && is_news(document, times, time);
        kind == Some(BlockKind::Caption) || (!time.ahead && (time.with_weekday || fresh()))
    };
    let anchors = times.iter().filter(counts).filter_map(|time| Some(DatedSpan { date: time.day?, span: time.span }));
    anchors.max_by_key(|anchor| anchor.date)
}

/// Returns whether a full date in the lead is the date of the news. Such a date is in the first sentence of its
/// paragraph, that sentence names no other day, and the year is recent enough for news. A story that dates its news by
/// weekday gives full dates only for background, as in "The war began on 24 February 2022" after "A truce was signed on
/// Monday".
fn is_news(document: &Document<'_>, times: &[Undated], time: &Undated) -> bool {
    let sentence = |span: Span| document.sentence_of(document.tokens_in(span).start);
    let Some(index) = sentence(time.span) else { return false };
    let block = |index: usize| document.sentences.get(index).map(|sentence| sentence.block);
    let first = index.checked_sub(1).is_none_or(|before| block(before) != block(index));
    // A block that contains only a date is a heading for the blocks below it.
    let worded = document
        .sentences
        .get(index)
        .is_some_and(|sentence| sentence.tokens.len() > document.tokens_in(time.span).len() + 1);
    let beside =
        |other: &Undated| other.day.is_none() && other.weekday.is_some() && sentence(other.span) == Some(index);
    first && worded && time.day.is_some_and(|day| day.year() >= FIRST_YEAR) && !times.iter().any(beside)
}

/// Returns whether a block belongs to the lead.
fn in_lead(document: &Document<'_>, block: usize) -> bool {
    let paragraphs = document.article.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Paragraph);
    paragraphs.map(|(index, _)| index).take(LEAD).any(|index| index == block)
}

/// Finds the weekdays that the story names without a date, except in captions.
fn weekdays(document: &Document<'_>, times: &[Undated]) -> Vec<NamedWeekday> {
    let in_story = |span: Span| {
        let block = document.article.block_at(span.start).and_then(|index| document.article.blocks.get(index));
        block.is_some_and(|block| block.kind != BlockKind::Caption)
    };
    let named = times.iter().filter(|time| in_story(time.span));
    named.filter_map(|time| Some(NamedWeekday { weekday: time.weekday?, ahead: time.ahead, span: time.span })).collect()
}

/// Finds the day that best fits the named weekdays, starting from the anchor. Past weekdays should fall on or before
/// that day, and future weekdays after it. If no weekday is named, returns the anchor.
fn nearest_date(anchor: Date, named: &[NamedWeekday]) -> Option<Date> {
    let days = (0..=MAX_DISTANCE).filter_map(|step| Some((step, anchor.checked_add(step.days()).ok()?)));
    days.min_by_key(|(step, date)| distance(*date, named) + 4 * step).map(|(_, date)| date)
}

/// Returns the total distance, in weighted days, between a day and the distinct named weekdays.
fn distance(date: Date, named: &[NamedWeekday]) -> i64 {
    let mut seen = Vec::new();
    let new = |named: &&NamedWeekday| {
        let new = !seen.contains(&(named.weekday, named.ahead));
        seen.push((named.weekday, named.ahead));
        new
    };
    // Future weekdays may be further away than past ones.
    let far = |named: &NamedWeekday| {
        if named.ahead { i64::from(date.weekday().until(named.weekday)) } else { 4 * distance_to(date, named) }
    };
    named.iter().filter(new).map(far).sum()
}

/// Returns the number of days from the named weekday to `date`, counted backwards.
fn distance_to(date: Date, named: &NamedWeekday) -> i64 {
    i64::from(named.weekday.until(date.weekday()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use crate::testing::RESOURCES;
    use dateline_core::article::{Article, Block, Dateline};

    fn caption(article: &mut Article) {
        if let Some(block) = article.blocks.first_mut() {
            *block = Block::new(BlockKind::Caption, block.span);
        }
    }

    fn inferred(article: &Article) -> Option<(String, DateSource)> {
        let document = Document::new(article, &RESOURCES);
        super::super::find(&document, &Options::default(), &UnresolvedTimes::new(&document))
            .map(|found| (found.date.to_string(), found.source))
    }

    #[test]
    fn the_weekday_after_the_picture_gives_the_date() {
        let mut article = Article::verbatim(
            "",
            "Smoke rises over the port of Ostrel, May 11, 2024.\n\nThe fire broke out on Friday.\n\nThe mayor announced on \
             Sunday that the port was closed. A hearing will be held on Thursday.",
        );
        caption(&mut article);
        assert_eq!(inferred(&article), Some(("2024-05-12".into(), DateSource::Inferred)));
    }

    #[test]
    fn a_dateline_without_year_takes_it_from_elsewhere() {
        let mut article = Article::verbatim("", "OSTREL, May 3 (Agency) — The port closed. It had opened in 2019.");
        article.dateline =
            Some(Dateline { place: Some("OSTREL".into()), date: Some("May 3".into()), span: Span::new(0, 25) });
        assert_eq!(inferred(&article), Some(("2019-05-03".into(), DateSource::Inferred)));
    }

    #[test]
    fn a_dateline_without_year_falls_on_the_weekday_named() {
        let mut article = Article::verbatim(
            "",
            "OSTREL, Aug 14 (Agency) — The port closed on Wednesday. It had opened in August 2023 and has ruled out a sale \
             before 2027.",
        );
        article.dateline =
            Some(Dateline { place: Some("OSTREL".into()), date: Some("Aug 14".into()), span: Span::new(0, 26) });
        assert_eq!(inferred(&article), Some(("2024-08-14".into(), DateSource::Inferred)));
    }

    #[test]
    fn a_weekday_that_none_of_the_next_years_has_asks_for_a_later_one() {
        let text = "OSTREL, June 9 (Agency) — The party lost on Sunday. Its leader came to parliament only in 2021.";
        let mut article = Article::verbatim("", text);
        article.dateline =
            Some(Dateline { place: Some("OSTREL".into()), date: Some("June 9".into()), span: Span::new(0, 26) });
        assert_eq!(inferred(&article), Some(("2024-06-09".into(), DateSource::Inferred)));
    }

    #[test]
    fn a_date_on_a_line_of_its_own_is_that_of_the_article() {
        let article =
            Article::verbatim("", "The port closed on Sunday.\n\nIt opened on May 3, 1994.\n\nMarch 15, 2024");
        assert_eq!(inferred(&article), Some(("2024-03-15".into(), DateSource::Inferred)));
    }

    #[test]
    fn dates_of_history_are_not_the_day_of_the_news() {
        for text in [
            "A truce was signed on Monday. The war began on 24 February 2022.\n\nTalks go on under the treaty of 4 April 1949.",
            "The war that began on 24 February 2022 ended on Monday.",
            "On 4 June 1989, troops entered the square. Nobody knows how many died.",
            "He was the town's first mayor. He was born on 3 May 2001.",
            "5 May 2011\n\nPell is elected mayor.\n\n6 May 2012\n\nThe ferry terminal opens.",
        ] {
            assert_eq!(inferred(&Article::verbatim("", text)), None, "{text}");
        }
        let news = Article::verbatim("", "Troops entered the town on 24 September 2023. The mayor fled.");
        assert_eq!(inferred(&news), Some(("2023-09-24".into(), DateSource::Inferred)));
    }

    #[test]
    fn weekdays_without_a_date_give_no_date() {
        assert_eq!(inferred(&Article::verbatim("", "The port closed on Sunday. It opened in 1994.")), None);
    }
}

//! Parses datelines of agency reports, which state the place and date of filing: `GENEVA, May 3 (Agency) —`.

use crate::lexicon::PLACE_PARTICLES;
use crate::metadata::calendar_names::WEEKDAYS;
use crate::metadata::timestamp_line;
use dateline_core::article::{Article, BlockKind, DateSource, Dateline, Published};
use dateline_core::text::{Span, folded};
use jiff::civil::Date;

/// Number of paragraphs to search for a dateline, from the beginning of the story.
const DATELINE_REACH: usize = 3;
/// Maximum length of a dateline before its dash, in bytes.
const MAX_LENGTH: usize = 100;

/// Parts of a dateline. Spans are relative to the start of the paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ParsedDateline {
    /// Span of the whole dateline, including the dash.
    pub span: Span,
    /// Span of the place.
    pub place: Option<Span>,
    /// Span of the date, with or without a year.
    pub date: Option<Span>,
    /// Span of the agency, without its brackets.
    pub agency: Option<Span>,
    /// Parsed date. `None` if the dateline has no date or no year.
    pub day: Option<Date>,
}

/// Parses the dateline at the beginning of a paragraph, if there is one.
#[must_use]
pub(crate) fn read(paragraph: &str) -> Option<ParsedDateline> {
    let (head_end, end) = dash(paragraph)?;
    let head = Span::new(0, head_end).trimmed(paragraph);
    let (head, agency) = match bracket(paragraph, head) {
        Some((before, agency)) => (before, Some(agency)),
        None => (head, None),
    };
    let span = Span::new(0, end);
    if head.is_empty() {
        let known = agency.is_some_and(|agency| agency.of(paragraph).split(' ').count() <= 4);
        return known.then_some(ParsedDateline { span, place: None, date: None, agency, day: None });
    }
    let (place, date) = place_and_date(paragraph, head);
    let place_words = place.of(paragraph);
    if !is_place(place_words, date.is_some() || agency.is_some()) {
        return None;
    }
    let day = date.and_then(|date| timestamp_line::dates(date.of(paragraph)).first().map(|found| found.date));
    Some(ParsedDateline { span, place: (!place.is_empty()).then_some(place), date, agency, day })
}

/// Sets the dateline of a story. Its date becomes the publication date if there is no other. `year` is used if the date
/// has no year.
pub(crate) fn set(article: &mut Article, year: Option<u32>) {
    let paragraphs = article.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).take(DATELINE_REACH);
    let found = paragraphs.map(|block| block.span).find_map(|span| Some((span.start, read(span.of(&article.text))?)));
    let Some((start, opening)) = found else { return };
    let paragraph = article.text.get(start..).unwrap_or_default();
    let words = |span: Option<Span>| span.map(|span| folded(span.of(paragraph)));
    let shifted = |span: Span| Span::new(start + span.start, start + span.end);
    let dateline = Dateline { place: words(opening.place), date: words(opening.date), span: shifted(opening.span) };
    let by_year = |date: &String| -> Option<Date> { timestamp_line::in_year(date, year?) };
    let day = opening.day.or_else(|| dateline.date.as_ref().and_then(by_year));
    if let Some(date) = day.filter(|_| article.published.is_none()) {
        article.published =
            Some(Published { date, moment: None, source: DateSource::Dateline, evidence: opening.date.map(shifted) });
    }
    article.dateline = Some(dateline);
}

/// Returns the byte offset of the first dash, and the offset after the dash and its white space.
fn dash(paragraph: &str) -> Option<(usize, usize)> {
    let mut limit = paragraph.len().min(MAX_LENGTH + 8);
    while !paragraph.is_char_boundary(limit) {
        limit -= 1;
    }
    let head = &paragraph[..limit];
    ["—", "–", "--", "-", "―"]
        .iter()
        .filter_map(|sign| {
            // A hyphen or en dash must have spaces around it or a bracket before it.
            head.match_indices(sign).find_map(|(at, sign)| {
                let after = &paragraph[at + sign.len()..];
                let spaced = head[..at].ends_with(' ') && after.starts_with(' ');
                let closed = head[..at].ends_with(')') && after.starts_with([' ', '“', '"']);
                let tight = matches!(sign, "—" | "--" | "―") && !after.starts_with('-');
                let end = at + sign.len() + (after.len() - after.trim_start_matches([' ', '-', '\u{a0}']).len());
                (spaced || closed || tight).then_some((at, end))
            })
        })
        .min()
        .filter(|(at, end)| *at > 0 && *end < paragraph.len())
}

/// Finds the agency at the end of a dateline. It is in brackets or, in press releases, between slashes
/// (`/LPNewswire/`). Returns the text before the agency, and the agency.
fn bracket(text: &str, head: Span) -> Option<(Span, Span)> {
    let words = head.of(text);
    let (inside, open) = if let Some(inside) = words.strip_suffix(')') {
        (inside, inside.rfind('(')?)
    } else {
        let inside = words.strip_suffix('/')?;
        (inside, inside.rfind(" /")? + 1)
    };
    let agency = Span::new(head.start + open + 1, head.start + inside.len()).trimmed(text);
    Some((Span::new(head.start, head.start + open).trimmed(text), agency))
}

/// Splits "GENEVA, May 3" into place and date.
fn place_and_date(text: &str, head: Span) -> (Span, Option<Span>) {
    let words = head.of(text);
    for (at, _) in words.match_indices([',', '|']).rev().chain([(0, "")]) {
        let tail = Span::new(head.start + at + usize::from(at > 0), head.end).trimmed(text);
        let tail_words = tail.of(text);
        let dated = timestamp_line::month_and_day(tail_words).is_some() && tail_words.split_whitespace().count() <= 5;
        let starts_with_date = tail_words.starts_with(|letter: char| letter.is_ascii_digit())
            || timestamp_line::month_and_day(tail_words).is_some() && !at_place(tail_words);
        // A weekday counts as a date, as in "EASTMOUTH, Tuesday".
        let weekday = at > 0 && WEEKDAYS.contains(&tail_words.to_ascii_lowercase().as_str());
        if dated && starts_with_date || weekday {
            return (Span::new(head.start, head.start + at).trimmed(text), Some(tail));
        }
    }
    // In "GENEVA May 3", the date follows the capitals without a comma.
    for (at, _) in words.match_indices(' ') {
        let tail = Span::new(head.start + at + 1, head.end);
        if words[..at].chars().filter(|letter| letter.is_alphabetic()).all(char::is_uppercase)
            && timestamp_line::month_and_day(tail.of(text)).is_some()
            && !at_place(tail.of(text))
        {
            return (Span::new(head.start, head.start + at).trimmed(text), Some(tail));
        }
    }
    (head, None)
}

/// Returns whether the first word of a text may be a place, because it is not a month, number or weekday.
fn at_place(words: &str) -> bool {
    let first = words.split([' ', '.', ',']).next().unwrap_or_default();
    timestamp_line::month_and_day(&format!("{first} 1")).is_none()
        && !first.starts_with(|letter: char| letter.is_ascii_digit())
        && !first.to_ascii_lowercase().ends_with("day")
}

/// Returns whether a text may be the place of a dateline. A place that is not in capitals must be supported by a date
/// or agency.
fn is_place(words: &str, supported: bool) -> bool {
    if words.is_empty() {
        // "(Reuters) — The quay closed." names an agency, but no place.
        return supported;
    }
    if words.len() > 60 || words.contains(['.', '!', '?', '"', '“', ':']) && !abbreviated(words) {
        return false;
    }
    let first = words.split([',', '/']).next().unwrap_or_default();
    let letters = || first.chars().filter(|letter| letter.is_alphabetic());
    let capitals = letters().count() >= 3 && letters().all(char::is_uppercase);
    let named = words
        .split_whitespace()
        .all(|word| word.starts_with(|letter: char| letter.is_uppercase()) || PLACE_PARTICLES.contains(word));
    capitals && (named || first.len() < words.len()) || supported && named && words.split_whitespace().count() <= 5
}

/// Returns whether every full stop in a text belongs to an abbreviated state: "Calif.", "N.Y.".
fn abbreviated(words: &str) -> bool {
    !words.contains(['!', '?', '"', '“', ':'])
        && words.split(". ").all(|part| part.rsplit([' ', ',']).next().is_some_and(|last| last.len() <= 6))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(paragraph: &str) -> Option<(&str, &str, &str)> {
        let opening = read(paragraph)?;
        let words = |span: Option<Span>| span.map_or("", |span| span.of(paragraph));
        Some((words(opening.place), words(opening.date), words(opening.agency)))
    }

    #[test]
    fn agency_openings() {
        assert_eq!(parts("EASTMOUTH, Sept 24 (Agency) — The quay closed."), Some(("EASTMOUTH", "Sept 24", "Agency")));
        assert_eq!(
            parts("EASTMOUTH, Sept. 24, 2023 (AP) -- The quay closed."),
            Some(("EASTMOUTH", "Sept. 24, 2023", "AP"))
        );
        assert_eq!(parts("EASTMOUTH — The quay closed."), Some(("EASTMOUTH", "", "")));
        assert_eq!(parts("EASTMOUTH, Calif. (AP) — The quay closed."), Some(("EASTMOUTH, Calif.", "", "AP")));
        assert_eq!(
            parts("EASTMOUTH, Northland (EchoNews) - The quay closed."),
            Some(("EASTMOUTH, Northland", "", "EchoNews"))
        );
        assert_eq!(parts("EASTMOUTH, Tuesday - The quay closed."), Some(("EASTMOUTH", "Tuesday", "")));
        assert_eq!(
            parts("NEW YORK, March 4, 2026 /LPNewswire/ -- The quay closed."),
            Some(("NEW YORK", "March 4, 2026", "LPNewswire"))
        );
        assert_eq!(parts("(Reuters) — The quay closed."), Some(("", "", "Reuters")));
        assert_eq!(parts("EASTMOUTH (Reuters) - The quay closed."), Some(("EASTMOUTH", "", "Reuters")));
        assert_eq!(
            parts("Eastmouth, 24 September 2023 – The quay closed."),
            Some(("Eastmouth", "24 September 2023", ""))
        );
    }

    #[test]
    fn the_day_needs_a_year() {
        assert_eq!(
            read("EASTMOUTH, Sept. 24, 2023 (AP) -- The quay closed.").unwrap().day.unwrap().to_string(),
            "2023-09-24"
        );
        assert_eq!(read("EASTMOUTH, Sept 24 (AP) -- The quay closed.").unwrap().day, None);
    }

    #[test]
    fn dashes_in_sentences_open_no_dateline() {
        assert_eq!(read("The quay — the last one — closed."), None);
        assert_eq!(read("Anna Berg – the mayor – left."), None);
        assert_eq!(read("Well-known boats came."), None);
        assert_eq!(read("In May 3 boats — all old — sank."), None);
    }
}

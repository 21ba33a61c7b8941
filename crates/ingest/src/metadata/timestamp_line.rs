//! Parses lines with a publication date: "Published: 3 May 2024", "Sunday, 24 September 2023 5:08 PM [ Last Update: …
//! ]", "Jane Doe | Nov. 18, 2019 at 2:26 PM HST".

mod prose;

use crate::lexicon::{ORDINAL_ENDINGS, OTHER_DAYS, UPDATE_LABELS, WordList};
use crate::metadata::calendar_names::{MONTHS, WEEKDAYS, zone_in_prose};
use crate::metadata::datetime::written::named_days;
use dateline_core::text::Span;
use jiff::civil::Date;

pub(crate) use prose::Surroundings;

/// Maximum length of a timestamp line, in bytes.
const MAX_LENGTH: usize = 200;

/// Maximum number of words besides the date in a timestamp line that is not in English.
const FOREIGN: usize = 4;

/// Date found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FoundDate {
    /// Span of the date in the text, with the time of day if one follows.
    pub span: Span,
    /// Day that the text states.
    pub date: Date,
    /// RFC 3339 timestamp. `None` unless a time of day and a time zone follow the date.
    pub moment: Option<String>,
}

/// Line that consists of a date and few other words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TimestampLine {
    /// Publication date given in the line.
    pub published: FoundDate,
    /// Date of the last change that the line states with a label such as "Updated". Not earlier than `published`, and
    /// equal to it if the line has no other date.
    pub modified: Option<FoundDate>,
    /// Words other than dates and labels, such as one or two names. Empty for a bare date.
    pub rest: String,
    /// Whether a label such as "Published" or "Updated" marks the date as the date of the story.
    pub claimed: bool,
}

/// Sequence of letters or of digits.
#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    span: Span,
    words: &'a str,
    number: Option<u32>,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut before = Kind::Other;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let kind = if letter.is_ascii_digit() {
            Kind::Digit
        } else if letter.is_alphabetic() {
            Kind::Letter
        } else {
            Kind::Other
        };
        if kind != before {
            if before != Kind::Other {
                // Dates repeated for screen readers have no space between them: "3 May 20243 May 2024".
                let month_follows = text[at..].trim_start().starts_with(char::is_alphabetic);
                let doubled = before == Kind::Digit && matches!(at - start, 5 | 6) && month_follows;
                let cut = if doubled { start + 4 } else { at };
                for (from, to) in [(start, cut), (cut, at)].into_iter().filter(|(from, to)| from < to) {
                    let words = &text[from..to];
                    let number = words.parse().ok().filter(|_| words.len() <= 4);
                    out.push(Token { span: Span::new(from, to), words, number });
                }
            }
            start = at;
            before = kind;
        }
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digit,
    Letter,
    Other,
}

/// Returns the number of the month, from 1, for its name or abbreviation.
fn month(word: &str) -> Option<u32> {
    if word.len() < 3 || !word.is_ascii() {
        return None;
    }
    let at = MONTHS.iter().position(|name| {
        let head = word.as_bytes();
        name.len() >= head.len() && name.as_bytes()[..head.len()].eq_ignore_ascii_case(head)
    })?;
    (word.len() == 3 || word.len() == MONTHS[at].len() || word.eq_ignore_ascii_case("sept")).then_some(at as u32 + 1)
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    if !(1800..=2199).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Returns the complete dates in a text, with day, month and year, in order.
#[must_use]
pub(crate) fn dates(text: &str) -> Vec<FoundDate> {
    let tokens = tokens(text);
    let mut out: Vec<FoundDate> = Vec::new();
    let mut next = 0;
    for at in 0..tokens.len() {
        if at < next {
            continue;
        }
        let Some((first, last, date)) = worded(&tokens, at).or_else(|| numeric(text, &tokens, at)) else { continue };
        let (Some(first_token), Some(last_token)) = (tokens.get(first), tokens.get(last)) else { continue };
        let moment = moment(text, &tokens, last + 1, date);
        let end = moment.as_ref().map_or(last_token.span.end, |(end, _)| *end);
        next = last + 1;
        out.push(FoundDate {
            span: Span::new(first_token.span.start, end),
            date,
            moment: moment.and_then(|(_, moment)| moment),
        });
    }
    out
}

/// Returns the complete dates in a text that is not in English: "12. März 2024", "12 de marzo de 2024".
fn foreign_dates(line: &str) -> Vec<FoundDate> {
    named_days(line).into_iter().map(|(span, date)| FoundDate { span, date, moment: None }).collect()
}

/// Parses a date whose month name is the token at `at`: "3rd of May 2024", "May 3, 2024".
fn worded(tokens: &[Token<'_>], at: usize) -> Option<(usize, usize, Date)> {
    let number = |index: Option<usize>| tokens.get(index?)?.number;
    let ordinal = |index: usize| tokens.get(index).is_some_and(|token| ORDINAL_ENDINGS.contains_any_case(token.words));
    let month = month(tokens.get(at)?.words)?;
    let after = number(Some(at + 1));
    let year_at = if ordinal(at + 2) { at + 3 } else { at + 2 };
    if let (Some(day @ 1..=31), Some(year)) = (after, number(Some(year_at)))
        && let Some(date) = date(year, month, day)
    {
        return Some((at, year_at, date));
    }
    let mut before = at.checked_sub(1)?;
    if tokens[before].words.eq_ignore_ascii_case("of") {
        before = before.checked_sub(1)?;
    }
    if ordinal(before) {
        before = before.checked_sub(1)?;
    }
    let date = date(after?, month, number(Some(before))?)?;
    Some((before, at + 1, date))
}

/// Parses a date of three numbers with identical separators. Returns `None` if it is ambiguous.
fn numeric(text: &str, tokens: &[Token<'_>], at: usize) -> Option<(usize, usize, Date)> {
    let [first, second, third] = [tokens.get(at)?, tokens.get(at + 1)?, tokens.get(at + 2)?];
    let sign = text.get(first.span.end..second.span.start)?;
    if !matches!(sign, "-" | "/" | ".") || text.get(second.span.end..third.span.start)? != sign {
        return None;
    }
    let [a, b, c] = [first.number?, second.number?, third.number?];
    let found = match (first.words.len(), third.words.len()) {
        (4, 1..=2) => date(a, b, c),
        (1..=2, 4) if a > 12 || a == b || (sign == "." && b <= 12) => date(c, b, a),
        (1..=2, 4) if b > 12 => date(c, a, b),
        _ => None,
    };
    Some((at, at + 2, found?))
}

/// Parses the time of day from the token at `at`. Returns the offset of its end, and the timestamp if a time zone
/// follows.
fn moment(text: &str, tokens: &[Token<'_>], at: usize, date: Date) -> Option<(usize, Option<String>)> {
    let before = tokens.get(at.checked_sub(1)?)?.span.end;
    let mut at = at;
    if tokens.get(at).is_some_and(|token| ["t", "at"].iter().any(|word| token.words.eq_ignore_ascii_case(word))) {
        at += 1;
    }
    let hour_token = tokens.get(at)?;
    if hour_token.span.start > before + 6 || hour_token.words.len() > 2 {
        return None;
    }
    let mut hour = hour_token.number.filter(|hour| *hour < 24)?;
    let sign = |left: &Token<'_>, right: &Token<'_>| {
        text.get(left.span.end..right.span.start).is_some_and(|sign| sign == ":" || sign == ".")
    };
    let mut last = at;
    let mut minute = 0;
    let mut second = 0;
    if let Some(token) = tokens.get(at + 1).filter(|token| token.words.len() == 2 && sign(hour_token, token)) {
        minute = token.number.filter(|minute| *minute < 60)?;
        last = at + 1;
        if let Some(seconds) = tokens.get(at + 2).filter(|seconds| seconds.words.len() == 2 && sign(token, seconds)) {
            second = seconds.number.filter(|second| *second < 60)?;
            last = at + 2;
        }
    }
    let mut half = tokens.get(last + 1).map(|token| token.words.to_ascii_lowercase()).unwrap_or_default();
    let mut half_end = last + 1;
    if (half == "a" || half == "p") && tokens.get(last + 2).is_some_and(|token| token.words.eq_ignore_ascii_case("m")) {
        half.push('m');
        half_end = last + 2;
    }
    if half == "am" || half == "pm" {
        hour = hour % 12 + if half == "pm" { 12 } else { 0 };
        last = half_end;
    } else if last == at {
        return None;
    }
    let end = tokens.get(last)?.span.end;
    let stamp = |zone: &str| format!("{date}T{hour:02}:{minute:02}:{second:02}{zone}");
    let Some(zone) = tokens.get(last + 1).filter(|zone| zone.span.start <= end + 2) else { return Some((end, None)) };
    if let Some(offset) = offset(text, end, zone, tokens.get(last + 2)) {
        return Some((offset.0, Some(stamp(&offset.1))));
    }
    let lower = zone.words.to_ascii_lowercase();
    Some(match zone_in_prose(&lower) {
        Some(offset) => (zone.span.end, Some(stamp(offset))),
        None => (end, None),
    })
}

/// Parses a UTC offset such as "+01:00" after a time of day. Returns the byte offset of its end, and the UTC offset.
fn offset(text: &str, end: usize, hours: &Token<'_>, minutes: Option<&Token<'_>>) -> Option<(usize, String)> {
    let sign = text.get(end..hours.span.start)?.trim();
    if sign != "+" && sign != "-" {
        return None;
    }
    if hours.words.len() == 4 {
        return Some((hours.span.end, format!("{sign}{}:{}", hours.words.get(..2)?, hours.words.get(2..)?)));
    }
    let minutes = minutes.filter(|minutes| hours.words.len() == 2 && minutes.words.len() == 2)?;
    minutes.number.filter(|number| *number < 60)?;
    Some((minutes.span.end, format!("{sign}{}:{}", hours.words, minutes.words)))
}

/// Parses the stamp at the end of a wire story, month first: "02-20-26 1642EST".
#[must_use]
pub(crate) fn wire_stamp(line: &str) -> Option<FoundDate> {
    let tokens = tokens(line.trim_end());
    let [month, day, year, clock, zone] = tokens.as_slice() else { return None };
    let two = |token: &Token<'_>| token.number.filter(|_| token.words.len() == 2);
    let dashed = line.get(month.span.end..day.span.start)? == "-" && line.get(day.span.end..year.span.start)? == "-";
    let clock_number =
        clock.number.filter(|number| clock.words.len() == 4 && number / 100 < 24 && number % 100 < 60)?;
    let year = two(year).map(|year| if year < 70 { 2000 + year } else { 1900 + year })?;
    let found = date(year, two(month)?, two(day)?).filter(|_| dashed)?;
    let lower = zone.words.to_ascii_lowercase();
    let offset = zone_in_prose(&lower)?;
    let moment = format!("{found}T{:02}:{:02}:00{offset}", clock_number / 100, clock_number % 100);
    Some(FoundDate { span: Span::new(month.span.start, zone.span.end), date: found, moment: Some(moment) })
}

/// Parses a month and day without a year: "Sept 24", "24 September".
#[must_use]
pub(crate) fn month_and_day(text: &str) -> Option<(u32, u32)> {
    let tokens = tokens(text);
    let at = tokens.iter().position(|token| month(token.words).is_some())?;
    let number = |index: Option<usize>| tokens.get(index?)?.number.filter(|day| (1..=31).contains(day));
    let day = number(Some(at + 1)).or_else(|| number(at.checked_sub(1)))?;
    Some((month(tokens[at].words)?, day))
}

/// Parses a month and day, and returns their date in `year`.
#[must_use]
pub(crate) fn in_year(text: &str, year: u32) -> Option<Date> {
    let (month, day) = month_and_day(text)?;
    date(year, month, day)
}

/// Parses a timestamp line. Returns `None` for other lines, such as a sentence that contains a date.
#[must_use]
pub(crate) fn read(line: &str) -> Option<TimestampLine> {
    // Every date contains a digit, and most lines of a story contain none.
    if line.len() > MAX_LENGTH || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let english = dates(line);
    let foreign = english.is_empty();
    let found = if foreign { foreign_dates(line) } else { english };
    let (published, modified) = classified(line, &found)?;
    let spans: Vec<Span> = found.iter().map(|one| one.span).collect();
    let beside = Surroundings::of(line, &spans);
    let mut rest = String::new();
    for piece in line.split_inclusive(|letter: char| letter.is_whitespace() || "|[](),;/".contains(letter)) {
        let at = piece.as_ptr() as usize - line.as_ptr() as usize;
        let word = piece.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '@');
        let dated = found.iter().any(|one| one.span.overlaps(Span::new(at, at + piece.trim_end().len())));
        if dated || word.is_empty() || is_label(word) {
            if !rest.is_empty() && !rest.ends_with('|') {
                rest.push('|');
            }
            continue;
        }
        if !rest.is_empty() && !rest.ends_with('|') {
            rest.push(' ');
        }
        rest.push_str(piece.trim());
    }
    let rest = rest.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '.').to_owned();
    let words = rest.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).count();
    let lower = rest.split(' ').filter(|word| word.starts_with(char::is_lowercase)).count();
    let plain = words <= 12 && lower <= 2 && !rest.contains(". ") && !beside.is_prose();
    // Prose is recognised only in English. In other languages, require few other words and no punctuation at the end.
    let bare = rest.is_empty() || words <= FOREIGN && !line.trim_end().ends_with(['.', '!', '?', ':', ',']);
    (plain && (!foreign || bare)).then_some(TimestampLine { published, modified, rest, claimed: beside.claimed })
}

/// Divides the dates of a line into the publication date and the date of the last change, according to the label before
/// each. If all dates are labelled as changes, the first is also the publication date.
fn classified(line: &str, found: &[FoundDate]) -> Option<(FoundDate, Option<FoundDate>)> {
    let labelled = |index: &usize, labels: &WordList| {
        let from = index.checked_sub(1).and_then(|before| found.get(before)).map_or(0, |before| before.span.end);
        let end = found.get(*index).map_or(from, |one| one.span.start);
        let label = line.get(from..end).unwrap_or_default().to_ascii_lowercase();
        labels.iter().any(|word| label.contains(word))
    };
    let first = (0..found.len()).find(|index| !labelled(index, &OTHER_DAYS)).unwrap_or(0);
    let published = found.get(first)?.clone();
    let changes = (0..found.len()).filter(|index| labelled(index, &UPDATE_LABELS)).filter_map(|index| found.get(index));
    let modified = changes.max_by_key(|one| one.date).filter(|one| one.date >= published.date).cloned();
    Some((published, modified))
}

/// Returns whether a word only introduces or completes a date.
fn is_label(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let bare = lower.trim_end_matches('.');
    prose::is_label(bare)
        || zone_in_prose(bare).is_some()
        || WEEKDAYS.iter().any(|day| *day == bare || (bare.len() >= 3 && bare.len() <= 5 && day.starts_with(bare)))
        || is_clock(bare)
}

/// Returns whether a word is a time of day: "5:08", "17:08", "5:08pm".
#[must_use]
pub(crate) fn is_clock(word: &str) -> bool {
    let word = word.trim_end_matches("am").trim_end_matches("pm");
    word.split_once([':', '.']).is_some_and(|(hour, minute)| {
        (1..=2).contains(&hour.len())
            && hour.bytes().all(|digit| digit.is_ascii_digit())
            && minute.len() >= 2
            && minute.bytes().all(|digit| digit.is_ascii_digit() || digit == b':')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(line: &str) -> String {
        read(line).map(|line| line.published.date.to_string()).unwrap_or_default()
    }

    #[test]
    fn dates_of_many_shapes() {
        for line in [
            "Published: 3 May 2024",
            "May 3, 2024",
            "Friday, 3rd of May 2024 5:08 PM  [ Last Update: Saturday, 4 May 2024 6:11 AM ]",
            "Updated May 4, 2024 8:21 am ET / Original May 3, 2024 8:02 am ET",
            "2024-05-03T22:05:36Z",
            "03.05.2024",
            "05/13/2024 | 4:10pm",
            "3 MAY 2024",
            "Last updated on Fri 3 May 2024 17.40 BST",
        ] {
            let wanted = if line.starts_with("05/13") { "2024-05-13" } else { "2024-05-03" };
            assert_eq!(day(line), wanted, "{line}");
        }
    }

    #[test]
    fn a_label_marks_the_date_of_the_last_change() {
        let changed = |line| read(line).and_then(|line| line.modified).map(|found| found.date.to_string());
        for line in [
            "3 May 2024 | Updated: 4 May 2024, 08:12",
            "Updated May 4, 2024 8:21 am ET / Original May 3, 2024 8:02 am ET",
            "Published 3 May 2024, revised 4 May 2024",
        ] {
            assert_eq!(changed(line).as_deref(), Some("2024-05-04"), "{line}");
        }
        assert_eq!(changed("Published 3 May 2024, expires 4 June 2024"), None);
        assert_eq!(changed("3 May 2024"), None);
    }

    #[test]
    fn dates_of_other_languages() {
        for line in
            ["12. März 2024", "12 de marzo de 2024", "le 12 mars 2024", "12 marca 2024", "Ana Ruiz | 12 mars 2024"]
        {
            assert_eq!(day(line), "2024-03-12", "{line}");
        }
        for line in [
            "Am 12. März 2024 starb Dora Odell.",
            "Nacida el 12 de marzo de 2024 en Lomoro,",
            "12 Mühlen und 2024 Säcke",
        ] {
            assert_eq!(day(line), "", "{line}");
        }
    }

    #[test]
    fn a_zone_makes_a_moment() {
        let moment = |line| read(line).unwrap().published.moment;
        assert_eq!(moment("May 3, 2024 at 2:26 PM HST").as_deref(), Some("2024-05-03T14:26:00-10:00"));
        assert_eq!(moment("2024-05-03T22:05:36+02:00").as_deref(), Some("2024-05-03T22:05:36+02:00"));
        assert_eq!(moment("May 3, 2024 2:26 PM"), None);
    }

    #[test]
    fn a_wire_stamp_is_a_moment() {
        let stamp = wire_stamp("02-20-26 1642EST").unwrap();
        assert_eq!(stamp.moment.as_deref(), Some("2026-02-20T16:42:00-05:00"));
        assert_eq!(wire_stamp("02-20-26 1642"), None);
    }

    #[test]
    fn names_beside_the_date_are_handed_on() {
        assert_eq!(read("Jane Doe - May 3, 2024, 10:31 pm CST").unwrap().rest, "Jane Doe");
        assert_eq!(
            read("By Echo Staff | May 3, 2024 at 2:26 PM HST - Updated May 3 at 4:46 PM")
                .unwrap()
                .rest
                .split('|')
                .next(),
            Some("By Echo Staff")
        );
        assert_eq!(read("May 3, 2024").unwrap().rest, "");
    }

    #[test]
    fn sentences_and_two_way_dates_are_no_date_lines() {
        assert_eq!(read("The quay was closed on May 3, 2024, after a storm had broken its wall."), None);
        assert_eq!(read("05/03/2024"), None);
        assert_eq!(read("Room 2024, floor 3"), None);
    }

    #[test]
    fn a_day_without_year() {
        assert_eq!(in_year("Sept 24", 2023).unwrap().to_string(), "2023-09-24");
        assert_eq!(in_year("24 September", 2023).unwrap().to_string(), "2023-09-24");
        assert_eq!(in_year("Marching 4", 2023), None);
    }
}

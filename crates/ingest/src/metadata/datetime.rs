//! Parses dates and times in the forms used by pages, feeds and emails: ISO 8601, RFC 822 and 2822
//! including common deviations, and the usual forms of written English. Unrecognised text never yields a date.

mod clock;
pub(crate) mod written;

use crate::metadata::calendar_names::MONTHS;
use jiff::civil::Date;

/// Date, with a timestamp if the source states one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DateTime {
    /// Date in the time zone of the source.
    pub date: Date,
    /// RFC 3339 timestamp. `None` unless the source states a time and a UTC offset.
    pub stamp: Option<String>,
}

/// Parses the first date in `text`, with its time if stated.
#[must_use]
pub(crate) fn parse(text: &str) -> Option<DateTime> {
    let text = text.trim();
    let found = iso(text).or_else(|| written(text).map(|date| DateTime { date, stamp: None }))?;
    if found.stamp.is_some() {
        return Some(found);
    }
    Some(DateTime { stamp: clock::stamp(text, found.date), ..found })
}

/// Parses the first date in `text`, either in a format that [`parse`] knows or in any listed language. `order` is the
/// order of day and month in numeric dates.
#[must_use]
pub(crate) fn parse_any(text: &str, order: written::Order) -> Option<DateTime> {
    let in_language = || written::days(text, order).first().map(|(_, date)| *date);
    let dated = |date| DateTime { stamp: clock::stamp(text, date), date };
    parse(text).or_else(|| counted(text.trim()).or_else(in_language).map(dated))
}

/// Parses an ISO 8601 date by day of the year (`2024-124`) or by week (`2024-W18-5`).
fn counted(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let first = date(year, "1", "1").filter(|_| year.len() == 4)?;
    if let Some(week) = rest.strip_prefix('W') {
        let (week, weekday) = week.get(..4)?.split_once('-')?;
        let weekday = jiff::civil::Weekday::from_monday_one_offset(weekday.parse().ok()?).ok()?;
        return jiff::civil::ISOWeekDate::new(first.year(), week.parse().ok()?, weekday).ok().map(Date::from);
    }
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let number: i16 = digits.parse().ok().filter(|_| digits.len() == 3)?;
    let found = (number > 0).then(|| first.checked_add(jiff::Span::new().days(number - 1)).ok()).flatten()?;
    (found.year() == first.year()).then_some(found)
}

/// Combines `date` with the time of day in `text`, as an RFC 3339 timestamp in UTC. Any time zone in `text` is ignored.
pub(crate) fn clock_of(text: &str, date: Date) -> Option<String> {
    clock::without_zone(text, date)
}

/// Parses `2024-05-03`, `2024-05-03T10:15:00+02:00` or `20240503`.
fn iso(text: &str) -> Option<DateTime> {
    let digits =
        |range: std::ops::Range<usize>| text.get(range).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if let (Some(year), Some(month), Some(day)) = (digits(0..4), digits(4..6), digits(6..8)) {
        return date(year, month, day).map(|date| DateTime { date, stamp: None });
    }
    let separator = text.get(4..5).filter(|mark| matches!(*mark, "-" | "/"))?;
    let rest = text.get(5..)?;
    let (month, tail) = rest.split_once(separator)?;
    let day: String = tail.chars().take_while(char::is_ascii_digit).take(2).collect();
    let date = date(digits(0..4)?, month, &day)?;
    let stamp = text.parse::<jiff::Timestamp>().is_ok().then(|| text.to_owned());
    Some(DateTime { date, stamp })
}

/// Converts digits to a date with a year from 1800 to 2100.
fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = year.parse().ok().filter(|year| (1800..=2100).contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Parses `May 3, 2024`, `3 May 2024`, `Fri, 03 May 2024 10:15:00 GMT` or `3rd May 2024`.
fn written(text: &str) -> Option<Date> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(60).collect();
    let month = |word: &str| {
        let lower = word.to_lowercase();
        let known = lower.len() >= 3 && word.chars().all(char::is_alphabetic) && lower.len() <= 9;
        MONTHS.iter().position(|month| known && lower.starts_with(&month[..3])).map(|index| index as i8 + 1)
    };
    let day = |word: &str| {
        word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i8>().ok().filter(|day| (1..=31).contains(day))
    };
    let year = |word: &str| {
        let number = word.parse::<i16>().ok()?;
        match word.len() {
            4 => (1800..=2100).contains(&number).then_some(number),
            // Years have two digits in RFC 822. Choose the century as RFC 2822 does.
            2 => Some(number + if number < 50 { 2000 } else { 1900 }),
            3 => (100..150).contains(&number).then_some(number + 1900),
            _ => None,
        }
    };
    let ymd = |y: Option<i16>, m: Option<i8>, d: Option<i8>| Date::new(y?, m?, d?).ok();
    let in_row = words.windows(3).find_map(|three| {
        let (first, second, third) = (three[0], three[1], three[2]);
        let full = year(third).filter(|_| third.len() == 4 || month(second).is_some());
        ymd(full, month(first), day(second))
            .or_else(|| ymd(full, month(second), day(first)))
            .or_else(|| ymd(year(first).filter(|_| first.len() == 4), month(second), day(third)))
    });
    // The time of day may precede the year, as in `Sun Jan 4 16:29:06 PST 2004`.
    in_row.or_else(|| {
        let at = words.iter().position(|word| month(word).is_some())?;
        let after = words.get(at + 2..)?.iter().take(5).find(|word| word.len() == 4 && year(word).is_some())?;
        ymd(year(after), month(words.get(at)?), day(words.get(at + 1)?)).filter(|_| text.contains(':'))
    })
}

/// Finds a date such as `/2024/05/03/`, `/2024-05-03-` or `/2024/may/03/` in a URL.
#[must_use]
pub(crate) fn in_url(url: &str) -> Option<DateTime> {
    let parts: Vec<&str> = url.split(['/', '-', '_', '.']).collect();
    // The separators show which parts of the URL belong together.
    let signs: Vec<&str> = url.matches(['/', '-', '_', '.']).collect();
    parts.windows(3).enumerate().find_map(|(at, three)| {
        // In `/2024/05/3-questions`, the number after the month is not a day.
        let (before, after) = (signs.get(at + 1), signs.get(at + 2));
        if three[2].len() == 1 && after.is_some() && after != before && after != Some(&"/") {
            return None;
        }
        let month =
            MONTHS.iter().position(|month| three[1].to_lowercase() == month[..3]).map(|index| (index + 1).to_string());
        let month = month.as_deref().unwrap_or(three[1]);
        let plausible = three[0].len() == 4 && three[2].len() <= 2 && month.len() <= 2;
        date(three[0], month, three[2]).filter(|_| plausible).map(|date| DateTime { date, stamp: None })
    })
}

/// Finds a date such as `/20240503/` or `-20240503.html` in a URL. Less reliable, since any number may look like this.
#[must_use]
pub(crate) fn compact_in_url(url: &str) -> Option<DateTime> {
    url.split(['/', '-', '_', '.', '?', '=', '&'])
        .filter(|part| part.len() == 8)
        .find_map(iso)
        .filter(|moment| (1995..2100).contains(&moment.date.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        parse(text).map(|moment| moment.date.to_string())
    }

    #[test]
    fn days_in_the_forms_of_pages() {
        for text in [
            "2024-05-03",
            "2024-05-03T10:15:00+02:00",
            "20240503",
            "2024/05/03 10:15",
            "May 3, 2024",
            "3 May 2024",
            "Fri, 03 May 2024 10:15:00 GMT",
            "Published: Friday, 3rd May 2024",
            "May. 3 2024 at 5pm",
            "Fri, 3 May 24 10:15 EST",
            "Fri May  3 10:15:06 PDT 2024",
            "2024 May 3",
        ] {
            assert_eq!(day(text).as_deref(), Some("2024-05-03"), "{text}");
        }
    }

    #[test]
    fn days_of_feeds_in_other_forms_and_languages() {
        for text in [
            "2024-124",
            "2024-W18-5T10:15Z",
            "Fr, 03 Mai 2024 10:15:00 +0200",
            "ven., 03 mai 2024",
            "Пт, 03 мая 2024 10:15:00 +0300",
            "Παρ, 03 Μάι 2024",
            "pt, 03 maj 2024",
            "Pá, 03 kvě 2024",
            "pe, 03 touko 2024",
            "2024-május-03T10:15+02:00",
            "2024. május 3.",
            "2024年5月3日",
            "2024년 5월 3일",
            "Fri, 2024/05/03 10:15:00",
            "3/5/2024",
        ] {
            let found = parse_any(text, written::Order::DayFirst).map(|moment| moment.date.to_string());
            assert_eq!(found.as_deref(), Some("2024-05-03"), "{text}");
        }
        let moment = parse_any("Fr, 03 Mai 2024 10:15:00 +0200", written::Order::DayFirst).unwrap();
        assert_eq!(moment.stamp.as_deref(), Some("2024-05-03T10:15:00+02:00"));
        for text in ["2024-000", "2023-366", "2024-W60-1", "2024-W1", "day 3 of 5"] {
            assert_eq!(parse_any(text, written::Order::DayFirst), None, "{text}");
        }
    }

    #[test]
    fn other_text_is_not_a_date() {
        for text in ["", "yesterday", "2024", "February 30, 2024", "99999999", "é-05-03", "Mayor 3, 2024x"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_gives_its_date() {
        assert_eq!(in_url("https://a.example/news/2024/05/03/story.html").unwrap().date.to_string(), "2024-05-03");
        assert_eq!(in_url("https://a.example/2024/may/03/story").unwrap().date.to_string(), "2024-05-03");
        assert_eq!(in_url("https://a.example/2024/5/3/story").unwrap().date.to_string(), "2024-05-03");
        assert!(in_url("https://a.example/2024/05/3-boats-lost").is_none());
        assert!(in_url("https://a.example/1-2-3").is_none());
        assert_eq!(compact_in_url("https://a.example/story_20240503.html").unwrap().date.to_string(), "2024-05-03");
        assert!(compact_in_url("https://a.example/12345678/harbours").is_none());
    }
}

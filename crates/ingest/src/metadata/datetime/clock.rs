//! Parses the time of day and the time zone that follow a date: `10:15:00 GMT`, `5:08 pm EST`, `T10:15+02:00`.

use crate::metadata::calendar_names;
use jiff::civil::Date;

/// Returns an RFC 3339 timestamp for `date` if `text` contains a time and a time zone.
pub(super) fn stamp(text: &str, date: Date) -> Option<String> {
    let ((hour, minute, second), rest) = time(text)?;
    let offset = zone(rest.trim_start())?;
    let stamp = format!("{date}T{hour:02}:{minute:02}:{second:02}{offset}");
    stamp.parse::<jiff::Timestamp>().is_ok().then_some(stamp)
}

/// Returns an RFC 3339 timestamp in UTC for `date` if `text` contains a time, and ignores the time zone.
pub(super) fn without_zone(text: &str, date: Date) -> Option<String> {
    let ((hour, minute, second), _) = time(text)?;
    let stamp = format!("{date}T{hour:02}:{minute:02}:{second:02}Z");
    stamp.parse::<jiff::Timestamp>().is_ok().then_some(stamp)
}

/// Parses the hour, minute and second in a text. Also returns the text after them.
fn time(text: &str) -> Option<((u32, u32, u32), &str)> {
    let colon = text.match_indices(':').map(|(at, _)| at).find(|at| {
        let digit = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
        digit(at.checked_sub(1)) && digit(Some(at + 1))
    })?;
    let before = text.get(..colon)?;
    let start = before.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let hour: u32 = before.get(start..)?.parse().ok()?;
    let (minute, rest) = digits(text.get(colon + 1..)?)?;
    let (second, rest) = rest.strip_prefix(':').and_then(digits).unwrap_or((0, rest));
    let rest = rest.strip_prefix(['.', ',']).map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let (hour, rest) = twelve_hours(hour, rest.trim_start());
    // Second 60 is a leap second, which calendar libraries reject.
    Some(((hour, minute, second.min(59)), rest))
}

/// Parses the number at the beginning of `text`. Also returns the rest.
fn digits(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text.get(..end)?.parse().ok()?, &text[end..]))
}

/// Converts an hour to the 24-hour clock if `rest` begins with "am", "pm", "a.m." or "p.m.". Also returns the text
/// after that.
fn twelve_hours(hour: u32, rest: &str) -> (u32, &str) {
    let half = ["am", "a.m.", "pm", "p.m."].into_iter().find_map(|half| {
        let (head, rest) = rest.split_at_checked(half.len())?;
        head.eq_ignore_ascii_case(half).then_some((half.starts_with('p'), rest))
    });
    match half {
        Some((true, rest)) if hour < 12 => (hour + 12, rest),
        Some((false, rest)) if hour == 12 => (0, rest),
        Some((_, rest)) => (hour, rest),
        None => (hour, rest),
    }
}

/// Parses `+0200`, `+02:00`, `-5`, `GMT` or `GMT+2`. Returns the UTC offset in the form `+02:00`.
fn zone(text: &str) -> Option<String> {
    let letters: String = text.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    let rest = &text[letters.len()..];
    if !letters.is_empty() && !rest.starts_with(['+', '-']) {
        return calendar_names::zone(&letters).map(str::to_owned);
    }
    let sign = rest.chars().next().filter(|sign| matches!(sign, '+' | '-'))?;
    let body: String = rest[1..].chars().take_while(|c| c.is_ascii_digit() || *c == ':').collect();
    let plain = body.replace(':', "");
    let (hours, minutes) = match plain.len() {
        1 | 2 => (plain.parse::<u32>().ok()?, 0),
        3 => (plain.get(..1)?.parse().ok()?, plain.get(1..)?.parse().ok()?),
        4 => (plain.get(..2)?.parse().ok()?, plain.get(2..)?.parse().ok()?),
        _ => return None,
    };
    (hours < 24 && minutes < 60).then(|| format!("{sign}{hours:02}:{minutes:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<String> {
        stamp(text, Date::constant(2024, 5, 3)).map(|stamp| stamp["2024-05-03T".len()..].to_owned())
    }

    #[test]
    fn time_and_zone_in_the_forms_of_feeds() {
        assert_eq!(at("Fri, 03 May 2024 10:15:00 GMT").as_deref(), Some("10:15:00+00:00"));
        assert_eq!(at("Fri, 3 May 24 9:05 EST").as_deref(), Some("09:05:00-05:00"));
        assert_eq!(at("2024-05-03T10:15:00.25+0530").as_deref(), Some("10:15:00+05:30"));
        assert_eq!(at("May 3, 2024 12:05 am UTC").as_deref(), Some("00:05:00+00:00"));
        assert_eq!(at("May 3, 2024 9:30 P.M. EST").as_deref(), Some("21:30:00-05:00"));
        assert_eq!(at("Fri May  3 10:15:60 PDT 2024").as_deref(), Some("10:15:59-07:00"));
    }

    #[test]
    fn a_time_without_a_zone_is_not_a_datetime() {
        for text in ["Fri, 03 May 2024 10:15:00", "3 May 2024", "10:99:00 GMT", "25:00 GMT", "10:15 XYZ"] {
            assert_eq!(at(text), None, "{text}");
        }
    }
}

//! Exports a timeline as an iCalendar object (RFC 5545), with one all-day event per dated event in the text.

use dateline_analysis::{Analysis, Status};
use dateline_core::article::Article;
use dateline_core::text::{clean, folded};
use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt::Write;

/// Maximum length of a content line, in octets. Longer lines are folded (RFC 5545, 3.1).
const FOLD: usize = 75;

/// Formats the dated events of several articles as iCalendar. `stamp` is the time of the export in UTC, in the form
/// `YYYYMMDDTHHMMSSZ`.
///
/// Events are skipped if iCalendar cannot represent their year (before 1 or after 9998).
#[must_use]
pub fn calendar(stories: &[(Article, Analysis)], stamp: &str) -> String {
    let mut out = String::new();
    for content in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dateline//Timeline//EN", "CALSCALE:GREGORIAN"] {
        line(content, &mut out);
    }
    for (article, analysis) in stories {
        for event in &analysis.events {
            let Some((begin, end)) = event.interval.filter(|(begin, end)| begin.year() > 0 && end.year() < 9999) else {
                continue;
            };
            line("BEGIN:VEVENT", &mut out);
            // The offset of the time expression makes the event's ID unique, because no two events share an expression.
            // The ID is the same in every export.
            let place = analysis.times.get(event.time).map_or(event.clause.start, |time| time.span.start);
            line(&format!("UID:{:016x}-{place}@dateline", checksum(&article.id, &article.text)), &mut out);
            line(&format!("DTSTAMP:{stamp}"), &mut out);
            line(&format!("DTSTART;VALUE=DATE:{}", day(begin)), &mut out);
            line(&format!("DTEND;VALUE=DATE:{}", day(end.saturating_add(1.day()))), &mut out);
            line(&format!("SUMMARY:{}", text(&event.summary)), &mut out);
            let sentence = folded(event.sentence.of(&article.text));
            line(&format!("DESCRIPTION:{}\\n{}", text(&sentence), text(article.title())), &mut out);
            line(status(event.status), &mut out);
            line("TRANSP:TRANSPARENT", &mut out);
            line("END:VEVENT", &mut out);
        }
    }
    line("END:VCALENDAR", &mut out);
    out
}

/// Returns the `STATUS` line of an event: tentative if the event is hypothetical, else confirmed.
const fn status(status: Status) -> &'static str {
    match status {
        Status::Hypothetical => "STATUS:TENTATIVE",
        Status::Past | Status::Scheduled | Status::Habitual => "STATUS:CONFIRMED",
    }
}

/// Formats a day as `YYYYMMDD`.
fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// Escapes the special characters of iCalendar.
fn text(words: &str) -> String {
    let mut out = String::new();
    for character in clean(words).chars() {
        if matches!(character, '\\' | ';' | ',') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// Appends a content line, folded at [`FOLD`] octets on character boundaries.
fn line(content: &str, out: &mut String) {
    let mut width = 0;
    for character in content.chars() {
        if width + character.len_utf8() > FOLD {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(character);
        width += character.len_utf8();
    }
    let _ = write!(out, "\r\n");
}

/// Hashes the ID and text of an article with FNV-1a (64 bits), which gives the same value in every program version.
fn checksum(id: &str, text: &str) -> u64 {
    id.bytes()
        .chain(text.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut out = String::new();
        line(&format!("SUMMARY:{}", "é".repeat(100)), &mut out);
        assert!(out.split("\r\n").all(|part| part.len() <= FOLD));
        assert_eq!(out.replace("\r\n ", "").trim_end(), format!("SUMMARY:{}", "é".repeat(100)));
    }

    #[test]
    fn separators_in_text_are_escaped() {
        assert_eq!(text("one, two; three\\"), "one\\, two\\; three\\\\");
    }
}

//! Finds dates in the text of a page, in many languages: "30. Juli 2018", "le 1er mars 2019", "3 de mayo de 2020",
//! "2016年12月1日", "05/10/2018". The language and country of the page decide the order of day and month. Independent of
//! pages and feeds.

use crate::lexicon::{NO_COUNTRY, WITHIN_DATES, lexicon_lines};
use dateline_core::text::Span;
use foldhash::HashMap;
use jiff::civil::Date;
use std::sync::LazyLock;

/// First plausible year: the year of the first web pages.
const FIRST_YEAR: i16 = 1991;
/// Last plausible year. Later ones are misprints.
const LAST_YEAR: i16 = 2099;

/// Order of day and month in numeric dates such as `05/10/2018`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// Month before day, as in the United States.
    #[default]
    MonthFirst,
    /// Day before month, as in nearly all other countries.
    DayFirst,
}

impl Order {
    /// Returns the order used by a page, judging by its declared language or, without one, by the country code of its
    /// host.
    #[must_use]
    pub(crate) fn of(language: Option<&str>, host: Option<&str>) -> Self {
        let tag = language.unwrap_or_default().to_ascii_lowercase();
        let country = host.and_then(|host| host.rsplit('.').next()).unwrap_or_default();
        let abroad = country.len() == 2 && !NO_COUNTRY.contains(country);
        match tag.as_str() {
            "" | "en" if abroad => Self::DayFirst,
            "" | "en" | "en-us" | "en_us" => Self::MonthFirst,
            _ => Self::DayFirst,
        }
    }
}

/// Month names in all languages, with the number of the month.
static MONTHS: LazyLock<HashMap<&'static str, i8>> = LazyLock::new(|| {
    let lines = lexicon_lines(include_str!("../../../assets/lexicon/months.txt"));
    lines.zip(1..).flat_map(|(line, month)| line.split_whitespace().map(move |name| (name, month))).collect()
});

/// Sequence of letters or of digits.
#[derive(Clone, Copy)]
struct Word<'a> {
    span: Span,
    text: &'a str,
    number: Option<i16>,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut out: Vec<Word<'_>> = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let digit = letter.is_ascii_digit();
        let within = digit || letter.is_alphabetic();
        if let Some((start, was_digit)) = open
            && (!within || digit != was_digit)
            && let Some(word) = text.get(start..at)
        {
            let number = if was_digit && word.len() <= 4 { word.parse().ok() } else { None };
            out.push(Word { span: Span::new(start, at), text: word, number });
            open = None;
        }
        if within && open.is_none() {
            open = Some((at, digit));
        }
    }
    out
}

/// Returns the date of a year, month and day. Returns `None` if it is invalid or the year is implausible.
fn day(year: Option<i16>, month: Option<i16>, day: Option<i16>) -> Option<Date> {
    let year = year.filter(|year| (FIRST_YEAR..=LAST_YEAR).contains(year))?;
    Date::new(year, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()
}

/// Returns the dates in a text and their spans, in order.
#[must_use]
pub(crate) fn days(text: &str, order: Order) -> Vec<(Span, Date)> {
    let words = words(text);
    let mut out: Vec<(Span, Date)> = Vec::new();
    for at in 0..words.len() {
        let found = named(&words, at).or_else(|| numbers(text, &words, at, order)).or_else(|| signs(&words, at));
        if let Some((span, date)) = found
            && out.last().is_none_or(|(last, _)| last.end <= span.start)
        {
            out.push((span, date));
        }
    }
    out
}

/// Returns the dates in a text that contain the name of a month in a listed language, with their spans.
pub(crate) fn named_days(text: &str) -> Vec<(Span, Date)> {
    let words = words(text);
    (0..words.len()).filter_map(|at| named(&words, at)).collect()
}

/// Returns the index of the next word after `at` that is not a filler. If `step` is -1, searches before `at` instead.
fn beyond(words: &[Word<'_>], at: usize, step: isize) -> Option<usize> {
    let mut at = at;
    for _ in 0..3 {
        at = at.checked_add_signed(step)?;
        let word = words.get(at)?;
        if !WITHIN_DATES.contains(&word.text.to_lowercase()) {
            return Some(at);
        }
    }
    None
}

/// Parses a date whose month name is the word at `at`.
fn named(words: &[Word<'_>], at: usize) -> Option<(Span, Date)> {
    let word = words.get(at)?;
    if word.number.is_some() || word.text.len() < 3 {
        return None;
    }
    let month = i16::from(*MONTHS.get(word.text.to_lowercase().as_str())?);
    let number = |at: Option<usize>| words.get(at?)?.number;
    let place = |at: usize| words.get(at).map(|word| word.span);
    let (before, after) = (beyond(words, at, -1), beyond(words, at, 1));
    let later = after.and_then(|after| beyond(words, after, 1));
    let forms = [(after, before, before, after), (later, after, Some(at), later), (before, after, before, after)];
    forms.into_iter().find_map(|(year, on, first, last)| {
        let date = day(number(year), Some(month), number(on))?;
        Some((Span::new(place(first?)?.start, place(last?)?.end), date))
    })
}

/// Parses a date of three numbers with identical separators.
fn numbers(text: &str, words: &[Word<'_>], at: usize, order: Order) -> Option<(Span, Date)> {
    let [first, second, third] = [words.get(at)?, words.get(at + 1)?, words.get(at + 2)?];
    let sign = text.get(first.span.end..second.span.start)?.trim();
    if !matches!(sign, "-" | "/" | "." | "–") || text.get(second.span.end..third.span.start)?.trim() != sign {
        return None;
    }
    let [a, b, c] = [first.number, second.number, third.number];
    let year = |year: Option<i16>| match third.text.len() {
        2 if sign != "-" => year.map(|year| year + if year < 70 { 2000 } else { 1900 }),
        4 => year,
        _ => None,
    };
    let date = match first.text.len() {
        4 => day(a, b, c),
        1 | 2 if sign == "." || order == Order::DayFirst => day(year(c), b, a).or_else(|| day(year(c), a, b)),
        1 | 2 => day(year(c), a, b).or_else(|| day(year(c), b, a)),
        _ => None,
    };
    Some((Span::new(first.span.start, third.span.end), date?))
}

/// Parses a date such as `2016年12月1日` or `2016년 12월 1일`.
fn signs(words: &[Word<'_>], at: usize) -> Option<(Span, Date)> {
    let six = words.get(at..at + 6)?;
    let sign = |index: usize, signs: [&str; 2]| {
        six.get(index).is_some_and(|word| signs.iter().any(|sign| word.text.starts_with(sign)))
    };
    let numbers = [six.first()?.number, six.get(2)?.number, six.get(4)?.number];
    let fits = sign(1, ["年", "년"]) && sign(3, ["月", "월"]) && sign(5, ["日", "일"]);
    let date = day(numbers[0], numbers[1], numbers[2]).filter(|_| fits)?;
    Some((Span::new(six.first()?.span.start, six.get(5)?.span.start), date))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str, order: Order) -> Option<String> {
        days(text, order).first().map(|(_, date)| date.to_string())
    }

    #[test]
    fn a_day_in_many_languages() {
        for text in [
            "Freitag, 3. Mai 2024, 10:15 Uhr",
            "Publié le vendredi 3 mai 2024 à 10h15",
            "viernes, 3 de mayo de 2024",
            "Pubblicato il 3 maggio 2024",
            "Publicado em 3 de maio de 2024",
            "Geplaatst op 3 mei 2024",
            "3 Mayıs 2024 Cuma",
            "3 maja 2024 r.",
            "Опубликовано 3 мая 2024 г.",
            "3. května 2024",
            "3. toukokuuta 2024",
            "den 3 maj 2024",
            "3 Μαΐου 2024",
            "2024年5月3日",
            "2024년 5월 3일",
            "May 3rd, 2024",
            "the 3rd of May 2024",
            "2024. 5. 3",
            "3.5.2024",
            "3 May 2024",
        ] {
            assert_eq!(first(text, Order::MonthFirst).as_deref(), Some("2024-05-03"), "{text}");
        }
        assert_eq!(first("le 1er mars 2019", Order::DayFirst).as_deref(), Some("2019-03-01"));
    }

    #[test]
    fn which_number_is_the_day_is_for_the_place_to_say() {
        assert_eq!(first("05/10/2018", Order::MonthFirst).as_deref(), Some("2018-05-10"));
        assert_eq!(first("05/10/2018", Order::DayFirst).as_deref(), Some("2018-10-05"));
        assert_eq!(first("25/10/2018", Order::MonthFirst).as_deref(), Some("2018-10-25"));
        assert_eq!(Order::of(Some("en"), Some("news.example.co.uk")), Order::DayFirst);
        assert_eq!(Order::of(Some("en-US"), Some("news.example.com")), Order::MonthFirst);
        assert_eq!(Order::of(None, Some("prefeitura.example.br")), Order::DayFirst);
    }

    #[test]
    fn other_text_is_not_a_date() {
        for text in ["3 days ago", "version 1.2.3", "May 1889", "30 February 2024", "192.168.1.12", "10-15-20", ""] {
            assert_eq!(first(text, Order::MonthFirst), None, "{text}");
        }
    }
}

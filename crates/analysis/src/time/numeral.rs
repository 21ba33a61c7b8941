//! Parses numbers and dates in digits, and spelt-out numbers. Works on tokens, without access to their sentences.

use super::vocabulary::{Class, Interpretations};

/// Returns the interpretations of a token that begins with digits, optionally followed by letters.
pub(super) fn digits(word: &str) -> Interpretations {
    let split = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (figures, rest) = word.split_at(split);
    let Some(value) = figures.parse::<i32>().ok().filter(|_| figures.len() <= 8) else { return Interpretations::NONE };
    match rest {
        "" => plain(value, figures.len()),
        "s" | "'s" | "’s" => decade(value, figures.len()),
        "st" | "nd" | "rd" | "th" => {
            let interpretations = Interpretations::NONE.with(Class::Ordinal, value);
            if (1..=31).contains(&value) { interpretations.with(Class::Day, value) } else { interpretations }
        }
        "Q" if (1..=4).contains(&value) => Interpretations::NONE.with(Class::Quarter, value),
        _ => clock(word)
            .or_else(|| calendar(word))
            .or_else(|| fraction(word))
            .or_else(|| grouped(word))
            .unwrap_or(Interpretations::NONE),
    }
}

/// Parses a fraction in digits, such as "1/2", as hundredths.
fn fraction(word: &str) -> Option<Interpretations> {
    let hundredths = match word {
        "1/2" => 50,
        "1/4" => 25,
        "3/4" => 75,
        _ => return None,
    };
    Some(Interpretations::NONE.with(Class::Fraction, hundredths))
}

/// Returns the interpretations of a token that consists only of digits.
fn plain(value: i32, length: usize) -> Interpretations {
    let mut interpretations = Interpretations::NONE.with(Class::Number, value);
    if length <= 2 && (1..=31).contains(&value) {
        interpretations = interpretations.with(Class::Day, value);
    }
    if length <= 2 && value <= 24 {
        interpretations = interpretations.with(Class::Hour, value);
    }
    if length == 4 && (1000..=2199).contains(&value) {
        interpretations = interpretations.with(Class::Year, value);
    }
    interpretations
}

/// Parses a decade, such as "1990s" or "80s".
fn decade(value: i32, length: usize) -> Interpretations {
    match (length, value % 10) {
        (4, 0) if (1000..=2190).contains(&value) => Interpretations::NONE.with(Class::Decade, value),
        (2, 0) => Interpretations::NONE.with(Class::Tens, value),
        _ => Interpretations::NONE,
    }
}

/// Parses a clock time, such as "5:08", "9am", "9.30am" or "5:08pm".
fn clock(word: &str) -> Option<Interpretations> {
    let lower = word.to_ascii_lowercase();
    let (time, half) = match lower.strip_suffix("am").map(|time| (time, 0)) {
        None => lower.strip_suffix("pm").map_or((lower.as_str(), None), |time| (time, Some(720))),
        Some((time, half)) => (time, Some(half)),
    };
    let mut parts = time.split([':', '.']);
    let hour: i32 = parts.next()?.parse().ok()?;
    let minute: i32 = match parts.next() {
        Some(minute) if minute.len() == 2 => minute.parse().ok()?,
        None if half.is_some() => 0,
        _ => return None,
    };
    let plausible = hour <= 24 && minute < 60 && (half.is_none() || (1..=12).contains(&hour));
    if !plausible || (half.is_none() && !time.contains(':')) {
        return None;
    }
    Some(match half {
        // With "am" or "pm", the hour is unambiguous, and 12 am is midnight.
        Some(half) => Interpretations::NONE.with(Class::ClockWord, hour % 12 * 60 + minute + half),
        None => Interpretations::NONE.with(Class::Clock, hour * 60 + minute),
    })
}

/// Order of day and month in a numeric date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateOrder {
    /// The day comes first, as in "13/9/2023".
    DayFirst,
    /// The month comes first, as in "9/13/2023".
    MonthFirst,
}

/// Date written in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NumericDate {
    year: i32,
    month: i32,
    day: i32,
    /// Order of day and month, or `None` if the date itself does not show it.
    pub order: Option<DateOrder>,
    /// Whether the day and the month could be swapped.
    pub swappable: bool,
}

impl NumericDate {
    /// Parses a numeric date, such as "2023-09-23", "9/23/2023", "23.9.2023" or "23/9/23". A range such as "1992-95" is
    /// not parsed. An ambiguous date is read with the month first, unless its separator is a period.
    pub(super) fn parse(word: &str) -> Option<Self> {
        let day = word.split('T').next()?;
        let separator = day.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
        let mut parts = day.split(separator);
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
        let number = |part: &str| part.parse::<i32>().ok().filter(|_| part.len() <= 4);
        let (a, b, c) = (number(first)?, number(second)?, number(third)?);
        let unordered = |year| {
            let order = match (a, b) {
                _ if separator == '.' || a > 12 => Some(DateOrder::DayFirst),
                _ if b > 12 => Some(DateOrder::MonthFirst),
                _ => None,
            };
            let (month, day) = if order == Some(DateOrder::DayFirst) { (b, a) } else { (a, b) };
            Self { year, month, day, order: order.filter(|_| separator != '.'), swappable: order.is_none() && a != b }
        };
        let date = match (first.len(), third.len(), separator) {
            _ if parts.next().is_some() => return None,
            (4, 1 | 2, _) => Self { year: a, month: b, day: c, order: None, swappable: false },
            (1 | 2, 4, _) => unordered(c),
            // A two-digit year is between 1950 and 2049. With a separator other than a slash, the digits are a score or
            // a version.
            (1 | 2, 2, '/') => unordered(if c < 50 { 2000 + c } else { 1900 + c }),
            _ => return None,
        };
        let real = (1000..=2199).contains(&date.year) && (1..=12).contains(&date.month) && (1..=31).contains(&date.day);
        real.then_some(date)
    }

    /// Returns the date as a value of [`Class::Calendar`].
    const fn encoded(self) -> i32 {
        encoded(self.year, self.month, self.day) + if self.swappable { SWAPPABLE } else { 0 }
    }
}

/// Parses a numeric date into its interpretations.
fn calendar(word: &str) -> Option<Interpretations> {
    NumericDate::parse(word).map(|date| Interpretations::NONE.with(Class::Calendar, date.encoded()))
}

/// Flag in a [`Class::Calendar`] value for a date whose day and month could be swapped.
const SWAPPABLE: i32 = 1 << 24;

/// Packs a calendar day into one number, which [`decoded`] unpacks.
const fn encoded(year: i32, month: i32, day: i32) -> i32 {
    (year * 16 + month) * 32 + day
}

/// Unpacks the year, month and day of a [`Class::Calendar`] value.
pub(super) const fn decoded(value: i32) -> (i32, i32, i32) {
    let value = value % SWAPPABLE;
    (value / 512, value / 32 % 16, value % 32)
}

/// Returns whether the day and month of a [`Class::Calendar`] value could be swapped.
pub(super) const fn is_swappable(value: i32) -> bool {
    value >= SWAPPABLE
}

/// Parses a grouped number such as "1,200", or a decimal such as "2.5", which becomes a number of tenths.
fn grouped(word: &str) -> Option<Interpretations> {
    if let Some((whole, tenth)) = word.split_once('.') {
        let (whole, tenth): (i32, i32) = (whole.parse().ok()?, tenth.parse().ok()?);
        return (whole < 1_000_000 && tenth < 10)
            .then(|| Interpretations::NONE.with(Class::Tenths, whole * 10 + tenth));
    }
    let groups: Vec<&str> = word.split(',').collect();
    let regular = groups.len() > 1
        && groups.iter().skip(1).all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    if !regular || word.len() > 11 {
        return None;
    }
    Some(Interpretations::NONE.with(Class::Number, groups.concat().parse().ok()?))
}

/// Parses the number at the start of a run of number words. Returns the number of words used, and the interpretations.
///
/// Examples are "twenty-four", "two hundred and ten", and spoken years such as "nineteen ninety-four".
pub(super) fn words(parts: &[Interpretations], and: impl Fn(usize) -> bool) -> Option<(usize, Interpretations)> {
    if let Some((length, year)) = spoken_year(parts) {
        return Some((length, Interpretations::NONE.with(Class::Year, year)));
    }
    let (mut total, mut group, mut length) = (0_i32, 0_i32, 0);
    let mut ordinal = None;
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        if let Some(value) = part.value(Class::Cardinal) {
            // "twenty three" is one number, but "two three" is two numbers.
            let fits = group % 100 == 0 || (group % 10 == 0 && group % 100 >= 20 && (1..10).contains(&value));
            if length > 0 && !fits {
                break;
            }
            group += value;
        } else if let Some(scale) = part.value(Class::Scale) {
            group = group.max(1).checked_mul(scale)?;
            if scale >= 1000 {
                total = total.checked_add(group)?;
                group = 0;
            }
        } else if let Some(value) = part.value(Class::Ordinal).filter(|value| *value < 10 && length > 0) {
            if group % 10 != 0 || group % 100 < 20 {
                break;
            }
            ordinal = Some(group + value);
            length = at + 1;
            break;
        } else if length > 0 && and(at) && (group % 100 == 0) && parts.get(at + 1).is_some_and(is_cardinal) {
            at += 1;
            continue;
        } else {
            break;
        }
        at += 1;
        length = at;
    }
    if length == 0 {
        return None;
    }
    let value = total.checked_add(group)?;
    let interpretations = match ordinal {
        Some(ordinal) => Interpretations::NONE.with(Class::Ordinal, ordinal),
        None => spelt(value),
    };
    Some((length, interpretations))
}

/// Returns whether a word is a cardinal number below one hundred.
fn is_cardinal(interpretations: &Interpretations) -> bool {
    interpretations.value(Class::Cardinal).is_some()
}

/// Returns the interpretations of a spelt-out number.
fn spelt(value: i32) -> Interpretations {
    let interpretations = Interpretations::NONE.with(Class::Number, value);
    match value {
        1..=12 => interpretations.with(Class::Hour, value),
        2000..=2099 => interpretations.with(Class::Year, value),
        _ => interpretations,
    }
}

/// Parses a spoken year, such as "nineteen ninety-four" or "twenty ten". Years such as "nineteen oh five" are not
/// handled, because they are rare.
fn spoken_year(parts: &[Interpretations]) -> Option<(usize, i32)> {
    let century = parts.first()?.value(Class::Cardinal).filter(|value| (11..=20).contains(value))?;
    let tens = parts.get(1)?.value(Class::Cardinal).filter(|value| *value >= 10)?;
    let unit = parts.get(2).and_then(|part| part.value(Class::Cardinal)).filter(|value| (1..10).contains(value));
    match unit {
        Some(unit) if tens >= 20 => Some((3, century * 100 + tens + unit)),
        _ => Some((2, century * 100 + tens)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::vocabulary::Vocabulary;

    fn number(text: &str) -> Option<Interpretations> {
        let vocabulary = Vocabulary::bundled();
        let parts: Vec<Interpretations> = text.split([' ', '-']).map(|word| vocabulary.interpretations(word)).collect();
        let ands: Vec<bool> = text.split([' ', '-']).map(|word| word == "and").collect();
        words(&parts, |at| ands.get(at).copied().unwrap_or(false)).map(|(_, interpretations)| interpretations)
    }

    #[test]
    fn numbers_are_read_in_words() {
        assert_eq!(number("twenty-four").unwrap().value(Class::Number), Some(24));
        assert_eq!(number("two hundred and ten").unwrap().value(Class::Number), Some(210));
        assert_eq!(number("nineteen ninety-four").unwrap().value(Class::Year), Some(1994));
        assert_eq!(number("twenty-first").unwrap().value(Class::Ordinal), Some(21));
        assert_eq!(number("two thousand").unwrap().value(Class::Year), Some(2000));
        assert_eq!(number("elephants"), None);
    }

    #[test]
    fn digits_give_dates_clock_times_and_decades() {
        assert_eq!(decoded(digits("2023-09-03").value(Class::Calendar).unwrap()), (2023, 9, 3));
        assert_eq!(decoded(digits("13/9/2023").value(Class::Calendar).unwrap()), (2023, 9, 13));
        assert_eq!(digits("5:08").value(Class::Clock), Some(308));
        assert_eq!(digits("12am").value(Class::ClockWord), Some(0));
        assert_eq!(digits("1990s").value(Class::Decade), Some(1990));
        assert_eq!(digits("2,009").value(Class::Year), None);
    }
}

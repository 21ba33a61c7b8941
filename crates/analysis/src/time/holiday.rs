//! Dates of the holidays in `crates/analysis/assets/times/holidays.txt`. Independent of any text.

use super::value::{Unit, civil, moved, until, weekday};
use crate::lexicon::entries;
use crate::lexicon::lists;
use jiff::civil::Date;
use std::sync::LazyLock;

/// Rule by which the date of a holiday is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Fixed date: month and day.
    Fixed(i32, i32),
    /// First weekday on or after a date: weekday number (Monday is 1), month and day.
    From(i32, i32, i32),
    /// Number of days after Easter Sunday.
    Easter(i64),
}

/// Holiday with its names and the rule for its date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holiday {
    /// Names of the holiday, written in the pattern language.
    pub names: &'static str,
    rule: Rule,
}

/// Returns all holidays, in file order.
pub(super) fn holidays() -> &'static [Holiday] {
    static ALL: LazyLock<Vec<Holiday>> =
        LazyLock::new(|| entries(include_str!("../../assets/times/holidays.txt")).filter_map(read).collect());
    &ALL
}

/// Parses a line of the form `RULE: names`.
fn read(line: &'static str) -> Option<Holiday> {
    let (rule, names) = line.split_once(':')?;
    let mut words = rule.split_whitespace();
    let first = words.next()?;
    let rule = match words.next() {
        None => day(first).map(|(month, day)| Rule::Fixed(month, day)),
        Some(days) if first == "easter" => days.parse().ok().map(Rule::Easter),
        Some(from) => day(from).zip(weekday_number(first)).map(|((month, day), name)| Rule::From(name, month, day)),
    };
    Some(Holiday { names: names.trim(), rule: rule? })
}

/// Parses a date of the form `MM-DD`.
fn day(text: &str) -> Option<(i32, i32)> {
    let (month, day) = text.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}

/// Returns the number of a weekday, from 1 for Monday.
fn weekday_number(name: &str) -> Option<i32> {
    lists::WEEKDAYS.iter().position(|known| known == name).map(|index| index as i32 + 1)
}

impl Holiday {
    /// Returns the TIMEX3 value of the holiday in every year.
    pub(super) fn recurrence(&self) -> String {
        match self.rule {
            Rule::Fixed(month, day) => format!("XXXX-{month:02}-{day:02}"),
            Rule::From(..) | Rule::Easter(_) => Unit::Year.duration(10),
        }
    }

    /// Returns the date of the holiday in a given year.
    pub(super) fn date(&self, year: i32) -> Option<Date> {
        match self.rule {
            Rule::Fixed(month, day) => civil(year, month, day),
            Rule::From(name, month, day) => {
                let from = civil(year, month, day)?;
                moved(from, Unit::Day, until(from, weekday(name)?))
            }
            Rule::Easter(days) => moved(easter(year)?, Unit::Day, days),
        }
    }
}

/// Computes Easter Sunday by the Gregorian computus of Meeus, Jones and Butcher. The variables are named after the
/// letters in the published formula.
#[expect(clippy::many_single_char_names, reason = "the letters of the published formula")]
fn easter(year: i32) -> Option<Date> {
    if !(1583..=9999).contains(&year) {
        return None;
    }
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    civil(year, month, (h + l - 7 * m + 33 * month + 19) % 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date_of(name: &str, year: i32) -> String {
        let found = holidays().iter().find(|holiday| holiday.names.split(" | ").any(|known| known == name));
        found.and_then(|holiday| holiday.date(year)).map_or_else(String::new, |date| date.to_string())
    }

    #[test]
    fn easter_moves_and_its_feasts_with_it() {
        assert_eq!(date_of("good friday", 2024), "2024-03-29");
        assert_eq!(date_of("easter monday", 2023), "2023-04-10");
        assert_eq!(date_of("ash wednesday", 2019), "2019-03-06");
    }

    #[test]
    fn weekday_holidays_fall_on_their_weekday() {
        assert_eq!(date_of("labor day", 2022), "2022-09-05");
        assert_eq!(date_of("memorial day", 2024), "2024-05-27");
        assert_eq!(date_of("thanksgiving (day)?", 2023), "2023-11-23");
        assert_eq!(date_of("new year 's eve | new years eve", 2018), "");
        assert_eq!(date_of("new year 's eve", 2018), "2018-12-31");
    }

    #[test]
    fn every_line_of_the_file_is_read() {
        let lines = entries(include_str!("../../assets/times/holidays.txt")).count();
        assert_eq!(holidays().len(), lines);
        assert!(holidays().iter().all(|holiday| holiday.date(2024).is_some()));
    }
}

//! Tests the examples in `crates/analysis/assets/times/patterns.txt`, and properties of arbitrary text.

use super::*;
use crate::testing::RESOURCES;
use dateline_core::article::{Article, DateSource, Published};
use jiff::civil::date;
use proptest::prelude::*;

/// Finds all time expressions in a text published on Wednesday 27 September 2023, with their values.
fn times(text: &str) -> Vec<(String, String)> {
    times_on(date(2023, 9, 27), text)
}

/// Finds all time expressions in a text published on `day`, with their values.
fn times_on(day: Date, text: &str) -> Vec<(String, String)> {
    let article = Article::verbatim("", text);
    let document = Document::new(&article, &RESOURCES);
    let found = resolve(&document, day);
    found.into_iter().map(|time| (time.span.of(text).to_owned(), time.value)).collect()
}

/// Finds all time expressions in a document. Relative expressions are counted from `reference`.
fn resolve(document: &Document<'_>, reference: Date) -> Vec<Timex> {
    read(document, 0..document.sentences.len(), Some(reference)).times
}

#[test]
fn asking_for_evidence_first_changes_no_time() {
    let text = "He left on Friday. It rained. They met in May, two days later, and in 2019. Nobody came.";
    let article = Article::verbatim("", text);
    let document = Document::new(&article, &RESOURCES);
    let reference = Reference { date: date(2023, 9, 27), source: DateSource::Inferred, evidence: Vec::new() };
    for reference in [None, Some(&reference)] {
        let asked = UnresolvedTimes::new(&document);
        assert_eq!(asked.undated().len(), 4);
        assert_eq!(asked.resolve(reference), UnresolvedTimes::new(&document).resolve(reference));
    }
    let asked = UnresolvedTimes::new(&document);
    asked.undated();
    assert_eq!(asked.found.get().map(|found| found.matched.as_slice()), Some(&[0, 2][..]));
}

#[test]
fn every_example_of_the_table_holds() {
    let mut wrong = Vec::new();
    for line in table::SOURCE.lines().map(str::trim) {
        if let Some(example) = line.strip_prefix(": ") {
            let (marked, value) = example.rsplit_once(" = ").unwrap_or((example, ""));
            let expression = marked.split_once('[').and_then(|(_, rest)| rest.split_once(']')).expect("brackets").0;
            let found = times(&marked.replace(['[', ']'], ""));
            if !found.contains(&(expression.to_owned(), value.to_owned())) {
                wrong.push(format!("{example}\n      found {found:?}"));
            }
        } else if let Some(text) = line.strip_prefix("! ") {
            let found = times(text);
            if !found.is_empty() {
                wrong.push(format!("nothing in: {text}\n      found {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples fail:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_sentence_has_its_times_and_no_others() {
    let mut wrong = Vec::new();
    for line in crate::lexicon::entries(include_str!("../../assets/times/sentences.txt")) {
        let (text, marked) = unmarked(line);
        let article = Article::verbatim("", text.clone());
        let document = Document::new(&article, &RESOURCES);
        let found = resolve(&document, date(2026, 6, 10)).into_iter();
        let found: Vec<_> =
            found.map(|time| format!("[{}|{} {}]", time.span.of(&text), time.kind.name(), time.value)).collect();
        if found != marked {
            wrong.push(format!("{line}\n      found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} sentences fail:\n{}", wrong.len(), wrong.join("\n"));
}

/// Splits a line of `sentences.txt` into its plain text and its marked expressions.
fn unmarked(line: &str) -> (String, Vec<String>) {
    let (mut text, mut marked) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some((before, (inside, after))) =
        rest.split_once('[').and_then(|(before, after)| Some((before, after.split_once(']')?)))
    {
        text.push_str(before);
        text.push_str(inside.split('|').next().unwrap_or_default());
        marked.push(format!("[{inside}]"));
        rest = after;
    }
    (text + rest, marked)
}

#[test]
fn every_sentence_has_its_direction() {
    let mut wrong = Vec::new();
    for line in crate::lexicon::entries(include_str!("../../assets/times/directions.txt")) {
        let (day, example) = line.split_once(": ").expect("a date");
        let (marked, value) = example.rsplit_once(" = ").expect("a value");
        let expression = marked.split_once('[').and_then(|(_, rest)| rest.split_once(']')).expect("brackets").0;
        let found = times_on(day.parse().expect("a day"), &marked.replace(['[', ']'], ""));
        if !found.iter().any(|(text, found)| text.contains(expression) && found == value) {
            wrong.push(format!("{example}\n      found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} sentences fail:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn absurd_dates_are_no_dates() {
    for text in ["February 30, 2023", "99999 years ago", "in 4000000000 years", "the 99th century", "13/13/2023"] {
        for (_, value) in times(text) {
            assert!(!value.is_empty());
        }
    }
}

#[test]
fn a_day_of_an_appointment_or_condition_is_to_come() {
    let first = |text: &str| times(text)[0].1.clone();
    assert_eq!(first("The hearing is Monday."), "2023-10-02");
    assert_eq!(first("The final is on Saturday."), "2023-09-30");
    assert_eq!(first("If the dam breaks on Monday, the valley will be cleared."), "2023-10-02");
    assert_eq!(first("The hearing was Monday."), "2023-09-25");
    assert_eq!(first("Vale asked if the dam broke on Monday."), "2023-09-25");
}

#[test]
fn a_clock_time_takes_the_day_named_after_it() {
    let found =
        times("The quake struck at 4:10 a.m. (0110 GMT) on Monday, and the quay shut at 6 a.m. and opened on Tuesday.");
    let values: Vec<_> = found.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(values, ["2023-09-25T04:10", "2023-09-25T01:10", "2023-09-25", "2023-09-25T06:00", "2023-09-26"]);
}

/// Finds the values of all time expressions in a text published on Thursday 4 June 2026.
fn values_on_thursday(text: &str) -> Vec<String> {
    times_on(date(2026, 6, 4), text).into_iter().map(|(_, value)| value).collect()
}

#[test]
fn a_weekday_of_an_update_is_the_day_of_the_update() {
    let text = "The ferries stopped on Thursday. They were running again on Friday. They will stop on Saturday.";
    let published = |day: Date| Published { date: day, moment: None, source: DateSource::Metadata, evidence: None };
    let values = |updated: Option<Date>| {
        let article = Article { modified: updated.map(published), ..Article::verbatim("", text) };
        let document = Document::new(&article, &RESOURCES);
        let found = resolve(&document, date(2026, 6, 4));
        found.into_iter().map(|time| time.value).collect::<Vec<_>>()
    };
    assert_eq!(values(Some(date(2026, 6, 5))), ["2026-06-04", "2026-06-05", "2026-06-06"]);
    assert_eq!(values(None), ["2026-06-04", "2026-05-29", "2026-06-06"]);
    assert_eq!(values(Some(date(2026, 7, 3))), ["2026-06-04", "2026-05-29", "2026-06-06"]);
}

#[test]
fn a_month_in_a_clause_about_a_year_is_in_that_year() {
    let text = "The fair has been held since 1988, apart from 2019, when the flood stopped it, and 2021, when it \
                was moved to September.";
    assert_eq!(values_on_thursday(text), ["1988", "2019", "2021", "2021-09"]);
    assert_eq!(values_on_thursday("It opened in 2022, when the tram came, in October."), ["2022", "2022-10"]);
}

#[test]
fn the_year_at_the_end_of_a_range_is_also_that_of_its_beginning() {
    let values = |text| values_on_thursday(text);
    assert_eq!(values("It was shut from March to June 2015."), ["2015-03", "2015-06"]);
    assert_eq!(values("It ran from late November to early March 2015."), ["2014-11", "2015-03"]);
    assert_eq!(values("They met on May 3 and June 9, 2015."), ["2015-05-03", "2015-06-09"]);
    assert_eq!(values("They met in April. In June 2015 they had fallen out."), ["2026-04", "2015-06"]);
}

#[test]
fn a_count_after_a_date_is_not_a_day() {
    assert_eq!(values_on_thursday("They left on May 5 and 12 people stayed."), ["2026-05-05"]);
    assert_eq!(values_on_thursday("On May 5, 12 people stayed."), ["2026-05-05"]);
    assert_eq!(values_on_thursday("They left on May 5, 6 or 7."), ["2026-05-05", "2026-05-06", "2026-05-07"]);
    assert_eq!(values_on_thursday("They meet on the 16th of each month."), ["P1M"]);
}

#[test]
fn a_price_per_unit_is_a_set() {
    let kind = |text: &str| {
        let article = Article::verbatim("", text);
        resolve(&Document::new(&article, &RESOURCES), date(2026, 6, 4))[0].kind
    };
    assert_eq!(kind("The lock earns $3 million a year."), TimexKind::Set);
    assert_eq!(kind("A berth costs 30 pounds a month."), TimexKind::Set);
    assert_eq!(kind("The band plays on Saturday evenings."), TimexKind::Set);
    assert_eq!(kind("The repair took a year."), TimexKind::Duration);
}

#[test]
fn over_belongs_to_a_length_only_as_more_than() {
    let first = |text: &str| times(text)[0].0.clone();
    assert_eq!(first("Fares rose by half over ten years."), "ten years");
    assert_eq!(first("It stood empty for over ten years."), "over ten years");
    assert_eq!(first("The march lasted over two hours."), "over two hours");
    assert_eq!(first("It will cost 3 million crowns over six years."), "six years");
}

#[test]
fn a_day_after_a_season_is_in_that_season() {
    let next = "The crew will dive again next spring. The boat, the Alca, sails on 3 April.";
    assert_eq!(values_on_thursday(next), ["2027-SP", "2027-04-03"]);
    let past = "The crew dived in the spring of 2021. The boat sailed on 3 April.";
    assert_eq!(values_on_thursday(past), ["2021-SP", "2021-04-03"]);
    let outside = "The crew dived in the spring of 2021. The boat was sold on 3 February.";
    assert_eq!(values_on_thursday(outside)[1], "2026-02-03");
}

proptest! {
    #[test]
    fn spans_lie_in_the_text_in_order(text in "([A-Z]?[a-z]{1,8}|[0-9]{1,5}|May|Monday|year|ago|last|the|of|,|-|’|½|'){0,40}( |\n){0,2}") {
        let article = Article::verbatim("", text.clone());
        let document = Document::new(&article, &RESOURCES);
        let mut last = 0;
        for time in resolve(&document, date(9999, 12, 31)) {
            prop_assert!(time.span.start >= last && !time.span.is_empty());
            prop_assert!(!time.span.of(&text).is_empty());
            last = time.span.end;
        }
    }
}

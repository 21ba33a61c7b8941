//! Tests of queries as users type them.

use super::ast::Expression;
use super::day::{CalendarUnit, DatePoint, DayRange};
use super::field::{Calendar, Field, PARTS, STATES};
use super::*;
use crate::search_field::SearchField;
use jiff::civil::Date;
use proptest::prelude::*;

fn query(words: &str) -> Query {
    Query::parse(words).unwrap_or_else(|error| panic!("{words}: {error}"))
}

/// Parses a query and prints it.
fn said(words: &str) -> String {
    query(words).to_string()
}

/// Parses an invalid query. Returns the words at the span of the error, and the error message.
fn wrong(words: &str) -> (String, String) {
    let error = Query::parse(words).unwrap_err();
    (error.span.of(words).to_owned(), error.message)
}

#[test]
fn a_query_knows_whether_it_asks_for_annotations() {
    for (words, asks) in [
        ("ferry", false),
        ("-speaker:odell", true),
        ("ferry (title:x or org:port)", true),
        ("event:last-week", true),
        ("published:2024", false),
        ("has:quotes", true),
        ("has:tags is:unread", false),
        ("", false),
    ] {
        assert_eq!(Query::parse(words).unwrap().asks_annotations(), asks, "{words}");
    }
}

#[test]
fn words_side_by_side_must_all_hold_and_or_binds_less() {
    assert_eq!(query("a b OR c"), query("(a AND b) OR c"));
    assert_ne!(query("a (b OR c)"), query("a b OR c"));
    assert_eq!(query("NOT a"), query("-a"));
    assert_eq!(query("((a))  b"), query("a b"));
    assert_eq!(query("  "), Query::default());
}

#[test]
fn a_field_holds_for_a_word_a_phrase_and_a_group() {
    assert_eq!(
        query("speaker:odell").root,
        Some(Expression::Term(Term::Words(
            SearchField::Speaker,
            Pattern::Words { words: "odell".into(), prefix: false }
        )))
    );
    assert_eq!(said("Speaker:(odell OR \"ana  ruiz\")"), "speaker:odell OR speaker:\"ana ruiz\"");
    assert_eq!(query("title:(ferry -strike)"), query("title:ferry -title:strike"));
    assert_eq!(query("“state of emergency”"), query("\"state of emergency\""));
}

#[test]
fn a_star_matches_the_rest_of_a_word() {
    assert_eq!(
        query("minis*").root,
        Some(Expression::Term(Term::Words(
            SearchField::Anywhere,
            Pattern::Words { words: "minis".into(), prefix: true }
        )))
    );
    assert_eq!(said("\"prime minis\"*"), "\"prime minis\"*");
}

#[test]
fn ambiguous_words_are_printed_in_quotation_marks() {
    for words in ["\"OR\"", "\"-done\"", "\"a (b)\"", "\"say \\\"no\\\"\"", "\"5:08\"", "/a\\/b/", "\"x*\""] {
        assert_eq!(said(words), words);
    }
    assert_eq!(said("5:08 ex-minister 24/7"), "\"5:08\" ex-minister 24/7");
}

#[test]
fn an_error_has_its_span() {
    assert_eq!(wrong("ferry speeker:odell"), ("speeker".into(), "No field “speeker”; did you mean “speaker”?".into()));
    assert_eq!(wrong("is:unred").1, "is: does not take “unred”; did you mean “unread”?");
    assert_eq!(wrong("a OR"), ("OR".into(), "Missing term after OR.".into()));
    assert_eq!(wrong("AND b"), ("AND".into(), "Missing term before AND.".into()));
    assert_eq!(wrong("a (b").0, "(");
    assert_eq!(wrong("a b)").1, "Unmatched “)”.");
    assert_eq!(wrong("a \"b").1, "Unmatched quotation mark.");
    assert_eq!(wrong("- a"), ("-".into(), "Missing term after -.".into()));
    assert_eq!(wrong("published:2023-13 x").0, "2023-13");
    assert!(wrong("/(/").1.starts_with("Invalid regular expression: unclosed group"), "{:?}", wrong("/(/"));
    assert_eq!(wrong("…").1, "“…” has no letter or digit to look for.");
    assert!(wrong("/(\\w{500}){500}/").1.contains("too large"));
}

#[test]
fn an_unfinished_query_is_not_an_error() {
    let typed = |words| Query::parse_typed(words).unwrap().to_string();
    assert_eq!(typed("ceasef"), "ceasef*");
    assert_eq!(typed("ceasefire "), "ceasefire");
    assert_eq!(typed("ceasefire -"), "ceasefire");
    assert_eq!(typed("ceasefire OR "), "ceasefire");
    assert_eq!(typed("ceasefire speaker:"), "ceasefire");
    assert_eq!(typed("ceasefire speaker:bab"), "ceasefire speaker:bab*");
    assert_eq!(typed("ceasefire published:2023-0"), "ceasefire");
    assert_eq!(typed("ceasefire is:unr"), "ceasefire");
    assert_eq!(typed("(a OR b"), "a OR b*");
    assert_eq!(typed("\"prime min"), "\"prime min\"*");
    assert_eq!(typed("ferry /ex(min"), "ferry");
    assert!(Query::parse_typed("fild:x y").is_err());
}

#[test]
fn depth_and_length_have_bounds() {
    assert!(wrong(&"(".repeat(3_000)).1.contains("deep"));
    assert!(wrong(&"-".repeat(3_000)).1.contains("deep"));
    assert!(wrong(&"a ".repeat(1_000)).1.contains("conditions"));
    assert!(wrong(&"a".repeat(5_000)).1.contains("bytes"));
}

#[test]
fn every_example_of_the_table_of_fields_can_be_read() {
    for row in FIELDS {
        assert_eq!(said(row.example), row.example);
    }
}

/// Generates all kinds of patterns that the parser can return.
fn patterns() -> impl Strategy<Value = Pattern> {
    prop_oneof![
        ("[a-zA-Zé][a-z\\-\\\\\":()*’ ]{0,12}", any::<bool>()).prop_map(|(words, prefix)| {
            let words = dateline_core::text::folded(&words);
            let prefix = prefix && words.ends_with(char::is_alphanumeric);
            Pattern::Words { words, prefix }
        }),
        Just(Pattern::Words { words: "OR".into(), prefix: false }),
        "[a-z][a-z/.]{0,6}".prop_map(Pattern::Regex),
    ]
}

fn moments() -> impl Strategy<Value = DatePoint> {
    prop_oneof![
        (0i16..9999).prop_map(DatePoint::Year),
        (0i16..9999, 1i8..=12).prop_map(|(year, month)| DatePoint::Month(year, month)),
        (0i16..9999, 1i8..=12, 1i8..=28)
            .prop_map(|(year, month, day)| DatePoint::Day(Date::new(year, month, day).unwrap())),
        (-1i8..=1).prop_map(DatePoint::Relative),
        (prop_oneof![Just(CalendarUnit::Week), Just(CalendarUnit::Month), Just(CalendarUnit::Year)], -1i8..=1)
            .prop_map(|(unit, which)| DatePoint::Period(unit, which)),
        (
            1u16..9_999,
            prop_oneof![
                Just(CalendarUnit::Day),
                Just(CalendarUnit::Week),
                Just(CalendarUnit::Month),
                Just(CalendarUnit::Year)
            ]
        )
            .prop_map(|(count, unit)| DatePoint::Past(count, unit)),
    ]
}

fn ranges() -> impl Strategy<Value = DayRange> {
    prop_oneof![
        moments().prop_map(DayRange::In),
        (moments(), moments()).prop_map(|(first, last)| DayRange::Between(first, last)),
        moments().prop_map(DayRange::From),
        moments().prop_map(DayRange::Until),
        moments().prop_map(DayRange::After),
        moments().prop_map(DayRange::Before),
    ]
}

fn terms() -> impl Strategy<Value = Term> {
    let places: Vec<SearchField> = std::iter::once(SearchField::Anywhere)
        .chain(FIELDS.iter().filter_map(|row| match row.field {
            Field::Words(place) => Some(place),
            _ => None,
        }))
        .collect();
    prop_oneof![
        (proptest::sample::select(places), patterns()).prop_map(|(place, pattern)| Term::Words(place, pattern)),
        (prop_oneof![Just(Calendar::Published), Just(Calendar::Added), Just(Calendar::Event)], ranges())
            .prop_map(|(calendar, range)| Term::Days(calendar, range)),
        (0..STATES.len()).prop_map(|index| Term::Is(STATES[index].1)),
        (0..PARTS.len()).prop_map(|index| Term::Has(PARTS[index].1)),
    ]
}

fn expressions() -> impl Strategy<Value = Expression> {
    terms().prop_map(Expression::Term).prop_recursive(4, 24, 4, |inner| {
        let several = proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            several.clone().prop_map(|members| Expression::all(members).unwrap()),
            several.prop_map(|members| Expression::any(members).unwrap()),
            inner.prop_map(|inner| Expression::Not(Box::new(inner))),
        ]
    })
}

#[test]
fn a_ligature_means_its_letters_in_words_and_in_phrases() {
    assert_eq!(Query::parse("aﬀair"), Query::parse("affair"));
    assert_eq!(Query::parse("\"aﬀair\u{ad} of state\""), Query::parse("\"affair of state\""));
}

proptest! {
    #[test]
    fn every_tree_prints_and_reads_back_as_itself(root in expressions()) {
        let query = Query { root: Some(root) };
        let words = query.to_string();
        prop_assert_eq!(Query::parse(&words), Ok(query), "{}", words);
    }

    #[test]
    fn no_input_panics_and_parsed_queries_round_trip(
        words in prop_oneof![
            any::<String>(),
            "([a-z]{1,3}|[-()\"“”/*:\\\\ ]|speaker:|is:unread|published:|2023-09|\\.\\.|OR |AND |NOT ){0,12}",
        ]
    ) {
        for read in [Query::parse(&words), Query::parse_typed(&words)] {
            match read {
                Ok(query) => {
                    let printed = query.to_string();
                    prop_assert_eq!(Query::parse(&printed), Ok(query), "{}", printed);
                }
                Err(error) => prop_assert!(error.span.start <= words.len() && words.is_char_boundary(error.span.start)),
            }
        }
    }
}

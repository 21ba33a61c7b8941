//! Tests the timelines of short stories.

mod antecedents;
mod comparisons;
mod joined;
mod kinds;
mod occasions;
mod scraps;
mod subjects;

use super::*;
use crate::Options;
use crate::testing::ANALYZER;
use dateline_core::article::Article;
use jiff::civil::date;

/// Returns the start date, status and summary of each event in a story dated Wednesday 27 September 2023.
fn timeline(text: &str) -> Vec<(String, Status, String)> {
    let article = Article::verbatim("", text);
    let options = Options { reference: Some(date(2023, 9, 27)), ..Options::default() };
    let events = ANALYZER.analyze(&article, &options).events;
    let begin = |event: &Event| event.interval.map_or_else(String::new, |(begin, _)| begin.to_string());
    events.iter().map(|event| (begin(event), event.status, event.summary.clone())).collect()
}

/// Builds an expected event from its start date, status and summary.
fn row(begin: &str, status: Status, summary: &str) -> (String, Status, String) {
    (begin.into(), status, summary.into())
}

#[test]
fn a_date_makes_a_row_without_the_date() {
    assert_eq!(
        timeline("The ferry sank off Ostrel on Monday, officials said."),
        [row("2023-09-25", Status::Past, "The ferry sank off Ostrel")]
    );
}

#[test]
fn a_row_leaves_out_the_dateline() {
    assert_eq!(
        timeline("OSTREL, Sept. 26 (Courier) — The ferry sank off the pier late on Monday."),
        [row("2023-09-25", Status::Past, "The ferry sank off the pier")]
    );
}

#[test]
fn two_dated_clauses_are_two_events_in_order_of_time() {
    assert_eq!(
        timeline("The bridge, which opened in 1994, will be closed on Friday."),
        [
            row("1994-01-01", Status::Past, "The bridge opened"),
            row("2023-09-29", Status::Scheduled, "The bridge will be closed"),
        ]
    );
}

#[test]
fn a_date_that_describes_a_noun_makes_no_row() {
    assert!(timeline("He spoke of the 1999 storm and of Friday's vote.").is_empty());
}

#[test]
fn vague_times_and_repeated_ones_make_no_event() {
    assert!(timeline("The club has recently met every Monday. It is now closed.").is_empty());
}

#[test]
fn the_same_event_reported_twice_is_one_event() {
    let events = timeline(
        "Fire destroyed the old market hall on Monday. Nobody was hurt.\n\nThe fire that destroyed the market hall on \
         Monday began in a kitchen.",
    );
    assert_eq!(events.len(), 1, "{events:?}");
}

#[test]
fn a_stretch_of_time_is_one_event() {
    let article = Article::verbatim("", "The mine was closed from 1992 to 1995.");
    let events = ANALYZER.analyze(&article, &Options::default()).events;
    assert_eq!(events.first().and_then(|event| event.interval), Some((date(1992, 1, 1), date(1995, 12, 31))));
    assert_eq!(events.len(), 1);
}

/// Returns the summaries of the events in a story dated Wednesday 27 September 2023.
fn summaries(text: &str) -> Vec<String> {
    timeline(text).into_iter().map(|(_, _, summary)| summary).collect()
}

#[test]
fn an_insertion_does_not_part_the_subject_from_its_verb() {
    assert_eq!(
        summaries("The harbour master, Ines Vale, who lives on the pier, resigned on Monday."),
        ["The harbour master resigned"]
    );
    assert_eq!(
        summaries("Mayor Ines Vale, a baker first elected in 2017, denied it."),
        ["Mayor Ines Vale … first elected"]
    );
}

#[test]
fn a_participle_gets_its_noun_and_no_auxiliary() {
    assert_eq!(summaries("The lamp, damaged on Monday, was replaced."), ["The lamp, damaged"]);
    assert_eq!(
        summaries("Founded in 1887 as a rope maker, the firm makes sails."),
        ["Founded as a rope maker, the firm"]
    );
}

#[test]
fn reported_content_is_summarised_without_its_speaker() {
    assert_eq!(
        summaries("The harbour will be dredged on Friday, Vale told reporters, after years of delay."),
        ["The harbour will be dredged"]
    );
    assert_eq!(summaries("“I sold my boat in 2019,” said Ines Vale, a fisher."), ["Ines Vale: I sold my boat"]);
}

#[test]
fn a_second_date_of_one_verb_keeps_its_subject() {
    assert_eq!(
        summaries("The plan was approved by the council on Monday and by the port on Tuesday."),
        [
            "The plan was approved by the council on Monday and by the port on Tuesday",
            "The plan was approved by the port"
        ]
    );
}

#[test]
fn a_relative_clause_takes_up_what_it_can_be_of() {
    assert_eq!(
        summaries("A ruling on the pier, which had been expected in August, was put off."),
        ["A ruling on the pier had been expected"]
    );
    assert_eq!(summaries("An inquiry into the pier, which opened in 1994, found nothing."), ["The pier opened"]);
    assert_eq!(
        summaries("She called off a trip to Ostrel that had been planned for Friday."),
        ["A trip to Ostrel had been planned for Friday"]
    );
    assert_eq!(
        summaries("It made an offer of $51 a share, which the board rejected on Monday."),
        ["The board rejected an offer of $51 a share"]
    );
}

#[test]
fn a_date_after_a_conjunction_opens_a_clause_of_its_own() {
    assert_eq!(
        summaries("In 1953 she married Tom Orr, a surveyor, and two years later the couple emigrated to Vell."),
        ["She married Tom Orr", "The couple emigrated to Vell"]
    );
    assert_eq!(
        summaries("In 1939 a flood killed 40 people in Vell, and in 1992 another left some 500 homeless."),
        ["A flood killed 40 people in Vell", "Another left some 500 homeless"]
    );
}

#[test]
fn what_a_date_is_counted_from_is_its_own_event() {
    assert_eq!(
        summaries("She would be the first woman to lead Vell since independence from Ostrel in 1979."),
        ["Independence from Ostrel"]
    );
}

#[test]
fn an_act_that_a_person_was_punished_for_is_an_event() {
    assert_eq!(
        summaries("A clerk was jailed on Monday for taking bribes between 2015 and 2019."),
        ["Taking bribes between 2015 and 2019", "A clerk was jailed for taking bribes between 2015 and 2019"]
    );
}

#[test]
fn an_insertion_does_not_end_the_sentence_about_its_noun() {
    assert_eq!(
        summaries("Vell Air, which was founded in 1979, stopped flying in April and filed for bankruptcy in July."),
        ["Vell Air was founded", "Vell Air stopped flying", "Vell Air filed for bankruptcy"]
    );
    assert_eq!(
        summaries("In May, a clerk in Vell who was clearing an attic came across the map."),
        ["A clerk in Vell came across the map"]
    );
    assert_eq!(
        summaries("The map was sold in 1934, doubted in 1962 and burnt by accident."),
        ["The map was sold", "The map was doubted"]
    );
}

#[test]
fn a_subject_of_several_words_is_kept_whole() {
    assert_eq!(
        summaries("Ferry services to five islands were cancelled on Monday."),
        ["Ferry services to five islands were cancelled"]
    );
    assert_eq!(
        summaries("They sent a glove to a laboratory in Vell, which produced a match in August."),
        ["A laboratory in Vell produced a match"]
    );
    assert_eq!(
        summaries("A clerk traced it to his cousin, and officers arrested Orr at his home on Monday."),
        ["Officers arrested Orr at his home"]
    );
}

#[test]
fn a_participle_is_not_the_verb_of_the_sentence() {
    assert_eq!(
        summaries("A balloon built in Ostrel will be dropped into the clouds on Friday."),
        ["A balloon built in Ostrel will be dropped into the clouds"]
    );
    assert_eq!(summaries("Two of the men, aged 31 and 44, were detained on Monday."), ["Two of the men were detained"]);
    assert_eq!(
        summaries("Parliament approved it in 2006, cut its budget in 2007 and restored it in 2009."),
        ["Parliament approved it", "Parliament cut its budget", "Parliament restored it"]
    );
}

#[test]
fn the_content_after_an_insertion_is_summarised() {
    assert_eq!(
        summaries("The lawyers said on Monday, before the verdict, that they would appeal."),
        ["The lawyers said that they would appeal"]
    );
}

#[test]
fn a_prediction_is_summarised_with_its_speaker() {
    assert_eq!(summaries("The mill will close, its owner said on Monday."), ["Its owner: The mill will close"]);
    assert_eq!(
        summaries("Ines Vale said on Monday she would sue the port."),
        ["Ines Vale said she would sue the port"]
    );
}

#[test]
fn a_noun_after_a_preposition_is_not_a_subject() {
    assert_eq!(summaries("Signals from it stopped on Monday."), ["Signals from it stopped"]);
}

#[test]
fn what_is_always_so_makes_no_row() {
    assert!(summaries("The ferry leaves at noon. Anyone who comes on a Friday pays nothing.").is_empty());
}

#[test]
fn a_relative_clause_without_its_word_leaves_the_date_to_the_verb_before() {
    assert_eq!(
        summaries("The clerk was jailed on Monday for robbing the fund of the men he had worked with."),
        ["The clerk was jailed for robbing the fund of the men he had worked with"]
    );
}

#[test]
fn a_verb_after_and_shares_the_subject_whatever_as_leads() {
    assert_eq!(
        summaries("She had joined the port as a pilot in 1983 and became its master in 2004."),
        ["She had joined the port as a pilot", "She became its master"]
    );
}

#[test]
fn since_when_nothing_was_like_it_dates_nothing() {
    assert!(summaries("The club reached the final for the first time since 1998.").is_empty());
    assert!(summaries("It was the worst flood since 1953.").is_empty());
}

#[test]
fn what_lasts_until_a_day_to_come_is_an_event_of_that_day() {
    assert_eq!(
        timeline("The schools will stay closed until Friday."),
        [row("2023-09-29", Status::Scheduled, "The schools will stay closed until Friday")]
    );
}

#[test]
fn what_would_happen_as_something_else_did_is_to_come() {
    assert_eq!(
        timeline("Forecasters said the storm would weaken as it reached the hills on Monday.")[0].0,
        "2023-10-02"
    );
}

#[test]
fn an_age_owns_no_car() {
    assert_eq!(
        summaries("They were a couple in their sixties whose car was struck by a tree on Monday."),
        ["A couple’s car was struck by a tree"]
    );
}

#[test]
fn what_an_organisation_says_of_itself_is_summarised_with_its_name() {
    assert_eq!(
        summaries("The Harbour Board said in a statement on Sunday that it would publish the plans in November."),
        [
            "The Harbour Board said in a statement that it would publish the plans in November",
            "Harbour Board would publish the plans"
        ]
    );
}

#[test]
fn a_comma_between_adjectives_parts_no_subject() {
    assert_eq!(
        summaries("A second, smaller storm hit the coast on Monday."),
        ["A second, smaller storm hit the coast"]
    );
}

#[test]
fn a_pronoun_after_a_verb_of_saying_begins_what_was_said() {
    assert_eq!(
        summaries("The drivers told the court on Monday they had waited since June."),
        ["The drivers had waited since June", "The drivers told the court they had waited since June"]
    );
}

#[test]
fn a_figure_on_a_year_earlier_is_compared() {
    assert_eq!(
        summaries("Some 7 million guests came in July, up 9% on a year earlier."),
        ["Some 7 million guests came"]
    );
}

#[test]
fn the_world_health_organization_is_not_a_question() {
    assert_eq!(summaries("The WHO says the number will triple by 2050."), ["The number will triple by 2050"]);
}

#[test]
fn an_insertion_ends_at_the_comma_before_the_verb() {
    assert_eq!(
        summaries("The deal, which needs the consent of Ostrel and Vell, is expected to close in May 2024."),
        ["The deal is expected to close"]
    );
}

#[test]
fn since_a_sale_in_a_year_dates_the_sale() {
    assert_eq!(
        summaries("The board had agreed on Monday to its biggest deal since the purchase of a ferry in 2011."),
        ["The purchase of a ferry", "The board had agreed to its biggest deal since the purchase of a ferry in 2011"]
    );
}

#[test]
fn ages_own_nothing() {
    assert_eq!(
        summaries("They found two brothers, ages 6 and 9, who had been missing since Monday."),
        ["Two brothers had been missing since Monday"]
    );
}

#[test]
fn a_gerund_after_a_comma_takes_the_subject_and_the_past() {
    assert_eq!(summaries("She studied law at Halven, graduating in 1974."), ["She graduated"]);
    assert_eq!(
        summaries("After serving as mayor from 2010 to 2018, she left."),
        ["She served as mayor from 2010 to 2018"]
    );
}

#[test]
fn the_date_of_a_letter_is_that_of_what_it_says() {
    assert_eq!(
        summaries("She had warned in a letter dated January 9 that the bridge was unsafe."),
        ["She had warned in a letter dated January 9 that the bridge was unsafe"]
    );
}

#[test]
fn the_subject_of_the_sentence_before_names_it_and_they() {
    assert_eq!(
        summaries("The harbour board met twice. It closed the pier on Monday."),
        ["The harbour board closed the pier"]
    );
    assert_eq!(summaries("The pilots left after they heard the news on Monday."), ["The pilots heard the news"]);
    // "It" has no antecedent here, so it is not replaced.
    assert_eq!(summaries("The board met twice. It was cold on Monday."), ["It was cold"]);
}

#[test]
fn a_verb_of_saying_without_content_is_shown_with_what_was_said() {
    assert_eq!(
        summaries("On Monday, Ines Vale tweeted: “Every pier deserves to be kept.”"),
        ["Ines Vale tweeted: Every pier deserves to be kept"]
    );
    assert_eq!(summaries("“The pier is lost,” Ines Vale said on Monday in Ostrel."), ["Ines Vale: The pier is lost"]);
}

#[test]
fn two_clauses_share_the_date_before_them() {
    assert_eq!(
        summaries("On Monday the crews sealed the tunnel and the board closed the pier."),
        ["The crews sealed the tunnel", "The board closed the pier"]
    );
    assert_eq!(
        summaries("On Monday the crews sealed the tunnel and the board will close the pier."),
        ["The crews sealed the tunnel"]
    );
}

#[test]
fn a_credit_makes_no_row() {
    assert!(summaries("“Pier found unsafe after storm” — Ostrel Courier, September 25, 2023").is_empty());
    assert!(summaries("Last updated: 25 September 2023, 21.40").is_empty());
    assert_eq!(summaries("“It is lost,” said Ines Vale, a fisher, on Monday."), ["Ines Vale: It is lost"]);
}

#[test]
fn a_sentence_inside_a_long_list_of_dates_is_read_around_its_date() {
    let list = "The pier was closed in May 2001 and the crews left in June 2001 and ".repeat(40);
    assert!(summaries(&format!("{list}the board met in July 2001.")).len() > 20);
}

#[test]
fn what_was_planned_and_called_off_is_over() {
    assert_eq!(timeline("The minister was due to meet the crews on Monday but cancelled.")[0].0, "2023-09-25");
    assert_eq!(timeline("It took the crews until Sunday to reach the last cave.").len(), 0);
}

#[test]
fn a_row_has_no_auxiliary_that_its_sentence_lacks() {
    assert_eq!(summaries("Two men arrested in Vell in May were freed."), ["Two men arrested in Vell"]);
    assert_eq!(summaries("The map, which was sold in 1934, burnt."), ["The map was sold"]);
}

#[test]
fn what_is_expected_of_a_period_that_has_not_ended_is_to_come() {
    assert_eq!(timeline("The port expects two million passengers this year.")[0].1, Status::Scheduled);
    assert_eq!(timeline("The port expected two million passengers last year.")[0].1, Status::Past);
}

#[test]
fn a_cut_row_does_not_end_inside_a_clause_with_when() {
    let text = "At least 76 crew members and passengers were injured on Monday when the Ostrel Star near the old \
                lighthouse and the new quay capsized.";
    assert_eq!(summaries(text), ["At least 76 crew members and passengers were injured"]);
}

#[test]
fn a_title_with_its_source_makes_no_row() {
    assert!(summaries("“Board calls for inquiry into lost boats” — Ostrel Courier, September 25, 2023").is_empty());
}

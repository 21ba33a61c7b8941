//! Tests the rows of verbs that share a subject or an auxiliary.

use super::{row, summaries, timeline};
use crate::Status;

#[test]
fn each_verb_of_a_list_has_its_own_date() {
    assert_eq!(
        timeline("Sales at Vell rose in 2019, halved in 2020 and recovered in 2022."),
        [
            row("2019-01-01", Status::Past, "Sales at Vell rose"),
            row("2020-01-01", Status::Past, "Sales at Vell halved"),
            row("2022-01-01", Status::Past, "Sales at Vell recovered"),
        ]
    );
    assert_eq!(
        summaries("It is known that the choir formed in 1980, toured in 1985 and disbanded in 1991."),
        ["The choir formed", "The choir toured", "The choir disbanded"]
    );
}

#[test]
fn a_participle_with_its_agent_does_not_continue_the_list() {
    let rows = summaries("The council praised the plan, drafted by Orrin in 2019 and approved in 2020.");
    assert!(rows.iter().all(|row| !row.starts_with("The council")), "{rows:?}");
}

#[test]
fn a_verb_after_and_keeps_the_modal_of_the_first() {
    assert_eq!(
        timeline("The ferry will land in Ostrel in May 2024 and sail to Porto in June 2024."),
        [
            row("2024-05-01", Status::Scheduled, "The ferry will land in Ostrel"),
            row("2024-06-01", Status::Scheduled, "The ferry will sail to Porto"),
        ]
    );
    assert_eq!(
        timeline("The firm may sell the mill in October and close the plant in November.")[1],
        row("2023-11-01", Status::Hypothetical, "The firm may close the plant")
    );
}

#[test]
fn each_participle_of_a_list_keeps_the_auxiliary() {
    assert_eq!(
        summaries("The mill was bought by Orrin in 2001, closed in 2009 and demolished in 2014."),
        ["The mill was bought by Orrin", "The mill was closed", "The mill was demolished"]
    );
    assert_eq!(
        summaries("The statue will be cleaned in October and moved to the port in November."),
        ["The statue will be cleaned", "The statue will be moved to the port"]
    );
}

#[test]
fn a_gerund_that_says_from_when_is_no_event() {
    assert_eq!(
        timeline("The port will charge a fee for each car, starting in October."),
        [row("2023-10-01", Status::Scheduled, "The port will charge a fee for each car")]
    );
    assert_eq!(summaries("Trams will run to the coast, ending in 2025."), ["Trams will run to the coast"]);
}

#[test]
fn participles_that_share_a_noun_are_not_the_main_verb() {
    let rows = summaries("The law, passed by parliament in 2014 and amended in 2018, bans smoking in parks.");
    assert!(rows.iter().all(|row| !row.contains("bans")), "{rows:?}");
}

#[test]
fn a_date_of_an_infinitive_after_a_participle_is_not_that_of_the_main_verb() {
    assert_eq!(
        timeline("The storm, expected to reach the coast on Friday, has already killed three people."),
        [row("2023-09-29", Status::Scheduled, "The storm, expected to reach the coast")]
    );
    let stake = timeline("Orrin sold its stake, expected to rise to 57 percent by the end of this year.");
    assert!(stake.iter().all(|(_, status, _)| *status == Status::Scheduled) && stake.len() == 1, "{stake:?}");
}

#[test]
fn a_measure_before_an_adverbial_clause_is_not_the_subject() {
    assert_eq!(
        summaries("Two years after it was founded, the club won the league in 1924."),
        ["The club won the league"]
    );
}

#[test]
fn a_verb_after_or_keeps_the_negation() {
    assert_eq!(
        summaries("The minister was not told in May or informed in June."),
        ["The minister was not told", "The minister was not informed"]
    );
}

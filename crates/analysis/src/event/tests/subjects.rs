//! Tests which noun a row names as the subject of a relative clause, a participle or a pronoun.

use super::{row, summaries, timeline};
use crate::event::Status::Past;

#[test]
fn an_age_is_not_the_antecedent_of_a_relative_clause() {
    assert!(
        summaries("Orrin, 46, who married a nurse in Vell last month, resigned on Tuesday.")
            .contains(&"Orrin married a nurse in Vell".to_owned())
    );
    assert!(
        summaries("Vale, now 38, who heard of the find from a neighbour in June, leads the team.")
            .contains(&"Vale heard of the find from a neighbour".to_owned())
    );
}

#[test]
fn a_relative_clause_after_a_place_is_about_the_whole_noun_phrase() {
    assert_eq!(
        timeline("The firm closed its plant in Gorsley, which opened in 1911."),
        [row("1911-01-01", Past, "The firm’s plant in Gorsley opened")]
    );
}

#[test]
fn a_relative_clause_with_where_has_its_own_subject() {
    assert!(
        summaries("They put off a decision on the skate park, where work began last month.")
            .contains(&"Work began".to_owned())
    );
}

#[test]
fn a_participle_after_a_phrase_names_the_whole_phrase() {
    assert!(
        summaries("Trains to the coast, cancelled on Sunday, were running again.")
            .contains(&"Trains to the coast, cancelled".to_owned())
    );
}

#[test]
fn a_month_that_is_the_subject_stays_in_the_row() {
    assert_eq!(summaries("“January was no good,” she said."), ["January was no good"]);
    let rows = summaries("August, by contrast, was the fourth mildest.");
    assert!(!rows.iter().any(|row| row.starts_with("The fourth mildest")), "{rows:?}");
}

#[test]
fn the_object_of_a_relative_clause_is_not_its_subject() {
    let rows = summaries(
        "The jars were left in a shed by a student, Pia Holm, who packed them in straw, forgot about them and left for a \
         job in Vell in 1995.",
    );
    assert!(rows.contains(&"Pia Holm left for a job in Vell".to_owned()), "{rows:?}");
}

#[test]
fn its_refers_to_the_organisation_of_the_sentence_before() {
    let rows = summaries(
        "Orrin Motors Inc. has three factories. Its sales in Vell rose in February. In 2005 it lost a third of its value.",
    );
    assert_eq!(rows, ["Orrin Motors Inc. lost a third of its value", "Orrin Motors Inc.’s sales in Vell rose"]);
}

#[test]
fn a_long_row_loses_a_relative_clause_rather_than_its_verb() {
    let rows = summaries(
        "The transport ministry announced on Monday that the contract for the northern line, which has been renewed twice \
         by the regional council, will be put out to tender again.",
    );
    assert!(rows.iter().any(|row| row.ends_with("will be put out to tender again")), "{rows:?}");
}

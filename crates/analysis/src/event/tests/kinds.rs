//! Tests which clause a time dates in different kinds of sentences.

use super::{Status, row, summaries, timeline};

#[test]
fn a_noun_for_a_happening_takes_its_date_to_the_verb() {
    assert_eq!(summaries("Monday's hearing was put off."), ["Monday's hearing was put off"]);
    assert_eq!(
        timeline("The 1962 flood killed 31 people."),
        [row("1962-01-01", Status::Past, "The 1962 flood killed 31 people")]
    );
    // The noun does not date the verb if another time does, or if the noun is a publication rather than an event.
    assert_eq!(summaries("Monday's hearing was put off on Tuesday."), ["Monday's hearing was put off"]);
    assert!(summaries("The 1962 report describes the valley. Monday's paper was thin.").is_empty());
}

#[test]
fn the_day_of_a_report_is_not_that_of_a_dated_event() {
    assert_eq!(
        timeline("The blaze on Monday hurt four workers, the fire service said on Tuesday."),
        [row("2023-09-25", Status::Past, "The blaze hurt four workers")]
    );
    assert_eq!(summaries("Four workers were hurt, the fire service said on Tuesday."), ["Four workers were hurt"]);
}

#[test]
fn a_clause_with_when_after_a_date_is_dated_too() {
    assert_eq!(
        summaries("It was the worst loss since June 2021, when the port lowered its fees."),
        ["The port lowered its fees"]
    );
    assert_eq!(
        summaries("Vell has had a mayor since the vote of May 2020, when Ines Vale won it."),
        ["Ines Vale won it", "Vell has had a mayor since the vote of May 2020"]
    );
    assert_eq!(summaries("He left Vell in 1978, when the port closed."), ["He left Vell"]);
}

#[test]
fn a_date_inside_a_clause_with_when_dates_the_clause_before_it() {
    assert_eq!(
        summaries("A fisher died when his boat struck the pier on Monday."),
        ["A fisher died when his boat struck the pier"]
    );
}

#[test]
fn a_perfect_after_a_modal_did_not_happen() {
    assert_eq!(timeline("Ines Vale would have spoken on Monday.")[0].1, Status::Hypothetical);
    assert_eq!(timeline("Ines Vale should not have signed it in May.")[0].1, Status::Hypothetical);
}

#[test]
fn what_is_to_happen_today_is_to_come() {
    assert_eq!(timeline("The pier was to reopen on Wednesday.")[0].1, Status::Scheduled);
}

#[test]
fn what_a_time_is_counted_from_dates_nothing() {
    assert!(summaries("Talks ended two weeks after the vote of 5 May 2019.").is_empty());
    assert!(timeline("He left three days before Christmas.").iter().all(|(begin, _, _)| begin != "2022-12-25"));
    assert_eq!(summaries("He left after the vote of 5 May 2019."), ["He left after the vote of 5 May 2019"]);
}

#[test]
fn any_such_day_makes_no_row() {
    assert!(summaries("They met when nobody came, such as Saturday evenings.").is_empty());
    assert!(summaries("She worked from 6am to midnight.").is_empty());
    assert!(summaries("Today about 900 people in Vell speak the language.").is_empty());
}

#[test]
fn a_stamp_makes_no_row() {
    assert!(summaries("Nobody knows the price — Vale Port (@valeport) March 4, 2016").is_empty());
    assert!(summaries("Posted: 25 September 2023 in Ports and piers by Ines Vale").is_empty());
}

#[test]
fn what_a_publication_found_is_its_row() {
    assert_eq!(
        summaries("A survey published on Monday found that voters oppose the pier."),
        ["A survey published on Monday found that voters oppose the pier"]
    );
    assert_eq!(
        summaries("According to a survey published on Monday, two in three voters oppose the pier."),
        ["Two in three voters oppose the pier"]
    );
    assert_eq!(
        summaries("In a Courier poll released Monday, most voters rejected the pier."),
        ["Most voters rejected the pier"]
    );
}

#[test]
fn a_subject_without_an_article_follows_its_date() {
    assert_eq!(
        summaries("On Monday police closed the harbour and divers searched the ferry."),
        ["Police closed the harbour", "Divers searched the ferry"]
    );
    assert_eq!(summaries("Last week officials said the dam was safe."), ["Officials said the dam was safe"]);
}

#[test]
fn a_verb_that_looks_like_a_participle_keeps_its_subject() {
    assert_eq!(
        summaries("In 1991, three parties - the Reform Bloc, the Port League and the Coast Union - formed a cabinet."),
        ["Three parties formed a cabinet"]
    );
    assert_eq!(
        summaries("The port, owned by the town, named Petra Dahl its chief on Monday."),
        ["The port named Petra Dahl its chief"]
    );
    assert_eq!(
        summaries("Soldiers took the town of Berez, which rebels captured in August."),
        ["Rebels captured the town of Berez"]
    );
    assert_eq!(
        summaries("Ek fled to Ostrel, living there for two years, then found work in Vell in 1980."),
        ["Ek then found work in Vell"]
    );
}

#[test]
fn each_date_of_a_list_is_a_row() {
    let years: Vec<String> =
        timeline("Votes were held in 2003, 2007 and 2011.").into_iter().map(|(begin, _, _)| begin).collect();
    assert_eq!(years, ["2003-01-01", "2007-01-01", "2011-01-01"]);
}

#[test]
fn a_pronoun_before_its_name_is_named() {
    assert_eq!(
        summaries("When she was elected in 2015, Ines Vale promised to leave early."),
        ["Ines Vale was elected"]
    );
}

#[test]
fn a_person_is_never_it() {
    assert_eq!(
        summaries("Ines Vale founded the fund in 2009, and it failed in 2021."),
        ["Ines Vale founded the fund", "It failed"]
    );
}

#[test]
fn an_age_is_no_antecedent() {
    assert_eq!(summaries("A boy of nine who vanished on Monday was found."), ["A boy of nine vanished"]);
}

#[test]
fn a_cleft_is_about_its_clause() {
    assert_eq!(summaries("It was on Monday that the board closed the pier."), ["The board closed the pier"]);
}

#[test]
fn words_after_a_colon_are_what_was_said() {
    assert_eq!(
        summaries("Ines Vale told reporters on Monday: “I learned of it from the papers.”"),
        ["Ines Vale: I learned of it from the papers"]
    );
}

#[test]
fn a_date_can_be_all_that_is_said_of_a_happening() {
    assert_eq!(summaries("The next vote is on 9 October."), ["The next vote is on 9 October"]);
}

#[test]
fn a_pronoun_after_the_verb_is_named() {
    assert_eq!(
        summaries("Ines Vale leads the port. Tom Orr said on Monday that she would resign."),
        ["Tom Orr said that Ines Vale would resign"]
    );
    assert_eq!(summaries("Tom Orr said on Monday that he would resign."), ["Tom Orr said that he would resign"]);
}

#[test]
fn a_title_of_former_days_does_not_end_the_sentence() {
    assert_eq!(
        summaries("Vell had sued then-Gov. Ines Vale in 1994 over the pier."),
        ["Vell had sued then-Gov. Ines Vale over the pier"]
    );
}

#[test]
fn what_is_decided_may_be_open_but_not_the_decision() {
    assert_eq!(timeline("The board will decide on Friday whether to close the pier.")[0].1, Status::Scheduled);
}

#[test]
fn a_list_of_objects_is_kept_whole() {
    assert_eq!(
        summaries("Vale won Ostrel, Holm and Arvik on Monday, widening her lead."),
        ["Vale won Ostrel, Holm and Arvik"]
    );
    assert_eq!(summaries("Vale left the port on Monday, and Tom Orr took over."), ["Vale left the port"]);
}

#[test]
fn the_region_of_a_place_does_not_end_the_row() {
    assert_eq!(
        summaries("The club removed the mayor of Roanoke, Virginia, from its board in May."),
        ["The club removed the mayor of Roanoke, Virginia, from its board"]
    );
}

#[test]
fn a_date_after_and_belongs_to_the_clause_that_follows() {
    assert_eq!(
        summaries("On Sunday, he was in Vell, saying that the race is close, and on Monday, Tom Orr spoke in Holm."),
        ["He was in Vell", "Tom Orr spoke in Holm"]
    );
}

#[test]
fn a_question_makes_no_row() {
    assert!(summaries("Why don't you surprise them on Monday?").is_empty());
}

#[test]
fn an_age_in_brackets_does_not_end_a_list_of_subjects() {
    assert_eq!(
        summaries("Tom Orr (32) and Ines Vale on Monday became the first members."),
        ["Tom Orr (32) and Ines Vale became the first members"]
    );
}

//! Tests times that describe a noun, and clauses whose subject or verb is easily misread.

use super::{Status, row, summaries, timeline};

#[test]
fn the_date_of_an_occasion_dates_the_verb() {
    assert_eq!(
        timeline("In a 2014 interview with the Courier, Ines Vale insisted the pier was safe."),
        [row("2014-01-01", Status::Past, "Ines Vale insisted the pier was safe")]
    );
    assert_eq!(
        summaries("At Tuesday's meeting the board voted to close the pier."),
        ["The board voted to close the pier"]
    );
    assert_eq!(
        summaries("Orrin lost the 1998 election by nine votes."),
        ["Orrin lost the 1998 election by nine votes"]
    );
    assert_eq!(
        summaries("Ines Vale was the winner of Tuesday's Ostrel primary."),
        ["Ines Vale was the winner of Tuesday's Ostrel primary"]
    );
    assert_eq!(timeline("The affair led to the December 1998 impeachment of Ed Orrin.")[0].0, "1998-12-01");
    // The verb has a day of its own, or the noun is only its topic.
    assert!(summaries("Orrin criticised Friday's vote. She played the queen in the 1957 film.").is_empty());
}

#[test]
fn a_relative_clause_says_what_happened_on_an_occasion() {
    assert_eq!(
        timeline("It was the worst crush since the 1991 Vell pilgrimage, in which 40 people were trampled."),
        [row("1991-01-01", Status::Past, "40 people were trampled")]
    );
}

#[test]
fn a_year_can_be_the_subject() {
    assert_eq!(
        timeline("Officials said 2023 has seen the worst drought on record."),
        [row("2023-01-01", Status::Past, "2023 has seen the worst drought on record")]
    );
}

#[test]
fn a_few_days_to_come_begin_on_the_day_of_the_report() {
    assert_eq!(
        timeline("The strike will disrupt the trains over the next few days."),
        [row("2023-09-27", Status::Scheduled, "The strike will disrupt the trains over the next few days")]
    );
    assert!(summaries("The strike has disrupted the trains over the past few days.").is_empty());
}

#[test]
fn an_apposition_with_a_participle_has_no_verb_of_its_own() {
    assert_eq!(
        summaries("Mayor Ines Vale, a Liberal first elected in 2017, announced her decision in a letter."),
        ["Mayor Ines Vale … first elected"]
    );
}

#[test]
fn the_name_before_an_apposition_is_the_subject() {
    assert_eq!(
        summaries("It was left to Ines Vale, the head of the port, who had arrived on Monday."),
        ["Ines Vale had arrived"]
    );
    assert_eq!(summaries("She praised Ed Orrin, a captain who died in Ostrel in 2004."), ["Ed Orrin died in Ostrel"]);
    assert_eq!(summaries("In Vell, the mayor, who had arrived on Monday, was silent."), ["The mayor had arrived"]);
}

#[test]
fn words_in_brackets_are_not_what_a_relative_clause_is_about() {
    assert_eq!(
        summaries("It will face the new Brann Orca (the rival of the Falcon) which was released in May."),
        ["The new Brann Orca was released"]
    );
}

#[test]
fn the_main_verb_follows_a_relative_clause() {
    assert_eq!(
        summaries(
            "Bishop Elsa Kord of Vell, whose diocese takes in the island, announced in February that the bells would stay."
        ),
        ["Bishop Elsa Kord of Vell announced that the bells would stay"]
    );
    assert_eq!(
        summaries("Ines Vale, who is chairing the board of the port, on Sunday defended its plans."),
        ["Ines Vale defended its plans"]
    );
}

#[test]
fn a_warning_in_a_report_is_about_what_is_warned_of() {
    assert_eq!(
        summaries("The institute warned in a report published on 14 January that the dam would fail."),
        ["The institute warned in a report that the dam would fail"]
    );
}

#[test]
fn an_apposition_to_a_date_is_not_the_subject() {
    assert_eq!(
        summaries(
            "It found that on May 19, the day after a storm flooded the town, one barge made five trips to the quarry."
        ),
        ["One barge made five trips to the quarry"]
    );
}

#[test]
fn what_was_to_happen_and_did_not_is_no_fact() {
    assert_eq!(timeline("The match had been set for Friday.")[0].1, Status::Hypothetical);
    assert_eq!(timeline("Ines Vale was to have spoken on Friday.")[0].1, Status::Hypothetical);
    assert_eq!(timeline("The sale had been approved on Monday.")[0].1, Status::Past);
}

#[test]
fn the_content_of_a_question_is_no_fact() {
    assert_eq!(
        summaries("Ines Vale was asked what she had learnt on Monday."),
        ["Ines Vale was asked what she had learnt"]
    );
    assert!(summaries("If the boats sail on Saturday, should we wait?").is_empty());
}

#[test]
fn excepted_years_have_rows_of_their_own() {
    assert_eq!(
        timeline(
            "The race has been run since 1981, except 2019, when a flood closed the road, and 2020, when a plague emptied the town."
        ),
        [
            row("1981-01-01", Status::Past, "The race has been run since 1981"),
            row("2019-01-01", Status::Past, "A flood closed the road"),
            row("2020-01-01", Status::Past, "A plague emptied the town"),
        ]
    );
}

#[test]
fn a_time_in_an_opening_phrase_does_not_date_the_main_verb() {
    assert_eq!(
        timeline("Despite being given a new deck in 2002, the pier dates back to 1998."),
        [
            row("1998-01-01", Status::Past, "The pier dates back to 1998"),
            row("2002-01-01", Status::Past, "Being given a new deck, the pier"),
        ]
    );
}

#[test]
fn a_body_that_plans_is_it() {
    assert_eq!(
        summaries("Orrin Pumps says it hopes to open the mill by Saturday."),
        ["Orrin Pumps hopes to open the mill by Saturday"]
    );
    assert_eq!(
        summaries("The award went to Ines Vale and Ed Orrin. On Monday, they thanked the board."),
        ["Ines Vale and Ed Orrin thanked the board"]
    );
}

#[test]
fn roles_are_left_out_of_a_row_that_would_be_cut() {
    assert_eq!(
        summaries(
            "Deputy Prime Minister Ines Vale and federal industry minister Ed Orrin announced on Monday that the federal \
             government would lend the mill nine million crowns."
        ),
        ["Ines Vale and Ed Orrin announced that the federal government would lend the mill nine million crowns"]
    );
}

#[test]
fn the_content_before_a_speaker_with_an_apposition_is_the_row() {
    assert_eq!(
        summaries("The merger is complete, Cathie Orrin, the firm's vice president, said in a call on Monday."),
        ["The merger is complete"]
    );
}

#[test]
fn an_object_says_more_than_a_later_quote() {
    assert_eq!(
        summaries("Ines Vale announced on Monday the lawsuit against the port. “We will win it,” she said."),
        ["Ines Vale announced the lawsuit against the port"]
    );
}

#[test]
fn a_comparison_is_kept_whole() {
    assert_eq!(
        summaries("On Monday, Ines Vale met as many voters as she could."),
        ["Ines Vale met as many voters as she could"]
    );
}

#[test]
fn a_preposition_at_the_end_of_a_relative_clause_takes_its_object() {
    assert_eq!(
        summaries("Ines Vale missed the exam she had studied for in May."),
        ["Ines Vale had studied for the exam"]
    );
}

#[test]
fn a_relative_clause_without_a_relative_word_has_an_object() {
    assert_eq!(
        summaries("They can sell steel without paying the tariff the administration imposed in May."),
        ["The administration imposed the tariff"]
    );
    assert_eq!(
        summaries("The fees were an issue in separate meetings Vale held on Monday with Ed Orrin."),
        ["Vale held separate meetings with Ed Orrin"]
    );
    assert_eq!(summaries("They praised the treaty signed in 1994."), ["The treaty signed"]);
}

#[test]
fn a_comma_inside_quotation_marks_does_not_end_a_row() {
    assert_eq!(
        summaries("Ines Vale on Monday called it a “tiny, tiny part” of the work."),
        ["Ines Vale called it a “tiny, tiny part” of the work"]
    );
}

#[test]
fn the_year_that_a_figure_rose_from_dates_nothing() {
    assert_eq!(
        timeline("Vell sold nine boats last year, a 15 percent increase from 2016."),
        [row("2022-01-01", Status::Past, "Vell sold nine boats")]
    );
}

#[test]
fn a_passive_needs_no_complement() {
    assert_eq!(summaries("A visit to Ostrel was proposed in May."), ["A visit to Ostrel was proposed"]);
}

//! Tests that nobody is credited with words that they did not say.

use crate::Options;
use crate::QuoteKind::{self, Direct, Indirect, Mixed};
use crate::testing::ANALYZER;
use dateline_core::article::Article;

/// Returns the kind, the content and the speaker's name of each quotation in `text`.
fn quotes(text: &str) -> Vec<(QuoteKind, String, String)> {
    let analysis = ANALYZER.analyze(&Article::verbatim("t", text), &Options::default());
    let quotes = analysis.quotes.into_iter();
    quotes
        .map(|quote| {
            let words = quote.span.of(text).trim_end_matches(['.', ',', '!', '?']).to_owned();
            (quote.kind, words, quote.speaker.map_or_else(String::new, |speaker| speaker.name))
        })
        .collect()
}

/// Checks the content and speaker of each quotation in quotation marks.
#[track_caller]
fn check_marked(text: &str, expected: &[(&str, &str)]) {
    let found = quotes(text);
    let marked = found.iter().filter(|(kind, _, _)| *kind != Indirect);
    let marked: Vec<(&str, &str)> = marked.map(|(_, words, name)| (words.as_str(), name.as_str())).collect();
    assert_eq!(marked, expected, "{text}");
}

/// Checks the content and speaker of each indirect report in `text`.
#[track_caller]
fn check_reports(text: &str, expected: &[(&str, &str)]) {
    let found = quotes(text);
    let reports = found.iter().filter(|(kind, _, _)| *kind == Indirect);
    let reports: Vec<(&str, &str)> = reports.map(|(_, words, name)| (words.as_str(), name.as_str())).collect();
    assert_eq!(reports, expected, "{text}");
}

#[test]
fn a_noun_after_a_quoted_modifier_is_no_verb() {
    check_marked("The clerks filed the “green” report in the cellar.", &[]);
    check_marked("Owners of the “best” claim met at the mill.", &[]);
    check_marked("The pilots burned all of her “secret” emails on the quay.", &[]);
    check_marked("The hall fell silent when Mara Odell deplored the “sorry” state of the pier.", &[]);
    check_marked(
        "The hall fell silent when Mara Odell decried the “sorry” state of the pier.",
        &[("sorry", "Mara Odell")],
    );
}

#[test]
fn a_verb_after_a_quotation_still_reports_it() {
    check_marked("“The pier is lost,” reports Mara Odell.", &[("The pier is lost", "Mara Odell")]);
    check_marked("“It was theirs,” claims Mara Odell.", &[("It was theirs", "Mara Odell")]);
}

#[test]
fn a_quotation_that_ends_in_a_comma_is_no_nickname() {
    let text =
        "The old pilot will play the “long game,” Odell said, adding that the way to win “is to wait for the tide.”";
    check_marked(text, &[("long game", "Odell"), ("is to wait for the tide", "Odell")]);
}

#[test]
fn both_objects_of_a_preposition_are_passed_over() {
    let text = "Several pilots, angry about the row between the harbour and the bank, chanted, “Give it back!”";
    check_marked(text, &[("Give it back", "Several pilots")]);
}

#[test]
fn what_is_judged_is_no_speaker() {
    let text = "Odell, who puts the cost “in the thousands,” described the plan as “a gamble.”";
    check_marked(text, &[("in the thousands", "Odell"), ("a gamble", "Odell")]);
}

#[test]
fn the_subject_of_what_was_said_is_no_speaker() {
    let text = "Odell, citing “the force of the spring tide,” said the ferry could be late.";
    check_marked(text, &[("the force of the spring tide", "Odell")]);
}

#[test]
fn the_addressee_is_no_speaker() {
    let text = "Odell, visiting the mill, asked the weavers “Who of you will be paid in May?”";
    check_marked(text, &[("Who of you will be paid in May", "Odell")]);
}

#[test]
fn a_title_that_is_addressed_is_no_speech() {
    let text = "“Count the boats before you sail,” Odell told “Harbour Tonight.”";
    check_marked(text, &[("Count the boats before you sail", "Odell")]);
}

#[test]
fn an_introduction_needs_no_verb_of_speech() {
    let text = "“It is late,” said Karel Dunn.\n\nAnd from Captain Mara Odell:\n\n“The new pier brings us more than the old \
                one.”\n\nThen came Ivo Lisle:\n\n“It would have lasted for years.”";
    let new = ("The new pier brings us more than the old one", "Mara Odell");
    check_marked(text, &[("It is late", "Karel Dunn"), new, ("It would have lasted for years", "Ivo Lisle")]);
}

#[test]
fn an_owner_speaks_through_the_advice() {
    check_marked(
        "Harbour master Mara Odell’s advice was, “Count the boats first.”",
        &[("Count the boats first", "Mara Odell")],
    );
}

#[test]
fn who_is_quoted_as_saying_it_speaks() {
    let text = "The Gazette quoted Odell as saying that the pier was lost.";
    check_reports(text, &[("that the pier was lost", "Odell")]);
    check_reports("Odell was quoted as saying that the pier was lost.", &[("that the pier was lost", "Odell")]);
}

#[test]
fn a_comment_after_a_report_is_the_reporters() {
    let text = "Dunn alleges that the pier was sold for a song, a charge that the harbour office rejects.";
    check_reports(text, &[("that the pier was sold for a song", "Dunn")]);
}

#[test]
fn the_main_clause_after_a_report_is_the_reporters() {
    check_reports("When Odell said she would sail, he stayed in bed.", &[("she would sail", "Odell")]);
}

#[test]
fn the_next_predicate_is_the_reporters() {
    let text = "Odell said she has no plans to sell the mill and would not name a price.";
    check_reports(text, &[("she has no plans to sell the mill", "Odell")]);
}

#[test]
fn joined_adjectives_belong_to_the_speaker() {
    let text = "The council will learn in May whether the ferry pays, present and former pilots said.";
    check_reports(text, &[("The council will learn in May whether the ferry pays", "present and former pilots")]);
}

#[test]
fn a_gerund_can_be_the_subject_of_a_report() {
    let text = "For all the rain, harbour engineers say, raising the pier would be cheap.";
    let found = quotes(text);
    assert!(
        found.iter().any(|(_, words, name)| words == "raising the pier would be cheap" && name == "harbour engineers")
    );
}

#[test]
fn what_reports_nothing_has_no_row() {
    for text in [
        "A captain claiming kinship with the mayor sold the pier on Sunday.",
        "She did, however, ask the pilot for a rope.",
        "Odell told pilots at a long meeting that lasted until dawn.",
    ] {
        assert_eq!(quotes(text), [], "{text}");
    }
    let text = "Karel Dunn, who wrote the first letter, said he was tired of it.";
    check_reports(text, &[("he was tired of it", "Karel Dunn")]);
}

#[test]
fn joined_fragments_have_one_speaker() {
    let text = "Tolls are “the next tax” and “drown the small boats,” Mara Odell, the former pilot, told the guild.";
    check_marked(text, &[("the next tax", "Mara Odell"), ("drown the small boats", "Mara Odell")]);
}

#[test]
fn the_subject_of_another_clause_does_not_add() {
    let text = "Mara Odell said the pier was “lost” and that the mill would open in May, adding that “we are glad.”";
    check_marked(text, &[("lost", "Mara Odell"), ("we are glad", "Mara Odell")]);
}

#[test]
fn an_office_of_several_words_precedes_its_holder() {
    check_reports(
        "Former Minister for Ports and Rivers Mara Odell said she was late.",
        &[("she was late", "Mara Odell")],
    );
}

#[test]
fn a_relative_clause_with_an_adverb_is_no_report() {
    assert_eq!(quotes("Odell told analysts on a long call that lasted only an hour."), []);
}

#[test]
fn a_question_word_is_no_speaker() {
    let text = "Odell had to learn how to lose a vote without saying, “This is the worst day I have had.”";
    check_marked(text, &[("This is the worst day I have had", "Odell")]);
    assert_eq!(quotes(text)[0].0, Direct);
    assert_eq!(quotes("Odell said it was “a bad day”.")[0].0, Mixed);
}

#[test]
fn a_quotation_between_subject_and_verb_leaves_the_verb_its_report() {
    let text = "Odell, citing “the odds,” said she would leave the mill.";
    check_marked(text, &[("the odds", "Odell")]);
    check_reports(text, &[("she would leave the mill", "Odell")]);
    let text = "Dunn, who calls it a “circus,” said he was tired of the mill.";
    check_reports(text, &[("he was tired of the mill", "Dunn")]);
}

#[test]
fn the_title_of_a_book_is_no_quotation() {
    check_marked("The river was always low, Odell said in her first book, “A Dry Year.”", &[]);
    check_marked("The river was always low, Odell said in an essay, “Last of the Weirs.”", &[]);
}

#[test]
fn a_thing_in_a_parenthetical_is_not_the_speaker() {
    check_marked(
        "The harbour office, asked about that sum, said it had “no reason to doubt it.”",
        &[("no reason to doubt it", "The harbour office")],
    );
    check_marked(
        "Mara Odell, pressed on the price of the mill, said it was “a rumour.”",
        &[("a rumour", "Mara Odell")],
    );
}

#[test]
fn a_participle_does_not_speak_for_a_letter_or_its_addressee() {
    check_marked(
        "Odell resigned in a letter to the board of directors stating, “I would be the first to let you know.”",
        &[("I would be the first to let you know", "Odell")],
    );
    check_marked(
        "Odell wrote to the mayor of the town saying: “The weir has to be mended before summer.”",
        &[("The weir has to be mended before summer", "Odell")],
    );
    check_marked(
        "The court heard a speech by the head of the port saying: “We lost the key of the mill.”",
        &[("We lost the key of the mill", "the head of the port")],
    );
}

#[test]
fn a_relative_word_after_an_apposition_refers_to_the_name() {
    check_marked(
        "The plan was criticised by Eero Lahti, a teacher, who said: “It is too late for us all.”",
        &[("It is too late for us all", "Eero Lahti")],
    );
    check_marked(
        "Another view came from Mara Odell, an expert at the town library, who stated: “It cannot last.”",
        &[("It cannot last", "Mara Odell")],
    );
    check_marked(
        "She met Eero Lahti, a teacher, who said: “It is too late for us all.”",
        &[("It is too late for us all", "Eero Lahti")],
    );
}

#[test]
fn a_count_of_times_does_not_speak() {
    check_marked(
        "Odell said the vote was over, and several times called the new weir “a farce from start to end”.",
        &[("a farce from start to end", "Odell")],
    );
}

//! Tests that indirect speech is found with the correct extent.

use crate::testing::ANALYZER;
use crate::{Options, QuoteKind};
use dateline_core::article::Article;

/// Returns the speaker and content of each indirect quotation.
fn reports(text: &str) -> Vec<(String, String)> {
    let article = Article::verbatim("a", text);
    ANALYZER
        .analyze(&article, &Options::default())
        .quotes
        .into_iter()
        .filter(|quote| quote.kind == QuoteKind::Indirect)
        .map(|quote| {
            let speaker = quote.speaker.map_or("", |speaker| speaker.mention.of(text)).to_owned();
            (speaker, quote.span.of(text).to_owned())
        })
        .collect()
}

fn one(text: &str, speaker: &str, words: &str) {
    assert_eq!(reports(text), [(speaker.to_owned(), words.to_owned())], "{text}");
}

#[test]
fn a_clause_after_the_verb_is_what_was_said() {
    one("The mayor said that the bridge would stay shut.", "The mayor", "that the bridge would stay shut");
    one("Officials say the fire is out.", "Officials", "the fire is out");
    one("Ana Ruiz said on Monday that she would sue.", "Ana Ruiz", "that she would sue");
}

#[test]
fn the_addressee_is_not_part_of_the_report() {
    one("Ruiz told reporters the talks had failed.", "Ruiz", "the talks had failed");
    one("She told a crowd in Ostrel that taxes must fall.", "She", "that taxes must fall");
}

#[test]
fn a_clause_before_the_verb_is_what_was_said() {
    one("The mine will close in May, the company announced on Sunday.", "the company", "The mine will close in May");
    one("Nobody was hurt, according to the sheriff’s office.", "the sheriff’s office", "Nobody was hurt");
    one("According to police, the driver fled.", "police", "the driver fled");
}

#[test]
fn what_the_reporter_adds_is_left_out() {
    one("He said the vote was fair, according to the minutes.", "He", "the vote was fair");
}

#[test]
fn intentions_and_denials_are_reports() {
    one("The senator vowed to fight the bill.", "The senator", "to fight the bill");
    one("The clerk denied taking money.", "The clerk", "taking money");
}

#[test]
fn who_acts_nearest_to_a_participle_says_it() {
    one(
        "The dispute began when Norland raised its quota, arguing that stocks had grown.",
        "Norland",
        "that stocks had grown",
    );
}

#[test]
fn a_relative_clause_is_not_a_report() {
    assert_eq!(reports("Ruiz told analysts on a call that lasted nineteen minutes."), []);
}

#[test]
fn quoted_words_are_left_to_the_quotations() {
    assert_eq!(reports("He said the plan was “a disgrace” and left."), []);
}

#[test]
fn the_subject_of_a_passive_verb_has_said_nothing() {
    assert!(reports("The leak was first reported by the Harbour Gazette on Monday.").is_empty());
    assert!(reports("The sale was not first announced by the bank on Monday.").is_empty());
}

#[test]
fn a_noun_that_opens_a_clause_reports_nothing() {
    assert!(reports("Ode will serve until a special election, which state law requires within 90 days.").is_empty());
    assert!(reports("The insurer, whose claim acceptance rate rose to 98 per cent, made a profit.").is_empty());
    assert!(reports("The quarry, whose claims handlers left, and whose report cards were lost, closed.").is_empty());
}

fn all(text: &str, expected: &[(&str, &str)]) {
    let expected: Vec<(String, String)> =
        expected.iter().map(|(speaker, words)| ((*speaker).to_owned(), (*words).to_owned())).collect();
    assert_eq!(reports(text), expected, "{text}");
}

#[test]
fn a_participle_after_the_cue_keeps_the_words_before_it() {
    all(
        "The weir will hold, Odell said, adding that the town was safe.",
        &[("Odell", "The weir will hold"), ("Odell", "that the town was safe")],
    );
    all(
        "The pier is sound, the office wrote, noting that the piles were new.",
        &[("the office", "The pier is sound"), ("the office", "that the piles were new")],
    );
}

#[test]
fn a_description_before_the_cue_is_not_a_statement() {
    one(
        "Mara Odell, a keen angler, said Dunn’s refusal of gifts from mills was rare.",
        "Mara Odell",
        "Dunn’s refusal of gifts from mills was rare",
    );
    one("Karel Dunn, the pilot, said cuts at the port would hurt.", "Karel Dunn", "cuts at the port would hurt");
}

#[test]
fn the_subject_after_a_source_is_not_its_name() {
    one("According to the register, Mills hold shares in the bank.", "the register", "Mills hold shares in the bank");
    one("According to the letter, Odell met the pilots twice.", "the letter", "Odell met the pilots twice");
    one("According to its head, Mara Odell, the mill is lost.", "Mara Odell", "the mill is lost");
}

#[test]
fn a_cue_between_subject_and_predicate_has_its_own_subject() {
    one("Mr. Odell, aides said, has lost interest in the weir.", "aides", "has lost interest in the weir");
    one("Ms. Dunn, friends said on Monday, is tired of the case.", "friends", "is tired of the case");
}

#[test]
fn a_relative_clause_without_a_pronoun_reports_its_predicate() {
    one("The town paid for a weir the agency said was unsafe.", "the agency", "was unsafe");
    one("They closed a road that pilots say had served them well.", "pilots", "had served them well");
}

#[test]
fn as_a_source_says_is_a_report() {
    one("As the paper noted, the pier was never insured.", "the paper", "the pier was never insured");
    one("The pier was never insured, as the paper noted.", "the paper", "The pier was never insured");
    assert!(reports("As we reported, the pier was never insured.").is_empty());
}

#[test]
fn the_main_clause_after_a_fronted_report_is_not_its_content() {
    one("And, while Odell insisted that he never swam, that was the plan.", "Odell", "that he never swam");
    one("After Dunn suggested that the mill was sold, Odell was angry.", "Dunn", "that the mill was sold");
}

#[test]
fn a_contrast_with_its_own_subject_ends_the_report() {
    one("Odell said he would pay, but his sons refused to.", "Odell", "he would pay");
    one("Odell said the vote was fair, but required patience.", "Odell", "the vote was fair, but required patience");
    one("Odell said the weir was old, but not unsafe.", "Odell", "the weir was old, but not unsafe");
}

#[test]
fn a_comment_of_the_reporter_ends_the_report() {
    one("Odell said the mill had paid its debt, the first time it has done so.", "Odell", "the mill had paid its debt");
    one("Odell said the mill had paid, a result nobody expected.", "Odell", "the mill had paid");
    one("Dunn said she had met Odell, a pilot from Ostrel.", "Dunn", "she had met Odell, a pilot from Ostrel");
}

#[test]
fn a_second_report_ends_the_first() {
    all(
        "Half of the pilots said they were tired; many anglers said they were not.",
        &[("Half of the pilots", "they were tired"), ("many anglers", "they were not")],
    );
    all(
        "She vowed to win back the mill, while acknowledging that it was late.",
        &[("She", "to win back the mill"), ("She", "that it was late")],
    );
    all(
        "He says the plan is dead and says he is glad of it.",
        &[("He", "the plan is dead"), ("He", "he is glad of it")],
    );
}

#[test]
fn a_question_of_a_passive_verb_is_a_report() {
    one("Odell was asked by a pilot whether the weir would hold.", "a pilot", "whether the weir would hold");
}

#[test]
fn the_outer_report_contains_the_inner_one() {
    one(
        "Odell told the pilots in May that he was ill, the paper reported.",
        "the paper",
        "Odell told the pilots in May that he was ill",
    );
}

#[test]
fn a_parenthetical_about_the_subject_is_skipped() {
    one("The harbour office, asked about that sum, said it was wrong.", "The harbour office", "it was wrong");
    one("Mara Odell, speaking for the mill, said it was wrong.", "Mara Odell", "it was wrong");
}

#[test]
fn an_estimate_and_an_adverb_like_name_are_subjects() {
    one("In May, about half of anglers said they were tired.", "half of anglers", "they were tired");
    one("Kelly said the weir was safe.", "Kelly", "the weir was safe");
}

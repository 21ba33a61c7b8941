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
fn a_noun_that_opens_a_clause_reports_nothing() {
    assert!(reports("Ode will serve until a special election, which state law requires within 90 days.").is_empty());
}

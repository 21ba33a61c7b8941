//! Tests the word classes assigned in whole sentences.

use super::WordClass::{self, *};
use crate::Document;
use crate::testing::RESOURCES;
use dateline_core::article::Article;

fn class_of(sentence: &str, word: &str) -> WordClass {
    let article = Article::verbatim("a", sentence);
    let document = Document::new(&article, &RESOURCES);
    let index = (0..document.tokens.len()).find(|index| document.word(*index) == word);
    index.map_or(Mark, |index| document.classes[index])
}

#[test]
fn nouns_and_verbs_of_one_spelling_are_distinguished() {
    assert_eq!(class_of("The minister plans to resign.", "plans"), VerbPresent);
    assert_eq!(class_of("The plans were dropped.", "plans"), NounPlural);
    assert_eq!(class_of("Officials report that the bridge fell.", "report"), VerbPresent);
    assert_eq!(class_of("The report was late.", "report"), Noun);
    assert_eq!(class_of("They want to vote on it.", "vote"), VerbBase);
    assert_eq!(class_of("Voyager pilots said that it rained.", "pilots"), NounPlural);
    assert_eq!(class_of("Two former Voyager engineers left the firm.", "engineers"), NounPlural);
    assert_eq!(class_of("Odell pilots the ferry to Ostrel.", "pilots"), VerbPresent);
}

#[test]
fn the_past_and_the_participle_are_distinguished() {
    assert_eq!(class_of("Police arrested a man.", "arrested"), VerbPast);
    assert_eq!(class_of("The man arrested on Tuesday was charged.", "arrested"), VerbParticiple);
    assert_eq!(class_of("The man was arrested.", "arrested"), VerbParticiple);
    assert_eq!(class_of("The judge ruled the law was void.", "ruled"), VerbPast);
    assert_eq!(class_of("The council has approved it.", "approved"), VerbParticiple);
}

#[test]
fn that_opens_a_clause_or_points() {
    assert_eq!(class_of("She said that the road was closed.", "that"), Subordinator);
    assert_eq!(class_of("The road that leads north was closed.", "that"), Wh);
    assert_eq!(class_of("At that time nobody knew.", "that"), Determiner);
}

#[test]
fn the_clitic_is_a_possessive_or_a_verb() {
    assert_eq!(class_of("The city’s mayor left.", "’s"), Possessive);
    assert_eq!(class_of("It's late.", "'s"), VerbPresent);
}

#[test]
fn prepositions_that_open_clauses_are_seen() {
    assert_eq!(class_of("He left after the vote.", "after"), Preposition);
    assert_eq!(class_of("He left after the council voted.", "after"), Subordinator);
}

#[test]
fn a_date_before_its_verb_does_not_hide_it() {
    assert_eq!(class_of("A man who robbed a bank in May pleaded guilty.", "pleaded"), VerbPast);
    assert_eq!(class_of("The fleet that sailed in 2022 collected grains of salt.", "collected"), VerbPast);
    assert_eq!(class_of("In 1953 she married, and two years later the couple emigrated.", "emigrated"), VerbPast);
    assert_eq!(class_of("The side last reached the final in 1988.", "reached"), VerbPast);
    assert_eq!(class_of("They will play in Vell on 25 May.", "May"), Proper);
}

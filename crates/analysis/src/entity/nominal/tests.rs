//! Tests descriptions that refer to a named entity in short stories.

use super::*;
use crate::name;
use crate::testing::{NAMES, RESOURCES};
use dateline_core::article::Article;

/// Returns each description in `text` with the name of the entity that it refers to.
fn described(text: &str) -> Vec<(String, String)> {
    let article = Article::verbatim("test", text);
    let document = Document::new(&article, &RESOURCES);
    let entities = super::super::find(&document, &name::find(&document, &NAMES), &[]);
    let each = entities.iter().flat_map(|entity| entity.mentions.iter().map(move |mention| (mention, entity)));
    let mut found: Vec<_> = each.filter(|(mention, _)| mention.kind == MentionKind::Nominal).collect();
    found.sort_by_key(|(mention, _)| mention.span);
    found.into_iter().map(|(mention, entity)| (mention.span.of(text).to_owned(), entity.name.clone())).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(words, name)| ((*words).to_owned(), (*name).to_owned())).collect()
}

#[test]
fn an_age_refers_to_the_person_who_has_it() {
    let text = "Peter Novak, 41, was arrested with Elena Garcia, 36. The 41-year-old denied it.";
    assert_eq!(described(text), pairs(&[("The 41-year-old", "Peter Novak")]));
}

#[test]
fn an_age_given_late_refers_to_the_only_person_named() {
    let text = "Elena Garcia won the race on Sunday. The 28-year-old had never run so fast.";
    assert_eq!(described(text), pairs(&[("The 28-year-old", "Elena Garcia")]));
    let two = "Elena Garcia beat Ana Lopez on Sunday. The 28-year-old had never run so fast.";
    assert!(described(two).is_empty());
}

#[test]
fn a_nationality_refers_to_the_person_who_has_it() {
    let text = "French striker Jean Dupont scored twice and Peter Novak once. The Frenchman limped off.";
    assert_eq!(described(text), pairs(&[("The Frenchman", "Jean Dupont")]));
}

#[test]
fn the_company_is_the_one_just_named() {
    let text = "Tarnwell Holdings Inc. cut its forecast. Shares in the company fell. The company declined to comment.";
    let company = "Tarnwell Holdings Inc";
    let found = described(text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|(words, name)| words.ends_with("company") && name.starts_with(company)), "{found:?}");
    let two = "Microsoft sued Nokia on Monday. The company declined to comment.";
    assert!(described(two).is_empty());
}

#[test]
fn a_part_of_the_name_refers_to_the_whole() {
    let text = "The Ministry of Trade issued no licence. “We know of none,” the ministry said.";
    assert_eq!(described(text), pairs(&[("the ministry", "Ministry of Trade")]));
}

#[test]
fn the_country_and_the_city_are_those_just_named() {
    let text = "Floods hit Portugal on Friday. The country had seen no rain for months.";
    assert_eq!(described(text), pairs(&[("The country", "Portugal")]));
    let text = "Snow closed the roads to Geneva. The city has few ploughs.";
    assert_eq!(described(text), pairs(&[("The city", "Geneva")]));
}

#[test]
fn another_minister_is_a_different_person() {
    let text = "Finance Minister Peter Novak resigned. A minister from the north took over. The minister smiled.";
    assert!(described(text).is_empty());
}

#[test]
fn a_noun_that_continues_is_not_a_description() {
    let text = "Finance Minister Peter Novak met Tarnwell Holdings Inc. in Geneva. The minister of sport, the company car and \
                the city council were not there.";
    assert!(described(text).is_empty(), "{:?}", described(text));
}

#[test]
fn a_description_before_a_name_refers_to_that_name() {
    let text = "Finance Minister Peter Novak left early. The minister, Portugal's Elena Garcia, stayed on.";
    assert!(described(text).is_empty(), "{:?}", described(text));
}

#[test]
fn the_company_is_not_a_rival_named_in_passing() {
    let text = "Nokia made a profit. Nokia sold phones. Nokia has many factories in the north of the land. In May it paid a \
                billion for Tarnwell Ltd. The company declined to comment.";
    assert!(described(text).is_empty(), "{:?}", described(text));
}

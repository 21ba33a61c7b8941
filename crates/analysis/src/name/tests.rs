//! Tests name recognition as a whole, from a text to its names and their types.

use super::*;
use crate::testing::{NAMES, RESOURCES};
use dateline_core::article::{Article, Dateline};
use dateline_core::text::Span;

fn names(text: &str) -> Vec<(String, EntityKind)> {
    names_in(&Article::verbatim("test", text))
}

fn names_in(article: &Article) -> Vec<(String, EntityKind)> {
    let document = Document::new(article, &RESOURCES);
    find(&document, &NAMES).iter().map(|name| (name.span.of(&article.text).to_owned(), name.kind)).collect()
}

/// Asserts that the recogniser finds `name` in `text` with the type `kind`.
fn has(text: &str, name: &str, kind: EntityKind) {
    let found = names(text);
    assert!(found.contains(&(name.to_owned(), kind)), "no {kind:?} {name} in {found:?}");
}

#[test]
fn lead_in_words_are_not_part_of_a_name() {
    has("Since Peter Novak left, the mill is shut.", "Peter Novak", EntityKind::Person);
    has("Neighbouring Kyrgyzstan closed its border on Monday.", "Kyrgyzstan", EntityKind::Place);
}

#[test]
fn a_titled_person_is_not_an_organisation() {
    has("In May General Peter Novak gave up the fort.", "Peter Novak", EntityKind::Person);
}

#[test]
fn two_names_joined_are_two() {
    has("Officials of the EU and NATO met on Monday.", "EU", EntityKind::Organization);
    has("Officials of the EU and NATO met on Monday.", "NATO", EntityKind::Organization);
}

#[test]
fn books_and_laws_are_works_and_ships_are_not() {
    has("The ferry Calliope ran aground near the pier.", "Calliope", EntityKind::Other);
    has("His novel, “The Tin Orchard,” sold well.", "The Tin Orchard", EntityKind::Work);
    has("Lawmakers passed the Clean Rivers Act by two votes.", "Clean Rivers Act", EntityKind::Work);
}

#[test]
fn storms_and_contests_are_events() {
    has("Storm Ottilie cut power to thousands of homes.", "Storm Ottilie", EntityKind::Other);
    has("He won the Tour of the Marches twice.", "Tour of the Marches", EntityKind::Other);
}

#[test]
fn the_first_word_of_a_company_is_the_company() {
    let text = "The contract went to Harrowgate Services LLC in May. Harrowgate's owner could not be reached.";
    has(text, "Harrowgate", EntityKind::Organization);
}

#[test]
fn an_aid_group_without_borders_is_an_organisation() {
    has("The aid group Doctors Without Borders sent nurses.", "Doctors Without Borders", EntityKind::Organization);
}

#[test]
fn a_country_the_weights_pass_over_is_still_a_place() {
    has("1. Norway 746\n2. Italy 700", "Norway", EntityKind::Place);
}

#[test]
fn a_country_that_acts_is_a_place() {
    has("Norway cut its quota, and Portugal fined its banks.", "Norway", EntityKind::Place);
    has("Norway cut its quota, and Portugal fined its banks.", "Portugal", EntityKind::Place);
}

#[test]
fn the_place_that_opens_a_report_is_a_place() {
    has("BRUSSELS (Reuters) - Ministers met on Friday.", "BRUSSELS", EntityKind::Place);
    has("GENEVA, May 3 — Ministers met on Friday.", "GENEVA", EntityKind::Place);
}

#[test]
fn the_place_of_a_dateline_is_a_place_throughout_the_story() {
    let text = "KESTERBURG — The jet slid off the runway at Kesterburg on Monday, Kesterburg said. Radio Kesterburg \
                called Kesterburg for a comment.";
    let mut article = Article::verbatim("test", text);
    let told = |names: &[(String, EntityKind)]| -> Vec<EntityKind> {
        names.iter().filter(|(name, _)| name.eq_ignore_ascii_case("Kesterburg")).map(|(_, kind)| *kind).collect()
    };
    assert_ne!(told(&names_in(&article)), [EntityKind::Place; 4], "without a dateline nobody knows");
    let span = Span::new(0, "KESTERBURG — ".len());
    article.dateline = Some(Dateline { place: Some("KESTERBURG".to_owned()), date: None, span });
    assert_eq!(told(&names_in(&article)), [EntityKind::Place; 4]);
}

#[test]
fn an_office_parts_a_person_from_what_the_office_is_of() {
    let text = "Voters back Tarn County Sheriff Peter Novak. White House Press Secretary Elena Garcia does not.";
    has(text, "Peter Novak", EntityKind::Person);
    has(text, "Elena Garcia", EntityKind::Person);
}

#[test]
fn who_writes_without_capitals_names_places_too() {
    has("i have lived in malaysia for years. is that ok?", "malaysia", EntityKind::Place);
    assert!(names("She was fond of the turkey in aspic.").is_empty());
}

#[test]
fn small_words_lead_family_names() {
    for name in ["Moussa ag Hamani", "Ahmed ould Sidi", "Karel van der Meer", "Ana de la Cruz", "Rui dos Santos"] {
        has(&format!("On Monday {name} resigned."), name, EntityKind::Person);
    }
}

#[test]
fn sums_kept_for_each_word_equal_the_sums_of_all_features() {
    let text =
        "Ana Ruiz met Ruiz of Orlo Bank in Orlo. RUIZ, Ana and Ruiz left. Ana Ruiz said the Orlo Bank paid Ruiz.";
    let article = Article::verbatim("test", text);
    let document = Document::new(&article, &RESOURCES);
    let extractor = FeatureExtractor::new(&document);
    let weights = &NAMES.weights;
    let (mut keys, mut words, mut compared) = (Keys::default(), WordSums::new(&extractor, weights), 0);
    for line in extractor.sentences() {
        for segment in extractor.segments(&line) {
            for index in segment.clone() {
                extractor.features(&line, &segment, index, |key| keys.push(key));
                let whole = weights.sums(&mut keys);
                let kept = words.of(&line, index, &mut keys);
                extractor.in_context(&line, &segment, index, |key| keys.push(key));
                let context = weights.sums(&mut keys);
                let both: Vec<i16> = kept.iter().zip(context).map(|(kept, more)| kept + more).collect();
                assert_eq!(both, whole, "{}", document.word(index));
                compared += 1;
            }
        }
    }
    assert!(compared > 12);
}

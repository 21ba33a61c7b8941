//! Tests of each pass by itself: names in, names out, without the weights.

use super::Pass::{self, *};
use crate::Document;
use crate::kind::EntityKind::{self, *};
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use crate::testing::RESOURCES;
use dateline_core::article::{Article, Dateline as ArticleDateline};
use dateline_core::text::Span;

/// Returns the names of `article` after one pass, given the names `before` in text order.
fn pass_in(pass: Pass, article: &Article, before: &[(&str, EntityKind)]) -> Vec<(String, EntityKind)> {
    let document = Document::new(article, &RESOURCES);
    let extractor = FeatureExtractor::new(&document);
    let mut from = 0;
    let mut names = Vec::new();
    for (words, kind) in before {
        let start = from + article.text[from..].find(words).unwrap();
        from = start + words.len();
        let span = Span::new(start, from);
        names.push(Name { span, tokens: document.tokens_in(span), kind: *kind, confidence: 0.8 });
    }
    pass.apply(&extractor, &mut names);
    assert!(names.is_sorted_by(|one, next| one.tokens.end <= next.tokens.start), "{names:?}");
    assert!(names.iter().all(|name| name.span == document.span(name.tokens.clone())), "{names:?}");
    names.iter().map(|name| (name.span.of(&article.text).to_owned(), name.kind)).collect()
}

/// Fails unless the pass turns `before` into `after`.
fn pass(pass: Pass, text: &str, before: &[(&str, EntityKind)], after: &[(&str, EntityKind)]) {
    let expected: Vec<(String, EntityKind)> = after.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
    assert_eq!(pass_in(pass, &Article::verbatim("test", text), before), expected);
}

#[test]
fn titles_are_cut_off_and_make_a_person() {
    pass(Titles, "It was Mr Lahti who won.", &[("Mr Lahti", Organization)], &[("Lahti", Person)]);
    pass(Titles, "It was captain Eero Lahti.", &[("Eero Lahti", Place)], &[("Eero Lahti", Person)]);
    pass(Titles, "They met in the capital, Sorgat, in May.", &[("Sorgat", Person)], &[("Sorgat", Place)]);
}

#[test]
fn titles_find_the_person_after_mr_and_drop_days() {
    pass(Titles, "Then Mrs Orlo left.", &[], &[("Orlo", Person)]);
    pass(Titles, "Rain fell on Monday.", &[("Monday", Other)], &[]);
    pass(Titles, "Company spokesman Tiago Brun left.", &[("Company", Organization)], &[]);
}

#[test]
fn splitting_parts_two_names() {
    pass(
        Splitting,
        "Voters back Tarn County Sheriff Peter Novak.",
        &[("Tarn County Sheriff Peter Novak", Organization)],
        &[("Tarn", Organization), ("Peter Novak", Person)],
    );
    pass(
        Splitting,
        "It is Japan's Toyo Corp today.",
        &[("Japan's Toyo Corp", Organization)],
        &[("Japan", Place), ("Toyo Corp", Organization)],
    );
    pass(Splitting, "He saw Peter to Novak.", &[("Peter to Novak", Person)], &[("Peter", Person), ("Novak", Person)]);
}

#[test]
fn splitting_leaves_a_listed_whole() {
    let whole = [("Trinidad and Tobago", Place)];
    pass(Splitting, "They flew to Trinidad and Tobago.", &whole, &whole);
}

#[test]
fn boundary_cuts_lead_ins_and_trailing_titles() {
    pass(Boundary, "Since Peter Novak left, it is shut.", &[("Since Peter Novak", Person)], &[("Peter Novak", Person)]);
    pass(Boundary, "Neighbouring Kyrgyzstan closed.", &[("Neighbouring Kyrgyzstan", Other)], &[("Kyrgyzstan", Place)]);
    pass(
        Boundary,
        "He saw Kenya President Ana Ruiz.",
        &[("Kenya President", Organization), ("Ana Ruiz", Person)],
        &[("Kenya", Place), ("Ana Ruiz", Person)],
    );
}

#[test]
fn completion_joins_across_of_the() {
    pass(
        Completion,
        "The International Committee of the Red Cross came.",
        &[("International Committee", Organization), ("Red Cross", Organization)],
        &[("International Committee of the Red Cross", Organization)],
    );
}

#[test]
fn completion_takes_the_first_word_for_the_company_and_a_city_for_no_person() {
    pass(
        Completion,
        "Harrowgate Services won. Then Harrowgate lost.",
        &[("Harrowgate Services", Organization)],
        &[("Harrowgate Services", Organization), ("Harrowgate", Organization)],
    );
    pass(Completion, "On Monday Baku said no.", &[("Baku", Person)], &[("Baku", Place)]);
}

#[test]
fn works_are_found_by_the_words_around_them() {
    pass(Works, "It was the ferry Calliope that sank.", &[], &[("Calliope", Work)]);
    pass(Works, "His novel, “The Tin Orchard,” sold well.", &[("Tin Orchard", Place)], &[("The Tin Orchard", Work)]);
    pass(
        Works,
        "They passed the Clean Rivers Act.",
        &[("Clean Rivers Act", Organization)],
        &[("Clean Rivers Act", Work)],
    );
    pass(Works, "Then Storm Ottilie came.", &[("Ottilie", Person)], &[("Storm Ottilie", Other)]);
}

#[test]
fn the_gazetteer_adds_what_the_lists_know_as_one_thing_only() {
    pass(Gazetteer, "1. Norway 746", &[], &[("Norway", Place)]);
    pass(Gazetteer, "It is what many Azerbaijanis want.", &[], &[("Azerbaijanis", Group)]);
    pass(Gazetteer, "i live in malaysia.", &[], &[("malaysia", Place)]);
    pass(
        Gazetteer,
        "It was Norway Services.",
        &[("Norway Services", Organization)],
        &[("Norway Services", Organization)],
    );
}

#[test]
fn a_document_uses_a_name_for_one_thing() {
    pass(
        DocumentConsistency,
        "Orlov won. Then Orlov lost, and Orlov left.",
        &[("Orlov", Place), ("Orlov", Person), ("Orlov", Person)],
        &[("Orlov", Person), ("Orlov", Person), ("Orlov", Person)],
    );
    pass(
        DocumentConsistency,
        "Eero Lahti scored, but later Lahti left.",
        &[("Eero Lahti", Person)],
        &[("Eero Lahti", Person), ("Lahti", Person)],
    );
    pass(
        DocumentConsistency,
        "Storm Ida came. Then Ida weakened.",
        &[("Storm Ida", Other), ("Ida", Person)],
        &[("Storm Ida", Other), ("Ida", Other)],
    );
}

#[test]
fn an_introduced_acronym_is_marked_everywhere() {
    pass(
        Acronyms,
        "The Harbour Safety Board (HSB) met. The HSB said no.",
        &[("Harbour Safety Board", Organization)],
        &[("Harbour Safety Board", Organization), ("HSB", Organization), ("HSB", Organization)],
    );
    pass(
        Acronyms,
        "The Harbour Safety Board (QXZ) met.",
        &[("Harbour Safety Board", Organization)],
        &[("Harbour Safety Board", Organization)],
    );
}

#[test]
fn the_place_of_a_dateline_is_a_place() {
    let text = "KESTERBURG — The jet slid. Then Kesterburg said so.";
    let mut article = Article::verbatim("test", text);
    let span = Span::new(0, "KESTERBURG — ".len());
    article.dateline = Some(ArticleDateline { place: Some("KESTERBURG".to_owned()), date: None, span });
    let after = pass_in(Dateline, &article, &[("Kesterburg", Organization)]);
    assert_eq!(after, [("KESTERBURG".to_owned(), Place), ("Kesterburg".to_owned(), Place)]);
}

#[test]
fn passes_run_in_the_order_of_their_variants_and_have_a_name_each() {
    assert!(Pass::ALL.is_sorted_by(|one, next| one < next));
    let names: std::collections::BTreeSet<&str> = Pass::ALL.iter().map(|pass| pass.name()).collect();
    assert_eq!(names.len(), Pass::ALL.len());
}

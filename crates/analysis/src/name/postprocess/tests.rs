//! Tests each postprocessing pass by itself, on given names and without the recogniser's weights.

mod doubtful;

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

/// Asserts that the pass turns the names `before` into the names `after`.
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
    for (text, whole) in [
        ("Then Minister for Women and Equalities Peter Novak spoke.", "Minister for Women and Equalities Peter Novak"),
        ("Then Attorney General of Vermont Peter Novak spoke.", "Attorney General of Vermont Peter Novak"),
    ] {
        pass(Splitting, text, &[(whole, Organization)], &[("Peter Novak", Person)]);
    }
    pass(
        Splitting,
        "He met Vasko's UK counterpart.",
        &[("Vasko's UK", Organization)],
        &[("Vasko", Organization), ("UK", Place)],
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
    pass(Works, "It was the ferry Calliope that sank.", &[], &[("Calliope", Other)]);
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
fn a_full_name_is_a_person_if_its_family_name_speaks() {
    let words = "Jonas Dam, the minister, left. Then Dam returned.";
    pass(
        DocumentConsistency,
        words,
        &[("Jonas Dam", Place), ("Dam", Person)],
        &[("Jonas Dam", Person), ("Dam", Person)],
    );
    pass(
        DocumentConsistency,
        "Gertrude Marn left. Then Marn returned.",
        &[("Gertrude Marn", Organization), ("Marn", Person)],
        &[("Gertrude Marn", Person), ("Marn", Person)],
    );
    let firm = [("Quandel Marn", Organization), ("Marn", Person)];
    pass(DocumentConsistency, "Quandel Marn rose. Then Marn left.", &firm, &firm);
    let dam = [("Orlo Dam", Place), ("Eero Dam", Person), ("Dam", Person)];
    pass(DocumentConsistency, "Orlo Dam broke, Eero Dam said. Then Dam left.", &dam, &dam);
    let article = [("Tarn Dam", Place), ("Dam", Person)];
    pass(DocumentConsistency, "They saw the Tarn Dam. Then Dam left.", &article, &article);
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

#[test]
fn offices_part_a_company_from_its_officer() {
    for (text, company, person) in [
        ("Norra Chief Executive Ulla Vane resigned.", "Norra", "Ulla Vane"),
        ("Pellworm Shipping Chief Financial Officer Ivo Marn left.", "Pellworm Shipping", "Ivo Marn"),
        ("On Monday Quandel Managing Director Rhea Toll spoke.", "Quandel", "Rhea Toll"),
        ("Former Ostwell CEO Dag Hurn was fined.", "Ostwell", "Dag Hurn"),
        ("Brannock & Lisle General Counsel Vera Ames agreed.", "Brannock & Lisle", "Vera Ames"),
        ("European Commission Vice President Ulla Vane spoke.", "European Commission", "Ulla Vane"),
    ] {
        pass(Offices, text, &[], &[(company, Organization), (person, Person)]);
    }
    let text = "Norra Chief Executive Ulla Vane resigned.";
    pass(Offices, text, &[("Norra Chief", Person)], &[("Norra", Organization), ("Ulla Vane", Person)]);
}

#[test]
fn offices_leave_countries_persons_and_what_follows_of() {
    pass(
        Offices,
        "Norway Vice President Ulla Vane spoke.",
        &[("Norway", Place)],
        &[("Norway", Place), ("Ulla Vane", Person)],
    );
    let person = [("Peter Novak", Person)];
    pass(Offices, "They met Peter Novak CEO on Monday.", &person, &person);
    pass(Offices, "They met Ostwell Chief Executive of Norra.", &[], &[]);
}

#[test]
fn common_words_at_the_beginning_are_no_names() {
    for text in [
        "Commencement had been set for May.",
        "Asphalt was new then.",
        "Burials are planned.",
        "Plywood sells well.",
        "Harvests failed.",
    ] {
        let word = text.split(' ').next().unwrap();
        pass(CommonWords, text, &[(word, Organization)], &[]);
    }
    pass(
        CommonWords,
        "Burials for the Orlos are planned.",
        &[("Burials for the Orlos", Organization)],
        &[("Orlos", Organization)],
    );
    for word in ["28C", "4K", "3.5kW", "40F", "120km"] {
        pass(CommonWords, &format!("It was {word} then."), &[(word, Organization)], &[]);
    }
}

#[test]
fn common_words_keep_societies_families_and_names_used_elsewhere() {
    for (text, name, kind) in [
        ("Friends of the Canal will sue.", "Friends of the Canal", Organization),
        ("Mothers for Peace marched.", "Mothers for Peace", Organization),
        ("Baker said so.", "Baker", Person),
        ("Later, Jutting, now 31, was seen.", "Jutting", Person),
        ("Apple fell.", "Apple", Organization),
    ] {
        pass(CommonWords, text, &[(name, kind)], &[(name, kind)]);
    }
    let twice = "Plywood won. They cheered Plywood on.";
    pass(CommonWords, twice, &[("Plywood", Organization)], &[("Plywood", Organization)]);
}

#[test]
fn a_nationality_before_a_persons_name_is_a_name_of_its_own() {
    for (people, person) in [
        ("Dutch", "Hanna Ruys"),
        ("Spaniard", "Carlos Lopez"),
        ("Norwegian", "Erik Solheim"),
        ("Swiss", "Anna Meier"),
        ("Italian", "Marco Rossi"),
    ] {
        let whole = format!("{people} {person}");
        pass(
            Splitting,
            &format!("They lost to {whole} today."),
            &[(&whole, Organization)],
            &[(people, Group), (person, Person)],
        );
    }
    let union = [("Dutch Anna Union", Organization)];
    pass(Splitting, "The Dutch Anna Union met.", &union, &union);
}

#[test]
fn a_pronoun_day_or_month_is_not_part_of_a_name() {
    for (text, before, after) in [
        ("In Caracas I met the mayor.", "Caracas I", "Caracas"),
        ("At Tarnwell I saw them.", "Tarnwell I", "Tarnwell"),
        ("They live in Delaware June 17.", "Delaware June", "Delaware"),
        ("On Monday Kenya voted.", "Monday Kenya", "Kenya"),
        ("He left Oslo Tuesday.", "Oslo Tuesday", "Oslo"),
    ] {
        pass(Boundary, text, &[(before, Place)], &[(after, Place)]);
    }
    let queen = [("Elizabeth I", Person)];
    pass(Boundary, "The crown of Elizabeth I is there.", &queen, &queen);
    let april = [("April Novak", Person)];
    pass(Boundary, "It was April Novak who won.", &april, &april);
}

#[test]
fn a_nickname_in_quotation_marks_is_inside_the_name() {
    for name in [
        "Peter “Big Train” Novak",
        "Elena \"Sparky\" Garcia",
        "James “The Hammer” Holt",
        "Ana Maria “Nina” Ruiz",
        "Tom \"Slow Hand\" Ode",
    ] {
        let given = name.split([' ', '“', '"']).next().unwrap();
        pass(Nicknames, &format!("At night {name} danced."), &[(given, Person)], &[(name, Person)]);
    }
    let film = [("Blue Harbour", Work)];
    pass(Nicknames, "They saw “Blue Harbour” Friday.", &film, &film);
    pass(Nicknames, "Peter saw “Blue Harbour” twice.", &[("Peter", Person)], &[("Peter", Person)]);
}

#[test]
fn a_business_noun_or_its_parts_make_a_company() {
    for name in ["Perry Orchards", "Laura Foods", "Holt Pharmacies", "Tarn Cycles", "Lee Shipyards"] {
        pass(Completion, &format!("They sued {name} in May."), &[(name, Person)], &[(name, Organization)]);
    }
    for text in [
        "Tavrish's workers were safe.",
        "The employees left. Tavrish shares fell.",
        "Shops sold Tavrish products.",
        "They saw Tavrish's headquarters.",
        "Tavrish subsidiaries closed.",
    ] {
        pass(Completion, text, &[("Tavrish", Person)], &[("Tavrish", Organization)]);
    }
}

#[test]
fn a_town_is_not_its_newspaper() {
    for body in ["Courier", "Gazette", "Police", "Infirmary", "Herald"] {
        let paper = format!("Lowmarsk {body}");
        let text = format!("The {paper} saw it. Lowmarsk is a town.");
        let after = [(paper.as_str(), Organization), ("Lowmarsk", Place)];
        pass(Completion, &text, &[(&paper, Organization), ("Lowmarsk", Organization)], &after);
    }
}

#[test]
fn peoples_are_no_organisations() {
    pass(Completion, "The Albania Greeks met.", &[("Albania Greeks", Organization)], &[("Albania Greeks", Group)]);
    pass(Completion, "Serbs of Osk met.", &[("Serbs of Osk", Organization)], &[("Serbs", Group)]);
}

#[test]
fn the_object_of_a_council_belongs_to_its_name() {
    let text = "The International Council for the Study of the Tides met.";
    let before = [("International Council", Organization), ("Study of the Tides", Place)];
    pass(Completion, text, &before, &[("International Council for the Study of the Tides", Organization)]);
}

#[test]
fn a_surname_after_in_is_still_the_person() {
    for lead in ["Bringing in", "They trust in", "A pass from", "He shouted at", "Faith in"] {
        let text = format!("{lead} Haldrik will help. Mick Haldrik drives.");
        let after = [("Haldrik", Person), ("Mick Haldrik", Person)];
        pass(DocumentConsistency, &text, &[("Haldrik", Place), ("Mick Haldrik", Person)], &after);
    }
}

#[test]
fn a_state_in_full_is_a_place() {
    for state in [
        "Federal Republic of Germany",
        "Kingdom of Norway",
        "Sultanate of Oman",
        "Republic of Korea",
        "Principality of Monaco",
    ] {
        pass(Completion, &format!("They left the {state} in May."), &[(state, Organization)], &[(state, Place)]);
    }
    let bank = [("Union of Miners", Organization)];
    pass(Completion, "The Union of Miners met.", &bank, &bank);
}

#[test]
fn a_street_in_a_town_is_two_places() {
    for (street, town) in [("Mill Street", "Tarnwell"), ("Orlo Bridge", "Geneva"), ("Quay Road", "Port Hallam")] {
        let whole = format!("{street} in {town}");
        pass(Splitting, &format!("They met on {whole} today."), &[(&whole, Place)], &[(street, Place), (town, Place)]);
    }
}

#[test]
fn an_article_is_not_part_of_an_institution() {
    for board in ["Harbour Board", "Tarn Valley Council", "Orlo River Trust", "Ministry of Fish", "Bridge Company"] {
        let whole = format!("The {board}");
        pass(Boundary, &format!("{whole} met."), &[(&whole, Organization)], &[(board, Organization)]);
    }
    let hague = [("The Hague", Place)];
    pass(Boundary, "The Hague is a city.", &hague, &hague);
}

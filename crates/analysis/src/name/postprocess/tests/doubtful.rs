//! Tests of names that the recogniser only half found or typed against the evidence of the story.

use super::super::Pass::*;
use super::pass;
use crate::kind::EntityKind::*;

#[test]
fn a_missed_given_name_is_added_to_a_family_name() {
    for (text, found, whole) in [
        ("It is fair, said Sylke Tempel, who edits it.", "Tempel", "Sylke Tempel"),
        ("But Orsa Khalon, a cook, disagreed.", "Khalon", "Orsa Khalon"),
        ("The prize went to Wenna Trask.", "Trask", "Wenna Trask"),
        ("Rain, Jorik Vell said, was due.", "Vell", "Jorik Vell"),
    ] {
        pass(Boundary, text, &[(found, Person)], &[(whole, Person)]);
    }
    for (text, found) in [
        ("They met Senator Vell in May.", "Vell"),
        ("On Monday Vell left.", "Vell"),
        ("Orsa Tarn Beats Vell Again", "Vell"),
        ("The Swedish Vell won.", "Vell"),
    ] {
        pass(Boundary, text, &[(found, Person)], &[(found, Person)]);
    }
}

#[test]
fn a_word_that_the_story_calls_a_settlement_is_a_place() {
    for text in [
        "Kalvik is a town of 900 people. Then Kalvik IF won.",
        "The mayor of Kalvik spoke. Then Kalvik IF won.",
        "They saw Kalvik, a small fishing port. Then Kalvik IF won.",
        "Residents of Kalvik are proud. Then Kalvik IF won.",
    ] {
        let before = [("Kalvik", Person), ("Kalvik IF", Organization)];
        pass(Completion, text, &before, &[("Kalvik", Place), ("Kalvik IF", Organization)]);
    }
    for text in ["Kalvik is a port operator. Kalvik IF won.", "It was Mr Kalvik, the mayor of Kalvik. Kalvik IF won."] {
        let before = [("Kalvik", Organization), ("Kalvik IF", Organization)];
        pass(Completion, text, &before, &before);
    }
}

#[test]
fn cries_are_not_part_of_a_name() {
    let opened = |text, before, after| pass(CommonWords, text, &[before], after);
    opened("They sang: \"Viva Bolivar!\"", ("Viva Bolivar", Person), &[("Bolivar", Person)]);
    opened("Hail Caesar, they wrote.", ("Hail Caesar", Person), &[("Caesar", Person)]);
    opened("They cried \"Vive la France\" at noon.", ("Vive la France", Other), &[("France", Place)]);
    opened("\"Long Live Tarn,\" they sang.", ("Long Live Tarn", Other), &[("Tarn", Other)]);
    opened("\"Ooh Aah,\" they sang.", ("Ooh Aah", Person), &[]);
    let firm = ("Viva Foods", Organization);
    opened("It was sold to Viva Foods in May.", firm, &[firm]);
}

#[test]
fn an_office_with_its_duties_is_not_an_organisation() {
    for text in [
        "The Secretary of Transportation spoke.",
        "They met the Minister of Agriculture.",
        "It is up to the Chancellor of the Exchequer.",
    ] {
        let start = text.find(['S', 'M', 'C']).unwrap();
        let end = text.find(" spoke").unwrap_or(text.len() - 1);
        pass(Titles, text, &[(&text[start..end], Organization)], &[]);
    }
    pass(Titles, "The Secretary of Defense spoke.", &[("Defense", Organization)], &[]);
    let ministry = [("Ministry of Agriculture", Organization)];
    pass(Titles, "The Ministry of Agriculture spoke.", &ministry, &ministry);
}

#[test]
fn a_state_of_the_nation_address_is_not_a_place() {
    for name in ["State of the Union", "State of the City", "State of the Borough"] {
        let text = format!("She gave her {name} address.");
        pass(Works, &text, &[(name, Place)], &[(name, Other)]);
    }
    pass(Works, "She left the State of Tarn.", &[("State of Tarn", Place)], &[("State of Tarn", Place)]);
}

#[test]
fn a_doubtful_organisation_with_a_full_name_is_a_person() {
    pass(Completion, "Martin Holt is 80.", &[("Martin Holt", Organization)], &[("Martin Holt", Person)]);
    for text in ["Martin Holt shares fell.", "Martin Holt Inc fell.", "Martin Street closed.", "Martin Bank fell."] {
        let end = text.match_indices(' ').nth(1).map_or(text.len(), |(at, _)| at);
        pass(Completion, text, &[(&text[..end], Organization)], &[(&text[..end], Organization)]);
    }
}

#[test]
fn a_bare_name_after_in_is_a_place_unless_the_story_shows_a_person() {
    for text in ["Schools in Vargas were closed.", "In Vargas, rain fell.", "A fire in Vargas killed two."] {
        pass(Completion, text, &[("Vargas", Person)], &[("Vargas", Place)]);
    }
    for text in ["He served in Vargas's cabinet.", "Trust in Vargas fell. Then Vargas said no.", "It is up to Vargas."]
    {
        pass(Completion, text, &[("Vargas", Person)], &[("Vargas", Person)]);
    }
    let named = [("Vargas", Person), ("Quill Vargas", Person)];
    pass(Completion, "Trust in Vargas fell. Quill Vargas left.", &named, &named);
}

#[test]
fn a_town_is_a_team_in_a_sports_report_or_a_table() {
    pass(Places, "Officials left Lisbon.", &[("Lisbon", Organization)], &[("Lisbon", Place)]);
    for text in [
        "The coach praised the league and every match. Lisbon won.",
        "Results: Lisbon 4 Porto 1.",
        "1 Ode 20 3 4 5 66 7, 2 Weir 19 5 4 6 70 8, Lisbon won.",
    ] {
        pass(Places, text, &[("Lisbon", Organization)], &[("Lisbon", Organization)]);
    }
    pass(
        Places,
        "The coach praised the league and every match of Norway.",
        &[("Norway", Organization)],
        &[("Norway", Place)],
    );
}

#[test]
fn a_name_inside_is_a_place_unless_the_noun_takes_a_company() {
    pass(Places, "Rain fell in Tarrowel.", &[("Tarrowel", Organization)], &[("Tarrowel", Place)]);
    for text in ["They hold a stake in Tarrowel.", "Rain fell in Tarrowel's yard.", "It was seen in Tarrowel pumps."] {
        pass(Places, text, &[("Tarrowel", Organization)], &[("Tarrowel", Organization)]);
    }
}

#[test]
fn a_listed_organisation_is_not_a_person() {
    pass(Completion, "He bought Chrysler in May.", &[("Chrysler", Person)], &[("Chrysler", Organization)]);
    pass(Completion, "Anna Chrysler left. Chrysler said so.", &[("Chrysler", Person)], &[("Chrysler", Person)]);
    pass(Completion, "I thank you, my Lords.", &[("Lords", Person)], &[("Lords", Person)]);
}

#[test]
fn two_partners_are_a_firm_but_two_authors_are_not() {
    let both = [("Lyme", Person), ("Fennick", Person)];
    pass(Completion, "The auctioneer Lyme & Fennick left.", &both, &[("Lyme & Fennick", Organization)]);
    pass(Completion, "It was shown (Lyme & Fennick, 2013).", &both, &both);
}

#[test]
fn letters_after_a_name_are_cut_off_but_not_those_of_a_team() {
    pass(Titles, "It was Ana Lahti KC.", &[("Ana Lahti KC", Organization)], &[("Ana Lahti", Person)]);
    pass(Titles, "It was Sporting KC.", &[("Sporting KC", Organization)], &[("Sporting KC", Organization)]);
}

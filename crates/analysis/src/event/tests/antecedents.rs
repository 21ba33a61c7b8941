//! Tests the names that rows give to "it", "its", "they" and "their".

use super::summaries;

#[test]
fn the_subject_of_the_clause_around_a_pronoun_names_it() {
    assert_eq!(summaries("The council said the bridge was closed after it cracked on Monday."), ["The bridge cracked"]);
    assert_eq!(summaries("It is certain that the pier will be safe when it opens on Friday."), ["The pier opens"]);
    assert_eq!(summaries("The ferries will be painted when they arrive on Friday."), ["The ferries arrive"]);
}

#[test]
fn a_long_name_is_cut_after_its_head() {
    let text =
        "The Rask Museum at the University of Northern Ostrel at Seaham closed because it lost its maps in 2010.";
    assert_eq!(summaries(text), ["The Rask Museum lost its maps"]);
}

#[test]
fn the_speaker_owns_what_it_says_of_its_own() {
    assert_eq!(
        summaries("Orrin Pumps said that its sales in the north rose in August."),
        ["Orrin Pumps’ sales in the north rose"]
    );
    assert_eq!(
        summaries("The union said its members had voted on Monday to strike."),
        ["The union’s members had voted to strike"]
    );
}

#[test]
fn an_impersonal_verb_has_no_antecedent() {
    let rows = summaries("The mayor resigned after it emerged on Monday that he had lied.");
    assert!(rows.iter().all(|row| !row.starts_with("The mayor emerged")), "{rows:?}");
}

//! Tests that a row makes sense when read by itself.

use super::summaries;
use crate::Options;
use crate::testing::ANALYZER;
use dateline_core::article::Article;
use jiff::civil::date;

#[test]
fn a_row_without_an_antecedent_is_folded_first() {
    let text = "The port of Vell closed on Monday. It was repainted on Tuesday. The board of Vell met on Wednesday. \
                Ines Vale resigned in May.";
    let article = Article::verbatim("", text);
    let events = ANALYZER.analyze(&article, &Options::default().reference(Some(date(2023, 9, 27)))).events;
    let folded: Vec<&str> = events.iter().filter(|event| event.folded).map(|event| event.summary.as_str()).collect();
    assert_eq!(folded, ["It was repainted"]);
    let confidences = events.iter().map(|event| event.confidence);
    assert!(confidences.filter(|confidence| *confidence < 0.11).count() == 1);
}

#[test]
fn an_owner_is_named() {
    assert_eq!(
        summaries("Ines Vale runs the port of Ostrel. Her brother died on Monday."),
        ["Ines Vale’s brother died"]
    );
}

#[test]
fn a_participle_with_only_a_date_makes_no_row() {
    assert!(summaries("The board ended the pact, signed on Monday, because of the fees.").is_empty());
    assert_eq!(summaries("The pact was signed on Monday."), ["The pact was signed"]);
    assert_eq!(summaries("Vell, founded in 1621, lies on the coast."), ["Vell, founded"]);
}

#[test]
fn an_announcement_after_its_content_keeps_its_row() {
    let named = |rows: Vec<String>| rows.iter().any(|row| row.to_lowercase().contains("the board of the port"));
    assert!(named(summaries("The bridge will close for good, the board of the port announced on Sunday.")));
    let long = "The 120 families of Vell will leave the valley as they do not want to live as part of Ostrel and fear new \
                floods, the board of the port announced on Sunday.";
    assert!(named(summaries(long)), "the verb looks like a participle");
}

#[test]
fn a_question_before_a_speaker_makes_no_row() {
    assert!(
        summaries("Asked about the fees on Monday, Ines Vale shrugged.").iter().all(|row| !row.starts_with("Asked"))
    );
}

#[test]
fn the_content_of_another_verb_is_not_added() {
    assert_eq!(
        summaries("The harbour master resigned on Monday, two days after an audit found that boats had sunk."),
        ["The harbour master resigned"]
    );
    assert_eq!(
        summaries("The harbour master said on Monday, after the vote, that boats had sunk."),
        ["The harbour master said that boats had sunk"]
    );
}

#[test]
fn an_apposition_is_not_an_antecedent() {
    let rows =
        summaries("Mayor Ines Vale, a farmer first elected in 2017, announced the plan. It takes effect on Friday.");
    assert!(rows.iter().all(|row| !row.starts_with("A farmer takes")), "{rows:?}");
}

//! Tests that a row makes sense when read by itself.

use super::summaries;
use crate::Options;
use crate::testing::ANALYZER;
use dateline_core::article::Article;
use jiff::civil::date;

/// Returns the folded rows of a story dated Wednesday 27 September 2023.
fn folded(text: &str) -> Vec<String> {
    let options = Options { reference: Some(date(2023, 9, 27)), ..Options::default() };
    let events = ANALYZER.analyze(&Article::verbatim("", text), &options).events;
    events.into_iter().filter(|event| event.folded).map(|event| event.summary).collect()
}

#[test]
fn a_row_without_an_antecedent_is_the_least_certain_and_folded() {
    let text = "The port of Vell closed on Monday. It was repainted on Tuesday. The board of Vell met on Wednesday. \
                Ines Vale resigned in May.";
    let article = Article::verbatim("", text);
    let mut events =
        ANALYZER.analyze(&article, &Options { reference: Some(date(2023, 9, 27)), ..Options::default() }).events;
    events.sort_by(|one, other| one.confidence.total_cmp(&other.confidence));
    assert_eq!(events[0].summary, "It was repainted");
    assert!(events[0].folded && !events[1].folded);
}

#[test]
fn an_owner_is_named() {
    assert_eq!(
        summaries("Ines Vale runs the port of Ostrel. Her brother died on Monday."),
        ["Ines Vale’s brother died"]
    );
}

#[test]
fn a_participle_with_only_a_date_is_folded() {
    let text = "The board ended the pact, signed on Monday, because of the fees. The port of Vell closed on Tuesday. The \
                board of Vell met on Wednesday. Ines Vale resigned in May.";
    assert_eq!(folded(text), ["The pact, signed"]);
    assert_eq!(summaries("The pact was signed on Monday."), ["The pact was signed"]);
    assert_eq!(summaries("Vell, founded in 1621, lies on the coast."), ["Vell, founded"]);
}

#[test]
fn an_announcement_is_shown_with_its_content() {
    let text = "The 120 families of Vell will leave the valley as they do not want to live as part of Ostrel and fear new \
                floods, the board of the port announced on Sunday.";
    assert_eq!(summaries(text), ["The board of the port: The 120 families of Vell will leave the valley"]);
    assert!(
        folded(&format!("{text} The port of Vell closed on Monday. The board met on Wednesday. It snowed in May."))
            .iter()
            .all(|row| !row.contains("families"))
    );
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

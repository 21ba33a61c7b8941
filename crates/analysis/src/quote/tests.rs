//! Tests that stories yield the expected quotations.

mod false_voice;
mod kinds;

use super::*;
use crate::Options;
use crate::testing::{ANALYZER, RESOURCES};
use dateline_core::article::Article;
use std::sync::LazyLock;
static MODEL: LazyLock<Model> = LazyLock::new(Model::bundled);

/// Returns the kind, the content and the speaker's mention of each quotation in `text`.
fn quotes(text: &str) -> Vec<(QuoteKind, String, String)> {
    let article = Article::verbatim("t", text);
    let document = Document::new(&article, &RESOURCES);
    find(&document, &[], &MODEL)
        .quotes
        .into_iter()
        .filter(|quote| quote.kind != QuoteKind::Indirect)
        .map(|quote| {
            let mention = quote.speaker.map_or_else(String::new, |speaker| speaker.mention.of(text).to_owned());
            (quote.kind, quote.span.of(text).to_owned(), mention)
        })
        .collect()
}

/// Returns the speaker's mention for each quotation in `text`, in order.
fn speakers(text: &str) -> Vec<String> {
    quotes(text).into_iter().map(|(_, _, mention)| mention).collect()
}

#[test]
fn the_speaker_is_named_after_before_or_within_the_words() {
    assert_eq!(speakers("“The roof fell in,” Mara Odell said."), ["Mara Odell"]);
    assert_eq!(speakers("“The roof fell in,” said Mara Odell, who owns the mill."), ["Mara Odell"]);
    assert_eq!(speakers("Mara Odell said: “The roof fell in.”"), ["Mara Odell"]);
    assert_eq!(speakers("“The roof,” she said, “fell in at noon.”"), ["she", "she"]);
}

#[test]
fn an_apposition_is_not_the_speaker() {
    assert_eq!(speakers("“It is over,” Karel Dunn, an aide to Mayor Ana Ruiz, said."), ["Karel Dunn"]);
    assert_eq!(speakers("“It is over,” said Rep. Lena Hart (D-Mo.)."), ["Rep. Lena Hart"]);
    assert_eq!(speakers("“It is over,” Karel Dunn, 34, told reporters on Monday."), ["Karel Dunn"]);
}

#[test]
fn the_addressee_is_not_the_speaker() {
    assert_eq!(speakers("“We will sue,” Dunn told Judge Hart on Friday."), ["Dunn"]);
}

#[test]
fn later_pieces_keep_the_speaker() {
    let text = "“It began at dawn,” said Odell. “By noon it was over.” The crowd left. “We were tired.”";
    assert_eq!(speakers(text), ["Odell", "Odell", "Odell"]);
}

#[test]
fn a_quotation_over_paragraphs_keeps_its_speaker() {
    let text = "Odell spoke of the flood.\n\n“The water came at night.\n\n“We ran to the hill,” she said.";
    assert_eq!(speakers(text), ["she", "she"]);
}

#[test]
fn a_participle_speaks_for_the_subject_of_its_sentence() {
    assert_eq!(speakers("Odell left the hall, saying the vote was “a farce from start to end.”"), ["Odell"]);
}

#[test]
fn titles_and_nicknames_are_no_speech() {
    assert!(quotes("She sang on “The Morning Hour” in May.").is_empty());
    assert!(quotes("Earl “Lefty” Quinn ran the bar.").is_empty());
}

#[test]
fn a_fragment_in_a_report_is_mixed() {
    assert_eq!(quotes("The minister said they were “equal citizens” of the state.")[0].0, QuoteKind::Mixed);
    assert_eq!(quotes("“They are equal,” the minister said.")[0].0, QuoteKind::Direct);
}

#[test]
fn a_name_after_its_description_is_the_mention() {
    assert_eq!(speakers("“I like it,” said the director, Ana Ode."), ["Ana Ode"]);
    assert_eq!(speakers("His counterpart from Samur, Karel Dunn, called it “a small step”."), ["Karel Dunn"]);
}

#[test]
fn a_participle_after_the_words_reports_other_words() {
    let text = "Dunn called the plan “a small step”, adding that he would count the votes.";
    assert_eq!(speakers(text), ["Dunn"]);
}

#[test]
fn a_signature_names_the_speaker() {
    assert_eq!(speakers("“We never saw the water coming.” – Mara Odell, Ostrel"), ["Mara Odell"]);
}

#[test]
fn transcripts_need_no_marks() {
    let text = "The hearing began.\n\nODELL: Who shut the gate?\n\nDUNN: I did.\n\nODELL: When?";
    assert_eq!(speakers(text), ["ODELL", "DUNN", "ODELL"]);
    assert!(quotes("The menu: soup.\n\nThe price: free.").is_empty());
}

#[test]
fn answers_belong_to_the_person_introduced_before_the_first_question() {
    let text = "Mara Odell has kept the gate for thirty years. Ivo Dunn met her.\n\nOdell is 71.\n\n\
        Q: Who shut the gate?\n\nA: I did, and nobody asked.\n\nQ: When?\n\n\
        A: At nine. Tom Lisle said, “Leave it open.”\n\nShe laughs.";
    let said = |text: &str| -> Vec<(String, String)> {
        let analysis = ANALYZER.analyze(&Article::verbatim("t", text), &Options::default());
        let quotes = analysis.quotes.into_iter();
        quotes.filter_map(|quote| Some((quote.speaker?.name, quote.span.of(text).to_owned()))).collect()
    };
    let pairs = said(text);
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
    let long = "At nine. Tom Lisle said, “Leave it open.”";
    let odell = "Mara Odell";
    assert_eq!(pairs, [(odell, "I did, and nobody asked."), (odell, long), ("Tom Lisle", "Leave it open.")]);
    assert!(said("It rained.\n\nQ: Why?\n\nA: Nobody knows.\n\nQ: When?\n\nA: Never.").is_empty());
}

#[test]
fn what_owners_say_is_theirs() {
    assert_eq!(speakers("The crew doubted Odell’s claim that “the gate was never shut at all”."), ["Odell"]);
    assert_eq!(speakers("It was, in Dunn’s words, “a long and dreadful night”."), ["Dunn"]);
}

#[test]
fn nobody_is_the_speaker_of_what_was_asked_in_the_passive() {
    assert_eq!(speakers("Asked about the gate, Dunn replied: “I shut it.”"), ["Dunn"]);
}

#[test]
fn every_confidence_is_a_share() {
    let article = Article::verbatim("t", "“Go,” said Odell. “Run.” She called it “a race”.");
    let document = Document::new(&article, &RESOURCES);
    for quote in find(&document, &[], &MODEL).quotes {
        assert!((0.0..=1.0).contains(&quote.confidence) && !quote.why.is_empty());
    }
}

#[test]
fn a_so_called_name_is_never_speech() {
    let text = "The so-called “safe passage” was agreed in May. The self-styled “people's council” said no.";
    assert!(quotes(text).is_empty(), "{:?}", quotes(text));
}

#[test]
fn they_are_those_who_spoke_last_when_these_are_several() {
    let text = "Analysts at Calder Bank said the warning came late. “A cut is certain,” they wrote.";
    let article = Article::verbatim("t", text);
    let quotes = ANALYZER.analyze(&article, &Options::default()).quotes;
    let last = quotes.last().and_then(|quote| quote.speaker.as_ref()).unwrap();
    assert_eq!((last.name.as_str(), last.mention.of(text)), ("Analysts", "they"));
}

#[test]
fn a_profit_forecast_says_nothing() {
    let text = "The company cut its profit forecast for the year.";
    let article = Article::verbatim("t", text);
    assert!(ANALYZER.analyze(&article, &Options::default()).quotes.is_empty());
}

/// Returns the speaker's full name and the content of each quotation in `text`.
fn reported_speech(text: &str) -> Vec<(String, String)> {
    let article = Article::verbatim("t", text);
    let quotes = ANALYZER.analyze(&article, &Options::default()).quotes;
    let name = |quote: &Quote| quote.speaker.as_ref().map_or_else(String::new, |speaker| speaker.name.clone());
    quotes.iter().map(|quote| (name(quote), quote.span.of(text).to_owned())).collect()
}

fn pairs(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(name, words)| ((*name).to_owned(), (*words).to_owned())).collect()
}

#[test]
fn who_keeps_his_name_says_nothing_by_that() {
    assert_eq!(
        reported_speech(
            "Two former Ferrel pilots, who asked not to be identified, said that the company kept a table."
        ),
        pairs(&[("Two former Ferrel pilots", "that the company kept a table")])
    );
}

#[test]
fn a_participle_between_commas_describes_its_noun() {
    assert!(
        reported_speech("A study of a night ferry, promised in 2019 and twice put off, is to open in May.").is_empty()
    );
    assert!(reported_speech("The road, promised by the mayor in 2019, opened in May.").is_empty());
    assert_eq!(reported_speech("Ana Ode, 40, said in May that she would run.")[0].0, "Ana Ode");
}

#[test]
fn the_content_after_a_relative_clause_is_not_the_speaker() {
    assert_eq!(
        reported_speech("Meridian, which is owned by a fund in Toronto, reported a profit of $4 million.")[0].0,
        "Meridian"
    );
}

#[test]
fn a_relative_clause_between_commas_hides_no_speaker() {
    assert_eq!(
        reported_speech("Norquist Metals, which owns 60% of the mine, confirmed that two of its workers had died."),
        pairs(&[("Norquist Metals", "that two of its workers had died")])
    );
}

#[test]
fn what_is_denied_ends_where_the_report_goes_on() {
    let text = "The minister, Karel Dvorsky, denies any wrongdoing and was re-elected in May.";
    assert_eq!(reported_speech(text), pairs(&[("Karel Dvorsky", "any wrongdoing")]));
}

#[test]
fn a_described_name_after_an_office_speaks() {
    let text = "Their spokesman, retired head teacher Gordon Lisle, accused the council of “ticking boxes”.";
    assert_eq!(reported_speech(text)[0].0, "Gordon Lisle");
}

#[test]
fn an_analyst_of_a_university_is_a_person() {
    let text = "Political analyst Bohumil Reiner of Halven University said that months of talks lay ahead.";
    assert_eq!(reported_speech(text), pairs(&[("Bohumil Reiner", "that months of talks lay ahead")]));
}

#[test]
fn an_unnamed_speaker_is_identified_by_office() {
    let text = "A senator was told to resign after he said that the victims had “chosen to live in a bathtub”.";
    assert_eq!(reported_speech(text).last().map(|(name, _)| name.as_str()), Some("A senator"));
}

#[test]
fn a_relative_clause_continues_after_and() {
    let text = "I meet two nurses and a priest who asks me not to use his name and says that he is in favour.";
    assert_eq!(reported_speech(text).last().map(|(name, _)| name.as_str()), Some("a priest"));
}

//! Tests the tags assigned to whole sentences.

use super::{PennTag, SURE};
use crate::Document;
use crate::Resources;
use dateline_core::Named;
use dateline_core::article::Article;

/// Returns the words of a sentence with their tags: "Police/NNS left/VBD".
fn tagged(sentence: &str) -> String {
    let resources = Resources::bundled();
    let article = Article::verbatim("a", sentence);
    let document = Document::new(&article, &resources);
    let tags =
        (0..document.tokens.len()).map(|index| format!("{}/{}", document.word(index), document.penn(index).name()));
    tags.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_verb_is_finite_or_a_participle() {
    let tags = "The/DT man/NN arrested/VBN on/IN Tuesday/NNP was/VBD charged/VBN ./.";
    assert_eq!(tagged("The man arrested on Tuesday was charged."), tags);
    assert!(tagged("Police fined the firm on Monday.").contains("fined/VBD"));
    assert!(tagged("The firm has been fined.").contains("fined/VBN"));
    assert!(tagged("Elena Garcia, a baker, opened the shop.").contains("opened/VBD"));
}

#[test]
fn that_is_a_determiner_a_relative_or_opens_a_clause() {
    assert!(tagged("She said that the road was closed.").contains("that/IN"));
    assert!(tagged("The road that leads north was closed.").contains("that/WDT"));
    assert!(tagged("At that time nobody knew.").contains("that/DT"));
}

#[test]
fn a_straight_mark_opens_or_closes() {
    assert!(tagged("\"It is late,\" she said.").starts_with("\"/`` It/PRP is/VBZ late/JJ ,/, \"/''"));
}

#[test]
fn a_word_with_one_tag_is_sure_and_a_guess_is_not() {
    let resources = Resources::bundled();
    let article = Article::verbatim("a", "The brillig toves left.");
    let document = Document::new(&article, &resources);
    assert_eq!((document.penn(0), document.pos_margin(0)), (PennTag::Dt, SURE));
    assert!((1..SURE).contains(&document.pos_margin(2)));
    assert_eq!((document.penn(99), document.pos_margin(99)), (PennTag::default(), 0));
}

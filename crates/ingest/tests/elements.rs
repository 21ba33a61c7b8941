//! Tests of HTML elements that carry meaning: quotations, struck-out words, line breaks, footnotes, pronunciation
//! guides.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_core::article::{Article, footnotes};
use dateline_ingest as ingest;

/// Reads a page whose story has `paragraphs` between two plain paragraphs.
fn story(paragraphs: &str) -> Article {
    let page = format!(
        "<html><head><title>The weir at Lowmoor</title></head><body><article><h1>The weir at Lowmoor</h1>\
         <p>The weir at Lowmoor will be opened in the spring, the water board said after its meeting in the town.</p>\
         {paragraphs}\
         <p>Its keeper has lived in the house beside it for thirty years, and she means to stay there, come what may.</p>\
         </article></body></html>"
    );
    ingest::articles("page.html", page.as_bytes()).unwrap().remove(0)
}

fn has(article: &Article, words: &str) {
    assert!(article.text.contains(words), "{words:?} in {}", article.text);
}

#[test]
fn quotations_get_their_marks() {
    let article = story(
        "<p>The miller said <q> no <q>old</q> wheel</q>, and <q>“never”</q> was the word of his wife, all winter long.</p>",
    );
    has(&article, "said “no ‘old’ wheel”, and “never” was");
}

#[test]
fn struck_out_words_and_readings_are_left_out_and_this_is_said() {
    let article = story(
        "<p>It opens on <del>Thursday</del><ins>Friday</ins> for <s>six</s> nine crowns, the keeper of the weir said.</p>\
         <p>The board of <ruby>Lowmoor<rp>(</rp><rt>LOH-moor</rt><rp>)</rp></ruby> met in the hall beside the old church.</p>",
    );
    has(&article, "opens on Friday for nine crowns");
    has(&article, "of Lowmoor met");
    assert!(article.left_out.iter().any(|left| left.text == "Thursday"), "{:?}", article.left_out);
    assert!(article.notes.iter().any(|note| note.starts_with("Struck-out words")), "{:?}", article.notes);
}

#[test]
fn verse_and_addresses_keep_their_lines_and_prose_does_not() {
    let article = story(
        "<p>The wheel goes round<br>the water down<br>and all of it<br>runs through the town.</p>\
         <p>The board says that the weir has to be closed again before the winter comes,<br>because ice would break its gates.</p>\
         <p><b>Who mends it?</b><br>The town does, and it has done so for two hundred years, said the keeper of the weir.</p>",
    );
    has(&article, "goes round / the water down / and all of it / runs through");
    has(&article, "winter comes, because ice");
    has(&article, "Who mends it?\n\nThe town does");
}

#[test]
fn raised_numbers_are_exponents_or_lead_to_notes() {
    let article = story(
        "<p>The wheel was built in 1787<sup>1</sup> and moves 10<sup>4</sup> sacks of corn over 30 m<sup>2</sup>, the board says.<sup><a href='#n2'>2</a></sup></p>\
         <p>It burnt once.<a href='#n3' class='mark'>3</a> The 19<sup>th</sup> century saw it mended, and the miller fined for it.</p>\
         <ol><li id='n2'>Letter of the board to the town, kept in the hall.</li></ol>\
         <div><a id='n3' href='#m3'>3</a><div><p>On a night in June, says the book of the church.</p></div></div>",
    );
    has(&article, "in 1787[1] and moves 10⁴ sacks of corn over 30 m², the board says.[2]");
    has(&article, "burnt once.[3] The 19th century");
    let notes: Vec<&str> = footnotes(&article).iter().map(|note| note.note.of(&article.text)).collect();
    assert_eq!(
        notes,
        ["Letter of the board to the town, kept in the hall.", "On a night in June, says the book of the church."]
    );
}

#[test]
fn invisible_characters_split_no_word_in_any_format() {
    let article =
        story("<p>The har&shy;bour mas&#8203;ter, Ma&shy;ra Odell, came to see the weir and the wa<wbr>ter in it.</p>");
    has(&article, "The harbour master, Mara Odell, came to see the weir and the water");
    let dump = "The quay of Low\u{ad}moor\n\nThe o\u{fb03}ce of the har\u{ad}bour mas\u{200b}ter has closed for good, the board said.\n";
    let article = ingest::articles("a.txt", dump.as_bytes()).unwrap().remove(0);
    has(&article, "The quay of Lowmoor");
    has(&article, "The office of the harbour master");
    let titled = "<html><head><title>The har&shy;bour of Low&shy;moor</title></head><body><p>It is closed to all boats until the spring, said the board.</p></body></html>";
    let article = ingest::articles("b.html", titled.as_bytes()).unwrap().remove(0);
    assert_eq!(article.title(), "The harbour of Lowmoor");
}

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

#[test]
fn numbered_lists_keep_their_numbers() {
    let article = story(
        "<ol start=4><li>Open the <a href='https://weir.example/gate'>upper gate</a>.<li value=9>Wait.<ul><li>No less than an hour.</ul></ol>\
         <ol type=a reversed><li><p>Grease the wheel.</p><p>Use no tar.</p></li><li>Stop.</li></ol>\
         <ol><li>1) Close it.<li><div><p>A box of the page that is no step.</p></div></ol>",
    );
    has(&article, "4. Open the upper gate.\n\n9. Wait.\n\nNo less than an hour.");
    has(&article, "b. Grease the wheel.\n\nUse no tar.\n\na. Stop.");
    has(&article, "\n\n1) Close it.\n\nA box of");
    let link = article.links.iter().find(|link| link.url.ends_with("/gate")).unwrap();
    assert_eq!(link.span.of(&article.text), "upper gate");
    let steps = ingest::articles("a.md", b"# Weir\n\n3. Open it.\n4. Wait.\n\n   - Not long.\n5. Close it.\n").unwrap();
    has(&steps[0], "3. Open it.\n\n4. Wait.\n\nNot long.\n\n5. Close it.");
}

#[test]
fn the_columns_of_a_table_stay_columns() {
    let article = story(
        "<table><caption>What the weir cost</caption><tr><th>Year<th colspan=2>Stone and wood<th>Paid by</tr>\
         <tr><td rowspan=2>1787<td>40<td>7<td><a href='/board'>the board</a><br>the town</tr><tr><td>3<td>2<td>a miller</tr></table>",
    );
    has(
        &article,
        "What the weir cost\n\nYear\tStone and wood\t\tPaid by\n1787\t40\t7\tthe board the town\n\t3\t2\ta miller",
    );
    let base = "<html><head><base href='https://weir.example/'></head><body><article><p>The weir at Lowmoor was paid for by many, as the books of the town show.</p>\
        <table><tr><td>1787<td>by <a href='/board'>the board</a></tr><tr><td>1788<td>nobody</tr></table></article></body></html>";
    let article = ingest::articles("a.html", base.as_bytes()).unwrap().remove(0);
    let links: Vec<_> = article.links.iter().map(|link| (link.span.of(&article.text), link.url.as_str())).collect();
    assert_eq!(links, [("the board", "https://weir.example/board")]);
}

#[test]
fn a_formula_is_read_on_one_line() {
    let article = story(
        "<p>The water falls <math><mi>h</mi><mo>=</mo><mfrac><msup><mi>v</mi><mn>2</mn></msup><mrow><mn>2</mn><mi>g</mi></mrow></mfrac></math> metres, as the old book says.</p>",
    );
    has(&article, "falls h = v²/2g metres");
}

#[test]
fn the_footer_of_a_quotation_names_its_author() {
    let article = story(
        "<blockquote><p>No boat shall pass while I keep this weir.</p><footer>— Ana Ruiz, keeper</footer></blockquote>",
    );
    has(&article, "keep this weir.\n\n— Ana Ruiz, keeper");
}

#[test]
fn media_without_a_caption_can_be_opened() {
    let article = story(
        "<p><img src='https://weir.example/a.jpg' alt='Two men lift the upper gate' width=900></p>\
         <p>The gate is lifted by hand, twice a year, and the whole town comes to see it in the rain.</p>\
         <p><img src='https://weir.example/dot.gif' alt='four words of nothing' width=1><img src='https://weir.example/b.jpg' alt='Weir'></p>\
         <iframe src='https://player.vimeo.com/video/7'></iframe><iframe src='https://ads.example/1'></iframe>\
         <p>Nobody has ever been hurt by it, says the keeper, although the gate weighs more than a cart with its horse.</p>\
         <figure><img src='https://weir.example/c.jpg' alt='A long text for the gate in winter'><figcaption>The gate in winter.</figcaption></figure>",
    );
    has(&article, "\n\nPicture: Two men lift the upper gate\n\nThe gate is lifted");
    has(&article, "\n\nVideo: player.vimeo.com\n\nNobody");
    has(&article, "The gate in winter.");
    assert!(!article.text.contains("A long text") && !article.text.contains("four words"), "{}", article.text);
    let names = ["a.jpg", "b.jpg", "video/7", "c.jpg"];
    assert!(article.media.iter().zip(names).all(|(url, name)| url.ends_with(name)), "{:?}", article.media);
    assert_eq!(article.media.len(), names.len());
    let opened = article.links.iter().map(|link| link.url.as_str()).collect::<Vec<_>>();
    assert_eq!(opened, ["https://weir.example/a.jpg", "https://player.vimeo.com/video/7"]);
}

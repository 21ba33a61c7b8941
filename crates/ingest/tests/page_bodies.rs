//! Tests of pages other than news, with comments and shop content around their text. Every block of the text contains
//! `KEEP`, and every other block contains `DROP`.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_ingest as ingest;

const WORDS: &str = "The harbour keeps its own count of boats and storms, and whoever wants to know it must ask.";

fn check(kind: &str, body: &str) {
    let menu =
        "<header><nav><ul><li><a href='/a'>DROP0 News</a></li><li><a href='/b'>DROP0 Shop</a></li></ul></nav></header>";
    let foot = "<footer><p>DROP0 © 2020 Example. All rights reserved. <a href='/p'>Privacy</a></p></footer>";
    let page = format!(
        "<!DOCTYPE html><html lang='en'><head><title>Boats and storms</title></head><body>{menu}{body}{foot}</body></html>"
    );
    let article = ingest::articles("page.html", page.as_bytes()).unwrap().remove(0);
    let wanted = body.matches("KEEP").count();
    assert_eq!(article.text.matches("KEEP").count(), wanted, "{kind}: {}", article.text);
    assert!(!article.text.contains("DROP"), "{kind}: {}", article.text);
}

/// Concatenates the results of `block` for the numbers from 0 to `count` - 1.
fn several(count: usize, block: impl Fn(usize) -> String) -> String {
    (0..count).map(block).collect()
}

#[test]
fn a_short_post_is_not_its_comments() {
    let comment =
        |n| format!("<div class='comment'><p>DROP{n} I quite agree, and my uncle had a boat there. {WORDS}</p></div>");
    let post = several(8, |n| format!("<p>KEEP{n} Short.</p>"));
    let comments = several(4, comment);
    check(
        "post",
        &format!(
            "<article><h1>Boats and storms</h1>{post}<p>KEEP {WORDS}</p></article><div id='comments'>{comments}</div>"
        ),
    );
}

#[test]
fn lists_tables_and_code_are_text() {
    let list = several(9, |n| format!("<li>KEEP{n} coat</li>"));
    check(
        "documentation",
        &format!(
            "<main><h1>Boats and storms</h1><p>KEEP {WORDS}</p><ul>{list}</ul><pre>KEEP harbour check --now</pre><dl><dt>KEEP \
             --later</dt><dd>KEEP At high tide.</dd></dl><table><tr><th>KEEP Name</th><th>Value</th></tr><tr><td>KEEP \
             port</td><td>8080</td></tr></table><p>KEEP {WORDS}</p></main>"
        ),
    );
    check(
        "product",
        &format!(
            "<div class='product'><h1>Boats and storms</h1><div><p>KEEP {WORDS} {WORDS}</p><ul>{list}</ul></div><table \
             class='specs'><tr><th>KEEP Weight</th><td>300 g</td></tr><tr><th>KEEP Height</th><td>12 cm</td></tr></table>\
             </div><div class='related-products'><h2>DROP Others bought</h2><ul><li><a href='/l'>DROP lamp</a></li><li><a \
             href='/m'>DROP mast</a></li></ul></div>"
        ),
    );
}

#[test]
fn entries_under_linked_headings_keep_them() {
    let entry = |n| {
        format!("<div class='card'><h2><a href='/w{n}'>KEEP{n} Walk number {n}</a></h2><p>KEEP{n} {WORDS}</p></div>")
    };
    check("list of places", &format!("<main><h1>Boats and storms</h1><p>KEEP {WORDS}</p>{}</main>", several(6, entry)));
}

#[test]
fn a_question_comes_before_its_answer() {
    check(
        "question",
        &format!(
            "<h1>Boats and storms</h1><div class='question'><div class='post-text'><p>KEEP I am new to this. \
             {WORDS}</p><pre><code>KEEP moor --help</code></pre></div></div><div id='answers'><div class='answer'><div \
             class='post-text'><p>KEEP Use two lines. {WORDS} {WORDS} {WORDS}</p></div></div></div>"
        ),
    );
}

#[test]
fn questions_and_answers_in_boxes() {
    let entry = |n| {
        format!(
            "<div class='item'><h3>KEEP{n} When does boat {n} sail?</h3><div class='panel'><p>KEEP{n} {WORDS}</p></div></div>"
        )
    };
    check("questions", &format!("<main><h1>Boats and storms</h1>{}</main>", several(6, entry)));
}

#[test]
fn a_story_that_a_page_only_declares_is_read_and_this_is_said() {
    let body = format!("KEEP {WORDS}\\n\\nKEEP {WORDS} Tom &amp; Ann count, too. {WORDS}");
    let page = |shown: &str| {
        format!(
            "<html><head><title>Boats and storms</title><script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"articleBody\": \"{body}\"}}</script></head>\
             <body><h1>Boats and storms</h1><div id='app'>{shown}</div><p>DROP Switch on scripts.</p></body></html>"
        )
    };
    let article = ingest::articles("page.html", page("").as_bytes()).unwrap().remove(0);
    assert_eq!(article.text.matches("\n\nKEEP The harbour").count(), 2, "{}", article.text);
    assert!(article.text.contains("Tom & Ann") && !article.text.contains("DROP"), "{}", article.text);
    assert!(article.notes.iter().any(|note| note.contains("JSON-LD")), "{:?}", article.notes);
    let shown = several(4, |n| format!("<p>Shown{n}: {WORDS}</p>"));
    let article = ingest::articles("page.html", page(&shown).as_bytes()).unwrap().remove(0);
    assert!(article.text.contains("Shown3") && !article.text.contains("KEEP"), "{}", article.text);
}

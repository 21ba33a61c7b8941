//! Tests of authors, dates and datelines for which a page has more than one source.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_core::article::Article;
use dateline_ingest as ingest;

/// Reads a page with `head` in its head element, and `front` between its headline and story.
fn page(language: &str, head: &str, front: &str) -> Article {
    let page = format!(
        "<html lang='{language}'><head><title>The weir at Lowmoor opens</title>{head}</head><body><main><article>\
         <h1>The weir at Lowmoor opens</h1>{front}\
         <p>The weir at Lowmoor will be opened in the spring, the water board said after its meeting in the town.</p>\
         <p>Its keeper has lived in the house beside it for thirty years, and she means to stay there, come what may.</p>\
         </article></main></body></html>"
    );
    ingest::articles("page.html", page.as_bytes()).unwrap().remove(0)
}

fn authors(article: &Article) -> Vec<&str> {
    article.byline.iter().map(|name| name.value.as_str()).collect()
}

fn day(article: &Article) -> Option<String> {
    article.published.as_ref().map(|published| published.date.to_string())
}

#[test]
fn the_owner_of_a_site_writes_it_but_a_paper_does_not() {
    let story = |name: &str| {
        format!(
            "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"author\":{{\"@type\":\"Person\",\"name\":\"{name}\"}},\
             \"publisher\":{{\"name\":\"{name}\"}}}}</script>"
        )
    };
    assert_eq!(authors(&page("en", &story("Mara Odell"), "")), ["Mara Odell"]);
    let small = story("mara odell").replacen("\"publisher\":{\"name\":\"mara odell\"}", "\"publisher\":{}", 1);
    assert_eq!(authors(&page("en", &small, "")), ["mara odell"]);
    assert!(authors(&page("en", &story("Harbour Gazette"), "")).is_empty());
}

#[test]
fn all_authors_of_a_paper_are_named() {
    let head = "<meta name='citation_author' content='Odell, Mara'><meta name='citation_author' content='Bo Lee'>";
    assert_eq!(authors(&page("en", head, "")), ["Mara Odell", "Bo Lee"]);
}

#[test]
fn a_link_to_the_page_of_an_author_signs() {
    let front = "<p><a href='/redaktion/autoren/mara-odell'>Mara Odell</a> · 3 May 2024</p><p><a href='/towns/lowmoor'>Lowmoor Heights</a></p>";
    assert_eq!(authors(&page("en", "", front)), ["Mara Odell"]);
}

#[test]
fn a_guest_signs_the_story_of_another_account() {
    let head = "<meta name='author' content='Mara Odell'>";
    let front = "<p><b>By Bo Lee. Our guest has kept bees for ten years.</b></p>";
    assert_eq!(authors(&page("en", head, front)), ["Bo Lee"]);
    let front = "<p><b>By Bo Lee. Seven years have passed since.</b></p>";
    assert_eq!(authors(&page("en", head, front)), ["Mara Odell"]);
}

#[test]
fn a_day_of_a_list_of_terms_is_read() {
    assert_eq!(
        day(&page("en", "", "<aside><dl><dt>Date:</dt><dd>03.05.2024</dd></dl></aside>")).as_deref(),
        Some("2024-05-03")
    );
    assert_eq!(day(&page("en", "", "<aside><dl><dt>Founded</dt><dd>03.05.2004</dd></dl></aside>")), None);
}

#[test]
fn a_declared_moment_in_utc_is_the_day_that_the_page_shows() {
    let head = "<meta property='article:published_time' content='2024-05-04T02:15:40Z'>";
    let shown = page("en", head, "<p>May 3, 2024, 7:15 PM</p>");
    assert_eq!(day(&shown).as_deref(), Some("2024-05-03"));
    assert_eq!(shown.published.unwrap().moment.as_deref(), Some("2024-05-03T19:15:00-07:00"));
    assert_eq!(day(&page("en", head, "<p>May 2, 2024, 9:44 AM</p>")).as_deref(), Some("2024-05-04"));
}

#[test]
fn numbers_of_a_day_are_read_in_the_order_that_the_page_shows() {
    let head = "<meta name='date' content='05/03/2024 12:00:00'>";
    assert_eq!(day(&page("de", head, "<p>Erstellt am: 03.05.2024</p>")).as_deref(), Some("2024-05-03"));
    assert_eq!(day(&page("de", head, "")).as_deref(), Some("2024-03-05"));
}

#[test]
fn a_dateline_opens_a_page_as_it_opens_a_dump() {
    let front =
        "<p>LOWMOOR, May 3, 2024 - The gates of the weir were painted green on Friday, as the board had wished.</p>";
    let article = page("en", "", front);
    assert_eq!(article.dateline.as_ref().unwrap().place.as_deref(), Some("LOWMOOR"));
    assert_eq!(day(&article).as_deref(), Some("2024-05-03"));
}

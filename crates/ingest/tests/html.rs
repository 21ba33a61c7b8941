//! Tests of the articles that saved pages become.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_core::article::{Article, BlockKind};
use dateline_ingest as ingest;

/// Page like those of news sites, with an invented story.
const PAGE: &str = r#"<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Ferry to Ostrel resumes after winter of repairs | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},{"@type":"NewsArticle",
"headline":"Ferry resumes","datePublished":"2024-05-17T08:30:00+01:00","author":[{"@type":"Person","name":"Ana Ruiz"},{"name":"Bo Lee"}],
"articleSection":"Transport"}]}</script></head><body>
<header><nav class="main-nav"><ul><li><a href="/">Home</a></li><li><a href="/t">Transport</a></li></ul></nav></header>
<div class="cookie-consent"><p>We use cookies to improve your experience on this site. Read our policy to learn more about it.</p></div>
<main><article><h1>Ferry to Ostrel resumes after winter of repairs</h1>
<figure><img src="a.jpg"><figcaption>The ferry Saint Brannoc at her berth on Friday. Photograph: Jo Marsh/Harbour Post</figcaption></figure>
<div class="article-body"><p>The ferry to Ostrel Island will carry passengers again on Monday after five months of repairs to the ramp, the operator said.</p>
<p>“We have mended what the storm broke,” said <b>Mara Odell</b>, the harbour master, on Friday. “The rest is paint, and paint can wait until the summer is over.”</p>
<div class="newsletter-signup"><p>Sign up for our newsletter</p></div>
<h2>Timetable</h2><ul><li>First boat at seven in the morning, every day but Sunday</li><li>Last boat back at nine in the evening in the summer months</li></ul>
<blockquote><p>The island has been very quiet, and not everybody minded, to tell you the whole truth of it.</p></blockquote>
<table><tr><th>Fare</th><th>Price</th></tr><tr><td>Adult</td><td>£4.20</td></tr></table>
<p>The council will review the timetable in September, when the school year begins, and again before the following winter.</p></div>
<div class="share-bar"><p>Share on Facebook</p></div></article></main>
<aside class="related"><h3>Related</h3><ul><li><a href="/x">Bridge toll to rise again</a></li></ul></aside>
<footer><p>© 2024 The Harbour Post. All rights reserved.</p></footer></body></html>"#;

fn article(page: &[u8]) -> Article {
    ingest::articles("page.html", page).unwrap().remove(0)
}

fn blocks(article: &Article, kind: BlockKind) -> Vec<&str> {
    article.blocks.iter().filter(|block| block.kind == kind).map(|block| block.span.of(&article.text)).collect()
}

#[test]
fn the_story_is_kept_with_its_structure() {
    let article = article(PAGE.as_bytes());
    assert_eq!(article.headline.as_ref().unwrap().value, "Ferry to Ostrel resumes after winter of repairs");
    let paragraphs = blocks(&article, BlockKind::Paragraph);
    assert!(paragraphs[0].starts_with("The ferry to Ostrel Island will carry"), "{paragraphs:?}");
    assert!(paragraphs.last().unwrap().starts_with("The council will review"), "{paragraphs:?}");
    assert_eq!(blocks(&article, BlockKind::Heading), ["Timetable"]);
    assert_eq!(blocks(&article, BlockKind::ListItem).len(), 2);
    assert_eq!(blocks(&article, BlockKind::Table), ["Fare\tPrice\nAdult\t£4.20"]);
    assert!(blocks(&article, BlockKind::Quote)[0].starts_with("The island has been very quiet"));
}

#[test]
fn what_the_page_declares_is_believed() {
    let article = article(PAGE.as_bytes());
    let authors: Vec<&str> = article.byline.iter().map(|name| name.value.as_str()).collect();
    assert_eq!(authors, ["Ana Ruiz", "Bo Lee"]);
    let published = article.published.unwrap();
    assert_eq!(published.date.to_string(), "2024-05-17");
    assert_eq!(published.moment.as_deref(), Some("2024-05-17T08:30:00+01:00"));
    assert_eq!(article.publisher.unwrap().value, "The Harbour Post");
    assert_eq!(article.section, ["Transport"]);
    assert_eq!(article.language.as_deref(), Some("en"));
}

#[test]
fn boilerplate_is_left_out_and_kept_apart() {
    let article = article(PAGE.as_bytes());
    for words in
        ["We use cookies", "Sign up for our newsletter", "Share on Facebook", "Bridge toll", "All rights reserved"]
    {
        assert!(!article.text.contains(words), "{words}");
        assert!(article.left_out.iter().any(|piece| piece.text.contains(words)), "{words} is lost");
    }
}

#[test]
fn gzip_is_opened_and_damage_is_said() {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(PAGE.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    assert_eq!(article(&packed).text, article(PAGE.as_bytes()).text);
    let error = ingest::articles("cut", &packed[..packed.len() / 2]).unwrap_err().to_string();
    assert!(error.contains("gzip data is damaged"), "{error}");
}

#[test]
fn hostile_nesting_ends_in_text() {
    let page = format!("<html><body>{}The core of it all is here to be read.", "<ul><li>".repeat(50_000));
    let article = article(page.as_bytes());
    assert!(article.left_out.iter().any(|piece| piece.text.contains("core")) || article.text.contains("core"));
    assert!(article.notes.iter().any(|note| note.contains("nested deeper")), "{:?}", article.notes);
}

#[test]
fn links_and_what_is_set_off_keep_their_words() {
    let page = PAGE
        .replace("the operator said.</p>", "<a href=\"/operator?x=1#top\">the operator</a> said.</p>")
        .replace("<title>", "<link rel=\"canonical\" href=\"https://post.example/transport/ferry\"><title>");
    let article = article(page.as_bytes());
    let links: Vec<(&str, &str)> =
        article.links.iter().map(|link| (link.span.of(&article.text), link.url.as_str())).collect();
    assert_eq!(links, [("the operator", "https://post.example/operator?x=1#top")]);
    let set_off: Vec<&str> = article.emphasis.iter().map(|span| span.of(&article.text)).collect();
    assert_eq!(set_off, ["Mara Odell"]);
}

#[test]
fn the_picture_that_leads_a_story_keeps_its_caption() {
    let article = article(PAGE.as_bytes());
    assert!(blocks(&article, BlockKind::Caption)[0].starts_with("The ferry Saint Brannoc"));
    let credit = article.blocks.iter().find_map(|block| block.credit.as_ref()).unwrap();
    assert_eq!(credit.span.unwrap().of(&article.text), credit.value);
}

#[test]
fn a_summary_that_is_set_off_is_the_standfirst() {
    let summary = "After five months on dry land the island’s only boat is back at work.";
    let page = PAGE
        .replace("<div class=\"article-body\">", &format!("<div class=\"article-body\"><h2>{summary}</h2>"))
        .replace("<title>", &format!("<meta name=\"description\" content=\"{summary}\"><title>"));
    let article = article(page.as_bytes());
    assert_eq!(article.standfirst.as_ref().unwrap().value, summary);
    assert!(!article.text[article.body..].contains(summary));
}

/// Builds a page whose story has three long paragraphs. `element` is inserted at one of four places.
fn with_element(element: &str, place: usize) -> String {
    let mut paragraphs = vec![
        "<p>A former mayor of Port Anselm was charged with fraud on Monday after an inquiry that had lasted for two years, prosecutors said, and eleven others were named with him.</p>",
        "<p>Bo Pell, 61, denied that he had taken money from a company that wanted to build a new ferry terminal in the harbour, where thousands of people work.</p>",
        "<p>The mayor of today, Ana Ruiz, said that the town had been hurt by the case and that she hoped for a quick end of it, whatever it may be.</p>",
    ];
    paragraphs.insert(place, element);
    format!(
        "<html><head><title>x</title></head><body><article><h1>Former mayor charged with fraud</h1>{}</article></body></html>",
        paragraphs.concat()
    )
}

#[test]
fn a_sentence_with_a_date_stays_and_is_not_the_publication_date() {
    for sentence in [
        "He was elected on 5 May 2011.",
        "“We met on 5 May 2011,” he said.",
        "The ferry opened on 6 May 2012.",
        "The report was published on 3 May 2011.",
        "On 4 June 2009, troops came.",
        "Er wurde am 4. April 2009 gewählt.",
        "Il fut élu le 3 mai 2011.",
        "Fue elegido el 3 de mayo de 2011.",
    ] {
        for place in 0..=3 {
            let article = article(with_element(&format!("<p>{sentence}</p>"), place).as_bytes());
            assert!(article.text.contains(sentence), "{sentence} at {place}: {}", article.text);
            assert_eq!(article.published, None, "{sentence} at {place}");
        }
    }
}

#[test]
fn a_date_marked_up_in_a_sentence_is_not_the_publication_date() {
    let bridge = "<p>The bridge was opened on <time datetime=\"1931-05-01\">1 May 1931</time> and will close.</p>";
    for place in 0..=3 {
        assert_eq!(article(with_element(bridge, place).as_bytes()).published, None, "at {place}");
    }
    let line = "<p>Published <time datetime=\"2024-03-13\">13 March 2024</time></p>";
    let published = article(with_element(&format!("{line}{bridge}"), 0).as_bytes()).published;
    assert_eq!(published.map(|published| published.date.to_string()).as_deref(), Some("2024-03-13"));
}

#[test]
fn the_dates_of_a_chronology_stay_in_a_page() {
    let entries = "<h3>5 May 2011</h3><p>Pell is elected mayor of the town by a wide margin, to the surprise of all.</p>\
                   <h3>6 May 2012</h3><p>The ferry terminal opens, a year later than planned, and the bill is paid.</p>";
    let article = article(with_element(entries, 2).as_bytes());
    assert_eq!(blocks(&article, BlockKind::Heading), ["5 May 2011", "6 May 2012"]);
}

#[test]
fn of_a_page_with_its_print_version_one_copy_stays() {
    let page = with_element("", 3);
    let story = page.split("<article>").nth(1).unwrap().split("</article>").next().unwrap();
    let both =
        format!("<html><body><div class=\"screen\">{story}</div><div class=\"print\">{story}</div></body></html>");
    let article = article(both.as_bytes());
    assert_eq!(article.text.matches("Bo Pell, 61").count(), 1, "{}", article.text);
    assert!(article.notes.iter().any(|note| note.starts_with("Left out another copy")), "{:?}", article.notes);
}

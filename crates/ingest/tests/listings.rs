//! Tests of pages that are listings: front pages, categories and shelves.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_core::article::Article;
use dateline_ingest as ingest;

/// Headings and texts of the items.
const ITEMS: [(&str, &str); 7] = [
    ("Harbour dues rise again", "Boats longer than nine metres will pay a tenth more from the spring."),
    ("A mill for the weir", "The water board looks for somebody who can grind barley with it."),
    ("Snow closes the pass", "Lorries have to wait in the valley until the plough comes back."),
    ("Choir wins in Ostrel", "Forty singers came home with a cup and with sore throats."),
    ("The last tram", "It left the depot at midnight, with more people than seats."),
    ("Ferry gets a new engine", "Two weeks in the dock were enough, says the captain of the boat."),
    ("Bees on the town hall", "The first honey is expected in July, and it will be auctioned."),
];

const MENU: &str = "<nav class='menu'><ul><li><a href='/'>Home</a></li><li><a href='/a'>Our town council</a></li>\
    <li><a href='/b'>Weather and tides</a></li></ul></nav>";
const FOOTER: &str = "<div class='site-footer'><p>The Harbour Post is printed at the quay, number four.</p></div>";

fn read(head: &str, body: &str) -> Article {
    // The classes of the body say nothing about its parts.
    let page = format!(
        "<html><head><title>News | The Harbour Post</title>{head}</head><body class='has-sidebar modal-open'>{MENU}{body}{FOOTER}</body></html>"
    );
    ingest::articles("page.html", page.as_bytes()).unwrap().remove(0)
}

/// Builds the items with `build`, which receives the address, the heading and the text of each.
fn items(build: impl Fn(usize, &str, &str) -> String) -> String {
    ITEMS.iter().enumerate().map(|(at, (heading, text))| build(at, heading, text)).collect()
}

fn is_list(article: &Article) -> bool {
    article.notes.iter().any(|note| note == "Read as a list of 7 items.")
}

fn cards() -> String {
    items(|at, heading, text| {
        format!("<div class='card teaser c{at}'><h3><a href='/s/{at}'>{heading}</a></h3><p>{text}</p></div>")
    })
}

#[test]
fn a_listing_is_its_items_without_the_frame() {
    let plain = items(|at, heading, text| {
        format!("<article><h2><a href='/s/{at}'>{heading}</a></h2><p>{text}</p><time>May {at}, 2024</time></article>")
    });
    let linked = items(|at, heading, text| format!("<li><a href='/s/{at}'>{heading}</a> <span>{text}</span></li>"));
    let whole = items(|at, heading, text| {
        format!("<a class='box' href='/s/{at}'><div class='tile'><h2>{heading}</h2><p>{text}</p></div></a>")
    });
    for body in [
        format!("<h1>News</h1><div class='river'>{}</div>", cards()),
        format!("<main><section>{linked}</section></main>"),
        format!("<h1>News</h1><main>{plain}</main>"),
        format!("<div class='grid'>{whole}</div>"),
    ] {
        let article = read("", &body);
        for (heading, text) in ITEMS {
            assert!(article.text.contains(heading) && article.text.contains(text), "{heading}: {}", article.text);
        }
        assert!(is_list(&article), "{:?} {body}", article.notes);
        assert!(!article.text.contains("Weather and tides") && !article.text.contains("number four"), "{body}");
    }
}

#[test]
fn a_short_story_above_other_stories_is_not_a_listing() {
    let story = "<h1>The wall is finished</h1><p>The harbour wall was finished on Friday, the engineer said, after two \
        years of work in all kinds of weather.</p><p>The boats will return to the inner basin on Monday morning, when \
        the last of the cranes has left, and the fish market will open a week later in its old place at the quay.</p>";
    let body = format!("<article>{story}</article><div class='more'>{}</div>", cards());
    for (head, body) in [
        ("<meta property='og:type' content='Article'>", body.clone()),
        ("<meta property='article:published_time' content='2024-05-03'>", body.clone()),
        ("", format!("<div><p class='byline'>By Ana Ruiz, May 3, 2024</p></div>{body}")),
    ] {
        let article = read(head, &body);
        assert!(!is_list(&article) && article.text.contains("inner basin"), "{head}");
    }
}

#[test]
fn a_product_above_similar_ones_is_not_a_listing() {
    let product = "<script type='application/ld+json'>{\"@type\": \"Product\", \"name\": \"Brass lamp\"}</script>";
    let body = format!("<h1>Brass lamp</h1><p>A lamp for the cabin, made in Ostrel.</p><div>{}</div>", cards());
    assert!(!is_list(&read(product, &body)));
}

//! Tests of pages whose story is divided into boxes, and of boxes that look like the story but are not part of it.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_core::article::Article;
use dateline_ingest as ingest;

const WEIR: &str = "<p>The weir at Lowmoor will be opened in the spring, the water board said after its meeting in the town.</p>\
    <p>Its keeper has lived in the house beside it for thirty years, and she means to stay there, come what may.</p>\
    <p>The gates were painted green on Friday, as the board had wished, and the wheel turned for the first time.</p>";
const MILL: &str =
    "<p>The mill below the weir has been silent since the flood, and its owner waits for the insurers to decide.</p>";
const BOAT: &str =
    "<p>Two boats were carried over the weir in March, and one of them was found in the reeds four miles below.</p>";

fn read(body: &str) -> Article {
    let page =
        format!("<html><head><title>The weir at Lowmoor opens | Harbour Post</title></head><body>{body}</body></html>");
    ingest::articles("page.html", page.as_bytes()).unwrap().remove(0)
}

fn check(article: &Article, has: &[&str], lacks: &[&str]) {
    let all = format!("{} {}", article.standfirst.as_ref().map_or("", |lead| lead.value.as_str()), article.text);
    for words in has {
        assert!(all.contains(words), "{words:?} is missing in {all}");
    }
    for words in lacks {
        assert!(!all.contains(words), "{words:?} in {all}");
        assert!(article.left_out.iter().any(|left| left.text.contains(words)), "{words:?} is lost");
    }
}

#[test]
fn rows_that_are_built_alike_are_one_story() {
    let row = |heading: &str, text: &str| {
        format!("<div class='row'><div class='cell'><h2>{heading}</h2><div class='text'>{text}</div></div></div>")
    };
    let rows = [row("What is done", WEIR), row("Who waits", MILL), row("What was lost", BOAT)].concat();
    let body = format!(
        "<main><h1>The weir at Lowmoor opens</h1>{rows}<div class='row'><ul><li><a href='/a'>Bread costs more in Varde</a></li>\
         <li><a href='/b'>Ferry late again on Monday</a></li></ul></div></main>"
    );
    let parts = [
        "What is done",
        "opened in the spring",
        "Who waits",
        "silent since the flood",
        "What was lost",
        "in the reeds",
    ];
    check(&read(&body), &parts, &["Bread costs more"]);
}

#[test]
fn a_list_without_links_is_no_list_of_other_stories() {
    let part = |text: &str| format!("<div class='faq_list part'>{text}</div>");
    let body = |more: &str| {
        format!(
            "<main><h1>The weir at Lowmoor opens</h1><div class='parts'><div class='faq_list part'>{WEIR}{WEIR}</div>{more}</div></main>"
        )
    };
    check(&read(&body(&part(MILL))), &["silent since the flood"], &[]);
}

#[test]
fn answers_under_headings_that_open_them_are_kept() {
    let toggle = |question: &str, text: &str| {
        format!("<div class='toggle'><h3><a href='#'>{question}</a></h3><div>{text}</div></div>")
    };
    let answers = [toggle("Who pays for the mill?", MILL), toggle("Where are the boats?", BOAT)].concat();
    let body = format!(
        "<div class='post-content'><h1>The weir at Lowmoor opens</h1><div class='row'>{WEIR}{WEIR}</div><div class='row'><h2>Questions</h2>{answers}</div></div>"
    );
    check(&read(&body), &["Who pays for the mill?", "silent since", "Where are the boats?", "in the reeds"], &[]);
}

#[test]
fn other_posts_below_the_story_are_left_out() {
    let post =
        |title: &str, text: &str| format!("<article class='post'><h2><a href='/x'>{title}</a></h2>{text}</article>");
    let body = format!(
        "<div class='list'><article class='post'><h1>The weir at Lowmoor opens</h1>{WEIR}</article>{}{}</div>",
        post("The silent mill at Lowmoor", MILL),
        post("Two boats in the reeds", BOAT)
    );
    check(&read(&body), &["opened in the spring"], &["silent since the flood", "in the reeds"]);
}

#[test]
fn headings_and_quotations_stay_whatever_their_classes_are_called() {
    let body = format!(
        "<article><h1>The weir at Lowmoor opens</h1><div class='body'>{WEIR}<h3 class='header-anchor'>What was lost at the weir</h3>{BOAT}\
         <div class='social-embed'><blockquote class='post-embed'><p>I have seen boats go over that weir since I was a child, and none came back whole.</p></blockquote></div>{MILL}</div></article>"
    );
    check(&read(&body), &["What was lost at the weir", "none came back whole"], &[]);
}

#[test]
fn lines_of_a_list_that_are_links_stay_between_paragraphs() {
    let lines = "<p><a href='/1'>A bench of larch</a></p><p><img src='1.jpg'></p><p><a href='/2'>A door of oak</a></p><p><a href='/3'>A trough of stone</a></p>";
    let body = format!(
        "<article><h1>The weir at Lowmoor opens</h1><div class='body'>{WEIR}{lines}{BOAT}{MILL}</div></article>"
    );
    check(&read(&body), &["A bench of larch", "A door of oak", "A trough of stone"], &[]);
    let one = format!(
        "<article><h1>The weir at Lowmoor opens</h1><div class='body'>{WEIR}<p><a href='/1'>Bread costs more in Varde</a></p>{BOAT}</div></article>"
    );
    check(&read(&one), &["in the reeds"], &["Bread costs more"]);
}

#[test]
fn sentences_that_sound_like_the_page_stay() {
    let sentences = [
        "Latest figures show that the water rose by two metres in the first week of April.",
        "Related parties of the mill were heard on Monday and on the day after it.",
        "He had accepted the terms of use of the weir in writing, the court said on Friday.",
    ];
    let notes = [
        "Sign up for our newsletter and read it each morning.",
        "You have accepted the terms of use of this site, as the law says it.",
        "Related stories",
    ];
    let paragraphs = |lines: &[&str]| lines.iter().map(|line| format!("<p>{line}</p>")).collect::<String>();
    let body = format!(
        "<article><h1>The weir at Lowmoor opens</h1><div class='body'>{WEIR}{}{MILL}{}{BOAT}</div></article>",
        paragraphs(&sentences),
        paragraphs(&notes)
    );
    check(&read(&body), &sentences, &notes);
}

#[test]
fn the_lead_beside_the_headline_is_the_standfirst() {
    let body = format!(
        "<main><header class='intro'><h1>The weir at Lowmoor opens</h1><p class='lead'>After a winter of floods the water of Lowmoor is held again, and the board means to keep it so.</p></header>\
         <div class='wrap'><div class='text'>{WEIR}{MILL}{BOAT}</div></div></main>"
    );
    let article = read(&body);
    assert!(
        article.standfirst.as_ref().unwrap().value.starts_with("After a winter of floods"),
        "{:?}",
        article.standfirst
    );
}

#[test]
fn a_form_to_fill_in_and_a_notice_on_cookies_are_no_story() {
    let form = "<div class='offer'><h3>Try the Post for a month</h3><form><select><option>Varde</option></select><input type='email'><p>The trial ends by itself after four weeks, unless you write to us before.</p></form></div>";
    let body = format!(
        "<article><h1>The weir at Lowmoor opens</h1><div class='body'>{WEIR}{form}{MILL}{BOAT}</div></article>"
    );
    check(&read(&body), &["opened in the spring", "in the reeds"], &["Try the Post", "The trial ends by itself"]);
    let whole = format!(
        "<form id='page'><input type='text'><article><h1>The weir at Lowmoor opens</h1>{WEIR}{MILL}</article></form>"
    );
    check(&read(&whole), &["opened in the spring", "silent since the flood"], &[]);
    let notice = "<div class='cookie-banner'><p>Some cookies are needed for this site to work at all, and we would like to set a few more of them, which count who comes and what is read here.</p><p>What each of them does is written on a page of its own, where you may change your mind as often as you like.</p></div>";
    let body = format!(
        "{notice}<main><h1>The weir opens</h1><div><p>The board has decided to open the weir.</p><p>It will be opened on Friday.</p></div></main>"
    );
    check(&read(&body), &["has decided to open"], &["Some cookies are needed"]);
}

#[test]
fn text_for_screen_readers_and_boxes_over_a_word_are_no_story() {
    let words = "The harbour keeps its own count of boats and storms, and anybody who wants to know it must ask.";
    let page = format!(
        "<html><head><title>Boats and storms</title></head><body><article><h1 class='sr-only'>Boats and storms</h1>\
         <p>{words} <a href='/b'>The book<span class='visually-hidden'> opens in a new window</span></a> is in the hall.</p>\
         <p>Its keeper, <span>Ana Ruiz<span role='tooltip'>Keeper since 1990. See all stories.</span></span>, shows it to everybody who comes by boat.</p>\
         <p>{words}</p></article></body></html>"
    );
    let article = ingest::articles("a.html", page.as_bytes()).unwrap().remove(0);
    assert_eq!(article.title(), "Boats and storms");
    assert!(
        article.text.contains("The book is in the hall.") && article.text.contains("Its keeper, Ana Ruiz, shows"),
        "{}",
        article.text
    );
}

#[test]
fn collapsed_answers_are_part_of_a_page_and_collapsed_menus_are_not() {
    let words = "The harbour keeps its own count of boats and storms, and anybody who wants to know it must ask.";
    let item = |question: &str, answer: &str| {
        format!(
            "<div><h3><button aria-expanded='false'>{question}</button></h3><div class='accordion-body' style='display:none'>{answer}</div></div>"
        )
    };
    let page = format!(
        "<html><head><title>Boats</title></head><body><main><h1>Questions about boats</h1><p>{words}</p>{}{}{}\
         <div><button>Share</button><div class='collapse' hidden><a href='/x'>Send this page to a friend.</a></div></div><p>{words}</p></main></body></html>",
        item("May I moor here?", "<p>Yes, for one night, if the keeper of the harbour has been asked before.</p>"),
        item(
            "What does it cost?",
            "<p>Nothing in winter, and ten crowns a night in summer, to be paid in the hall.</p>"
        ),
        "<div><button>Is there water?</button><div class='collapse' hidden><p>There is a tap beside the hall, which is closed while there is frost.</p></div></div>",
    );
    let article = ingest::articles("a.html", page.as_bytes()).unwrap().remove(0);
    for kept in ["for one night", "ten crowns", "\n\nIs there water?\n\nThere is a tap", "while there is frost"] {
        assert!(article.text.contains(kept), "{}", article.text);
    }
    assert!(!article.text.contains("friend"), "{}", article.text);
}

#[test]
fn lines_around_a_story_are_known_in_other_languages() {
    let words = "The harbour keeps its own count of boats and storms, and anybody who wants to know it must ask.";
    let lines = [
        "Auf Facebook teilen",
        "Lesen Sie auch: Der Hafen im Winter",
        "Newsletter abonnieren",
        "Partager sur Facebook",
        "À lire aussi : Le port en hiver",
        "Compartir en WhatsApp",
        "También te puede interesar: El puerto",
        "Leggi anche: Il porto d'inverno",
        "Leia também: O porto no inverno",
        "Lees ook: De haven in de winter",
        "Czytaj też: Port zimą",
        "Läs också: Hamnen om vintern",
        "Читайте также: Порт зимой",
    ];
    for line in lines {
        let page = format!(
            "<html><head><title>Boats</title></head><body><article><h1>Boats and storms</h1><p>{words}</p><p>{line}</p><p>{words} Really.</p></article></body></html>"
        );
        let article = ingest::articles("a.html", page.as_bytes()).unwrap().remove(0);
        assert!(!article.text.contains(line), "{}", article.text);
        assert!(article.left_out.iter().any(|left| left.text == line), "{:?}", article.left_out);
    }
}

#[test]
fn a_sentence_that_begins_like_a_call_to_follow_is_a_sentence() {
    let words = "The harbour keeps its own count of boats and storms, and anybody who wants to know it must ask.";
    let told = "Follow the water, said the keeper of the harbour, and you will find the sea.";
    let page = format!(
        "<html><head><title>Boats</title></head><body><article><h1>Boats and storms</h1><p>{words}</p><p>{told}</p><p>{words} Really.</p></article></body></html>"
    );
    let article = ingest::articles("a.html", page.as_bytes()).unwrap().remove(0);
    assert!(article.text.contains(told), "{}", article.text);
}

//! Tests of pages that are threads, and of pages that need scripts to show their story.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_core::article::{Article, BlockKind};
use dateline_ingest as ingest;
use std::fmt::Write;

const POSTS: [(&str, &str); 3] = [
    (
        "oarsman",
        "My boat is made of larch, and its seams have opened over the winter. What would you fill them with, and when?",
    ),
    (
        "kelpie",
        "Put it back into the water for a week before you fill anything. Larch swells, and then the seams close by themselves.",
    ),
    (
        "tarpot",
        "Cotton and pitch, as my father did it. It is slow work and smells, but it has held for eleven winters on the lake.",
    ),
];

const STORY: &str = "<p>The weir at Lowmoor will be opened in the spring, the water board said after its meeting in the town.</p>\
    <p>Its keeper has lived in the house beside it for thirty years, and she means to stay there, come what may.</p>\
    <p>The gates were painted green on Friday, as the board had wished, and the wheel turned for the first time.</p>";

fn read(body: &str) -> Article {
    let page =
        format!("<html><head><title>Open seams in a larch boat | Lake Forum</title></head><body>{body}</body></html>");
    ingest::articles("page.html", page.as_bytes()).unwrap().remove(0)
}

/// Builds a page with all posts. Each is in an element with the class `class`, with its author and date.
fn thread(class: &str, before: &str) -> String {
    let mut out = format!(
        "<div class='notice'><p>Welcome to the lake. Join us to read all of it without pictures.</p></div>{before}"
    );
    for (at, (name, text)) in POSTS.iter().enumerate() {
        let day = at + 3;
        let _ = write!(
            out,
            "<div class='post' id='p{at}'><div class='post-user'><a class='username'>{name}</a></div><span class='date'>May {day}, 2024</span>\
             <div class='{class}'><p>{text}</p></div><a class='quote-link' href='#'>Reply</a></div>"
        );
    }
    out + "<div class='about'><p>The lake forum has helped the owners of wooden boats for twenty years.</p></div>"
}

fn headings(article: &Article) -> Vec<&str> {
    let headings = article.blocks.iter().filter(|block| block.kind == BlockKind::Heading);
    headings.map(|block| block.span.of(&article.text)).collect()
}

fn byline(article: &Article) -> Vec<&str> {
    article.byline.iter().map(|name| name.value.as_str()).collect()
}

#[test]
fn the_author_of_a_thread_is_the_user_who_started_it() {
    let headline = "<h1>Open seams in a larch boat</h1>";
    assert_eq!(byline(&read(&thread("post-content", headline))), ["oarsman"]);
    let declared = r#"<script type="application/ld+json">{"@type": "QAPage", "mainEntity": {"@type": "Question",
        "author": {"@type": "Person", "name": "larch_4_ever"}}}</script>"#;
    assert_eq!(byline(&read(&thread("post-content", &format!("{declared}{headline}")))), ["larch_4_ever"]);
}

#[test]
fn the_author_of_a_story_is_not_the_first_of_its_commenters() {
    let before =
        format!("<h1>Open seams in a larch boat</h1><p class='byline'>By Ana Ruiz</p><div class='story'>{STORY}</div>");
    assert_eq!(byline(&read(&thread("comment-content", &before))), ["Ana Ruiz"]);
    let unsigned = before.replace("<p class='byline'>By Ana Ruiz</p>", "");
    assert_eq!(byline(&read(&thread("comment-content", &unsigned))), [""; 0]);
}

#[test]
fn a_thread_is_its_posts_with_author_and_time() {
    let article = read(&thread("post-content", "<h1>Open seams in a larch boat</h1>"));
    assert_eq!(article.title(), "Open seams in a larch boat");
    assert_eq!(headings(&article), ["oarsman, May 3, 2024", "kelpie, May 4, 2024", "tarpot, May 5, 2024"]);
    for (_, text) in POSTS {
        assert!(article.text.contains(text), "{}", article.text);
    }
    for other in ["Welcome to the lake", "twenty years", "Reply"] {
        assert!(!article.text.contains(other), "{}", article.text);
    }
    assert!(article.notes.iter().any(|note| note == "Read as a thread of 3 posts."), "{:?}", article.notes);
}

#[test]
fn the_comments_of_a_story_are_no_thread() {
    let story = format!("<h1>Open seams in a larch boat</h1><div class='story'>{STORY}{STORY}</div>");
    let article = read(&thread("comment-content", &story).replace("class='post'", "class='comment'"));
    assert!(article.text.contains("painted green") && !article.text.contains("Cotton and pitch"), "{}", article.text);
}

#[test]
fn the_replies_of_a_forum_belong_to_a_long_first_post() {
    let forum = "<link rel='canonical' href='https://lake.example/forum/larch/open-seams'>";
    let story = format!("{forum}<h1>Open seams in a larch boat</h1><div class='story'>{STORY}</div>");
    let replies = thread("comment-content", &story).replace("class='post'", "class='comment'");
    let longer = [
        (
            "it has held",
            "though nobody believed that it would last through all the ice and the thaws in between, it has held",
        ),
        ("Put it back", "Before you buy anything that has a skull on its lid, as I did when I was young, put it back"),
        ("My boat is", "Thank you for this report, which I have read twice on a wet evening with a map. My boat is"),
    ];
    let replies = longer.iter().fold(replies, |page, (short, long)| page.replace(short, long));
    let article = read(&replies);
    assert!(article.text.contains("painted green") && article.text.contains("Cotton and pitch"), "{}", article.text);
    let elsewhere = read(&replies.replace("/forum/", "/open-forum-news/"));
    assert!(!elsewhere.text.contains("Cotton and pitch"), "{}", elsewhere.text);
}

#[test]
fn elements_without_names_and_times_are_no_thread() {
    let posts = thread("post-content", "<h1>Open seams in a larch boat</h1>");
    let bare =
        posts.split("<div class='post-user'>").map(|part| part.split_once("</span>").map_or(part, |(_, rest)| rest));
    let article = read(&bare.collect::<String>());
    assert!(!article.notes.iter().any(|note| note.contains("thread")), "{:?}", article.notes);
}

#[test]
fn a_streamed_story_takes_its_place() {
    let body = format!(
        "<main><!--$?--><template id='B:0'></template><p>Please wait until it is here.</p><!--/$--><p>Subscribe to the lake today.</p></main>\
         <div hidden id='S:0'><article><h1>Open seams in a larch boat</h1>{STORY}</article></div>\
         <div hidden id='menu'><p>This menu is never shown to any reader of the page, whoever it is.</p></div>"
    );
    let article = read(&body);
    assert!(article.text.contains("opened in the spring") && article.text.contains("wheel turned"), "{}", article.text);
    assert!(!article.text.contains("Please wait") && !article.text.contains("never shown"), "{}", article.text);
}

#[test]
fn the_story_in_noscript_and_in_a_shadow_tree_is_read() {
    let article =
        read(&format!("<div><noscript><article>{STORY}{STORY}</article></noscript></div><p>Read us on the lake.</p>"));
    assert!(article.text.contains("opened in the spring"), "{}", article.text);
    let shown = read(&format!(
        "<article>{STORY}</article><noscript><p>This page needs scripts to count its readers, one by one.</p></noscript>"
    ));
    assert!(!shown.text.contains("needs scripts"), "{}", shown.text);
    let shadow = read(&format!(
        "<lake-story><template shadowrootmode='open'><article>{STORY}</article></template></lake-story><template><p>Nobody sees this sentence on the page.</p></template>"
    ));
    assert!(shadow.text.contains("painted green") && !shadow.text.contains("Nobody sees"), "{}", shadow.text);
}

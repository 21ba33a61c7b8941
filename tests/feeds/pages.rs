//! Tests pages that are not stories: pages shared by several items, and login pages.

use crate::server::{Item, Reader};

const LOGIN: &str = "<html><head><title>Log in</title></head><body><article><h1>Welcome back</h1>\
    <p>Please log in. Your subscription lets you read all that the Harbour Post writes, on every device that you own.</p>\
    <p>Forgot your password? We send you a new one at once.</p></article>\
    <form><input name=user><input type=\"password\" name=word></form></body></html>";

fn items() -> [Item<'static>; 3] {
    let item = |title, guid, link, text| Item { title, guid, link, day: 4, text };
    [
        item("Crane falls", "a", "SERVER/story/1", "A crane fell."),
        item("Gulls stay", "b", "SERVER/story/2", "The gulls stay."),
        item("Quay closes", "c", "SERVER/story/3", "The quay closes."),
    ]
}

fn reader(name: &str) -> Reader {
    let reader = Reader::new(name);
    let set = reader.test_folder.dateline(&["feed", "set", &reader.server.at("/feed"), "--full-text", "true"]);
    assert!(set.status.success());
    reader
}

/// Checks that the library contains the title and the teaser of each item.
fn hold_teasers(reader: &Reader) {
    for item in items() {
        let query = format!("title:\"{}\"", item.title);
        assert!(reader.show(&query).contains(item.text), "{}", item.title);
    }
}

#[test]
fn a_login_page_takes_the_place_of_no_story() {
    let reader = reader("login");
    reader.server.set("/login", LOGIN);
    for number in 1..4 {
        reader.server.redirect(&format!("/story/{number}"), &format!("/login?to={number}"));
    }
    let said = reader.bring(&items());
    assert_eq!(said, "3 new, 0 changed; 3 stories keep their teasers: the page asks to log in");
    hold_teasers(&reader);
    assert!(reader.bring(&items()).starts_with("0 new, 0 changed"));
    assert_eq!(reader.kept().0, 0);
}

#[test]
fn pages_that_give_no_story_leave_their_turn_to_others() {
    let reader = reader("dead");
    let names: Vec<[String; 3]> = (0..24)
        .map(|number| [format!("Ship {number} sails"), format!("{number}"), format!("SERVER/story/{number}")])
        .collect();
    let texts: Vec<String> = (0..24).map(|number| format!("Ship number {number} sails today.")).collect();
    let items: Vec<Item<'_>> =
        names.iter().zip(&texts).map(|([title, guid, link], text)| Item { title, guid, link, day: 4, text }).collect();
    // The first twenty pages are gone; the last four exist.
    for number in 20..24 {
        let story = format!("Ship number {number} sails today with more on board than ever before. ").repeat(3);
        reader
            .server
            .set(&format!("/story/{number}"), &format!("<html><body><article><p>{story}</p></article></body></html>"));
    }
    reader.bring(&items);
    assert!(!reader.show("title:\"Ship 21 sails\"").contains("than ever before"));
    assert_eq!(reader.bring(&items), "0 new, 4 changed");
    assert!(reader.show("title:\"Ship 21 sails\"").contains("than ever before"));
    let asked = |reader: &Reader| reader.server.requests().iter().filter(|request| request.contains("/story/")).count();
    let before = asked(&reader);
    reader.bring(&items);
    assert_eq!((before, asked(&reader)), (24, 24));
}

#[test]
fn one_page_for_several_items_is_the_story_of_none() {
    let notice = format!(
        "<html><body><article><h1>We have moved</h1><p>{}</p></article></body></html>",
        "The Harbour Post is now elsewhere on the web. ".repeat(9)
    );
    // The page is served once at a single URL after redirects, and once at three URLs.
    let one = reader("same-address");
    one.server.set("/moved", &notice);
    (1..4).for_each(|number| one.server.redirect(&format!("/story/{number}"), "/moved"));
    let three = reader("same-text");
    (1..4).for_each(|number| three.server.set(&format!("/story/{number}"), &notice));
    for reader in [one, three] {
        let said = reader.bring(&items());
        assert_eq!(said, "3 new, 0 changed; 3 stories keep their teasers: several items link to the same page");
        hold_teasers(&reader);
    }
    // Pages are also compared across fetches: the page of the second item has the text of the first.
    let late = reader("late");
    late.server.set("/story/1", &notice);
    late.server.set("/story/2", &notice);
    assert_eq!(late.bring(&items()[..1]), "1 new, 0 changed");
    let said = late.bring(&items()[..2]);
    assert_eq!(said, "1 new, 0 changed; 1 story keeps its teaser: several items link to the same page");
    assert!(late.show("title:gulls").contains("The gulls stay."));
}

#[test]
fn items_with_one_address_keep_their_teasers_and_the_page_is_not_asked_for() {
    let reader = reader("one-address");
    reader.server.set(
        "/live",
        "<html><body><article><p>All of it, on one page, with much more to say.</p></article></body></html>",
    );
    let live = items().map(|item| Item { link: "SERVER/live", ..item });
    assert!(reader.bring(&live).starts_with("3 new, 0 changed; 3 stories keep their teasers"));
    assert!(reader.bring(&live).starts_with("0 new, 0 changed"));
    assert!(reader.server.requests().iter().all(|request| !request.starts_with("GET /live")));
    hold_teasers(&reader);
}

#[test]
fn a_story_about_logging_in_is_read_after_a_redirect() {
    let reader = reader("detour");
    let story = format!(
        "<html><body><article><h1>Crane falls</h1><p>“Please log in,” the screen of the crane said. {}</p></article></body></html>",
        "The crane fell into the harbour on Monday, and nobody was hurt, the harbour master said. ".repeat(30)
    );
    reader.server.set("/2026/crane", &story);
    reader.server.redirect("/story/1", "/2026/crane");
    assert_eq!(reader.bring(&items()[..1]), "1 new, 0 changed");
    assert!(reader.show("title:crane").contains("nobody was hurt"));
}

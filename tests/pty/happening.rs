//! Tests a happening in the feeds of five outlets: each question about its versions takes at most four keys.

use super::library::add;
use super::settings::config;
use super::terminal::{Folder, Program};
use super::walks::Walk;
use std::fs;

/// Invented feeds: outlet, time of the report on the fire, its headline and text, and a story that only this outlet has.
const FEEDS: [(&str, &str, &str, &str, &str); 5] = [
    (
        "Vale Echo",
        "06:10",
        "Fire destroys the rope works at Ostrel Quay",
        "Fire destroyed the rope works at Ostrel Quay on Tuesday night and killed two watchmen, police said. “The roof came \
         down within a minute,” fire chief Ivo Lenz said. The rope works employed ninety people.",
        "The orchard at Merrow Dale opens to visitors.",
    ),
    (
        "Harbour Post",
        "07:20",
        "Rope works at Ostrel Quay burn down",
        "The rope works at Ostrel Quay burned down on Tuesday night. Two watchmen were killed, police said. “The roof came \
         down within a minute,” fire chief Ivo Lenz said. The rope works employed ninety people.",
        "A lighthouse keeper retires on Skarne Point.",
    ),
    (
        "Tarn Gazette",
        "08:30",
        "Third victim of the fire at the rope works of Ostrel Quay",
        "Three watchmen were killed when fire destroyed the rope works at Ostrel Quay on Tuesday night, police said. The \
         council of Ostrel Quay will meet on Friday. The rope works employed ninety people.",
        "The brass band of Ullin plays in a mine.",
    ),
    (
        "Lenz Dispatch",
        "09:40",
        "Watchmen die in fire at Ostrel Quay rope works",
        "Fire at the rope works of Ostrel Quay killed three watchmen on Tuesday night, police said. Divers searched the \
         harbour at Ostrel Quay. The rope works employed ninety people.",
        "Snow delays the mail in Varl Pass.",
    ),
    (
        "Coast Wire",
        "10:50",
        "Ostrel Quay mourns after rope works fire",
        "Ostrel Quay mourned three watchmen who were killed when fire destroyed the rope works on Tuesday night. The rope \
         works at Ostrel Quay employed ninety people, and police said that the cause of the fire is not known.",
        "A choir from Yarrow Sound wins a prize.",
    ),
];

/// Creates a library of the feeds, and opens it.
fn open(name: &str) -> (Folder, Walk) {
    let folder = Folder::new(name);
    for (outlet, time, headline, text, other) in FEEDS {
        let item = |title: &str, text: &str, time: &str| {
            format!(
                "<item><title>{title}</title><guid>{outlet} {title}</guid><pubDate>Wed, 08 May 2024 {time}:00 +0000</pubDate>\
                 <description>{text}</description></item>"
            )
        };
        let items = [item(headline, text, time), item(other, &format!("{other} Many people came."), "05:00")].concat();
        let feed = format!("<rss version=\"2.0\"><channel><title>{outlet}</title>{items}</channel></rss>");
        fs::write(format!("{}/{outlet}.xml", folder.path()), feed).unwrap();
    }
    let path = format!("{}/library.db", folder.path());
    add(&folder, &path);
    let config = config(&folder.path(), &[("config.toml", "gather = \"stories\"\n")]);
    let mut program = Program::start(110, 32, &["--library", &path], &[("XDG_CONFIG_HOME", &config)]);
    program.expect("+4 · also");
    (folder, Walk::new(program))
}

#[test]
fn all_versions_of_a_happening() {
    let (_folder, walk) = open("happening-versions");
    let walk = walk.press("zo", "Unfolded the versions").press("", "Watchmen die in fire").press("", "Third victim");
    assert!(walk.presses() <= 4);
}

#[test]
fn what_is_new_in_the_third_version() {
    let (_folder, walk) = open("happening-new");
    // The first two versions have been read.
    let walk = walk.press("zo", "Unfolded").press("j\r", "Also in").press("n", "Also in").restart_count();
    let walk = walk.press("n", "Third victim").press("]n", "New 1 of");
    assert!(walk.presses() <= 4);
}

#[test]
fn a_shared_quote_has_one_row_with_its_outlets() {
    let (_folder, walk) = open("happening-quotes");
    let walk = walk.press("zo", "Unfolded").press("j\r", "Also in Harbour Post").press("1", "Ivo Lenz");
    // The version that is second has the quote of the first.
    walk.press("\tj", "also in Harbour Post");
}

#[test]
fn a_quote_of_another_version_leads_to_it() {
    let (_folder, walk) = open("happening-elsewhere");
    let walk = walk.press("zo", "Unfolded").press("jjj\r", "▸Third victim").press("1", "In Vale Echo +1: Ivo Lenz");
    let walk = walk.press("\tj", "only in Vale Echo").press("\r", "▸Fire destroys the rope works");
    walk.press("\u{7f}", "▸Third victim");
}

#[test]
fn where_two_versions_differ() {
    let (_folder, walk) = open("happening-differ");
    let walk = walk.press("~", "Figure · ").press("\t\t", "later").press("\r", "watchmen");
    assert!(walk.presses() <= 4);
}

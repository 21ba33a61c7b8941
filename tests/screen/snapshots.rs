//! Snapshots of a few whole screens. Each test gives the reason for its screen.

use super::Reader;

/// This is the most common screen: the list, the text and all panels.
#[test]
fn a_large_screen_with_every_panel() {
    let mut reader = Reader::new(120, 40);
    reader.press("1 2 3 Enter ] q");
    insta::assert_snapshot!(reader.screen());
}

/// This is the smallest common terminal, which shows the text and one panel.
#[test]
fn a_common_small_screen() {
    let mut reader = Reader::new(80, 24);
    reader.press("Enter 3 ] t");
    insta::assert_snapshot!(reader.screen());
}

/// A narrow screen shows one pane at a time.
#[test]
fn a_narrow_screen() {
    let mut reader = Reader::new(40, 12);
    reader.press("Enter Space");
    insta::assert_snapshot!(reader.screen());
}

/// The help lists every key.
#[test]
fn the_help() {
    let mut reader = Reader::new(80, 70);
    reader.press("?");
    insta::assert_snapshot!(reader.screen());
}
